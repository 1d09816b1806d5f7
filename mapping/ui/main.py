"""What every page shares: its frame, its navigation, and how an error is told."""

from pathlib import Path

import streamlit as st

from mapping.errors import MappingError
from mapping.ui.pages import directory, explore, sources

HERE = Path(__file__).parent

# An icon of our own: a Material symbol here would be fetched from its maker.
st.set_page_config(page_title="Commons Atlas", page_icon=HERE / "icon.png", layout="wide")
st.html(HERE / "style.css")
chosen = st.navigation(
    [
        st.Page(explore.page, title="Explore", icon=":material/map:", url_path="explore", default=True),
        st.Page(directory.page, title="Directory", icon=":material/list_alt:", url_path="directory"),
        st.Page(sources.page, title="Sources", icon=":material/library_books:", url_path="sources"),
    ],
    position="top",
)
try:
    chosen.run()
except MappingError as exc:
    st.error(f"{exc}", icon=":material/error:")
