"""The first sheet of an Excel workbook: looked at before it is opened, and opened out of reach."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any, Final

from mapping.adapters import archives
from mapping.adapters.delimited import MOST_COLUMNS, MOST_ROWS, Records, too_many_rows
from mapping.adapters.kinds import refused
from mapping.adapters.plain import plain_text
from mapping.errors import UnusableFileError
from mapping.issues import Issue

SECONDS: Final = 5
LIMITS: Final = {
    "seconds": SECONDS,
    "bytes": 1_000_000_000,
    "rows": MOST_ROWS,
    "columns": MOST_COLUMNS,
    "letters": 1_000_000,
}
MOST_PARTS: Final = 1_000
LARGEST_UNPACKED: Final = 200_000_000
AGAIN: Final = "Open it in Excel, save the sheet as CSV or in a new workbook (.xlsx), and bring that."
NO_RESULT: Final = (
    "Formula without a result",
    "Taken as empty. Open the file in Excel and save it: Excel keeps what its formulas come to.",
)
READER: Final = "import sys; sys.path.insert(0, sys.argv[1]); from mapping.adapters.sheet import main; main()"
ROOT: Final = Path(__file__).resolve().parents[2]


def read_workbook(data: bytes, *, name: str) -> Records:
    """The table on the first visible sheet of an .xlsx, all text: values, never formulas.

    Raises UnusableFileError: another kind of zip, one that is damaged or made to harm, macros, links to other
    files, a password, more than is read in 5 seconds.
    """
    _look(data, name=name)
    command = [sys.executable, "-I", "-c", READER, str(ROOT), json.dumps(LIMITS)]
    try:
        run = subprocess.run(command, input=data, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as exc:
        raise _too_heavy(name) from exc
    if run.returncode != 0:
        is_heavy = run.returncode < 0 or b"MemoryError" in run.stderr
        raise _too_heavy(name) if is_heavy else refused(name, "is damaged or no workbook of Excel's", AGAIN)
    lines = [json.loads(line) for line in run.stdout.splitlines()]
    if "refused" in lines[-1]:
        what, _, remedy = lines[-1]["refused"].partition(". ")
        raise refused(name, what, remedy)
    return _records(lines, name=name)


def _look(data: bytes, *, name: str) -> None:
    """Nothing, if the zip's list of parts is that of a harmless workbook; no part is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            parts = book.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as exc:
        raise refused(name, "is damaged: it cannot be opened", AGAIN) from exc
    names = [part.filename for part in parts]
    folded = [each.casefold() for each in names]
    for is_so, what in (
        ("[Content_Types].xml" not in names, "is a zip file, not an Excel workbook"),
        ("xl/workbook.bin" in names, "is a binary workbook (.xlsb)"),
        ("xl/workbook.xml" not in names, "is a document, but not an Excel workbook"),
        (len(names) > MOST_PARTS, f"has {len(names):,} parts, far more than a table needs"),
        (len(set(folded)) < len(names), "is damaged: it holds the same part twice"),
        (any(map(_leads_out, names)), "is made to write outside its own folder"),
        (any(part.flag_bits & 1 for part in parts), "is locked with a password"),
        (any("vbaproject" in each or "macrosheets" in each for each in folded), "holds macros"),
        (any(each.startswith("xl/externallinks/") for each in folded), "takes values from other files"),
        (_is_bomb(parts), "unpacks to far more than its size"),
    ):
        if is_so:
            raise refused(name, what, AGAIN)


def _leads_out(part: str) -> bool:
    return part.startswith(("/", "\\")) or ".." in part.replace("\\", "/").split("/") or ":" in part


def _is_bomb(parts: list[zipfile.ZipInfo]) -> bool:
    return any(map(archives.is_steep, parts)) or sum(part.file_size for part in parts) > LARGEST_UNPACKED


def _too_heavy(name: str) -> UnusableFileError:
    return refused(
        name, f"takes more than {SECONDS} seconds or too much memory to read", f"Split it. {AGAIN}"
    )


def _records(lines: list[Any], *, name: str) -> Records:
    """The lines of `sheet`, headings first; a cell beyond the headings gets a heading of its own later.

    Empty rows between others stay, so that the result can be laid beside the file.
    """
    about, *rows = lines
    sheets = "" if about["n_sheets"] == 1 else f", of {about['n_sheets']}"
    title = plain_text(about["sheet"]).replace("\n", " ")
    table = Records(form=f"Excel workbook, sheet {title}{sheets}")
    width = max(int(at) + 1 for _, cells, unknown in rows for at in (*cells, *unknown))
    for number, cells, unknown in rows:
        full = [cells.get(str(at), "") for at in range(width)]
        if not table.headings:
            table.headings, first = full, number
            continue
        empty = range(table.numbers[-1] + 1 if table.numbers else first + 1, number)
        if len(table.rows) + len(empty) >= MOST_ROWS:
            raise too_many_rows(name)
        table.rows += [[""] * width for _ in empty] + [full]
        table.numbers += [*empty, number]
        table.issues += [Issue(number, table.headings[at], "", *NO_RESULT) for at in unknown]
    return table
