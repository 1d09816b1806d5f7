"""The picture of one view of the Explore page: a council's deprivation and the places that are kept."""

import datetime
from typing import Final

from mapping import export
from mapping.analysis.filters import ANYWHERE, Filters
from mapping.analysis.view import View
from mapping.editions import EDITIONS
from mapping.render.picture_keys import place_block, scale_block
from mapping.render.sheet.picture import KeyBlock, Picture
from mapping.reporting import picture_parts as parts
from mapping.reporting.held import Held
from mapping.reporting.picture_words import Words, explore_words, key_of

OTHER_DECILES: Final = "Other deciles"


def explored(filters: Filters, held: Held) -> View:
    """The view. Raises UnknownAreaError where the council or the edition is not held."""
    return export.view_from(filters, atlas=held.atlas, places=held.places)


def words(view: View, filters: Filters, *, held: Held, link: str, date: datetime.date) -> Words:
    """What the picture of `view` says. Raises UnusableQuestionError: no such postcode to look near."""
    return explore_words(view, filters, held=held, link=link, date=date)


def picture(view: View, filters: Filters, *, held: Held, link: str, date: datetime.date) -> Picture:
    """The picture of `view`. Raises as `words` does."""
    said = explore_words(view, filters, held=held, link=link, date=date)
    key, lad24cd = key_of(filters), held.atlas.lad24cd(filters.council)
    areas = parts.shaded(view, filters, atlas=held.atlas, key=key)
    names = parts.ward_outlines(filters, atlas=held.atlas, lad24cd=lad24cd)
    places = parts.numbered(view.places, by="distance_m" if view.near else "name")
    ring = parts.ring_of(view.near)
    near = view.near.postcode if view.near else ""
    scale = scale_block(
        key,
        faded=OTHER_DECILES if filters.deciles != ANYWHERE else "",
        has_missing=bool((areas["fill"] == "").any()),
        outline=wards_words(filters),
    )
    disc = None if ring is None else parts.disc(ring)
    return Picture(
        **said.printed,
        areas=areas,
        names=names,
        places=places,
        focus=parts.bounds_of(areas.geometry if disc is None else disc),
        key=blocks(scale, place_block(set(places["kind"]), ring=ring, around=near)),
        ring=ring,
        locator=parts.in_england(areas.geometry, atlas=held.atlas)
        if disc is None
        else parts.in_land(disc, parts.whole(areas.geometry), name=filters.council),
        owner=held.settings.name,
    )


def wards_words(filters: Filters) -> str:
    """What the lines over the areas bound; blank where the areas are wards themselves."""
    return "" if filters.geography == "ward" else f"Ward of 20{EDITIONS[filters.edition].ward[2:4]}"


def blocks(*told: KeyBlock | None) -> tuple[KeyBlock, ...]:
    """The blocks of a key that there are."""
    return tuple(block for block in told if block is not None)
