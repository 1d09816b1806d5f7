"""Documents about areas of the pilot, made once, and how tests read them."""

import datetime
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any, Final

from mapping.analysis.filters import Filters
from mapping.render.documents.model import Bullets, Document, Note, Paragraph, Table
from mapping.reporting import profiles
from mapping.reporting.held import Held

DATE: Final = datetime.date(2026, 11, 22)
OXFORD: Final = Filters(council="Oxford", geography="ward")
LEYS, HOLYWELL, LSOA = "E05013097", "E05013106", "E01028577"
Made = Callable[..., Document]


def documents(held: Held) -> Made:
    """Gives the document of some codes and choices without its map, made once."""
    bases: dict[Filters, profiles.Basis] = {}

    @cache
    def document(*codes: str, **choices: Any) -> Document:
        filters = replace(OXFORD, codes=codes, **choices)
        geography = "lsoa" if codes and codes[0].startswith("E01") else "ward"
        plain = replace(filters, codes=(), geography=geography)
        if plain not in bases:
            bases[plain] = profiles.basis_of(plain, held=held)
        told: dict[str, Any] = {"held": held, "link": "L", "date": DATE, "basis": bases[plain]}
        return profiles.document_of(filters, **told, with_map=False)

    return document


def of(document: Document, kind: type[Any]) -> list[Any]:
    return [block for block in document.blocks if isinstance(block, kind)]


def table(document: Document, caption: str) -> Table:
    found: list[Table] = [each for each in of(document, Table) if each.caption.startswith(caption)]
    assert len(found) == 1
    return found[0]


def rows(document: Document, caption: str) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in table(document, caption).rows}


def words(document: Document) -> str:
    """Every word of a document's running text and lists."""
    said = [block.text for block in document.blocks if isinstance(block, Paragraph | Note)]
    return " ".join([*said, *(item for block in of(document, Bullets) for item in block.items)])
