"""The cells of a workbook's sheet as text, read as they stream by: only what this needs of Excel's XML.

Standard library only, as it is imported where nothing else is (see `sheet`). openpyxl reads more and takes
2.3 times as long: a published table of 33,000 rows would not be done in the time a file may take. See
docs/decisions/0009-own-xlsx-reader.md.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final
from xml.parsers import expat

SPACES: Final = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
"""Namespaces of a workbook's parts: as Excel saves them, and in its strict form."""
CHUNK: Final = 65_536
ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How Excel writes a character that XML cannot hold."""
UNWRITTEN: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
"""The parts of a number format that say nothing of what the number is."""
BUILT_IN_DATES: Final = frozenset({*range(14, 23), *range(27, 37), 45, 47, *range(50, 59)})
LAST_DAY: Final = 2_958_466
"""31 December 9999 and a day."""


class RefusedError(Exception):
    """The workbook is not one to read on: what it is, then what to do."""


def parsed(
    stream: Any,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] = lambda name: None,
    text: Callable[[str], None] | None = None,
) -> Iterator[None]:
    """Calls of `start`, `end`, `text` with a part's elements, by name without namespace; a turn each chunk.

    Elements of other namespaces are passed over. Raises RefusedError where the part declares a document type:
    that is how entities are made to expand.
    """
    names = _Names()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, attributes: start(names[name], attributes)
    parser.EndElementHandler = lambda name: end(names[name])
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    while chunk := stream.read(CHUNK):
        parser.Parse(chunk)
        yield
    parser.Parse(b"", True)


class _Names(dict[str, str]):
    """An element's name without its namespace; "" for one of another namespace than a workbook's."""

    def __missing__(self, name: str) -> str:
        space, _, local = name.rpartition(" ")
        self[name] = local if space in SPACES or space.endswith("/package/2006/relationships") else ""
        return self[name]


def _refuse_doctype(*_: object) -> None:
    raise RefusedError("declares XML entities, which no table needs. Save it again as .xlsx in Excel.")


@dataclass
class Styles:
    """What the numbers of a workbook are, by the number of their style."""

    dates: set[int] = field(default_factory=set)
    widths: dict[int, int] = field(default_factory=dict)
    """Digits of a form like 00000, in which 7 shows as 00007."""
    days_before: int = 0
    """Days by which this workbook counts from another day than 30 December 1899."""


def styles(stream: Any, *, is_1904: bool) -> Styles:
    """The styles in the part `styles.xml`."""
    forms: dict[int, str] = {}
    found = Styles(days_before=1_462 if is_1904 else 0)
    within: list[str] = []
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        within.append(name)
        if name == "numFmt":
            forms[int(attributes["numFmtId"])] = attributes.get("formatCode", "")
        elif name == "xf" and "cellXfs" in within:
            form = int(attributes.get("numFmtId", 0))
            written = UNWRITTEN.sub("", forms.get(form, "")).casefold()
            if form in BUILT_IN_DATES or (re.search("[dmyhs]", written) and "[" not in written):
                found.dates.add(count)
            elif len(written) > 1 and not written.strip("0"):
                found.widths[count] = len(written)
            count += 1

    def end(_: str) -> None:
        within.pop()

    for _ in parsed(stream, start=start, end=end):
        pass
    return found


def shared_strings(stream: Any) -> list[str]:
    """The texts in the part `sharedStrings.xml`, without the readings that go with some of them."""
    strings: list[str] = []
    pieces: list[str] = []
    is_open = {"t": False, "rPh": False}

    def start(name: str, _: dict[str, str]) -> None:
        if name == "si":
            pieces.clear()
        elif name in is_open:
            is_open[name] = True

    def end(name: str) -> None:
        if name == "si":
            strings.append(unescaped("".join(pieces)))
        elif name in is_open:
            is_open[name] = False

    def text(piece: str) -> None:
        if is_open["t"] and not is_open["rPh"]:
            pieces.append(piece)

    for _ in parsed(stream, start=start, end=end, text=text):
        pass
    return strings


def unescaped(text: str) -> str:
    """`text` with the characters that Excel writes as `_x000D_`."""
    return ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def number_text(written: str, style: int, known: Styles) -> str:
    """A number as Excel shows it: dates in ISO order, the zeros that its form asks for, no stray decimals."""
    value = float(written)
    if style in known.dates and 0 <= value + known.days_before < LAST_DAY:
        return _moment(value + known.days_before)
    if not value.is_integer() or abs(value) >= 1e15:
        return repr(value)
    return str(int(value)).zfill(known.widths.get(style, 0))


def _moment(days: float) -> str:
    """A date, a time of day, or both."""
    # Excel takes 1900 for a leap year: before its 29 February it is a day behind.
    seconds = round((days + (1 <= days < 60)) * 86_400)
    moment = datetime.datetime(1899, 12, 30) + datetime.timedelta(seconds=seconds)  # noqa: DTZ001 no zone there
    if seconds < 86_400:
        return moment.time().isoformat()
    return moment.date().isoformat() if seconds % 86_400 == 0 else moment.isoformat(" ")
