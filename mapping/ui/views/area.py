"""Area: the profile of a ward or an LSOA, some side by side, or the overview of a council."""

from dataclasses import replace

import streamlit as st

from mapping.analysis.filters import Filters
from mapping.ui import cache, links
from mapping.ui.components import area_choice, area_document, england_card
from mapping.ui.components.text import plain


def page() -> None:
    """The document that the choices ask for, drawn on the page, and its files."""
    first = cache.first_council()
    # Every edition may be asked for: of one that is not held, the page says how to bring it.
    known = {field: values for field, values in cache.known_values().items() if field != "edition"}
    chosen = links.begin("area", area_choice.FIELDS, council=first, known=known)
    # What another page has chosen on its map is nothing that this page shows.
    st.session_state[links.CHOSEN] = None
    asked = area_choice.opened(chosen)
    # First: where there is nothing to show, it is the way to something else.
    with st.sidebar:
        area_choice.draw(asked)
    if asked.edition in cache.atlas().editions:
        area_document.draw(asked)
    else:
        draw_missing(asked)
    opening = replace(links.defaults(first), geography="ward")
    links.finish(asked, area_choice.FIELDS, council=first, opening=opening)


def draw_missing(asked: Filters) -> None:
    """What to do where an edition is not held."""
    st.markdown(f"# {plain(asked.council)}: areas")
    told = f"The {asked.edition} edition is not held here."
    st.info(f"{told} To bring it, run these two commands, then start again:")
    england_card.commands(f'python -m mapping fetch --council "{asked.council}" --edition {asked.edition}')
