"""Words on a slide: how many lines they take, how large they can be, and how they are written down.

Widths are those of Source Sans Pro, a little wider than the letters of Office, and a twentieth more: what
fits here fits there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any, Final

from mapping.render.documents.wording import short
from mapping.render.sheet import lettering

if TYPE_CHECKING:
    from pptx.dml.color import RGBColor
    from pptx.slide import Slide
    from pptx.text.text import TextFrame

SAFETY: Final = 1.05
LEADING: Final = 1.25
"""From line to line, in parts of the size."""
BETWEEN_MM: Final = 1.6
"""Between two paragraphs."""
INDENT_MM: Final = 5.0
"""Of the words of a bullet."""
INK: Final = "14161F"
GREY: Final = "4A4F57"


@dataclass(frozen=True, kw_only=True)
class Box:
    """Room on a slide, in millimetres from its upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, kw_only=True)
class Look:
    """How words are set."""

    size: float
    """In points."""
    is_bold: bool = False
    colour: str = INK
    is_list: bool = False
    """Each paragraph with a bullet."""


def n_lines(text: str, width_mm: float, *, size: float, is_bold: bool = False) -> int:
    """How many lines `text` takes; at least one."""
    weight = "bold" if is_bold else "regular"
    room = width_mm / SAFETY
    blank = lettering.width(" ", size, weight=weight)
    lines, used = 1, 0.0
    # Word by word: they come again and again, and are measured once.
    for word in lettering.clean(text).split(" "):
        wide = lettering.width(word, size, weight=weight)
        if used and used + blank + wide > room:
            lines, used = lines + 1, 0.0
        used += wide + (blank if used else 0.0)
        more = max(ceil(used / room) - 1, 0)
        lines, used = lines + more, used - more * room
    return lines


def fitted(
    text: str, width_mm: float, *, sizes: Sequence[float], most_lines: int, is_bold: bool = False
) -> tuple[str, float]:
    """`text` and the first of `sizes` in which it takes at most `most_lines`; else cut to fit the last."""
    for size in sizes:
        if n_lines(text, width_mm, size=size, is_bold=is_bold) <= most_lines:
            return text, size
    fits, fails = 1, len(text)
    while fails - fits > 1:
        middle = (fits + fails) // 2
        lines = n_lines(short(text, middle), width_mm, size=sizes[-1], is_bold=is_bold)
        fits, fails = (middle, fails) if lines <= most_lines else (fits, middle)
    return short(text, fits), sizes[-1]


def widest_mm(texts: Sequence[str], size: float, *, is_bold: bool = False) -> float:
    """How wide the widest of `texts` stands in one line."""
    weight = "bold" if is_bold else "regular"
    widths = (lettering.width(lettering.clean(text), size, weight=weight) for text in texts)
    return max(widths, default=0.0) * SAFETY


def height_mm(lines: int, size: float) -> float:
    """How high so many lines stand."""
    return lettering.line_mm(size, LEADING) * lines


def list_mm(items: Sequence[str], width_mm: float, *, size: float) -> float:
    """How high `items` stand as a list."""
    lines = sum(n_lines(item, width_mm - INDENT_MM, size=size) for item in items)
    return height_mm(lines, size) + BETWEEN_MM * len(items)


def add_text(slide: "Slide", box: Box, paragraphs: Sequence[str], *, name: str, look: Look) -> None:
    """A text box called `name` that holds `paragraphs`."""
    from pptx.util import Mm

    shape = slide.shapes.add_textbox(Mm(box.left), Mm(box.top), Mm(box.width), Mm(box.height))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    write(frame, paragraphs, look=look)


def write(frame: "TextFrame", paragraphs: Sequence[str], *, look: Look | None = None) -> None:
    """Nothing: `frame` holds `paragraphs`, in British English; without a look they keep the frame's own."""
    from pptx.enum.lang import MSO_LANGUAGE_ID

    frame.text = "\n".join(paragraphs)
    for paragraph in frame.paragraphs:
        for run in paragraph.runs:
            run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK
            if look:
                _set(run.font, look)
        if look and look.is_list:
            _bullet(paragraph)


def colour(hexadecimal: str) -> "RGBColor":
    """`#rrggbb`, with or without its sign, as the library wants it."""
    from pptx.dml.color import RGBColor

    of: Any = RGBColor.from_string
    made: RGBColor = of(hexadecimal.removeprefix("#").upper())
    return made


def _set(font: Any, look: Look) -> None:
    from pptx.util import Pt

    font.size = Pt(look.size)
    font.bold = look.is_bold
    font.color.rgb = colour(look.colour)


def _bullet(paragraph: Any) -> None:
    """Hangs `paragraph` on a bullet; the library has no word for that."""
    from pptx.oxml import parse_xml
    from pptx.oxml.ns import nsdecls
    from pptx.util import Mm, Pt

    indent = int(Mm(INDENT_MM))
    properties = paragraph._p.get_or_add_pPr()
    properties.set("marL", str(indent))
    properties.set("indent", str(-indent))
    paragraph.space_after = Pt(round(BETWEEN_MM / lettering.MM_PER_POINT, 1))
    for mark in ('buFont {} typeface="Arial"', 'buChar {} char="•"'):
        properties.append(parse_xml(f"<a:{mark.format(nsdecls('a'))}/>"))
