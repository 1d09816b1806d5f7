"""A document as a PDF that screen readers can read: PDF/UA-1, tagged, with language and alternative text."""

import datetime
import json
from pathlib import Path
from typing import Any, Final

from mapping.render.documents import row_headings, told
from mapping.render.documents.model import Document
from mapping.render.sheet import lettering

TEMPLATE: Final = Path(__file__).with_name("document.typ")
STANDARD: Final = "ua-1"


def pdf_file(document: Document) -> bytes:
    """`document` as PDF/UA-1 on A4; the same bytes for the same document.

    Its words come to the template as data: a name is never markup. Tables have headings for columns and rows,
    pictures and charts their alternative text.
    Raises AttributionError where a source lacks its sentence, UnusableFileError where the logo is unreadable.
    """
    import typst

    body = typst.compile(
        TEMPLATE,
        format="pdf",
        pdf_standards=[STANDARD],
        timestamp=datetime.datetime.combine(document.date, datetime.time(), tzinfo=datetime.UTC),
        **_asked(document),
    )
    return row_headings.with_row_headings(body)


def page_pictures(document: Document, *, ppi: float = 110) -> list[bytes]:
    """A PNG of each page of `document`, at `ppi` pixels an inch. Raises as `pdf_file` does."""
    import typst

    pages: bytes | list[bytes] = typst.compile(TEMPLATE, format="png", ppi=ppi, **_asked(document))
    return [pages] if isinstance(pages, bytes) else pages


def _asked(document: Document) -> dict[str, Any]:
    """What both ways to compile are told: words, pictures, letters and nothing of this machine."""
    words, pictures = told.told(document)
    return {
        "root": TEMPLATE.parent,
        "sys_inputs": {"document": json.dumps(words, ensure_ascii=False)} | pictures,
        "font_paths": lettering.typst_fonts(),
    }
