"""England: every district side by side, and what another weighting would move."""

from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis import national
from mapping.analysis.filters import MAX_TEXT, Filters
from mapping.editions import EDITIONS, INDICES, SUMMARY_MEASURES
from mapping.render import national_words
from mapping.ui import cache, filters, links
from mapping.ui.components import england_card, england_map, england_table, meaning, weights
from mapping.ui.components.text import plain

FIELDS: Final = ("edition", "index", "measure", "find", "weights")


def page() -> None:
    """The map of districts, the card of the one chosen, and the same as a table."""
    # Every edition may be asked for: of one that is not held, the page says how to bring it.
    known = {field: values for field, values in cache.known_values().items() if field != "edition"}
    asked = links.begin("england", FIELDS, council="", known=known)
    with st.sidebar:
        draw_choices()
    if asked.edition in cache.atlas().editions:
        draw(asked)
    else:
        draw_missing(asked.edition)
    links.finish(asked, FIELDS, council="")


def draw(asked: Filters) -> None:
    """The page of an edition that is held."""
    figures = cache.districts(asked.edition, asked.index)
    found = national.is_found(figures, asked.find)
    chosen = england_card.chosen_of(figures)
    words = st.container()
    left, right = st.columns([2, 1], gap="medium")
    # The map is what a reader waits for: it is sent first, whatever stands above it.
    with left:
        england_map.draw(figures, asked, found=found, chosen=chosen)
    with words:
        draw_words(figures, asked, n_found=int(found.sum()))
    with right:
        england_card.draw(figures, asked)
    draw_tables(figures[found], asked, chosen=chosen)


def draw_missing(edition: str) -> None:
    """What to do where an edition is not held."""
    st.markdown(f"# England: {EDITIONS[edition].title}")
    st.info(f"The {edition} edition is not held here. To bring it, run these two commands, then start again:")
    england_card.commands(f"python -m mapping fetch --england --edition {edition}")


def draw_words(figures: pd.DataFrame, asked: Filters, *, n_found: int) -> None:
    """What is on the screen, in words, before anything else."""
    st.markdown(f"# England: {plain(SUMMARY_MEASURES[asked.measure].lower())} by district")
    said = national_words.districts_sentence(
        figures, measure=asked.measure, index=asked.index, edition=asked.edition
    )
    said += f" {national_words.not_all_words(len(figures), asked.edition)}"
    if asked.find:
        said += f" {n_found:,} of them {'answers' if n_found == 1 else 'answer'} to “{asked.find}”."
    st.markdown(plain(said))
    if not n_found:
        st.info("No district is called so. Search for fewer letters, or clear the search.")


def draw_choices() -> None:
    """The sidebar."""
    st.selectbox("Index or domain", list(INDICES), format_func=INDICES.__getitem__, key=links.widget("index"))
    st.radio("Edition", list(EDITIONS), key=links.widget("edition"), horizontal=True)
    st.radio(
        "Shade by",
        list(SUMMARY_MEASURES),
        format_func=lambda measure: SUMMARY_MEASURES[measure].replace(" %", "\u00a0%"),
        key=links.widget("measure"),
    )
    st.text_input(
        "Find a district",
        key=links.widget("find"),
        max_chars=MAX_TEXT,
        placeholder="Name or code",
        icon=":material/search:",
    )
    filters.reset_button(FIELDS)


def draw_tables(shown: pd.DataFrame, asked: Filters, *, chosen: str) -> None:
    """The districts as a table, and the reader's own weighting."""
    with st.container(horizontal=True):
        england_table.download_button(shown, asked)
        meaning.button()
    names = ["Districts", weights.TITLE]
    # A link with weights of its own opens on what they make.
    opened = names[1] if asked.weights else names[0]
    districts, own = st.tabs(names, default=opened, key="england-tables", on_change="rerun")
    with districts:
        if districts.open:
            england_table.draw(shown, asked)
    with own:
        if own.open:
            weights.draw(asked, chosen=chosen)
