"""Explore: places over deprivation."""

import streamlit as st

from mapping import export
from mapping.analysis import view
from mapping.analysis.filters import ANYWHERE, Filters
from mapping.render import summary
from mapping.ui import cache, filters, links
from mapping.ui.components import cards, downloads, meaning, tables, take_away
from mapping.ui.components import map as atlas_map
from mapping.ui.components.text import plain

FIELDS = (
    "council", "edition", "geography", "index", "shade",
    "kinds", "categories", "text", "deciles", "near", "within_m",
)  # fmt: skip


def page() -> None:
    """The map, the card of what is chosen on it, and the same as tables."""
    first = cache.first_council()
    asked = links.begin("explore", FIELDS, council=first, known=cache.known_values())
    lad24cd, shown = cache.atlas().lad24cd(asked.council), shown_of(asked)
    words = st.container()
    left, right = st.columns([2, 1], gap="medium")
    # The map is what a reader waits for: it is sent first, whatever stands above it.
    with left:
        atlas_map.draw(shown, asked, lad24cd=lad24cd, chosen=cards.chosen_of(shown))
    with words:
        draw_words(shown, asked)
    with right:
        cards.draw(shown, asked)
    with st.sidebar:
        draw_choices(shown, asked)
    draw_tables(shown, asked)
    links.finish(asked, FIELDS, council=first)


def shown_of(asked: Filters) -> view.View:
    """The places and areas that `asked` keeps."""
    base = cache.council_ground(asked.council, asked.edition, asked.index, asked.geography)
    postcodes = cache.postcodes(view.asked_postcodes(asked))
    return view.describe(base, filters=asked, postcodes=postcodes, councils=cache.atlas().council_names)


def draw_choices(shown: view.View, asked: Filters) -> None:
    """The sidebar."""
    filters.council_choice(cache.atlas().councils)
    filters.deprivation_choices()
    filters.place_choices(view.facet_table(shown, asked, ["kind", "category"]))
    filters.near_choices(shown.problem)
    filters.reset_button(FIELDS)


def draw_words(shown: view.View, asked: Filters) -> None:
    """What is on the screen, in words, before anything else."""
    st.markdown(f"# {plain(asked.council)}: co-operatives and community assets over deprivation")
    chosen = "; ".join(f"{label.lower()} {value}" for label, value in export.narrowing(asked))
    said = summary.places_sentence(shown.places, shown.recorded, council=asked.council, chosen=chosen)
    is_elsewhere = asked.is_near or asked.text or asked.deciles != ANYWHERE
    told = "recorded place" if not chosen else "" if is_elsewhere else "place that these filters show"
    if shown.recorded.empty:
        # Of an empty record, an empty area is no news.
        told = ""
    areas = summary.areas_sentence(
        shown.areas, council=asked.council, geography=asked.geography, index=asked.index, told=told
    )
    st.markdown(plain(f"{said} {areas}"))
    if shown.recorded.empty:
        st.info(plain(cache.completeness_words(asked.council)))
    elif shown.places.empty:
        st.info(
            "No recorded place meets these filters. Widen the decile range, the distance or the categories."
        )


def draw_tables(shown: view.View, asked: Filters) -> None:
    """Places and areas as tables, what the numbers mean, and files to take away."""
    with st.container(horizontal=True):
        downloads.button(shown, asked)
        take_away.button(asked, page="explore")
        meaning.button()
    places, areas = st.tabs(["Places", "Areas"], key="tables", on_change="rerun")
    # Only the table that is looked at is sent.
    with places:
        if places.open:
            tables.places_table(shown, asked)
    with areas:
        if areas.open:
            tables.areas_table(shown, asked)
