"""A document as a Word file: real headings, lists and tables, pictures that say what they show."""

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mapping.render.about import date_in_words, require_attribution
from mapping.render.documents import charts, ending, logo, office_properties, word_tables, wording, zipped
from mapping.render.documents.model import (
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
)

if TYPE_CHECKING:
    from docx.document import Document as Word
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.text.paragraph import Paragraph as Line

PARTS: Final = Path(__file__).parent / "word_parts"
"""An empty document as its parts: styles, list, page."""
WIDEST_MM, HIGHEST_MM = 170.0, 200.0
"""Of a picture; the page has a little more room."""
LOGO_MM: Final = 13.0
LOGO_NUMBER: Final = 100_000
"""Beyond that of any picture: no two in a file have the same."""
LONGEST_RUNNING: Final = 90
"""Characters of the title at the top of each page."""
CALLED: Final = "Note: "


def docx_file(document: Document) -> bytes:
    """`document` as a Word file in British English; same document, same bytes.

    Every text is text: no field, formula or markup comes of it, and characters that no reader sees are left
    out. Only what is wholly a web address becomes a link. Charts are pictures with their numbers as a table.
    Raises AttributionError as `require_attribution` does, or UnusableFileError (a logo that cannot be read).
    """
    from docx import Document as opened

    require_attribution(document.about)
    told = wording.each_text(document, wording.plain)
    word = opened(BytesIO(zipped.package_of(PARTS)))
    office_properties.tell(word.core_properties, told, title=told.title)
    _add_running(word, told)
    word.add_heading(told.title, level=1)
    if told.subtitle:
        word.add_paragraph(told.subtitle, style="Subtitle")
    word.add_paragraph(date_in_words(told.date), style="Date")
    for block in (*ending.body(told), *ending.ending(told)):
        _add(word, block)
    body = BytesIO()
    word.save(body)
    return zipped.repacked(body.getvalue())


def _add_running(word: "Word", document: Document) -> None:
    """Whose it is above the title, the title above each other page, and below each its number."""
    page = word.sections[0]
    own = page.first_page_header.paragraphs[0]
    own.add_run(document.owner, style="Strong")
    if document.logo:
        own.add_run("\t")
        alt = logo.alternative(document.owner)
        _picture(own, logo.logo_png(document.logo), alt=alt, height_mm=LOGO_MM, number=LOGO_NUMBER)
    running = page.header.paragraphs[0]
    running.add_run(f"{wording.short(document.title, LONGEST_RUNNING)}\t{date_in_words(document.date)}")
    for footer in (page.first_page_footer, page.footer):
        line = footer.paragraphs[0]
        line.add_run(f"{wording.short(document.owner, LONGEST_RUNNING)}\tPage ")
        _add_field(line, "PAGE")
        line.add_run(" of ")
        _add_field(line, "NUMPAGES")


def _add(word: "Word", block: Block) -> None:
    linked = _linked_in(word)
    match block:
        case Heading():
            word.add_heading(block.text, level=block.level)
        case Paragraph():
            word.add_paragraph(block.text)
        case Note():
            _add_note(word, block)
        case Bullets():
            for item in block.items:
                word.add_paragraph(item, style="List Bullet")
        case Facts():
            word_tables.add_facts(word, block, linked=linked)
        case Table():
            word_tables.add_table(word, block, linked=linked)
        case Chart():
            figure = charts.chart_figure(block)
            _add_figure(word, figure.png, alt=block.alt, caption=block.title, width_mm=figure.width_mm)
            word_tables.add_numbers(word, block, linked=linked)
        case Figure():
            width_mm = min(block.width_mm, WIDEST_MM, HIGHEST_MM * block.width_mm / block.height_mm)
            _add_figure(word, block.png, alt=block.alt, caption=block.caption, width_mm=width_mm)


def _add_note(word: "Word", note: Note) -> None:
    line = word.add_paragraph(style="Note")
    line.add_run(CALLED, style="Strong")
    line.add_run(note.text.removeprefix(CALLED))


def _add_figure(word: "Word", png: bytes, *, alt: str, caption: str, width_mm: float) -> None:
    """A picture under its caption, as tables are."""
    if caption:
        word.add_paragraph(caption, style="Caption").paragraph_format.keep_with_next = True
    _picture(word.add_paragraph(style="Figure"), png, alt=alt, title=caption, width_mm=width_mm)


def _picture(
    line: "Line",
    body: bytes,
    *,
    alt: str,
    title: str = "",
    width_mm: float | None = None,
    height_mm: float | None = None,
    number: int | None = None,
) -> None:
    """A picture in `line`; with a `number` of ours in a part whose own would be the number of another."""
    from docx.shared import Mm

    wide, high = (None if size is None else Mm(size) for size in (width_mm, height_mm))
    shape = line.add_run().add_picture(BytesIO(body), width=wide, height=high)
    inline: Any = shape._inline
    for side in "TBLR":
        inline.set(f"dist{side}", "0")  # else some programs keep a gap beside it
    inline.docPr.set("descr", alt)
    if number is not None:
        inline.docPr.set("id", str(number))
    if title:
        inline.docPr.set("title", title)


def _add_field(line: "Line", instruction: str) -> None:
    """The number that Word counts: of the page, or of all pages."""
    field = word_tables.element("w:fldSimple", instr=instruction)
    field.append(word_tables.run("1"))
    line._p.append(field)


def _linked_in(word: "Word") -> word_tables.Linked:
    """What makes a link in `word` of an address."""

    def linked(address: str) -> "BaseOxmlElement":
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn

        link = word_tables.element("w:hyperlink")
        link.set(qn("r:id"), word.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(word_tables.run(address, "Hyperlink"))
        return link

    return linked
