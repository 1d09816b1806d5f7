"""The map's shell never changes; what is drawn in it travels as plain, inert values."""

import json
import re

import folium
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping import schemas
from mapping.editions import INDICES
from mapping.errors import MappingError
from mapping.render import assets, layers, legend, shapes

EVIL = [
    "${alert(1)}",
    "`",
    "</script><script>alert(1)</script>",
    "{{ 'x' }}",
    "\u2028",
    "\\",
    "'\"",
    "<!--",
    "&amp;",
]
CODES = ("E01000001", "E01000002", "E01000003")


def geo_file(path: str, keys: tuple[str, ...]) -> shapes.GeoFile:
    return shapes.GeoFile(
        path=path, keys=keys, bounds=(-1.3, 51.7, -1.2, 51.8), body=b"", packed=b"", version="abc"
    )


AREAS = geo_file("areas/lsoa21cd/E07000178.json", CODES)
PLACES = geo_file("places/E07000178.json", ("p1", "p2", "p3", "p4"))
FIGURES = pd.DataFrame(
    {
        "code": ["E01000003", "E01000001", "E01000009"],
        "rank": [33_755, 400.25, 1],
        "decile": [10, 1, 1],
        "name": EVIL[:3],
    }
)
KEY = legend.legend("2025", "imd", geography="lsoa", shade="decile")


def state(**changes: object) -> layers.MapState:
    return layers.map_state(
        AREAS, FIGURES, **({"key": KEY, "places": PLACES, "shown": ["p3", "p1"]} | changes)
    )


def script_of(group: folium.FeatureGroup) -> str:
    """The script that a browser runs, as folium renders it."""
    layers.atlas_map("none").add_child(group)
    return "".join(child._template.module.script(child) for child in group._children.values())


def sent(drawn: layers.MapState) -> dict:
    [payload] = re.findall(r"CommonsAtlas\.update\(\w+, (\{.*\})\);", script_of(layers.state_group(drawn)))
    return json.loads(payload)


def test_figures_follow_the_order_of_the_file_and_not_of_the_table():
    drawn = state()
    assert drawn.ranks == (400.2, None, 33_755)
    assert drawn.deciles == (1, None, 10)
    assert drawn.classes == (0, None, 9)


def test_a_ranks_class_is_one_of_the_finer_steps():
    drawn = state(key=legend.legend("2025", "imd", geography="lsoa", shade="rank"))
    assert drawn.classes == (0, None, 19)


def test_places_travel_as_positions_in_their_file():
    assert state().shown == (0, 2)
    assert state(shown=["without a position"]).shown == ()


def test_the_areas_of_the_chosen_deciles_travel_as_positions():
    assert state().lit is None
    assert state(lit=["E01000003"]).lit == (2,)
    assert state(lit=[]).lit == ()


def test_a_view_opens_on_its_areas_or_on_what_is_near():
    assert state().bounds == AREAS.bounds
    west, south, east, north = state(near=layers.Near(lon=-1.25, lat=51.75, radius_m=1113.2)).bounds
    assert (south, north) == pytest.approx((51.74, 51.76))
    assert (east - west) / (north - south) == pytest.approx(1 / 0.6191, rel=0.001)  # cos 51.75°


def test_what_the_browser_gets_is_what_the_state_says():
    told = sent(state(outlines=geo_file("areas/wd24cd/E07000178.json", ()), selected="area:E01000001"))
    assert told["areas"] == "areas/lsoa21cd/E07000178.json?v=abc"
    assert told["outlines"] == "areas/wd24cd/E07000178.json?v=abc"
    assert told["selected"] == "area:E01000001"
    assert told["ranks"] == [400.2, None, 33_755]
    assert told["legend"]["entries"][0]["label"] == "1"


@pytest.mark.parametrize("text", EVIL)
def test_text_in_a_state_is_inert_in_scripts_and_templates(text):
    drawn = state(selected=f"place:{text}")
    assert sent(drawn)["selected"] == f"place:{text}"
    script = script_of(layers.state_group(drawn))
    assert not re.search(r"[`$<>&'\u2028\u2029]", script)


@given(st.text())
def test_any_text_survives_the_journey_and_breaks_nothing(text):
    told = layers.script_json({"selected": text})
    assert json.loads(told) == {"selected": text}
    assert told.isascii()
    assert not set(told) & set("`$<>&'\n\r")


def test_the_names_of_areas_and_places_are_no_part_of_any_script():
    script = script_of(layers.state_group(state()))
    assert "alert" not in script and "p3" not in script


def shell_script(base_map: str = "none", kind: str = "atlas") -> str:
    drawn = layers.atlas_map(base_map, kind=kind)
    return drawn._template.module.script(drawn).replace(drawn.get_name(), "map_div")


def test_the_shell_is_the_same_every_time():
    assert shell_script() == shell_script()
    assert 'CommonsAtlas.create("map_div"' in shell_script()


