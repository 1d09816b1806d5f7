"""England's districts side by side: their summary measures, in classes, and what a weighting moves."""

from collections.abc import Mapping
from math import ceil
from typing import Final

import pandas as pd

from mapping.analysis import codes, measures, search, weighting
from mapping.editions import DOMAINS, OFFICIAL_WEIGHTS, SUMMARY_MEASURES, Edition
from mapping.errors import UnknownAreaError, UnusableWeightsError

CLASSES: Final = 5
"""Fifths of the districts: few enough to tell each shade from the next on a map."""
MOST: Final = 1.0
"""The heaviest that one domain may weigh in a weighting of one's own."""


def district_figures(
    deprivation: pd.DataFrame, districts: pd.DataFrame, *, edition: Edition, index: str = "imd"
) -> pd.DataFrame:
    """One row a district of the edition, by name: `name lad24cd lad24nm`, and `measures.COLUMNS` with ranks.

    Parameters
    ----------
    deprivation : `schemas.Deprivation` of the edition.
    districts : `schemas.Districts`.

    A rank is among all of England's districts of the edition (1 = most deprived), so it is NA for all where
    one district lacks the measure or is not in `deprivation`. `why` says what a missing measure lacks.
    """
    figures = measures.summaries(deprivation, by="lad_code", n=edition.n_lsoas, index=index)
    named = districts[districts["edition"] == edition.year].set_index("lad_code")
    ranked = measures.ranked(figures)
    for measure in SUMMARY_MEASURES:
        if len(deprivation) < edition.n_lsoas or figures[measure].isna().any():
            ranked[f"rank_of_{measure}"] = pd.array([pd.NA] * len(figures), dtype="Int64")
    told = {column: ranked["code"].map(named[column]) for column in ("lad_name", "lad24cd", "lad24nm")}
    table = ranked.assign(**told).rename(columns={"lad_name": "name"})
    return table.sort_values(["name", "code"], ignore_index=True)


def quantile_classes(values: pd.Series, *, n: int = CLASSES) -> pd.Series:
    """The class of each value, on its index: 0 holds the highest, at most `n` classes; NA where no value is.

    Classes hold about as many districts each. Equal values are never parted; the lowest value is a class of
    its own where more than a class's worth share it, as with districts that have no LSOA in decile 1.
    """
    known = values.dropna().round(measures.DECIMALS)
    n = min(n, known.nunique())
    is_lowest = known == known.min()
    apart = n > 1 and is_lowest.sum() > len(known) / n
    cut = known[~is_lowest] if apart else known
    places = cut.rank(method="average", ascending=False) * (n - apart) / max(1, len(cut))
    cuts = places.map(ceil).reindex(known.index, fill_value=n)
    dense = cuts.rank(method="dense").astype("Int64") - 1
    return dense.reindex(values.index)


def is_found(figures: pd.DataFrame, text: str) -> "pd.Series[bool]":
    """Whether each district answers `text`: by part of its name, slips of spelling forgiven, or a code of it.

    The code may be an old one, of the district itself or of one that it has taken in.
    """
    by_name = search.matches(figures[["name"]], text)
    sign = text.strip().casefold()
    within = figures["name"].str.casefold().str.contains(sign, regex=False)
    by_code = figures["code"].str.casefold() == sign
    return by_name | within | (by_code if by_code.any() else figures["lad24cd"] == _district_of(sign))


def _district_of(code: str) -> str:
    try:
        return codes.current_district(code.upper())
    except UnknownAreaError:
        return ""


def weights_text(weights: Mapping[str, float]) -> str:
    """Weights of the domains, 0 to 1, as a link and the command line hold them; blank for the official ones.

    As given, whatever their sum: `income=0.3,employment=0.225,…`.
    """
    is_official = all(abs(weights[name] - OFFICIAL_WEIGHTS[name]) < 1e-6 for name in DOMAINS)
    return "" if is_official else ",".join(f"{name}={weights[name]:.3g}" for name in DOMAINS)


def read_weights(text: str) -> dict[str, float] | None:
    """The weights that a link holds, each from 0 to `MOST`; the official ones for blank, None for rubbish."""
    if not text:
        return dict(OFFICIAL_WEIGHTS)
    try:
        weights = dict.fromkeys(DOMAINS, 0.0) | weighting.parse_weights(text)
    except UnusableWeightsError:
        return None
    return weights if max(weights.values()) <= MOST else None


def own_lsoas(deprivation: pd.DataFrame, weights: Mapping[str, float], *, edition: Edition) -> pd.DataFrame:
    """One row an LSOA by rank: its official figures beside those that `weights` make.

    Columns `lsoa_code, lsoa_name, lad_code, official_rank, own_rank, official_decile, own_decile, own_score`.
    Ranks are among the LSOAs of `deprivation` (1 = most deprived): of England where it holds all of them;
    else `own_decile` is NA, for other weights move all of England. Raises UnusableWeightsError.
    """
    own = weighting.reweighted(deprivation, weights, n=edition.n_lsoas)
    table = deprivation[["lsoa_code", "lsoa_name", "lad_code"]].assign(
        official_rank=deprivation["imd_rank"].rank(method="min").astype("Int64"),
        own_rank=own["rank"],
        official_decile=deprivation["imd_decile"],
        own_decile=own["decile"],
        own_score=own["score"].round(3),
    )
    return table.sort_values(["own_rank", "lsoa_code"], ignore_index=True)


def own_districts(
    deprivation: pd.DataFrame, districts: pd.DataFrame, weights: Mapping[str, float], *, edition: Edition
) -> pd.DataFrame:
    """`district_figures` of the Index of Multiple Deprivation as `weights` make it.

    `deprivation` holds all of England's LSOAs. Raises UnusableWeightsError.
    """
    own = weighting.reweighted(deprivation, weights, n=edition.n_lsoas)
    remade = deprivation.assign(imd_score=own["score"], imd_rank=own["rank"], imd_decile=own["decile"])
    return district_figures(remade, districts, edition=edition)
