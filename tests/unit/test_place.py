"""Placing: official codes by postcode, polygons only without one. Faults 38, 39, 42, 44, 45, 49."""

import numpy as np
import pandas as pd
import pytest
from shapely import Point, box

from mapping.analysis.coordinates import position_columns, positions
from mapping.analysis.gazetteer import gazetteer, held_words
from mapping.analysis.holding import holding_code
from mapping.analysis.place import OURS, place_rows
from mapping.crs import WGS84
from mapping.errors import CrsError
from mapping.issues import COLUMNS, issue_table
from tests.unit.two_areas import (
    COUNCIL,
    EAST,
    LAYERS,
    OUTER,
    POSTCODES,
    TABLES,
    WARD_EAST,
    WARD_WEST,
    WEST,
    X,
    Y,
    areas,
    at,
    by_position,
)


def typed(*postcodes, **more):
    return pd.DataFrame({"Postcode": postcodes, **more}, dtype="str")


def placed(*postcodes):
    return place_rows(typed(*postcodes), tables=TABLES, postcode_column="Postcode")


def test_a_postcode_has_its_official_codes_whatever_the_polygons_say():
    rows, issues = placed("ox1 1aa")
    assert rows.iloc[0][[*OURS]].fillna("").to_dict() == {
        "easting": X + 1500,
        "northing": Y + 500,
        "located_by": "postcode",
        "lsoa11cd": WEST,
        "lsoa21cd": WEST,
        "wd24cd": WARD_WEST,
        "lad24cd": COUNCIL,
        "imd_decile_2019": 3,
        "imd_decile_2025": 4,
        "could_be": WARD_EAST,
        "issue": "",
    }
    assert issues.empty


def test_a_place_within_50_m_of_another_ward_could_be_in_it():
    rows, _ = by_position((X + 949, Y + 500), (X + 951, Y + 500), (X + 1049, Y + 500), (X + 1051, Y + 500))
    assert rows["could_be"].fillna("").tolist() == ["", WARD_EAST, WARD_WEST, ""]
    assert rows["wd24cd"].tolist() == [WARD_WEST, WARD_WEST, WARD_EAST, WARD_EAST]


def test_a_terminated_postcode_is_placed_and_said_to_have_ended():
    rows, issues = placed("OX1 1AC")
    assert rows[["located_by", "lsoa11cd", "issue"]].iloc[0].tolist() == [
        "terminated postcode",
        EAST,
        "Postcode ended 2016-11",
    ]
    assert issues["row"].tolist() == [2]


@pytest.mark.parametrize(
    ("postcode", "located_by", "reason", "remedy"),
    [
        ("OX1 1AC", "terminated postcode", "Postcode ended 2016-11", "Placed where it was."),
        (
            "OX1 1AD",
            "terminated postcode",
            "Postcode no longer in use (ended after the official lookup was made)",
            "Placed where it was.",
        ),
        (
            "ox11ae",
            "postcode",
            "Postcode newer than the official lookup: LSOA estimated from the map",
            "About 3 in 100 of these are in the LSOA next door.",
        ),
    ],
)
def test_a_postcode_that_the_lookup_knows_less_of_is_placed_and_says_why(
    postcode, located_by, reason, remedy
):
    rows, issues = placed("OX1 1AA", postcode)
    assert rows["located_by"].tolist() == ["postcode", located_by]
    assert rows["lsoa11cd"].tolist() == [WEST, EAST]
    assert rows["issue"].fillna("").tolist() == ["", reason]
    assert issues[["row", "field", "value", "reason"]].to_numpy().tolist() == [
        [3, "Postcode", postcode, reason]
    ]
    assert issues["remedy"].iloc[0].startswith(remedy)


def test_every_reason_is_told_in_the_row_and_in_the_issues():
    rows, issues = place_rows(
        typed("OX9 9ZY", "", "OX9 9ZY", "OX1 1AA"),
        tables=TABLES,
        postcode_column="Postcode",
        positions=at((X, Y), (X + 9000, Y), (np.nan, np.nan), (np.nan, np.nan)),
        noted=issue_table([(1, "", "", "The file is odd", "."), (4, "", "", "Hidden characters", ".")]),
    )
    assert rows["issue"].fillna("").tolist() == [
        "Postcode and position 5 km apart; Postcode ended 2016-11; Outside the areas held",
        "Outside the areas held",
        "Hidden characters; Postcode ended 2016-11; Outside the areas held",
        "",
    ]
    assert issues["row"].tolist() == [1, 2, 2, 2, 3, 4, 4, 4]