@pytest.mark.parametrize("kind", ["atlas", "england", "gaps"])
def test_the_shell_says_which_map_it_is_and_the_script_knows_it(kind):
    assert json.loads(re.search(r"(\{.*\})\)", shell_script(kind=kind)).group(1))["kind"] == kind
    [maps] = re.findall(r"new \(\{(.*)\}\)\[shell\.kind\]", OURS["atlas.js"])
    name = re.search(rf"{kind}: (\w+)", maps).group(1)
    assert sum(f"class {name} " in script for script in OURS.values()) == 1


def test_the_shell_loads_one_file_and_that_from_us():
    drawn = layers.atlas_map("none")
    [(_, script)] = drawn.default_js
    assert script == f"../../assets/map.js?v={assets.assets()['map.js'].version}"
    assert drawn.default_css == []
    assert not re.search(r"https?:|//cdn", drawn.get_root().render())


def test_the_map_asks_only_the_chosen_tiles():
    tiles = json.loads(re.search(r"(\{.*\})\)", shell_script("OpenStreetMap.Mapnik")).group(1))["tiles"]
    assert tiles["url"] == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    assert "OpenStreetMap" in tiles["attribution"]
    assert layers.tile_origin("OpenStreetMap.Mapnik") == "https://tile.openstreetmap.org"


def test_tiles_of_many_hosts_have_one_origin():
    assert layers.tile_origin("OpenStreetMap.HOT") == "https://*.tile.openstreetmap.fr"


def test_a_plain_background_asks_nobody():
    assert layers.base_tiles("none") is layers.base_tiles("None") is None
    assert layers.tile_origin("none") == ""


@pytest.mark.parametrize("base_map", ["Nobody.Knows", "Jawg.Streets"])
def test_a_base_map_that_cannot_be_used_is_named(base_map):
    with pytest.raises(MappingError, match=base_map):
        layers.atlas_map(base_map)


def test_a_change_of_measure_sends_a_few_kilobytes(atlas, places):
    mine = atlas.areas("lsoa21cd", lad24cd="E07000178")
    file = shapes.area_file(mine, layer="lsoa21cd", lad24cd="E07000178")
    figures = atlas.deprivation["2025"].rename(
        columns={"lsoa_code": "code", "imd_rank": "rank", "imd_decile": "decile"}
    )
    drawn = shapes.place_file(places[places["lad24cd"] == "E07000178"], lad24cd="E07000178")
    for index in INDICES:
        key = legend.legend("2025", index, geography="lsoa", shade="decile")
        view = layers.map_state(file, figures, key=key, places=drawn, shown=drawn.keys)
        assert None not in view.ranks
        assert len(script_of(layers.state_group(view))) < 4_000


@pytest.mark.parametrize(
    ("answer", "chosen"),
    [
        ({"selected": "area:E01028513", "click": 3}, "area:E01028513"),
        ({"selected": "place:coopuk-R005990"}, "place:coopuk-R005990"),
        ({"selected": "place:a:b"}, "place:a:b"),
        ({"selected": "point:51.74211,-1.22450"}, "point:51.74211,-1.22450"),
        ({"selected": "point:51.7,-1.2"}, ""),
        ({"selected": "point:95.00000,-1.22450"}, ""),
        ({"selected": "point:51.74211,-1.22450;--"}, ""),
        ({"selected": "point:\u0665\u0661.74211,-1.22450"}, ""),
        ({"selected": "page:elsewhere"}, ""),
        ({"selected": "area:"}, ""),
        ({"selected": "area"}, ""),
        ({"selected": {"area": 1}}, ""),
        ({}, ""),
        (None, ""),
        ("area:E01028513", ""),
    ],
)
def test_only_an_area_a_place_or_a_point_can_be_chosen(answer, chosen):
    assert layers.selection(answer) == chosen


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_click_that_puts_a_place_is_read_as_longitude_and_latitude(lat, lon):
    said = f"point:{lat:.5f},{lon:.5f}"
    assert layers.point(layers.selection({"selected": said})) == pytest.approx((lon, lat), abs=1e-5)
    assert layers.point(f"area:{lat:.5f},{lon:.5f}") is None


OURS = {part: (assets.OURS / part).read_text(encoding="utf-8") for part in assets.PARTS}


def test_every_kind_of_place_has_a_symbol():
    for kind in schemas.KINDS:
        assert OURS["legend.js"].count(f"'{kind}': ") == 3  # its symbol, its cluster, its plural


def test_our_scripts_make_html_of_their_own_constants_only():
    """Names reach the page by textContent: of the ways to write HTML one is used, for three drawings."""
    script = "\n".join(OURS.values())
    assert not re.search(
        r"insertAdjacentHTML|outerHTML|document\.write|bindPopup|bindTooltip|\beval\b", script
    )
    assert len(re.findall(r"innerHTML", script)) == 3
    assert not re.search(r"innerHTML[^;]*(told|properties|feature|state)", script)
