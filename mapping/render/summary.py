"""One view in plain words: what a reader who cannot see the map is told first."""

import datetime
from typing import Final

import pandas as pd

from mapping.editions import EDITIONS, INDICES

DEPRIVED_FIFTH: Final = 2
"""The highest decile that belongs to England's most deprived fifth."""
UNITS: Final = {"lsoa": ("LSOA", "LSOAs"), "ward": ("ward", "wards")}


def count(n: int, one: str, many: str | None = None) -> str:
    """`n` with its noun: "1 place", "37 places", "1,204 places"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def date_words(stamp: str) -> str:
    """A date as a reader says it: "2023-06" → "June 2023", "2018-03-09" → "9 March 2018"."""
    parts = [int(part) for part in stamp.split("-")]
    if len(parts) == 1:
        return stamp
    day = datetime.date(parts[0], parts[1], parts[2] if len(parts) == 3 else 1)
    return day.strftime(f"{day.day} %B %Y" if len(parts) == 3 else "%B %Y")


def places_sentence(shown: pd.DataFrame, recorded: pd.DataFrame, *, council: str, on_map: bool = True) -> str:
    """How many places are shown of those recorded, and how many of them have no published location."""
    if len(shown) == len(recorded):
        said = f"Showing all {count(len(recorded), 'place')} recorded in {council}."
    else:
        said = f"Showing {len(shown):,} of {count(len(recorded), 'place')} recorded in {council}."
    hidden = int(shown["easting"].isna().sum())
    if hidden:
        has, it = ("has", "it is") if hidden == 1 else ("have", "they are")
        where = f"{it} in the table, not on the map" if on_map else "the registered office may be a home"
        said += f" {hidden:,} of them {has} no published location: {where}."
    return said


def areas_sentence(areas: pd.DataFrame, *, council: str, geography: str, index: str, filtered: bool) -> str:
    """How many areas are among England's most deprived fifth, and how many of them hold no place.

    `areas` has `decile` and `n_places`; NA deciles are areas without a figure.
    """
    one, many = UNITS[geography]
    deprived = areas[areas["decile"].le(DEPRIVED_FIFTH).fillna(False).astype(bool)]
    n, total = len(deprived), len(areas)
    fifth = "England’s most deprived fifth" + ("" if index == "imd" else f" for {INDICES[index].lower()}")
    is_one = n <= 1
    if geography == "ward":
        among = f"{'has an average rank' if is_one else 'have average ranks'} in {fifth}"
    else:
        among = f"{'is' if is_one else 'are'} among {fifth}"
    if n == 0:
        return f"None of {council}’s {count(total, one, many)} {among}."
    said = f"{n:,} of {council}’s {count(total, one, many)} {among}"
    empty = int((deprived["n_places"] == 0).sum())
    return f"{said}; {_empty_clause(empty, n, filtered=filtered)}."


def _empty_clause(empty: int, n: int, *, filtered: bool) -> str:
    thing = "place that these filters show" if filtered else "recorded place"
    if empty == 0:
        return f"{'it has' if n == 1 else 'each has'} at least one {thing}"
    if n == 1:
        return f"it has no {thing}"
    return f"{empty:,} of them {'has' if empty == 1 else 'have'} no {thing}"


def thin_sentence(completeness: pd.DataFrame, *, council: str) -> str:
    """What the record is known not to hold in `council`: "No record" is not "none there"."""
    missing = completeness[completeness["completeness"] == "not surveyed"]["category"]
    thin = completeness[completeness["completeness"] == "thin"]["category"]
    said = f"“No record” does not mean “none there”. Not surveyed in {council}: {_listed(missing)}."
    return said + (f" Thin record: {_listed(thin)}." if len(thin) else "")


def _listed(words: "pd.Series[str]") -> str:
    named = sorted(words)
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named) or "nothing known"


def filter_pairs(filters: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The filters that are set, as label and value, for the inside of a file."""
    return tuple((label, value) for label, value in filters.items() if value)


def decile_words(decile: object, *, n: int = 10) -> str:
    """A decile that explains itself: "1 of 10 (most deprived 10 % of England)"."""
    if pd.isna(decile):  # type: ignore[call-overload]
        return "No figure"
    d = int(str(decile))
    if d == 1:
        return f"{d} of {n} (most deprived 10 % of England)"
    if d == n:
        return f"{d} of {n} (least deprived 10 % of England)"
    return f"{d} of {n}"


def edition_line(edition: str, geography: str) -> str:
    """The edition, the geography's vintage and who says so, for a caption."""
    chosen = EDITIONS[edition]
    if geography == "ward":
        return (
            f"{chosen.title} (MHCLG). Wards of 20{chosen.ward[2:4]}: our calculation, population-weighted, "
            f"from best-fit LSOAs of 20{chosen.lsoa[4:6]}."
        )
    return f"{chosen.title} (MHCLG), official figures for LSOAs of 20{chosen.lsoa[4:6]}."
