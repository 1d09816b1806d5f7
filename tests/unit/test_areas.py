import gzip
import json
import sqlite3
from contextlib import closing

import geopandas as gpd
import numpy as np
import pytest
import shapely

from mapping.adapters import areas
from mapping.adapters.recognise import Recognised, recognise
from mapping.crs import BNG, WGS84
from mapping.errors import SourceChangedError, UnusableFileError
from tests.unit.iod_files import only

WEST, EAST, SOUTH, NORTH, MIDDLE = 450_000, 450_300, 205_000, 205_200, 450_123.4567
LEFT = shapely.box(WEST, SOUTH, MIDDLE, NORTH)
RIGHT = shapely.box(MIDDLE, SOUTH, EAST, NORTH)
BOW_TIE = shapely.Polygon([(WEST, SOUTH), (EAST, NORTH), (EAST, SOUTH), (WEST, NORTH), (WEST, SOUTH)])


def layer(*shapes, codes=None, crs=BNG, **more):
    codes = codes or [f"E0100000{9 - at}" for at in range(len(shapes))]
    columns = {"FID": range(len(shapes)), "LSOA21CD": codes, "LSOA21NM": [f"Oxford {c[-1]}" for c in codes]}
    return gpd.GeoDataFrame(columns | more, geometry=list(shapes), crs=BNG).to_crs(crs)


def written(tmp_path, layer, form="geojson"):
    path = tmp_path / f"file.{form}"
    if form == "parquet":
        layer.to_parquet(path)
    elif form == "gpkg":
        layer.drop(columns="FID").to_file(path, layer="Areas_of_2021", driver="GPKG")
    else:
        path.write_text(geojson(layer), encoding="utf-8")
    return path


def geojson(layer, *, crs=None):
    """As ArcGIS writes it: the shape before the properties."""
    document = {"type": "FeatureCollection"}
    if crs or layer.crs == BNG:
        document["crs"] = {"type": "name", "properties": {"name": crs or "urn:ogc:def:crs:EPSG::27700"}}
    rows = layer.drop(columns="geometry").to_dict("records")
    document["features"] = [
        {"type": "Feature", "geometry": json.loads(shapely.to_geojson(shape) or "null"), "properties": row}
        for row, shape in zip(rows, layer.geometry, strict=True)
    ]
    return json.dumps(document)


def read(path):
    return areas.read_areas(only(path))


@pytest.mark.parametrize("crs", [BNG, WGS84])
@pytest.mark.parametrize("form", ["geojson", "gpkg", "parquet"])
def test_the_areas_are_the_same_whatever_file_they_are_in(tmp_path, form, crs):
    table = read(written(tmp_path, layer(LEFT, RIGHT, crs=crs), form))
    assert table.crs == BNG
    assert table.columns.tolist() == ["code", "name", "geometry"]
    assert table["code"].tolist() == ["E01000008", "E01000009"], "by code"
    assert table["name"].tolist() == ["Oxford 8", "Oxford 9"]
    for found, meant in zip(table.geometry, [RIGHT, LEFT], strict=True):
        assert shapely.hausdorff_distance(found, meant) < 0.002


@pytest.mark.parametrize("crs", [BNG, WGS84])
def test_neighbours_share_their_edge_to_the_millimetre(tmp_path, crs):
    table = read(written(tmp_path, layer(LEFT, RIGHT, crs=crs)))
    assert shapely.coverage_is_valid(table.geometry.to_numpy())
    vertices = shapely.get_coordinates(table.geometry.to_numpy())
    assert np.array_equal(vertices, np.round(vertices, 3))
    assert table.geometry[0].intersection(table.geometry[1]).length == pytest.approx(200, abs=0.01)


def test_an_invalid_polygon_is_repaired_and_counted(tmp_path):
    table = read(written(tmp_path, layer(BOW_TIE, RIGHT)))
    assert table.attrs["repaired"] == ("E01000009",)
    assert table.is_valid.all()
    assert set(table.geom_type) <= {"Polygon", "MultiPolygon"}
    assert table.area[1] == 300 * 200 / 2, "both wings of the bow tie"


def test_a_spike_is_cut_off_and_leaves_a_polygon(tmp_path):
    spiked = shapely.Polygon(
        [(WEST, SOUTH), (EAST, SOUTH), (EAST, NORTH), (EAST, NORTH + 90), (EAST, NORTH), (WEST, NORTH)]
    )
    table = read(written(tmp_path, layer(spiked)))
    assert table.geom_type.tolist() == ["Polygon"]
    assert table.area.tolist() == [300 * 200]
    assert table.attrs["repaired"] == ("E01000009",)


def test_a_geopackage_is_read_whatever_it_is_called(tmp_path):
    path = written(tmp_path, layer(LEFT), "gpkg").rename(tmp_path / "file.csv")
    assert read(path)["code"].tolist() == ["E01000009"]


def test_only_england_is_read(tmp_path):
    table = read(written(tmp_path, layer(LEFT, RIGHT, codes=["W01000001", "E01000001"])))
    assert table["code"].tolist() == ["E01000001"]


@pytest.mark.parametrize(
    ("heading", "code"), [("WD24CD", "E05000001"), ("wd19cd", "E05000001"), ("LAD24CD", "E07000178")]
)
def test_wards_and_districts_are_read_by_their_own_codes(tmp_path, heading, code):
    lad = heading.casefold() == "lad24cd"
    more = {} if lad else {"LAD24CD": ["E07000178"]}
    named = layer(LEFT).rename(columns={"LSOA21CD": heading, "LSOA21NM": heading[:-2] + "NM"})
    named = named.assign(**{heading: [code]}, **more)[[heading, heading[:-2] + "NM", *more, "geometry"]]
    table = read(written(tmp_path, named))
    assert table["code"].tolist() == [code]
    assert table.get("lad_code", default=[None])[0] == (None if lad else "E07000178")


