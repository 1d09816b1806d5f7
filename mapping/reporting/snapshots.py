"""One view as a file to take to a meeting: a picture on paper, or the pack of all that belongs to it."""

import argparse
import datetime
from pathlib import Path
from typing import Final

from mapping.adapters.kinds import refused
from mapping.analysis.filters import Filters
from mapping.assessing.gap_files import today
from mapping.errors import UnusableQuestionError
from mapping.render.about import file_name as name_of_file
from mapping.render.about import require_attribution
from mapping.render.sheet.paper import Paper
from mapping.reporting.asked import AskedView, asked_view
from mapping.reporting.held import Held, read_held
from mapping.reporting.pack import pack_file
from mapping.reporting.page_links import command_of
from mapping.reporting.picture_base import with_base_map
from mapping.reporting.pictures import subject_of, words_of
from mapping.settings import Settings
from mapping.written import written_whole

SUFFIXES: Final = {"png": "png", "svg": "svg", "pdf": "pdf", "pack": "zip"}
"""Each format and what its files end in."""
NAMES: Final = {"png": "PNG", "svg": "SVG", "pdf": "PDF", "pack": "a pack of all formats"}


def snapshot(
    filters: Filters,
    *,
    page: str,
    held: Held,
    paper: Paper,
    file_format: str,
    link: str,
    date: datetime.date,
    with_sites: bool = False,
) -> bytes:
    """The file: the same bytes for the same view, data and date.

    Parameters
    ----------
    page : one of `page_links.PAGES`.
    file_format : `png`, `svg`, `pdf`, or `pack`, a zip of the three with the tables behind them.
    link : leads back to the same view.
    with_sites : whether the best sites for `filters.add` more are drawn.

    Raises UnusableQuestionError (no such format), ServiceError (the base map that is set could not be had),
    AttributionError, or as `pictures.picture_of` does.
    """
    require_format(file_format)
    subject = subject_of(filters, page=page, held=held, with_sites=with_sites)
    picture = subject.picture(held=held, link=link, date=date)
    require_attribution(picture.about)
    picture = with_base_map(picture, held.settings, paper=paper)
    # What draws takes a second to start: only whoever asks for a picture waits for it.
    from mapping.render.sheet import formats

    if file_format != "pack":
        return formats.picture_file(picture, paper=paper, file_format=file_format)
    return pack_file(
        picture,
        drawn=formats.picture_files(picture, paper=paper),
        tables=subject.tables(picture, held=held),
        paper=paper,
        command=again(filters, page, paper=paper, date=date, with_sites=with_sites),
    )


def require_format(file_format: str) -> None:
    """Nothing, if pictures come in `file_format`. Raises UnusableQuestionError."""
    if file_format not in SUFFIXES:
        raise UnusableQuestionError(f"No such format: {file_format}. There are: {', '.join(SUFFIXES)}.")


def again(filters: Filters, page: str, *, paper: Paper, date: datetime.date, with_sites: bool = False) -> str:
    """The command that makes the pack of a view again."""
    drawn = command_of(filters, page, with_sites=with_sites)
    on = f"--paper {paper.size} --orientation {paper.orientation}"
    return f"{drawn} {on} --date {date.isoformat()} --out pack.zip"


def file_name(
    filters: Filters, *, page: str, paper: Paper, file_format: str, held: Held, date: datetime.date
) -> str:
    """What the file is called, without drawing it: `oxford-gaps-in-access-to-libraries-2026-11-22.png`."""
    require_format(file_format)
    words = words_of(filters, page=page, held=held, link="", date=date)
    return name_of_file(words.about, SUFFIXES[file_format])


def snapshot_file(asked: argparse.Namespace, out: Path, *, settings: Settings) -> str:
    """What was written to `out`, in one line; the file is whole or not there.

    `asked` holds the options of `asking.add_view_options`, and `paper, orientation, format, date`.
    Raises UnusableFileError (`out` cannot be written, or ends in no format), or as `asked_view` and
    `snapshot` do.
    """
    file_format = format_of(out, asked.format)
    held = read_held(settings)
    view, date = asked_view(asked, held), asked.date or today()
    paper = Paper(size=asked.paper, orientation=asked.orientation)
    body = snapshot(
        view.filters,
        page=view.page,
        held=held,
        paper=paper,
        file_format=file_format,
        link=view.link,
        date=date,
        with_sites=view.with_sites,
    )
    written_whole({out: lambda to: to.write_bytes(body)})
    return f"Wrote {_title(view, held, date)} ({paper.words}; {NAMES[file_format]}) to {out}."


def _title(view: AskedView, held: Held, date: datetime.date) -> str:
    title = words_of(view.filters, page=view.page, held=held, link=view.link, date=date).title
    return f"“{title}”"


def format_of(out: Path, asked: str | None) -> str:
    """The format asked for, or that of the suffix of `out`. Raises UnusableFileError where they differ."""
    by_suffix = {suffix: name for name, suffix in SUFFIXES.items()}
    own = by_suffix.get(out.suffix.removeprefix(".").casefold())
    wanted = [SUFFIXES[asked]] if asked else list(by_suffix)
    if own is None or out.is_dir() or (asked and own != asked):
        raise refused(str(out), "is no name for a picture", f"Let it end in .{' or .'.join(wanted)}.")
    if not out.parent.is_dir():
        raise refused(str(out), "is in a folder that is not there", "Make the folder first.")
    return own
