"""What the page of areas is about: the choice in the sidebar, and links to areas that are not of its view."""

from dataclasses import replace
from typing import Final

import streamlit as st

from mapping.analysis.codes_editions import other_edition
from mapping.analysis.filters import MOST_COMPARED, Filters
from mapping.editions import EDITIONS, INDICES
from mapping.ui import cache, filters, links
from mapping.ui.components import editions
from mapping.ui.components.text import plain
from mapping.ui.links import widget

FIELDS: Final = ("council", "edition", "geography", "index", "codes")
LOST: Final = "area-lost"
"""Where a session keeps the codes that a link asked for and the view cannot show, and that view."""
MEANT: Final = {"ward": "a ward", "lsoa": "an LSOA"}
MANY: Final = {"ward": "wards", "lsoa": "LSOAs"}
ALIKE: Final = "Wards are compared with wards, LSOAs with LSOAs."


def draw(asked: Filters) -> None:
    """The sidebar, for what the page `asked` for."""
    filters.council_choice(cache.atlas().councils, on_change=leave)
    if asked.edition in cache.atlas().editions:
        area_box(asked)
    st.subheader("Deprivation")
    st.selectbox("Index or domain", list(INDICES), format_func=INDICES.__getitem__, key=widget("index"))
    st.radio("Edition", list(EDITIONS), key=widget("edition"), horizontal=True)
    filters.reset_button(FIELDS)


def area_box(asked: Filters) -> None:
    """The box to choose areas by name: all, or, once there is one, those that can be compared with it."""
    named = names(asked, asked.geography) if asked.codes else names(asked, "ward") | names(asked, "lsoa")
    st.multiselect(
        "Ward or LSOA, up to four to compare",
        list(named),
        format_func=named.__getitem__,
        key=widget("codes"),
        max_selections=MOST_COMPARED,
        select_all=False,
        placeholder=f"All of {asked.council}",
        help=f"Type part of a name. {ALIKE}",
    )


def leave() -> None:
    """Nothing: areas of one council are none of another's."""
    links.choose(codes=())


def names(asked: Filters, geography: str) -> dict[str, str]:
    """What each area of that geography is called, by code: an LSOA with the ward that fits it best."""
    areas = cache.council_ground(asked.council, asked.edition, asked.index, geography).areas
    if geography == "ward":
        return dict(zip(areas["code"], areas["name"], strict=True))
    told = (areas["name"] + " (" + areas["ward_name"] + ")").fillna(areas["name"])
    return dict(zip(areas["code"], told, strict=True))


def opened(asked: Filters) -> Filters:
    """`asked` with the codes that can be shown together, and their geography; wards where there is none.

    What is left out is kept for `warn`.
    """
    if asked.edition not in cache.atlas().editions:
        return asked
    held = {geography: names(asked, geography) for geography in MEANT}
    of = {code: next((g for g in held if code in held[g]), "") for code in asked.codes}
    geography = next(filter(None, of.values()), "ward")
    kept = tuple(code for code in asked.codes if of[code] == geography)
    shown = replace(asked, geography=geography, codes=kept)
    if kept != asked.codes:
        st.session_state[LOST] = shown, tuple(code for code in asked.codes if code not in kept)
    if shown != asked:
        links.correct(shown, FIELDS)
    return shown


def warn(shown: Filters) -> None:
    """What was asked for and is not shown, why, and the way to it where there is one."""
    view, lost = st.session_state.get(LOST) or (None, ())
    if view != shown:
        return
    for code in lost:
        told, ways = lost_words(code, shown)
        st.warning(plain(told), icon=":material/wrong_location:")
        with st.container(horizontal=True):
            for label, view_of in ways.items():
                st.button(label, icon=":material/arrow_forward:", on_click=show, args=(view_of,))


def show(asked: Filters) -> None:
    """Nothing: the page shows `asked`. A link would do so too, and leave the address as it was."""
    links.choose(**{field: getattr(asked, field) for field in FIELDS})


def lost_words(code: str, shown: Filters) -> tuple[str, dict[str, Filters]]:
    """Why `code` is not shown, and by label the views that show it or what it corresponds to."""
    for edition in (shown.edition, other_edition(shown.edition)):
        for geography, meant in MEANT.items():
            council, name = whose(code, edition=edition, geography=geography, index=shown.index)
            if not council:
                continue
            there = replace(shown, council=council, edition=edition, geography=geography, codes=(code,))
            if council != shown.council:
                return f"{name} ({code}) is in {council}.", {f"Show {name} in {council}": there}
            if edition == shown.edition:
                told = f"{name} ({code}) is {meant}. {ALIKE}"
                return told, {f"Show {name} alone": there}
            return other_words(there, shown, name=name)
    return f"No ward or LSOA {code} is held here. Choose one by name.", {}


def other_words(there: Filters, shown: Filters, *, name: str) -> tuple[str, dict[str, Filters]]:
    """Why an area of the other edition is not shown, and what it corresponds to in the one that is."""
    (code,) = there.codes
    found = editions.side_by_side(there, code=code).areas
    mine = found[(found["edition"] == shown.edition) & found["name"].notna()]
    ways = {
        f"Show {each['name']} ({each['code']}), {shown.edition}": replace(
            shown, geography=there.geography, codes=(each["code"],)
        )
        for _, each in mine.iterrows()
    }
    year = getattr(EDITIONS[there.edition], there.geography)[-4:-2]
    why = f"{name} ({code}) is one of the {MANY[there.geography]} of 20{year}"
    told = f"{why}, which the {shown.edition} edition does not rank."
    return told, ways | {f"Show {name} in the {there.edition} edition": there}


def whose(code: str, *, edition: str, geography: str, index: str) -> tuple[str, str]:
    """The council, among those built, and the name of the area of that code; blank where there is none."""
    if edition not in cache.atlas().editions:
        return "", ""
    figures = cache.lsoa_figures(edition, index)
    column = {"lsoa": ("code", "name"), "ward": ("ward_code", "ward_name")}[geography]
    rows = figures.loc[figures[column[0]] == code, [*column, "lad24cd"]]
    if rows.empty:
        return "", ""
    _, name, lad24cd = rows.iloc[0]
    return cache.atlas().council_names.get(lad24cd, ""), str(name)
