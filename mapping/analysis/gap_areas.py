"""The figures of each area of one council, and of the whole of it, in a row each."""

from typing import Final

import numpy as np
import pandas as pd

from mapping.analysis import access, gaps
from mapping.analysis.distances import FloatArray, IntArray, Reach

TEN_THOUSAND: Final = 10_000
OF_PLACES: Final = (
    "within_share",
    "mean_distance_m",
    "p90_distance_m",
    "n_within",
    "nearest_place",
    "nearest_id",
    "gap_rank",
    "gap_rank_low",
    "gap_rank_high",
    "lack",
    "gap",
    "people_beyond",
    "need_people_beyond",
    "n_inside",
    "per_10000",
    "catchment_ratio",
    "edge_share",
)
"""The figures that say nothing where nothing is known of places."""
COUNTS: Final = ("population", "n_within", "n_inside", "n_points", "decile")
TOTALS: Final = (
    "population",
    "n_points",
    "n_places",
    "within_share",
    "mean_distance_m",
    "p90_distance_m",
    "n_within",
    "people_beyond",
    "need_share",
    "need_people",
    "need_people_beyond",
    "need_within_share",
    "n_inside",
    "per_10000",
    "catchment_ratio",
    "edge_share",
)


def figures(
    demand: pd.DataFrame,
    areas: "pd.Series[str]",
    *,
    places: pd.DataFrame,
    inside: "pd.Series[str] | None",
    within_m: float,
    reach: Reach,
) -> pd.DataFrame:
    """How the people of each area reach `places`, one row an area, on the sorted index `code`.

    Parameters
    ----------
    demand : `demand.demand_points` with `need, nearest, distance_m, n_within, ratio, is_edge`.
    areas : the code of the area of each point, on the index of `demand`; NA: in none.
    inside : the code of the area that each of `places` is counted in; None: not known.

    Returns
    -------
    As `access.area_access`, and
    population : the people, whole; NaN, as all of people, where the population of any LSOA is not held.
    people_beyond, need_people, need_people_beyond : people farther than `within_m`, in need, and both.
    need_share, need_within_share : in need of all people; within `within_m` of those in need, NaN for none.
    n_inside, per_10000 : places in the area, and for each 10,000 of its people.
    catchment_ratio : weighted mean of `ratio`. edge_share : share of its people at points that `is_edge`.
    n_lsoas : LSOAs that any of its points is of.
    """
    table = access.area_access(demand, demand, areas=areas, places=places, within_m=within_m, reach=reach)
    area = np.asarray(table.index.get_indexer(pd.Index(areas)), dtype=np.int64)
    n, people = len(table), _held(demand["people"])
    weight, need, ratio = (demand[name].to_numpy(dtype=float) for name in ("weight", "need", "ratio"))
    is_beyond = ~(demand["distance_m"].to_numpy(dtype=float) <= within_m)
    in_need = _sums(weight * need, area, n)
    n_inside = np.nan if inside is None else inside.value_counts().reindex(table.index).fillna(0)
    population = _sums(people, area, n).round()
    return table.assign(
        population=population,
        people_beyond=_sums(people * is_beyond, area, n),
        need_people=_sums(people * need, area, n),
        need_people_beyond=_sums(people * need * is_beyond, area, n),
        need_share=in_need / table["weight"],
        need_within_share=_shares(_sums(weight * need * ~is_beyond, area, n), in_need),
        n_inside=n_inside,
        per_10000=n_inside / population * TEN_THOUSAND,
        catchment_ratio=gaps.weighted_means(ratio, weight, area, n_areas=n),
        edge_share=_sums(weight * demand["is_edge"].to_numpy(dtype=float), area, n) / table["weight"],
        n_lsoas=demand["lsoa_code"].groupby(area).nunique().reindex(range(n)).to_numpy(),
    )


def area_rows(
    areas: pd.DataFrame, found: pd.DataFrame, ranked: pd.DataFrame, *, names: "pd.Series[str]"
) -> pd.DataFrame:
    """`areas` with what was `found` of each and its gap, `ranked` in their order; whole numbers may be NA.

    `names` of the places, by `place_id`.
    """
    own = found.reindex(areas["code"]).drop(columns="need_share").set_axis(areas.index)
    rows = pd.concat([areas, own, ranked.set_axis(areas.index)], axis="columns")
    rows["nearest_place"] = rows["nearest_id"].map(names).astype("str")
    rows["n_lsoas"] = rows["n_lsoas"].fillna(0).astype("int64")
    return rows.astype(dict.fromkeys(COUNTS, "Int64"))


def without_places(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with nothing said of places: NA, never zero."""
    said = [name for name in OF_PLACES if name in rows]
    nothing = np.zeros(len(rows), dtype=bool)
    return rows.assign(**{name: rows[name].where(nothing) for name in said})


def _held(people: "pd.Series[float]") -> FloatArray:
    """`people`, or all NaN where of some it is not held: a part must not stand for the whole."""
    numbers = people.to_numpy(dtype=float)
    return np.where(np.isnan(numbers).any(), np.nan, numbers)


def _sums(values: FloatArray, area: IntArray, n: int) -> FloatArray:
    is_in = area >= 0
    return np.asarray(np.bincount(area[is_in], values[is_in], minlength=n))


def _shares(part: FloatArray, whole: FloatArray) -> FloatArray:
    return np.asarray(np.divide(part, whole, out=np.full(len(whole), np.nan), where=whole > 0))
