"""Facts, tables and charts of a document as tables of our own: all text escaped, each row with a heading."""

import html
import re
from collections.abc import Iterable, Mapping
from typing import Final

from mapping.render.documents import scale, wording
from mapping.render.documents.model import Bar, Chart, Column, Facts, Table

COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
NARROW: Final = 4
"""A table with more columns has the page to itself."""
PHONE: Final = 3
"""One with more columns may be wider than a phone: it is moved by itself, by finger or by key."""
ROOM: Final = 4.25
"""Characters of usual size, at least, in a column of width 1."""


def facts(block: Facts, *, links: Mapping[str, str]) -> str:
    """Labels and their values; a value that is all one web address, or is among `links`, is a link."""
    rows = "".join(
        f'<tr><th scope="row">{html.escape(label)}</th><td>{_value(value, links)}</td></tr>'
        for label, value in block.rows
    )
    return f'<table class="document facts">{_caption(block.caption)}<tbody>{rows}</tbody></table>'


def table(block: Table, *, links: Mapping[str, str]) -> str:
    """A table with a heading a column; a row whose name is among `links` leads there."""
    whole = sum(column.width for column in block.columns)
    widths = (f'<col style="width:{100 * column.width / whole:.1f}%">' for column in block.columns)
    named = (f'<th{_kind(column)} scope="col">{html.escape(column.name)}</th>' for column in block.columns)
    head = f"<colgroup>{''.join(widths)}</colgroup><thead><tr>{''.join(named)}</tr></thead>"
    body = f"<tbody>{''.join(_row(row, block.columns, links) for row in block.rows)}</tbody>"
    least = f' style="min-width:{ROOM * whole:.1f}rem"' if len(block.columns) > PHONE else ""
    drawn = f'<table class="document"{least}>{_caption(block.caption)}{head}{body}</table>'
    if least:
        name = html.escape(block.caption, quote=True)
        drawn = f'<div class="wide" role="region" tabindex="0" aria-label="{name}">{drawn}</div>'
    return f"{drawn}{_note(block.note)}"


def chart(block: Chart) -> str:
    """Bars from zero as a table: each has its label and its value in words, and its length is only seen."""
    rows = "".join(_bar(bar, block) for bar in block.bars)
    caption = _caption(f"{block.title} ({block.unit})" if block.unit else block.title)
    return f'<table class="document chart">{caption}<tbody>{rows}</tbody></table>{_note(block.note)}'


def _bar(bar: Bar, block: Chart) -> str:
    colour = bar.colour if COLOUR.fullmatch(bar.colour) else Bar.colour
    drawn = f'<i style="width:{100 * (scale.share(bar, block) or 0):.1f}%;background:{colour}"></i>'
    label, told = html.escape(bar.label), html.escape(bar.text)
    return f'<tr><th scope="row">{label}</th><td><div><span>{drawn}</span>{told}</div></td></tr>'


def _row(row: Iterable[str], columns: Iterable[Column], links: Mapping[str, str]) -> str:
    (name, column), *cells = zip(row, columns, strict=True)
    body = "".join(f"<td{_kind(each)}>{_value(cell, {})}</td>" for cell, each in cells)
    return f'<tr><th{_kind(column)} scope="row">{_value(name, links)}</th>{body}</tr>'


def _kind(column: Column) -> str:
    return ' class="number"' if column.is_number else ""


def _value(text: str, links: Mapping[str, str]) -> str:
    told, address = html.escape(text), text if wording.is_link(text) else links.get(text)
    return told if address is None else f'<a href="{html.escape(address, quote=True)}">{told}</a>'


def _caption(text: str) -> str:
    return f"<caption>{html.escape(text)}</caption>" if text else ""


def _note(text: str) -> str:
    return f'<p class="small-print">{html.escape(text)}</p>' if text else ""
