"""Access: small cases worked out by hand or by a plain loop."""

from math import exp, hypot, inf, log, nan

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.analysis.access import area_access, at_points, catchment_ratio, decayed, reach_m
from mapping.analysis.distances import Reach, StraightLine, positions
from mapping.analysis.question import DECAYS
from tests.unit.people_and_places import AREAS, X, Y, numbers, people, people_at, places_at, some_places

WEST, EAST, NORTH = AREAS
METRIC = StraightLine(detour=1.25)


def access_of(demand, places, *, areas=None, within_m=500):
    reach = METRIC.pairs(positions(demand), positions(places), within_m=2 * within_m)
    points = at_points(demand, places, metric=METRIC, within_m=within_m, reach=reach)
    areas = demand["lsoa_code"] if areas is None else areas
    table = area_access(demand, points, areas=areas, places=places, within_m=within_m, reach=reach)
    together = pd.Series("", index=demand.index, dtype="str")
    total = area_access(demand, points, areas=together, places=places, within_m=within_m, reach=reach)
    return table, total.iloc[0]


def test_a_place_counts_less_with_distance():
    metres = np.array([0, 400, 800, 800.1, 1_200, 1_600, 1_600.1, inf, nan])
    assert decayed(metres, 800, "step").tolist() == [1, 1, 1, 0, 0, 0, 0, 0, 0]
    linear = [1, 0.75, 0.5, 1 - 800.1 / 1_600, 0.25, 0, 0, 0, 0]
    assert decayed(metres, 800, "linear").tolist() == pytest.approx(linear)
    bell = [1, 2**-0.25, 0.5, exp(-log(2) * (800.1 / 800) ** 2), 2**-2.25, 2**-4, 0, 0, 0]
    assert decayed(metres, 800, "gaussian").tolist() == pytest.approx(bell)
    assert [reach_m(800, decay) for decay in DECAYS] == [800, 1_600, 1_600]


@pytest.mark.parametrize("within_m", [0, -1, nan, inf])
def test_a_distance_to_count_within_is_above_zero(within_m):
    with pytest.raises(ValueError, match="above 0"):
        decayed(np.zeros(1), within_m, "step")


def test_there_are_three_decays():
    with pytest.raises(ValueError, match="'cliff'; there are: step, linear, gaussian"):
        reach_m(800, "cliff")


def test_what_each_point_reaches():
    demand = people_at(((X, Y), WEST, 5), ((X + 1_000, Y), EAST, 5))
    places = places_at((X + 400, Y), (X, Y + 300), (X + 500, Y), (X + 1_400, Y), (X + 600, Y))
    points = at_points(demand, places, metric=METRIC, within_m=500)
    assert points.index.equals(demand.index)
    assert points["nearest"].tolist() == ["b", "d"]
    assert points["distance_m"].tolist() == [375, 500]
    assert points["n_within"].tolist() == [2, 2]
    # Of two equally near, the lower place_id, in whatever order they come.
    again = at_points(demand, places.iloc[::-1], metric=METRIC, within_m=500)
    pd.testing.assert_frame_equal(again, points)


def test_the_measures_of_an_area():
    demand = people_at(
        ((X, Y), WEST, 10), ((X + 400, Y), WEST, 70), ((X + 800, Y), WEST, 20), ((X, Y + 9_000), EAST, 1)
    )
    places = places_at((X, Y), (X, Y), (X + 1_000, Y))
    table, total = access_of(demand, places)
    assert table.index.tolist() == [WEST, EAST]
    assert table.index.name == "code"
    assert table.loc[WEST].to_dict() == {
        "n_points": 3,
        "people": 100,
        "weight": 100,
        "within_share": 1,
        "mean_distance_m": 0.7 * 500 + 0.2 * 250,
        "p90_distance_m": 500,
        "n_within": 3,
        "nearest_id": "a",
        "unreached_share": 0,
    }
    assert table.loc[EAST, ["within_share", "n_within", "nearest_id"]].tolist() == [0, 0, "a"]
    assert (total["n_points"], total["people"], total["n_within"]) == (4, 101, 3)
    assert total["within_share"] == 100 / 101


def test_the_nearest_to_most_is_the_lowest_of_equals():
    demand = people_at(((X, Y), WEST, 30), ((X + 900, Y), WEST, 20), ((X + 950, Y), WEST, 10))
    places = places_at((X + 900, Y), (X, Y))
    for order in ([0, 1, 2], [2, 1, 0]):
        assert access_of(demand.iloc[order], places)[0]["nearest_id"].tolist() == ["a"]
    assert access_of(demand, places.iloc[::-1].assign(place_id=["a", "b"]))[0]["nearest_id"].tolist() == ["a"]


def test_no_places_at_all():
    demand = people_at(((X, Y), WEST, 10), ((X, Y), EAST, 5))
    table, total = access_of(demand, places_at())
    for row in (table.loc[WEST], table.loc[EAST], total):
        assert (row["within_share"], row["n_within"], row["unreached_share"]) == (0, 0, 1)
        assert row[["mean_distance_m", "p90_distance_m", "nearest_id"]].isna().all()
    points = at_points(demand, places_at(), metric=METRIC, within_m=500)
    assert points["n_within"].tolist() == [0, 0]
    assert points[["nearest", "distance_m"]].isna().all(axis=None)
    assert points.dtypes.astype(str).tolist() == ["str", "float64", "int64"]


