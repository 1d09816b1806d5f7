"""How well people reach places: how far the nearest is, how many are near, how many there are a person."""

from math import log
from typing import Final

import numpy as np
import pandas as pd

from mapping.analysis.distances import FloatArray, IntArray, Metric, Reach, positions
from mapping.analysis.question import DECAYS

FAR: Final = 0.9
"""The share of people whom the longest distance shown still covers."""


def decayed(metres: FloatArray, within_m: float, decay: str) -> FloatArray:
    """How much a place `metres` away counts, 0 to 1; 0 where there is none (inf or NaN).

    `decay`: `step` 1 up to `within_m`, 0 beyond; `linear` falls evenly from 1 to 0 at twice `within_m`;
    `gaussian` exp(−ln 2 · (x/d)²) up to twice `within_m`, 0 beyond. The last two are a half at `within_m`.
    Raises ValueError: no such decay, or `within_m` not above 0.
    """
    limit = reach_m(within_m, decay)
    ratio = np.where(metres <= limit, metres, np.inf) / within_m
    if decay == "step":
        return np.isfinite(ratio).astype(float)
    if decay == "linear":
        return np.maximum(0.0, 1 - ratio / 2)
    return np.asarray(np.exp(-log(2) * ratio**2))


def reach_m(within_m: float, decay: str) -> float:
    """The distance beyond which a place no longer counts, in metres.

    Raises ValueError: no such decay, or `within_m` not above 0.
    """
    if not (np.isfinite(within_m) and within_m > 0):
        raise ValueError(f"A distance to count within is a number of metres above 0, not {within_m}.")
    if decay not in DECAYS:
        raise ValueError(f"There is no decay {decay!r}; there are: {', '.join(DECAYS)}.")
    return within_m if decay == "step" else 2 * within_m


def at_points(
    demand: pd.DataFrame, places: pd.DataFrame, *, metric: Metric, within_m: float, reach: Reach | None = None
) -> pd.DataFrame:
    """What each demand point reaches, on the index of `demand`.

    Parameters
    ----------
    demand : `demand.demand_points`.
    places : `place_id`, `easting`, `northing`, all with a position.
    reach : the pairs of `demand` and `places`, in their orders, within at least `within_m`, if at hand.

    Returns
    -------
    nearest : `place_id` of the nearest, the lowest of those equally near; NA where none can be reached.
    distance_m : metres to it; NaN for none.
    n_within : places at most `within_m` away.
    """
    by_id = np.argsort(places["place_id"].to_numpy(dtype=object), kind="stable")
    found, metres = metric.nearest(positions(demand), positions(places)[by_id])
    ids = np.append(places["place_id"].to_numpy(dtype=object)[by_id], np.nan)
    if reach is None:
        reach = metric.pairs(positions(demand), positions(places), within_m=within_m)
    n_within = np.bincount(reach.within(within_m).origin, minlength=len(demand))
    return pd.DataFrame(
        {
            "nearest": pd.Series(ids[found], index=demand.index, dtype="str"),
            "distance_m": np.where(np.isfinite(metres), metres, np.nan),
            "n_within": n_within,
        },
        index=demand.index,
    )


def catchment_ratio(
    weights: FloatArray,
    reach: Reach,
    *,
    n_origins: int,
    n_targets: int,
    capacity: FloatArray | None,
    within_m: float,
    decay: str,
) -> FloatArray:
    """Supply for each unit of weight that each origin reaches: the enhanced two-step floating catchment area.

    Each place shares its capacity among the people around it, R_j = S_j / Σ_i P_i f(d_ij); each point adds up
    the shares it reaches, A_i = Σ_j R_j f(d_ij). Source: Luo and Qi 2009, with one continuous decay f.

    Parameters
    ----------
    weights : people, or what stands for them, at each of the `n_origins`.
    reach : pairs within at least `reach_m(within_m, decay)`.
    capacity : S of each of the `n_targets`; None: 1 each.

    Raises ValueError where a capacity is below 0 or no number.
    """
    supply = np.ones(n_targets) if capacity is None else capacity
    if not (np.isfinite(supply).all() and (supply >= 0).all()):
        raise ValueError("A capacity is a number from 0 up.")
    counts = decayed(reach.metres, within_m, decay)
    around = _summed(weights[reach.origin] * counts, reach.target, n=n_targets)
    shares = np.divide(supply, around, out=np.zeros(n_targets), where=around > 0)
    return _summed(shares[reach.target] * counts, reach.origin, n=n_origins)


