"""The map of gaps, and what was chosen or put on it."""

from typing import Any

import pandas as pd
import streamlit as st

from mapping.analysis import codes
from mapping.analysis.filters import PLANS
from mapping.crs import to_degrees
from mapping.editions import EDITIONS
from mapping.render import gap_map, layers, legend
from mapping.render.gap_map import Spot
from mapping.ui import cache, links
from mapping.ui.components import gap_plans
from mapping.ui.components import map as atlas_map
from mapping.ui.components.gap_plans import Shown

HEIGHT = 600
KEY = "gap-map"


def draw(shown: Shown, *, chosen: str, sites: pd.DataFrame | None) -> None:
    """The map: the same frame at every run, restyled in place; with `sites` where some were just found."""
    state = state_of(shown, chosen=chosen, sites=sites)
    atlas_map.show(state, kind="gaps", key=KEY, height=HEIGHT, on_change=choose)


def state_of(shown: Shown, *, chosen: str, sites: pd.DataFrame | None = None) -> gap_map.GapState:
    """What the map shows of an answer, with `sites` where some were found.

    Raises VintageError where the boundaries are of other areas than the figures.
    """
    asked, lad24cd = shown.asked, shown.ground.lad24cd
    edition = EDITIONS[asked.edition]
    layer = getattr(edition, asked.geography)
    areas = cache.area_file(layer, lad24cd)
    codes.require_vintage(asked.edition, layer=layer)
    codes.require_codes(areas.keys, layer=layer, known=cache.redrawn_codes())
    return gap_map.gap_state(
        areas,
        shown.view,
        key=legend.legend(asked.edition, asked.index, geography=asked.geography, shade="decile"),
        geography=asked.geography,
        what=shown.what,
        places=cache.place_file(lad24cd),
        proposals=spots(shown.proposals),
        sites=() if sites is None else spots(sites),
        closed=shown.plan.closed if shown.plan else (),
        plan=f"{PLANS[shown.plan.name]} is shown" if shown.plan else "",
        outlines=cache.area_file(edition.ward, lad24cd) if asked.geography == "lsoa" else None,
        selected=chosen,
        said=said(shown, chosen),
    )


def spots(places: pd.DataFrame) -> list[Spot]:
    """Name, longitude and latitude of each of `places`, in their order."""
    rows = zip(places["name"], places["easting"], places["northing"], strict=True)
    return [(str(name), *to_degrees(easting, northing)) for name, easting, northing in rows]


def said(shown: Shown, chosen: str) -> tuple[str, ...]:
    """Name of what is chosen, and of an area its rank; nothing where nothing is."""
    kind, _, key = chosen.partition(":")
    if kind == "place":
        rows = shown.ground.recorded
        return tuple(rows.loc[rows["place_id"] == key, "name"].head(1))
    found = shown.view.areas[shown.view.areas["code"] == key]
    if found.empty:
        return ()
    return str(found["name"].iloc[0]), rank_words(found["gap_rank"].iloc[0], found["gap"].iloc[0])


def rank_words(rank: Any, gap: Any) -> str:
    """The rank of a gap as it stands beside an area's name."""
    if pd.isna(rank):
        return "no figure"
    return f"gap rank {rank:,.0f}" if gap > 0 else "no gap"


def choose() -> None:
    """Nothing: what was clicked is chosen, or a place is put there in the plan that is shown."""
    answer = layers.selection(st.session_state.get(KEY))
    point = layers.point(answer)
    if point:
        gap_plans.add_point(*point)
    else:
        st.session_state[links.CHOSEN] = answer or None
