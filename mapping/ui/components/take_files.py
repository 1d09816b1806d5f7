"""The files that are taken to a meeting, made from what a page shows, and what they are called.

What makes a file imports what it needs when it is asked for: a page must not pay for it at its start.
"""

import datetime
from dataclasses import dataclass
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from mapping import export
from mapping.analysis.filters import Filters
from mapping.render import about
from mapping.render.about import About
from mapping.render.sheet.paper import Paper
from mapping.reporting.held import Held
from mapping.ui import cache, links
from mapping.ui.components import area_choice

if TYPE_CHECKING:
    from mapping.render.documents.model import Document
    from mapping.reporting.pictures import Words

DOCUMENTS: Final = {"pdf": "PDF", "docx": "Word", "pptx": "Slides", "html": "Web page"}
AT_ONCE: Final = 2
"""Files that are made at the same time, whoever asks: each takes a processor, and an A3 sheet 150 MB."""
_room = BoundedSemaphore(AT_ONCE)


@dataclass(frozen=True, kw_only=True)
class View:
    """What a page shows."""

    asked: Filters
    page: str
    """One of `page_links.PAGES`."""
    link: str
    date: datetime.date
    chosen: str = ""
    """What is chosen on its map, as `area:CODE` or `place:ID`; blank for nothing."""
    with_sites: bool = False
    """Whether the best sites are on the map."""

    @property
    def areas(self) -> Filters:
        """What a profile is asked for: the areas of the page, else the one chosen, else the council."""
        kind, _, code = self.chosen.partition(":")
        return links.of_areas(self.asked, *(self.asked.codes or ((code,) if kind == "area" else ())))

    @property
    def shared(self) -> str:
        """The link with what is chosen on the map."""
        return f"{self.link}&{urlencode({links.SELECT: self.chosen})}" if self.chosen else self.link


def today() -> datetime.date:
    """The day that a file made now bears."""
    return datetime.datetime.now(tz=export.LONDON).date()


def require_logo() -> None:
    """Nothing: the logo can be read, or there is none. Raises UnusableFileError before a file is offered."""
    from mapping.reporting.profile_about import logo_bytes

    logo_bytes(cache.settings())


def words(view: View, *, held: Held) -> "Words":
    """What a picture of the view says. Raises as `pictures.words_of` does."""
    from mapping.reporting import pictures

    return pictures.words_of(
        view.asked, page=view.page, held=held, link=view.link, date=view.date, with_sites=view.with_sites
    )


def picture(view: View, *, paper: Paper, file_format: str, held: Held) -> bytes:
    """The picture of the view. Raises as `snapshots.snapshot` does."""
    from mapping.reporting import snapshots

    with _room:
        return snapshots.snapshot(
            view.asked,
            page=view.page,
            held=held,
            paper=paper,
            file_format=file_format,
            link=view.link,
            date=view.date,
            with_sites=view.with_sites,
        )


def picture_name(view: View, *, paper: Paper, file_format: str, held: Held) -> str:
    """What the file of `picture` is called."""
    from mapping.reporting import snapshots

    return snapshots.file_name(
        view.asked, page=view.page, paper=paper, file_format=file_format, held=held, date=view.date
    )


def travelling(view: View, *, held: Held) -> bytes:
    """The map of the view as one file. Raises as `travelling_file` does."""
    from mapping.reporting import travelling as maps

    with _room:
        return maps.travelling_file(
            view.asked,
            page=view.page,
            held=held,
            link=view.link,
            date=view.date,
            with_sites=view.with_sites,
        )


def travelling_name(view: View, *, held: Held) -> str:
    """What the file of `travelling` is called."""
    from mapping.reporting import travelling as maps

    return maps.file_name(view.asked, page=view.page, held=held, date=view.date)


def document(view: View, *, file_format: str, held: Held) -> bytes:
    """The profile, comparison or overview of the view as a file. Raises as `profiles.document_of` does."""
    from mapping.reporting import page_links, profiles

    link = page_links.link_back(view.areas, "area", link=view.link, settings=held.settings)
    made = profiles.document_of(view.areas, held=held, link=link, date=view.date)
    return document_file(made, file_format=file_format)


def document_file(made: "Document", *, file_format: str) -> bytes:
    """`made` as a file."""
    from mapping.reporting import profile_files

    with _room:
        return profile_files.document_bytes(made, file_format)


def document_words(view: View) -> str:
    """What `document` is: `profile of Littlemore, Oxford`."""
    asked = view.areas
    if not asked.codes:
        return f"overview of {asked.council}"
    named = area_choice.names(asked, asked.geography)
    listed = " and ".join(named.get(code, code) for code in asked.codes)
    return f"{'profile' if len(asked.codes) == 1 else 'comparison'} of {listed}, {asked.council}"


def document_name(view: View, *, file_format: str) -> str:
    """What the file of `document` is called."""
    told = About(
        title=document_words(view), filters=(), edition="", date=view.date, link=view.link, sources=()
    )
    return about.file_name(told, file_format)
