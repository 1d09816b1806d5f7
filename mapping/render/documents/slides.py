"""Documents as slides: a slide says one point, shows it, and names where it comes from."""

from collections.abc import Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mapping.render.about import date_in_words, require_attribution
from mapping.render.documents import (
    logo,
    office_properties,
    slide_content,
    slide_sources,
    slide_text,
    wording,
    zipped,
)
from mapping.render.documents.model import Document, Slide
from mapping.render.documents.slide_text import GREY, Box, Look

if TYPE_CHECKING:
    from pptx.presentation import Presentation as Deck
    from pptx.slide import Slide as Drawn

PARTS: Final = Path(__file__).parent / "slide_parts"
"""An empty deck as its parts: 16:9, a slide with a title, one with a title and room below."""
LEFT, WIDTH = 15.0, 308.667
"""Millimetres, of all that stands on a slide; as in the parts."""
TITLE_LINES: Final = 2
TITLE_SIZES: Final = (28.0, 26.0, 24.0, 22.0)
OPENING_SIZES: Final = (44.0, 40.0, 36.0, 32.0, 28.0)
SUBTITLE: Final = Box(left=LEFT, top=33.5, width=WIDTH, height=7.5)
ROOM: Final = Box(left=LEFT, top=45, width=WIDTH, height=126)
SOURCE: Final = Box(left=LEFT, top=175.5, width=280, height=8.5)
LOGO: Final = Box(left=LEFT, top=14, width=80, height=18)


def pptx_file(documents: Sequence[Document], *, title: str = "", subtitle: str = "") -> bytes:
    """The slides of `documents`, between one that names the deck and those that name all sources.

    Day, owner and language are those of the first document, and so is the title where none is given. What
    finds no room on a slide is in its notes. Charts can be edited; maps are pictures; both say what they
    show. Every text is text. Same documents, same bytes.
    Raises AttributionError as `require_attribution` does, or UnusableFileError (a logo that cannot be read).
    """
    from pptx import Presentation

    for document in documents:
        require_attribution(document.about)
    told = [wording.each_text(replace(document, blocks=()), wording.plain) for document in documents]
    first = told[0]
    deck = Presentation(BytesIO(zipped.package_of(PARTS)))
    name = wording.plain(title) or first.title
    office_properties.tell(deck.core_properties, first, title=name)
    _open(deck, first, title=name, subtitle=wording.plain(subtitle) or first.subtitle)
    for document in told:
        for slide in document.slides:
            _add_slide(deck, slide, link=document.about.link)
    _close(deck, told)
    _speak_english(deck)
    body = BytesIO()
    deck.save(body)
    return zipped.repacked(body.getvalue())


def _open(deck: "Deck", document: Document, *, title: str, subtitle: str) -> None:
    drawn = deck.slides.add_slide(deck.slide_layouts[0])
    shown, size = slide_text.fitted(title, 300, sizes=OPENING_SIZES, most_lines=TITLE_LINES, is_bold=True)
    _write_title(drawn, shown, size)
    lines = [line for line in (subtitle, document.owner) if line]
    fitted = [slide_text.fitted(line, 300, sizes=[20.0], most_lines=2)[0] for line in lines]
    below: Any = drawn.placeholders[1]
    slide_text.write(below.text_frame, [*fitted, date_in_words(document.date)])
    if document.logo:
        alt = logo.alternative(document.owner)
        slide_content.add_picture(drawn, LOGO, logo.logo_png(document.logo), name="Logo", alt=alt)


def _add_slide(deck: "Deck", slide: Slide, *, link: str) -> None:
    drawn = _titled(deck, slide.title)
    if slide.subtitle:
        text, size = slide_text.fitted(slide.subtitle, WIDTH, sizes=(16.0, 14.0), most_lines=1)
        slide_text.add_text(drawn, SUBTITLE, [text], name="Subtitle", look=Look(size=size, colour=GREY))
    unsaid = slide_content.add_content(drawn, ROOM, slide)
    if slide.footer:
        text, size = slide_text.fitted(slide.footer, SOURCE.width, sizes=(10.0, 9.0), most_lines=2)
        slide_text.add_text(drawn, SOURCE, [text], name="Source", look=Look(size=size, colour=GREY))
    _number(drawn)
    notes = [slide.title, slide.notes, *unsaid, f"To see it again: {link}" if link else ""]
    aside: Any = drawn.notes_slide.notes_text_frame
    slide_text.write(aside, [note for note in notes if note])


def _close(deck: "Deck", documents: Sequence[Document]) -> None:
    pages = slide_sources.pages(documents, width_mm=WIDTH, height_mm=ROOM.height)
    for title, (paragraphs, size) in zip(slide_sources.titles(len(pages)), pages, strict=True):
        drawn = _titled(deck, title)
        slide_text.add_text(drawn, ROOM, paragraphs, name="Sources", look=Look(size=size, is_list=True))
        _number(drawn)


def _titled(deck: "Deck", title: str) -> "Drawn":
    drawn: Drawn = deck.slides.add_slide(deck.slide_layouts[1])
    _write_title(
        drawn, *slide_text.fitted(title, WIDTH, sizes=TITLE_SIZES, most_lines=TITLE_LINES, is_bold=True)
    )
    return drawn


def _write_title(drawn: "Drawn", text: str, size: float) -> None:
    """`text` in the title's own place: the outline of the deck is made of those."""
    from pptx.util import Pt

    title: Any = drawn.shapes.title
    frame = title.text_frame
    slide_text.write(frame, [text])
    for run in frame.paragraphs[0].runs:
        run.font.size = Pt(size)


def _number(drawn: "Drawn") -> None:
    """The number of the slide: the library leaves that place of the layout out."""
    from copy import deepcopy

    from pptx.enum.shapes import PP_PLACEHOLDER

    layout: Any = drawn.slide_layout
    for place in layout.placeholders:
        if place.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER:
            own: Any = deepcopy(place._element)
            own.nvSpPr.cNvPr.set("id", str(max(shape.shape_id for shape in drawn.shapes) + 1))
            drawn.shapes._spTree.append(own)


def _speak_english(deck: "Deck") -> None:
    """Everything in British English: what the library adds of its own, pages of notes, is American."""
    from pptx.opc.package import XmlPart

    for part in deck.part.package.iter_parts():
        if isinstance(part, XmlPart):
            for element in part._element.iter():
                if element.get("lang") == "en-US":
                    element.set("lang", "en-GB")
