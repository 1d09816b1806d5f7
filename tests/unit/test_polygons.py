"""Polygons somebody drew: read as JSON, repaired and said so, refused whole only where nothing is usable."""

import json

import pytest
import shapely

from mapping.adapters.polygons import EMPTY, MOST_VERTICES, NO_AREA, NOT_RINGS, REPAIRED, read_polygons
from mapping.crs import BNG
from mapping.errors import UnusableFileError

SQUARE = [[450_000, 200_000], [452_000, 200_000], [452_000, 202_000], [450_000, 202_000]]
BOW_TIE = [[450_000, 200_000], [452_000, 202_000], [452_000, 200_000], [450_000, 202_000]]
HOLE = [[450_500, 200_500], [451_500, 200_500], [451_500, 201_500], [450_500, 201_500]]
TRIANGLE = [[450_100, 200_100], [450_200, 200_100], [450_100, 200_200]]
SMALL_HOLE = [[451_800, 201_800], [451_900, 201_800], [451_900, 201_900], [451_800, 201_900]]
DEGREES = [[-1.27, 51.74], [-1.24, 51.74], [-1.24, 51.76], [-1.27, 51.76]]
METRES = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


def feature(*rings, kind="Polygon", **properties):
    geometry = {"type": kind, "coordinates": list(rings)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def document(*features, crs=METRES):
    told = {"crs": crs} if crs else {}
    return json.dumps({"type": "FeatureCollection", **told, "features": list(features)}).encode()


def read(*features, crs=METRES):
    return read_polygons(document(*features, crs=crs), name="drawn.geojson").areas


def refusal(data):
    with pytest.raises(UnusableFileError) as refused:
        read_polygons(data, name="drawn.geojson")
    return str(refused.value)


def test_each_feature_is_an_area_with_its_name():
    areas = read(feature(SQUARE, NAME="  Our\npart "), feature(SQUARE, HOLE), feature(SQUARE, title="=1+1"))
    assert areas.crs == BNG
    assert areas["name"].tolist() == ["Our part", "Area 2", "=1+1"]
    assert areas.area.tolist() == [4_000_000, 3_000_000, 4_000_000]
    assert areas["why"].tolist() == areas["note"].tolist() == ["", "", ""]


def test_hidden_characters_and_long_names_are_cut():
    areas = read(
        feature(SQUARE, name="a\u202eb\x00"), feature(SQUARE, name="x" * 300), feature(SQUARE, name={})
    )
    assert areas["name"].tolist() == ["ab", "x" * 200, "Area 3"]


def test_degrees_are_moved_to_the_grid():
    (area,) = read(feature(DEGREES), crs=None).geometry
    assert shapely.box(450_000, 204_000, 453_000, 208_000).contains(area)
    assert area.area == pytest.approx(4_607_155, abs=100)


def test_one_feature_or_one_polygon_is_a_file_too():
    alone = feature(DEGREES, name="Ours")
    for each in (alone, alone["geometry"]):
        assert len(read_polygons(json.dumps(each).encode(), name="x").areas) == 1


def test_a_multipolygon_is_one_area():
    far = [[x + 10_000, y] for x, y in SQUARE]
    (area,) = read(feature([SQUARE], [far], kind="MultiPolygon")).geometry
    assert area.area == 8_000_000


def test_holes_need_not_have_as_many_corners_as_each_other():
    [area] = read(feature(SQUARE, TRIANGLE, SMALL_HOLE)).geometry
    assert area.area == 4_000_000 - 5_000 - 10_000


def test_a_bow_tie_is_repaired_and_noted():
    areas = read(feature(BOW_TIE), feature(SQUARE))
    assert areas.geometry.is_valid.all()
    assert areas.area.tolist() == [2_000_000, 4_000_000]
    assert areas["note"].tolist() == [REPAIRED, ""]


@pytest.mark.parametrize(
    ("faulty", "reason"),
    [
        ({"type": "Feature", "geometry": None}, EMPTY[0]),
        (7, EMPTY[0]),
        (feature(kind="Polygon"), EMPTY[0]),
        (feature([], kind="Polygon"), NOT_RINGS[0]),
        (feature([[450_000, 200_000]]), NOT_RINGS[0]),
        (feature([["a", "b"]] * 4), NOT_RINGS[0]),
        (feature([[10**400, 1]] * 4), NOT_RINGS[0]),
        (feature(7), NOT_RINGS[0]),
        ({"type": "Feature", "geometry": {"type": "Polygon"}}, NOT_RINGS[0]),
        (
            {"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}},
            "Not a polygon but Point",
        ),
        (
            {"type": "Feature", "geometry": {"type": "GeometryCollection"}},
            "Not a polygon but GeometryCollection",
        ),
        (feature([SQUARE[0], SQUARE[1], SQUARE[0]]), NO_AREA[0]),
        (feature([*SQUARE, [float("nan"), 200_000]]), "Position is not a number"),
        (feature([[0, 0], *SQUARE]), "Position stands for 'not known'"),
        (feature([[450_000, 900_000], *SQUARE]), "Position outside England"),
    ],
)
def test_a_faulty_feature_keeps_its_place_and_says_why(faulty, reason):
    areas = read(feature(SQUARE), faulty, feature(SQUARE))
    assert [area is None for area in areas.geometry] == [False, True, False]
    assert areas["why"].iloc[1].startswith(reason)
    assert areas["name"].tolist() == ["Area 1", "Area 2", "Area 3"]
    assert "no polygon that can be used" in refusal(document(faulty))


def test_numbers_that_contradict_the_crs_are_refused_with_both_named():
    told = refusal(document(feature(SQUARE), crs=None))
    assert "reads as EPSG:4326" in told
    assert "National Grid metres (EPSG:27700)" in told
    assert "look like degrees (EPSG:4326)" in refusal(document(feature(DEGREES)))


def test_swapped_degrees_are_asked_about():
    areas = read(feature(DEGREES), feature([[y, x] for x, y in DEGREES]), crs=None)
    assert areas["why"].iloc[1].startswith("Latitude and longitude: swap? ")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not json",
        b"{}",
        b"[1]",
        b'{"type": "FeatureCollection", "features": []}',
        b"<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>",
        b'{"type": "gdal_streamed_alg", "command_line": "gdal vector pipeline ! read /etc/passwd"}',
        b'{"type":"Polygon","coordinates":' + b"[" * 3_000 + b"]" * 3_000 + b"}",
    ],
)
def test_what_is_no_geojson_of_polygons_is_refused(data):
    assert refusal(data).startswith("drawn.geojson ")


def test_too_much_is_refused():
    assert "501 features" in refusal(document(*[feature(SQUARE)] * 501))
    ring = b"[450000,200000]" + b",[450000,200000]" * MOST_VERTICES
    told = refusal(document(feature("RING")).replace(b'"RING"', b"[" + ring + b"]"))
    assert "has 500,001 vertices" in told
