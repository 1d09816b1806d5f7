"""The table of a workbook, read in a process of its own that may be stopped.

Standard library only. `main` takes limits and the workbook and writes JSON lines: first which sheet it is,
then `[row number, {column: text}, [columns of formulas without a result]]` for each row that is not empty; or
last `{"refused": what it is and what to do}`.
"""

import io
import json
import posixpath
import sys
import zipfile
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from mapping.adapters.cells import (
    CHUNK,
    RefusedError,
    Styles,
    number_text,
    parsed,
    shared_strings,
    styles,
    unescaped,
)

Row = tuple[int, dict[int, str], list[int]]
ENCODER: Final = json.JSONEncoder(ensure_ascii=False)
RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
STRICT_RELATION: Final = "http://purl.oclc.org/ooxml/officeDocument/relationships id"


def main() -> None:
    """Write the table of the workbook on standard input, within the limits of the last argument."""
    limits: dict[str, int] = json.loads(sys.argv[-1])
    limit_resources(limits)
    try:
        with zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read())) as book:
            for line in table(book, limits):
                write(line)
    except RefusedError as exc:
        write({"refused": str(exc)})


def limit_resources(limits: dict[str, int]) -> None:
    """Let the system stop this process at `seconds` of work or `bytes` of memory; Windows cannot."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CPU, (limits["seconds"], limits["seconds"]))
    resource.setrlimit(resource.RLIMIT_AS, (limits["bytes"], limits["bytes"]))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def write(line: Any) -> None:
    """Write one line of JSON, in UTF-8 whatever the system's own encoding is."""
    sys.stdout.buffer.write(ENCODER.encode(line).encode("utf-8", "surrogatepass") + b"\n")


def table(book: zipfile.ZipFile, limits: dict[str, int]) -> Iterator[Any]:
    """What `main` writes: the first visible sheet that has anything on it; a cover may be but a picture."""
    sheets, is_1904 = visible_sheets(book)
    parts = set(book.namelist())
    strings = shared_strings(book.open("xl/sharedStrings.xml")) if "xl/sharedStrings.xml" in parts else []
    known = styles(book.open("xl/styles.xml"), is_1904=is_1904) if "xl/styles.xml" in parts else Styles()
    for title, part in sheets:
        refuse_rows(book.open(part), limits)
        found = Sheet(strings, known, limits).rows(book.open(part))
        first = next(found, None)
        if first is not None:
            yield {"sheet": title, "n_sheets": len(sheets)}
            yield from chain([first], found)
            return
    raise RefusedError("has no sheet with anything on it. Put the table on the first sheet.")


def visible_sheets(book: zipfile.ZipFile) -> tuple[list[tuple[str, str]], bool]:
    """Title and part of each sheet that is to be seen, and whether the workbook counts days from 1904."""
    targets: dict[str, str] = {}
    listed: list[tuple[str, str]] = []
    epochs: list[str] = []

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            targets[attributes["Id"]] = posixpath.normpath(
                posixpath.join("/xl", attributes["Target"])
            ).lstrip("/")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet" and attributes.get("state", "visible") == "visible":
            listed.append(
                (attributes["name"], attributes.get(RELATION) or attributes.get(STRICT_RELATION, ""))
            )
        elif name == "workbookPr":
            epochs.append(attributes.get("date1904", "0"))

    for _ in parsed(book.open("xl/_rels/workbook.xml.rels"), start=relation):
        pass
    for _ in parsed(book.open("xl/workbook.xml"), start=sheet):
        pass
    # A sheet that is a chart is no worksheet, hence not among the targets.
    return [(title, targets[key]) for title, key in listed if key in targets], epochs[-1:] in (
        ["1"],
        ["true"],
    )


def refuse_rows(stream: Any, limits: dict[str, int]) -> None:
    """Nothing, unless a sheet has so many rows that it need not be read to be refused."""
    n_rows, tail = 0, b""
    while chunk := stream.read(CHUNK):
        n_rows += (tail + chunk).count(b"<row")
        tail = chunk[-3:]
    if n_rows > 2 * limits["rows"]:
        what = f"has more than {limits['rows']:,} rows ({n_rows:,}, with any that are empty)"
        raise RefusedError(f"{what}. Delete the empty ones under the table, or split it and bring the parts.")


class Sheet:
    """The rows of one sheet, gathered as its elements begin and end."""

    def __init__(self, strings: list[str], known: Styles, limits: dict[str, int]) -> None:
        self.strings, self.known, self.limits = strings, known, limits
        self.done: list[Row] = []
        self.number = self.column = 0
        self.cells: dict[int, str] = {}
        self.unknown: list[int] = []
        self.attributes: dict[str, str] = {}
        self.pieces: list[str] = []
        self.is_text = self.is_formula = False
        self.n_rows = self.n_letters = 0
        self.columns = Columns()

    def rows(self, stream: Any) -> Iterator[Row]:
        """Each row that is not empty: number, texts by column from 0, formulas without a result."""
        for _ in parsed(stream, start=self.start, end=self.end, text=self.text):
            yield from self.done
            self.done.clear()
        yield from self.done

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A row or a cell begins, or a part of a cell."""
        if name == "c":
            self.attributes = attributes
            self.pieces.clear()
            self.is_formula = False
            where = attributes.get("r")
            self.column = self.columns[where.rstrip("0123456789")] if where else self.column + 1
        elif name in ("v", "t"):
            self.is_text = True
        elif name == "f":
            self.is_formula = True
        elif name == "row":
            self.number = int(attributes.get("r", self.number + 1))
            self.column = -1
            self.cells, self.unknown = {}, []

    def text(self, piece: str) -> None:
        """Some of what stands in a cell."""
        if self.is_text:
            self.pieces.append(piece)

    def end(self, name: str) -> None:
        """A cell or a row is complete."""
        if name in ("v", "t"):
            self.is_text = False
        elif name == "c":
            self.end_cell()
        elif name == "row" and (self.cells or self.unknown):
            self.n_rows += 1
            if self.n_rows > self.limits["rows"] + 1:
                raise RefusedError(
                    f"has more than {self.limits['rows']:,} rows. Split it and bring the parts."
                )
            self.done.append((self.number, self.cells, self.unknown))

    def end_cell(self) -> None:
        """A cell is complete: it is kept if anything is in it."""
        value = self.value()
        is_unknown = self.is_formula and not self.pieces
        if not value.strip() and not is_unknown:
            return
        if self.column >= self.limits["columns"]:
            most = self.limits["columns"]
            cell = f"a cell in column {self.column + 1:,} of row {self.number:,}"
            what = f"has more than {most} columns ({cell})"
            raise RefusedError(f"{what}. Keep the ones you need and delete what stands to their right.")
        self.n_letters += len(value)
        if len(value) > self.limits["letters"] or self.n_letters > 50 * self.limits["letters"]:
            raise RefusedError(f"holds too much text by row {self.number:,}. Take out the long cells.")
        if is_unknown:
            self.unknown.append(self.column)
        else:
            self.cells[self.column] = value

    def value(self) -> str:
        """The text of the cell that ends."""
        written = "".join(self.pieces)
        kind = self.attributes.get("t", "n")
        if not written or kind in ("str", "e", "inlineStr", "d"):
            return unescaped(written)
        if kind == "s":
            return self.strings[int(written)]
        if kind == "b":
            return "TRUE" if written == "1" else "FALSE"
        return number_text(written, int(self.attributes.get("s", 0)), self.known)


class Columns(dict[str, int]):
    """The number of a column from 0 by its letters."""

    def __missing__(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            number = 26 * number + ord(letter) - 64
        self[letters] = number - 1
        return number - 1
