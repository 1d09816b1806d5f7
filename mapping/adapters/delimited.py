"""The records of a CSV somebody brought: the good ones, and where the others are."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from mapping.adapters.encodings import STRAY, repaired
from mapping.adapters.kinds import refused
from mapping.adapters.plain import plain_text
from mapping.errors import UnusableFileError
from mapping.issues import Issue

SEPARATORS: Final = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
DECLARED: Final = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
"""What Excel reads, and some programs write, above the headings."""
LONGEST_TITLE: Final = 20
HEADS: Final = re.compile(r"post ?codes?", re.IGNORECASE)
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 100
MOST_FAULTS: Final = 1_000
LONGEST_LINE: Final = 1_000_000


@dataclass
class Records:
    """A table as its file has it, all text."""

    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    """Each as long as the headings."""
    numbers: list[int] = field(default_factory=list)
    """Number of each row in the file, as a spreadsheet counts: the headings are row 1, empty lines count."""
    issues: list[Issue] = field(default_factory=list)
    n_left_out: int = 0
    """Rows that could not be read as such; each is among the issues."""
    form: str = ""
    """What the file turned out to be, for people."""


@dataclass(frozen=True)
class Record:
    """One record and the lines it stands on; `fault` where it is not one."""

    cells: list[str]
    line: int
    """Number of its first line in the file."""
    lines: str
    fault: str = ""


def read_records(text: str, *, name: str, has_strays: bool = False) -> Records:
    """The table in `text`, separated by commas, semicolons, tabs or bars as its headings are.

    A record that is ragged, holds a NUL or opens a quotation mark that nothing closes is an issue with its
    line; the records after it are read. Line breaks inside quotation marks are part of a cell. Where the text
    `has_strays`, the bytes that are no UTF-8, their rows are issues too but stay.

    Raises UnusableFileError: a line over 1 MB, more rows, columns or faults than can be right.
    """
    lines = _lines(text, name=name)
    declared = DECLARED.fullmatch(lines[0])
    title = 0 if declared else _title(lines)
    separator = declared[1] if declared else _separator(lines[title:])
    table = Records(form=f"separated by {SEPARATORS.get(separator, repr(separator))}")
    table.form += f", headings in line {title + 1}" * bool(title)
    start = 1 if declared else title
    for number, record in enumerate(_records(lines, separator, start=start), start=1 + title):
        if not record.cells and not record.fault:  # an empty line
            continue
        if not table.headings:
            table.headings = _headings(record, name=name)
        else:
            _add(table, record, number, has_strays=has_strays)
        _check_size(table, name=name)
    return without_empty_end(table)


def _lines(text: str, *, name: str) -> list[str]:
    lines = list(io.StringIO(text, newline=""))
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST_LINE:
            what = f"has a line of {len(line):,} characters (line {number:,})"
            raise refused(name, what, "A table has no such cell. Take it out and bring the file again.")
    return lines


def _title(lines: list[str]) -> int:
    """How many lines stand above the headings, as a title does: none of them has half as many cells.

    Headings that are not at the top are known by one of them, the postcode's.
    """
    for separator in SEPARATORS:
        most = 0
        for at, line in enumerate(lines[:LONGEST_TITLE]):
            cells = [cell.strip() for cell in next(_records([line], separator, start=0)).cells]
            n_filled = sum(map(bool, cells))
            if any(map(HEADS.fullmatch, cells)):
                if 2 * most < n_filled:
                    return at
                break
            most = max(most, n_filled)
    return 0


def _separator(lines: list[str]) -> str:
    """The separator that cuts the headings into the most cells; a comma where several do."""
    first = next((at for at, line in enumerate(lines) if line.strip()), 0)
    cut = {each: len(next(_records(lines, each, start=first)).cells) for each in SEPARATORS}
    return max(cut, key=lambda each: cut[each])


def _records(lines: list[str], separator: str, *, start: int) -> Iterator[Record]:
    """Every record from line `start` on. After a fault of quotation marks the next line begins a new one."""
    while start < len(lines):
        reader = csv.reader((lines[at] for at in range(start, len(lines))), delimiter=separator, strict=True)
        begun = start
        try:
            for cells in reader:
                end = start + reader.line_num
                yield Record(
                    cells, begun + 1, lines[begun] if end == begun + 1 else "".join(lines[begun:end])
                )
                begun = end
        except csv.Error:
            yield Record([], begun + 1, lines[begun], "A quotation mark is out of place or is not closed")
            start = begun + 1
        else:
            return


def _headings(record: Record, *, name: str) -> list[str]:
    if record.fault or "\x00" in record.lines:
        what = f"cannot be read: {record.fault or 'zero bytes'} in its headings (line {record.line})"
        raise refused(name, what, "Mend that line and bring the file again.")
    headings = [repaired(cell) for cell in record.cells] if any(map(str.strip, record.cells)) else []
    if len(headings) > MOST_COLUMNS:
        raise too_many_columns(name, len(headings))
    return headings


def _add(table: Records, record: Record, number: int, *, has_strays: bool) -> None:
    fault = record.fault or _fault(record, n_headings=len(table.headings))
    if fault:
        remedy = "The row was left out. Mend it in the file and bring it again."
        table.issues.append(
            Issue(
                number, "", plain_text(repaired(record.lines)).strip(), f"Line {record.line}: {fault}", remedy
            )
        )
        table.n_left_out += 1
        return
    cells = record.cells[: len(table.headings)]
    if STRAY.search(record.lines):
        cells = [repaired(cell) for cell in cells]
        reason = f"Line {record.line}: not in UTF-8 like the rest"
        table.issues.append(
            Issue(
                number, "", repaired(record.lines.strip()), reason, "Read as Windows-1252. Check its letters."
            )
        )
    table.rows.append(cells)
    table.numbers.append(number)


def _fault(record: Record, *, n_headings: int) -> str:
    if "\x00" in record.lines:
        return "holds zero bytes (NUL): it is damaged"
    # A few separators too many at the end say nothing.
    if len(record.cells) < n_headings or any(cell.strip() for cell in record.cells[n_headings:]):
        return f"{len(record.cells)} cells where the headings are {n_headings}"
    return ""


def _check_size(table: Records, *, name: str) -> None:
    if len(table.rows) > MOST_ROWS:
        raise too_many_rows(name)
    if table.n_left_out > MOST_FAULTS:
        what = f"has more than {MOST_FAULTS:,} rows that do not fit their headings"
        raise refused(
            name, what, f"The first: {table.issues[0].reason}. Save it again as CSV and bring that."
        )


def without_empty_end(table: Records) -> Records:
    """`table` without the rows of nothing but empty cells after the last that holds something."""
    while table.rows and not any(cell.strip() for cell in table.rows[-1]):
        del table.rows[-1], table.numbers[-1]
    return table


def too_many_rows(name: str) -> UnusableFileError:
    """The error for a table of more than `MOST_ROWS` rows."""
    return refused(name, f"has more than {MOST_ROWS:,} rows", "Split it and bring the parts.")


def too_many_columns(name: str, n: int) -> UnusableFileError:
    """The error for a table of more than `MOST_COLUMNS` columns."""
    return refused(name, f"has {n:,} columns; {MOST_COLUMNS} are the most", "Keep the ones you need.")
