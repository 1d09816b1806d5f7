"""The map of gaps: need, lack and rank of each area in the order of its file, as plain inert values."""

import json
import re
from dataclasses import dataclass, field, replace
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.analysis.question import Question
from mapping.crs import BNG, WGS84
from mapping.render import gap_map, layers, legend, shapes
from mapping.render.gap_map import GapState
from mapping.render.place_words import what_words
from tests.unit.asked_of_pilot import ask, pilot_ground
from tests.unit.test_layers import EVIL, PLACES, script_of

OXFORD = "E07000178"
KEY = legend.legend("2025", "imd", geography="lsoa", shade="decile")
CORNERS = ((450_000, 205_000), (451_000, 205_000), (452_000, 205_000), (453_000, 205_000))
CODES = tuple(f"E0100000{i}" for i in range(len(CORNERS)))
AREAS = shapes.area_file(
    gpd.GeoDataFrame(
        {"code": CODES, "name": EVIL[: len(CODES)]},
        geometry=[shapely.box(x, y, x + 1_000, y + 1_000) for x, y in CORNERS],
        crs=BNG,
    ),
    layer="lsoa21cd",
    lad24cd=OXFORD,
)
FOUND = pd.DataFrame(
    {
        "code": [CODES[3], CODES[0], CODES[1], CODES[2]],
        "name": EVIL[:4],
        "decile": pd.array([10, 1, 2, None], dtype="Int64"),
        "population": [1_000.0, 2_000.0, 1_500.0, np.nan],
        "people_beyond": [400.4, 1_200.0, 0.0, np.nan],
        "within_share": [0.6, 0.4, 1.0, np.nan],
        "gap": [0.0, 0.6, 0.0, np.nan],
        "gap_rank": pd.array([2, 1, 2, None], dtype="Int64"),
        "gap_rank_low": pd.array([2, 1, 2, None], dtype="Int64"),
        "gap_rank_high": pd.array([3, 2, 3, None], dtype="Int64"),
        "is_check_first": [False, True, False, True],
        "why": ["", "", "", "Nobody lives here."],
    }
)


@dataclass(frozen=True, kw_only=True)
class Seen:
    """As much of an assessment as a map looks at."""

    areas: pd.DataFrame
    question: Question = field(default_factory=Question)
    metric_words: str = "straight line × 1.3"
    places: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(
            {"place_id": ["p3", "p1", "elsewhere"], "kind": ["co-operative", "community asset", "new"]}
        )
    )


def state(areas: pd.DataFrame = FOUND, **changes: Any) -> GapState:
    asked = {"key": KEY, "geography": "lsoa", "what": what_words(categories=["library"]), "places": PLACES}
    return gap_map.gap_state(AREAS, Seen(areas=areas), **(asked | changes))  # type: ignore[arg-type]


def sent(drawn: GapState) -> dict[str, Any]:
    [payload] = re.findall(r"CommonsAtlas\.update\(\w+, (\{.*\})\);", script_of(layers.state_group(drawn)))
    told: dict[str, Any] = json.loads(payload)
    return told


def test_need_lack_and_rank_follow_the_order_of_the_file_and_not_of_the_table():
    drawn = state()
    assert drawn.classes == (0, 1, None, 9)
    assert drawn.amounts == (1_200, 0, None, 400)
    assert drawn.people == (2_000, 1_500, None, 1_000)
    assert drawn.unsure == (0, 2)
    assert drawn.why == (("Nobody lives here.", (2,)),)


def test_an_area_without_a_gap_has_no_rank_on_the_map():
    assert state().ranks == ((1, 1, 2), None, None, None)
    assert state().numbered == ((0, "1"),)


def test_an_area_that_was_not_assessed_has_no_figure():
    drawn = state(FOUND.iloc[:1])
    assert drawn.amounts == (None, None, None, 400)
    assert drawn.classes == (None, None, None, 9)


def test_gaps_that_tie_say_so():
    tied = FOUND.assign(gap=[0.5, 0.6, 0.6, 0.0], gap_rank=pd.array([3, 1, 1, 4], dtype="Int64")).iloc[:3]
    assert state(tied).numbered == ((0, "1="), (1, "1="), (3, "3"))
    assert any("several share" in line for line in state(tied).legend.lines)
    assert not any("several share" in line for line in state().legend.lines)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 99)), min_size=1, max_size=40))
def test_the_ten_largest_gaps_are_numbered_and_of_a_tie_those_with_most_people(told):
    rows = pd.DataFrame(told, columns=["gap", "people_beyond"], dtype=float)
    rows["gap_rank"] = rows["gap"].rank(method="min", ascending=False).astype("Int64")
    numbered = gap_map._numbered(rows)
    chosen = [position for position, _ in numbered]
    assert len(chosen) == len(set(chosen)) == min(10, int((rows["gap"] > 0).sum()))
    others = [told[i] for i in rows.index if i not in chosen]
    assert all(told[i][0] > 0 and told[i] >= other for i in chosen for other in others)
    for position, word in numbered:
        rank = rows["gap_rank"][position]
        assert word == f"{rank}=" if (rows["gap_rank"] == rank).sum() > 1 else word == f"{rank}"


def test_where_people_are_not_held_circles_show_per_cent_and_the_key_says_so():
    drawn = state(FOUND.assign(population=np.nan, people_beyond=np.nan))
    assert drawn.amounts == (60.0, 0.0, None, 40.0)
    assert drawn.people == ()
    assert (drawn.legend.unit, drawn.legend.full, drawn.legend.sizes) == ("%", 100, (100, 50, 20))
    assert drawn.legend.lack == "Lack: postcodes farther than 800 m"


