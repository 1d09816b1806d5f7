"""Access: what must hold whoever lives where."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal, assert_series_equal

from mapping.analysis.access import area_access, at_points, catchment_ratio, reach_m
from mapping.analysis.distances import StraightLine, positions
from mapping.analysis.question import DECAYS
from tests.unit.people_and_places import AREAS, people, people_at, places_at, some_places, spots

METRIC = StraightLine(detour=1.3)
decays = st.sampled_from(tuple(DECAYS))
within = st.sampled_from([100, 390, 650, 1_300])


def measured(demand, places, *, within_m=650):
    reach = METRIC.pairs(positions(demand), positions(places), within_m=within_m)
    points = at_points(demand, places, metric=METRIC, within_m=within_m, reach=reach)
    told = {"places": places, "within_m": within_m, "reach": reach}
    table = area_access(demand, points, areas=demand["lsoa_code"], **told)
    together = pd.Series("", index=demand.index, dtype="str")
    return points, table, area_access(demand, points, areas=together, **told).iloc[0]


def ratio(demand, places, *, within_m, decay, capacity=None):
    reach = METRIC.pairs(positions(demand), positions(places), within_m=reach_m(within_m, decay))
    return catchment_ratio(
        demand["weight"].to_numpy(),
        reach,
        n_origins=len(demand),
        n_targets=len(places),
        capacity=capacity,
        within_m=within_m,
        decay=decay,
    )


@settings(max_examples=20)
@given(people, some_places, spots, within)
def test_one_place_more_is_never_worse(rows, places, one_more, within_m):
    demand = people_at(*rows)
    points, table, total = measured(demand, places_at(*places), within_m=within_m)
    new_points, new_table, new_total = measured(demand, places_at(*places, one_more), within_m=within_m)
    assert (new_points["distance_m"] <= points["distance_m"].fillna(np.inf)).all()
    assert (new_points["n_within"] >= points["n_within"]).all()
    for before, after in ((table, new_table), (total.to_frame().T, new_total.to_frame().T)):
        assert (after["within_share"] >= before["within_share"]).all()
        assert (after["n_within"] >= before["n_within"]).all()
        for column in ("mean_distance_m", "p90_distance_m"):
            far = before[column].astype(float).fillna(np.inf)
            assert (after[column].astype(float) <= far * (1 + 1e-12)).all()


@settings(max_examples=20)
@given(people, some_places)
def test_areas_add_up_to_the_whole(rows, places):
    demand = people_at(*rows)
    _, table, total = measured(demand, places_at(*places))
    assert table["people"].sum() == total["people"] == demand["people"].sum()
    assert table["n_points"].sum() == total["n_points"] == len(rows)
    served = (table["within_share"] * table["weight"]).sum()
    assert served == pytest.approx(total["within_share"] * total["weight"])
    assert total["n_within"] <= table["n_within"].sum()
    assert total["n_within"] <= len(places)


@settings(max_examples=20)
@given(people, some_places, within, decays, st.lists(st.integers(0, 90), min_size=6, max_size=6))
def test_all_that_can_be_reached_is_shared_out(rows, places, within_m, decay, capacities):
    demand, table = people_at(*rows), places_at(*places)
    capacity = np.array(capacities[: len(places)], dtype=float)
    shared = ratio(demand, table, within_m=within_m, decay=decay, capacity=capacity) @ demand["weight"]
    limit = reach_m(within_m, decay)
    nearest = METRIC.nearest(positions(table), positions(demand))[1]
    # At its very reach the linear decay is nothing already.
    is_reached = nearest < limit if decay == "linear" else nearest <= limit
    assert shared == pytest.approx(capacity[is_reached].sum(), rel=1e-9)


@settings(max_examples=12)
@given(people, some_places, st.permutations(AREAS))
def test_another_code_changes_nothing_but_the_code(rows, places, codes):
    demand, renamed = people_at(*rows), dict(zip(AREAS, codes, strict=True))
    moved = demand.assign(lsoa_code=demand["lsoa_code"].replace(renamed))
    points, table, total = measured(demand, places_at(*places))
    new_points, new_table, new_total = measured(moved, places_at(*places))
    assert_frame_equal(new_points, points)
    assert_frame_equal(new_table, table.rename(index=renamed).sort_index())
    assert_series_equal(new_total, total)


@settings(max_examples=12)
@given(people, some_places, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(rows, places, random):
    demand, table = people_at(*rows), places_at(*places)
    mixed = demand.loc[random.sample(list(demand.index), len(demand))]
    mixed_places = table.loc[random.sample(list(table.index), len(table))]
    before, after = measured(demand, table), measured(mixed, mixed_places)
    assert_frame_equal(after[0].sort_index(), before[0])
    assert_frame_equal(after[1], before[1], rtol=1e-12)
    for decay in DECAYS:
        old = ratio(demand, table, within_m=650, decay=decay)
        new = ratio(mixed, mixed_places, within_m=650, decay=decay)
        assert new.tolist() == pytest.approx(old[demand.index.get_indexer(mixed.index)].tolist())


@settings(max_examples=12)
@given(people, some_places, decays)
def test_a_map_of_twice_the_size_has_the_same_shares(rows, places, decay):
    demand, table = people_at(*rows), places_at(*places)
    twice = {"easting": lambda of: 2 * of["easting"], "northing": lambda of: 2 * of["northing"]}
    _, small, _ = measured(demand, table, within_m=390)
    _, large, _ = measured(demand.assign(**twice), table.assign(**twice), within_m=780)
    same = ["n_points", "people", "within_share", "n_within", "nearest_id", "unreached_share"]
    assert_frame_equal(large[same], small[same])
    for column in ("mean_distance_m", "p90_distance_m"):
        assert_series_equal(large[column], 2 * small[column], rtol=1e-8)
    old = ratio(demand, table, within_m=390, decay=decay)
    new = ratio(demand.assign(**twice), table.assign(**twice), within_m=780, decay=decay)
    np.testing.assert_allclose(new, old, rtol=1e-7, atol=1e-12)
    # Twice the people at each point share the same places: half as much for each.
    crowded = demand.assign(weight=2 * demand["weight"])
    np.testing.assert_allclose(ratio(crowded, table, within_m=390, decay=decay), old / 2)
