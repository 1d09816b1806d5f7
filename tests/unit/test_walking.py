from itertools import pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.analysis import walking
from mapping.analysis.distances import Metric, Points, StraightLine
from mapping.analysis.street_graph import cut
from mapping.analysis.walking import walking_network
from mapping.errors import UnusableFileError
from mapping.streets import Streets
from tests.unit.soho import soho_deaths, soho_points, soho_streets


def grained(metres):
    """Up to the next 65,536th of a metre, which is how exactly lengths are kept."""
    return np.ceil(np.asarray(metres) * 65_536) / 65_536


def by_networkx(streets: Streets, origins: Points, targets: Points, *, detour: float = 1.3) -> np.ndarray:
    """Metres from each origin (row) to each target: networkx and the definition, nothing of ours."""
    nodes = np.column_stack([streets.eastings, streets.northings])
    graph = nx.MultiGraph()
    graph.add_nodes_from(range(len(nodes)))
    for a, b, metres in zip(streets.starts, streets.ends, streets.metres, strict=True):
        length = max(grained(max(metres, np.hypot(*(nodes[a] - nodes[b])))), 1 / 65_536)
        graph.add_edge(a, b, weight=length)
    main = np.array(sorted(max(nx.connected_components(graph), key=lambda part: (len(part), -min(part)))))
    at, joined = joins(origins, nodes[main], detour)
    to, beyond = joins(targets, nodes[main], detour)
    lengths = {a: nx.single_source_dijkstra_path_length(graph, a) for a in main[np.unique(at)]}
    between = np.array([[lengths[main[a]][main[b]] for b in to] for a in at])
    by_street = joined[:, None] + between + beyond
    straight = np.hypot(*(origins[:, None] - targets[None]).transpose(2, 0, 1))
    return np.where(at[:, None] == to, grained(straight * detour), by_street).round(6)


def joins(points, nodes, detour):
    straight = np.hypot(*(points[:, None] - nodes[None]).transpose(2, 0, 1))
    return straight.argmin(axis=1), grained(straight.min(axis=1) * detour)


def streets(nodes, pieces, name="made up"):
    """Streets between `nodes`; a piece is its two ends and its metres."""
    corners = np.array(nodes, dtype=float)
    ends = np.array([piece[:2] for piece in pieces], dtype=np.int64).reshape(-1, 2)
    metres = np.array([piece[2] for piece in pieces], dtype=float)
    return Streets(
        name=name,
        eastings=corners[:, 0],
        northings=corners[:, 1],
        starts=ends[:, 0],
        ends=ends[:, 1],
        metres=metres,
    )


PEOPLE, PUMPS = soho_points("SohoPeople.shp"), soho_points("SohoWater.shp")
LANE = streets([(0, 0), (100, 0), (200, 0)], [(0, 1, 100), (1, 2, 150)])


@pytest.fixture(scope="module")
def soho():
    return walking_network(soho_streets())


@pytest.fixture(scope="module")
def expected():
    return by_networkx(cut(soho_streets(), every_m=25), PEOPLE, PUMPS)


def test_every_distance_to_the_nearest_pump_is_that_of_networkx(soho, expected):
    pump, metres = soho.nearest(PEOPLE, PUMPS)
    assert np.array_equal(metres, expected.min(axis=1))
    assert np.array_equal(pump, expected.argmin(axis=1))


@pytest.mark.parametrize("within_m", [0, 150, 500, 5000])
def test_pairs_are_all_those_that_networkx_finds_within_reach(soho, expected, within_m):
    found = soho.pairs(PEOPLE, PUMPS, within_m=within_m)
    near = expected <= within_m
    assert len(found.metres) == near.sum()
    assert np.array_equal(found.metres, expected[found.origin, found.target])
    assert sorted(zip(found.origin, found.metres, found.target, strict=True)) == list(
        zip(found.origin, found.metres, found.target, strict=True)
    )


def test_from_pumps_to_people_is_as_far_as_from_people_to_pumps(soho):
    there, back = (soho.pairs(*way, within_m=700) for way in ((PEOPLE, PUMPS), (PUMPS, PEOPLE)))
    assert len(there.metres) > 1000
    assert set(zip(there.origin, there.target, there.metres, strict=True)) == set(
        zip(back.target, back.origin, back.metres, strict=True)
    )


def test_no_way_along_streets_is_shorter_than_the_straight_line(soho):
    _, straight = StraightLine(detour=1).nearest(PEOPLE, PUMPS)
    _, metres = soho.nearest(PEOPLE, PUMPS)
    assert (metres >= straight).all()
    assert 1.1 < metres.mean() / straight.mean() < 2


