"""GeoJSON that people bring: faults 13 to 16, 38 to 42, 47, 48 and 84."""

import json
import math
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.adapters.geojson import DEEPEST, read_points
from mapping.errors import UnusableFileError

CARFAX = [-1.25813, 51.75188]
CARFAX_GRID = [451_300, 206_150]
ON_THE_GRID = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::27700"}}


def point(*coordinates, **properties):
    geometry = {"type": "Point", "coordinates": list(coordinates)}
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def read(*features):
    return read_points(collection(*features).encode(), name="points.geojson")


def refusal(data):
    with pytest.raises(UnusableFileError) as raised:
        read_points(data.encode() if isinstance(data, str) else data, name="points.geojson")
    assert str(raised.value).startswith("points.geojson")
    return str(raised.value)


def collection(*features, **members):
    return json.dumps({"type": "FeatureCollection", "features": list(features), **members})


def reasons(file):
    return file.issues[["row", "field", "reason"]].to_numpy().tolist()


def is_near(shape, easting, northing):
    return math.hypot(shape.x - easting, shape.y - northing) < 30


def test_points_in_degrees_come_out_on_the_national_grid():
    file = read(point(*CARFAX, name="Carfax", n=7, code="007", tags=["a", 1], on=True, none=None))
    assert file.points.crs == "EPSG:27700"
    assert is_near(file.points.geometry.iloc[0], *CARFAX_GRID)
    assert file.points.drop(columns="geometry").to_numpy().tolist() == [
        ["Carfax", "7", "007", '["a", 1]', "true", ""]
    ]
    assert file.numbers.tolist() == [2]
    assert file.form == "GeoJSON, positions in EPSG:4326"
    assert file.issues.empty


@pytest.mark.parametrize("height", [[], [12.5]])
def test_a_height_does_not_matter(height):
    assert is_near(read(point(*CARFAX, *height)).points.geometry.iloc[0], *CARFAX_GRID)


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:EPSG::27700", "EPSG:27700", "urn:ogc:def:crs:EPSG:6.9:27700", "epsg:27700"]
)
def test_a_declared_national_grid_is_taken_and_recorded(name):
    crs = {"type": "name", "properties": {"name": name}}
    file = read_points(collection(point(*CARFAX_GRID), crs=crs).encode(), name="x")
    assert [file.points.geometry.iloc[0].x, file.points.geometry.iloc[0].y] == CARFAX_GRID
    assert file.form == "GeoJSON, positions in EPSG:27700"


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::4326"])
def test_declared_degrees_are_x_before_y(name):
    crs = {"type": "name", "properties": {"name": name}}
    file = read_points(collection(point(*CARFAX), crs=crs).encode(), name="x")
    assert is_near(file.points.geometry.iloc[0], *CARFAX_GRID)


def test_metres_that_do_not_say_so_are_refused_with_the_offer():
    metres = collection(point(*CARFAX_GRID), point(451_000, 206_000))
    message = refusal(metres)
    assert "EPSG:4326" in message
    assert "National Grid metres (EPSG:27700)" in message
    assert "urn:ogc:def:crs:EPSG::27700" in message
    taken = read_points(metres.encode(), name="x", crs="EPSG:27700")
    assert taken.points.geometry.iloc[0].x == CARFAX_GRID[0]


def test_degrees_that_say_they_are_metres_are_refused_with_both_named():
    message = refusal(collection(point(*CARFAX), crs=ON_THE_GRID))
    assert "EPSG:27700" in message
    assert "EPSG:4326" in message


@pytest.mark.parametrize(
    "crs",
    [
        {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}},
        {"type": "name", "properties": {"name": "+init=file:///etc/passwd"}},
        {"type": "link", "properties": {"href": "http://x.example/crs"}},
        "EPSG:3857",
        7,
    ],
)
def test_another_crs_is_refused_by_name(crs):
    assert "declares the CRS" in refusal(collection(point(*CARFAX), crs=crs))


@pytest.mark.parametrize(
    ("coordinates", "reason"),
    [
        ([51.75188, -1.25813], "Latitude and longitude: swap?"),
        ([0, 0], "Position stands for 'not known'"),
        ([float("nan"), 51.75], "Position is not a number"),
        ([float("inf"), 51.75], "Position is not a number"),
        ([10**400, 51], "Position is not a number"),
        (["-1.25", "51.75"], "Position is not a number"),
        ([True, 51.75], "Position is not a number"),
        ([-1.25], "Position is not a number"),
        ([2.35, 48.85], "Position outside England"),
        ([451_300, 206_150], "National Grid metres given as degrees"),
        ([], "Empty geometry"),
    ],
)
def test_a_bad_position_is_an_issue_and_the_feature_stays(coordinates, reason):
    file = read(point(*CARFAX), point(*coordinates, name="odd"), point(*CARFAX))
    assert reasons(file) == [[3, "geometry", reason]]
    assert file.points.geometry.isna().tolist() == [False, True, False]
    assert file.points["name"].tolist() == ["", "odd", ""]


@pytest.mark.parametrize(
    ("geometry", "reason"),
    [
        (None, "Empty geometry"),
        ({"type": "Polygon", "coordinates": [[CARFAX, CARFAX, CARFAX, CARFAX]]}, "Not a point but Polygon"),
        ({"type": "MultiPoint", "coordinates": [CARFAX, CARFAX]}, "Not a point but MultiPoint"),
        ({"type": "GeometryCollection", "geometries": []}, "Not a point but GeometryCollection"),
        ({"type": 7}, "Not a point but 7"),
        ("POINT (1 2)", "Not a point but None"),
    ],
)
def test_what_is_no_point_is_an_issue_and_the_feature_stays(geometry, reason):
    file = read(feature(geometry, name="odd"), point(*CARFAX))
    assert reasons(file) == [[2, "geometry", reason]]
    assert file.points.geometry.isna().tolist() == [True, False]


