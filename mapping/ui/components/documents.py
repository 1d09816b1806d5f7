"""A document on a page: its blocks in their order, as text, tables and pictures of the page itself."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import streamlit as st

from mapping.render.documents.model import (
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
)
from mapping.ui.components import document_tables
from mapping.ui.components.text import plain

SHORT: Final = 12
"""A table with more rows has the page to itself."""


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """What a page adds to a document."""

    links: Mapping[str, str]
    """By what a row of a table, or the value of a fact, is called: the address it leads to."""
    below: Callable[[], None]
    """What stands below its opening."""


def draw_title(document: Document) -> None:
    """What the document is about."""
    st.markdown(f"# {plain(document.title)}")
    st.markdown(plain(document.subtitle))


def draw(blocks: Iterable[Block], drawing: Drawing) -> None:
    """The blocks, part by part; where pictures make up the first part, they stand beside the opening."""
    opening, *others = parts(blocks)
    if others and all(isinstance(block, Heading | Figure) for block in others[0]):
        left, right = st.columns([2, 3], gap="large")
        with left:
            draw_part(opening, drawing)
            drawing.below()
        with right:
            draw_part([block for block in others.pop(0) if isinstance(block, Figure)], drawing)
    else:
        draw_part(opening, drawing)
        drawing.below()
    for part in others:
        draw_part(part, drawing)


def parts(blocks: Iterable[Block]) -> list[list[Block]]:
    """The blocks in their order, cut before each heading of the second level; the first may be empty."""
    found: list[list[Block]] = [[]]
    for block in blocks:
        if isinstance(block, Heading) and block.level == 2:
            found.append([])
        found[-1].append(block)
    return found


def draw_part(part: list[Block], drawing: Drawing) -> None:
    """The blocks one under another; two that are narrow and follow each other, side by side."""
    waiting = list(part)
    while waiting:
        block = waiting.pop(0)
        if is_pair(block, *waiting[:2]):
            for column, each in zip(st.columns(2, gap="large"), (block, waiting.pop(0)), strict=True):
                with column:
                    draw_block(each, drawing)
        else:
            draw_block(block, drawing)


def is_pair(block: Block, following: Block | None = None, third: Block | None = None) -> bool:
    """Whether a block and the next fit beside each other, and the next not better beside a third."""
    if following is None or not is_narrow(block) or not is_narrow(following):
        return False
    return type(block) is type(following) or type(third) is not type(following)


def is_narrow(block: Block) -> bool:
    """Whether half of the page is enough for it."""
    if isinstance(block, Table):
        return len(block.columns) <= document_tables.NARROW and len(block.rows) <= SHORT
    return isinstance(block, Chart | Facts | Figure)


def draw_block(block: Block, drawing: Drawing) -> None:
    """One block."""
    match block:
        case Heading():
            st.markdown(f"{'#' * block.level} {plain(block.text)}")
        case Paragraph():
            st.markdown(plain(block.text))
        case Note():
            st.info(plain(block.text), icon=":material/info:")
        case Bullets():
            st.markdown("\n".join(f"- {plain(item)}" for item in block.items))
        case Facts():
            st.html(document_tables.facts(block, links=drawing.links))
        case Table():
            st.html(document_tables.table(block, links=drawing.links))
        case Chart():
            st.html(document_tables.chart(block))
        case Figure():
            caption = plain(block.caption) or None
            # As JPEG, which it would become unasked, its letters and lines would blur.
            st.image(block.png, caption=caption, alt=block.alt, width="stretch", output_format="PNG")
