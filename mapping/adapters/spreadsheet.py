"""A table somebody brought, CSV or Excel workbook, as text."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from mapping.adapters.delimited import Records, read_records
from mapping.adapters.encodings import decoded
from mapping.adapters.kinds import ADVICE, LARGEST, kind_of, refused
from mapping.adapters.plain import plain_row, plain_text
from mapping.adapters.workbook import read_workbook
from mapping.issues import Issue, all_issues, issue_table

HOW: Final = "Bring a table with one line of headings and a line for each row."
NO_HEADING: Final = ("No heading", "The column was given this name. Give it a heading of its own.")


@dataclass(frozen=True, kw_only=True)
class TableFile:
    """The rows of a file and what was wrong with the others."""

    rows: pd.DataFrame
    """All text; an empty cell is ""."""
    numbers: pd.Index
    """Number of each row in its file, as a spreadsheet counts: the headings are row 1."""
    form: str
    """What the file turned out to be: kind, encoding and separator, or sheet."""
    issues: pd.DataFrame
    """`row, field, value, reason, remedy`; of rows left out, and of cells that lost hidden characters."""
    n_left_out: int


def read_table(path: Path) -> TableFile:
    """The table in the file at `path`, by its content whatever its name: see `table_from_bytes`.

    Raises UnusableFileError where there is no file or it is too large, too.
    """
    return table_from_bytes(read_bytes(path), name=path.name)


def read_bytes(path: Path) -> bytes:
    """The content of the file at `path`. Raises UnusableFileError: no file, not to be read, too large."""
    if not path.is_file():
        raise refused(str(path), "is not a file", "Check the name and the folder.")
    if path.stat().st_size > LARGEST:
        raise refused(path.name, f"is larger than {LARGEST // 1_000_000} MB", "Split it and bring the parts.")
    try:
        return path.read_bytes()
    except OSError as exc:
        raise refused(path.name, f"cannot be read ({exc.strerror})", "Check who may read it.") from exc


def table_from_bytes(data: bytes, *, name: str) -> TableFile:
    """The table that `data`, the content of a file called `name`, holds: every cell text, none evaluated.

    A row that does not fit its headings is an issue and left out; a row without any text is passed over.
    Hidden characters are taken out of cells and very long ones cut, each with an issue. The file is never
    opened by GDAL, and no other file is read whatever it says.

    Raises UnusableFileError, with what is wrong and what to do: not a CSV or .xlsx, damaged, made to harm, no
    headings or no rows, two columns of one heading, or too large.
    """
    kind = kind_of(data, name=name)
    if kind == "json":
        raise refused(name, "is a JSON document, not a table", ADVICE)
    if kind == "workbook":
        records = read_workbook(data, name=name)
    else:
        file = decoded(data, name=name)
        records = read_records(file.text, name=name, has_strays=file.has_strays)
        records.form = f"CSV, {file.encoding}, {records.form}"
    return _table(records, name=name)


def _table(records: Records, *, name: str) -> TableFile:
    filled = [at for at in range(len(records.headings)) if _is_used(records, at)]
    named = {at: plain_text(records.headings[at]) for at in filled}
    unnamed = [at for at in filled if not named[at].strip()]
    named |= {at: f"column {at + 1}" for at in unnamed}
    headings = list(named.values())
    _check(records, headings, name=name)
    issues = [*records.issues, *(Issue(1, named[at], "", *NO_HEADING) for at in unnamed)]
    rows = []
    for cells, number in zip(records.rows, records.numbers, strict=True):
        kept, faults = plain_row([cells[at] for at in filled], number=number, headings=headings)
        rows.append(kept)
        issues += faults
    return TableFile(
        rows=pd.DataFrame(rows, columns=pd.Index(headings, dtype="str"), dtype="str"),
        numbers=pd.Index(records.numbers, dtype="int64"),
        form=records.form,
        issues=all_issues(issue_table(issues)),
        n_left_out=records.n_left_out,
    )


def _is_used(records: Records, at: int) -> bool:
    """Whether the column has a heading or a cell with text: what neither has is only a separator too many."""
    return bool(records.headings[at].strip()) or any(cells[at].strip() for cells in records.rows)


def _check(records: Records, headings: list[str], *, name: str) -> None:
    if not headings:
        raise refused(name, "is empty", HOW)
    if not records.rows and records.issues:
        raise refused(name, "has no row that can be read", f"The first: {records.issues[0].reason}.")
    if not records.rows:
        raise refused(name, "has headings but no rows", HOW)
    twice = [heading for heading, n in Counter(map(str.strip, headings)).items() if n > 1]
    if twice:
        what = f'has more than one column headed "{twice[0][:60]}"'
        raise refused(name, what, "Give each column a heading of its own.")
