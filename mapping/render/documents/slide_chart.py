"""A chart of a slide: bars that can be edited, with the workbook behind them."""

import math
from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from mapping.render.documents import slide_text
from mapping.render.documents.model import Bar, Chart
from mapping.render.documents.slide_text import Box, Look
from mapping.render.workbook import OPTIONS

if TYPE_CHECKING:
    from pptx.slide import Slide

SIZE: Final = 12.0
TITLE: Final = Look(size=14.0, is_bold=True)
TITLE_LINES: Final = 2
LABEL_SHARE, WORDS_SHARE = 0.44, 0.3
"""At most so much of the width for the names of the bars, and for the words beside them."""
ABOVE_MM, BELOW_MM, BESIDE_MM = 1.0, 14.0, 4.0
"""Above the first bar, for the axis, and between the bars and what is written beside them."""
BAR_MM, WIDEST_BAR_MM = 5.2, 12.0
"""From bar to bar: at least so much, for each to keep its name; and at most."""
STEPS: Final = 5
"""Of the axis."""
NO_FIGURE: Final = "no figure"
FORMATS: Final = {"General": "{:g}", "#,##0": "{:,.0f}", "#,##0.0": "{:,.1f}"}
"""How a spreadsheet, and how we, write a number: words that are such numbers follow what is edited."""
SHEET: Final = "Sheet1"
"""Where the library says that the numbers are."""
HAIR: Final = "CFD3D6"


def add_chart(slide: "Slide", box: Box, chart: Chart) -> tuple[str, ...]:
    """The bars of `chart` that found no room in `box`, in words; most often none.

    A bar without a figure has no length, and its name says so. What is edited in the workbook changes the
    bars; words beside them that are more than the number stay as they are.
    """
    from pptx.chart.data import CategoryChartData
    from pptx.enum.chart import XL_CHART_TYPE
    from pptx.util import Mm

    box = _add_title(slide, box, chart)
    chart = replace(chart, bars=tuple(map(_known, chart.bars)))
    bars = chart.bars[: max(int((box.height - ABOVE_MM - BELOW_MM) / BAR_MM), 1)]
    box = replace(box, height=min(box.height, ABOVE_MM + BELOW_MM + WIDEST_BAR_MM * len(bars)))
    labels = [_label(bar, box.width * LABEL_SHARE) for bar in bars]
    words = [_words(bar, box.width * WORDS_SHARE) for bar in bars]
    made: Any = CategoryChartData
    told = made()
    told.categories = labels
    told.add_series(chart.unit, [bar.value for bar in bars])
    room = (Mm(box.left), Mm(box.top), Mm(box.width), Mm(box.height))
    frame: Any = slide.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *room, told)
    frame.name = "Chart"
    frame._element.nvGraphicFramePr.cNvPr.set("descr", chart.alt)
    drawn = frame.chart
    drawn.part.chart_workbook.update_from_xlsx_blob(_workbook(chart.unit, labels, bars))
    _set_axes(drawn, chart)
    _set_bars(drawn.plots[0], bars, words)
    _place(
        drawn, box, names_mm=slide_text.widest_mm(labels, SIZE), bars_mm=_bars_mm(chart, box, labels, words)
    )
    return tuple(f"{bar.label}: {bar.text}" for bar in chart.bars[len(bars) :])


def _known(bar: Bar) -> Bar:
    """`bar`, whose figure is a number or none at all."""
    return bar if bar.value is None or math.isfinite(bar.value) else replace(bar, value=None)


def _label(bar: Bar, width: float) -> str:
    name = bar.label if bar.value is not None else f"{bar.label}: {NO_FIGURE}"
    return slide_text.fitted(name, width, sizes=[SIZE], most_lines=1)[0]


def _words(bar: Bar, width: float) -> str:
    """What stands beside a bar; blank where there is no bar."""
    return "" if bar.value is None else slide_text.fitted(bar.text, width, sizes=[SIZE], most_lines=1)[0]


def _workbook(unit: str, labels: Sequence[str], bars: Sequence[Bar]) -> bytes:
    """The numbers, where the chart looks for them; in the library's own workbook `=1` would run."""
    from xlsxwriter import Workbook

    body = BytesIO()
    with Workbook(body, OPTIONS) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_string(0, 1, unit)
        for row, (label, bar) in enumerate(zip(labels, bars, strict=True), start=1):
            sheet.write_string(row, 0, label)
            if bar.value is not None:
                sheet.write_number(row, 1, bar.value)
    return body.getvalue()


def least_mm(chart: Chart, width: float) -> float:
    """How high `chart` stands at least, with a line for each bar."""
    return _title_mm(chart, width) + ABOVE_MM + BELOW_MM + BAR_MM * len(chart.bars)


