"""The sidebar: one widget for each choice, in three groups, each option with its count."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.facets import NOT_RECORDED
from mapping.analysis.filters import ANYWHERE, DISTANCES_M, GEOGRAPHIES, LABELS, MAX_TEXT, SHADES
from mapping.editions import INDICES
from mapping.ui import cache, links
from mapping.ui.components.text import plain
from mapping.ui.links import widget

SPELT: Final = {"wards": {NOT_RECORDED: "Not published or not recorded"}}
"""Values that a page spells otherwise than links do: a withheld place has a ward, unpublished."""


def council_choice(councils: pd.DataFrame, *, on_change: Callable[[], None] | None = None) -> None:
    """The first choice of every page."""
    st.selectbox("Council", councils["lad24nm"].tolist(), key=widget("council"), on_change=on_change)
    if links.missed():
        # The reason names the command that brings it, or names like it.
        st.warning(plain(links.why_no_council(links.missed())))


def deprivation_choices() -> None:
    """Edition, geography and measure."""
    st.subheader("Deprivation")
    index_choices(cache.atlas().editions)
    st.radio("Shade by", list(SHADES), format_func=SHADES.__getitem__, key=widget("shade"), horizontal=True)


def index_choices(editions: Iterable[str]) -> None:
    """The index, the edition among `editions`, and the areas."""
    st.selectbox("Index or domain", list(INDICES), format_func=INDICES.__getitem__, key=widget("index"))
    left, right = st.columns(2)
    left.radio("Edition", list(editions), key=widget("edition"), horizontal=True)
    right.radio(
        "Areas",
        list(GEOGRAPHIES),
        format_func=GEOGRAPHIES.__getitem__,
        key=widget("geography"),
        horizontal=True,
    )


def place_choices(counts: Mapping[str, Mapping[str, int]]) -> None:
    """Words, kind, category and decile; `counts` by column and value are those of the other choices."""
    st.subheader("Places")
    search_choice()
    facet("Kind", "kinds", counts["kind"], spelt=LABELS["kinds"])
    facet("Category", "categories", counts["category"])
    decile_choice()


def search_choice() -> None:
    """Words to look for; spelling is forgiven."""
    st.text_input(
        "Search",
        key=widget("text"),
        max_chars=MAX_TEXT,
        placeholder="Name, category, address…",
        icon=":material/search:",
    )


def decile_choice(counts: Mapping[str, int] | None = None) -> None:
    """The deciles that places stand in, with the number of places in each where counted."""
    st.slider(
        "Deprivation decile of the area",
        *ANYWHERE,
        key=widget("deciles"),
        help="1 is the most deprived 10 % of England’s LSOAs, 10 the least. "
        "A place without a published location is in no decile.",
    )
    if counts:
        st.html(bars("Entries by decile", counts))


def bars(caption: str, counts: Mapping[str, int]) -> str:
    """Whole numbers by name as a small table, whose figures are drawn as bars too."""
    most = max(1, *counts.values())
    rows = "".join(
        f'<tr><th scope="row">{name[:1].upper()}{name[1:]}</th><td>'
        f'<span style="width:{100 * n / most:.0f}%"></span>{n:,}</td></tr>'
        for name, n in counts.items()
    )
    return f'<table class="deciles"><caption>{caption}</caption>{rows}</table>'


def facet(
    label: str,
    field: str,
    counts: Mapping[str, int],
    *,
    spelt: Mapping[str, str] | None = None,
    placeholder: str = "All",
) -> None:
    """One choice of several values, each with the number of places it would show."""
    names = spelt or SPELT.get(field, {})

    def named(value: str) -> str:
        return f"{names.get(value, value)} ({counts.get(value, 0)})"

    renew(field, named)
    st.multiselect(
        label,
        list(counts),
        format_func=named,
        key=widget(field),
        placeholder=placeholder,
    )


def renew(field: str, named: Callable[[str], str]) -> None:
    """Nothing: what is chosen of `field` is spelt with the counts of now.

    A browser keeps the words that a value was chosen by. They are sent anew only where they have changed: a
    choice made meanwhile would be undone.
    """
    state = st.session_state
    told = {value: named(value) for value in state[widget(field)]}
    before = state.get(f"spelt-{field}", {})
    if any(before.get(value, words) != words for value, words in told.items()):
        state[widget(field)] = state[widget(field)]
    state[f"spelt-{field}"] = told


def near_choices(problem: str) -> None:
    """A postcode and how far around it."""
    st.subheader("Near")
    st.text_input("Postcode", key=widget("near"), max_chars=12, placeholder="OX4 1BA")
    st.selectbox("Within", DISTANCES_M, format_func=lambda metres: f"{metres:,} m", key=widget("within_m"))
    if problem:
        st.warning(plain(problem))


def reset_button(fields: tuple[str, ...], *, key: str = "reset") -> None:
    """Back to everything the council has."""
    st.button(
        "Clear all filters", on_click=links.reset, args=(fields,), icon=":material/filter_alt_off:", key=key
    )
