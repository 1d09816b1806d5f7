"""The URL is the store of every choice: what a page shows is a link, and a link restores it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from mapping.analysis.filters import KEYS, Filters, from_query, to_query

STATE = "view"
WRITTEN = "written"
PAGE = "page"
CHOSEN = "chosen"
SELECT = "select"


def widget(field: str) -> str:
    """The key of the widget that holds `field` of the filters."""
    return f"choose-{field}"


def begin(
    page: str, fields: Collection[str], *, council: str, known: Mapping[str, Collection[str]]
) -> Filters:
    """The filters of this run: what the page's widgets hold, or what a link that was just opened asks.

    A pasted link, or Back, wins over the widgets; a change of page keeps the choices. Fields that
    are not the page's own are at their defaults: nothing filters unseen. Values of a link that are
    not among `known` (by field) are ignored.
    """
    state = st.session_state
    asked = _query()
    before: Filters | None = state.get(STATE)
    is_other = asked != state.get(WRITTEN) and (asked != "" or state.get(PAGE) == page)
    if before is None or (is_other and not _edited(before, fields)):
        before = _only_known(from_query(asked, council=council), known, council=council)
        state[CHOSEN] = st.query_params.get(SELECT)
        for field in fields:
            state[widget(field)] = getattr(before, field)
    for field in fields:
        state.setdefault(widget(field), getattr(before, field))
    state[PAGE] = page
    held = {field: _held(state[widget(field)]) for field in fields}
    state[STATE] = replace(before, **held)
    return replace(Filters(council=before.council), **held)


def _held(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value


def _only_known(filters: Filters, known: Mapping[str, Collection[str]], *, council: str) -> Filters:
    kept: dict[str, Any] = {
        field: tuple(value for value in getattr(filters, field) if value in values)
        for field, values in known.items()
        if field != "council"
    }
    asked = filters.council if filters.council in known["council"] else council
    return replace(filters, council=asked, **kept)


def finish(filters: Filters, *, council: str) -> None:
    """Nothing: from now on the URL tells this page's view.

    A page opened without a query keeps it blank while it shows the defaults of `council`: an
    address written at once would have to be stepped over by whoever presses Back.
    """
    state = st.session_state
    query = to_query(filters)
    if state.get(CHOSEN):
        query += "&" + urlencode({SELECT: state[CHOSEN]})
    is_default = query == to_query(Filters(council=council))
    if query != _query() and not (is_default and not _query()):
        st.query_params.from_dict(parse_qs(query))
    state[WRITTEN] = _query()


def council() -> str:
    """The council of the view; blank before there is one."""
    view: Filters | None = st.session_state.get(STATE)
    return view.council if view else ""


def reset(fields: Collection[str]) -> None:
    """Nothing: the page's choices but the council go back to their defaults."""
    state = st.session_state
    plain = Filters(council=state[STATE].council)
    state[STATE] = plain
    state[CHOSEN] = None
    for field in set(fields) - {"council"}:
        state[widget(field)] = getattr(plain, field)


def link(filters: Filters) -> str:
    """The full address of the page with `filters`: what a file that was taken away says of itself."""
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{to_query(filters)}"


def _edited(known: Filters, fields: Collection[str]) -> bool:
    """Whether a widget of the page holds something else than it was last drawn with."""
    state: Any = st.session_state
    return any(
        _held(state[widget(field)]) != getattr(known, field) for field in fields if widget(field) in state
    )


def _query() -> str:
    """The URL's query in the order the filters write it."""
    given = {key: st.query_params.get_all(key) for key in st.query_params}
    order = [*KEYS.values(), SELECT]
    return urlencode([(key, value) for key in order for value in given.get(key, [])])
