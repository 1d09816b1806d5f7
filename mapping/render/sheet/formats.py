"""The files of one picture: PNG, SVG and PDF from one drawing, the same bytes from the same picture."""

import datetime
import io
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from mapping.errors import UnusableQuestionError
from mapping.render.about import date_in_words
from mapping.render.documents.row_headings import with_row_headings
from mapping.render.sheet import footer, layout, lettering, place_key, svg_letters
from mapping.render.sheet.layout import Sheet
from mapping.render.sheet.paper import DPI, MM, Paper
from mapping.render.sheet.pen import HALO
from mapping.render.sheet.picture import Picture
from mapping.render.sheet.place_key import Entry
from mapping.render.sheet.sizes import sizes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FILE_FORMATS: Final = ("png", "svg", "pdf")
TEMPLATE: Final = Path(__file__).with_name("sheet.typ")
_one_at_a_time = threading.Lock()
"""matplotlib's settings are of the whole process: who changes them holds this."""


def picture_file(picture: Picture, *, paper: Paper, file_format: str) -> bytes:
    """`picture` on `paper` as one file: `png` (300 dpi), `svg` or `pdf` (PDF/UA-1).

    Raises AttributionError where a source has no sentence or a sentence no room, UnusableQuestionError where
    there is no such format.
    """
    if file_format not in FILE_FORMATS:
        raise UnusableQuestionError(
            f"A picture cannot be made as “{file_format}”. Choose one of {', '.join(FILE_FORMATS)}."
        )
    return _file(picture, layout.sheet(picture, paper=paper), paper=paper, file_format=file_format)


def picture_files(picture: Picture, *, paper: Paper) -> dict[str, bytes]:
    """The same in every format by its name, from one drawing.

    Raises AttributionError as `picture_file` does.
    """
    drawn = layout.sheet(picture, paper=paper)
    return {each: _file(picture, drawn, paper=paper, file_format=each) for each in FILE_FORMATS}


def png_bytes(figure: "Figure", *, dpi: int, told: Mapping[str, str] | None = None) -> bytes:
    """`figure` as PNG; `told` are texts that the file carries by their keyword.

    No alpha, and no time: the same drawing is the same bytes.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from PIL import Image, PngImagePlugin

    chunks = PngImagePlugin.PngInfo()
    for keyword, text in (told or {}).items():
        chunks.add_itxt(keyword, text, lang="en-GB")
    with _drawing({"text.hinting": "no_hinting"}):
        figure.set_dpi(dpi)
        canvas: Any = FigureCanvasAgg(figure)
        canvas.draw()
    pixels = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba())
    body = io.BytesIO()
    pixels.convert("RGB").save(body, format="png", dpi=(dpi, dpi), pnginfo=chunks, compress_level=1)
    return body.getvalue()


def svg_bytes(figure: "Figure", *, title: str, alt: str, embedded: bool = True) -> bytes:
    """`figure` as SVG with real text, a title, and `alt` as its description.

    Where `embedded`, it carries its letters; it asks no other file for anything.
    """
    from matplotlib.backends.backend_svg import FigureCanvasSVG

    halos = [artist for artist in figure.artists if artist.get_gid() == HALO]
    body = io.BytesIO()
    with _drawing({"svg.fonttype": "none", "svg.hashsalt": "Commons Atlas"}):
        for halo in halos:
            halo.set_visible(False)
        canvas: Any = FigureCanvasSVG(figure)
        canvas.print_svg(body, metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
        for halo in halos:
            halo.set_visible(True)
    drawn = body.getvalue().decode()
    inside = svg_letters.with_letters(drawn[drawn.index("<defs>") :], embedded=embedded)
    return (_svg_head(figure, title=title, alt=alt) + inside).encode()


def _svg_head(figure: "Figure", *, title: str, alt: str) -> str:
    """The root of the SVG in place of matplotlib's: a size on paper, a role, a language and a name."""
    wide, high = figure.get_size_inches()
    named = "".join(
        f'<{tag} id="{tag}">{escape(lettering.clean(text), quote=False)}</{tag}>\n'
        for tag, text in (("title", title), ("desc", alt))
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" version="1.1" '
        f'width="{wide * MM:.1f}mm" height="{high * MM:.1f}mm" viewBox="0 0 {wide * 72:.6f} {high * 72:.6f}" '
        f'role="img" aria-labelledby="title desc" lang="en-GB" xml:lang="en-GB">\n{named}'
    )


def _file(picture: Picture, drawn: Sheet, *, paper: Paper, file_format: str) -> bytes:
    if file_format == "png":
        return png_bytes(drawn.figure, dpi=DPI, told=_told(picture))
    is_pdf = file_format == "pdf"
    svg = svg_bytes(drawn.figure, title=picture.title, alt=picture.alt, embedded=not is_pdf)
    return _pdf(picture, drawn, svg.decode(), paper=paper) if is_pdf else svg


def _told(picture: Picture) -> dict[str, str]:
    """What a PNG says of itself to who asks the file."""
    facts = {
        "Title": picture.title,
        "Description": picture.alt,
        "Copyright": " ".join((*footer.attributions(picture), "; ".join(picture.about.licences))),
    }
    return {keyword: lettering.clean(text) for keyword, text in facts.items()}


def _pdf(picture: Picture, drawn: Sheet, svg: str, *, paper: Paper) -> bytes:
    import typst

    day = picture.about.date
    body: bytes = typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        font_paths=lettering.typst_fonts(),
        sys_inputs={"sheet": svg, "words": json.dumps(_words(picture, drawn, paper=paper))},
        pdf_standards=["ua-1"],
        timestamp=datetime.datetime(day.year, day.month, day.day, tzinfo=datetime.UTC),
    )
    return with_row_headings(body)


def _words(picture: Picture, drawn: Sheet, *, paper: Paper) -> dict[str, Any]:
    """What the template of the PDF is told."""
    about = picture.about
    return {
        "title": lettering.clean(picture.title),
        "alt": lettering.clean(picture.alt),
        "width": paper.width_mm,
        "height": paper.height_mm,
        "margin": sizes(paper).margin,
        "fonts": list(lettering.TYPST_FONTS),
        "ink": lettering.INK,
        "grey": lettering.GREY,
        "hair": lettering.HAIR,
        "heading": lettering.clean(picture.places_title),
        "foot": lettering.clean(f"{picture.title}, {date_in_words(about.date)}"),
        "columns": ["Number", "Name", "Kind", "Category"],
        "rows": [_row(entry) for entry in place_key.entries(picture)] if drawn.cut else [],
    }


def _row(entry: Entry) -> list[str]:
    cells = (entry.label, entry.name, entry.kind.capitalize(), entry.category)
    return [lettering.clean(cell) for cell in cells]


@contextmanager
def _drawing(settings: Any) -> Iterator[None]:
    """matplotlib under `settings`, by one thread at a time."""
    import matplotlib

    with _one_at_a_time, matplotlib.rc_context(settings):
        yield