def area_access(
    demand: pd.DataFrame,
    points: pd.DataFrame,
    *,
    areas: "pd.Series[str]",
    places: pd.DataFrame,
    within_m: float,
    reach: Reach,
) -> pd.DataFrame:
    """How the people of each area reach `places`, one row an area, on the sorted index `code`.

    Parameters
    ----------
    demand, points : `demand.demand_points`, and its `at_points`.
    areas : the code of the area of each point, on the index of `demand`; NA: in none.
    places, reach : as in `at_points`; `reach` within at least `within_m`.

    Returns
    -------
    n_points
    people : NaN where the population of an LSOA is not held.
    weight : sum; all shares and means are by weight.
    within_share : share whose nearest place is at most `within_m` away, 0 to 1.
    mean_distance_m : to the nearest, of all who can reach one; NaN where nobody can.
    p90_distance_m : the shortest distance within which 90 % have a place; NaN where fewer than that have any.
    n_within : different places at most `within_m` from anybody in the area.
    nearest_id : place that is the nearest to most, the lowest of equals; NA where nobody can reach one.
    unreached_share : share who can reach no place at all: all, where there is none.
    """
    code, codes = pd.factorize(areas.reindex(demand.index), sort=True)
    n = len(codes)
    held, reached = demand[code >= 0], points.reindex(demand.index)[code >= 0]
    area, weight = code[code >= 0], held["weight"].to_numpy()
    metres = reached["distance_m"].to_numpy()

    def summed(numbers: FloatArray) -> FloatArray:
        return _summed(numbers, area, n=n)

    can_reach = ~np.isnan(metres)
    able, walked = summed(weight * can_reach), summed(weight * np.where(can_reach, metres, 0))
    return pd.DataFrame(
        {
            "n_points": np.bincount(area, minlength=n),
            "people": summed(held["people"].to_numpy()),
            "weight": summed(weight),
            "within_share": summed(weight * (metres <= within_m)) / summed(weight),
            "mean_distance_m": np.divide(walked, able, out=np.full(n, np.nan), where=able > 0),
            "p90_distance_m": _reached_by(FAR, metres, area=area, weight=weight, n=n),
            "n_within": _n_distinct(code, reach.within(within_m), n_areas=n, n_places=len(places)),
            "nearest_id": _nearest_to_most(reached["nearest"], area=area, weight=weight, n=n).array,
            "unreached_share": summed(weight * ~can_reach) / summed(weight),
        },
        index=pd.Index(codes, name="code", dtype="str"),
    )


def _summed(numbers: FloatArray, group: IntArray, *, n: int) -> FloatArray:
    """The sum of `numbers` in each of `n` groups."""
    return np.bincount(group, numbers, minlength=n).astype(np.float64, copy=False)


def _reached_by(
    share: float, metres: FloatArray, *, area: IntArray, weight: FloatArray, n: int
) -> FloatArray:
    """The shortest of `metres` within which `share` of each area's weight is; NaN where less is at all."""
    order = np.lexsort((metres, area))
    nearest_first = pd.Series(weight[order]).groupby(area[order], sort=False)
    # Sums of tenths are not exact: a billionth less is still nine tenths.
    is_enough = nearest_first.cumsum() >= share * nearest_first.transform("sum") * (1 - 1e-9)
    enough = order[is_enough.to_numpy()]
    return metres[enough[np.unique(area[enough], return_index=True)[1]]] if n else np.empty(0)


def _n_distinct(area: IntArray, near: Reach, *, n_areas: int, n_places: int) -> IntArray:
    """How many targets of `near` each area has; `area` of each origin, -1 for none."""
    is_in = area[near.origin] >= 0
    pairs = pd.unique(area[near.origin[is_in]] * n_places + near.target[is_in])
    return np.bincount(pairs // max(n_places, 1), minlength=n_areas)


def _nearest_to_most(
    nearest: "pd.Series[str]", *, area: IntArray, weight: FloatArray, n: int
) -> "pd.Series[str]":
    """The one of `nearest` that has the most weight in each area, the lowest of equals."""
    place, ids = pd.factorize(nearest, sort=True)
    is_known = place >= 0
    pair, pairs = pd.factorize(area[is_known] * len(ids) + place[is_known])
    # To a millionth of a person: the order of adding up must not decide.
    weights = _summed(weight[is_known], pair, n=len(pairs)).round(6)
    of_area, of_place = np.divmod(pairs, max(len(ids), 1))
    most_first = np.lexsort((of_place, -weights, of_area))
    found, firsts = np.unique(of_area[most_first], return_index=True)
    return pd.Series(ids.take(of_place[most_first[firsts]]), index=found).reindex(range(n))
