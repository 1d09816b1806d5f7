"""What one area of a council stands on: its place in each domain, its people, its LSOAs."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from mapping.editions import INDICES, Edition

DECILES: Final = range(1, 11)
TENTH: Final = 1
"""The highest decile that belongs to England's most deprived tenth."""
FIFTH: Final = 2
"""The highest decile that belongs to its most deprived fifth."""


@dataclass(frozen=True, kw_only=True)
class People:
    """Who lives in an area, by its LSOAs; None where that is not held of all of them."""

    n_lsoas: int
    population: int | None
    working_age: float | None
    """Quarters of a person occur."""
    tenth: int | None
    """Residents of LSOAs in England's most deprived tenth."""
    fifth: int | None
    """Residents of LSOAs in England's most deprived fifth."""

    @property
    def tenth_share(self) -> float | None:
        """Of all residents, 0 to 1."""
        return None if self.tenth is None or not self.population else self.tenth / self.population

    @property
    def fifth_share(self) -> float | None:
        """Of all residents, 0 to 1."""
        return None if self.fifth is None or not self.population else self.fifth / self.population


def people(lsoas: pd.DataFrame, *, index: str = "imd") -> People:
    """The people of the LSOAs given, `schemas.Deprivation`; deprived by the `index` or domain."""
    decile, living = lsoas[f"{index}_decile"], lsoas["population"]
    is_held = len(lsoas) > 0 and bool(living.notna().all())
    workers = lsoas["working_age_population"]
    return People(
        n_lsoas=len(lsoas),
        population=int(living.sum()) if is_held else None,
        working_age=float(workers.sum()) if len(lsoas) and workers.notna().all() else None,
        tenth=int(living[decile <= TENTH].sum()) if is_held else None,
        fifth=int(living[decile <= FIFTH].sum()) if is_held else None,
    )


def domains(lsoas: pd.DataFrame, codes: Collection[str], *, edition: Edition) -> pd.DataFrame:
    """One row an area and index: `code, index, name, rank, decile, less_deprived_share`; indices in order.

    Parameters
    ----------
    lsoas : `schemas.Deprivation` of `edition`, with `area`: the code of the area that each belongs to.
    codes : of the areas asked for.

    An LSOA by itself has its published rank and decile. Of a ward `rank` is the mean of its LSOAs' ranks,
    weighed by population, and `decile` the tenth of England's LSOA ranks that it falls in: our calculation,
    as in `summarise.ward_figures`. `name` is that of the index; `less_deprived_share` the part of England's
    LSOAs, 0 to 1, that rank as less deprived. NA where the area has no LSOA, or a population is not held.
    """
    n, is_whole = edition.n_lsoas, bool((lsoas["area"] == lsoas["lsoa_code"]).all())
    ranks = lsoas[[f"{index}_rank" for index in INDICES]].astype(float)
    if is_whole:
        means = ranks.set_axis(pd.Index(lsoas["area"]))
    else:
        people = lsoas["population"].astype("Float64").to_numpy(float, na_value=np.nan)
        areas = lsoas["area"].to_numpy()
        summed = ranks.mul(people, axis="index").assign(people=people).groupby(areas).sum(skipna=False)
        means = summed.drop(columns="people").div(summed["people"], axis="index")
    table = means.reindex(list(codes)).set_axis(list(INDICES), axis="columns").rename_axis("code")
    long = table.reset_index().melt("code", var_name="index", value_name="rank")
    long = long.assign(name=long["index"].map(INDICES), decile=np.ceil(10 * long["rank"] / n))
    long["less_deprived_share"] = (n - long["rank"]) / n
    types = {"rank": "Float64", "decile": "Int64", "less_deprived_share": "Float64"}
    return long[["code", "index", "name", "rank", "decile", "less_deprived_share"]].astype(types)


def by_decile(lsoas: pd.DataFrame, *, index: str = "imd") -> dict[int, int]:
    """How many of the LSOAs given are in each decile of England, 1 (most deprived) to 10."""
    counted = lsoas[f"{index}_decile"].value_counts()
    return {decile: int(counted.get(decile, 0)) for decile in DECILES}
