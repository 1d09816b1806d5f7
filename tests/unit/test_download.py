"""Files to take away: what was filtered, no more and no less, as it was written, and what it is."""

import csv
import json
from io import StringIO

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st

from mapping import export
from mapping.analysis import summarise, view
from mapping.analysis.filters import Filters
from mapping.errors import AttributionError, UnknownColumnError, UnusableFileError
from mapping.render import download, workbook
from mapping.render.neutral import neutral_text
from tests.unit.downloaded import DATE, LINK, NAMES, about, card, made, read

COLUMNS = ["name", "postcode", "decile", "share", "is_open", "easting", "northing"]


@pytest.mark.parametrize("file_format", download.FORMATS)
def test_rows_columns_and_values_come_back(troubled, file_format, tmp_path):
    again = read(made(troubled, file_format), file_format, "places", tmp_path)
    assert list(again.columns[: len(COLUMNS)]) == COLUMNS
    expected = [neutral_text(name) for name in NAMES] if file_format == "csv" else NAMES
    assert again["name"].tolist() == expected
    for column in ("decile", "share", "easting", "northing"):
        np.testing.assert_array_equal(
            again[column].astype(float), troubled[column].astype("Float64").to_numpy(float, na_value=np.nan)
        )
    assert again["postcode"].isna().sum() == 1
    assert again["is_open"].all()


@pytest.mark.parametrize("file_format", download.FORMATS)
def test_only_the_chosen_columns_in_the_chosen_order(troubled, file_format, tmp_path):
    chosen = ["share", "name", "share"]
    again = read(made(troubled, file_format, chosen), file_format, "places", tmp_path)
    kept = [column for column in again.columns if column != "geometry" and not column.startswith("about_")]
    assert kept == ["share", "name"]
    if file_format in ("geojson", "gpkg"):
        assert again.geometry.notna().sum() == len(troubled) - 1, "shapes do not depend on the columns chosen"


@pytest.mark.parametrize("file_format", download.FORMATS)
def test_same_input_same_bytes(troubled, file_format):
    assert made(troubled, file_format) == made(troubled, file_format)


@pytest.mark.parametrize("file_format", download.FORMATS)
def test_the_table_given_is_not_written_to(troubled, file_format):
    before = troubled.copy(deep=True)
    made(troubled, file_format)
    pd.testing.assert_frame_equal(troubled, before)


@pytest.mark.parametrize("file_format", download.FORMATS)
def test_without_places_there_is_still_a_file(troubled, file_format, tmp_path):
    again = read(made(troubled.iloc[:0], file_format), file_format, "places", tmp_path)
    assert again.empty
    if file_format != "geojson":  # GeoJSON has no headings but those of its features
        assert list(again.columns[: len(COLUMNS)]) == COLUMNS


@pytest.mark.parametrize("file_format", download.FORMATS)
def test_a_hundred_thousand_characters_are_no_obstacle(troubled, file_format, tmp_path):
    long = troubled.assign(name="x☕" * 50_000).head(2)
    again = read(made(long, file_format), file_format, "places", tmp_path)
    if file_format == "xlsx":
        assert again["name"].str.endswith(workbook.CUT).all()
        assert again["name"].str.len().between(30_000, workbook.LONGEST_CELL).all()
    else:
        assert again["name"].tolist() == long["name"].tolist()


@pytest.mark.parametrize("file_format", download.FORMATS)
@pytest.mark.parametrize("lacking", [(), (card(), card(title="Silent", attribution=" "))])
def test_a_file_without_attribution_is_not_made(troubled, file_format, lacking):
    with pytest.raises(AttributionError, match=r"no source at all|Silent"):
        made(troubled, file_format, sources=lacking)


def test_a_column_that_is_not_there_is_named(troubled):
    with pytest.raises(UnknownColumnError, match=r"wealth.*There are: name, postcode"):
        made(troubled, "csv", ["name", "wealth"])


def test_a_format_that_is_not_there_is_named(troubled):
    with pytest.raises(UnusableFileError, match=r"shp.*csv, xlsx, geojson, gpkg"):
        made(troubled, "shp")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Places in Oxford", "places-in-oxford-2026-11-22.csv"),
        ("../../x", "x-2026-11-22.csv"),
        ("C:\\con: \u202e<b>Café</b>\n", "c-con-b-cafe-b-2026-11-22.csv"),
        ("☕", "download-2026-11-22.csv"),
        ("a" * 500, "a" * 80 + "-2026-11-22.csv"),
    ],
)
def test_a_file_name_is_a_slug(title, name):
    assert download.file_name(about(title=title), "csv") == name


def test_a_title_that_is_a_path_stays_inside(troubled):
    for file_format in download.FORMATS:
        assert made(troubled, file_format, title="../../x")


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.lists(anything, min_size=1, max_size=4), anything)
@budget(max_examples=50)
def test_csv_gives_back_any_text(names, title):
    body = made(pd.DataFrame({"name": names}, dtype="str"), "csv", title=title)
    rows = list(csv.reader(StringIO(body.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows[1:]] == [neutral_text(name) for name in names]
    assert {row[1] for row in rows[1:]} == {neutral_text(title)}


@given(st.lists(anything, min_size=1, max_size=4), anything)
@budget(max_examples=50)
def test_geojson_gives_back_any_text(names, title):
    table = pd.DataFrame({"name": names, "easting": 453_000.0, "northing": None}).astype({"name": "str"})
    told = json.loads(made(table, "geojson", ["name"], title=title))
    assert [feature["properties"]["name"] for feature in told["features"]] == names
    assert told["about"]["title"] == title


@pytest.mark.parametrize("file_format", download.FORMATS)
def test_a_place_without_address_gives_none_in_any_file(atlas, places, file_format, tmp_path):
    # Co-operatives whose registered office may be a home: neither door nor point leaves.
    oxford = Filters(council="Oxford")
    lsoas = summarise.lsoa_figures(atlas.deprivation["2025"], atlas.best_fit["2025"], index="imd")
    base = view.ground(places, lsoas, filters=oxford, lad24cd=atlas.lad24cd("Oxford"), wards=atlas.wards)
    postcodes = atlas.postcodes(among=view.asked_postcodes(oxford))
    shown = view.describe(base, filters=oxford, postcodes=postcodes, councils=atlas.council_names)
    columns = [column for column in download.PLACE_COLUMNS if column in shown.places]
    body = export.export_view(
        shown,
        oxford,
        atlas=atlas,
        subject="places",
        columns=columns,
        file_format=file_format,
        link=LINK,
        date=DATE,
    )
    again = read(body, file_format, "places", tmp_path)
    hidden = again[again["note"].str.contains("may be a home", na=False)]
    assert (len(again), len(hidden)) == (104, 34)
    doors = ["address", "postcode", "easting", "northing", "ward_name", "lsoa21cd", "decile"]
    assert hidden[doors].isna().all(axis=None)
    assert "geometry" not in hidden or hidden.geometry.isna().all()