def test_a_name_that_is_not_there_is_blank(tmp_path):
    table = read(written(tmp_path, layer(LEFT).drop(columns="LSOA21NM")))
    assert table["name"].tolist() == [""]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (layer(LEFT, RIGHT, codes=["E01000001"] * 2), r"code, there twice \(E01000001: 'E01000001'\)"),
        (layer(LEFT, codes=["E02000001"]), r"code, no such code \(E02000001: 'E02000001'\)"),
        (layer(LEFT, None), r"geometry, no shape \(E01000008: 'E01000008'\)"),
        (layer(LEFT, shapely.Polygon()), r"geometry, no shape \(E01000008: 'E01000008'\)"),
        (layer(LEFT, codes=["W01000001"]), "0 rows"),
        (layer(LEFT, shapely.transform(RIGHT, lambda xy: xy * 9)), "geometry, not in Great Britain"),
    ],
    ids=["twice", "malformed", "null", "empty", "wales", "far"],
)
def test_a_wrong_area_is_named(tmp_path, given, told):
    with pytest.raises(SourceChangedError, match=rf"^file\.geojson: .*{told}"):
        read(written(tmp_path, given))


def test_metres_in_a_file_of_degrees_are_refused_with_both_named(tmp_path):
    path = tmp_path / "file.geojson"
    path.write_text(geojson(layer(LEFT), crs="EPSG:4326"))
    with pytest.raises(UnusableFileError, match=r"file\.geojson reads as EPSG:4326.*EPSG:27700.*450000"):
        read(path)


def test_degrees_in_a_file_of_metres_are_refused_with_both_named(tmp_path):
    path = tmp_path / "file.geojson"
    path.write_text(geojson(layer(LEFT, crs=WGS84), crs="urn:ogc:def:crs:EPSG::27700"))
    with pytest.raises(UnusableFileError, match=r"file\.geojson reads as EPSG:27700.*EPSG:4326"):
        read(path)


@pytest.mark.parametrize("form", ["gpkg", "parquet"])
def test_another_crs_is_refused_and_named(tmp_path, form):
    path = written(tmp_path, layer(LEFT, crs="EPSG:3857"), form)
    with pytest.raises(UnusableFileError, match='declares the CRS "EPSG:3857"'):
        read(path)


def test_a_geojson_cut_short_is_told_from_its_end(tmp_path):
    path = written(tmp_path, layer(LEFT, RIGHT))
    path.write_text(path.read_text()[:-30])
    with pytest.raises(SourceChangedError, match=r"file\.geojson is cut short or damaged"):
        read(path)


def test_a_geojson_packed_to_fill_memory_is_refused(tmp_path):
    path = written(tmp_path, layer(LEFT, RIGHT))
    packed = tmp_path / "file.geojson.gz"
    packed.write_bytes(gzip.compress(path.read_bytes() + b" " * 20_000_000))
    with pytest.raises(SourceChangedError, match="unpacks to far more than its size"):
        read(packed)


@pytest.mark.parametrize("name", ["12:30.gpkg", 'the "new" areas.gpkg', "back\\slash.gpkg"])
def test_a_geopackage_may_have_any_name(tmp_path, name):
    path = written(tmp_path, layer(LEFT, RIGHT), "gpkg")
    assert len(read(path.rename(tmp_path / name))) == 2


def test_a_geopackage_whose_layer_would_open_another_file_is_refused(tmp_path):
    path = written(tmp_path, layer(LEFT), "gpkg")
    evil = "CREATE VIRTUAL TABLE evil USING VirtualOGR('/etc/passwd')"
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA writable_schema = ON")
        for (trigger,) in database.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall():
            database.execute(f'DROP TRIGGER "{trigger}"')
        database.execute("INSERT INTO sqlite_master VALUES ('table', 'evil', 'evil', 0, ?)", (evil,))
        database.execute("UPDATE gpkg_contents SET table_name = 'evil', data_type = 'attributes'")
    found = Recognised(
        kind="areas", vintage="lsoa21cd", path=path, member="evil", form="GeoPackage, layer evil"
    )
    for refused in (lambda: recognise(path), lambda: areas.read_areas(found)):
        with pytest.raises(SourceChangedError, match="cut short or damaged"):
            refused()


# ---- The publisher's own files -------------------------------------------------------------------------


def test_all_lsoas_of_england_are_read_valid_and_in_place(realdata):
    table = read(realdata / "boundaries/england_lsoa21_bgc.parquet")
    assert (len(table), len(table.attrs["repaired"])) == (33_755, 7)
    assert table.is_valid.all()
    assert table.area.sum() / 1e6 == pytest.approx(130_310, rel=0.01), "km² of England"


def test_oxford_has_no_gap_between_its_lsoas(realdata):
    table = read(realdata / "boundaries/lsoa21_E07000178.geojson")
    assert len(table) == 84
    assert shapely.coverage_is_valid(table.geometry.to_numpy())


def test_metres_that_a_third_party_declared_as_degrees_are_refused(realdata, tmp_path):
    trap = (realdata / "boundaries/bng_coordinates_declared_as_wgs84.geojson").read_text()
    path = tmp_path / "trap.geojson"
    path.write_text(trap.replace('"code":', '"LSOA11CD":').replace('"label":', '"LSOA11NM":'))
    with pytest.raises(UnusableFileError, match=r"trap\.geojson reads as EPSG:4326.*EPSG:27700"):
        read(path)
