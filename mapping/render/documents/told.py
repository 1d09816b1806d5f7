"""A document as the template on A4 reads it: plain values for JSON, texts clean and of bounded length."""

from typing import Any, Final

from mapping.render.about import date_in_words
from mapping.render.documents import ending, fitting, logo, scale, wording
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
from mapping.render.sheet import lettering

Told = dict[str, Any]
ROOM_MM: Final = (170.0, 215.0)
"""Width and height of what is written on, less a caption."""
LOGO_MM: Final = (52.0, 13.0)
"""Width and height that a logo may take."""
HEADER_MM: Final = 125.0
UNTITLED: Final = "No title"
"""The standard asks for a title, and for alternative text."""
LONGEST_CELL: Final = 400
LONGEST_TITLE: Final = 240
WIDEST_MM: Final = (60.0, 45.0)
"""Of the label and the value of a bar."""
LINE_MM: Final = ROOM_MM[0] - 8.0
"""Width of running text, also in a list or a box."""
TITLE, HEADING, CAPTION, TEXT, SMALL = 25.0, 14.5, 9.8, 10.0, 9.0
"""Sizes in points, as the template has them."""
CELL_INSET_MM: Final = 4.0
FACT_SHARES: Final = (0.38, 0.62)
KEPT_TOGETHER: Final = 22
"""Lines of a table that stays on one page."""


def told(document: Document) -> tuple[Told, dict[str, str]]:
    """`document` with its ending, and its pictures as SVG by the name that a block refers to.

    Raises AttributionError as `ending` does, UnusableFileError as `logo.logo_png` does.
    """
    body, end = ending.body(document), ending.ending(document)
    pictures = {
        f"picture-{n}": block.svg.decode() for n, block in enumerate(body) if isinstance(block, Figure)
    }
    return _front(document) | {"blocks": _blocks(body), "ending": _blocks(end)}, pictures


def _front(document: Document) -> Told:
    """What stands at the head and in the margins."""
    title, subtitle, owner = (
        wording.short(lettering.clean(text), LONGEST_TITLE)
        for text in (document.title, document.subtitle, document.owner)
    )
    return {
        "title": title or UNTITLED,
        "title_broken": fitting.fitting(title or UNTITLED, ROOM_MM[0], TITLE),
        "running": lettering.shortened(title, HEADER_MM, size_pt=SMALL),
        "subtitle": subtitle,
        "subtitle_broken": fitting.fitting(subtitle, LINE_MM, HEADING),
        "owner": lettering.shortened(owner, HEADER_MM - LOGO_MM[0] / 2, size_pt=TEXT, weight="semibold"),
        "day": date_in_words(document.date),
        "date": [document.date.year, document.date.month, document.date.day],
        "language": document.language.split("-"),
        "fonts": [*lettering.TYPST_FONTS],
        "logo": _logo(document.logo, owner),
    }


def _logo(body: bytes, owner: str) -> Told:
    """The logo and how high it stands; without one its height is 0."""
    png, (width, height) = logo.logo_png(body), logo.size(body)
    return {
        "data": [*png],
        "alt": logo.alternative(owner),
        "height_mm": min(LOGO_MM[1], LOGO_MM[0] * height / width) if png else 0.0,
    }


def _blocks(blocks: tuple[Block, ...]) -> list[Told]:
    return [
        _block(wording.each_text(block, lettering.clean), f"picture-{n}") for n, block in enumerate(blocks)
    ]


def _block(block: Block, picture: str) -> Told:
    """One block; a table without a row and a chart without a bar say so in a line."""
    match block:
        case Heading():
            return {
                "kind": "heading",
                "level": block.level,
                "text": fitting.fitting(wording.short(block.text), LINE_MM, HEADING),
            }
        case Paragraph() | Note():
            kind = "note" if isinstance(block, Note) else "paragraph"
            return {"kind": kind, "text": _words(block.text, LINE_MM, TEXT)}
        case Bullets():
            return {"kind": "bullets", "items": [_words(item, LINE_MM, TEXT) for item in block.items]}
        case Figure():
            return {"kind": "figure", "picture": picture} | _figure(block)
        case Chart():
            return {"kind": "chart"} | _chart(block)
        case Facts() | Table():
            return _table(block)


def _table(block: Facts | Table) -> Told:
    """A table whose columns take their shares of the room; one of few lines is kept together."""
    columns = block.columns if isinstance(block, Table) else ()
    names = [wording.short(column.name) for column in columns]
    rows = [[wording.short(cell, LONGEST_CELL) for cell in row] for row in block.rows]
    shares = [column.width for column in columns] or FACT_SHARES
    texts = list(zip(*([names] if names else []), *rows, strict=True))
    widths = fitting.column_widths(shares, texts, width_mm=ROOM_MM[0], inset_mm=CELL_INSET_MM, size_pt=SMALL)
    rooms = [width - CELL_INSET_MM for width in widths]
    return {
        "kind": "table" if columns else "facts",
        "caption": _caption(block.caption),
        "widths_mm": widths,
        "sides": ["end" if column.is_number else "start" for column in columns],
        "names": [fitting.fitting(name, room, SMALL) for name, room in zip(names, rooms, strict=False)],
        "rows": [[_words(cell, room, SMALL) for cell, room in zip(row, rooms, strict=True)] for row in rows],
        "note": fitting.fitting(block.note, LINE_MM, SMALL) if isinstance(block, Table) else "",
        "is_long": sum(fitting.n_lines(row, rooms, SMALL) for row in rows) > KEPT_TOGETHER,
    }


def _figure(block: Figure) -> Told:
    scale = min(1.0, ROOM_MM[0] / block.width_mm, ROOM_MM[1] / block.height_mm)
    return {
        "caption": _caption(block.caption),
        "alt": block.alt or block.caption or UNTITLED,
        "note": "",
        "width_mm": block.width_mm * scale,
    }


def _chart(block: Chart) -> Told:
    labels = [wording.short(bar.label) for bar in block.bars]
    values = [wording.short(bar.text) for bar in block.bars]
    rooms = [
        min(most, fitting.widest(texts, SMALL) + 0.5)
        for texts, most in zip((labels, values), WIDEST_MM, strict=True)
    ]
    return {
        "caption": _caption(block.title),
        "alt": block.alt or block.title or UNTITLED,
        "note": fitting.fitting(block.note, LINE_MM, SMALL),
        "unit": fitting.fitting(wording.short(block.unit), ROOM_MM[0] - sum(WIDEST_MM) - 20, SMALL),
        "most": scale.end_of(block),
        "rooms_mm": rooms,
        "bars": [
            {
                "label": fitting.fitting(label, rooms[0], SMALL),
                "value": fitting.fitting(value, rooms[1], SMALL),
                "share": scale.share(bar, block),
                "colour": bar.colour,
            }
            for bar, label, value in zip(block.bars, labels, values, strict=True)
        ],
    }


def _caption(text: str) -> str:
    return fitting.fitting(wording.short(text), LINE_MM, CAPTION)


def _words(text: str, room_mm: float, size_pt: float) -> Told:
    """A text and whether it is an address to link to: that is broken by the template, at its joints."""
    is_link = wording.is_link(text)
    return {"text": text if is_link else fitting.fitting(text, room_mm, size_pt), "is_link": is_link}
