"""What a tagged PDF says of itself: its elements in reading order, and its words."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
import pypdf


@dataclass(frozen=True)
class Tag:
    """One element of the tree of tags."""

    name: str
    within: tuple[str, ...]
    """The names of those it is in, the outermost first."""
    alt: str
    scope: str
    """Of a heading of a table: Row or Column."""


def tags(body: bytes) -> list[Tag]:
    """Every element, in the order it is read."""
    with pikepdf.open(BytesIO(body)) as read:
        return list(_walk(read.Root.StructTreeRoot.K, ()))


def _walk(kids: Any, within: tuple[str, ...]) -> Iterator[Tag]:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(kid, pikepdf.Dictionary) or "/S" not in kid:
            continue
        name = str(kid.S)[1:]
        scopes = [str(told["/Scope"])[1:] for told in kid.get("/A", []) if "/Scope" in told]
        yield Tag(name, within, str(kid.get("/Alt", "")), "".join(scopes))
        yield from _walk(kid.get("/K", []), (*within, name))


def texts(body: bytes) -> list[str]:
    """The words of each page, each gap one blank."""
    return [
        " ".join(page.extract_text().split()) for page in pypdf.PdfReader(BytesIO(body), strict=True).pages
    ]


def links(body: bytes) -> list[str]:
    """Every address that the file leads to."""
    read = pypdf.PdfReader(BytesIO(body))
    notes = (note.get_object() for page in read.pages for note in page.get("/Annots", []))
    return list(dict.fromkeys(note["/A"]["/URI"] for note in notes))


def without_artifacts(body: bytes) -> bytes:
    """The file as it is read out: without what is marked as no part of the text."""
    with pikepdf.open(BytesIO(body)) as read:
        for page in read.pages:
            page.Contents = read.make_stream(pikepdf.unparse_content_stream(list(_read_out(page))))
        kept = BytesIO()
        read.save(kept)
    return kept.getvalue()


def _read_out(page: pikepdf.Page) -> Iterator[Any]:
    """The steps of drawing that lie in no artifact."""
    marks: list[str] = []
    for step in pikepdf.parse_content_stream(page):
        does = str(step.operator)
        if does in ("BMC", "BDC"):
            marks.append(str(step.operands[0]))
        if "/Artifact" not in marks:
            yield step
        if does == "EMC":
            marks.pop()
