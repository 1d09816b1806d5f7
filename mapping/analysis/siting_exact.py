"""The best n sites, proven where time allows: maximal covering by HiGHS, on what a bound leaves of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

import numpy as np

from mapping.analysis.distances import FloatArray, IntArray
from mapping.analysis.siting_model import EQUAL, Coverage, merged, part
from mapping.analysis.siting_search import (
    Bound,
    first_prices,
    greedy,
    priced_bound,
    simple_bounds,
    swapped,
)

ROUNDS: Final = 150
FIRST_SHARE: Final = 0.5
CORES: Final = (40, 160)
"""The likeliest sites among which a better set is looked for, few and then more."""
CORE_SHARE: Final = 0.15
"""Of the time left, for each such look."""
ENTRIES_A_SECOND: Final = 25_000
"""HiGHS overruns its time on a larger table than so many entries for each second that is left."""
SCALE: Final = 1e5
"""What all values are scaled to add up to: HiGHS takes a millionth for nothing."""


@dataclass(frozen=True, eq=False)
class Best:
    """The best set of at most n sites that was found, and how good any could be."""

    sites: tuple[int, ...]
    """Positions, in rising order."""
    value: float
    bound: float
    """No set of n sites reaches more; equal to `value` where that is proven."""
    has_equal: bool | None
    """Whether another set is as good; None where that is not known."""
    prices: FloatArray
    """What a bound for a neighbouring n starts from best."""

    @property
    def is_proven(self) -> bool:
        """Whether nothing better exists."""
        return self.bound <= self.value * (1 + EQUAL)

    @property
    def shortfall_share(self) -> float:
        """The share of the best possible value that this may lack at most; 0 where it is proven."""
        return 0.0 if self.is_proven else 1 - self.value / self.bound


def best_sets(coverage: Coverage, most: int, *, first: int, deadline: float) -> list[Best]:
    """The best 1, 2, … `most` sites; never worse than greedy, whatever `deadline` (seconds of `monotonic`).

    The set of `first` sites is looked for first and may take half of the time; the others share the rest.
    """
    order = greedy(coverage, most)
    highest = simple_bounds(coverage, most, sites=order)
    numbers = sorted(range(1, most + 1), key=lambda n: (n != first, n))
    found: dict[int, Best] = {}
    for done, n in enumerate(numbers):
        now = monotonic()
        share = FIRST_SHARE if n == first else 1 / (most - done)
        near = found.get(n - 1) or found.get(first)
        plain = order[:n]
        prices = first_prices(coverage, plain) if near is None else near.prices
        has_equal = False if len(plain) == coverage.n_sites else None
        start = Best(tuple(sorted(plain)), coverage.total(plain), float(highest[n - 1]), has_equal, prices)
        if near is not None and len(near.sites) < n and now < deadline:
            start = _with(coverage, start, greedy(coverage, n, start=near.sites))
        found[n] = best_set(coverage, n, start=start, deadline=now + share * (deadline - now))
    return _consistent(coverage, [found[n] for n in range(1, most + 1)])


def best_set(coverage: Coverage, n: int, *, start: Best, deadline: float) -> Best:
    """The best `n` of the sites of `coverage`, at least as good as `start`.

    1. exchanges; 2. a bound by prices; 3. better sets among the sites that the prices point to, exactly;
    4. the bound again, now sharper; 5. all that the bound does not rule out, exactly.
    """
    is_all = start.value >= coverage.value.sum() * (1 - EQUAL)
    if is_all or monotonic() > deadline:
        return start
    best = _with(coverage, start, swapped(coverage, start.sites, deadline=deadline))
    best, bound = _narrowed(coverage, n, best, deadline=deadline)
    return _proven(coverage, n, best, bound, deadline=deadline)


def _consistent(coverage: Coverage, found: Sequence[Best]) -> list[Best]:
    """`found`, where what is known of n sites is put to use for one more and one fewer.

    More sites reach no less. And the best n of n + 1 sites reach at least n / (n + 1) of what those do, so
    that no n + 1 sites reach more than (n + 1) / n of the bound of n. A site more that adds nothing goes.
    """
    bests = list(found)
    for n in range(1, len(bests)):
        fewer, best = bests[n - 1], bests[n]
        if best.value <= fewer.value * (1 + EQUAL):
            sites = fewer.sites if best.is_proven else greedy(coverage, n + 1, start=fewer.sites)
            equal = fewer.has_equal if best.is_proven else None
            best = replace(best, sites=tuple(sorted(sites)), value=coverage.total(sites), has_equal=equal)
        bests[n] = replace(best, bound=min(best.bound, fewer.bound * (n + 1) / n))
    for n in reversed(range(len(bests) - 1)):
        bests[n] = replace(bests[n], bound=min(bests[n].bound, bests[n + 1].bound))
    return bests


def _narrowed(coverage: Coverage, n: int, best: Best, *, deadline: float) -> tuple[Best, Bound]:
    """A better set if there is one among the likeliest sites, and the bound that it gives."""
    bound = _bound(coverage, n, best, deadline=deadline)
    for size in CORES:
        best = replace(best, bound=min(best.bound, bound.total), prices=bound.prices)
        # What so few sites can do at best is found at once.
        if best.is_proven or len(_possible(bound, best)) <= size or monotonic() > deadline:
            break
        likeliest = np.argsort(-bound.likely, kind="stable")[: max(size, 8 * n)]
        core = np.union1d(likeliest, best.sites).astype(np.int64)
        until = monotonic() + CORE_SHARE * (deadline - monotonic())
        answer = _by_highs(coverage, core, n, best, deadline=until)
        if answer.sites:
            better = swapped(coverage, answer.sites, deadline=deadline)
            best = _with(coverage, best, better)
        again = _bound(coverage, n, best, deadline=deadline)
        by_site = np.minimum(bound.by_site, again.by_site)
        lowest = bound if bound.total < again.total else again
        bound = Bound(lowest.total, by_site, lowest.prices, again.likely)
    return replace(best, bound=min(best.bound, bound.total), prices=bound.prices), bound


def _proven(coverage: Coverage, n: int, best: Best, bound: Bound, *, deadline: float) -> Best:
    """`best`, or what is better; proven, and whether others equal it, where time allows."""
    while True:
        answer = _by_highs(coverage, _possible(bound, best), n, best, deadline=deadline)
        if not answer.is_finished:
            best = _with(coverage, best, answer.sites)
            return replace(best, bound=min(best.bound, max(answer.bound, best.value)))
        value = coverage.total(answer.sites)
        if value <= best.value * (1 + EQUAL):
            is_other = bool(answer.sites) and value >= best.value * (1 - EQUAL)
            return replace(best, bound=best.value, has_equal=is_other)
        best = replace(_with(coverage, best, answer.sites), bound=value)


@dataclass(frozen=True, eq=False)
class _Answer:
    sites: tuple[int, ...]
    """None: no other set is as good, or none was found in the time."""
    is_finished: bool
    bound: float


def _by_highs(coverage: Coverage, sites: IntArray, n: int, best: Best, *, deadline: float) -> _Answer:
    """The best set of at most `n` of `sites` that is not `best` but as good or better, by HiGHS.

    Whether a point is reached may be any number from 0 to 1: with whole sites it is 0 or 1 by itself. That
    `best` itself is ruled out tells whether any equals it, and costs no second run.
    """
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_matrix, hstack, identity

    nothing = _Answer((), False, np.inf)
    few = merged(part(coverage, sites))
    seconds = deadline - monotonic()
    if seconds <= 0 or few.by_point.nnz > ENTRIES_A_SECOND * seconds:
        return nothing
    n_points, n_sites = few.by_point.shape
    scale = SCALE / best.value
    value = np.concatenate([few.value * scale, np.zeros(n_sites)])
    one_each = np.concatenate([np.zeros(n_points), np.ones(n_sites)])
    known = np.concatenate([np.zeros(n_points), np.isin(sites, best.sites)])
    rows = [
        LinearConstraint(hstack([identity(n_points), -few.by_point], format="csr"), -np.inf, 0),
        LinearConstraint(csr_matrix(one_each), 0, n),
        LinearConstraint(csr_matrix(known), 0, len(best.sites) - 1),
        LinearConstraint(csr_matrix(value), best.value * scale * (1 - EQUAL), np.inf),
    ]
    limits = {"time_limit": 0.8 * seconds, "mip_rel_gap": 0}
    found = milp(-value, constraints=rows, integrality=one_each, bounds=Bounds(0, 1), options=limits)
    chosen = () if found.x is None else tuple(sites[found.x[n_points:] > 0.5].tolist())
    bound = getattr(found, "mip_dual_bound", None)
    return _Answer(chosen, found.status in (0, 2), np.inf if bound is None else -float(bound) / scale)


def _bound(coverage: Coverage, n: int, best: Best, *, deadline: float) -> Bound:
    return priced_bound(
        coverage, n, at_least=best.value, prices=best.prices, rounds=ROUNDS, deadline=deadline
    )


def _possible(bound: Bound, best: Best) -> IntArray:
    """The sites of `best`, and those that sets as good as it may have."""
    possible = np.flatnonzero(bound.by_site >= best.value * (1 - EQUAL))
    return np.union1d(possible, best.sites).astype(np.int64)


def _with(coverage: Coverage, best: Best, sites: Sequence[int]) -> Best:
    """`best` with `sites` in place of its own, if they are better."""
    value = coverage.total(sites)
    if value <= best.value * (1 + EQUAL):
        return best
    return replace(best, sites=tuple(sorted(sites)), value=value)