@pytest.mark.parametrize(
    ("postcode", "reason", "remedy"),
    [
        ("0X1 1AA", "Not of the form of a postcode", "Did you mean OX1 1AA?"),
        ("OX1 1A", "Not of the form of a postcode", "Give one whole postcode"),
        ("OX1 1ZZ", "Postcode not in the table", "outside the area held (Oxford and around)"),
        ("BT1 5GS", "Postcode of Northern Ireland", "do not cover it"),
        ("bt15gs", "Postcode of Northern Ireland", "do not cover it"),
        ("JE2 3AB", "Postcode of Jersey", "do not cover it"),
        ("", "No postcode and no position", "Give a postcode"),
        ("  ", "No postcode and no position", "Give a postcode"),
        (None, "No postcode and no position", "Give a postcode"),
    ],
)
def test_a_postcode_that_is_not_held_is_an_issue_with_a_remedy(postcode, reason, remedy):
    rows, issues = placed("OX1 1AA", postcode)
    assert rows["located_by"].tolist() == ["postcode", "nothing"]
    assert rows["lsoa11cd"].isna().tolist() == [False, True]
    assert issues[["row", "field", "reason"]].to_numpy().tolist() == [[3, "Postcode", reason]]
    assert remedy in issues["remedy"].iloc[0]
    assert rows["issue"].iloc[1] == reason


def test_a_suggestion_is_never_used():
    rows, _ = placed("0X1 1AA")
    assert rows[["easting", "northing", "lsoa11cd", "lsoa21cd", "wd24cd", "lad24cd"]].isna().all(axis=None)


def test_a_postcode_whose_lsoa_of_one_edition_is_not_known_says_of_which():
    rows, issues = placed("OX1 1AF")
    assert rows[["lsoa11cd", "imd_decile_2019"]].iloc[0].tolist() == [EAST, 9]
    assert rows[["lsoa21cd", "imd_decile_2025"]].isna().all(axis=None)
    assert issues["reason"].tolist() == ["No decile of 2025 is known here"]


@pytest.mark.parametrize(("n", "said"), [(1, "Oxford"), (6, "C1, C2, C3, C4, C5, C6"), (296, "296 councils")])
def test_councils_are_named_where_they_are_few(n, said):
    councils = {f"E{at}": "Oxford" if n == 1 else f"C{at}" for at in range(1, n + 1)}
    assert held_words(councils) == said


def test_a_postcode_outside_the_councils_is_placed_without_ward_or_decile_and_says_so():
    rows, issues = placed("OX9 9ZZ")
    assert rows["lsoa11cd"].tolist() == [OUTER]
    assert rows[["wd24cd", "imd_decile_2019", "imd_decile_2025"]].isna().all(axis=None)
    assert issues["reason"].tolist() == ["Outside the areas held"]


def test_a_position_is_asked_only_where_there_is_no_postcode():
    rows, _ = place_rows(
        typed("OX1 1AA", "", "OX1 1ZZ"),
        tables=TABLES,
        postcode_column="Postcode",
        positions=at((X + 1400, Y + 500), (X + 1400, Y + 500), (X + 1400, Y + 500)),
    )
    assert rows["lsoa11cd"].tolist() == [WEST, EAST, EAST]
    assert rows["located_by"].tolist() == ["postcode", "coordinates", "coordinates"]
    assert rows["imd_decile_2025"].tolist() == [4, 10, 10]
    assert rows["issue"].fillna("").tolist() == ["", "", "Postcode not in the table"]


def test_a_postcode_and_a_position_far_apart_are_an_issue_and_the_postcode_counts():
    rows, issues = place_rows(
        typed("OX1 1AA", "OX1 1AA"),
        tables=TABLES,
        postcode_column="Postcode",
        positions=at((X + 1500, Y + 5499), (X + 1500, Y + 5501)),
    )
    assert rows["located_by"].tolist() == ["postcode", "postcode"]
    assert issues[["row", "reason"]].to_numpy().tolist() == [[3, "Postcode and position 5 km apart"]]


@pytest.mark.parametrize("y", [Y, Y + 0.1, Y + 333.333, Y + 1000])
def test_a_point_on_an_edge_is_in_one_area_always_the_lower(y):
    rows, issues = by_position((X + 1000, y))
    assert rows[["lsoa11cd", "lsoa21cd", "wd24cd"]].iloc[0].tolist() == [WEST, WEST, WARD_WEST]
    assert issues.empty


