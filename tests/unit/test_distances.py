"""Distances: every pair and every nearest as a plain loop over all of them finds."""

from math import hypot, inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.analysis import distances
from mapping.analysis.distances import Reach, StraightLine, in_order
from mapping.analysis.question import DETOURS
from tests.unit.people_and_places import X, Y, places_at, positions, spots

HERE = positions((X, Y))


def metres(origin, target, *, detour):
    return round(hypot(origin[0] - target[0], origin[1] - target[1]) * detour, 6)


@settings(max_examples=40)
@given(st.lists(spots, max_size=8), st.lists(spots, max_size=8), st.sampled_from(DETOURS))
def test_the_nearest_is_the_one_that_a_loop_finds_the_lowest_of_equals(origins, targets, detour):
    found, far = StraightLine(detour=detour).nearest(positions(*origins), positions(*targets))
    looped = [
        min(((metres(o, t, detour=detour), n) for n, t in enumerate(targets)), default=(inf, -1))
        for o in origins
    ]
    assert list(zip(far, found, strict=True)) == looped


@settings(max_examples=40)
@given(st.lists(spots, max_size=8), st.lists(spots, max_size=8), st.sampled_from(DETOURS), st.integers(0, 12))
def test_the_pairs_are_those_that_a_loop_finds_in_order(origins, targets, detour, hundreds):
    reach = StraightLine(detour=detour).pairs(
        positions(*origins), positions(*targets), within_m=100 * hundreds
    )
    looped = sorted(
        (n, far, m)
        for n, o in enumerate(origins)
        for m, t in enumerate(targets)
        if (far := metres(o, t, detour=detour)) <= 100 * hundreds
    )
    assert list(zip(reach.origin, reach.metres, reach.target, strict=True)) == looped


@settings(max_examples=40)
@given(st.lists(st.tuples(st.floats(0, 7e5), st.floats(0, 1.3e6)), min_size=1, max_size=6), st.data())
def test_positions_need_not_be_whole_metres(targets, data):
    at = data.draw(st.tuples(st.floats(0, 7e5), st.floats(0, 1.3e6)))
    found, far = StraightLine(detour=1.2).nearest(positions(at), positions(*targets))
    assert far[0] == pytest.approx(min(hypot(at[0] - x, at[1] - y) for x, y in targets) * 1.2, abs=1e-6)
    reach = StraightLine(detour=1.2).pairs(positions(at), positions(*targets), within_m=far[0])
    assert (reach.target[0], reach.metres[0]) == (found[0], far[0])


@pytest.mark.parametrize("detour", DETOURS)
@pytest.mark.parametrize("straight", [500, 1_300, 2_900])
def test_a_place_exactly_at_the_limit_is_within_it(detour, straight):
    limit = round(straight * detour, 2)
    metric = StraightLine(detour=detour)
    there = positions((X + 0.6 * straight, Y + 0.8 * straight))
    assert metric.nearest(HERE, there)[1] == limit
    assert len(metric.pairs(HERE, there, within_m=limit).target) == 1
    assert len(metric.pairs(HERE, there, within_m=limit - 0.001).target) == 0


def test_of_places_equally_near_it_is_the_first():
    three_at_one_spot = positions((X + 900, Y), (X, Y + 200), (X, Y + 200), (X, Y + 200))
    assert StraightLine().nearest(HERE, three_at_one_spot)[0].tolist() == [1]
    around = positions((X + 300, Y + 400), (X - 500, Y), (X, Y + 500), (X + 400, Y - 300))
    for shift in range(4):
        assert StraightLine().nearest(HERE, np.roll(around, shift, axis=0))[0].tolist() == [0]


def test_nobody_and_nothing():
    none = positions()
    assert [part.tolist() for part in StraightLine().nearest(HERE, none)] == [[-1], [inf]]
    assert [len(part) for part in StraightLine().nearest(none, HERE)] == [0, 0]
    for starts, ends in ((HERE, none), (none, HERE), (HERE, HERE + 9_000)):
        assert len(StraightLine().pairs(starts, ends, within_m=800).metres) == 0


def test_many_origins_shared_among_processors_come_out_as_few():
    n = distances.MANY
    few, targets = positions((X, Y), (X + 70, Y), (X + 500, Y)), positions((X + 10, Y), (X + 600, Y))
    found, far = StraightLine().nearest(np.tile(few, (n // 3 + 1, 1)), targets)
    assert len(far) >= n
    assert (found.reshape(-1, 3) == [0, 0, 1]).all()
    assert (far.reshape(-1, 3) == [13, 78, 130]).all()


@settings(max_examples=40)
@given(st.sampled_from([1.0, 3e12]), st.randoms(use_true_random=False))
def test_pairs_are_put_in_order_however_far_they_are(scale, random):
    pairs = [(n, m) for n in range(4) for m in range(5)]
    random.shuffle(pairs)
    origin, target = np.array(pairs).T
    far = np.array([random.choice([1.0, 2.5, 2.5000001]) * scale for _ in pairs])
    reach = in_order(origin, target, far)
    rows = list(zip(reach.origin, reach.metres, reach.target, strict=True))
    assert rows == sorted(zip(origin, np.round(far, 6), target, strict=True))


def test_a_reach_can_be_narrowed():
    reach = Reach(np.array([0, 0, 1]), np.array([4, 5, 4]), np.array([10.0, 20.0, 20.5])).within(20)
    assert (reach.origin.tolist(), reach.target.tolist(), reach.metres.tolist()) == ([0, 0], [4, 5], [10, 20])


def test_the_metric_is_said_in_words():
    assert StraightLine().words == "straight line × 1.3"
    assert StraightLine(detour=1).words == "straight line × 1"


@pytest.mark.parametrize("detour", [0.99, nan, inf])
def test_no_way_is_shorter_than_the_straight_one(detour):
    with pytest.raises(ValueError, match="from 1 up"):
        StraightLine(detour=detour)


@pytest.mark.parametrize("within_m", [-1, nan, inf])
def test_a_limit_is_a_number(within_m):
    with pytest.raises(ValueError, match="number of metres from 0 up"):
        StraightLine().pairs(HERE, HERE, within_m=within_m)


def test_what_has_no_position_is_not_measured():
    places = places_at((X, Y), (X, nan))
    with pytest.raises(ValueError, match="1 positions are no numbers"):
        StraightLine().nearest(HERE, distances.positions(places))
    with pytest.raises(ValueError, match="rows of easting and northing"):
        StraightLine().nearest(HERE.T, HERE)
