"""What the colours of one map mean, in words: for the map, the tables' captions and pictures."""

from dataclasses import dataclass
from math import ceil
from typing import Final

import pandas as pd

from mapping.editions import EDITIONS, INDICES, Edition
from mapping.render import palette

RANK_STEPS: Final = 20
"""Colours on a map of national ranks: each is 5 % of England's LSOAs."""
BOUNDARIES: Final = (
    "Simplified boundaries: ONS, OGL v3.0. Contains OS data © Crown copyright and database right 2024."
)
WARDS: Final = "Our calculation, best-fit LSOAs: population-weighted average rank."


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One colour and what it stands for."""

    colour: str
    ink: str
    """Colour of a text on it."""
    label: str
    """What is written on it; empty where nothing is."""
    meaning: str


@dataclass(frozen=True, kw_only=True)
class Legend:
    """The key to one map."""

    title: str
    measure: str
    """What is shaded, and in which unit."""
    low: str
    """What the first entry stands for: the most deprived end."""
    high: str
    """What the last entry stands for."""
    entries: tuple[Entry, ...]
    lines: tuple[str, ...]
    """Explanation, one sentence a line."""
    no_figure: str
    source: str
    credit: str
    """The sentence owed for the boundaries."""
    figure: str
    """How one area's figure is named."""
    n_lsoas: int
    """The rank of the least deprived LSOA."""


def legend(edition: str, index: str, *, geography: str, shade: str) -> Legend:
    """The key to `index` of `edition` ("2025" or "2019").

    Parameters
    ----------
    geography : `lsoa` or `ward`.
    shade : `decile` (ten classes) or `rank` (twenty finer steps of the same colours).
    """
    chosen = EDITIONS[edition]
    by_rank, by_ward = shade == "rank", geography == "ward"
    first = "LSOA in" if by_rank else "10 % of"
    return Legend(
        title=f"{INDICES[index]}{'' if index == 'imd' else ' domain'} {edition}",
        measure=_wards(chosen) if by_ward else _lsoas(chosen, shade),
        low="1, most deprived" if by_rank else "Most deprived 10 %",
        high=f"{chosen.n_lsoas:,}, least" if by_rank else "Least deprived 10 %",
        entries=_rank_entries(chosen) if by_rank else _decile_entries(),
        lines=(f"1 is the most deprived {first} England.", *((WARDS,) if by_ward else ())),
        no_figure="No figure",
        source=f"Source: MHCLG, {chosen.title}, OGL v3.0.",
        credit=BOUNDARIES,
        figure="Average rank" if by_ward else "Rank",
        n_lsoas=chosen.n_lsoas,
    )


def classes(key: Legend, ranks: pd.Series, deciles: pd.Series) -> pd.Series:
    """The position in `key.entries` of each area, on the index of `ranks`; NA where no figure is.

    A decile is taken as its table gives it, so that map and table always agree.
    """
    if len(key.entries) == len(palette.RAMP):
        return deciles.astype("Int64") - 1
    steps = ranks.astype("Float64") * len(key.entries) / key.n_lsoas
    return steps.map(ceil, na_action="ignore").astype("Int64") - 1


def _wards(edition: Edition) -> str:
    return f"Wards of 20{edition.ward[2:4]}"


def _lsoas(edition: Edition, shade: str) -> str:
    return f"LSOAs of 20{edition.lsoa[4:6]} by national {shade}"


def _decile_entries() -> tuple[Entry, ...]:
    n = len(palette.RAMP)
    between = (f"{10 * decile} to {10 * decile + 10} %" for decile in range(1, n - 1))
    meanings = ("Most deprived 10 %", *between, "Least deprived 10 %")
    return tuple(
        Entry(colour=colour, ink=palette.ink_on(colour), label=str(decile), meaning=meaning)
        for decile, (colour, meaning) in enumerate(zip(palette.RAMP, meanings, strict=True), start=1)
    )


def _rank_entries(edition: Edition) -> tuple[Entry, ...]:
    edges = [step * edition.n_lsoas // RANK_STEPS for step in range(RANK_STEPS + 1)]
    return tuple(
        Entry(
            colour=colour,
            ink=palette.ink_on(colour),
            label="",
            meaning=f"Ranks {low + 1:,} to {high:,}",
        )
        for colour, low, high in zip(palette.shades(RANK_STEPS), edges[:-1], edges[1:], strict=True)
    )
