"""The view that a command asks for: its options checked, and near names offered."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs, urlsplit

from mapping.analysis.filters import DISTANCES_M, MOST_COMPARED, Filters
from mapping.analysis.question import MOST_ADDED
from mapping.assessing.asking import Asked, given_filters, known_filters, known_name
from mapping.errors import UnusableQuestionError
from mapping.reporting.held import Held
from mapping.reporting.page_links import link_back, opened, page_of
from mapping.reporting.picture_explore import explored

FARTHEST_M: Final = DISTANCES_M[-1]


@dataclass(frozen=True, kw_only=True)
class AskedView:
    """One view of a page."""

    filters: Filters
    page: str
    """One of `PAGES`."""
    link: str
    """Leads back to it: an address, or the command that draws it."""
    with_sites: bool = False
    """Whether the best sites for `filters.add` more are asked for."""


def asked_view(asked: argparse.Namespace, held: Held) -> AskedView:
    """The view that the options of `asking.add_view_options` ask for.

    Raises UnknownAreaError (no council is named, or it is not held), UnusableQuestionError (no such ward or
    category, with names that look alike; a number out of bounds; options that do not go together).
    """
    page = _page(asked)
    filters = known_filters(
        _given(asked, page, held), atlas=held.atlas, places=held.places, completeness=held.completeness
    )
    if asked.ward or asked.area:
        filters = replace(filters, codes=_codes(asked, filters, held))
    if page == "gaps":
        filters = opened(filters, held)
    with_sites = asked.add is not None
    link = link_back(filters, page, link=asked.link, settings=held.settings, with_sites=with_sites)
    return AskedView(filters=filters, page=page, link=link, with_sites=with_sites)


def _page(asked: argparse.Namespace) -> str:
    """The page that is meant. Raises UnusableQuestionError: options that it does not have."""
    own = page_of(asked.link)
    if asked.ward or asked.area:
        if asked.page not in (None, "area"):
            raise UnusableQuestionError(f"--ward and --area show those areas: leave out --page {asked.page}.")
        return "area"
    page = str(asked.page or own)
    if page != "gaps" and (strange := [name for name in ("plan", "add", "need") if getattr(asked, name)]):
        raise UnusableQuestionError(f"--{strange[0]} is for the Gaps page: add --page gaps.")
    if page != "explore" and asked.near:
        raise UnusableQuestionError(f"--near is for the Explore page: leave out --page {page}.")
    return page


def _given(asked: argparse.Namespace, page: str, held: Held) -> Filters:
    """The choices as they are given; the latest edition that is held where none is."""
    within = {"reach_m" if page == "gaps" else "within_m": asked.within}
    choices = {
        "council": asked.council,
        "kinds": tuple(asked.kind),
        "categories": tuple(asked.category),
        "ownerships": tuple(asked.ownership),
        "edition": asked.edition,
        "index": asked.index,
        "need": asked.need,
        "near": asked.near,
        "plans": tuple(asked.plan),
        "add": asked.add,
    }
    if asked.within is not None and not 1 <= asked.within <= FARTHEST_M:
        raise UnusableQuestionError(f"--within is a number from 1 to {FARTHEST_M:,}, not {asked.within:,}.")
    if asked.add is not None and not 1 <= asked.add <= MOST_ADDED:
        raise UnusableQuestionError(f"--add is a number from 1 to {MOST_ADDED}, not {asked.add}.")
    filters = given_filters(Asked(choices=choices | within, link=asked.link, by=asked.by))
    if asked.edition or "edition" in parse_qs(urlsplit(asked.link).query or asked.link.lstrip("?")):
        return filters
    return replace(filters, edition=held.atlas.editions[0])


def _codes(asked: argparse.Namespace, filters: Filters, held: Held) -> tuple[str, ...]:
    """The codes of the wards and areas that are asked for."""
    codes = [code.strip().upper() for code in asked.area]
    if asked.ward:
        wards = explored(replace(filters, geography="ward"), held).areas
        by_name = dict(zip(wards["name"], wards["code"], strict=True))
        codes += [str(by_name[name]) for name in ward_names(asked.ward, list(by_name), filters.council)]
    different = tuple(dict.fromkeys(codes))
    if len(different) > MOST_COMPARED:
        raise UnusableQuestionError(f"At most {MOST_COMPARED} areas can be shown side by side.")
    return different


def ward_names(asked: Sequence[str], names: Sequence[str], council: str) -> list[str]:
    """The wards of `council` that are meant. Raises UnusableQuestionError with names that look alike."""
    return [known_name(each, names, what=f"ward of {council}") for each in asked]
