"""What both editions say of one area: how the areas correspond, and why nothing is subtracted."""

from collections.abc import Mapping
from typing import Final, Protocol

import pandas as pd

from mapping.editions import EDITIONS
from mapping.render.gap_words import joined

WHY: Final = (
    "No difference is shown: the editions rank different areas by different indicators of different dates, "
    "and a rank also moves when other areas change, so a change of rank is neither an improvement nor a "
    "decline."
)
BECAME: Final = {
    "unchanged": "The same LSOA in both editions: it kept its code and its land.",
    "split": "For 2021, {old} was split into {new}.",
    "merged": "For 2021, {old} were merged into {new}.",
    "complex": "For 2021, {old} became {new}, redrawn in a way that is neither a split nor a merger.",
    "unknown": "What it is in the other edition is not held here.",
}
WARDS: Final = (
    "Wards are redrawn now and then, and LSOAs do not nest in them: what they share is approximate."
)
NOT_HELD: Final = "not held"
NO_FIGURE: Final = "no figure"
AREA: Final = "Area"
"""The label of the row that names the areas."""


class Found(Protocol):
    """One area and its counterparts in both editions: see `analysis.codes_editions.SideBySide`."""

    @property
    def areas(self) -> pd.DataFrame: ...
    @property
    def changed(self) -> str: ...
    @property
    def kin(self) -> Mapping[str, tuple[str, ...]]: ...


def relation(
    found: Found, *, geography: str, edition: str, code: str, names: Mapping[str, Mapping[str, str]]
) -> str:
    """How the area `code` of `edition` corresponds to those of the other edition.

    `geography` is `lsoa` or `ward`; `names` of LSOAs by code, by edition held.
    """
    if geography == "lsoa":
        named = {
            year: joined([named_code(names.get(year, {}).get(each), each) for each in codes] or [NOT_HELD])
            for year, codes in found.kin.items()
        }
        return BECAME[found.changed].format(old=named["2019"], new=named["2025"])
    others = found.areas[~is_chosen(found, edition=edition, code=code)]
    vintage = f"20{EDITIONS[_other(edition)].ward[2:4]}"
    if others.empty:
        return f"{WARDS} It shares no LSOA with a ward of {vintage} that is held here."
    parts = [f"{n} ({share_of(part)} of it)" for n, part in zip(others["name"], others["share"], strict=True)]
    return f"{WARDS} By its best-fit LSOAs it corresponds to {joined(parts)}, of the wards of {vintage}."


def rows(found: Found, *, geography: str, edition: str, code: str) -> list[list[str]]:
    """A label and a cell for each area, older edition first: what each edition says, in plain text."""
    is_lsoa = geography == "lsoa"
    labels = ["Edition", AREA, "Rank, 1 the most deprived", "Decile"]
    if not is_lsoa:
        labels[2:] = ["Average rank, 1 the most deprived", "Which falls in decile"]
        labels += ["Best-fit LSOAs", "Shared with the chosen ward"]
    chosen = is_chosen(found, edition=edition, code=code)
    columns = [
        column(area, is_lsoa=is_lsoa, is_chosen=is_it)
        for (_, area), is_it in zip(found.areas.iterrows(), chosen, strict=True)
    ]
    return [[label, *cells] for label, *cells in zip(labels, *columns, strict=True)]


def column(area: pd.Series, *, is_lsoa: bool, is_chosen: bool) -> list[str]:
    """What one edition says of one area, cell by cell."""
    edition = EDITIONS[area["edition"]]
    kind = f"LSOA of 20{edition.lsoa[4:6]}" if is_lsoa else f"ward of 20{edition.ward[2:4]}"
    is_figured, none = pd.notna(area["rank"]), NOT_HELD if pd.isna(area["why"]) else NO_FIGURE
    cells = [
        f"{edition.year} (chosen)" if is_chosen else edition.year,
        f"{named_code(area['name'], area['code'])}, {kind}",
        f"{area['rank']:,.0f} of {edition.n_lsoas:,} LSOAs" if is_figured else none,
        f"{area['decile']} of 10" if is_figured else none,
    ]
    if not is_lsoa:
        cells.append(NOT_HELD if pd.isna(area["n_lsoas"]) else f"{area['n_lsoas']:,}")
        cells.append("itself" if is_chosen else share_of(area["share"]))
    return cells


def is_chosen(found: Found, *, edition: str, code: str) -> "pd.Series[bool]":
    """Which of the areas found is the one asked about, on their index."""
    return (found.areas["edition"] == edition) & (found.areas["code"] == code)


def named_code(name: object, code: str) -> str:
    """An area by name and code; by its code where no name is held."""
    return code if pd.isna(name) else f"{name} ({code})"  # type: ignore[call-overload]


def share_of(share: float) -> str:
    """How much one ward shares with another, no finer than best fit knows."""
    return f"about {100 * share:.0f} %"


def _other(edition: str) -> str:
    return next(year for year in EDITIONS if year != edition)
