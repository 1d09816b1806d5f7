"""What a slide shows: a picture on the left, facts and points on the right, a chart where there is room."""

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from mapping.render.documents import slide_chart, slide_facts, slide_text
from mapping.render.documents.model import Figure, Slide
from mapping.render.documents.slide_text import GREY, Box, Look

if TYPE_CHECKING:
    from pptx.slide import Slide as Drawn

WIDE_MM: Final = 190.0
"""At most for a picture or chart, where words stand beside it."""
NARROW_MM: Final = 150.0
"""The same, where both words and a chart do."""
GAP_MM: Final = 9.0
BELOW_MM: Final = 6.0
"""Between the words and a chart below them."""
CAPTION: Final = Look(size=12.0, colour=GREY)
CAPTION_GAP_MM: Final = 1.5
CAPTION_LINES: Final = 2


def add_content(drawn: "Drawn", room: Box, slide: Slide) -> tuple[str, ...]:
    """What found no room, in words: for the notes."""
    has_words = bool(slide.facts or slide.bullets)
    if slide.figure is None and slide.chart is None:
        return slide_facts.add_words(drawn, room, slide.facts, slide.bullets)[1]
    if slide.figure is None:
        return _add_chart_and_words(drawn, room, slide, has_words=has_words)
    is_full = has_words and slide.chart is not None
    most = NARROW_MM if is_full else WIDE_MM if has_words or slide.chart is not None else room.width
    used = _add_figure(drawn, replace(room, width=most), slide.figure)
    return _add_beside(drawn, _right_of(room, used), slide, has_words=has_words)


def _right_of(room: Box, used: float) -> Box:
    return replace(room, left=room.left + used + GAP_MM, width=room.width - used - GAP_MM)


def _add_chart_and_words(drawn: "Drawn", room: Box, slide: Slide, *, has_words: bool) -> tuple[str, ...]:
    unsaid: tuple[str, ...] = ()
    width = WIDE_MM if has_words else room.width
    if slide.chart is not None:
        unsaid = slide_chart.add_chart(drawn, replace(room, width=width), slide.chart)
    if not has_words:
        return unsaid
    return slide_facts.add_words(drawn, _right_of(room, width), slide.facts, slide.bullets)[1] + unsaid


def _add_beside(drawn: "Drawn", box: Box, slide: Slide, *, has_words: bool) -> tuple[str, ...]:
    """The words, as large as they can be while the chart below them keeps a line for each bar."""
    chart, used = slide.chart, 0.0
    unsaid: tuple[str, ...] = ()
    kept = 0.0 if chart is None else slide_chart.least_mm(chart, box.width) + BELOW_MM
    if has_words:
        room = replace(box, height=max(box.height - kept, box.height / 3))
        used, unsaid = slide_facts.add_words(drawn, room, slide.facts, slide.bullets)
        used += BELOW_MM
    if chart is None:
        return unsaid
    below = replace(box, top=box.top + used, height=box.height - used)
    return unsaid + slide_chart.add_chart(drawn, below, chart)


def _add_figure(drawn: "Drawn", box: Box, figure: Figure) -> float:
    """The picture and, below it, what it is; how wide it stands."""
    high = slide_text.height_mm(CAPTION_LINES, CAPTION.size) + CAPTION_GAP_MM if figure.caption else 0.0
    room = replace(box, height=box.height - high)
    width, height = add_picture(drawn, room, figure.png, name="Picture", alt=figure.alt)
    if figure.caption:
        top = box.top + height + CAPTION_GAP_MM
        below = Box(left=box.left, top=top, width=width, height=high - CAPTION_GAP_MM)
        text, _ = slide_text.fitted(figure.caption, width, sizes=[CAPTION.size], most_lines=CAPTION_LINES)
        slide_text.add_text(drawn, below, [text], name="Caption", look=CAPTION)
    return width


def add_picture(drawn: "Drawn", box: Box, body: bytes, *, name: str, alt: str) -> tuple[float, float]:
    """A picture as large as `box` allows, from its upper left corner; width and height in millimetres."""
    from pptx.util import Mm

    picture: Any = drawn.shapes.add_picture(BytesIO(body), Mm(box.left), Mm(box.top))
    scale = min(Mm(box.width) / picture.width, Mm(box.height) / picture.height)
    picture.width, picture.height = int(picture.width * scale), int(picture.height * scale)
    picture.name = name
    picture._element.nvPicPr.cNvPr.set("descr", alt)
    return picture.width.mm, picture.height.mm