def test_where_nothing_is_known_nothing_is_drawn_or_explained():
    silent = FOUND.assign(people_beyond=np.nan, within_share=np.nan, gap=np.nan, why="Not surveyed.")
    drawn = state(silent)
    assert drawn.amounts == (None,) * 4
    assert drawn.why == (("Not surveyed.", (0, 1, 2, 3)),)
    assert (drawn.legend.lack, drawn.legend.sizes, drawn.legend.gap) == ("Lack: no figures", (), "")


def test_a_plan_crosses_out_what_it_closes_and_adds_what_it_proposes():
    drawn = state(closed=["p3", "p2"], proposals=[("Proposed", -1.2345678, 51.7)], plan="Plan A is shown")
    assert drawn.shown == (0,)
    assert drawn.closed == (1, 2)
    assert drawn.kinds == ("community asset",)
    assert drawn.proposals == (("Proposed", -1.23457, 51.7),)
    assert (drawn.plan, drawn.sites) == ("Plan A is shown", ())


def test_circles_are_scaled_by_how_many_live_in_a_large_area_and_not_by_the_answer():
    """So that a plan's circles can be held against those of the record."""
    fewer = FOUND.assign(people_beyond=FOUND["people_beyond"] / 10)
    assert state(fewer).legend.full == state().legend.full == pytest.approx(1_900)


@settings(max_examples=25)
@given(st.integers(3, 9), st.floats(0, 6.28), st.floats(0.2, 0.9))
def test_the_middle_of_an_area_lies_in_it_whatever_its_shape(arms, turn, waist):
    angles = np.linspace(0, 2 * np.pi, 2 * arms, endpoint=False) + turn
    reach = np.where(np.arange(2 * arms) % 2, waist, 1.0) * 1_500
    star = shapely.Polygon(
        np.column_stack([453_000 + reach * np.cos(angles), 206_000 + reach * np.sin(angles)])
    )
    made = gpd.GeoDataFrame({"code": ["E1"], "name": ["Star"]}, geometry=[star], crs=BNG)
    [middle] = gap_map.centres(shapes.area_file(made, layer="lsoa21cd", lad24cd=OXFORD))
    point = gpd.GeoSeries([shapely.Point(middle)], crs=WGS84).to_crs(BNG).iloc[0]
    assert star.buffer(5).contains(point)
    assert point.distance(star.centroid) < 1_500


def test_a_crescents_and_a_rings_middles_are_not_in_their_hollows():
    ring = (
        shapely.Point(453_000, 206_000)
        .buffer(2_000)
        .difference(shapely.Point(453_000, 206_000).buffer(1_500))
    )
    two = shapely.MultiPolygon(
        [shapely.box(460_000, 205_000, 460_100, 205_100), shapely.box(461_000, 205_000, 462_000, 206_000)]
    )
    made = gpd.GeoDataFrame({"code": ["E1", "E2"], "name": ["Ring", "Two"]}, geometry=[ring, two], crs=BNG)
    middles = gap_map.centres(shapes.area_file(made, layer="lsoa21cd", lad24cd=OXFORD))
    points = gpd.GeoSeries([shapely.Point(each) for each in middles], crs=WGS84).to_crs(BNG)
    assert 1_490 < points.iloc[0].distance(shapely.Point(453_000, 206_000)) < 2_010
    assert points.iloc[1].distance(shapely.Point(461_500, 205_500)) < 60


@pytest.mark.parametrize("text", EVIL)
def test_text_in_a_state_is_inert_in_scripts_and_templates(text):
    drawn = state(sites=[(text, -1.2, 51.7)], proposals=[(text, -1.2, 51.7)], plan=text, said=(text,))
    told = sent(drawn)
    assert told["sites"][0][0] == told["proposals"][0][0] == told["plan"] == told["said"][0] == text
    assert not re.search(r"[`$<>&'\u2028\u2029]", script_of(layers.state_group(drawn)))


def test_the_names_of_areas_and_places_are_no_part_of_the_state():
    script = script_of(layers.state_group(replace(state(), said=())))
    assert "alert" not in script and "p3" not in script


@pytest.mark.parametrize("geography", ["lsoa", "ward"])
def test_a_change_of_question_sends_a_few_kilobytes(atlas, places, geography):
    ground = pilot_ground(atlas, "Oxford", geography=geography)
    view = ask(atlas, places, ground, categories=["library"])
    layer = {"lsoa": "lsoa21cd", "ward": "wd24cd"}[geography]
    areas = shapes.area_file(atlas.areas(layer, lad24cd=OXFORD), layer=layer, lad24cd=OXFORD)
    drawn = gap_map.gap_state(
        areas,
        view,
        key=legend.legend("2025", "imd", geography=geography, shade="decile"),
        geography=geography,
        what=what_words(categories=["library"]),
        places=shapes.place_file(places[places["lad24cd"] == OXFORD], lad24cd=OXFORD),
    )
    assert len(script_of(layers.state_group(drawn))) < 8_000
    assert len(drawn.shown) == 7
    beyond = view.areas.set_index("code").reindex(list(areas.keys))["people_beyond"]
    assert drawn.amounts == tuple(round(n) for n in beyond)
    assert drawn.numbered[0][1] == "1"