def test_most_deaths_were_nearest_to_the_pump_in_broad_street(soho):
    pump, _ = soho.nearest(PEOPLE, PUMPS)
    deaths = np.bincount(pump, weights=soho_deaths(), minlength=len(PUMPS))
    assert deaths.sum() == soho_deaths().sum()
    broad_street = int(np.hypot(*(PUMPS - np.average(PEOPLE, axis=0, weights=soho_deaths())).T).argmin())
    assert deaths.argmax() == broad_street
    assert deaths[broad_street] > 0.6 * deaths.sum()


def test_islands_are_left_out_and_counted(soho):
    assert (len(soho_streets().eastings), soho.n_left_out) == (227, 41)
    _, metres = soho.nearest(PEOPLE, PUMPS)
    assert np.isfinite(metres).all()


def test_it_is_a_metric_and_says_of_what_file(soho):
    metric: Metric = soho
    assert metric.words == "walking network (soho)"


def test_both_ends_are_joined_with_the_detour():
    position, metres = walking_network(LANE, detour=1.5).nearest(
        np.array([(0.0, 10.0)]), np.array([(200.0, -4.0), (100.0, 20.0)])
    )
    assert position.tolist() == [1]
    assert metres.tolist() == [15 + 100 + 30]


def test_two_points_at_one_corner_are_a_straight_line_apart():
    metres = walking_network(LANE).pairs(
        np.array([(1.0, 10.0)]), np.array([(1.0, 20.0), (0.0, -5.0)]), within_m=50
    )
    assert metres.metres.tolist() == pytest.approx([13, np.hypot(1, 15) * 1.3], abs=1e-4)


def test_of_two_ways_between_the_same_corners_the_shorter_is_walked():
    either = streets([(0, 0), (100, 0)], [(0, 1, 300), (1, 0, 120), (0, 1, 250), (1, 1, 40)])
    assert walking_network(either).nearest(np.array([(0.0, 0.0)]), np.array([(100.0, 0.0)]))[1] == 120


def test_a_way_of_no_length_is_a_way():
    stairs = streets([(0, 0), (0, 0), (100, 0)], [(0, 1, 0), (1, 2, 100)])
    network = walking_network(stairs)
    assert network.n_left_out == 0
    assert network.nearest(np.array([(0.0, 0.0)]), np.array([(100.0, 0.0)]))[1] == pytest.approx(
        100, abs=1e-4
    )


def test_a_way_is_never_shorter_than_the_straight_line_whatever_its_file_says():
    short = streets([(0, 0), (300, 400)], [(0, 1, 7)])
    assert walking_network(short).nearest(np.array([(0.0, 0.0)]), np.array([(300.0, 400.0)]))[
        1
    ] == pytest.approx(500, abs=1e-4)


def test_of_equally_near_targets_the_first_is_nearest():
    square = streets(
        [(0, 0), (100, 0), (0, 100), (100, 100)], [(0, 1, 100), (0, 2, 100), (1, 3, 100), (2, 3, 100)]
    )
    corners = np.array([(100.0, 100.0), (0.0, 100.0), (100.0, 0.0), (0.0, 100.0)])
    for order in ([0, 1, 2, 3], [2, 1, 3, 0], [1, 2, 0, 3]):
        position, metres = walking_network(square).nearest(np.array([(0.0, 0.0)]), corners[order])
        assert metres.tolist() == [100]
        assert position[0] == min(at for at, each in enumerate(order) if each != 0)


def test_nobody_and_nowhere():
    network, nothing = walking_network(LANE), np.empty((0, 2))
    assert [each.tolist() for each in network.nearest(np.array([(0.0, 0.0)]), nothing)] == [[-1], [np.inf]]
    assert len(network.nearest(nothing, nothing)[0]) == 0
    assert len(network.pairs(nothing, PUMPS, within_m=10).metres) == 0


@pytest.mark.parametrize("detour", [0.9, np.nan, np.inf])
def test_a_detour_below_one_is_none(detour):
    with pytest.raises(ValueError, match="detour is a number from 1 up"):
        walking_network(LANE, detour=detour)


def test_what_cannot_be_walked_is_said():
    with pytest.raises(ValueError, match="no street"):
        walking_network(streets([(0, 0)], []))
    with pytest.raises(ValueError, match="not there"):
        streets([(0, 0), (1, 1)], [(0, 2, 5)])
    with pytest.raises(ValueError, match="shorter than nothing"):
        streets([(0, 0), (1, 1)], [(0, 1, -5)])
    with pytest.raises(ValueError, match="limit"):
        walking_network(LANE).pairs(PEOPLE, PUMPS, within_m=np.nan)


