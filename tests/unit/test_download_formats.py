"""Each format by itself: a workbook, a CSV, a GeoJSON, a GeoPackage."""

import json
import sqlite3
from contextlib import closing
from io import BytesIO
from zipfile import ZipFile

import geopandas as gpd
import openpyxl
import pandas as pd
import pyogrio
import pytest
from shapely import box
from shapely.geometry import shape

from mapping.errors import CrsError
from mapping.render import download
from tests.unit.downloaded import DATE, LINK, NAMES, made, read


@pytest.fixture
def areas() -> gpd.GeoDataFrame:
    """Two areas with shapes and one without, and without a figure."""
    table = {"name": ["A", "B", "Holywell"], "code": ["E1", "E2", "E3"], "rank": [1.5, 2, None]}
    shapes = [box(453_000, 205_000, 454_000, 206_000), box(454_000, 205_000, 455_000, 206_000), None]
    return gpd.GeoDataFrame(table, geometry=shapes, crs="EPSG:27700")


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
