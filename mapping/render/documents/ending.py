"""How every document ends: what it was made from, by whose leave, and the way back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from mapping.render.about import About, date_in_words, require_attribution
from mapping.render.documents import wording
from mapping.render.documents.model import (
    Block,
    Bullets,
    Chart,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Table,
)

SOURCE_COLUMNS = (
    Column(name="Source", width=3.0),
    Column(name="Publisher", width=2.4),
    Column(name="Edition or date", width=1.7),
    Column(name="Licence", width=1.9),
)


def body(document: Document) -> tuple[Block, ...]:
    """The blocks of `document` as they can be written, without its ending.

    No level of heading is skipped; a table or chart without a row says so in a line, and what is empty is
    left out.
    """
    return tuple(_levelled(chain.from_iterable(map(_or_words, document.blocks))))


def ending(document: Document) -> tuple[Block, ...]:
    """The last part of `document`, “About this document”: choices, edition, day, link, notes, sources.

    A value of `Facts` that is all one web address is meant to be a link.
    Raises AttributionError where a source lacks the sentence its licence asks for.
    """
    about = document.about
    require_attribution(about)
    notes = (Heading(text="Notes", level=3), Bullets(items=about.notes)) if about.notes else ()
    return (
        Heading(text="About this document"),
        Facts(caption="How it was made", rows=_choices(document)),
        *notes,
        Heading(text="Sources and licences", level=3),
        Table(caption="What the figures come from", columns=SOURCE_COLUMNS, rows=_source_rows(about)),
        Heading(text="Attribution", level=3),
        Bullets(items=about.attributions),
    )


def _or_words(block: Block) -> Iterator[Block]:
    """`block`; a line for a table or chart without a row, nothing for what has no word."""
    match block:
        case Table() if not block.rows:
            yield Paragraph(text=f"{block.caption}: nothing to list.")
        case Chart() if not block.bars:
            yield Paragraph(text=f"{block.title}: no figures.")
        case Facts() if not block.rows:
            return
        case Bullets() if not block.items:
            return
        case Heading() | Paragraph() | Note() if not wording.plain(block.text):
            return
        case _:
            yield block


def _levelled(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks`; a heading of level 3 before any of level 2 is one of level 2."""
    has_part = False
    for block in blocks:
        if isinstance(block, Heading):
            block, has_part = replace(block, level=3 if block.level == 3 and has_part else 2), True
        yield block


def _choices(document: Document) -> tuple[tuple[str, str], ...]:
    """Label and value of each choice, then edition, day and link; what is blank is left out."""
    about = document.about
    rows = (
        *about.filters,
        ("Edition", about.edition),
        ("Made by", document.owner),
        ("Date", date_in_words(document.date)),
        ("To see it again", about.link),
    )
    return tuple(row for row in rows if row[1])


def _source_rows(about: About) -> tuple[tuple[str, ...], ...]:
    """One row a source, each once."""
    rows = ((card.title, card.publisher, card.vintage, card.licence) for card in about.sources)
    return tuple(dict.fromkeys(rows))
