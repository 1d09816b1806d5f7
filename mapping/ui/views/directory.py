"""Directory: what a procurement team is sent."""

from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis import search, view
from mapping.analysis.filters import LABELS, Filters
from mapping.editions import INDICES
from mapping.render import summary
from mapping.ui import cache, filters, links
from mapping.ui.components import cards, downloads, meaning
from mapping.ui.components.text import plain

FIELDS: Final = ("council", "text", "kinds", "categories", "ownerships", "sectors", "wards", "deciles")
FACETS: Final = ("kind", "category", "ownership", "sector", "ward_name")
PAGE_SIZE: Final = 20


def page() -> None:
    """Entries by facet and words, each with its identifiers and where it comes from."""
    first = cache.first_council()
    asked = links.begin("directory", FIELDS, council=first, known=cache.known_values())
    base = cache.council_ground(asked.council, asked.edition, asked.index, asked.geography)
    atlas = cache.atlas()
    postcodes = cache.postcodes(view.asked_postcodes(asked))
    shown = view.describe(base, filters=asked, postcodes=postcodes, councils=atlas.council_names)
    with st.sidebar:
        draw_choices(shown, asked)
    st.markdown(f"# {plain(asked.council)}: directory of co-operatives and community assets")
    said = summary.places_sentence(shown.places, shown.recorded, council=asked.council, on_map=False)
    st.markdown(plain(said))
    with st.container(horizontal=True):
        downloads.button(shown, asked, subjects=("places",))
        meaning.button()
    if shown.recorded.empty:
        st.info(plain(cache.completeness_words(asked.council)))
    else:
        draw_entries(shown.places, asked)
    links.finish(asked, FIELDS, council=first)


def draw_choices(shown: view.View, asked: Filters) -> None:
    """The facets, each value with the number of entries it would show."""
    counts = view.facet_table(shown, asked, FACETS)
    filters.council_choice(cache.atlas().councils)
    filters.search_choice()
    filters.facet("Kind", "kinds", counts["kind"], spelt=LABELS["kinds"])
    filters.facet("Category", "categories", counts["category"])
    filters.facet("Ownership", "ownerships", counts["ownership"])
    filters.facet("Sector", "sectors", counts["sector"])
    filters.facet("Ward", "wards", counts["ward_name"])
    filters.decile_choice(view.decile_counts(shown, asked))
    filters.reset_button(FIELDS)


def draw_entries(places: pd.DataFrame, asked: Filters) -> None:
    """One card an entry, the best answer to the words first, else by name; twenty a page."""
    if places.empty:
        st.info("No recorded entry meets these choices. Clear one of them, or search for fewer words.")
        return
    ranked = places.assign(relevance=-search.relevance(places, asked.text))
    ranked = ranked.sort_values(["relevance", "name"], kind="stable")
    pages = -(-len(ranked) // PAGE_SIZE)
    first = (st.pagination(pages, key="directory-page") - 1) * PAGE_SIZE if pages > 1 else 0
    entries = [entry for _, entry in ranked.iloc[first : first + PAGE_SIZE].iterrows()]
    for pair in zip(entries[::2], [*entries[1::2], None][: len(entries[::2])], strict=True):
        for column, entry in zip(st.columns(2), pair, strict=True):
            if entry is not None:
                with column.container(border=True, height="stretch"):
                    cards.place_card(entry, asked)
    st.caption(
        f"Deciles are of the {INDICES[asked.index]} {asked.edition}: 1 is the most deprived 10 % of England."
    )
