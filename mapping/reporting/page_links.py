"""Which page of the app a link is of, and the link that leads back to a page."""

import shlex
from dataclasses import replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mapping.analysis.filters import Filters, from_query, to_query
from mapping.errors import UnusableQuestionError
from mapping.settings import Settings

if TYPE_CHECKING:
    from mapping.reporting.held import Held

PAGES: Final = ("explore", "gaps", "area")
"""The pages that show a map of one council; the first is the one that the site opens with."""
ANY_FILE: Final = "picture.pdf"
"""What a command that is printed writes: it must run as it stands."""
OTHERS: Final = ("england", "directory", "sources", "method")
"""Its other pages."""
FIRST: Final = "library"
"""What the Gaps page asks about where nothing is chosen, if the council has any."""


def page_of(link: str) -> str:
    """The page that `link` is of, by the last part of its path; the first of `PAGES` where it names none.

    `link` is a whole address, a page's path (`gaps?council=Oxford`) or a query alone.
    Raises UnusableQuestionError where it is no link at all.
    """
    last = _path(link).rstrip("/").rpartition("/")[2]
    return last if last in PAGES else PAGES[0]


def link_to(filters: Filters, page: str, settings: Settings) -> str:
    """The address of `page` with `filters`; where the site's is not known, the command that draws it."""
    return link_back(filters, page, settings=settings)


def link_back(
    filters: Filters, page: str, *, link: str = "", settings: Settings, with_sites: bool = False
) -> str:
    """The address that leads back to `filters` on `page`: on the site of `link`, or that of `settings`.

    The command that draws the view instead, where no site is known or where a link cannot hold the choices.
    """
    base = link if urlsplit(link).scheme in ("http", "https") else settings.address
    if base and is_kept(filters) and not with_sites:
        return f"{_address(base, page)}?{to_query(filters)}"
    return f"{command_of(filters, page, with_sites=with_sites)} --out {ANY_FILE}"


def command_of(filters: Filters, page: str, *, with_sites: bool = False) -> str:
    """The command that draws the view, without the paper and the file; with the best sites where asked."""
    words = ["python", "-m", "mapping", "snapshot", "--link", f"{page}?{to_query(filters)}"]
    if not is_kept(filters):
        words += ["--within", str(filters.reach_m if page == "gaps" else filters.within_m)]
    return shlex.join([*words, *(["--add", str(filters.add)] if with_sites else [])])


def is_kept(filters: Filters) -> bool:
    """Whether a link holds all of `filters`: a page offers some numbers only, such as 800 m or 1,000 m."""
    return from_query(to_query(filters), council=filters.council) == filters


def opened(filters: Filters, held: "Held") -> Filters:
    """`filters` as the Gaps page opens them: where nothing is looked for, about what is recorded well."""
    if filters.kinds or filters.categories or filters.ownerships:
        return filters
    first = opening_category(filters.council, held)
    return replace(filters, categories=(first,)) if first else filters


def opening_category(council: str, held: "Held") -> str:
    """`FIRST` where the council's are recorded, else the commonest category that is; blank where none is."""
    lad24cd = held.atlas.lad24cd(council)
    places, told = held.places, held.completeness
    mine = places[(places["lad24cd"] == lad24cd) & places["easting"].notna() & (places["status"] != "closed")]
    full = told[(told["lad24cd"] == lad24cd) & (told["completeness"] == "recorded")]["category"]
    counts = mine["category"].value_counts()
    well = counts[counts.index.isin(full)]
    if FIRST in well:
        return FIRST
    return next(map(str, well.index), next(map(str, counts.index), ""))


def _address(base: str, page: str) -> str:
    """Where `page` is on the site of `base`, the address of any of its pages."""
    parts = urlsplit(base)
    folder, _, last = parts.path.rstrip("/").rpartition("/")
    root = folder if last in (*PAGES, *OTHERS) else f"{folder}/{last}".rstrip("/")
    return f"{parts.scheme}://{parts.netloc}{root}/{'' if page == PAGES[0] else page}"


def _path(link: str) -> str:
    """The path of `link`; blank of a query alone."""
    try:
        parts = urlsplit(link.strip())
    except ValueError as exc:
        raise UnusableQuestionError(f"{link!r} is no link. Copy it again from the address bar.") from exc
    return "" if "=" in parts.path else parts.path
