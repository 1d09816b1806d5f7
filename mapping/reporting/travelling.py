"""The map that travels: the choices of a view as one HTML file."""

import argparse
import datetime
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from mapping.adapters.kinds import refused
from mapping.analysis.filters import Filters
from mapping.assessing.gap_files import today
from mapping.errors import UnusableFileError
from mapping.render import about
from mapping.render.travelling import travelling_map
from mapping.render.travelling_model import Travelling
from mapping.reporting import page_links, travelling_explore, travelling_gaps
from mapping.reporting.asked import asked_view
from mapping.reporting.held import Held, read_held
from mapping.reporting.picture_gaps import answered
from mapping.reporting.pictures import words_of
from mapping.settings import Settings
from mapping.written import written_whole

SUFFIX: Final = "html"
SNAPSHOT: Final = "python -m mapping snapshot "
MAP: Final = "python -m mapping map "
KEPT_M: Final = (0.0, 10.0, 30.0, 80.0)
"""Metres that shapes may stray, the exact ones first: the next is tried where a file would be too large."""


def travelling_file(
    filters: Filters,
    *,
    page: str,
    held: Held,
    link: str,
    date: datetime.date,
    with_sites: bool = False,
) -> bytes:
    """The file of one view of `page`: `explore`, `gaps` or `area`; same view, data and date, same bytes.

    `link` leads back to the same view; `with_sites` is as for `pictures.picture_of`.
    Raises as `picture_of` does, AttributionError, or UnusableFileError: it would be too large.
    """
    make = _maker(filters, page=page, held=held, link=link, date=date, with_sites=with_sites)
    for kept_m in KEPT_M[:-1]:
        try:
            return travelling_map(make(kept_m))
        except UnusableFileError:
            continue
    return travelling_map(make(KEPT_M[-1]))


def _maker(
    filters: Filters, *, page: str, held: Held, link: str, date: datetime.date, with_sites: bool
) -> Callable[[float], Travelling]:
    """What makes the map with shapes within so many metres of what is held."""
    asked = page_links.opened(filters, held) if page == "gaps" else filters
    words = words_of(asked, page=page, held=held, link=link, date=date, with_sites=with_sites)
    if page == "gaps":
        made = answered(asked, held, with_sites=with_sites)
        return lambda kept_m: travelling_gaps.travelling(made, words, held=held, kept_m=kept_m)
    # Only the page of areas has any that were chosen.
    shown = asked if page == "area" else replace(asked, codes=())
    return lambda kept_m: travelling_explore.travelling(shown, words, held=held, kept_m=kept_m)


def file_name(filters: Filters, *, page: str, held: Held, date: datetime.date) -> str:
    """What a browser saves the file as: `oxford-libraries-over-deprivation-2026-11-22.html`."""
    asked = page_links.opened(filters, held) if page == "gaps" else filters
    return about.file_name(words_of(asked, page=page, held=held, link="", date=date).about, SUFFIX)


def map_file(asked: argparse.Namespace, out: Path, *, settings: Settings) -> str:
    """What was written to `out`, in one line; the file is whole or not there.

    `asked` holds the options of `asking.add_view_options`, and `date`.
    Raises UnusableFileError (`out` does not end in .html, or cannot be written), or as `asked_view` and
    `travelling_file` do.
    """
    if out.suffix.casefold() != f".{SUFFIX}" or out.is_dir():
        raise refused(str(out), "is no name for a map that travels", f"Let it end in .{SUFFIX}.")
    if not out.parent.is_dir():
        raise refused(str(out), "is in a folder that is not there", "Make the folder first.")
    held = read_held(settings)
    view, date = asked_view(asked, held), asked.date or today()
    kept: dict[str, Any] = {"page": view.page, "held": held, "link": view.link, "date": date}
    kept["with_sites"] = view.with_sites
    # Where no site is known, the way back is a command: that of this file.
    kept["link"] = view.link.replace(SNAPSHOT, MAP, 1) if view.link.startswith(SNAPSHOT) else view.link
    body = travelling_file(view.filters, **kept)
    written_whole({out: lambda to: to.write_bytes(body)})
    title = words_of(view.filters, **kept).title
    return f"Wrote “{title}”, a map that needs no network ({len(body) / 1e6:.1f} MB), to {out}."
