"""Areas and places as a browser fetches them."""

import gzip
import json

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from mapping.crs import BNG, WGS84
from mapping.errors import CrsError
from mapping.render import shapes

OXFORD = "E07000178"
EVIL = "Co-op ${alert(1)} <img src=x onerror=alert(2)> ` \u2028 </script>"


def squares(*corners: tuple[float, float]) -> gpd.GeoDataFrame:
    cells = [shapely.box(x, y, x + 1000, y + 1000) for x, y in corners]
    named = {
        "code": [f"E0100000{i}" for i in range(len(cells))],
        "name": [f"Area {i}" for i in range(len(cells))],
    }
    return gpd.GeoDataFrame(named | {"lad24cd": OXFORD, "population": 5}, geometry=cells, crs=BNG)


def read(file: shapes.GeoFile) -> list[dict]:
    return json.loads(file.body)["features"]


def test_a_file_holds_codes_and_names_in_the_order_given_and_no_more():
    areas = squares((453_000, 206_000), (452_000, 206_000)).iloc[::-1]
    file = shapes.area_file(areas, layer="lsoa21cd", lad24cd=OXFORD)
    told = [feature["properties"] for feature in read(file)]
    assert told == [{"code": "E01000001", "name": "Area 1"}, {"code": "E01000000", "name": "Area 0"}]
    assert file.keys == ("E01000001", "E01000000")


def test_its_address_tells_layer_council_and_content():
    one = shapes.area_file(squares((453_000, 206_000)), layer="wd24cd", lad24cd=OXFORD)
    same = shapes.area_file(squares((453_000, 206_000)), layer="wd24cd", lad24cd=OXFORD)
    other = shapes.area_file(squares((453_000, 206_010)), layer="wd24cd", lad24cd=OXFORD)
    assert one.address == f"areas/wd24cd/{OXFORD}.json?v={one.version}"
    assert (one.version, one.packed) == (same.version, same.packed)
    assert one.version != other.version
    assert gzip.decompress(one.packed) == one.body


def test_shapes_are_in_degrees_where_the_ground_is():
    areas = squares((453_000, 206_000))
    file = shapes.area_file(areas, layer="lsoa21cd", lad24cd=OXFORD)
    drawn = gpd.GeoSeries([shapely.from_geojson(json.dumps(read(file)[0]["geometry"]))], crs=WGS84)
    apart = drawn.to_crs(BNG).hausdorff_distance(areas.geometry)
    assert apart.max() < 1.5  # metres: five decimals of a degree
    assert file.bounds == pytest.approx((-1.2328, 51.7499, -1.2181, 51.7591), abs=0.001)


def test_neighbours_keep_the_border_they_share():
    file = shapes.area_file(squares((453_000, 206_000), (454_000, 206_000)), layer="lsoa21cd", lad24cd=OXFORD)
    left, right = ({tuple(xy) for xy in feature["geometry"]["coordinates"][0]} for feature in read(file))
    assert len(left & right) == 2


def test_areas_that_are_not_on_the_national_grid_are_refused():
    with pytest.raises(CrsError):
        shapes.area_file(squares((453_000, 206_000)).to_crs(WGS84), layer="lsoa21cd", lad24cd=OXFORD)


def test_the_pilot_travels_in_a_few_kilobytes(atlas):
    for layer in ("lsoa11cd", "lsoa21cd", "wd19cd", "wd24cd", "lad24cd"):
        for council in atlas.councils["lad24cd"]:
            mine = atlas.areas(layer, lad24cd=council)
            file = shapes.area_file(mine, layer=layer, lad24cd=council)
            assert file.keys == tuple(mine["code"])
            assert len(file.packed) < 6_000


@pytest.fixture
def oxford(places: pd.DataFrame) -> pd.DataFrame:
    return places[places["lad24cd"] == OXFORD]


def test_only_places_with_a_position_are_drawn(oxford):
    file = shapes.place_file(oxford, lad24cd=OXFORD)
    assert file.keys == tuple(oxford.loc[oxford["easting"].notna(), "place_id"])
    assert 0 < len(file.keys) < len(oxford)
    assert file.path == f"places/{OXFORD}.json"


def test_a_withheld_place_is_not_drawn_even_where_its_columns_say_where_it_is(oxford):
    drawn = oxford[oxford["easting"].notna()].head(2)
    leaking = drawn.assign(is_withheld=[True, False])
    assert shapes.place_file(leaking, lad24cd=OXFORD).keys == (drawn["place_id"].iloc[1],)


def test_a_place_tells_what_its_popup_shows_and_nothing_else(oxford):
    file = shapes.place_file(oxford, lad24cd=OXFORD)
    assert {tuple(feature["properties"]) for feature in read(file)} == {shapes.SHOWN}


def test_what_is_not_known_is_null_and_never_nan(oxford):
    drawn = oxford[oxford["easting"].notna()].assign(address=pd.NA)
    told = [feature["properties"] for feature in read(shapes.place_file(drawn, lad24cd=OXFORD))]
    assert {each["address"] for each in told} == {None}
    assert b"NaN" not in shapes.place_file(drawn, lad24cd=OXFORD).body


def test_text_from_outside_stays_data(oxford):
    drawn = oxford[oxford["easting"].notna()].head(1).assign(name=EVIL)
    assert read(shapes.place_file(drawn, lad24cd=OXFORD))[0]["properties"]["name"] == EVIL


@pytest.mark.parametrize(
    ("website", "kept"),
    [
        ("http://agile.coop", "http://agile.coop"),
        (" https://agile.coop/a?b=c#d ", "https://agile.coop/a?b=c#d"),
        ("HTTPS://agile.coop", "https://agile.coop"),
        ("javascript:alert(1)", None),
        ("JaVaScRiPt://%0aalert(1)", None),
        ("data:text/html,x", None),
        ("//agile.coop", None),
        ("agile.coop", None),
        ("http://", None),
        ("http://[", None),
        (None, None),
    ],
)
def test_a_link_is_kept_only_if_a_browser_may_follow_it(oxford, website, kept):
    drawn = oxford[oxford["easting"].notna()].head(1).assign(website=website)
    assert read(shapes.place_file(drawn, lad24cd=OXFORD))[0]["properties"]["website"] == kept


def test_a_council_without_a_drawn_place_has_an_empty_file(oxford):
    file = shapes.place_file(oxford[oxford["easting"].isna()], lad24cd=OXFORD)
    assert (file.keys, read(file)) == ((), [])
