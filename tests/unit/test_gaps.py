"""Gaps: need × lack, ranks that a plain loop gives too, and a range that holds the rank."""

from itertools import product
from math import exp, inf, log, nan
from time import perf_counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.analysis.access import catchment_ratio
from mapping.analysis.distances import StraightLine, positions
from mapping.analysis.gaps import (
    COLUMNS,
    FURTHEST,
    VARIED,
    catchment_lack,
    gap_table,
    nearest_lack,
    need_shares,
    need_weights,
    ranked,
    ranks,
    tried,
)
from mapping.analysis.question import DECAYS, NEEDS, Question
from tests.unit.people_and_places import AREAS, X, Y, people, people_at, places_at, some_places, spots

N = 100
QUESTION = Question()
A_FEW = settings(max_examples=20)


def lsoas(*rank):
    """LSOAs of England's hundred, of these ranks."""
    return pd.DataFrame(
        {
            "lsoa_code": pd.Series(AREAS[: len(rank)], dtype="str"),
            "imd_rank": rank,
            "imd_decile": np.ceil(10 * np.array(rank) / N).astype(int),
            "health_rank": rank[::-1],
            "health_decile": np.ceil(10 * np.array(rank[::-1]) / N).astype(int),
        }
    )


def f(metres, within_m, decay):
    """How much a place counts, by the words of the method."""
    if metres > (within_m if decay == "step" else 2 * within_m):
        return 0.0
    if decay == "step":
        return 1.0
    return 1 - metres / (2 * within_m) if decay == "linear" else exp(-log(2) * (metres / within_m) ** 2)


def arrays(demand):
    code = pd.Index(AREAS).get_indexer(demand["lsoa_code"])
    return demand["weight"].to_numpy(), np.asarray(code, dtype=np.int64)


def table_of(needs, lack, question=QUESTION):
    return gap_table(needs, lack, question=question, others=tried(needs, lack, question=question))


def test_need_is_a_decile_or_the_weights_of_extent():
    table = lsoas(10, 20, 30)
    assert need_weights(table, index="imd", need="tenth", n=N).to_dict() == dict(
        zip(AREAS, [1, 0, 0], strict=True)
    )
    assert need_weights(table, index="imd", need="fifth", n=N).tolist() == [1, 1, 0]
    assert need_weights(table, index="imd", need="third", n=N).tolist() == [1, 1, 1]
    assert need_weights(table, index="health", need="tenth", n=N).tolist() == [0, 0, 1]
    # MHCLG: the first tenth in full, then 0.95 falling to 0.05 at the thirtieth hundredth.
    graded = need_weights(table, index="imd", need="extent", n=N)
    assert graded.tolist() == pytest.approx([1, 0.95 - 9 * 0.9 / 19, 0.05])


def test_the_need_of_an_area_is_the_share_of_its_people():
    demand = people_at(((X, Y), AREAS[0], 30), ((X, Y), AREAS[1], 10), ((X, Y), AREAS[2], 60))
    area = np.array([0, 0, 2])
    shares = need_shares(lsoas(5, 25, 95), demand, area, n_areas=4, index="imd", n=N)
    assert list(shares) == list(NEEDS)
    assert shares["fifth"].tolist() == pytest.approx([0.75, nan, 0, nan], nan_ok=True)
    assert shares["third"].tolist() == pytest.approx([1, nan, 0, nan], nan_ok=True)
    # One in no area counts in none.
    some = need_shares(lsoas(5, 25, 95), demand, np.array([0, -1, 2]), n_areas=3, index="imd", n=N)
    assert some["fifth"].tolist() == pytest.approx([1, nan, 0], nan_ok=True)


def test_the_lack_of_the_nearest_is_the_share_beyond_or_less_with_distance():
    metres, weight, area = np.array([400, 800, 1_200, inf]), np.array([1.0, 1, 1, 5]), np.array([0, 0, 0, 1])
    lack = nearest_lack(metres, weight, area, n_areas=3)
    assert lack(800, "step").tolist() == pytest.approx([1 / 3, 1, nan], nan_ok=True)
    assert lack(800, "linear").tolist() == pytest.approx([(0.25 + 0.5 + 0.75) / 3, 1, nan], nan_ok=True)
    bell = 1 - (2**-0.25 + 0.5 + 2**-2.25) / 3
    assert lack(800, "gaussian").tolist() == pytest.approx([bell, 1, nan], nan_ok=True)


