"""Method: how gaps are found, what that cannot say, and the limits of each story."""

import re
from pathlib import Path
from typing import Final

import streamlit as st

from mapping.errors import SourceMissingError
from mapping.settings import ROOT
from mapping.stories import Story, story_of
from mapping.ui import cache, links
from mapping.ui.components.text import plain

TEXT: Final = ROOT / "docs" / "gaps.md"
FILE_LINK: Final = re.compile(r"\[([^\]]+)\]\((?!https?:|#)[^)]*\)")
"""A link to a file that stands beside the text, and not beside the page."""
WIDTH: Final = 780
"""In pixels: a line that is read with ease."""


def page() -> None:
    """The limits of the story that a link names, then the method, then the other stories."""
    title, method = method_text()
    stories = cache.stories()
    asked = story_of(stories, st.query_params.get("story", ""))
    with st.container(width=WIDTH):
        st.markdown(title)
        if asked:
            draw_story(asked)
        st.markdown(method)
        st.markdown("## The stories and their limits")
        for story in stories:
            if story != asked:
                with st.expander(plain(story.title)):
                    draw_limits(story)


def draw_story(story: Story) -> None:
    """One story in full, before the method that all share."""
    with st.container(border=True):
        st.markdown(f"## {plain(story.title)}\n{story.story}")
        draw_limits(story)


def draw_limits(story: Story) -> None:
    """What a story cannot say, what to do next, and the way to its view."""
    st.markdown("**Limits of this story**\n\n" + "\n".join(f"- {limit}" for limit in story.limits))
    st.markdown(f"**Next step**\n\n{story.next_step}")
    if story.commands:
        st.code("\n".join(story.commands), "sh", wrap_lines=True)
    label = f"Open “{plain(story.title)}” on the gaps page"
    links.to_page("gaps", label, icon=":material/distance:", query=story.query)


def method_text(path: Path = TEXT) -> tuple[str, str]:
    """The first heading and the rest of the text at `path`, its links to files made plain.

    Raises SourceMissingError.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as exc:
        raise SourceMissingError(f"The method is not at {path}. Restore the file.") from exc
    title, _, rest = FILE_LINK.sub(r"\1", text).strip().partition("\n")
    return title, rest
