"""Figures of areas: an LSOA's own as published, a ward's from its best-fit LSOAs."""

from typing import Final

import numpy as np
import pandas as pd

from mapping.editions import Edition

NO_LSOA: Final = "No figure: no LSOA has this ward as its best fit, so nothing published adds up to it."
NO_POPULATION: Final = "No figure: the population of its LSOAs is not in the files that were brought."
DEPRIVED_FIFTH: Final = 2
"""The highest decile that belongs to England's most deprived fifth."""


def lsoa_figures(deprivation: pd.DataFrame, best_fit: pd.DataFrame, *, index: str) -> pd.DataFrame:
    """One row an LSOA, by code: `code, name, ward_code, ward_name, lad24cd, rank, decile, score, population`.

    `rank` and `decile` are of the index or domain asked for, as published (1 = most deprived);
    `score` is the published score of the same, NA where it is not held.
    """
    fit = best_fit.set_index("lsoa_code")
    figures = pd.DataFrame(
        {
            "code": deprivation["lsoa_code"],
            "name": deprivation["lsoa_name"],
            "ward_code": deprivation["lsoa_code"].map(fit["ward_code"]),
            "ward_name": deprivation["lsoa_code"].map(fit["ward_name"]),
            "lad24cd": deprivation["lad24cd"],
            "rank": deprivation[f"{index}_rank"],
            "decile": deprivation[f"{index}_decile"],
            "score": deprivation[f"{index}_score"],
            "population": deprivation["population"],
        }
    )
    return figures.sort_values("code", ignore_index=True)


def ward_figures(lsoas: pd.DataFrame, *, edition: Edition, wards: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row a ward, by name, from `lsoas` as `lsoa_figures` gives them.

    Columns `code, name, lad24cd, n_lsoas, population, rank, decile, n_most_deprived,
    most_deprived_fifth_share, why`. `rank` is the population-weighted mean of the ranks of the
    ward's best-fit LSOAs (1 = most deprived), `decile` the tenth of England's LSOA ranks that
    mean falls in, `n_most_deprived` its LSOAs in decile 1, `most_deprived_fifth_share` the share
    (0 to 1) of its population living in LSOAs of deciles 1 and 2. All our calculation.
    A ward of `wards` (`wd24cd, wd24nm, lad24cd`) without any LSOA, or with an LSOA of unknown population,
    has NA figures and `why`.
    """
    weighted = lsoas.assign(
        ranked=lsoas["rank"] * lsoas["population"],
        fifth=lsoas["population"].where(lsoas["decile"] <= DEPRIVED_FIFTH, 0),
        first=lsoas["decile"] == 1,
        unknown=lsoas["population"].isna(),
    )
    figures = (
        weighted.groupby("ward_code")
        .agg(
            name=("ward_name", "first"),
            lad24cd=("lad24cd", "first"),
            n_lsoas=("code", "size"),
            n_most_deprived=("first", "sum"),
            n_unknown=("unknown", "sum"),
            **{total: (total, "sum") for total in ("population", "ranked", "fifth")},
        )
        .rename_axis("code")
        .reset_index()
    )
    unknown = figures["n_unknown"] > 0
    figures["why"] = pd.Series("", index=figures.index).mask(unknown, NO_POPULATION)
    population = figures["population"].astype("Float64").mask(unknown)
    figures["population"] = population
    figures["rank"] = figures["ranked"] / population
    figures["decile"] = np.ceil(10 * figures["rank"] / edition.n_lsoas)
    figures["most_deprived_fifth_share"] = figures["fifth"] / population
    if wards is not None:
        figures = pd.concat([figures, _without_figure(wards, figures)], ignore_index=True)
    types = {"n_lsoas": "Int64", "population": "Int64", "decile": "Int64", "n_most_deprived": "Int64"}
    types |= {"rank": "float64", "most_deprived_fifth_share": "float64"}
    columns = ["code", "name", "lad24cd", "n_lsoas", "population", "rank", "decile"]
    columns += ["n_most_deprived", "most_deprived_fifth_share", "why"]
    return figures[columns].astype(types).sort_values(["name", "code"], ignore_index=True)


def _without_figure(wards: pd.DataFrame, figures: pd.DataFrame) -> pd.DataFrame:
    """The wards of the same councils that `figures` lacks, with the reason."""
    of_councils = wards[wards["lad24cd"].isin(figures["lad24cd"])]
    missing = of_councils[~of_councils["wd24cd"].isin(figures["code"])]
    named = missing.rename(columns={"wd24cd": "code", "wd24nm": "name"})[["code", "name", "lad24cd"]]
    return named.assign(n_lsoas=0, why=NO_LSOA)


def count_places(areas: pd.DataFrame, places: pd.DataFrame, *, by: str) -> pd.Series:
    """How many of `places` have each area's code in column `by`, on the index of `areas`.

    A place without a code is counted nowhere.
    """
    counts = places[by].value_counts()
    return areas["code"].map(counts).fillna(0).astype("int64")