def test_ties_share_the_best_rank():
    gap = np.array([0.2, 0.5, nan, 0.1 + 0.2 - 0.1, 0.5, 0.0])
    assert ranks(gap)[[0, 1, 3, 4, 5]].tolist() == [3, 1, 3, 1, 5]
    same = pd.DataFrame(dict.fromkeys(NEEDS, gap), index=list("abcdef"))
    table = table_of(same, lambda *_: np.ones(6))
    assert table.index.tolist() == list("abcdef")
    assert table["gap_rank"].tolist() == [3, 1, pd.NA, 3, 1, 5]
    assert table.loc["c"].isna().sum() == 5


def test_areas_of_several_councils_are_ranked_as_one():
    gap = np.array([0.2, nan, 0.5, 0.2])
    others = np.array([[0.2, 0.9], [nan, nan], [0.5, 0.1], [0.2, 0.0]])
    table = ranked(gap, others)
    assert table["gap_rank"].tolist() == [2, pd.NA, 1, 2]
    assert table["gap_rank_low"].tolist() == [1, pd.NA, 1, 2]
    assert table["gap_rank_high"].tolist() == [2, pd.NA, 2, 3]


def by_loops(demand, places, table, *, question, metric):
    """Each area's gap, rank and range, one person's spot after the other."""
    code, weight = demand["lsoa_code"].tolist(), demand["weight"].tolist()
    apart = np.hypot(
        demand["easting"].to_numpy()[:, None] - places["easting"].to_numpy(),
        demand["northing"].to_numpy()[:, None] - places["northing"].to_numpy(),
    )
    nearest = (apart * metric.detour).round(6).min(axis=1, initial=inf)
    gaps = {}
    for times, decay, need in product(VARIED, DECAYS, NEEDS):
        w = need_weights(table, index=question.index, need=need, n=N)
        for area in AREAS:
            mine = [at for at, its in enumerate(code) if its == area]
            total = sum(weight[at] for at in mine)
            missed = sum(weight[at] * (1 - f(nearest[at], times * question.within_m, decay)) for at in mine)
            gaps.setdefault((times, decay, need), []).append(w[area] * missed / total if total else nan)
    rank = {each: [1 + sum(other > gap + 1e-9 for other in its) for gap in its] for each, its in gaps.items()}
    own = (1.0, question.decay, question.need)
    low, high = (
        pick(zip(*rank.values(), strict=True))
        for pick in (lambda r: [*map(min, r)], lambda r: [*map(max, r)])
    )
    return gaps[own], rank[own], low, high


questions = st.builds(
    Question,
    need=st.sampled_from(list(NEEDS)),
    decay=st.sampled_from(list(DECAYS)),
    within_m=st.sampled_from([250, 400, 800]),
    index=st.sampled_from(["imd", "health"]),
)
england = st.lists(st.integers(1, N), min_size=3, max_size=3).map(lambda rank: lsoas(*rank))


def answered(demand, places, table, question, metric):
    weight, area = arrays(demand)
    _, metres = metric.nearest(positions(demand), positions(places))
    needs = need_shares(table, demand, area, n_areas=3, index=question.index, n=N)
    return table_of(needs, nearest_lack(metres, weight, area, n_areas=3), question)


@A_FEW
@given(people, some_places, england, questions)
def test_gaps_and_ranks_are_those_of_a_plain_loop(rows, at, table, question):
    demand, places, metric = people_at(*rows), places_at(*at), StraightLine(detour=1.25)
    found = answered(demand, places, table, question, metric)
    gap, rank, low, high = by_loops(demand, places, table, question=question, metric=metric)
    assert list(found) == list(COLUMNS)
    assert found["gap"].tolist() == pytest.approx(gap, nan_ok=True, abs=1e-12)
    has = found["gap"].notna()
    expected = pd.DataFrame({"gap_rank": rank, "gap_rank_low": low, "gap_rank_high": high}).where(has)
    pd.testing.assert_frame_equal(found[list(expected)].astype(float), expected.astype(float))


@A_FEW
@given(people, some_places, england, questions)
def test_a_gap_is_no_larger_than_need_or_lack_and_the_range_holds_the_rank(rows, at, table, question):
    found = answered(people_at(*rows), places_at(*at), table, question, StraightLine()).dropna()
    assert (found["gap"] >= 0).all()
    assert (found["gap"] <= found[["need_share", "lack"]].min(axis=1)).all()
    assert (found["gap_rank_low"] <= found["gap_rank"]).all()
    assert (found["gap_rank"] <= found["gap_rank_high"]).all()
    assert found["gap_rank"].between(1, len(found)).all()