def _title_mm(chart: Chart, width: float) -> float:
    lines = slide_text.n_lines(chart.title, width, size=TITLE.size, is_bold=True)
    return slide_text.height_mm(min(lines, TITLE_LINES), TITLE.size)


def _add_title(slide: "Slide", box: Box, chart: Chart) -> Box:
    """The room below the title, which is a text of its own: programs break titles of charts as they like."""
    text, _ = slide_text.fitted(
        chart.title, box.width, sizes=[TITLE.size], most_lines=TITLE_LINES, is_bold=True
    )
    high = _title_mm(chart, box.width)
    slide_text.add_text(slide, replace(box, height=high), [text], name="Chart title", look=TITLE)
    return replace(box, top=box.top + high, height=box.height - high)


def _set_axes(drawn: Any, chart: Chart) -> None:
    """The first bar on top; the axis from zero to the end, named by its unit, below."""
    from pptx.enum.chart import XL_TICK_MARK
    from pptx.enum.lang import MSO_LANGUAGE_ID
    from pptx.util import Pt

    drawn.has_legend = drawn.has_title = False
    drawn.font.size = Pt(SIZE)
    drawn.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
    names, lengths = drawn.category_axis, drawn.value_axis
    names.reverse_order = True
    # The library can say this only of an axis of numbers.
    lengths._element.find("{*}crosses").set("val", "max")
    for named in drawn._chartSpace.iter("{*}axId", "{*}crossAx"):
        # Its numbers of axes are negative, which the format does not know.
        named.set("val", named.get("val").removeprefix("-"))
    names.major_tick_mark = lengths.major_tick_mark = XL_TICK_MARK.NONE
    lengths.minimum_scale, lengths.maximum_scale = 0, _most(chart)
    lengths.major_unit = _most(chart) / STEPS
    lengths.major_gridlines.format.line.color.rgb = slide_text.colour(HAIR)
    lengths.major_gridlines.format.line.width = Pt(0.5)
    lengths.format.line.fill.background()
    names.format.line.color.rgb = slide_text.colour(slide_text.GREY)
    slide_text.write(lengths.axis_title.text_frame, [chart.unit], look=Look(size=SIZE))


def _set_bars(plot: Any, bars: Sequence[Bar], words: Sequence[str]) -> None:
    from pptx.enum.chart import XL_LABEL_POSITION

    plot.gap_width, plot.vary_by_categories = 45, False
    plot.has_data_labels = True
    plot.data_labels.show_value = True
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.data_labels.number_format, is_number = _number_format(bars)
    plot.data_labels.number_format_is_linked = False
    points = plot.series[0].points
    for at, (bar, text) in enumerate(zip(bars, words, strict=True)):
        points[at].format.fill.solid()
        points[at].format.fill.fore_color.rgb = slide_text.colour(bar.colour)
        if text and not is_number:
            slide_text.write(points[at].data_label.text_frame, [text], look=Look(size=SIZE))
            points[at].data_label.text_frame.word_wrap = False
            points[at].data_label.position = XL_LABEL_POSITION.OUTSIDE_END


def _number_format(bars: Sequence[Bar]) -> tuple[str, bool]:
    """The format in which the number of every bar is its words, and whether there is one."""
    for name, ours in FORMATS.items():
        if all(bar.value is None or bar.text == ours.format(bar.value) for bar in bars):
            return name, True
    return "General", False


def _most(chart: Chart) -> float:
    """Where the axis ends."""
    return max([chart.most, *(bar.value or 0 for bar in chart.bars)]) or 1


def _bars_mm(chart: Chart, box: Box, labels: Sequence[str], words: Sequence[str]) -> float:
    """How long the axis can be, so that each bar and the words beside it end within `box`."""
    room = box.width - slide_text.widest_mm(labels, SIZE) - 2 * BESIDE_MM
    shares = ((bar.value or 0) / _most(chart) for bar in chart.bars)
    beside = (room - slide_text.widest_mm([text], SIZE) for text in words)
    return min([room, *(left / share for left, share in zip(beside, shares, strict=False) if share > 0)])


def _place(drawn: Any, box: Box, *, names_mm: float, bars_mm: float) -> None:
    """Keeps room for every name and word: left to itself, a program draws words over the end of a bar."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls

    shares = {
        "x": (names_mm + BESIDE_MM) / box.width,
        "y": ABOVE_MM / box.height,
        "w": bars_mm / box.width,
        "h": 1 - (ABOVE_MM + BELOW_MM) / box.height,
    }
    modes = '<c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
    sizes = "".join(f'<c:{name} val="{share:.4f}"/>' for name, share in shares.items())
    layout = f"<c:layout {nsdecls('c')}><c:manualLayout>{modes}{sizes}</c:manualLayout></c:layout>"
    area = drawn._chartSpace.chart.plotArea
    for old in area.findall("{*}layout"):
        area.remove(old)
    area.insert(0, parse_xml(layout))
