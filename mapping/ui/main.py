"""What every page shares: its frame, its navigation, its title, and how an error is told."""

from pathlib import Path
from typing import Final

import streamlit as st

from mapping.errors import MappingError
from mapping.ui import links
from mapping.ui.components.text import plain
from mapping.ui.views import area, directory, england, explore, gaps, method, sources

NAME: Final = "Commons Atlas"
HERE: Final = Path(__file__).parent

# An icon of our own: a Material symbol here would be fetched from its maker.
st.set_page_config(page_icon=HERE / "icon.png", layout="wide")
st.html(HERE / "style.css")
usual = [
    st.Page(explore.page, title="Explore", icon=":material/map:", url_path="explore", default=True),
    st.Page(gaps.page, title="Gaps", icon=":material/distance:", url_path="gaps"),
    st.Page(area.page, title="Area", icon=":material/location_city:", url_path="area"),
    st.Page(england.page, title="England", icon=":material/public:", url_path="england"),
    st.Page(directory.page, title="Directory", icon=":material/list_alt:", url_path="directory"),
    st.Page(sources.page, title="Sources", icon=":material/library_books:", url_path="sources"),
    st.Page(method.page, title="Method", icon=":material/menu_book:", url_path="method"),
]
if st.context.is_embedded:
    from mapping.ui import embed

    chosen = st.navigation([*embed.pages(), *usual[3:]], position="hidden")
else:
    # A picture, not SVG, which would travel inside every run of a page.
    st.logo(HERE / "logo.png", size="large")
    chosen = st.navigation(usual, position="top")
try:
    chosen.run()
except MappingError as exc:
    st.error(plain(exc), icon=":material/error:")
council = links.council() if chosen.title not in {"England", "Sources", "Method"} else ""
shown = st.session_state.pop(links.TITLE, "")
parts = (shown if shown != council else "", council, chosen.title, NAME)
st.set_page_config(page_title=" · ".join(part for part in parts if part))
