"""Good sets of sites found fast, and how good any set could be at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic
from typing import Final

import numpy as np

from mapping.analysis.distances import FloatArray
from mapping.analysis.siting_model import EQUAL, Coverage

PATIENCE: Final = 10
"""Rounds without a lower bound after which the steps become half as long."""
FORGETS: Final = 0.05
"""How fast what earlier rounds chose is forgotten."""


@dataclass(frozen=True, eq=False)
class Bound:
    """What no set of n sites can exceed."""

    total: float
    by_site: FloatArray
    """The same for sets with that site among them."""
    prices: FloatArray
    """Of each point, between 0 and its value: what the bound follows from."""
    likely: FloatArray
    """0 to 1: how much of late each site was among the n best by price; high for those of good sets."""


def greedy(coverage: Coverage, n: int, *, start: Sequence[int] = ()) -> list[int]:
    """`start`, and then one site after the other that adds most, up to `n`; fewer where nothing is left.

    Of equals it is the first.
    """
    sites = list(start)
    left = coverage.left(sites)
    while len(sites) < n:
        gains = coverage.gains(left)
        best = int(gains.argmax()) if len(gains) else 0
        if not len(gains) or gains[best] <= 0:
            break
        sites.append(best)
        left[coverage.points(best)] = 0
    return sites


def swapped(coverage: Coverage, sites: Sequence[int], *, deadline: float) -> list[int]:
    """`sites`, or a better set of as many that is reached by exchanging one at a time while that helps."""
    best, now = coverage.total(sites), list(sites)
    is_better = True
    while is_better and monotonic() < deadline:
        is_better = False
        for at in range(len(now)):
            others = now[:at] + now[at + 1 :]
            left = coverage.left(others)
            gains = coverage.gains(left)
            site = int(gains.argmax())
            total = float(coverage.value[left == 0].sum() + gains[site])
            if total > best * (1 + EQUAL):
                best, now[at], is_better = total, site, True
    return now


def simple_bounds(coverage: Coverage, most: int, *, sites: Sequence[int]) -> FloatArray:
    """What no 1, 2, … `most` sites can exceed, from the gains beside the first of `sites`, the first two, ….

    Adding n sites to any set adds at most the n largest gains beside it. Source: Nemhauser, Wolsey and
    Fisher 1978.
    """
    bounds = np.full(most, coverage.value.sum())
    for known in range(len(sites) + 1):
        left = coverage.left(sites[:known])
        gains = np.zeros(most)
        largest = np.sort(coverage.gains(left))[::-1][:most]
        gains[: len(largest)] = largest
        bounds = np.minimum(bounds, coverage.value[left == 0].sum() + np.cumsum(gains))
    return bounds


def first_prices(coverage: Coverage, sites: Sequence[int]) -> FloatArray:
    """Prices to start from: where `sites` are good, half a point's value shared among those that reach it."""
    n_reaching = np.asarray(coverage.by_point[:, list(sites)].sum(axis=1)).ravel()
    return np.where(n_reaching > 0, coverage.value / np.maximum(n_reaching, 1) / 2, coverage.value)


def priced_bound(
    coverage: Coverage, n: int, *, at_least: float, prices: FloatArray, rounds: int, deadline: float
) -> Bound:
    """The lowest bound by Lagrangian relaxation found in so many `rounds` or until `deadline`.

    A site earns the prices of the points it reaches, a point keeps what its value is above its price: what
    the n best sites earn and all points keep is never less than any n sites reach. Prices then follow the
    subgradient by Polyak's rule towards `at_least`, the value of the best set known. Near enough the bound
    of the linear relaxation, at a small part of its cost. Source: Galvão and ReVelle 1996.
    """
    value, n = coverage.value, min(n, coverage.n_sites)
    best, cheapest, likely = np.inf, prices, np.zeros(coverage.n_sites)
    stalled, length = 0, 1.0
    for _ in range(rounds):
        earned = coverage.gains(prices)
        chosen = np.argpartition(-earned, n - 1)[:n]
        bound = float(np.maximum(value - prices, 0).sum() + earned[chosen].sum())
        stalled = 0 if bound < best * (1 - 1e-5) else stalled + 1
        if bound < best:
            best, cheapest = bound, prices
        if stalled >= PATIENCE:
            length, stalled, prices = length / 2, 0, cheapest
        is_chosen = np.zeros(coverage.n_sites)
        is_chosen[chosen] = 1
        likely += FORGETS * (is_chosen - likely)
        slope = _slope(coverage, is_chosen, prices)
        steep = float(slope @ slope)
        if steep == 0 or bound <= at_least * (1 + EQUAL) or monotonic() > deadline:
            break
        prices = np.clip(prices - length * (bound - at_least) / steep * slope, 0, value)
    return Bound(best, _by_site(coverage, n, cheapest, total=best), cheapest, likely)


def _slope(coverage: Coverage, is_chosen: FloatArray, prices: FloatArray) -> FloatArray:
    """How the bound rises with each price; 0 where the price could only leave its limits."""
    slope: FloatArray = coverage.by_point @ is_chosen - (prices < coverage.value)
    is_stuck = ((prices <= 0) & (slope > 0)) | ((prices >= coverage.value) & (slope < 0))
    return np.where(is_stuck, 0.0, slope)


def _by_site(coverage: Coverage, n: int, prices: FloatArray, *, total: float) -> FloatArray:
    earned = coverage.gains(prices)
    least_chosen = np.partition(earned, -n)[-n]
    bounds: FloatArray = total - np.maximum(least_chosen - earned, 0)
    return bounds
