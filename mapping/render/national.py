"""England's districts on one map: what is shaded, and the key to it."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.editions import EDITIONS, INDICES, SUMMARY_MEASURES
from mapping.render import legend, palette
from mapping.render import national_words as words
from mapping.render.shapes import Bounds, GeoFile

FEW: Final = 12
"""So few districts are named on the map, and each is marked however small it is drawn."""

CLOSER: Final = "Zoom in to see LSOAs."
SOME_SHADED: Final = "Shades compare only those that have it."


@dataclass(frozen=True, kw_only=True)
class Class:
    """One shade and the districts that have it."""

    colour: str
    values: str
    """Its highest and lowest value, with the unit."""
    ranks: str
    """Its best and worst rank, or how many districts where they have none."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """The key to one map of districts."""

    title: str
    measure: str
    """What is shaded, in a sentence with its unit."""
    entries: tuple[Class, ...]
    """The most deprived first."""
    lines: tuple[str, ...]
    """Explanation, one sentence a line."""
    no_figure: str
    source: str
    credit: str
    figure: str
    """How one district's value is named."""
    lsoas: legend.Legend
    """The key to the LSOAs that are drawn close up."""


@dataclass(frozen=True, kw_only=True)
class Detail:
    """Where LSOAs come from when the map is close: `areas`, a council's code and `.json`; so for `values`."""

    areas: str
    values: str
    councils: tuple[str | None, ...]
    """The council of each district, where its LSOAs are to be had."""
    sizes: tuple[int, ...]
    """LSOAs of each district."""


@dataclass(frozen=True, kw_only=True)
class NationalState:
    """All that one view of England shows, as plain values in the order of the districts' file."""

    areas: str
    classes: tuple[int | None, ...]
    told: tuple[tuple[str, str], ...]
    """Value and rank of each district, in words; blank where it has none."""
    lit: tuple[int, ...] | None
    """Positions of the districts that are shaded; `None` shades all."""
    bounds: Bounds
    selected: str
    """`area:CODE` or empty."""
    said: tuple[str, ...]
    """What is selected in a line, part by part."""
    legend: Key
    detail: Detail
    is_named: bool
    """Whether each district's name is written on the map."""


def key(figures: pd.DataFrame, *, measure: str, index: str, edition: str) -> Key:
    """The key to `figures`: columns `class`, `measure` and `rank_of_…`, one row a district held."""
    ranked = figures[f"rank_of_{measure}"].notna().any()
    if ranked:
        said = f"Rank 1 is the most deprived of {EDITIONS[edition].n_districts:,} districts."
    else:
        said = words.not_all_words(len(figures), edition) or f"{words.NO_RANK} {SOME_SHADED}"
    return Key(
        title=SUMMARY_MEASURES[measure],
        measure=words.unit_words(measure, index=index, edition=edition),
        entries=classes(figures, measure=measure, index=index),
        lines=(f"{said} {CLOSER}",),
        no_figure="No figure",
        source=f"{_index_words(index)} {edition}, MHCLG, OGL v3.0. {words.OURS}",
        credit=legend.BOUNDARIES,
        figure=SUMMARY_MEASURES[measure],
        lsoas=legend.legend(edition, index, geography="lsoa", shade="decile"),
    )


def classes(figures: pd.DataFrame, *, measure: str, index: str) -> tuple[Class, ...]:
    """One entry for each value of `class`, the most deprived first, in colours from dark to light."""
    groups = list(figures[figures["class"].notna()].groupby("class"))
    ends = [group[measure].agg(["min", "max"]) for _, group in groups]
    colours = palette.shades(max(2, len(groups)))
    return tuple(
        Class(
            colour=colour,
            values=_span(*words.value_words(end, measure=measure, index=index)),
            ranks=_ranks(group[f"rank_of_{measure}"]),
        )
        for colour, end, (_, group) in zip(colours, ends, groups, strict=False)
    )


def national_state(
    areas: GeoFile,
    figures: pd.DataFrame,
    *,
    measure: str,
    index: str,
    edition: str,
    built: Collection[str],
    lit: Collection[str] | None = None,
    selected: str = "",
) -> NationalState:
    """One view of England as plain values.

    Parameters
    ----------
    figures : `code`, `name`, `lad24cd`, `n_lsoas`, `class`, `measure` and its `rank_of_…`; a district of
        `areas` without a row has no figure.
    built : codes of the councils of today whose LSOAs can be fetched.
    lit : codes of the districts to shade; all where not given.
    """
    told = figures.assign(
        value=words.value_words(figures[measure], measure=measure, index=index),
        rank=words.rank_words(figures[f"rank_of_{measure}"]),
    )
    rows = told.set_index("code").reindex(list(areas.keys))
    pairs = tuple(zip(rows["value"].fillna(""), rows["rank"].fillna(""), strict=True))
    return NationalState(
        areas=areas.address,
        classes=tuple(None if pd.isna(each) else int(each) for each in rows["class"]),
        told=pairs,
        lit=None if lit is None else tuple(i for i, code in enumerate(areas.keys) if code in set(lit)),
        bounds=_roomy(areas.bounds) if len(areas.keys) <= FEW else areas.bounds,
        selected=selected,
        said=_said(told, selected.removeprefix("area:"), n=EDITIONS[edition].n_districts),
        legend=key(figures, measure=measure, index=index, edition=edition),
        detail=Detail(
            areas=f"areas/{EDITIONS[edition].lsoa}/",
            values=f"values/{edition}/{index}/",
            councils=tuple(code if code in built else None for code in rows["lad24cd"]),
            sizes=tuple(rows["n_lsoas"].fillna(0).astype(int)),
        ),
        is_named=len(areas.keys) <= FEW,
    )


def _roomy(bounds: Bounds) -> Bounds:
    """`bounds` and a sixth more on each side, where names are written."""
    west, south, east, north = bounds
    wide, high = (east - west) / 6, (north - south) / 6
    return west - wide, south - high, east + wide, north + high


def _said(told: pd.DataFrame, code: str, *, n: int) -> tuple[str, ...]:
    for _, row in told[told["code"] == code].iterrows():
        rank = f", rank {row['rank']} of {n}" if row["rank"] else ""
        return str(row["name"]), f"{row['value'] or 'no figure'}{rank}"
    return ()


def _index_words(index: str) -> str:
    return INDICES[index] if index == "imd" else f"{INDICES[index]} domain"


def _ranks(ranks: pd.Series) -> str:
    """ "Rank 3", "Ranks 1 to 59", or how many districts share it."""
    if ranks.isna().any():
        return f"{len(ranks):,} district{'' if len(ranks) == 1 else 's'}"
    low, high = int(ranks.min()), int(ranks.max())
    if low == high:
        return f"Rank {low}" if len(ranks) == 1 else f"Joint rank {low}: {len(ranks)} districts"
    return f"Ranks {low} to {high}"


def _span(low: str, high: str) -> str:
    """ "20.1 to 45.3 %"; once where both are one."""
    return high if high == low else f"{low.removesuffix(' %')} to {high}"
