"""What each demand point needs and reaches: what every figure of a gap is added up from."""

from collections.abc import Collection

import numpy as np
import pandas as pd

from mapping.analysis import access, gaps
from mapping.analysis.demand import near_others
from mapping.analysis.distances import FloatArray, Metric, Reach, positions
from mapping.analysis.question import Question


def reach_of(demand: pd.DataFrame, places: pd.DataFrame, *, question: Question, metric: Metric) -> Reach:
    """All pairs of `demand` and `places` that any figure of the answer needs."""
    furthest = access.reach_m(question.within_m, question.decay)
    if question.lack == "catchment":
        furthest = gaps.FURTHEST * question.within_m
    return metric.pairs(positions(demand), positions(places), within_m=furthest)


def supply_of(places: pd.DataFrame, capacity: "pd.Series[float]") -> FloatArray:
    """What each of `places` can serve, in their order.

    `capacity` is by `place_id`; a place it lacks counts as the mean of the others.
    """
    supply = places["place_id"].map(capacity).to_numpy(dtype=float)
    known = supply[~np.isnan(supply)]
    return np.where(np.isnan(supply), known.mean() if len(known) else 1.0, supply)


def measured(
    demand: pd.DataFrame,
    places: pd.DataFrame,
    lsoas: pd.DataFrame,
    *,
    question: Question,
    n: int,
    metric: Metric,
    reach: Reach,
    supply: FloatArray | None,
) -> pd.DataFrame:
    """`demand` with what each point needs and reaches.

    Parameters
    ----------
    demand : `demand.demand_points`.
    lsoas : `schemas.Deprivation`; `n` LSOAs are ranked in England.
    reach : as `reach_of` gives it. supply : as `supply_of` gives it; None: all places alike.

    Returns
    -------
    need : 0 to 1, how much the people count as in need. is_fifth : whether their LSOA is among England's
        most deprived fifth, by the index asked for.
    nearest, distance_m, n_within : as `access.at_points` gives them.
    ratio : E2SFCA places for each person; NaN where the population of any LSOA is not held.
    """
    weight: FloatArray = demand["weight"].to_numpy(dtype=float)
    points = access.at_points(demand, places, metric=metric, within_m=question.within_m, reach=reach)
    ratio = access.catchment_ratio(
        weight,
        reach,
        n_origins=len(demand),
        n_targets=len(places),
        capacity=supply,
        within_m=question.within_m,
        decay=question.decay,
    )
    # Where LSOAs count as one each there are no persons to divide by.
    ratio = ratio if demand["people"].notna().all() else np.full(len(demand), np.nan)
    of = {
        need: demand["lsoa_code"].map(gaps.need_weights(lsoas, index=question.index, need=need, n=n))
        for need in (question.need, "fifth")
    }
    needs = demand.assign(need=of[question.need].astype(float), is_fifth=of["fifth"] == 1)
    return pd.concat([needs, points], axis="columns").assign(ratio=ratio)


def is_edge(
    points: pd.DataFrame,
    around: pd.DataFrame,
    *,
    recorded: Collection[str],
    question: Question,
    metric: Metric,
) -> "pd.Series[bool]":
    """Whether each point is beyond every place counted but near where nothing is recorded, on their index.

    Near is a straight line that, times the detour, is no longer than the distance asked for. `around` is
    postcodes of other councils; `recorded` the councils whose record is held.
    """
    straight_m = question.within_m / float(getattr(metric, "detour", 1.0))
    near = near_others(points, around, recorded=recorded, within_m=straight_m)
    return near & ~(points["distance_m"] <= question.within_m)
