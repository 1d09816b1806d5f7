"""What both editions say of the area that is chosen: side by side, and never subtracted."""

from collections.abc import Collection
from typing import Final

import streamlit as st

from mapping.analysis import codes_editions
from mapping.analysis.codes_editions import SideBySide
from mapping.analysis.filters import Filters
from mapping.editions import EDITIONS, INDICES
from mapping.render import edition_words
from mapping.ui import cache
from mapping.ui.components.text import plain

NAME: Final = "Editions side by side"


def button(filters: Filters, *, code: str) -> None:
    """The button that opens both editions of the area `code`."""
    box = st.popover(NAME, icon=":material/view_column:", key="editions", on_change="rerun")
    if box.open:
        with box:
            draw(filters, code=code)


def draw(filters: Filters, *, code: str) -> None:
    """How the areas correspond, why no difference is shown, and what each edition says."""
    found = side_by_side(filters, code=code)
    chosen = edition_words.is_chosen(found, edition=filters.edition, code=code)
    name = found.areas.loc[chosen, "name"].iloc[0]
    st.markdown(f"#### {plain(name)}: {INDICES[filters.index]}")
    st.markdown(f"{plain(relation(found, filters, code=code))} {plain(edition_words.WHY)}")
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
    names = {
        year: _lsoa_names(year, codes, filters)
        for year, codes in found.kin.items()
        if year in cache.atlas().editions
    }
    return edition_words.relation(
        found, geography=filters.geography, edition=filters.edition, code=code, names=names
    )


def table(found: SideBySide, filters: Filters, *, code: str) -> str:
    """One column an area, older edition first, as a Markdown table."""
    rows = edition_words.rows(found, geography=filters.geography, edition=filters.edition, code=code)
    lines = [
        [label, *(map(plain, cells) if label == edition_words.AREA else cells)] for label, *cells in rows
    ]
    lines.insert(1, ["---"] * len(lines[0]))
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _lsoa_names(edition: str, codes: Collection[str], filters: Filters) -> dict[str, str]:
    figures = cache.lsoa_figures(edition, filters.index)
    named = figures[figures["code"].isin(codes)]
    return dict(zip(named["code"], named["name"], strict=True))
