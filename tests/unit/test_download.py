"""Files to take away: what was filtered, no more and no less, as it was written, and what it is."""

import csv
import datetime
import json
import sqlite3
from contextlib import closing
from io import BytesIO, StringIO
from zipfile import ZipFile

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pyogrio
import pytest
from hypothesis import given
from hypothesis import settings as budget
from hypothesis import strategies as st
from shapely import box
from shapely.geometry import shape

from mapping import export
from mapping.analysis import summarise, view
from mapping.analysis.filters import Filters
from mapping.errors import AttributionError, CrsError, UnknownColumnError, UnusableFileError
from mapping.render import download, workbook
from mapping.render.neutral import neutral_text
from mapping.sources import Card

DATE = datetime.date(2026, 11, 22)
LINK = "https://atlas.example/?council=Oxford&q=co-op"


def card(**changed: object) -> Card:
    fields = {"table": "t.parquet", "title": "A list", "publisher": "A council", "vintage": "2025"}
    fields |= {"licence": "OGL-UK-3.0", "attribution": "Contains facts of a council.", "source": "Its page"}
    fields |= {"made": "By hand.", "pages": (), "rows": 1, "columns": (), "checks": (), "sha256": ""}
    return Card(**(fields | changed))


def about(**changed: object) -> download.About:
    fields = {"title": "Places in Oxford", "filters": (("Council", "Oxford"), ("Search", "=1+1"))}
    fields |= {"edition": "English Indices of Deprivation 2025", "date": DATE, "link": LINK}
    other = card(title="Another", licence="ODC-By-1.0", attribution="Contains open data.")
    fields |= {"sources": (card(), other, card()), "notes": ("No record is not none.",)}
    return download.About(**(fields | changed))


NAMES = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "${alert(1)}",
    "back`tick \\ slash",
    "</script><b>",
    '=HYPERLINK("http://x.example","Co-op")',
    "=1+1",
    "@SUM(1)",
    "-1+1",
    "\t=1",
    "+44 20 7946 0000",
    "007",
    "two\nlines",
    "right\u202eleft",
    "'; DROP TABLE places; --",
    "../../x",
    'Café ☕, "quoted"',
    "_x0041_",
    "javascript:alert(1)",
]
COLUMNS = ["name", "postcode", "decile", "share", "is_open", "easting", "northing"]


@pytest.fixture
def troubled() -> pd.DataFrame:
    """Places with nothing but trouble in their names; the second has no position."""
    n = len(NAMES)
    known = np.arange(n) != 1
    return pd.DataFrame(
        {
            "name": pd.Series(NAMES, dtype="str"),
            "postcode": pd.Series(["OX4 1BA"] * n, dtype="str").where(known),
            "decile": pd.Series(range(1, n + 1), dtype="Int64").where(known),
            "share": np.where(known, -0.12, np.nan),
            "is_open": True,
            "easting": np.where(known, 453_000.0 + np.arange(n), np.nan),
            "northing": np.where(known, 205_000.0, np.nan),
        }
    ).set_axis(range(100, 100 + n))


@pytest.fixture
def areas() -> gpd.GeoDataFrame:
    """Two areas with shapes and one without, and without a figure."""
    table = {"name": ["A", "B", "Holywell"], "code": ["E1", "E2", "E3"], "rank": [1.5, 2, None]}
    shapes = [box(453_000, 205_000, 454_000, 206_000), box(454_000, 205_000, 455_000, 206_000), None]
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:27700")


def made(table: pd.DataFrame, file_format: str, columns: list[str] | None = None, **changed: object) -> bytes:
    chosen = columns or [column for column in table.columns if column != "geometry"]
    return download.download_file(table, about=about(**changed), columns=chosen, file_format=file_format)


def read(body: bytes, file_format: str, layer: str, tmp_path) -> pd.DataFrame:
    """The file as its reader would open it, with nothing but the library they use."""
    if file_format == "csv":
        return pd.read_csv(BytesIO(body), dtype={"name": str, "code": str})
    if file_format == "xlsx":
        return pd.read_excel(BytesIO(body), sheet_name=0, dtype={"name": str, "code": str})
    path = tmp_path / f"download.{file_format}"
    path.write_bytes(body)
    return gpd.read_file(path, layer=layer if file_format == "gpkg" else None)


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
def test_formulas_in_headings_are_text(troubled, file_format, tmp_path):
    odd = troubled.rename(columns={"share": "=1+1"})
    again = read(made(odd, file_format), file_format, "places", tmp_path)
    assert ("'=1+1" if file_format == "csv" else "=1+1") in again.columns


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(troubled):
    odd = troubled.rename(columns={"share": "=1+1"}).assign(website="https://x.example/")
    body = made(odd, "xlsx")
    book = openpyxl.load_workbook(BytesIO(body))
    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n", "b"}
    with ZipFile(BytesIO(body)) as parts:
        sheets = [name for name in parts.namelist() if name.startswith("xl/worksheets/")]
        assert not any(mark in parts.read(name) for name in sheets for mark in (b"<f>", b"<hyperlink"))
    literal = {cell.value for cell in book["Places"]["A"] if cell.quotePrefix}
    assert {"=1+1", "@SUM(1)", "-1+1", "+44 20 7946 0000", '=HYPERLINK("http://x.example","Co-op")'} < literal
    assert "007" not in literal


