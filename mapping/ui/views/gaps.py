"""Gaps: where deprivation is high and places are far, and where one more would help most."""

from dataclasses import replace
from typing import Final

import streamlit as st

from mapping.analysis.filters import PLANS, Filters
from mapping.analysis.record import ALL, Standing
from mapping.render import gap_words
from mapping.ui import cache, links
from mapping.ui.components import (
    england_card,
    gap_card,
    gap_choices,
    gap_clusters,
    gap_downloads,
    gap_map,
    gap_plans,
    gap_siting,
    gap_stories,
    gap_table,
    gap_what_if,
    meaning,
    take_away,
)
from mapping.ui.components.gap_plans import Shown
from mapping.ui.components.text import plain

TABS: Final = ("Ranked areas", "One more", "What if", "Clusters (exploratory)")
TABS_KEY: Final = "gap-tabs"


def page() -> None:
    """The question, its answer on a map, the card of what is chosen, and the same as tables."""
    first = cache.first_council()
    chosen = links.begin("gaps", gap_choices.FIELDS, council=first, known=gap_choices.known())
    asked = gap_choices.opened(chosen)
    # First: where there is no answer, it is the way to another question.
    with st.sidebar:
        gap_choices.draw(asked)
    if asked.edition in cache.atlas().editions:
        draw(asked)
    else:
        draw_missing(asked)
    opening = gap_choices.opened(links.defaults(first))
    links.finish(asked, gap_choices.FIELDS, council=first, opening=opening)


def draw(asked: Filters) -> None:
    """The page of an edition that is held."""
    shown = gap_plans.shown(asked)
    is_siting = st.session_state.get(TABS_KEY) == TABS[1] and not shown.view.standing.is_silent
    sites = gap_siting.found(shown) if is_siting else None
    words = st.container()
    left, right = st.columns([2, 1], gap="medium")
    # The map is what a reader waits for: it is sent first, whatever stands above it.
    with left:
        gap_map.draw(shown, chosen=gap_card.chosen_of(shown), sites=None if sites is None else sites.chosen)
    with words:
        draw_words(shown)
    with right:
        gap_card.draw(shown)
    with st.container(horizontal=True, vertical_alignment="center"):
        gap_downloads.button(shown, sites)
        take_away.button(asked, page="gaps", with_sites=sites is not None)
        meaning.button()
        links.to_page("method", "Method and limits", icon=":material/menu_book:", query="")
    draw_tabs(shown)


def draw_words(shown: Shown) -> None:
    """The answer in words, before anything else, and the stories to begin with."""
    council = shown.asked.council
    st.markdown(f"# {plain(council)}: gaps in access to {plain(shown.what.title)}")
    told = replace(shown.view, areas=gap_table.named(shown))
    said = gap_words.summary_sentence(told, council=council, what=shown.what)
    if shown.plan:
        said = f"{PLANS[shown.plan.name]}, not as recorded: {said}"
    st.markdown(plain(said))
    # What could not be done is told where it is read: in the tab that it was asked in, else here.
    if st.session_state.get(TABS_KEY) != TABS[2]:
        gap_plans.warn(shown)
    if shown.view.standing.is_silent:
        draw_silence(shown.view.standing)
    gap_stories.row(shown.asked)


def draw_silence(standing: Standing) -> None:
    """What to do where nobody has looked: how a list is brought."""
    st.info("No figures: nothing is on record, which does not mean that nothing is there. To bring a list:")
    named = [line.category for line in standing.doubtful if line.category not in ("", ALL)]
    slug = (named or ["library"])[0].replace(" ", "-")
    command = f"python -m mapping place LIST.csv --out data/added/{slug}.csv"
    st.code(f"{command}\nmake run", "sh", wrap_lines=True)


def draw_missing(asked: Filters) -> None:
    """What to do where an edition is not held."""
    st.markdown(f"# {plain(asked.council)}: gaps")
    told = f"The {asked.edition} edition is not held here."
    st.info(f"{told} To bring it, run these two commands, then start again:")
    england_card.commands(f'python -m mapping fetch --council "{asked.council}" --edition {asked.edition}')


def draw_tabs(shown: Shown) -> None:
    """The ranking as a table, one more, what if, and clusters: only what is looked at is worked out."""
    ranked, more, what_if, together = st.tabs(list(TABS), key=TABS_KEY, on_change="rerun")
    with ranked:
        if ranked.open:
            gap_table.draw(shown)
    with more:
        if more.open:
            gap_siting.draw(shown)
    with what_if:
        if what_if.open:
            gap_what_if.draw(shown)
    with together:
        if together.open:
            gap_clusters.draw(shown)