@A_FEW
@given(people, some_places, spots, questions)
def test_one_place_more_never_raises_the_lack_of_the_nearest(rows, at, spot, question):
    demand, table = people_at(*rows), lsoas(5, 15, 95)
    before = answered(demand, places_at(*at), table, question, StraightLine())
    after = answered(demand, places_at(*at, spot), table, question, StraightLine())
    assert (after["lack"] <= before["lack"] + 1e-12)[before["lack"].notna()].all()
    assert (after["gap"] <= before["gap"] + 1e-12)[before["gap"].notna()].all()


@A_FEW
@given(people, england, st.sampled_from(["imd", "health"]))
def test_more_are_in_need_among_more_of_the_country(rows, table, index):
    demand = people_at(*rows)
    shares = need_shares(table, demand, arrays(demand)[1], n_areas=3, index=index, n=N).dropna()
    assert (shares["tenth"] <= shares["fifth"] + 1e-12).all()
    assert (shares["fifth"] <= shares["third"] + 1e-12).all()
    assert (shares["extent"] >= shares["tenth"] - 1e-12).all()
    assert (shares["extent"] <= shares["third"] + 1e-12).all()


def lacks(demand, places, *, within_m, decay, capacity=None):
    weight, area = arrays(demand)
    reach = StraightLine().pairs(positions(demand), positions(places), within_m=FURTHEST * within_m)
    lack = catchment_lack(reach, weight, area, n_areas=3, n_places=len(places), capacity=capacity)
    return lack(within_m, decay), reach, weight, area


@A_FEW
@given(people, some_places, st.sampled_from(list(DECAYS)))
def test_catchments_lack_what_they_have_less_than_the_mean_of_all(rows, at, decay):
    demand, places = people_at(*rows), places_at(*at)
    found, reach, weight, area = lacks(demand, places, within_m=400, decay=decay)
    sizes = {"n_origins": len(demand), "n_targets": len(places), "capacity": None}
    ratio = catchment_ratio(weight, reach, within_m=400, decay=decay, **sizes)
    mean = sum(ratio * weight) / sum(weight)
    for code in range(3):
        mine = area == code
        if not mine.any():
            assert np.isnan(found[code])
        elif mean == 0:
            assert found[code] == 1
        else:
            own = sum(ratio[mine] * weight[mine]) / sum(weight[mine])
            assert found[code] == pytest.approx(max(0, 1 - own / mean), abs=1e-12)


def test_a_place_that_can_serve_more_leaves_less_lack_around_it():
    demand = people_at(((X, Y), AREAS[0], 10), ((X + 3_000, Y), AREAS[1], 10))
    places = places_at((X + 100, Y), (X + 3_100, Y))
    equal, *_ = lacks(demand, places, within_m=500, decay="step")
    assert equal.tolist() == pytest.approx([0, 0, nan], nan_ok=True)
    # 1 and 3 for ten people each: the mean is 0.2 a person, the first have half of that.
    unequal, *_ = lacks(demand, places, within_m=500, decay="step", capacity=np.array([1.0, 3.0]))
    assert unequal.tolist() == pytest.approx([0.5, 0, nan], nan_ok=True)


def test_where_all_reach_the_same_nobody_lacks_a_billionth_of_it():
    random = np.random.default_rng(1)
    rows = [((X + at, Y), AREAS[at % 3], people) for at, people in enumerate(random.random(300))]
    found, *_ = lacks(
        people_at(*rows), places_at((X, Y), (X + 9, Y), (X, Y + 9)), within_m=5_000, decay="step"
    )
    assert found.tolist() == [0, 0, 0]


def test_all_choices_for_a_council_take_no_time():
    random = np.random.default_rng(4)
    metres, weight = random.gamma(2, 500, 3_200), random.integers(1, 60, 3_200).astype(float)
    area = np.sort(random.integers(0, 84, 3_200))
    needs = pd.DataFrame({need: random.random(84) for need in NEEDS})
    lack = nearest_lack(metres, weight, area, n_areas=84)
    spent = []
    for _ in range(5):
        begun = perf_counter()
        table = table_of(needs, lack)
        spent.append(perf_counter() - begun)
    assert table["gap_rank"].max() == 84
    assert min(spent) < 0.1
