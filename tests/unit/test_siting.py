"""Where one more would help most: the answer for people, whatever the order of rows, and in words."""

from itertools import combinations
from time import monotonic

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from mapping import assessing
from mapping.analysis import candidates, siting
from mapping.analysis.assess import Assessment
from mapping.analysis.distances import StraightLine
from mapping.analysis.filters import Filters
from mapping.analysis.siting import Sites
from mapping.atlas import Atlas

LIBRARIES = Filters(council="Oxford", categories=("library",), reach_m=800)
STRAIGHT = StraightLine(detour=1.0)
OXFORD = "E07000178"


def demand(*rows: tuple[float, float, float]) -> pd.DataFrame:
    """Points P00, P01, … on a line: easting, people, need; nothing is near anybody."""
    east, people, need = np.array(rows, dtype=float).reshape(-1, 3).T
    table = pd.DataFrame({"easting": east, "northing": 0.0, "people": people, "weight": people, "need": need})
    table = table.assign(distance_m=np.nan, is_fifth=need == 1)
    return table.set_axis(pd.Index([f"P{n:02}" for n in range(len(rows))], dtype="str", name="point"))


def sites_at(*east: float) -> pd.DataFrame:
    """Candidates S00, S01, … on the same line."""
    names = pd.Series([f"S{n:02}" for n in range(len(east))], dtype="str")
    at = {"easting": np.array(east, dtype=float), "northing": np.zeros(len(east))}
    table = pd.DataFrame({"name": "Site " + names, "postcode": "OX4 1BA", **at, "wd24cd": "E05013097"})
    return table.set_axis(pd.Index(names, name="candidate"))


def best(people: pd.DataFrame, sites: pd.DataFrame, *, add: int = 1, within_m: float = 100) -> Sites:
    return siting.best_sites(people, sites, metric=STRAIGHT, within_m=within_m, add=add)


def test_people_are_counted_once_and_need_decides() -> None:
    people = demand((0, 10, 1), (50, 10, 1), (150, 10, 0.5), (300, 90, 0), (400, 8, 1))
    found = best(people, sites_at(25, 100, 320, 350), add=2)
    chosen = found.chosen
    # S01 reaches P00 to P02: 10 + 10 + 5. S03 reaches P03 and P04, of whom only 8 are in need.
    assert chosen["candidate"].tolist() == ["S01", "S02"]
    assert chosen["newly_within"].tolist() == [30, 98]
    assert chosen["newly_within_need"].tolist() == [25, 8]
    assert chosen["newly_within_fifth"].tolist() == [20, 8]
    assert (found.newly_within, found.newly_within_need, found.newly_within_fifth) == (128, 33, 28)
    assert found.demand_total == 33
    assert found.curve["value"].tolist() == [25, 33, 33, 33, 33]
    assert found.curve["within_share"].tolist() == pytest.approx([30 / 128, *[1.0] * 4])
    assert found.is_proven
    assert found.has_equal
    equal = found.alternatives[["site", "candidate", "away_m", "loss_share"]].to_numpy().tolist()
    assert equal == [[2, "S03", 30, 0]]


def test_who_is_near_one_already_gives_no_value() -> None:
    people = demand((0, 50, 1), (100, 50, 1), (500, 1, 1)).assign(distance_m=[100, 100.000001, 800])
    found = best(people, sites_at(0, 500), add=2, within_m=100)
    assert found.chosen["candidate"].tolist() == ["S00", "S01"]
    assert found.chosen["newly_within"].tolist() == [50, 1]
    assert found.curve["within_share"].iloc[-1] == 1


def test_fewer_sites_than_asked_for_where_more_would_add_nobody() -> None:
    found = best(demand((0, 5, 1), (10, 5, 1), (500, 5, 1)), sites_at(0, 10, 20), add=3)
    assert len(found.chosen) == 1
    assert found.why == "1 site reaches everybody in need whom any candidate could: more would add nobody."
    assert found.curve["value"].tolist() == [10] * 5
    assert found.alternatives["candidate"].tolist() == ["S01", "S02"]


@pytest.mark.parametrize(
    ("people", "sites", "words"),
    [
        (demand((0, 5, 0)), sites_at(0), "Nobody here lives in an LSOA that counts as in need"),
        (demand((0, 5, 1)).assign(distance_m=20.0), sites_at(0), "All who are in need have one within 100 m"),
        (demand((0, 5, 1)), sites_at(), "There is no candidate to choose from. Choose “Any postcode”"),
        (demand((0, 5, 1)), sites_at(900), "No candidate is within 100 m of anybody in need"),
        (demand((0, 5, 1)), sites_at(np.nan), "No candidate is within 100 m of anybody in need"),
        (demand(), sites_at(0), "Nobody here lives"),
    ],
)
def test_nothing_to_choose_is_said_in_words(people: pd.DataFrame, sites: pd.DataFrame, words: str) -> None:
    found = best(people, sites, add=3)
    assert found.why.startswith(words)
    assert found.chosen.empty
    assert found.alternatives.empty
    assert found.newly_within == 0
    assert found.curve["value"].tolist() == [0] * 5
    assert found.shortfall_share == 0
    assert {"order", "newly_within_fifth"} <= set(found.chosen)


def test_people_are_not_told_where_their_number_is_not_held() -> None:
    people = demand((0, 4, 1), (500, 4, 1)).assign(people=[np.nan, 4.0]).drop(columns="is_fifth")
    found = best(people, sites_at(500), add=1)
    assert found.chosen["candidate"].tolist() == ["S00"]
    assert np.isnan(found.newly_within)
    assert np.isnan(found.newly_within_fifth)
    assert found.curve["value"].tolist() == [4] * 5


