"""What both editions say of the area that is chosen: side by side, and never subtracted."""

from collections.abc import Iterable
from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis import codes_editions
from mapping.analysis.codes_editions import SideBySide
from mapping.analysis.filters import Filters
from mapping.editions import EDITIONS, INDICES
from mapping.ui import cache
from mapping.ui.components.text import plain

NAME: Final = "Editions side by side"
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
    codes_editions.UNKNOWN: "What it is in the other edition is not held here.",
}
WARDS: Final = (
    "Wards are redrawn now and then, and LSOAs do not nest in them: what they share is approximate."
)
NOT_HELD: Final = "not held"
NO_FIGURE: Final = "no figure"


def button(filters: Filters, *, code: str) -> None:
    """The button that opens both editions of the area `code`."""
    box = st.popover(NAME, icon=":material/view_column:", key="editions", on_change="rerun")
    if box.open:
        with box:
            draw(filters, code=code)


def draw(filters: Filters, *, code: str) -> None:
    """How the areas correspond, why no difference is shown, and what each edition says."""
    found = side_by_side(filters, code=code)
    name = found.areas.loc[_is_chosen(found, filters, code), "name"].iloc[0]
    st.markdown(f"#### {plain(name)}: {INDICES[filters.index]}")
    st.markdown(f"{plain(relation(found, filters, code=code))} {plain(WHY)}")
    st.markdown(table(found, filters, code=code))
    missing = found.areas[found.areas["rank"].isna() & found.areas["why"].isna()]
    for year in sorted({*EDITIONS} - {*cache.atlas().editions} | {*missing["edition"]}):
        st.markdown(plain(f"Not all figures of {year} are held here: fetch that edition, and build again."))


def side_by_side(filters: Filters, *, code: str) -> SideBySide:
    """The area and its counterparts in the other edition."""
    atlas = cache.atlas()
    figures = {edition: cache.lsoa_figures(edition, filters.index) for edition in atlas.editions}
    if filters.geography == "lsoa":
        return codes_editions.lsoa_side_by_side(
            code, edition=filters.edition, figures=figures, changes=atlas.changes
        )
    return codes_editions.ward_side_by_side(
        code,
        edition=filters.edition,
        figures=figures,
        best_fit=atlas.best_fit,
        changes=atlas.changes,
        wards=atlas.wards,
    )


def relation(found: SideBySide, filters: Filters, *, code: str) -> str:
    """How the area corresponds to those of the other edition."""
    if filters.geography == "lsoa":
        named = {year: _listed(_lsoa_names(year, codes, filters)) for year, codes in found.kin.items()}
        return BECAME[found.changed].format(old=named["2019"], new=named["2025"])
    others = found.areas[~_is_chosen(found, filters, code)]
    vintage = f"20{EDITIONS[codes_editions.other_edition(filters.edition)].ward[2:4]}"
    if others.empty:
        return f"{WARDS} It shares no LSOA with a ward of {vintage} that is held here."
    parts = [f"{n} ({_share(part)} of it)" for n, part in zip(others["name"], others["share"], strict=True)]
    return f"{WARDS} By its best-fit LSOAs it corresponds to {_listed(parts)}, of the wards of {vintage}."


def table(found: SideBySide, filters: Filters, *, code: str) -> str:
    """One column an area, older edition first, as a Markdown table."""
    is_lsoa = filters.geography == "lsoa"
    labels = ["Edition", "Area", "Rank, 1 the most deprived", "Decile"]
    if not is_lsoa:
        labels[2:] = ["Average rank, 1 the most deprived", "Which falls in decile"]
        labels += ["Best-fit LSOAs", "Shared with the chosen ward"]
    columns = [
        _column(area, is_lsoa=is_lsoa, is_chosen=is_it)
        for (_, area), is_it in zip(found.areas.iterrows(), _is_chosen(found, filters, code), strict=True)
    ]
    lines = [[label, *cells] for label, *cells in zip(labels, *columns, strict=True)]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _column(area: pd.Series, *, is_lsoa: bool, is_chosen: bool) -> list[str]:
    """What one edition says of one area, cell by cell."""
    edition = EDITIONS[area["edition"]]
    kind = f"LSOA of 20{edition.lsoa[4:6]}" if is_lsoa else f"ward of 20{edition.ward[2:4]}"
    is_figured, none = pd.notna(area["rank"]), NOT_HELD if pd.isna(area["why"]) else NO_FIGURE
    cells = [
        f"{edition.year} (chosen)" if is_chosen else edition.year,
        plain(f"{_named(area['name'], area['code'])}, {kind}"),
        f"{area['rank']:,.0f} of {edition.n_lsoas:,} LSOAs" if is_figured else none,
        f"{area['decile']} of 10" if is_figured else none,
    ]
    if not is_lsoa:
        cells.append(NOT_HELD if pd.isna(area["n_lsoas"]) else f"{area['n_lsoas']:,}")
        cells.append("itself" if is_chosen else _share(area["share"]))
    return cells


def _is_chosen(found: SideBySide, filters: Filters, code: str) -> "pd.Series[bool]":
    return (found.areas["edition"] == filters.edition) & (found.areas["code"] == code)


def _lsoa_names(edition: str, codes: Iterable[str], filters: Filters) -> list[str]:
    if edition not in cache.atlas().editions:
        return list(codes)
    names = cache.lsoa_figures(edition, filters.index).set_index("code")["name"]
    return [_named(names.get(code), code) for code in codes]


def _named(name: object, code: str) -> str:
    return code if pd.isna(name) else f"{name} ({code})"  # type: ignore[call-overload]


def _share(share: float) -> str:
    return f"about {100 * share:.0f} %"


def _listed(words: list[str]) -> str:
    *first, last = words or [NOT_HELD]
    return f"{', '.join(first)} and {last}" if first else last
