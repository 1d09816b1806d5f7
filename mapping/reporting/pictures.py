"""One view of a page as a picture: all that is drawn and said of it, from the tables that are held."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from mapping.analysis.filters import Filters
from mapping.errors import UnusableQuestionError
from mapping.render.sheet.picture import Picture
from mapping.reporting import picture_area, picture_explore, picture_gap_map, picture_tables
from mapping.reporting.held import Held
from mapping.reporting.page_links import PAGES
from mapping.reporting.picture_council import Council, council_of
from mapping.reporting.picture_gap_words import gap_words
from mapping.reporting.picture_gaps import answered
from mapping.reporting.picture_words import Words

__all__ = ["Council", "Subject", "Words", "council_of", "picture_of", "subject_of", "words_of"]


class Tells(Protocol):
    """What a picture says."""

    def __call__(self, *, held: Held, link: str, date: datetime.date) -> Words: ...


class Draws(Protocol):
    """A picture."""

    def __call__(self, *, held: Held, link: str, date: datetime.date) -> Picture: ...


class Tabulates(Protocol):
    """The tables behind a picture, by file name: `places.csv` with the picture's numbers, `areas.csv`."""

    def __call__(self, picture: Picture, *, held: Held) -> Mapping[str, bytes]: ...


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One view, worked out once: what it says, its picture and its tables."""

    words: Tells
    picture: Draws
    tables: Tabulates


def subject_of(
    filters: Filters,
    *,
    page: str,
    held: Held,
    with_sites: bool = False,
    council: Council | None = None,
) -> Subject:
    """What `page`, one of `PAGES`, shows for `filters`. Raises as `picture_of` does."""
    if page not in PAGES:
        raise UnusableQuestionError(f"There is no picture of the page {page!r}: {', '.join(PAGES)}.")
    if page == "gaps":
        made = answered(filters, held, with_sites=with_sites)
        return Subject(
            words=partial(gap_words, made),
            picture=partial(picture_gap_map.picture, made),
            tables=partial(picture_tables.gap_tables, made),
        )
    if page == "area" and filters.codes:
        found = picture_area.found(filters.codes, council or council_of(filters, held))
        return Subject(
            words=partial(picture_area.words, found),
            picture=partial(picture_area.picture, found),
            tables=partial(picture_tables.area_tables, found),
        )
    view = picture_explore.explored(filters, held)
    return Subject(
        words=partial(picture_explore.words, view, filters),
        picture=partial(picture_explore.picture, view, filters),
        tables=partial(picture_tables.explore_tables, view, filters),
    )


def picture_of(
    filters: Filters,
    *,
    page: str,
    held: Held,
    link: str,
    date: datetime.date,
    with_sites: bool = False,
    council: Council | None = None,
) -> Picture:
    """The picture of what `page`, one of `PAGES`, shows for `filters`; no network is asked.

    Parameters
    ----------
    link : leads back to the same view.
    with_sites : whether the Gaps page's best sites for `filters.add` more are drawn.
    council : `council_of` the same choices, if at hand: of many areas each is drawn sooner.

    Raises UnknownAreaError (no such council, edition or area), UnusableQuestionError (no such page, no such
    postcode to look near), or as `Held.answer` does.
    """
    subject = subject_of(filters, page=page, held=held, with_sites=with_sites, council=council)
    return subject.picture(held=held, link=link, date=date)


def words_of(
    filters: Filters,
    *,
    page: str,
    held: Held,
    link: str,
    date: datetime.date,
    with_sites: bool = False,
) -> Words:
    """What `picture_of` the same would say, without any shape. Raises as that does."""
    subject = subject_of(filters, page=page, held=held, with_sites=with_sites)
    return subject.words(held=held, link=link, date=date)