def test_among_too_many_candidates_one_a_square_is_tried() -> None:
    people = demand(*[(east, 1, 1) for east in range(2_000)])
    found = best(people, sites_at(*range(4_001)), add=1, within_m=4_500)
    assert found.why == "Of 4,001 candidates one in each square of 50 m was tried: 81."
    assert found.chosen["candidate"].tolist() == ["S00"]
    assert found.newly_within == 2_000
    assert found.n_candidates == 4_001


def equals(rows: list[tuple[float, float, float]], east: list[float], n: int, *, within_m: float) -> int:
    """How many choices of `n` sites reach the most value, all of them tried."""
    totals = [
        sum(people * need for at, people, need in rows if any(abs(at - site) <= within_m for site in sites))
        for sites in combinations(east, n)
    ]
    return sum(total == max(totals) for total in totals)


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.integers(0, 9), st.integers(1, 3), st.sampled_from([0.5, 1])), min_size=1, max_size=9
    ),
    st.lists(st.integers(0, 9), min_size=1, max_size=6),
    st.integers(1, 3),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_changes_nothing(rows, east, add, random) -> None:
    people, sites = demand(*rows), sites_at(*east)
    one = best(people, sites, add=add, within_m=2)
    mixed = [random.sample(list(table.index), len(table)) for table in (people, sites)]
    other = best(people.loc[mixed[0]], sites.loc[mixed[1]], add=add, within_m=2)
    assert_frame_equal(one.chosen, other.chosen)
    assert_frame_equal(one.alternatives, other.alternatives)
    assert_frame_equal(one.curve, other.curve)
    assert one.curve["value"].is_monotonic_increasing
    assert one.chosen["newly_within_need"].sum() == one.curve["value"][add - 1]
    assert one.has_equal == other.has_equal
    n_equal = equals(rows, east, len(one.chosen), within_m=2)
    assert one.has_equal in ((n_equal > 1), None)


@pytest.fixture(scope="module")
def libraries(atlas: Atlas, places: pd.DataFrame) -> Assessment:
    return assessing.gap_view(LIBRARIES, atlas=atlas, places=places)


def test_three_more_libraries_among_oxfords_buildings(
    libraries: Assessment, atlas: Atlas, places: pd.DataFrame
) -> None:
    """Against every choice of three, with distances and people worked out here."""
    found = assessing.sites_view(LIBRARIES, libraries, atlas=atlas, places=places)
    assert found.n_candidates == 23
    assert found.chosen["name"].tolist() == [
        "Rose Hill Community Centre",
        "Jubilee 77 Community Centre",
        "Littlemore Community Centre",
    ]
    assert found.newly_within == pytest.approx(9_074.482, abs=1e-3)
    assert found.newly_within_need == pytest.approx(4_147.698, abs=1e-3)
    assert found.has_equal is False

    people = libraries.demand
    is_ours = (places["lad24cd"] == OXFORD) & (places["kind"] == "community asset")
    offered = places[is_ours & places["category"].isin(["community centre", "leisure centre"])]
    held = places[places["category"] == "library"]

    def near(sites: pd.DataFrame) -> np.ndarray:
        apart = (
            people[["easting", "northing"]].to_numpy()[:, None] - sites[["easting", "northing"]].to_numpy()
        )
        return np.sqrt((apart**2).sum(axis=2)) * 1.3 <= 800

    decile = atlas.deprivation["2025"].set_index("lsoa_code")["imd_decile"]
    in_need = people["people"] * (people["lsoa_code"].map(decile) <= 2)
    value = in_need.to_numpy() * ~near(held).any(axis=1)
    reach = near(offered)
    totals = {trio: value[reach[:, trio].any(axis=1)].sum() for trio in combinations(range(23), 3)}
    trio = max(totals, key=totals.__getitem__)
    assert set(offered["place_id"].iloc[list(trio)]) == set(found.chosen["candidate"])
    assert totals[trio] == pytest.approx(found.newly_within_need)


def test_three_more_libraries_among_all_of_oxfords_postcodes(libraries: Assessment, atlas: Atlas) -> None:
    """Everybody in need: what plain HiGHS found in eight seconds."""
    offered = candidates.candidates_of(
        libraries.places,
        atlas.postcodes(lad24cd=OXFORD),
        source="postcodes",
        lad24cd=OXFORD,
        taken=libraries.places,
    )
    everybody = libraries.demand.assign(need=1.0)
    started = monotonic()
    found = siting.best_sites(everybody, offered, metric=StraightLine(), within_m=800, add=3, time_limit_s=60)
    assert monotonic() - started < 30
    assert found.n_candidates == 3_151
    assert found.curve["is_proven"].all()
    assert found.newly_within == pytest.approx(28_423.225, abs=1e-3)
    assert found.curve["newly_within"].iloc[4] == pytest.approx(42_084.191, abs=1e-3)

    hasty = siting.best_sites(
        everybody, offered, metric=StraightLine(), within_m=800, add=5, time_limit_s=0.01
    )
    assert not hasty.is_proven
    assert hasty.curve["is_proven"].tolist()[0]
    assert hasty.newly_within <= found.curve["newly_within"].iloc[4]
    assert hasty.newly_within >= (1 - hasty.shortfall_share) * found.curve["newly_within"].iloc[4] - 1e-6
