"""The map of one view, and what was chosen on it."""

from collections.abc import Callable

import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from mapping.analysis import codes
from mapping.analysis.filters import ANYWHERE, Filters
from mapping.analysis.view import Near, View
from mapping.crs import to_degrees
from mapping.editions import EDITIONS
from mapping.render import layers, legend
from mapping.ui import cache, links

HEIGHT = 560
KEY = "atlas-map"
BASELINE = 8
"""Pixels that a browser leaves under a frame, as under the letters of a line."""


def draw(view: View, filters: Filters, *, lad24cd: str, chosen: str) -> None:
    """The map: the same frame at every run, restyled in place. Raises as `state_of` does."""
    state = state_of(view, filters, lad24cd=lad24cd, chosen=chosen)
    show(state, kind="atlas", key=KEY, height=HEIGHT, on_change=choose)


def state_of(view: View, filters: Filters, *, lad24cd: str, chosen: str) -> layers.MapState:
    """What the map shows of `view`.

    Raises VintageError where the boundaries are of other areas than the figures.
    """
    edition = EDITIONS[filters.edition]
    layer = edition.lsoa if filters.geography == "lsoa" else edition.ward
    areas = cache.area_file(layer, lad24cd)
    codes.require_vintage(filters.edition, layer=layer)
    codes.require_codes(areas.keys, layer=layer, known=cache.redrawn_codes())
    return layers.map_state(
        areas,
        view.areas,
        key=legend.legend(filters.edition, filters.index, geography=filters.geography, shade=filters.shade),
        places=cache.place_file(lad24cd),
        shown=view.places["place_id"].tolist(),
        lit=lit(view, filters),
        outlines=cache.area_file(edition.ward, lad24cd) if filters.geography == "lsoa" else None,
        selected=chosen,
        near=_circle(view.near),
        said=said(view, chosen),
    )


def show(
    state: layers.AnyState,
    *,
    kind: str,
    key: str,
    height: int,
    on_change: Callable[[], None],
    is_still: bool = False,
) -> None:
    """The frame of a map of that `kind` with `state` drawn in it, whose room is kept while it loads.

    Where it `is_still`, nothing can be put on it.
    """
    with st.container(key=f"{key}-room", height=height + BASELINE, border=False):
        st_folium(
            layers.atlas_map(cache.settings().base_map, kind=kind, is_still=is_still),
            key=key,
            height=height,
            use_container_width=True,
            returned_objects=["selected"],
            feature_group_to_add=layers.state_group(state),
            on_change=on_change,
        )


def lit(view: View, filters: Filters) -> list[str] | None:
    """Codes of the areas in the deciles that are asked for; `None`, which shades all, where all are."""
    if filters.deciles == ANYWHERE:
        return None
    inside = view.areas["decile"].between(*filters.deciles).fillna(False).astype(bool)
    return view.areas.loc[inside, "code"].tolist()


def said(view: View, chosen: str) -> tuple[str, ...]:
    """Name and decile of what is chosen; nothing where nothing is."""
    if not chosen:
        return ()
    kind, _, key = chosen.partition(":")
    rows, by = (view.areas, "code") if kind == "area" else (view.recorded, "place_id")
    found = rows[rows[by] == key]
    if found.empty:
        return ()
    decile = found["decile"].iloc[0]
    return str(found["name"].iloc[0]), "" if pd.isna(decile) else f"decile {decile}"


def choose() -> None:
    """Nothing: what was clicked on the map is chosen from now on."""
    st.session_state[links.CHOSEN] = layers.selection(st.session_state.get(KEY)) or None


def _circle(near: Near | None) -> layers.Near | None:
    if near is None:
        return None
    lon, lat = to_degrees(near.easting, near.northing)
    return layers.Near(lon=lon, lat=lat, radius_m=near.within_m)
