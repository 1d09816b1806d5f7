"""England's districts in words: a value with its unit, a rank with its ties, a view in a sentence."""

from math import isnan
from typing import Final

import pandas as pd

from mapping.editions import EDITIONS, INDICES, SUMMARY_MEASURES
from mapping.render import summary

SHARES: Final = ("proportion_most_deprived_share", "extent_share")
SCORE_DECIMALS: Final = {"income": 3, "employment": 3, "health": 2, "crime": 2}
"""Of the scores that are small numbers; the others have one."""
PHRASES: Final = {
    "proportion_most_deprived_share": "the share of their LSOAs that are among England’s most deprived 10 %",
    "average_rank": "the average rank of their LSOAs",
    "average_score": "the average score of their LSOAs",
    "extent_share": "the extent of deprivation: the share of residents who live in deprived LSOAs",
    "local_concentration": "how deprived their most deprived LSOAs are",
}
"""What each measure is, to end "England’s districts by …"."""
UNITS: Final = {
    "proportion_most_deprived_share": "Per cent of the district’s LSOAs that are among England’s most "
    "deprived 10 %.",
    "average_rank": "Average of LSOA ranks weighted by residents, counted so that {n:,} is most deprived.",
    "average_score": "Average of LSOA scores weighted by residents: the higher, the more deprived.",
    "extent_share": "Per cent of residents: all of those in England’s most deprived 10 % of LSOAs, "
    "and fewer and fewer up to the most deprived 30 %.",
    "local_concentration": "Average of LSOA ranks where the most deprived tenth of residents live, counted "
    "so that {n:,} is most deprived.",
}
"""Each measure in a sentence with its unit; `n` is the number of LSOAs."""
OURS: Final = "Our calculation by MHCLG’s published method."

NO_RANK: Final = "No rank: the measure is not known of every district."
HIGHER: Final = (
    "The higher a value, the more deprived: average rank and local concentration count LSOAs up to {n:,}, "
    "the most deprived."
)
"""Which way values go, where ranks go the other way; `n` is the number of LSOAs."""


def unit_words(measure: str, *, index: str, edition: str) -> str:
    """What `measure` of `index` is, in a sentence with its unit."""
    said = UNITS[measure].format(n=EDITIONS[edition].n_lsoas)
    return said.replace("residents", "residents of working age") if index == "employment" else said


def value_words(values: pd.Series, *, measure: str, index: str = "imd") -> "pd.Series[str]":
    """Each value of `measure` with its unit, on their index: "17.2 %", "21,272", "28.8"; blank for NA."""
    decimals = 1 if measure in SHARES else 0
    if measure == "average_score":
        decimals = SCORE_DECIMALS.get(index, 1)
    unit = " %" if measure in SHARES else ""
    scaled = 100 * values if measure in SHARES else values

    def words(value: float) -> str:
        if isnan(value):
            return ""
        return f"0{unit}" if value == 0 else f"{value:,.{decimals}f}{unit}"

    return pd.Series([words(value) for value in scaled], index=values.index, dtype=str)


def rank_words(ranks: pd.Series) -> "pd.Series[str]":
    """Each rank, on their index: "47", "joint 190" where others share it, blank for NA."""
    shared = ranks.duplicated(keep=False)
    words = [
        "" if pd.isna(rank) else f"{'joint ' if many else ''}{rank:,}"
        for rank, many in zip(ranks, shared, strict=True)
    ]
    return pd.Series(words, index=ranks.index, dtype=str)


def districts_sentence(figures: pd.DataFrame, *, measure: str, index: str, edition: str) -> str:
    """What is shaded, how many districts it is known of, and the two ends of it.

    `figures` : `name` and `measure`, one row a district of the edition that is held.
    """
    n, of = len(figures), EDITIONS[edition].n_districts
    known = figures[figures[measure].notna()].sort_values(measure, ascending=False, kind="stable")
    who = f"England’s {n:,} districts" if n == of else f"The {summary.count(n, 'district')} held"
    said = f"{who} by {PHRASES[measure]} ({INDICES[index]}, {edition})"
    if known.empty:
        return f"{said}: the files that are held have no such figure for {'any' if n > 1 else 'it'}."
    words = value_words(known[measure], measure=measure, index=index)
    first, last = f"{known['name'].iloc[0]} ({words.iloc[0]})", _least(known, words)
    if len(known) == n:
        return f"{said}: from {first}, the most deprived, to {last}."
    has = summary.count(len(known), "of them has", "of them have")
    return f"{said}. Only {has} that figure, from {first} to {last}: the table says what the others lack."


def _least(known: pd.DataFrame, words: "pd.Series[str]") -> str:
    last = words[words == words.iloc[-1]]
    if len(last) == 1:
        return f"{known['name'].iloc[-1]} ({words.iloc[-1]})"
    return f"{len(last):,} districts with {words.iloc[-1]}"


def not_all_words(n: int, edition: str) -> str:
    """Why nothing is ranked where not all of England is held; blank where it is."""
    of = EDITIONS[edition].n_districts
    if n == of:
        return ""
    return (
        f"{n:,} of England’s {of:,} districts are held, so there is no rank among all of them, and shades "
        "compare only these with each other."
    )


def measure_name(measure: str, index: str) -> str:
    """What a table calls `measure`."""
    name = SUMMARY_MEASURES[measure]
    return name if index == "imd" else f"{name}, {INDICES[index].lower()}"
