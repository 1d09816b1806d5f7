"""A tagged PDF whose tables have headings for their rows, as typst's wheel gives them for columns only.

typst writes the tree of tags uncompressed, one object a line, and a table of where each object begins. The
first cell of each row becomes a heading, `TH` with the scope `Row`, and that table is moved along. Cells lose
their list of column headings, for a list there would hide the row's: `Scope` says both. Source: ISO 32000-1,
14.8.5.7, and PDF/UA-1, 7.5.
"""

import re
from collections.abc import Iterator
from typing import Final

_ELEMENT: Final = re.compile(
    rb"^(\d+) 0 obj\n<</Type/StructElem/S/(TR|TD|THead)/P (\d+) 0 R([^\n]*)>>$", re.MULTILINE
)
_FIRST: Final = re.compile(rb"/K\[(\d+) 0 R")
_HEADINGS: Final = re.compile(rb"<</O/Table/Headers\[[^\]]*\]>>")
_OFFSET: Final = re.compile(rb"^(\d{10}) 00000 n", re.MULTILINE)
_START: Final = re.compile(rb"startxref\n(\d+)\n%%EOF\s*$")
_SCOPE: Final = b"<</O/Table/Scope/Row>>"

Edit = tuple[int, int, bytes]
"""From where to where in the file, and what stands there now."""


def with_row_headings(body: bytes) -> bytes:
    """`body`, a tagged PDF as typst writes it, with the first cell of each row of a table as its heading."""
    edits = sorted(_edits(body))
    start = _START.search(body)
    if not edits or start is None:
        return body
    listed = int(start.group(1))
    changed = _edited(body[:listed], edits)
    return changed + _moved(body[listed:], edits)


def _edits(body: bytes) -> Iterator[Edit]:
    """What is to change in the cells of tables."""
    elements = {int(found[1]): found for found in _ELEMENT.finditer(body)}
    headers = {number for number, found in elements.items() if found[2] == b"THead"}
    rows = (found for found in elements.values() if found[2] == b"TR" and int(found[3]) not in headers)
    first = {int(kid[1]) for row in rows if (kid := _FIRST.search(row[4]))}
    for number, found in elements.items():
        if found[2] == b"TD":
            tail = _as_heading(found[4]) if number in first else _HEADINGS.sub(b"", found[4])
            yield found.start(4), found.end(4), tail
            if number in first:
                yield found.start(2), found.end(2), b"TH"


def _as_heading(tail: bytes) -> bytes:
    """The attributes of a cell with the scope of a row's heading."""
    if b"/A[" in tail:
        return _HEADINGS.sub(b"", tail).replace(b"/A[", b"/A[" + _SCOPE, 1)
    return b"/A[" + _SCOPE + b"]" + tail


def _edited(body: bytes, edits: list[Edit]) -> bytes:
    parts, done = [], 0
    for start, end, new in edits:
        parts += [body[done:start], new]
        done = end
    return b"".join([*parts, body[done:]])


def _moved(table: bytes, edits: list[Edit]) -> bytes:
    """The table of where objects begin, and where it begins itself, each moved by the edits before it."""
    from bisect import bisect_right
    from itertools import accumulate

    starts = [start for start, _, _ in edits]
    shifts = [0, *accumulate(len(new) - (end - start) for start, end, new in edits)]

    def after(offset: bytes) -> int:
        return int(offset) + shifts[bisect_right(starts, int(offset))]

    table = _OFFSET.sub(lambda found: b"%010d 00000 n" % after(found[1]), table)
    return _START.sub(lambda found: b"startxref\n%d\n%%%%EOF" % after(found[1]), table)
