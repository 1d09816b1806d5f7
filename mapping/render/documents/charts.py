"""A chart as a picture: bars from zero, drawn by the pen that draws the maps."""

from typing import TYPE_CHECKING, Final

from mapping.render.documents import scale
from mapping.render.documents.model import Bar, Chart, Figure
from mapping.render.sheet import formats, lettering
from mapping.render.sheet.pen import MM_PER_INCH, Pen

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

SIZE, SMALL = 9.0, 8.0
"""Of labels and values, and of what is written along the axis, in points."""
DPI: Final = 200
SHARES: Final = (0.38, 0.28)
"""Of the width, at most, for the labels and for the values."""
GUTTER_MM, BAR_MM, ROOM_MM = 3.0, 3.6, 1.8
"""Between the columns, height of a bar, and what parts one from the next."""
EDGE_MM: Final = 0.5
AXIS_MM: Final = 6.0
MOST_LINES: Final = 3


def chart_figure(chart: Chart, *, width_mm: float = 160) -> Figure:
    """`chart` as a picture `width_mm` wide, as high as its bars need; its title is the caption.

    One bar a figure from zero, label to the left and value to the right in words: no colour is needed. Where
    there is no figure, a hatched bar of full length. Without a bar only the axis. Same chart, same bytes.
    """
    layout = _Columns(chart, width_mm)
    height_mm = AXIS_MM + sum(layout.heights) + EDGE_MM
    alt = chart.alt or chart.title
    drawing = _blank(width_mm, height_mm)
    pen = Pen(drawing)
    top = height_mm - EDGE_MM
    for bar, height in zip(chart.bars, layout.heights, strict=True):
        top -= height
        _draw_bar(pen, bar, scale.share(bar, chart), layout, middle=top + height / 2)
    _draw_axis(pen, chart, layout)
    return Figure(
        svg=formats.svg_bytes(drawing, title=chart.title, alt=alt),
        png=formats.png_bytes(drawing, dpi=DPI),
        alt=alt,
        caption=chart.title,
        width_mm=width_mm,
        height_mm=height_mm,
    )


class _Columns:
    """Where labels, bars and values stand, in millimetres; and how high each row is."""

    def __init__(self, chart: Chart, width_mm: float) -> None:
        label, value = (
            min(share * width_mm, max((_width(text) for text in texts), default=0.0))
            for share, texts in zip(
                SHARES, ([b.label for b in chart.bars], [b.text for b in chart.bars]), strict=True
            )
        )
        self.label_mm, self.value_mm = label + 0.3, value + 0.3
        self.start, self.end = EDGE_MM, width_mm - EDGE_MM
        self.left = self.start + self.label_mm + GUTTER_MM
        self.right = self.end - self.value_mm - GUTTER_MM
        self.heights = [self._height(bar) for bar in chart.bars]

    def lines(self, bar: Bar) -> tuple[list[str], list[str]]:
        """The lines of the label and of the value."""
        return (
            lettering.wrapped(bar.label, self.label_mm, size_pt=SIZE, most_lines=MOST_LINES),
            lettering.wrapped(bar.text, self.value_mm, size_pt=SIZE, most_lines=MOST_LINES),
        )

    def _height(self, bar: Bar) -> float:
        most = max(map(len, self.lines(bar)))
        return max(BAR_MM, most * lettering.line_mm(SIZE)) + ROOM_MM


def _width(text: str) -> float:
    return lettering.width(lettering.clean(text), SIZE)


def _draw_bar(pen: Pen, bar: Bar, share: float | None, at: _Columns, *, middle: float) -> None:
    labels, values = at.lines(bar)
    _write(pen, labels, at.start, middle, is_left=True)
    _write(pen, values, at.end, middle, is_left=False)
    bottom, room = middle - BAR_MM / 2, at.right - at.left
    if share is None:
        pen.rectangle(
            at.left,
            bottom,
            room,
            BAR_MM,
            facecolor="white",
            edgecolor=lettering.GREY,
            hatch="/////",
            width_mm=0.15,
        )
    else:
        pen.rectangle(
            at.left,
            bottom,
            room * share,
            BAR_MM,
            facecolor=bar.colour,
            edgecolor=lettering.INK,
            width_mm=0.15,
        )


def _write(pen: Pen, lines: list[str], x: float, middle: float, *, is_left: bool) -> None:
    """Lines around a height, each from `x` or up to it."""
    step, em = lettering.line_mm(SIZE), SIZE * lettering.MM_PER_POINT
    first = middle + (len(lines) - 1) * step / 2 - 0.34 * em
    for n, line in enumerate(lines):
        pen.write(line, x, first - n * step, size_pt=SIZE, align="left" if is_left else "right", kind="label")


def _draw_axis(pen: Pen, chart: Chart, at: _Columns) -> None:
    """Zero as a line that all bars start from; under it what the length is, and the end."""
    base = AXIS_MM - 3.6
    top = AXIS_MM + sum(at.heights)
    pen.line([(at.left, AXIS_MM - 1.0), (at.left, top)], width_mm=0.3, colour=lettering.INK)
    end = scale.end_of(chart)
    pen.write("0", at.left, base, size_pt=SMALL, colour=lettering.GREY, kind="axis")
    pen.write(end, at.right, base, size_pt=SMALL, colour=lettering.GREY, align="right", kind="axis")
    room = at.right - at.left - 2 * (lettering.width(end, SMALL) + 2)
    unit = lettering.shortened(chart.unit, room, size_pt=SMALL)
    pen.write(
        unit,
        (at.left + at.right) / 2,
        base,
        size_pt=SMALL,
        colour=lettering.GREY,
        align="center",
        kind="axis",
    )


def _blank(width_mm: float, height_mm: float) -> "Drawing":
    from matplotlib.figure import Figure as Drawing

    return Drawing(figsize=(width_mm / MM_PER_INCH, height_mm / MM_PER_INCH), facecolor="white")