def test_those_who_can_reach_nothing_are_beyond_and_said():
    demand = people_at(*(((X, Y), WEST, n) for n in (60, 25, 15)))
    points = pd.DataFrame({"nearest": pd.array(["a", "a", nan], dtype="str")}, index=demand.index)
    points = points.assign(distance_m=[100, 900, nan])
    nobody = np.empty(0, dtype=int)
    table = area_access(
        demand,
        points,
        areas=demand["lsoa_code"],
        places=places_at((X, Y)),
        within_m=500,
        reach=Reach(nobody, nobody, np.empty(0)),
    )
    row = table.loc[WEST]
    assert (row["within_share"], row["unreached_share"]) == (0.6, 0.15)
    assert row["mean_distance_m"] == pytest.approx((60 * 100 + 25 * 900) / 85)
    # Nine in ten cannot reach one at all.
    assert np.isnan(row["p90_distance_m"])


def test_people_who_are_in_no_area_count_in_none_but_in_the_total():
    demand = people_at(((X, Y), WEST, 10), ((X + 900, Y), WEST, 30), ((X, Y), EAST, 5))
    areas = pd.Series(["A", nan, "B"], index=demand.index, dtype="str")
    table, total = access_of(demand, places_at((X + 900, Y)), areas=areas)
    assert table["people"].to_dict() == {"A": 10, "B": 5}
    assert table["n_within"].tolist() == [0, 0]
    assert (total["people"], total["n_within"]) == (45, 1)
    empty, _ = access_of(demand, places_at((X, Y)), areas=areas.mask(areas.notna()))
    assert (len(empty), empty.columns.tolist()) == (0, table.columns.tolist())


def test_an_area_whose_people_are_not_known_has_shares_by_weight():
    demand = people_at(((X, Y), WEST, 10), ((X + 900, Y), WEST, 10), ((X, Y), EAST, 10))
    demand = demand.assign(people=[nan, nan, 10], weight=[0.5, 0.5, 1.0])
    table, total = access_of(demand, places_at((X, Y)))
    assert np.isnan(table.loc[WEST, "people"]) and np.isnan(total["people"])
    assert table.loc[EAST, "people"] == 10
    assert (table.loc[WEST, "within_share"], total["within_share"]) == (0.5, 0.75)


@settings(max_examples=20)
@given(people, some_places)
def test_area_measures_are_those_of_a_plain_loop(rows, spots):
    table, _ = access_of(people_at(*rows), places_at(*spots))
    for code, measured in table.iterrows():
        mine = [(at, n) for at, its, n in rows if its == code]
        apart = [[round(1.25 * hypot(x - u, y - v), 6) for u, v in spots] for (x, y), _ in mine]
        nearest = np.repeat([min(one, default=inf) for one in apart], [n for _, n in mine])
        assert measured["weight"] == len(nearest)
        assert measured["within_share"] == pytest.approx((nearest <= 500).mean())
        assert measured["n_within"] == sum(any(one[at] <= 500 for one in apart) for at in range(len(spots)))
        if spots:
            assert measured["mean_distance_m"] == pytest.approx(nearest.mean())
            ninetieth = np.percentile(nearest, 90, method="inverted_cdf")
            assert measured["p90_distance_m"] == ninetieth


@settings(max_examples=20)
@given(people, some_places, st.sampled_from(tuple(DECAYS)), st.lists(numbers, min_size=6, max_size=6))
def test_the_catchment_ratio_is_that_of_a_plain_loop(rows, spots, decay, capacities):
    demand, places = people_at(*rows), places_at(*spots)
    reach = METRIC.pairs(positions(demand), positions(places), within_m=reach_m(500, decay))
    supply = np.array(capacities[: len(spots)], dtype=float)
    found = catchment_ratio(
        demand["weight"].to_numpy(),
        reach,
        n_origins=len(rows),
        n_targets=len(spots),
        capacity=supply,
        within_m=500,
        decay=decay,
    )
    counts = [
        [float(decayed(np.array(round(1.25 * hypot(x - u, y - v), 6)), 500, decay)) for u, v in spots]
        for (x, y), *_ in rows
    ]
    around = [sum(n * f[at] for (*_, n), f in zip(rows, counts, strict=True)) for at in range(len(spots))]
    shares = [s / a if a else 0 for s, a in zip(supply, around, strict=True)]
    looped = [sum(r * f for r, f in zip(shares, mine, strict=True)) for mine in counts]
    assert found.tolist() == pytest.approx(looped, rel=1e-12)


@pytest.mark.parametrize("capacity", [-1, nan])
def test_a_capacity_is_a_number_from_zero_up(capacity):
    one = np.zeros(1, dtype=int)
    with pytest.raises(ValueError, match="capacity is a number from 0 up"):
        catchment_ratio(
            np.ones(1),
            Reach(one, one, np.zeros(1)),
            n_origins=1,
            n_targets=1,
            capacity=np.array([capacity]),
            within_m=500,
            decay="step",
        )
