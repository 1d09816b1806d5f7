"""What stands beside the picture of a slide: facts as a table, then points as a list, as large as can be."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from mapping.render.documents import slide_text
from mapping.render.documents.slide_text import GREY, Box, Look

if TYPE_CHECKING:
    from pptx.slide import Slide

Facts = Sequence[tuple[str, str]]
Cells = tuple[float, float]

SIZES: Final = (18.0, 16.0, 14.0, 13.0, 12.0)
"""Points, the largest that fits; never smaller than the last."""
LABEL_SHARES: Final = (0.35, 0.65)
"""Of the width, at least and at most, for the labels."""
PAD_X, PAD_Y = 1.5, 0.9
"""Millimetres between a cell and its words."""
GAP_MM: Final = 4.5
"""Between the table and the list."""
MOST_LINES: Final = 2
"""Of what has to be cut."""
PLAIN_STYLE: Final = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"
"""PowerPoint's own name for its style `No Style, No Grid`."""
HAIR: Final = "CFD3D6"


def add_words(
    slide: "Slide", box: Box, facts: Facts, bullets: Sequence[str]
) -> tuple[float, tuple[str, ...]]:
    """How high the words stand, and what of them found no room in `box`, for who speaks to say."""
    size = next((size for size in SIZES if _height(facts, bullets, box.width, size) <= box.height), SIZES[-1])
    shown, points = list(facts), list(bullets)
    if _height(shown, points, box.width, size) > box.height:
        shown = [_cut(row, _cells(facts, box.width), size) for row in facts]
        points = [_short(item, box.width - slide_text.INDENT_MM, size) for item in points]
    while points and _height(shown, points, box.width, size) > box.height:
        points.pop()
    while shown and _height(shown, points, box.width, size) > box.height:
        shown.pop()
    high = _facts_mm(shown, box.width, size)
    if shown:
        _add_table(slide, replace(box, height=high), shown, size)
    if points:
        below = replace(box, top=box.top + high + (GAP_MM if shown else 0))
        below = replace(below, height=slide_text.list_mm(points, box.width, size=size))
        slide_text.add_text(slide, below, points, name="Points", look=Look(size=size, is_list=True))
    unsaid = [f"{label}: {value}" for label, value in facts if (label, value) not in shown]
    unsaid += [item for item in bullets if item not in points]
    return _height(shown, points, box.width, size), tuple(unsaid)


def _height(facts: Facts, bullets: Sequence[str], width: float, size: float) -> float:
    gap = GAP_MM if facts and bullets else 0
    return _facts_mm(facts, width, size) + gap + slide_text.list_mm(bullets, width, size=size)


def _facts_mm(facts: Facts, width: float, size: float) -> float:
    cells = _cells(facts, width) if facts else (0.0, 0.0)
    return sum(_row_mm(row, cells, size) for row in facts)


def _row_mm(row: tuple[str, str], cells: Cells, size: float) -> float:
    label, value = (cell - 2 * PAD_X for cell in cells)
    lines = max(
        slide_text.n_lines(row[0], label, size=size),
        slide_text.n_lines(row[1], value, size=size, is_bold=True),
    )
    return slide_text.height_mm(lines, size) + 2 * PAD_Y


def _cells(facts: Facts, width: float) -> Cells:
    """The widths of both columns, as their longest words ask for."""
    labels, values = zip(*facts, strict=True)
    label = slide_text.widest_mm(labels, SIZES[-1])
    value = slide_text.widest_mm(values, SIZES[-1], is_bold=True)
    least, most = LABEL_SHARES
    share = min(max(label / ((label + value) or 1), least), most)
    return width * share, width * (1 - share)


def _cut(row: tuple[str, str], cells: Cells, size: float) -> tuple[str, str]:
    label, value = (cell - 2 * PAD_X for cell in cells)
    return _short(row[0], label, size), _short(row[1], value, size, is_bold=True)


def _short(text: str, width: float, size: float, *, is_bold: bool = False) -> str:
    return slide_text.fitted(text, width, sizes=[size], most_lines=MOST_LINES, is_bold=is_bold)[0]


def _add_table(slide: "Slide", box: Box, facts: Facts, size: float) -> None:
    """A real table whose first column heads its rows."""
    from pptx.util import Mm

    frame = slide.shapes.add_table(len(facts), 2, Mm(box.left), Mm(box.top), Mm(box.width), Mm(box.height))
    frame.name = "Facts"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", f"Table of facts, {len(facts)} rows.")
    table: Any = frame.table
    table.first_row, table.horz_banding, table.first_col = False, False, True
    table._tbl.tblPr.find("{*}tableStyleId").text = PLAIN_STYLE
    cells = _cells(facts, box.width)
    for column, width in zip(table.columns, cells, strict=True):
        column.width = Mm(width)
    for row, (label, value) in zip(table.rows, facts, strict=True):
        row.height = Mm(_row_mm((label, value), cells, size))
        _fill(row.cells[0], label, Look(size=size, colour=GREY))
        _fill(row.cells[1], value, Look(size=size, is_bold=True))


def _fill(cell: Any, text: str, look: Look) -> None:
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Mm

    slide_text.write(cell.text_frame, [text], look=look)
    cell.margin_left = cell.margin_right = Mm(PAD_X)
    cell.margin_top = cell.margin_bottom = Mm(PAD_Y)
    line = f'<a:lnB {nsdecls("a")} w="6350"><a:solidFill><a:srgbClr val="{HAIR}"/></a:solidFill></a:lnB>'
    cell._tc.get_or_add_tcPr().insert(0, parse_xml(line))
