"""XLSX: a sheet of the rows, and a sheet `About` that says what they are."""

import datetime
from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

import numpy as np
import pandas as pd
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from mapping.errors import UnusableFileError
from mapping.glossary import COLUMNS
from mapping.render.about import About, date_in_words
from mapping.render.neutral import is_formula
from mapping.render.shape_column import subject
from mapping.sources import Card

MOST_ROWS: Final = 1_048_575
"""Rows that a sheet holds beneath its headings."""
LONGEST_CELL: Final = 32_767
"""What a cell holds, in units of UTF-16."""
CUT: Final = " … (cut here: a spreadsheet cell holds no more)"
NARROWEST: Final = 8
WIDEST: Final = 48
A4: Final = 9

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
STYLES: Final[dict[str, dict[str, Any]]] = {
    # Without the mark of a quote, text that looks like a formula becomes one when somebody edits the cell.
    "literal": {"quote_prefix": True},
    "heading": {"bold": True, "bottom": 1, "quote_prefix": True},
    "heading of numbers": {"bold": True, "bottom": 1, "quote_prefix": True, "align": "right"},
    "title": {"bold": True, "font_size": 14, "quote_prefix": True},
    "label": {"bold": True, "valign": "top", "quote_prefix": True},
    "wrapped": {"text_wrap": True, "valign": "top", "quote_prefix": True},
}
Styles = dict[str, Format]


def xlsx_file(table: pd.DataFrame, about: About, columns: list[str]) -> bytes:
    """A workbook of `columns` of `table`: sheet `Places` or `Areas`, then sheet `About`.

    Numbers are numbers, text is text whatever it begins with, NA is an empty cell.
    Raises UnusableFileError where a sheet cannot hold all rows.
    """
    if len(table) > MOST_ROWS:
        raise UnusableFileError(
            f"A spreadsheet holds {MOST_ROWS:,} rows; these are {len(table):,}. Choose CSV."
        )
    body = BytesIO()
    with Workbook(body, OPTIONS) as book:
        book.set_properties(_properties(about))
        styles = {name: book.add_format(style) for name, style in STYLES.items()}
        _write_rows(book.add_worksheet(subject(table).title()), pd.DataFrame(table[columns]), styles)
        _write_about(book.add_worksheet("About"), about, columns, styles)
    return body.getvalue()


def _write_rows(sheet: Worksheet, rows: pd.DataFrame, styles: Styles) -> None:
    """The headings, which stay in sight, and the rows, ready to be filtered and printed."""
    for at, heading in enumerate(rows):
        column = rows[heading]
        is_number = pd.api.types.is_numeric_dtype(column) and not pd.api.types.is_bool_dtype(column)
        style = styles["heading of numbers" if is_number else "heading"]
        sheet.write_string(0, at, _fitting(str(heading)), style)
        sheet.set_column(at, at, _width(column, heading=str(heading)))
        for row, cell in enumerate(column, start=1):
            _write_cell(sheet, row, at, cell, styles)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(rows), max(rows.shape[1] - 1, 0))
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _write_cell(sheet: Worksheet, row: int, at: int, cell: object, styles: Styles) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, at, _fitting(cell), styles["literal"] if is_formula(cell) else None)
    elif isinstance(cell, (bool, np.bool_)):
        sheet.write_boolean(row, at, bool(cell))
    elif isinstance(cell, (int, float, np.number)) and np.isfinite(cell):
        sheet.write_number(row, at, float(cell))


def _fitting(text: str) -> str:
    """`text`, cut where a cell would not hold it."""
    units = text.encode("utf-16-le", "surrogatepass")
    if len(units) <= 2 * LONGEST_CELL:
        return text
    kept = units[: 2 * (LONGEST_CELL - len(CUT))].decode("utf-16-le", "ignore")
    return kept + CUT


def _width(column: "pd.Series[Any]", *, heading: str) -> float:
    """Wide enough for the heading and nine in ten of the cells, within reason."""
    lengths = column.dropna().astype(str).str.len()
    usual = float(lengths.quantile(0.9)) if len(lengths) else 0
    return min(max(len(heading) + 3, usual + 1, NARROWEST), WIDEST)


def _write_about(sheet: Worksheet, about: About, columns: list[str], styles: Styles) -> None:
    """What the file holds, its sources, and what its columns mean: label and words, line by line."""
    groups: list[list[tuple[str, str]]] = [
        [("Made on", date_in_words(about.date)), ("The same on the page", about.link)],
        [*about.filters, ("Edition", about.edition)],
        [("Please note", note) for note in about.notes],
        [("Show this with the facts", sentence) for sentence in about.attributions],
        *([*_source_lines(card)] for card in about.sources),
        [(f"Column {column}", COLUMNS.get(column, "")) for column in columns],
    ]
    lines = [line for group in groups if group for line in (("", ""), *group)]
    sheet.set_column(0, 0, 32)
    sheet.set_column(1, 1, 100)
    sheet.write_string(0, 0, _fitting(about.title), styles["title"])
    for row, (label, words) in enumerate(lines, start=1):
        sheet.write_string(row, 0, _fitting(label), styles["label"])
        sheet.write_string(row, 1, _fitting(words), styles["wrapped"])
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)


def _source_lines(card: Card) -> Iterator[tuple[str, str]]:
    yield "Source", f"{card.title}. {card.source}"
    yield "Publisher", card.publisher
    yield "Date of the facts", card.vintage
    yield "Licence", card.licence
    yield "How made", card.made


def _properties(about: About) -> dict[str, Any]:
    """The document's own properties; dated like `about`: same input, same bytes."""
    return {
        "title": about.title,
        "subject": about.edition,
        "author": "Commons Atlas",
        "comments": " ".join(about.attributions),
        "keywords": "; ".join(about.licences),
        "created": datetime.datetime.combine(about.date, datetime.time(12)),
    }