def test_a_workbook_is_ready_to_read_filter_and_print(troubled):
    book = openpyxl.load_workbook(BytesIO(made(troubled, "xlsx")))
    assert book.sheetnames == ["Places", "About"]
    sheet = book["Places"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == f"A1:G{len(NAMES) + 1}"
    assert sheet["A1"].font.bold
    assert (sheet["A1"].alignment.horizontal, sheet["D1"].alignment.horizontal) == (None, "right")
    assert sheet["D2"].value == -0.12
    assert sheet["D2"].data_type == "n"
    assert 8 <= sheet.column_dimensions["A"].width <= 50
    assert book.properties.title == "Places in Oxford"
    assert book.properties.created.date() == DATE


def test_a_workbook_says_what_it_is(troubled):
    sheet = openpyxl.load_workbook(BytesIO(made(troubled, "xlsx")))["About"]
    told = [tuple(cell or "" for cell in row[:2]) for row in sheet.iter_rows(values_only=True)]
    for line in (
        ("Places in Oxford", ""),
        ("Made on", "22 November 2026"),
        ("Council", "Oxford"),
        ("Search", "=1+1"),
        ("The same on the page", LINK),
        ("Show this with the facts", "Contains facts of a council."),
        ("Show this with the facts", "Contains open data."),
        ("Licence", "ODC-By-1.0"),
        ("Publisher", "A council"),
        ("Please note", "No record is not none."),
    ):
        assert line in told
    assert "metres east" in dict(told)["Column easting"]


def test_csv_is_headings_rows_and_its_account_on_every_row(troubled):
    body = made(troubled, "csv")
    assert body.startswith(b"\xef\xbb\xbfname,postcode,")
    again = pd.read_csv(BytesIO(body), dtype=str)
    told = again.filter(like="about_").drop_duplicates()
    assert len(told) == 1
    assert told.iloc[0].to_dict() == {
        "about_title": "Places in Oxford",
        "about_filters": "Council: Oxford; Search: =1+1",
        "about_edition": "English Indices of Deprivation 2025",
        "about_exported": "2026-11-22",
        "about_sources": "A list (A council, 2025); Another (A council, 2025)",
        "about_licences": "OGL-UK-3.0; ODC-By-1.0",
        "about_attribution": "Contains facts of a council. Contains open data.",
        "about_notes": "No record is not none.",
        "about_link": LINK,
    }
    assert again["easting"].iloc[0] == "453000"
    assert again["decile"].iloc[0] == "1"


def test_what_a_csv_says_of_itself_is_neutral_too(troubled):
    told = pd.read_csv(BytesIO(made(troubled, "csv", title="=1+1", link="@x")), dtype=str)
    assert told[["about_title", "about_link"]].iloc[0].tolist() == ["'=1+1", "'@x"]


def test_geojson_is_rfc_7946_and_says_what_it_is(troubled, areas):
    told = json.loads(made(troubled, "geojson"))
    assert told["type"] == "FeatureCollection"
    assert "crs" not in told
    first, second = told["features"][:2]
    assert first["geometry"]["type"] == "Point"
    west, north = first["geometry"]["coordinates"]
    assert (west, north) == pytest.approx((-1.2341, 51.7418), abs=0.001)
    assert max(len(str(number).split(".")[1]) for number in (west, north)) <= 6
    assert second["geometry"] is None
    assert second["properties"]["easting"] is None
    assert told["about"]["filters"] == {"Council": "Oxford", "Search": "=1+1"}
    assert told["about"]["attribution"] == ["Contains facts of a council.", "Contains open data."]
    assert told["about"]["sources"][1]["licence"] == "ODC-By-1.0"
    assert "metres east" in told["about"]["columns"]["easting"]
    ring = shape(json.loads(made(areas, "geojson"))["features"][0]["geometry"]).exterior
    assert ring.is_ccw


def test_geopackage_is_in_metres_and_says_what_it_is(troubled, tmp_path):
    path = tmp_path / "places.gpkg"
    path.write_bytes(made(troubled, "gpkg"))
    layer = gpd.read_file(path, layer="places")
    assert layer.crs == "EPSG:27700"
    assert layer.geometry.iloc[0].coords[0] == (453_000, 205_000)
    assert layer.geometry.iloc[1] is None
    told = pyogrio.read_dataframe(path, layer="about").set_index("key")["value"]
    assert told["attribution"] == "Contains facts of a council. Contains open data."
    assert told["filters"] == "Council: Oxford; Search: =1+1"
    assert told["link"] == LINK
    assert "metres east" in told["column easting"]
    assert pyogrio.list_layers(path).tolist() == [["places", "Point"], ["about", None]]
    assert pyogrio.read_info(path, layer="places")["layer_metadata"]["DESCRIPTION"] == told["attribution"]
    with closing(sqlite3.connect(path)) as store:
        assert store.execute("PRAGMA integrity_check").fetchone() == ("ok",)


@pytest.mark.parametrize("file_format", ["geojson", "gpkg"])
def test_areas_keep_their_shapes_and_their_place(areas, file_format, tmp_path):
    again = read(made(areas, file_format), file_format, "areas", tmp_path)
    assert again["name"].tolist() == ["A", "B", "Holywell"]
    assert again.geometry.isna().tolist() == [False, False, True]
    metres = again.to_crs("EPSG:27700").geometry.iloc[:2]
    assert metres.area.to_numpy() == pytest.approx([1e6, 1e6], rel=1e-3)
    assert metres.distance(areas.geometry.iloc[:2]).max() < 0.2
    assert again["rank"].isna().tolist() == [False, False, True]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_areas_without_a_figure_have_an_empty_cell(areas, file_format, tmp_path):
    again = read(made(areas, file_format), file_format, "areas", tmp_path)
    assert again["rank"].fillna(-1).tolist() == [1.5, 2, -1]
    assert "geometry" not in again.columns


def test_areas_in_degrees_are_refused(areas):
    with pytest.raises(CrsError, match="EPSG:27700"):
        made(areas.to_crs("EPSG:4326"), "gpkg")


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
