"""Where people live: the population of each LSOA, spread over the postcodes that stand for its homes."""

from collections.abc import Collection

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.distances import IntArray, StraightLine, positions


def demand_points(postcodes: pd.DataFrame, lsoas: pd.DataFrame, *, lsoa: str) -> pd.DataFrame:
    """The points that people are counted at, one a postcode, on the unique text index `point`.

    An LSOA's population is spread evenly over its live small-user postcodes, mostly homes; over all its live
    ones where it has no small-user one; over all its postcodes where none is live. So the people of every
    LSOA with a postcode add up to its published population. Sorted by `lsoa_code`, then `point`.

    Parameters
    ----------
    postcodes : `schemas.Postcodes` on its `postcode`; those of other LSOAs are left out.
    lsoas : `schemas.Deprivation`, the LSOAs meant.
    lsoa : `lsoa11cd` or `lsoa21cd`: the vintage of `lsoas`.

    Returns
    -------
    easting, northing : metres, EPSG:27700.
    lsoa_code
    people : NaN where the population of the LSOA is not held.
    weight : above 0. `people`; but where the population of any of `lsoas` is not held, each LSOA counts as 1
        and its points share that.
    """
    mine = postcodes[postcodes[lsoa].isin(lsoas["lsoa_code"])]
    code, codes = pd.factorize(mine[lsoa], sort=True)
    is_counted = _is_counted(mine, code, n=len(codes))
    mine, code = mine[is_counted], code[is_counted]
    order = np.lexsort((pd.factorize(mine.index, sort=True)[0], code))
    mine, code = mine.iloc[order], code[order]
    share = (1 / np.maximum(np.bincount(code, minlength=len(codes)), 1))[code]
    population = lsoas.set_index("lsoa_code")["population"].astype("Float64")
    people = population.reindex(codes).to_numpy(dtype=float, na_value=np.nan)[code] * share
    points = mine[["easting", "northing"]].astype(float).rename_axis("point")
    return points.assign(
        lsoa_code=mine[lsoa],
        people=people,
        weight=share if population.isna().any() else people,
    )


def unplaced(lsoas: pd.DataFrame, demand: pd.DataFrame) -> list[str]:
    """The codes of those of `lsoas` for which no postcode is held, sorted: their people are at no point."""
    codes = lsoas["lsoa_code"]
    return sorted(set(codes) - set(demand["lsoa_code"].unique()))


def near_others(
    demand: pd.DataFrame, postcodes: pd.DataFrame, *, recorded: Collection[str], within_m: float
) -> "pd.Series[bool]":
    """Whether people live near where nothing is recorded, on the index of `demand`.

    True where a live postcode of a council (`lad24cd`) that is not in `recorded` is at most `within_m` metres
    away in a straight line.
    """
    others = postcodes[postcodes["is_live"] & ~postcodes["lad24cd"].isin(list(recorded))]
    _, metres = StraightLine(detour=1).nearest(positions(demand), positions(others))
    return pd.Series(metres <= within_m, index=demand.index, name="near_others")


def _is_counted(postcodes: pd.DataFrame, code: IntArray, *, n: int) -> "npt.NDArray[np.bool_]":
    """Whether each of `postcodes` stands for people of its LSOA; `code` numbers the `n` LSOAs."""
    is_live = postcodes["is_live"].to_numpy(dtype=bool)
    is_home = is_live & postcodes["is_small_user"].to_numpy(dtype=bool, na_value=False)
    has_home = np.bincount(code[is_home], minlength=n) > 0
    has_live = np.bincount(code[is_live], minlength=n) > 0
    return np.where(has_home[code], is_home, is_live | ~has_live[code])
