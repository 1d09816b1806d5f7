"""How large the gap of each area is, need × lack, and how its rank varies with choices as reasonable."""

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis import access, measures
from mapping.analysis.distances import FloatArray, IntArray, Reach
from mapping.analysis.question import DECAYS, NEEDS, Question

DECILES: Final = {"tenth": 1, "fifth": 2, "third": 3}
"""The highest decile whose LSOAs are in need."""
VARIED: Final = (0.75, 1.0, 1.25)
"""What the distance asked for is multiplied by, to see how much a rank depends on it."""
FURTHEST: Final = 2 * max(VARIED)
"""The farthest that any of the choices reaches, in distances asked for."""
DECIMALS: Final = 9
"""What two gaps must differ in to differ: less is the order of adding up."""
COLUMNS: Final = ("need_share", "lack", "gap", "gap_rank", "gap_rank_low", "gap_rank_high")

Lack: TypeAlias = Callable[[float, str], FloatArray]
"""The lack of each area, 0 to 1, for a distance and a decay; NaN where nobody is counted in it."""


def need_weights(lsoas: pd.DataFrame, *, index: str, need: str, n: int) -> "pd.Series[float]":
    """How much of each LSOA counts as in need, 0 to 1, by `lsoa_code`.

    `lsoas` is `schemas.Deprivation`; `index` a key of `editions.INDICES`; `need` one of `question.NEEDS`:
    LSOAs up to a decile count in full, or all by the weights of MHCLG's extent; `n` LSOAs ranked in England.
    """
    if need == "extent":
        weights = measures.extent_weights(lsoas[f"{index}_rank"].to_numpy(dtype=float), n=n)
    else:
        weights = np.where(lsoas[f"{index}_decile"].to_numpy(dtype=float) <= DECILES[need], 1.0, 0.0)
    return pd.Series(weights, index=pd.Index(lsoas["lsoa_code"]), name="need")


def need_shares(
    lsoas: pd.DataFrame, demand: pd.DataFrame, area: IntArray, *, n_areas: int, index: str, n: int
) -> pd.DataFrame:
    """The share of each area's people who live in LSOAs in need: a row an area, a column each of `NEEDS`.

    `area` is the position of the area of each point of `demand`, -1 for none. NaN where nobody is counted.
    """
    weight: FloatArray = demand["weight"].to_numpy(dtype=float)
    shares = {}
    for need in NEEDS:
        by_code = need_weights(lsoas, index=index, need=need, n=n)
        needs = np.asarray(demand["lsoa_code"].map(by_code), dtype=float)
        shares[need] = weighted_means(needs, weight, area, n_areas=n_areas)
    return pd.DataFrame(shares)


def nearest_lack(distance_m: FloatArray, weight: FloatArray, area: IntArray, *, n_areas: int) -> Lack:
    """The lack of one place close by: the weighted mean of 1 − f(distance to the nearest).

    With the decay `step` that is the share of people farther away than the distance asked for.
    `distance_m` is NaN or inf where no place can be reached.
    """

    def lack(within_m: float, decay: str) -> FloatArray:
        missed = 1 - access.decayed(distance_m, within_m, decay)
        return weighted_means(missed, weight, area, n_areas=n_areas)

    return lack


def catchment_lack(
    reach: Reach,
    weight: FloatArray,
    area: IntArray,
    *,
    n_areas: int,
    n_places: int,
    capacity: FloatArray | None = None,
) -> Lack:
    """The lack of enough places for all around: 1 − min(1, E2SFCA ratio ÷ the mean ratio of all people).

    `reach` holds all pairs up to `FURTHEST` times the distance asked for; `access.catchment_ratio` has the
    method. Where nobody reaches any place, the lack is 1 everywhere.
    """

    def lack(within_m: float, decay: str) -> FloatArray:
        ratio = access.catchment_ratio(
            weight,
            reach,
            n_origins=len(weight),
            n_targets=n_places,
            capacity=capacity,
            within_m=within_m,
            decay=decay,
        )
        usual = float(ratio @ weight / weight.sum()) if len(weight) else 0.0
        own = weighted_means(ratio, weight, area, n_areas=n_areas)
        if usual <= 0:
            return np.where(np.isnan(own), own, 1.0)
        # Where all reach the same, the order of adding up must leave nobody a lack that is no gap.
        return np.where(own >= usual * (1 - 10.0**-DECIMALS), 0.0, 1 - own / usual)

    return lack


def gap_table(needs: pd.DataFrame, lack: Lack, *, question: Question, others: FloatArray) -> pd.DataFrame:
    """The gap of each area and its rank, on the index of `needs`: `COLUMNS`.

    `needs` is as `need_shares` gives it, `others` as `tried` does; NA where nobody is counted in the area.
    See `ranked`.
    """
    own = needs[question.need].to_numpy(dtype=float)
    lacking = lack(question.within_m, question.decay)
    gap = own * lacking
    table = ranked(gap, others).set_axis(needs.index)
    return table.assign(need_share=own, lack=lacking, gap=gap)[list(COLUMNS)]


def tried(needs: pd.DataFrame, lack: Lack, *, question: Question) -> FloatArray:
    """The gap of each area, a row each, for every choice as reasonable as the question's, a column each.

    Those are all of `VARIED` distances, decays and needs: the question's own is among them.
    """
    choices = [lack(times * question.within_m, decay) for times in VARIED for decay in DECAYS]
    every = [needs[need].to_numpy(dtype=float) * lacking for lacking in choices for need in NEEDS]
    return np.column_stack(every)


def ranked(gap: FloatArray, others: FloatArray) -> pd.DataFrame:
    """`gap_rank, gap_rank_low, gap_rank_high` of each area; NA where its gap is NaN.

    Rank 1 is the largest gap and ties share the best rank; `_low` and `_high` are its best and its worst over
    `others`, as `tried` gives them.
    """
    of_others = np.column_stack([ranks(column) for column in others.T])
    found = {
        "gap_rank": ranks(gap),
        "gap_rank_low": of_others.min(axis=1),
        "gap_rank_high": of_others.max(axis=1),
    }
    return pd.DataFrame({name: pd.arrays.IntegerArray(each, np.isnan(gap)) for name, each in found.items()})


def ranks(gap: FloatArray) -> npt.NDArray[np.int64]:
    """The rank of each gap: 1 is the largest, ties share the best; 1 too where the gap is NaN."""
    values = gap.round(DECIMALS)
    known = np.sort(values[~np.isnan(values)])
    larger = len(known) - np.searchsorted(known, values, side="right")
    return np.asarray(larger + 1, dtype=np.int64)


def weighted_means(values: FloatArray, weight: FloatArray, area: IntArray, *, n_areas: int) -> FloatArray:
    """The weighted mean of `values`, each 0 or more, in each area; NaN where it has no weight."""
    is_in = area >= 0
    held, place = weight[is_in], area[is_in]
    total = np.bincount(place, held, minlength=n_areas)
    summed = np.bincount(place, held * values[is_in], minlength=n_areas)
    means = np.divide(summed, total, out=np.full(n_areas, np.nan), where=total > 0)
    # The order of adding up may carry a mean a hair past the largest of its values.
    return np.asarray(np.minimum(means, np.fmax.reduce(values, initial=0.0)))
