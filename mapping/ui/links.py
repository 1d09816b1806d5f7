"""The URL is the store of every choice: what a page shows is a link, and a link restores it."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlencode

import streamlit as st

from mapping.analysis.filters import KEYS, Filters, from_query, to_query
from mapping.editions import EDITIONS
from mapping.errors import UnknownAreaError
from mapping.ui import cache

STATE = "view"
WRITTEN = "written"
PAGE = "page"
CHOSEN = "chosen"
SELECT = "select"
TITLE = "title"
"""What a page shows, where the tab of the browser is to name it too."""
MISSED = "missed"
"""What a link called its council, where it is not built here, and the one that is shown instead."""


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
        # A page without a council of its own leaves the one that another page shows.
        usual = before.council if before and "council" not in fields else council
        wanted = from_query(asked, council=usual)
        before = _only_known(wanted, known, council=usual)
        is_missed = before.council != wanted.council and not council_named(wanted.council)
        state[MISSED] = (wanted.council, before.council) if is_missed else None
        state[CHOSEN] = st.query_params.get(SELECT)
        for field in fields:
            state[widget(field)] = getattr(before, field)
    for field in fields:
        state.setdefault(widget(field), getattr(before, field))
    # Another page may have left an edition that this one cannot show.
    if "edition" in fields and state[widget("edition")] not in known.get("edition", EDITIONS):
        state[widget("edition")] = defaults(council).edition
    state[PAGE] = page
    held = {field: _held(state[widget(field)]) for field in fields}
    state[STATE] = replace(before, **held)
    return replace(defaults(before.council), **held)


def defaults(council: str) -> Filters:
    """What a page shows of `council` before any choice: the latest edition that is held."""
    return Filters(council=council, edition=cache.atlas().editions[0])


def _held(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else value


def _only_known(filters: Filters, known: Mapping[str, Collection[str]], *, council: str) -> Filters:
    kept: dict[str, Any] = {
        field: tuple(value for value in getattr(filters, field) if value in values)
        for field, values in known.items()
        if field not in ("council", "edition")
    }
    # A link may hold a code, also one that was replaced since.
    asked = filters.council if filters.council in known["council"] else council_named(filters.council)
    # A page that names no editions says itself what is to be done for one that is not held.
    held = known.get("edition", EDITIONS)
    edition = filters.edition if filters.edition in held else defaults(council).edition
    return replace(filters, council=asked or council, edition=edition, **kept)


def finish(
    filters: Filters, fields: Collection[str], *, council: str, opening: Filters | None = None
) -> None:
    """Nothing: from now on the URL tells this page's view, made of `fields`.

    A page opened without a query keeps it blank while it shows the defaults of `council`, or the `opening`
    of a page that has its own: an address written at once would have to be stepped over by whoever presses
    Back.
    """
    state = st.session_state
    query = query_of(filters, fields)
    if state.get(CHOSEN):
        query += "&" * bool(query) + urlencode({SELECT: state[CHOSEN]})
    is_default = query == query_of(opening or defaults(council), fields)
    if query != _query() and not (is_default and not _query()):
        st.query_params.from_dict(parse_qs(query))
    state[WRITTEN] = _query()


def council_named(text: str) -> str:
    """The name of the council that `text` names, by a code or name of today or of before; blank for none."""
    atlas = cache.atlas()
    return "" if why_no_council(text) else atlas.council_names[atlas.lad24cd(text)]


def why_no_council(text: str) -> str:
    """Why no council here is called `text`, and what to do; blank where one is."""
    try:
        cache.atlas().lad24cd(text)
    except UnknownAreaError as exc:
        return str(exc)
    return ""


def council() -> str:
    """The council of the view; blank before there is one."""
    view: Filters | None = st.session_state.get(STATE)
    return view.council if view else ""


def missed() -> str:
    """The council that a link asked for and that is not built here; blank once another is chosen."""
    asked, instead = st.session_state.get(MISSED) or ("", "")
    return asked if instead == council() else ""


def reset(fields: Collection[str]) -> None:
    """Nothing: the page's choices but the council go back to their defaults."""
    state = st.session_state
    plain = defaults(state[STATE].council)
    state[STATE] = plain
    state[CHOSEN] = None
    for field in set(fields) - {"council"}:
        state[widget(field)] = getattr(plain, field)


def choose(**choices: object) -> None:
    """Nothing: those fields of the page are so from its next run on."""
    for field, value in choices.items():
        st.session_state[widget(field)] = value


def correct(filters: Filters, fields: Collection[str]) -> None:
    """Nothing: the page shows `filters`, where what was asked cannot be; call it before its widgets."""
    state = st.session_state
    state[STATE] = replace(state[STATE], **{field: getattr(filters, field) for field in fields})
    for field in fields:
        state[widget(field)] = getattr(filters, field)


def to_profile(label: str, filters: Filters, *codes: str) -> None:
    """The link to the profile of those areas, or, without any, to the council's overview."""
    icon = ":material/article:"
    to_page("area", label, icon=icon, query=to_query(of_areas(filters, *codes)))


def of_areas(filters: Filters, *codes: str) -> Filters:
    """What the page of areas shows of `codes` for what another page shows; without any, of the council."""
    return Filters(
        council=filters.council,
        edition=filters.edition,
        # An overview is one of wards, whatever the map that it is opened from is made of.
        geography=filters.geography if codes else "ward",
        index=filters.index,
        codes=codes,
    )


def to_page(name: str, label: str, *, icon: str, query: str) -> None:
    """The link to another page, or to another view of this one."""
    # Streamlit knows a page by its address alone: a page that links need not import what it links to.
    page = st.Page(_no_page, title=name.capitalize(), url_path=name, default=name == "explore")
    st.page_link(page, label=label, icon=icon, query_params=parse_qs(query))


def query_of(filters: Filters, fields: Collection[str]) -> str:
    """`filters` as a query; without the council on a page that has none."""
    query = to_query(filters)
    return query if "council" in fields else query.partition("&")[2]


def link(filters: Filters, fields: Collection[str] = KEYS) -> str:
    """The full address of the page with `filters`: what a file that was taken away says of itself."""
    base = (st.context.url or "").split("?")[0]
    return f"{base}?{query_of(filters, fields)}"


def _no_page() -> None:
    """Nothing: stands for a page that is linked to."""


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
