"""Documents as files, one or all of a council: what the page offers, and what runs the command `profiles`."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from mapping.analysis.filters import GEOGRAPHIES, from_query
from mapping.editions import EDITIONS, INDICES
from mapping.errors import UnusableFileError, UnusableQuestionError
from mapping.render.documents.model import Document
from mapping.reporting import asking
from mapping.settings import Settings

FORMATS: Final = ("pdf", "docx", "pptx", "html")


def document_bytes(document: Document, file_format: str) -> bytes:
    """`document` as a tagged PDF, a Word file, slides or a web page of one file; same document, same bytes.

    Raises UnusableFileError (no such format), or AttributionError where a source lacks its sentence.
    """
    # Each of these brings a library that takes its time: only the one that is asked for.
    if file_format == "pdf":
        from mapping.render.documents import pdf

        return pdf.pdf_file(document)
    if file_format == "docx":
        from mapping.render.documents import word

        return word.docx_file(document)
    if file_format == "pptx":
        from mapping.render.documents import slides

        return slides.pptx_file([document])
    if file_format == "html":
        from mapping.render.documents import web

        return web.html_file(document)
    raise UnusableFileError(f"No such format: {file_format}. There are: {', '.join(FORMATS)}.")


def add_options(profiles: argparse.ArgumentParser) -> None:
    """Add the options of the command, and what runs it."""
    profiles.add_argument("--council", metavar="NAME_OR_CODE")
    profiles.add_argument("--by", choices=list(GEOGRAPHIES), default="ward", help="ward by default")
    profiles.add_argument("--format", choices=list(FORMATS), default="pdf", help="pdf by default")
    profiles.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder for the files")
    profiles.add_argument("--edition", choices=list(EDITIONS), help="2025 by default")
    profiles.add_argument("--index", choices=list(INDICES), help="imd by default")
    profiles.add_argument("--link", default="", help="a link to a view; other options count before it")
    profiles.add_argument("--date", type=asking.day, default=None, help="YYYY-MM-DD; today by default")
    profiles.add_argument(
        "--workers", type=int, metavar="N", help="processes; as many as processors by default, at most 8"
    )
    profiles.add_argument("--again", action="store_true", help="also what is there already")
    profiles.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> str:
    """How many files were written, and to where.

    Raises as `choices` or `batch.profiles_folder` do.
    """
    from mapping.reporting import batch

    return batch.profiles_folder(settings=settings, is_shown=True, **choices(asked))


def choices(asked: argparse.Namespace) -> dict[str, Any]:
    """What was asked, as `batch.profiles_folder` takes it; what is not said is as the link has it.

    Raises UnusableQuestionError: no council, or no worker.
    """
    from mapping.assessing.gap_files import today

    named = {"council": asked.council, "edition": asked.edition, "index": asked.index}
    told: dict[str, Any] = {name: value for name, value in named.items() if value}
    filters = replace(from_query(asked.link, council=""), **told)
    if not filters.council:
        raise UnusableQuestionError("Say of which council: add `--council NAME`.")
    if asked.workers is not None and asked.workers < 1:
        raise UnusableQuestionError("--workers is 1 or more.")
    return {
        "filters": filters,
        "by": asked.by,
        "file_format": asked.format,
        "out": asked.out,
        "date": asked.date or today(),
        "workers": asked.workers,
        "again": asked.again,
    }
