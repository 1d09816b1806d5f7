"""The map of England's districts, and which of them was chosen on it."""

import pandas as pd
import streamlit as st

from mapping.analysis import national
from mapping.analysis.filters import Filters
from mapping.editions import EDITIONS
from mapping.render import layers
from mapping.render.national import national_state
from mapping.ui import cache, links
from mapping.ui.components import england_card
from mapping.ui.components import map as atlas_map

HEIGHT = 590
KEY = "england-map"
NO_SHAPES = (
    "The map needs the boundaries of the districts of {year}, which are not held here, and figures of {year} "
    "are never drawn on districts of another year. The table below has every figure. To bring the boundaries:"
)


def draw(figures: pd.DataFrame, asked: Filters, *, found: "pd.Series[bool]", chosen: str) -> None:
    """The map: the same frame at every run, restyled in place; or why there is none."""
    layer = EDITIONS[asked.edition].district
    if layer not in cache.atlas().layers:
        st.info(NO_SHAPES.format(year=EDITIONS[asked.edition].district_year), icon=":material/map:")
        england_card.commands(f"python -m mapping fetch --england --edition {asked.edition}")
        return
    state = national_state(
        cache.area_file(layer, cache.ENGLAND),
        figures.assign(**{"class": national.quantile_classes(figures[asked.measure])}),
        measure=asked.measure,
        index=asked.index,
        edition=asked.edition,
        built=frozenset(cache.atlas().councils["lad24cd"]),
        lit=figures.loc[found, "code"].tolist() if asked.find else None,
        selected=chosen,
    )
    atlas_map.show(state, kind="england", key=KEY, height=HEIGHT, on_change=choose)


def choose() -> None:
    """Nothing: what was clicked on the map is chosen from now on."""
    st.session_state[links.CHOSEN] = layers.selection(st.session_state.get(KEY)) or None
