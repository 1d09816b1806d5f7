"""Positions in a pair of columns: faults 38, 39, 42."""

import numpy as np
import pandas as pd
import pytest

from mapping.analysis.coordinates import Columns, position_columns, positions


def rows_of(*pairs, x="Longitude", y="Latitude"):
    return pd.DataFrame([*pairs], columns=[x, y], dtype="str")


def found(*headings):
    columns = position_columns(pd.DataFrame([["1"] * len(headings)], columns=list(headings), dtype="str"))
    return columns and (columns.x, columns.y, columns.measure)


@pytest.mark.parametrize(
    ("headings", "pair"),
    [
        (["Longitude", "Latitude"], ("Longitude", "Latitude", "degrees")),
        (["lat", "lng"], ("lng", "lat", "degrees")),
        (["LAT", "LONG"], ("LONG", "LAT", "degrees")),
        (["Easting", "Northing"], ("Easting", "Northing", "metres")),
        (["oseast1m", "osnrth1m"], ("oseast1m", "osnrth1m", "metres")),
        (["X", "Y"], ("X", "Y", "either")),
        (["X_COORDINATE", "Y_COORDINATE"], ("X_COORDINATE", "Y_COORDINATE", "either")),
        (["GeoX", "GeoY"], ("GeoX", "GeoY", "either")),
        (
            ["Geo Container Latitude", "Geo Container Longitude"],
            ("Geo Container Longitude", "Geo Container Latitude", "degrees"),
        ),
        (["siteLatitude", "siteLongitude"], ("siteLongitude", "siteLatitude", "degrees")),
        (["Latitude (WGS84)", "Longitude (WGS84)"], ("Longitude (WGS84)", "Latitude (WGS84)", "degrees")),
        (["Recipient Latitude", "Funder Longitude"], None),
        (["Name", "How long"], None),
        (["Latitude"], None),
        (["tax", "day"], None),
        (["flat", "belong"], None),
    ],
)
def test_pairs_are_recognised_by_their_headings(headings, pair):
    assert found(*headings) == pair


def test_of_several_pairs_the_fullest_is_taken():
    rows = pd.DataFrame(
        {
            "Latitude": ["", ""],
            "Longitude": ["", ""],
            "Geo Container Latitude": ["51.75", ""],
            "Geo Container Longitude": ["-1.25", ""],
        },
        dtype="str",
    )
    assert position_columns(rows) == Columns("Geo Container Longitude", "Geo Container Latitude", "degrees")
    both = pd.DataFrame({"lat": ["51"], "long": ["-1"], "easting": ["4"], "northing": ["2"]}, dtype="str")
    assert position_columns(both) == Columns("easting", "northing", "metres")


@pytest.mark.parametrize(
    ("pair", "reason"),
    [
        (("51.7521", "-1.2578"), "Latitude and longitude: swap?"),
        (("451300", "206150"), "National Grid metres given as degrees"),
        (("nan", "51.75"), "Position is not a number"),
        (("-1.25", "Infinity"), "Position is not a number"),
        (("0", "0.0"), "Position stands for 'not known'"),
        (("2.35", "48.85"), "Position outside England"),
        (("-1.25", ""), "Only half of a position"),
        (("1.25W", "51.75N"), "Position is not two numbers"),
        (("-1,25", "51,75"), "Position is not two numbers"),
    ],
)
def test_a_bad_pair_is_an_issue_with_a_remedy_and_no_position(pair, reason):
    rows = rows_of(pair, ("-1.2578", "51.7521"))
    columns = position_columns(rows)
    result = positions(rows, columns, numbers=pd.Index([7, 8]))
    issue = result.issues.iloc[0]
    assert (issue["row"], issue["field"], issue["reason"]) == (7, "Longitude, Latitude", reason)
    assert issue["value"] == ", ".join(pair)
    assert issue["remedy"]
    assert len(result.issues) == 1
    assert result.table["easting"].isna().tolist() == [True, False]


def test_grid_numbers_under_degrees_are_offered_epsg_27700():
    rows = rows_of(("451300", "206150"))
    issue = positions(rows, position_columns(rows), numbers=pd.Index([2])).issues.iloc[0]
    assert "EPSG:27700" in issue["remedy"]


def test_degrees_under_grid_headings_are_offered_epsg_4326():
    rows = rows_of(("-1.2578", "51.7521"), x="Easting", y="Northing")
    issue = positions(rows, position_columns(rows), numbers=pd.Index([2])).issues.iloc[0]
    assert issue["reason"] == "Degrees given as National Grid metres"
    assert "EPSG:4326" in issue["remedy"]


@pytest.mark.parametrize("pair", [("451300", "206150"), ("-1.25813", "51.75188")])
def test_x_and_y_are_what_their_numbers_say(pair):
    rows = rows_of(pair, ("", ""), ("0", "0"), x="X", y="Y")
    result = positions(rows, position_columns(rows), numbers=pd.Index([2, 3, 4]))
    assert abs(result.table["easting"].iloc[0] - 451_300) < 30
    assert result.issues["row"].tolist() == [4]


def test_an_empty_pair_is_neither_a_position_nor_a_fault():
    rows = rows_of(("", " "), ("", ""))
    result = positions(rows, position_columns(rows), numbers=pd.Index([2, 3]))
    assert result.issues.empty
    assert np.isnan(result.table.to_numpy()).all()


def test_the_typographers_minus_is_a_minus():
    rows = rows_of(("\u22121.25813", "51.75188"))
    result = positions(rows, position_columns(rows), numbers=pd.Index([2]))
    assert result.issues.empty
    assert abs(result.table["easting"].iloc[0] - 451_300) < 30


def test_positions_are_on_the_rows_own_index():
    rows = rows_of(("-1.2578", "51.7521"), ("", "")).set_axis([9, 9])
    assert positions(rows, position_columns(rows), numbers=pd.Index([2, 3])).table.index.tolist() == [9, 9]
