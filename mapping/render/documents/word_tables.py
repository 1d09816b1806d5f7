"""Tables of a Word document: a marked heading row on every page, and a first cell that heads its row."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

from mapping.render.documents import fitting
from mapping.render.documents.model import Bar, Chart, Column, Facts, Table
from mapping.render.documents.wording import is_link

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement

ROOM_MM: Final = 170.0
"""Between the margins."""
INSET_MM: Final = 3.2
"""Of each column, for the margins of its cells."""
SIZE: Final = 9.0
"""Points, as the styles have them."""
TWENTIETHS: Final = 1440 / 25.4
"""Of a point, in a millimetre: what Word measures in."""
LABEL_SHARE: Final = 0.38
"""Of the room, for the labels of facts."""
SHORT: Final = 12
"""Rows of a table that is not parted."""
NO_FIGURE: Final = "No figure"
FACTS: Final = (Column(name="Fact", width=LABEL_SHARE), Column(name="Value", width=1 - LABEL_SHARE))

Linked = Callable[[str], "BaseOxmlElement"]


def add_table(word: "Word", table: Table, *, linked: Linked) -> None:
    """`table` at the end of `word`, under its caption.

    `linked` makes a link of a text that is an address. A row never breaks over two pages.
    """
    _add(word, table.caption, table.columns, table.rows, linked=linked, note=table.note)


def add_facts(word: "Word", facts: Facts, *, linked: Linked) -> None:
    """`facts` as a table of two columns without a heading row: each label heads its row."""
    _add(word, facts.caption, FACTS, facts.rows, linked=linked, is_headed=False)


def add_numbers(word: "Word", chart: Chart, *, linked: Linked) -> None:
    """The numbers behind `chart`, for who cannot see it or wants to copy them."""
    columns = (Column(name="Bar", width=1.4), Column(name=chart.unit or "Value", width=1.6))
    rows = tuple((bar.label, words_of(bar)) for bar in chart.bars)
    _add(word, f"{chart.title}: the numbers", columns, rows, linked=linked, note=chart.note)


def words_of(bar: Bar) -> str:
    """What a table says of `bar`."""
    return bar.text or (NO_FIGURE if bar.value is None else f"{bar.value:g}")


def _add(
    word: "Word",
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Sequence[str]],
    *,
    linked: Linked,
    note: str = "",
    is_headed: bool = True,
) -> None:
    if caption:
        word.add_paragraph(caption, style="Caption").paragraph_format.keep_with_next = True
    table = word.add_table(rows=0, cols=0, style="Atlas table")._tbl
    widths = _widths(columns, rows, is_headed=is_headed)
    _describe(table, caption, widths, is_headed=is_headed)
    if is_headed:
        cells = [_cell(column.name, _heading(column), width) for column, width in _wide(columns, widths)]
        table.append(_row(cells, is_heading=True))
    styles = ["RowHeading", *("TableNumber" if column.is_number else "TableText" for column in columns[1:])]
    for left, row in enumerate(rows, start=1 - len(rows)):
        # A short table stands on one page; the last row of any stays with its note.
        is_kept = bool(note) if left == 0 else len(rows) <= SHORT
        told = zip(row, styles, widths, strict=True)
        cells = [_cell(text, style, width, linked=linked, is_kept=is_kept) for text, style, width in told]
        table.append(_row(cells))
    if note:
        word.add_paragraph(note, style="Table note")


def _wide(columns: Sequence[Column], widths: Sequence[int]) -> "zip[tuple[Column, int]]":
    return zip(columns, widths, strict=True)


def _heading(column: Column) -> str:
    return "ColumnHeadingNumber" if column.is_number else "ColumnHeading"


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], *, is_headed: bool) -> list[int]:
    """By the columns' shares, but so that no usual word is broken."""
    names = [[column.name] if is_headed else [] for column in columns]
    texts = [[*name, *(row[at] for row in rows)] for at, name in enumerate(names)]
    shares = [column.width for column in columns]
    fitted = fitting.column_widths(shares, texts, width_mm=ROOM_MM, inset_mm=INSET_MM, size_pt=SIZE)
    return [round(width * TWENTIETHS) for width in fitted]


def _describe(table: Any, caption: str, widths: Sequence[int], *, is_headed: bool) -> None:
    """Says of `table` how wide its columns are, what it is called, and what its first row and column are."""
    properties = table.tblPr
    for name in ("w:tblW", "w:tblLayout", "w:tblLook", "w:tblCaption"):
        for old in properties.findall(_qualified(name)):
            properties.remove(old)
    properties.append(element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.append(element("w:tblLayout", type="fixed"))
    look = {"firstRow": str(int(is_headed)), "lastRow": "0", "firstColumn": "1", "lastColumn": "0"}
    value = "00A0" if is_headed else "0080"
    properties.append(element("w:tblLook", val=value, **look, noHBand="1", noVBand="1"))
    if caption:
        properties.append(element("w:tblCaption", val=caption))
    for width in widths:
        table.tblGrid.append(element("w:gridCol", w=str(width)))


def _row(cells: Sequence["BaseOxmlElement"], *, is_heading: bool = False) -> "BaseOxmlElement":
    row, properties = element("w:tr"), element("w:trPr")
    properties.append(element("w:cantSplit"))
    if is_heading:
        properties.append(element("w:tblHeader"))
    row.append(properties)
    row.extend(cells)
    return row


def _cell(
    text: str, style: str, width: int, *, linked: Linked | None = None, is_kept: bool = False
) -> "BaseOxmlElement":
    cell, properties, paragraph = element("w:tc"), element("w:tcPr"), element("w:p")
    properties.append(element("w:tcW", w=str(width), type="dxa"))
    told = element("w:pPr")
    told.append(element("w:pStyle", val=style))
    if is_kept:
        told.append(element("w:keepNext"))
    paragraph.append(told)
    if text:
        paragraph.append(linked(text) if linked and is_link(text) else run(text))
    cell.extend([properties, paragraph])
    return cell


def run(text: str, style: str = "") -> "BaseOxmlElement":
    """`text` as a stretch of a paragraph, in the character style whose id is `style`."""
    stretch, words = element("w:r"), element("w:t")
    if style:
        properties = element("w:rPr")
        properties.append(element("w:rStyle", val=style))
        stretch.append(properties)
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    stretch.append(words)
    return stretch


def element(name: str, **attributes: str) -> "BaseOxmlElement":
    from docx.oxml.parser import OxmlElement

    attributed = {_qualified(f"w:{key}"): value for key, value in attributes.items()}
    made: BaseOxmlElement = OxmlElement(name, attrs=attributed)
    return made


def _qualified(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)