def test_the_order_of_the_areas_does_not_matter_on_an_edge():
    for layer in (areas(WEST, EAST), areas(EAST, WEST)):
        in_order = layer.sort_values("code", ignore_index=True)
        assert holding_code(np.array([Point(X + 1000, Y + 1)]), in_order).tolist() == [WEST]


def test_a_point_in_a_crack_between_areas_is_in_one_of_them():
    gap = areas(WEST, EAST)
    gap.geometry = [box(X, Y, X + 999.9, Y + 1000), box(X + 1000.1, Y, X + 2000, Y + 1000)]
    assert holding_code(np.array([Point(X + 1000, Y + 1), Point(X + 3000, Y)]), gap).tolist()[0] == WEST


def test_a_position_in_no_area_held_keeps_its_position_and_says_so():
    rows, issues = by_position((X + 10_000, Y))
    assert rows[["easting", "northing"]].iloc[0].tolist() == [X + 10_000, Y]
    assert rows[["lsoa11cd", "lsoa21cd", "wd24cd", "lad24cd"]].isna().all(axis=None)
    assert rows["located_by"].tolist() == ["coordinates"]
    assert issues["reason"].tolist() == ["Outside the areas held"]


def test_the_faults_of_positions_are_among_the_issues():
    rows = typed("", "OX1 1AA", Longitude=["51.7", "0"], Latitude=["-1.25", "0"])
    found = positions(rows, position_columns(rows), numbers=pd.Index([2, 3]))
    result, issues = place_rows(rows, tables=TABLES, postcode_column="Postcode", positions=found)
    assert issues["reason"].tolist() == ["Latitude and longitude: swap?", "Position stands for 'not known'"]
    assert result["located_by"].tolist() == ["nothing", "postcode"]


def test_a_column_of_ours_that_they_have_is_kept_and_ours_renamed():
    rows = typed("OX1 1AA", Easting=["their own"], issue=["none"], issue_placed=["none either"])
    result, issues = place_rows(rows, tables=TABLES, postcode_column="Postcode")
    pd.testing.assert_frame_equal(result[list(rows.columns)], rows)
    assert list(result.columns[4:7]) == ["easting_placed", "northing", "located_by"]
    assert result.columns[-1] == "issue_placed_2"
    assert result.columns.is_unique
    assert issues[["row", "field", "remedy"]].to_numpy().tolist() == [
        [1, "easting", "It is kept; ours is easting_placed."],
        [1, "issue", "It is kept; ours is issue_placed_2."],
    ]
    assert result["issue_placed_2"].isna().all()


def test_rows_are_numbered_as_in_their_file():
    _, issues = place_rows(
        typed("x", "y"), tables=TABLES, postcode_column="Postcode", numbers=pd.Index([12, 40])
    )
    assert issues["row"].tolist() == [12, 40]


def test_what_reading_noted_comes_first():
    noted = issue_table([(3, "name", "x", "Hidden characters", "Removed.")])
    rows, issues = place_rows(typed("OX1 1AA", "x"), tables=TABLES, postcode_column="Postcode", noted=noted)
    assert rows["issue"].fillna("").tolist() == ["", "Hidden characters; Not of the form of a postcode"]
    assert len(issues) == 2


def test_no_rows_are_placed_as_no_rows():
    rows, issues = placed()
    assert len(rows) == 0
    assert list(rows.columns) == ["Postcode", *OURS]
    assert list(issues.columns) == list(COLUMNS)


def test_the_tables_and_the_rows_are_not_written_to():
    before, rows = TABLES.answers.copy(), typed("OX1 1AC", "zz")
    kept = rows.copy()
    place_rows(rows, tables=TABLES, postcode_column="Postcode", positions=at((X, Y), (X, Y)))
    pd.testing.assert_frame_equal(TABLES.answers, before)
    pd.testing.assert_frame_equal(rows, kept)


def test_areas_in_degrees_are_refused():
    with pytest.raises(CrsError, match="wd24cd"):
        gazetteer(
            POSTCODES,
            areas={**LAYERS, "wd24cd": LAYERS["wd24cd"].to_crs(WGS84)},
            deprivation={},
            best_fit=pd.DataFrame(),
            councils=pd.DataFrame(),
        )
