"""A view in a frame on somebody's own page: its map with a line of words, and the way to all the rest."""

import base64
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import streamlit as st

from mapping.analysis.filters import PLANS, Filters
from mapping.editions import EDITIONS
from mapping.errors import UnknownAreaError
from mapping.render import gap_words, summary
from mapping.render.about import About, require_attribution
from mapping.render.gap_map import GapState
from mapping.render.layers import MapState
from mapping.reporting import travelling_explore
from mapping.reporting.pictures import words_of
from mapping.reporting.profile_about import logo_bytes
from mapping.ui import cache, links
from mapping.ui.components import area_choice, cards, gap_card, gap_choices, gap_map, gap_plans, take_files
from mapping.ui.components import map as atlas_map
from mapping.ui.views import explore

STYLE: Final = Path(__file__).parent / "embed.css"
HEIGHT: Final = 640
"""Pixels of the frame that is offered."""
ROOM: Final = 470
"""Of them, what the map has; its style lets it take what the words leave."""
ATLAS: Final = ("atlas", atlas_map.KEY, atlas_map.choose)
"""Which map it is, its key, and what a click on it does."""
ON: Final = ("embed", "true")
"""What a link says that asks for the map alone; Streamlit knows the same."""
FULL: Final = "Open the full view"


def snippet(link: str, title: str = "") -> str:
    """The HTML that shows the view of `link` on any page, under its `title`."""
    named = escape(title or "Map of places and deprivation")
    return (
        f'<iframe src="{escape(address(link))}" title="{named}" width="100%" height="{HEIGHT}" '
        'loading="lazy" style="border:0"></iframe>'
    )


def address(link: str) -> str:
    """`link`, asking for the map alone."""
    parts = urlsplit(link)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != ON[0]]
    return urlunsplit(parts._replace(query=urlencode([*query, ON])))


def pages() -> list[st.Page]:
    """The pages that have a map of one council, each as its map alone."""
    return [
        st.Page(explored, title="Explore", url_path="explore", default=True),
        st.Page(gaps, title="Gaps", url_path="gaps"),
        st.Page(areas, title="Area", url_path="area"),
    ]


def explored() -> None:
    """The map of Explore."""
    first = cache.first_council()
    asked = links.begin("explore", explore.FIELDS, council=first, known=cache.known_values())
    shown = explore.shown_of(asked)
    lad24cd = cache.atlas().lad24cd(asked.council)
    state = atlas_map.state_of(shown, asked, lad24cd=lad24cd, chosen=cards.chosen_of(shown))
    said = summary.areas_sentence(
        shown.areas, council=asked.council, geography=asked.geography, index=asked.index, told=""
    )
    draw(asked, state, page="explore", said=said)
    links.finish(asked, explore.FIELDS, council=first)


def gaps() -> None:
    """The map of Gaps, as recorded or under the plan of the link."""
    first = cache.first_council()
    chosen = links.begin("gaps", gap_choices.FIELDS, council=first, known=gap_choices.known())
    asked = gap_choices.opened(chosen)
    require_held(asked)
    shown = gap_plans.shown(asked)
    state = gap_map.state_of(shown, chosen=gap_card.chosen_of(shown))
    said = gap_words.coverage_sentence(shown.view, council=asked.council, what=shown.what)
    planned = f"{PLANS[shown.plan.name]}, not as recorded: " if shown.plan else ""
    draw(asked, state, page="gaps", said=f"{planned}{said}")
    opening = gap_choices.opened(links.defaults(first))
    links.finish(asked, gap_choices.FIELDS, council=first, opening=opening)


def areas() -> None:
    """The map of the areas that the page of areas is about; of the whole council where there is none."""
    first = cache.first_council()
    known = {field: values for field, values in cache.known_values().items() if field != "edition"}
    asked = area_choice.opened(links.begin("area", area_choice.FIELDS, council=first, known=known))
    require_held(asked)
    lad24cd = cache.atlas().lad24cd(asked.council)
    if asked.codes:
        made = travelling_explore.found_of(asked, cache.held())
        shown, own = replace(made.council.view, places=made.places), made.filters
    else:
        made, shown, own = None, explore.shown_of(asked), asked
    state = atlas_map.state_of(shown, own, lad24cd=lad24cd, chosen=cards.chosen_of(shown))
    if made is not None:
        codes = cache.area_file(EDITIONS[own.edition].lsoa, lad24cd).keys
        state = travelling_explore.focused(state, made, codes, held=cache.held())
    draw(asked, state, page="area", said="")
    opening = replace(links.defaults(first), geography="ward")
    links.finish(asked, area_choice.FIELDS, council=first, opening=opening)


def require_held(asked: Filters) -> None:
    """Nothing, if the edition asked for is held. Raises UnknownAreaError."""
    if asked.edition not in cache.atlas().editions:
        raise UnknownAreaError(f"The {asked.edition} edition is not held here. {FULL} to see what is.")


def draw(asked: Filters, state: MapState | GapState, *, page: str, said: str) -> None:
    """Title, a sentence, the map, its sources and the way to all the rest."""
    full = links.link(asked)
    words = words_of(asked, page=page, held=cache.held(), link=full, date=take_files.today())
    st.html(STYLE)
    st.html(head(words.title, said or words.summary))
    # What is chosen on the map is told by the map itself; a frame has no card.
    kind, key, choose = ("gaps", gap_map.KEY, gap_map.choose) if page == "gaps" else ATLAS
    atlas_map.show(state, kind=kind, key=key, height=ROOM, on_change=choose, is_still=True)
    st.html(foot(words.about, full))


def head(title: str, said: str) -> str:
    """The title and the sentence, with the name and the logo of the installation."""
    name, logo = cache.settings().name, logo_bytes(cache.settings())
    picture = f'<img src="data:image/png;base64,{base64.b64encode(logo).decode()}" alt="">' if logo else ""
    owner = f'<p class="owner">{picture}<span>{escape(name)}</span></p>' if name or logo else ""
    return (
        f'<div class="embed-head"><h1>{escape(title)}</h1>{owner}</div>'
        f'<p class="embed-said">{escape(said)}</p>'
    )


def foot(about: About, full: str) -> str:
    """Whose data it is, each sentence that is owed, and the link to the full view."""
    require_attribution(about)
    owed = "".join(f"<li>{escape(each)}</li>" for each in about.attributions)
    licences = escape("; ".join(about.licences))
    return (
        f'<div class="embed-foot"><details><summary>Sources and licences. {summary.NO_RECORD}</summary>'
        f"<ul>{owed}<li>Licences: {licences}</li></ul></details>"
        f'<a href="{escape(full)}" target="_blank" rel="noopener noreferrer">{FULL}</a></div>'
    )
