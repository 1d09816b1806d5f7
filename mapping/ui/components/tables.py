"""The same content as the map, as tables: choosing a row is choosing on the map."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from mapping import export
from mapping.analysis.filters import Filters
from mapping.analysis.view import View
from mapping.editions import EDITIONS, INDICES
from mapping.render import summary
from mapping.render.place_facts import KIND_NAMES
from mapping.ui import links
from mapping.ui.components.cards import address_words

NOTHING = "–"
"""What stands where nothing is known: a blank could be read as zero."""
HEIGHT = 420


def places_table(view: View, filters: Filters, *, key: str = "places-table") -> None:
    """One row a place shown."""
    chooser(
        place_rows(view),
        [f"place:{place_id}" for place_id in view.places["place_id"]],
        key=key,
        column_config={
            "Name": st.column_config.TextColumn(width="medium"),
            "Decile": st.column_config.NumberColumn(
                help=f"{INDICES[filters.index]} {filters.edition}: 1 is the most deprived 10 % of England"
            ),
            "Distance (m)": st.column_config.NumberColumn(format="%,d", help="In a straight line"),
        },
    )


def place_rows(view: View) -> pd.DataFrame:
    """The places shown as a reader's table, in their order."""
    places = view.places
    rows = pd.DataFrame(
        {
            "Name": places["name"],
            "Kind": places["kind"].map(KIND_NAMES),
            "Category": places["category"],
            "Ward": places["ward_name"],
            "Decile": places["decile"],
            "Address": address_words(places),
            "Postcode": places["postcode"],
            "Source date": places["source_date"].map(summary.date_words),
        }
    )
    if view.near:
        rows.insert(1, "Distance (m)", places["distance_m"])
    return rows


def areas_table(view: View, filters: Filters, *, key: str = "areas-table") -> None:
    """One row an area: its figures, the places shown in it and all recorded."""
    areas = export.areas_shown(view, filters).sort_values("rank", kind="stable")
    vintage = EDITIONS[filters.edition]
    most = f"1 is the most deprived of {vintage.n_lsoas:,}"
    number = st.column_config.NumberColumn
    chooser(
        ward_rows(areas) if filters.geography == "ward" else lsoa_rows(areas),
        [f"area:{code}" for code in areas["code"]],
        key=key,
        column_config={
            "Decile": number(help="1 is the most deprived 10 % of England’s LSOAs"),
            "Rank": number(format="%,d", help=f"{most} LSOAs"),
            "Average rank": number(format="%,d", help=f"Population-weighted, {most}: our calculation"),
            "Population": number(format="%,d", help=vintage.population),
            "In most deprived fifth (%)": number(format="%.0f"),
        },
    )


def lsoa_rows(areas: pd.DataFrame) -> pd.DataFrame:
    """LSOAs as a reader's table, in their order."""
    return pd.DataFrame(
        {
            "LSOA": areas["name"],
            "Code": areas["code"],
            "Decile": areas["decile"],
            "Rank": areas["rank"].round(),
            "Population": areas["population"],
            "Places shown": areas["n_places"],
            "Places recorded": areas["n_recorded"],
            "Ward (best fit)": areas["ward_name"],
        }
    )


def ward_rows(areas: pd.DataFrame) -> pd.DataFrame:
    """Wards as a reader's table, in their order."""
    return pd.DataFrame(
        {
            "Ward": areas["name"],
            "Code": areas["code"],
            "Decile": areas["decile"],
            "Average rank": areas["rank"].round(),
            "Population": areas["population"],
            "Places shown": areas["n_places"],
            "Places recorded": areas["n_recorded"],
            "LSOAs": areas["n_lsoas"],
            "LSOAs in decile 1": areas["n_most_deprived"],
            "In most deprived fifth (%)": 100 * areas["most_deprived_fifth_share"],
            "Why no figure": areas["why"],
        }
    )


def chooser(rows: pd.DataFrame, names: Sequence[str], *, key: str, column_config: dict[str, Any]) -> None:
    """The table of `rows`, where ticking one chooses what `names` calls it."""
    drawn = _drawn_key(key, names)
    st.dataframe(
        rows,
        hide_index=True,
        height=HEIGHT,
        key=drawn,
        on_select=_choose(drawn, names, ticked=_ticked(key)),
        selection_mode="single-row",
        placeholder=NOTHING,
        column_config=column_config,
    )


def small(
    head: tuple[str, ...], rows: Iterable[tuple[str, ...]], *, caption: str = "", bold: str = ""
) -> str:
    """A small table of our own, the row named `bold` marked: `rows` hold HTML."""
    body = ""
    for name, *cells in rows:
        chosen = ' class="chosen"' if name == bold else ""
        told = "".join(f"<td>{cell}</td>" for cell in cells)
        whole = name.replace(" %", "\u00a0%")  # a figure and its sign are never parted by a line's end
        body += f'<tr{chosen}><th scope="row">{whole}</th>{told}</tr>'
    names = "".join(f'<th scope="col">{name}</th>' for name in head)
    told = f"<caption>{caption}</caption>" if caption else ""
    return f'<table class="measures">{told}<thead><tr>{names}</tr></thead><tbody>{body}</tbody></table>'


def _ticked(key: str) -> str:
    """Where a session keeps what is ticked in the table `key`."""
    return f"{key}-ticked"


def _drawn_key(key: str, names: Sequence[str]) -> str:
    """The table's key: another, which forgets the tick, for other rows or once something else is chosen.

    Streamlit keeps the tick by the row's number, whatever stands in that row by now.
    """
    state = st.session_state
    turn = f"{key}-turn"
    state.setdefault(turn, 0)
    if state.get(_ticked(key)) and state.get(links.CHOSEN) != state[_ticked(key)]:
        state[_ticked(key)] = None
        state[turn] += 1
    digest = hashlib.blake2s("\n".join(names).encode(), digest_size=4).hexdigest()
    return f"{key}-{state[turn]}-{digest}"


def _choose(drawn: str, names: Sequence[str], *, ticked: str) -> Callable[[], None]:
    """What happens when a tick is set or taken away: the same as choosing on the map."""

    def choose() -> None:
        state = st.session_state
        rows = state[drawn].selection.rows
        if rows:
            state[links.CHOSEN] = state[ticked] = names[rows[0]]
        elif state.get(links.CHOSEN) == state.get(ticked):
            state[links.CHOSEN] = state[ticked] = None

    return choose
