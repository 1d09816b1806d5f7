"""The same content as the map, as tables: choosing a row is choosing on the map."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from mapping import export
from mapping.analysis.filters import Filters
from mapping.analysis.view import View
from mapping.editions import EDITIONS, INDICES
from mapping.render import summary
from mapping.ui import links
from mapping.ui.components.cards import KIND_NAMES

NOTHING = "–"
"""What stands where nothing is known: a blank could be read as zero."""


def places_table(view: View, filters: Filters, *, key: str = "places-table") -> None:
    """One row a place shown."""
    places = view.places
    table = pd.DataFrame(
        {
            "Name": places["name"],
            "Kind": places["kind"].map(KIND_NAMES),
            "Category": places["category"],
            "Ward": places["ward_name"],
            "Decile": places["decile"],
            "Address": places["address"].fillna("not published"),
            "Postcode": places["postcode"],
            "Source date": places["source_date"].map(summary.date_words),
        }
    )
    if view.near:
        table.insert(1, "Distance (m)", places["distance_m"])
    st.dataframe(
        table,
        hide_index=True,
        height=420,
        key=key,
        on_select=_choose(key, [f"place:{place_id}" for place_id in places["place_id"]]),
        selection_mode="single-row",
        placeholder=NOTHING,
        column_config={
            "Name": st.column_config.TextColumn(width="medium"),
            "Decile": st.column_config.NumberColumn(
                help=f"{INDICES[filters.index]} {filters.edition}: 1 is the most deprived 10 % of England"
            ),
            "Distance (m)": st.column_config.NumberColumn(format="%,d", help="In a straight line"),
        },
    )


def areas_table(view: View, filters: Filters, *, key: str = "areas-table") -> None:
    """One row an area: its figures, the places shown in it and all recorded."""
    areas = export.areas_shown(view, filters)
    by_ward = filters.geography == "ward"
    n = EDITIONS[filters.edition].n_lsoas
    columns = {
        "Ward" if by_ward else "LSOA": areas["name"],
        "Code": areas["code"],
        "Decile": areas["decile"],
        "Average rank" if by_ward else "Rank": areas["rank"].round(),
        "Population": areas["population"],
        "Places shown": areas["n_places"],
        "Places recorded": areas["n_recorded"],
    }
    if by_ward:
        columns |= {
            "LSOAs": areas["n_lsoas"],
            "LSOAs in decile 1": areas["n_most_deprived"],
            "In most deprived fifth (%)": 100 * areas["most_deprived_fifth_share"],
            "Why no figure": areas["why"],
        }
    else:
        columns["Ward (best fit)"] = areas["ward_name"]
    table = pd.DataFrame(columns).sort_values(list(columns)[3], kind="stable")
    st.dataframe(
        table,
        hide_index=True,
        height=420,
        key=key,
        on_select=_choose(key, [f"area:{code}" for code in table["Code"]]),
        selection_mode="single-row",
        placeholder=NOTHING,
        column_config={
            "Decile": st.column_config.NumberColumn(help="1 is the most deprived 10 % of England’s LSOAs"),
            "Rank": st.column_config.NumberColumn(
                format="%,d", help=f"1 is the most deprived of {n:,} LSOAs"
            ),
            "Average rank": st.column_config.NumberColumn(
                format="%,d", help=f"Population-weighted, 1 is the most deprived of {n:,}: our calculation"
            ),
            "Population": st.column_config.NumberColumn(
                format="%,d", help=EDITIONS[filters.edition].population
            ),
            "In most deprived fifth (%)": st.column_config.NumberColumn(format="%.0f"),
        },
    )


def _choose(key: str, names: Sequence[str]) -> Callable[[], None]:
    """What happens when a row is chosen: the same as choosing it on the map."""

    def choose() -> None:
        rows = st.session_state[key].selection.rows
        if rows:
            st.session_state[links.CHOSEN] = names[rows[0]]

    return choose
