"""The best sites are those that trying all choices finds; in too little time the shortfall is honest."""

from itertools import combinations
from time import monotonic

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from mapping.analysis import siting_exact, siting_model
from mapping.analysis.siting_model import Coverage
from mapping.analysis.siting_search import (
    first_prices,
    greedy,
    priced_bound,
    simple_bounds,
    swapped,
)

FOREVER = 1e12


def table(rows, values) -> Coverage:
    """Points of these values, and by point the sites that reach it."""
    by_point = csr_matrix(np.array(rows, dtype=float))
    return Coverage(
        value=np.array(values, dtype=float), by_point=by_point, by_site=by_point.T.tocsr().sorted_indices()
    )


def random_table(seed: int, *, n_points: int, n_sites: int, radius: float) -> Coverage:
    """Points and sites thrown on a square; values with many digits, so that hardly two sets are equal."""
    rng = np.random.default_rng(seed)
    points, sites = rng.random((n_points, 2)), rng.random((n_sites, 2))
    near = np.hypot(*(points[:, None] - sites[None]).transpose(2, 0, 1)) < radius
    return table(near, rng.random(n_points) * 100 + 1)


def by_trying_all(coverage: Coverage, n: int) -> tuple[float, int]:
    """The most that any `n` sites reach, and how many choices of `n` reach it."""
    reach = coverage.by_point.toarray() > 0
    n = min(n, coverage.n_sites)
    totals = [
        coverage.value[reach[:, sites].any(axis=1)].sum() for sites in combinations(range(reach.shape[1]), n)
    ]
    best = max(totals)
    return best, sum(total >= best * (1 - 1e-9) for total in totals)


@st.composite
def small(draw: st.DrawFn) -> Coverage:
    """Up to 8 sites that reach up to 10 points of values 1 to 4: full of ties."""
    n_sites = draw(st.integers(1, 8))
    row = st.lists(st.booleans(), min_size=n_sites, max_size=n_sites)
    rows = draw(st.lists(row, min_size=1, max_size=10))
    return table(rows, draw(st.lists(st.integers(1, 4), min_size=len(rows), max_size=len(rows))))


@settings(max_examples=50)
@given(small(), st.integers(1, 3))
def test_no_choice_reaches_more_and_equal_ones_are_told_of(whole: Coverage, n: int) -> None:
    few, kept = siting_model.reduced(whole)
    most, n_equal = by_trying_all(whole, n)
    if not len(kept):
        assert most == 0
        return
    best = siting_exact.best_sets(few, n, first=n, deadline=monotonic() + 60)[n - 1]
    assert best.is_proven
    assert best.shortfall_share == 0
    assert whole.total(kept[list(best.sites)]) == best.value == pytest.approx(most, rel=1e-9)
    if best.has_equal is not None and len(best.sites) == n:
        # Sites that reach nothing were left out, as were the later of two equals.
        assert best.has_equal <= (n_equal > 1)


@settings(max_examples=50)
@given(small(), st.integers(1, 3), st.integers(0, 20))
def test_every_bound_holds(whole: Coverage, n: int, rounds: int) -> None:
    few, kept = siting_model.reduced(whole)
    if not len(kept):
        return
    most, _ = by_trying_all(whole, n)
    order = greedy(few, n)
    assert simple_bounds(few, n, sites=order)[n - 1] >= most * (1 - 1e-9)
    bound = priced_bound(
        few,
        n,
        at_least=few.total(order),
        prices=first_prices(few, order),
        rounds=rounds + 1,
        deadline=FOREVER,
    )
    assert bound.total >= most * (1 - 1e-9)
    reach = few.by_point.toarray() > 0
    for site in range(few.n_sites):
        with_it = [sites for sites in combinations(range(few.n_sites), min(n, few.n_sites)) if site in sites]
        most_with_it = max(few.value[reach[:, sites].any(axis=1)].sum() for sites in with_it)
        assert bound.by_site[site] >= most_with_it * (1 - 1e-9)


