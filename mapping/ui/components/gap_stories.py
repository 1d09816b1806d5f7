"""The stories that the gaps page can begin with: a row of them, and the one that is told."""

from typing import Final
from urllib.parse import urlencode

import streamlit as st

from mapping.analysis.filters import Filters, from_query
from mapping.stories import Story, story_of
from mapping.ui import cache, links
from mapping.ui.components.gap_choices import FIELDS

KEY: Final = "gap-story"


def row(asked: Filters) -> None:
    """The stories by title, of which one may be told."""
    stories = {story.id: story for story in cache.stories()}
    chosen = stories.get(asked.story)
    st.session_state[KEY] = chosen.id if chosen else None
    st.pills(
        "Stories to begin with",
        list(stories),
        format_func=lambda name: stories[name].title,
        key=KEY,
        on_change=begin,
        label_visibility="collapsed",
        wrap=False,
    )


def question(asked: Filters) -> None:
    """What the story that is told asks, and one click away what it answers and cannot say."""
    story = story_of(cache.stories(), asked.story)
    if story is None:
        return
    first, mark, _ = story.story.partition("?")
    st.markdown(f"**{first}{mark}**" if mark else f"**{story.title}**")
    with st.popover("The story and its limits", icon=":material/history_edu:"):
        st.markdown(story.story)
        if is_changed(story, asked):
            st.markdown("Choices have been changed since: figures and map follow them, not the story.")
        st.markdown("**Limits of this story**\n\n" + "\n".join(f"- {limit}" for limit in story.limits))
        query = urlencode({"story": story.id})
        links.to_page("method", "Its next step, and the method", icon=":material/menu_book:", query=query)


def is_changed(story: Story, asked: Filters) -> bool:
    """Whether the view asks something else than its story."""
    query = from_query(story.query, council=story.council)
    aside = {"plans", "on_map", "candidates", "add"}
    return any(getattr(query, field) != getattr(asked, field) for field in FIELDS if field not in aside)


def begin() -> None:
    """Nothing: the page shows the story that was chosen, or no story any more."""
    story = story_of(cache.stories(), st.session_state[KEY] or "")
    if story is None:
        links.choose(story="")
        return
    wanted = from_query(story.query, council=story.council)
    links.choose(**{field: getattr(wanted, field) for field in FIELDS})
    st.session_state[links.CHOSEN] = None