def test_a_multipoint_of_one_is_a_point():
    assert read(feature({"type": "MultiPoint", "coordinates": [CARFAX]})).issues.empty


def test_features_without_any_geometry_are_kept_for_their_postcodes():
    file = read(feature(None, postcode="OX4 1BA"))
    assert file.points["postcode"].tolist() == ["OX4 1BA"]


def test_a_file_of_areas_is_refused():
    assert "holds no points" in refusal(
        collection(feature({"type": "Polygon", "coordinates": [[CARFAX] * 4]}))
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (
            '{"type": "gdal_streamed_alg", "command_line": "gdal vector read /etc/passwd"}',
            "not a GeoJSON Feature",
        ),
        ("<OGRVRTDataSource><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTDataSource>", "XML or HTML"),
        ("<OGRWFSDataSource><URL>http://x.example</URL></OGRWFSDataSource>", "XML or HTML"),
        ("name,postcode\nA,OX4 1BA\n", "is not a JSON document"),
        ('{"type": "FeatureCollection"}', "not a GeoJSON Feature"),
        ('{"type": "FeatureCollection", "features": {}}', "not a GeoJSON Feature"),
        ('{"type": "FeatureCollection", "features": []}', "holds no features"),
        ('{"type": "Point", "coordinates": [1, 2]}', "not a GeoJSON Feature"),
        ("[1, 2]", "not a GeoJSON Feature"),
        ('{"type": "FeatureCollection", "features": [}', "not valid JSON"),
        ('{"type": 1' + "0" * 5_000 + "}", "not valid JSON"),
        (b'{"type": "\xff\xfe"}', "not valid JSON"),
        ("", "is empty"),
    ],
)
def test_what_is_no_collection_of_features_is_refused(data, what):
    assert what in refusal(data)


@pytest.mark.parametrize(
    "data",
    [
        '{"a":' * 3_000 + "1" + "}" * 3_000,
        "[" * 3_000 + "]" * 3_000,
        collection(point(*CARFAX)).replace("[-1.25813", "[" * 3_000 + "-1.25813"),
    ],
)
def test_json_3000_deep_is_refused(data):
    assert f"{DEEPEST} are the most" in refusal(data) or "not valid JSON" in refusal(data)


def test_brackets_in_text_are_not_depth():
    assert read(point(*CARFAX, name="[" * 100 + '"\\' + "{" * 100)).issues.empty


def test_quotes_that_never_end_take_no_long_time():
    started = time.monotonic()
    refusal('{"a": "' + '\\"' * 3_000_000 + "}")
    assert time.monotonic() - started < 5


def test_too_many_features_and_properties_are_refused():
    assert "100 are the most" in refusal(collection(point(*CARFAX, **{f"p{at}": at for at in range(101)})))
    assert "more than 100,000 rows" in refusal(collection(*[point(*CARFAX)] * 100_001))


def test_hidden_characters_and_halves_of_characters_are_removed_and_noted():
    file = read(point(*CARFAX, name="gnp\u202etxt\ud800", note="\u0000"))
    assert file.points[["name", "note"]].iloc[0].tolist() == ["gnptxt", ""]
    assert reasons(file) == [[2, "name", "Hidden characters"], [2, "note", "Hidden characters"]]


def test_a_property_called_geometry_gives_way():
    file = read(point(*CARFAX, geometry="mine"))
    assert file.points["geometry (property)"].tolist() == ["mine"]
    assert is_near(file.points.geometry.iloc[0], *CARFAX_GRID)


def test_two_properties_that_differ_by_what_hides_are_refused():
    assert "two properties of the same name" in refusal(collection(point(*CARFAX, **{"a": 1, "a\u200b": 2})))


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_encoding_of_json_is_read(codec):
    data = json.dumps(
        {"type": "FeatureCollection", "features": [point(*CARFAX, name="Café")]}, ensure_ascii=False
    )
    assert read_points(data.encode(codec), name="x").points["name"].tolist() == ["Café"]


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=6,
)
FEATURE = st.one_of(
    JSON,
    st.fixed_dictionaries(
        {
            "properties": JSON,
            "geometry": st.one_of(
                JSON,
                st.fixed_dictionaries(
                    {
                        "type": st.sampled_from(["Point", "Polygon", 7]),
                        "coordinates": st.one_of(JSON, st.lists(JSON)),
                    }
                ),
            ),
        }
    ),
)


@settings(max_examples=60)
@given(st.lists(FEATURE, min_size=1, max_size=4))
def test_no_json_is_anything_but_features_or_a_refusal(features):
    try:
        file = read(*features)
    except UnusableFileError:
        return
    assert len(file.points) == len(file.numbers) == len(features)
    geometry = set(file.issues.loc[file.issues["field"] == "geometry", "row"])
    assert geometry == set(file.numbers[file.points.geometry.isna()])


def test_the_trap_of_the_published_file_is_refused_with_both_crs(realdata):
    path = realdata / "boundaries" / "bng_coordinates_declared_as_wgs84.geojson"
    message = refusal(path.read_bytes())
    assert "EPSG:4326" in message
    assert "EPSG:27700" in message
