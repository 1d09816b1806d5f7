"""Places added and closed: what a link holds of them, what they change, and what cannot be is said."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from mapping import assessing, schemas
from mapping.analysis import postcode, scenarios
from mapping.analysis.filters import MAX_PLAN, Filters, from_query, to_query
from mapping.analysis.scenarios import Scenario
from mapping.atlas import Atlas

LIBRARIES = Filters(council="Oxford", categories=("library",))
EMPTY = Scenario(name="A")

codes = st.from_regex(r"[A-Z]{1,2}[0-9] [0-9][A-Z]{2}", fullmatch=True)
ids = st.text(min_size=1, max_size=12).filter(lambda each: not each.startswith(scenarios.PROPOSED))
plans = st.builds(
    Scenario,
    name=st.just("A"),
    added=st.lists(codes, unique=True, max_size=20).map(tuple),
    closed=st.lists(ids, unique=True, max_size=30).map(tuple),
)


@pytest.fixture(scope="module")
def libraries(places: pd.DataFrame) -> pd.DataFrame:
    return places[(places["category"] == "library") & places["easting"].notna()]


@settings(max_examples=60)
@given(plans)
def test_a_scenario_is_read_as_it_was_written(plan: Scenario) -> None:
    read = scenarios.read_scenarios([scenarios.scenario_text(plan)])
    assert read == (() if plan.is_empty else (plan,))


@settings(max_examples=60)
@given(st.lists(st.text(st.sampled_from("+-;% OX4 1BA3Bplan:"), max_size=40), max_size=6))
def test_rubbish_is_left_out(texts: list[str]) -> None:
    read = scenarios.read_scenarios(texts)
    assert [plan.name for plan in read] == list("ABCD"[: len(read)])
    for plan in read:
        assert not plan.is_empty
        assert all(postcode.normalise(each) == each for each in plan.added)
    again = scenarios.read_scenarios([scenarios.scenario_text(plan) for plan in read])
    assert again == read


def test_how_scenarios_are_spelt() -> None:
    (plan, other) = scenarios.read_scenarios(["+ox41ba;-lib-x;+OX4 1BA;rubbish;;-", "", "OX3 7AA", "hello"])
    assert plan == Scenario(name="A", added=("OX4 1BA",), closed=("lib-x",))
    assert other == Scenario(name="B", added=("OX3 7AA",))
    assert scenarios.scenario_text(plan) == "+OX4 1BA;-lib-x"
    assert scenarios.scenario_text(EMPTY) == ""
    asked = Filters(council="Oxford", plans=("+OX4 1BA;-lib-x", "+OX3 7AA"))
    assert scenarios.read_scenarios(from_query(to_query(asked), council="Preston").plans) == (plan, other)


def test_steps_are_taken_and_taken_back() -> None:
    plan = scenarios.with_added(EMPTY, " ox4 1ba")
    assert plan.added == ("OX4 1BA",)
    assert scenarios.with_added(plan, "OX41BA") == plan
    assert scenarios.with_added(plan, "nowhere") == plan
    plan = scenarios.with_closed(scenarios.with_closed(plan, "lib-x"), "lib-x")
    assert plan.closed == ("lib-x",)
    assert scenarios.with_closed(plan, "") == plan
    assert scenarios.with_closed(plan, "plan:OX4 1BA").added == ()
    assert scenarios.without(plan, "plan:OX4 1BA").added == ()
    assert scenarios.without(plan, "ox41ba").added == ()
    assert scenarios.without(plan, "lib-x").closed == ()
    assert scenarios.without(plan, "lib-y") == plan


def test_no_more_than_so_many_steps_and_all_of_them_fit_in_a_link() -> None:
    plan = EMPTY
    for n in range(50):
        plan = scenarios.with_added(plan, f"OX{n % 10} {n // 10}AA")
        plan = scenarios.with_closed(plan, f"coopuk-outlet-R000001-SG15{n:02}XYZ")
    assert (len(plan.added), len(plan.closed)) == (20, 30)
    assert len(scenarios.scenario_text(plan)) <= MAX_PLAN


def test_a_scenario_adds_and_closes(libraries: pd.DataFrame, atlas: Atlas) -> None:
    plan = Scenario(name="A", added=("OX4 1BA", "OX3 7AA"), closed=("lib-oxford-oxford-central",))
    found, problems = scenarios.applied(libraries, plan, postcodes=atlas.postcodes())
    assert problems == ()
    assert len(found) == len(libraries) - 1 + 2
    assert "lib-oxford-oxford-central" not in set(found["place_id"])
    assert found["place_id"].tolist()[-2:] == ["plan:OX4 1BA", "plan:OX3 7AA"]
    proposed = found.iloc[-2]
    at = atlas.postcodes().loc["OX4 1BA"]
    assert (proposed["easting"], proposed["lsoa21cd"]) == (at["easting"], at["lsoa21cd"])
    assert (proposed["name"], proposed["category"]) == ("Proposed at OX4 1BA", "library")
    assert pd.isna(proposed["website"])
    assert found.index.is_unique
    assert found.dtypes.equals(libraries.dtypes)
    assert_frame_equal(found.iloc[:-2], libraries[libraries["place_id"] != "lib-oxford-oxford-central"])


def test_the_first_place_of_all_is_added(places: pd.DataFrame, atlas: Atlas) -> None:
    plan = Scenario(name="A", added=("OX4 1BA",))
    found, problems = scenarios.applied(places.head(0), plan, postcodes=atlas.postcodes())
    assert problems == ()
    assert found["place_id"].tolist() == ["plan:OX4 1BA"]
    assert set(found.columns) == set(schemas.Places.to_schema().columns)
    assert pd.isna(found["category"].iloc[0])


def test_what_cannot_be_is_said_with_a_remedy(libraries: pd.DataFrame, atlas: Atlas) -> None:
    plan = Scenario(name="B", added=("OX4 4UY", "ZZ9 9ZZ"), closed=("lib-nowhere",))
    found, problems = scenarios.applied(libraries, plan, postcodes=atlas.postcodes())
    assert_frame_equal(found, libraries)
    ended = atlas.postcodes().loc["OX4 4UY", "terminated"]
    assert problems == (
        "Plan B closes “lib-nowhere”, which is none of the places that count here. Take that step back.",
        f"Plan B adds a place at OX4 4UY, a postcode that ended in {ended}. Choose a live postcode near it.",
        "Plan B adds a place at ZZ9 9ZZ, which is no postcode held here. Take it back, or correct it.",
    )


def test_plans_side_by_side(atlas: Atlas, places: pd.DataFrame) -> None:
    asked = Filters(
        council="Oxford", categories=("library",), plans=("+OX4 4HF", "-lib-oxford-oxford-central")
    )
    base = assessing.gap_view(LIBRARIES, atlas=atlas, places=places)
    views, _, problems = assessing.scenario_views(asked, base, atlas=atlas, places=places)
    assert problems == ()
    table = scenarios.compared(base, views)
    assert table.index.tolist() == ["As recorded", "A", "B"]
    assert table["n_places_change"].tolist() == [0, 1, -1]
    more, fewer = table.loc["A"], table.loc["B"]
    assert more["within_share_change"] > 0 > fewer["within_share_change"]
    assert more["people_beyond_change"] == pytest.approx(-4_600, abs=300)
    assert more["need_people_beyond"] == pytest.approx(
        table.loc["As recorded", "need_people_beyond"] + more["need_people_beyond_change"]
    )
    assert fewer["mean_distance_m_change"] > 0 > more["mean_distance_m_change"]


def test_the_postcode_nearest_to_a_click(atlas: Atlas) -> None:
    postcodes = atlas.postcodes()
    easting, northing = postcodes.loc["OX4 1BA", ["easting", "northing"]].astype(float)
    assert scenarios.nearest_postcode(easting + 3, northing - 2, postcodes) == "OX4 1BA"
    ended = postcodes.loc["OX4 4UY", ["easting", "northing"]].astype(float)
    near = scenarios.nearest_postcode(*ended, postcodes)
    assert near is not None
    assert postcodes.loc[near, "is_live"]
    assert scenarios.nearest_postcode(0, 0, postcodes) is None
    assert scenarios.nearest_postcode(np.nan, northing, postcodes) is None
    assert scenarios.nearest_postcode(easting, northing, postcodes.head(0)) is None


def test_as_near_is_the_first_by_name_and_a_kilometre_is_near() -> None:
    at = {"easting": [0, 2_000, 0], "northing": [0, 0, 0], "is_live": [True, True, True]}
    postcodes = pd.DataFrame(at, index=["OX2 2BB", "OX1 1AA", "OX9 9ZZ"])
    assert scenarios.nearest_postcode(1_000, 0, postcodes) == "OX1 1AA"
    assert scenarios.nearest_postcode(0, 1_000, postcodes) == "OX2 2BB"
    assert scenarios.nearest_postcode(0, 1_000.5, postcodes) is None