def test_streets_of_elsewhere_are_refused(soho):
    assert not soho.is_far(PEOPLE).any()
    walking.require_streets(soho, PEOPLE, council="Soho")
    half = np.where(np.arange(len(PEOPLE))[:, None] % 2 == 0, PEOPLE, PEOPLE + 5_000)
    with pytest.raises(UnusableFileError, match="soho holds no streets near 50% of the postcodes of Preston"):
        walking.require_streets(soho, half, council="Preston")


def test_ten_minutes_are_800_metres():
    assert walking.minutes(np.array([800.0, 40.0])).tolist() == [10, 0.5]


@st.composite
def towns(draw):
    """Streets between corners that may coincide, with loops, doubles and islands; and points about them."""
    spot = st.tuples(st.integers(0, 6), st.integers(0, 6)).map(lambda at: (at[0] * 50.0, at[1] * 50.0))
    nodes = draw(st.lists(spot, min_size=3, max_size=9, unique=True))
    n = st.integers(0, len(nodes) - 1)
    own = draw(st.lists(st.tuples(n, n, st.integers(0, 300)), max_size=8))
    chain = [(a, b, 0) for a, b in pairwise(range(len(nodes) // 2 + 1))]
    # Not halfway between corners: which of two equally near ones a point is joined to is anybody's guess.
    place = st.tuples(spot, st.sampled_from([(0.0, 0.0), (7.0, 3.0), (-4.0, 9.0)])).map(
        lambda each: (each[0][0] + each[1][0], each[0][1] + each[1][1])
    )
    points = st.lists(place, min_size=1, max_size=5).map(np.array)
    return streets(nodes, own + chain), draw(points), draw(points)


@settings(max_examples=40)
@given(towns(), st.sampled_from([0.0, 60.0, 137.5, 400.0]))
def test_in_any_town_it_is_what_networkx_finds(town, within_m):
    pieces, origins, targets = town
    network = walking_network(pieces, cut_m=np.inf)
    exact = by_networkx(pieces, origins, targets)
    position, metres = network.nearest(origins, targets)
    if not has_ties(network.nodes, origins, targets):
        assert np.array_equal(metres, exact.min(axis=1))
        assert np.array_equal(position, exact.argmin(axis=1))
    found = network.pairs(origins, targets, within_m=within_m)
    told = dict(zip(zip(found.origin, found.target, strict=True), found.metres, strict=True))
    assert all(
        told.get((o, p), np.inf) == m
        for o, (p, m) in enumerate(zip(position, metres, strict=True))
        if m <= within_m
    )
    # One target more never makes the way to the nearest longer.
    more = np.vstack([targets, origins[:1] + 30])
    assert (network.nearest(origins, more)[1] <= metres).all()


def has_ties(nodes, *points):
    apart = [np.sort(np.hypot(*(each[:, None] - nodes[None]).transpose(2, 0, 1)), axis=1) for each in points]
    return any(len(nodes) > 1 and (rows[:, 0] == rows[:, 1]).any() for rows in apart)


def test_over_a_town_of_many_squares_no_pair_is_lost():
    at, step = np.arange(36).reshape(6, 6), 900.0
    corners = [(step * (n % 6) + 11 * (n % 5), step * (n // 6) - 7 * (n % 4)) for n in range(36)]
    pieces = [(a, b, 950) for a, b in [*zip(at[:, :-1].ravel(), at[:, 1:].ravel(), strict=True)]]
    pieces += [(a, b, 1_400) for a, b in zip(at[:-1].ravel(), at[1:].ravel(), strict=True)]
    spread = np.random.default_rng(4).uniform(0, 4_500, (60, 2))
    town = streets(corners, pieces)
    exact = by_networkx(cut(town, every_m=25), spread[:25], spread)
    found = walking_network(town).pairs(spread[:25], spread, within_m=2_000)
    assert 25 < len(found.metres) == (exact <= 2_000).sum() < 25 * 60 / 2
    assert np.array_equal(found.metres, exact[found.origin, found.target])


def test_cutting_keeps_every_length_and_leaves_no_long_piece():
    town = streets([(0, 0), (90, 0), (90, 1)], [(0, 1, 120), (1, 2, 1), (2, 2, 30)])
    parts = cut(town, every_m=25)
    assert parts.metres.tolist() == [30, 30, 30, 30, 1, 30]
    assert parts.eastings.tolist() == [0, 90, 90, 22.5, 45, 67.5]
    assert list(zip(parts.starts, parts.ends, strict=True)) == [
        (0, 3),
        (3, 4),
        (4, 5),
        (5, 1),
        (1, 2),
        (2, 2),
    ]