@settings(max_examples=30)
@given(small(), st.integers(1, 3))
def test_what_is_left_out_changes_no_answer(whole: Coverage, n: int) -> None:
    few, kept = siting_model.reduced(whole)
    most, _ = by_trying_all(whole, n)
    assert (by_trying_all(few, n)[0] if len(kept) else 0) == most
    assert few.value.sum() == whole.value[whole.by_point.getnnz(axis=1) > 0].sum()


def test_what_is_left_out() -> None:
    whole = table([[1, 1, 0, 0], [1, 1, 0, 0], [1, 0, 1, 0], [1, 0, 1, 0], [0, 0, 1, 0]], [1, 2, 3, 4, 5])
    few, kept = siting_model.reduced(whole)
    assert kept.tolist() == [0, 2]
    assert few.value.tolist() == [3, 7, 5]
    same, first = siting_model.reduced(table([[1, 1, 1], [0, 1, 1]], [1, 1]))
    assert first.tolist() == [1]
    assert same.value.tolist() == [2]


def test_greedy_is_not_the_best_and_exchanging_may_help() -> None:
    # The middle site reaches most; the two beside it reach all.
    whole = table([[1, 0, 0], [1, 1, 0], [0, 1, 1], [0, 0, 1]], [2, 3, 3, 2])
    assert greedy(whole, 2) == [1, 0]
    assert whole.total([1, 0]) == 8
    assert sorted(swapped(whole, [1, 0], deadline=FOREVER)) == [0, 2]
    best = siting_exact.best_sets(whole, 2, first=2, deadline=monotonic() + 60)
    assert [each.value for each in best] == [6, 10]
    assert best[1].sites == (0, 2)
    assert [each.has_equal for each in best] == [False, False]


def test_a_second_best_is_not_taken_for_an_equal() -> None:
    apart = table(np.eye(4), [5, 4, 3, 3])
    found = siting_exact.best_sets(apart, 3, first=3, deadline=monotonic() + 60)
    assert [each.value for each in found] == [5, 9, 12]
    assert [each.has_equal for each in found] == [False, False, True]


def test_hundreds_of_sites_as_plain_highs_finds_them() -> None:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import hstack, identity

    whole = random_table(5, n_points=300, n_sites=200, radius=0.16)
    few, _ = siting_model.reduced(whole)
    found = siting_exact.best_sets(few, 8, first=8, deadline=monotonic() + 60)
    n_points, n_sites = whole.by_point.shape
    one_each = np.concatenate([np.zeros(n_points), np.ones(n_sites)])
    rows = [
        LinearConstraint(hstack([identity(n_points), -whole.by_point], format="csr"), -np.inf, 0),
        LinearConstraint(csr_matrix(one_each), 0, 8),
    ]
    value = np.concatenate([whole.value, np.zeros(n_sites)])
    plain = milp(
        -value, constraints=rows, integrality=one_each, bounds=Bounds(0, 1), options={"mip_rel_gap": 0}
    )
    assert found[7].is_proven
    assert found[7].value == pytest.approx(-plain.fun, rel=1e-9)
    assert found[7].value > whole.total(greedy(whole, 8)) * 1.05
    values = [each.value for each in found]
    assert values == sorted(values)


def test_in_no_time_it_is_what_greedy_finds_with_an_honest_shortfall() -> None:
    few, _ = siting_model.reduced(random_table(5, n_points=400, n_sites=300, radius=0.11))
    hasty = siting_exact.best_sets(few, 8, first=8, deadline=monotonic() - 1)
    patient = siting_exact.best_sets(few, 8, first=8, deadline=monotonic() + 60)
    order = greedy(few, 8)
    assert not hasty[7].is_proven
    assert patient[7].is_proven
    for n, (quick, best) in enumerate(zip(hasty, patient, strict=True), 1):
        assert quick.value >= few.total(order[:n])
        assert quick.shortfall_share >= 1 - quick.value / best.value - 1e-9
        assert quick.bound >= best.value * (1 - 1e-9)
    assert 0 < hasty[7].shortfall_share < 0.5
