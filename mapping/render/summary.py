"""One view in plain words: what a reader who cannot see the map is told first."""

import datetime
from typing import Final

import pandas as pd

from mapping.editions import EDITIONS, INDICES

DEPRIVED_FIFTH: Final = 2
"""The highest decile that belongs to England's most deprived fifth."""
MOST_NAMED: Final = 3
"""More areas than this are counted, not named."""
NO_RECORD: Final = "“No record” does not mean “none there”."
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


def places_sentence(
    shown: pd.DataFrame, recorded: pd.DataFrame, *, council: str, chosen: str = "", on_map: bool = True
) -> str:
    """How many places are shown of those recorded, chosen how, and how many have no published location."""
    if recorded.empty:
        return f"No place is recorded in {council} yet: its record has still to be made."
    which = "all" if len(shown) == len(recorded) else f"{len(shown):,} of"
    said = f"Showing {which} {count(len(recorded), 'place')} recorded in {council}"
    said += f" ({chosen})." if chosen else "."
    hidden = int(shown["easting"].isna().sum())
    if hidden:
        has, it = ("has", "it is") if hidden == 1 else ("have", "they are")
        where = f"{it} in the table, not on the map" if on_map else "the registered office may be a home"
        said += f" {hidden:,} of them {has} no published location: {where}."
    return said


def areas_sentence(areas: pd.DataFrame, *, council: str, geography: str, index: str, told: str) -> str:
    """How many areas are among England's most deprived fifth, and how many of them hold no place.

    `areas` has `decile` and `n_places` (and, for wards, `most_deprived_fifth_share`); an area without a
    decile has no figure. `told` says what is looked for in them: "recorded place"; blank says nothing of it,
    as where places are kept by distance, and an empty area only lies elsewhere.
    """
    one, many = UNITS[geography]
    figured = areas[areas["decile"].notna()]
    deprived = figured[figured["decile"] <= DEPRIVED_FIFTH]
    n, fifth = len(deprived), "England’s most deprived fifth"
    fifth += "" if index == "imd" else f" for {INDICES[index].lower()}"
    if geography == "ward":
        among = f"{'has an average rank' if n <= 1 else 'have average ranks'} in {fifth}"
    else:
        among = f"{'is' if n <= 1 else 'are'} among {fifth}"
    said = f"{f'{n:,}' if n else 'None'} of {council}’s {count(len(figured), one, many)} {among}"
    if n and told:
        said += f"; {_empty_clause(int((deprived['n_places'] == 0).sum()), n, told=told)}"
    return f"{said}.{_spread(figured, deprived) if geography == 'ward' else ''}{_unfigured(areas, one, many)}"


def _empty_clause(empty: int, n: int, *, told: str) -> str:
    if empty == 0:
        return f"{'it has' if n == 1 else 'each has'} at least one {told} with a published location"
    has = "it has" if n == 1 else f"{empty:,} of them {'has' if empty == 1 else 'have'}"
    return f"{has} no {told} with a published location"


def _spread(figured: pd.DataFrame, deprived: pd.DataFrame) -> str:
    """What an average hides: wards that are not in the fifth themselves but hold LSOAs that are."""
    hiding = figured.drop(deprived.index)
    n = int((hiding["most_deprived_fifth_share"] > 0).sum())
    other = "other " if len(deprived) else ""
    return f" {count(n, f'{other}ward holds', f'{other}wards hold')} LSOAs that are in it." if n else ""


def _unfigured(areas: pd.DataFrame, one: str, many: str) -> str:
    missing = areas[areas["decile"].isna()]
    if missing.empty:
        return ""
    names = [str(name) for name in missing["name"]]
    listed = f": {', '.join(names)}" if len(names) <= MOST_NAMED else ""
    return f" {count(len(names), f'{one} has', f'{many} have')} no figure{listed}."


def thin_sentence(completeness: pd.DataFrame, *, council: str) -> str:
    """What the record is known not to hold in `council`: "No record" is not "none there"."""
    if completeness["completeness"].eq("not surveyed").all():
        return f"“No record” does not mean “none there”: {council} has not been surveyed yet."
    missing = completeness[completeness["completeness"] == "not surveyed"]["category"]
    thin = completeness[completeness["completeness"] == "thin"]["category"]
    said = f"{NO_RECORD} Not surveyed in {council}: {_listed(missing)}."
    return said + (f" Thin record: {_listed(thin)}." if len(thin) else "")


def _listed(words: "pd.Series[str]") -> str:
    named = sorted(words)
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named) or "nothing known"


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
