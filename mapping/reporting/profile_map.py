"""The map of a document, the numbers that it gives to places, and what is said under it."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

import pandas as pd

from mapping.render.documents.model import Block, Figure, Heading
from mapping.reporting.held import Held
from mapping.reporting.profile_basis import Basis
from mapping.sources import Card

WIDTH_MM: Final = 125.0
HEIGHT_MM: Final = 95.0
TITLE: Final = "On the map"
SIGNS: Final = (
    "Darker is more deprived, the digit is the decile. Circles are co-operatives, diamonds community assets"
)
NUMBERS: Final = "; their numbers are those of the table of places"
"""Both together stay within what a caption may hold."""

UNDRAWN: Final = (
    "Not drawn itself: no LSOA is best-fitted to it, so its shape is not held. Around it is pale."
)


@dataclass(frozen=True, kw_only=True)
class Map:
    """A map, or that there is none."""

    figure: Figure | None = None
    numbers: Mapping[str, int] = field(default_factory=dict)
    """The number of each place on it, by `place_id`."""
    cards: tuple[Card, ...] = ()
    """What it was drawn from."""

    @property
    def blocks(self) -> list[Block]:
        """The map under its heading; nothing where there is none."""
        return [] if self.figure is None else [Heading(text=TITLE), self.figure]


def map_of(codes: Sequence[str], basis: Basis, *, held: Held, link: str, date: datetime.date) -> Map:
    """The map of the areas `codes` of the council of `basis`, or, of none, of the whole council."""
    from mapping.render.sheet import drawing
    from mapping.reporting import pictures

    asked = replace(basis.filters, codes=tuple(codes))
    council = basis.drawn if codes else None
    picture = pictures.picture_of(asked, page="area", held=held, link=link, date=date, council=council)
    said = f"{SIGNS}{NUMBERS if len(picture.places) else ''}." if picture.areas["is_lit"].any() else UNDRAWN
    figure = drawing.small_map(picture, width_mm=WIDTH_MM, height_mm=HEIGHT_MM, caption=said)
    numbers = dict(zip(picture.places["place_id"], picture.places["number"].astype(int), strict=True))
    return Map(figure=figure, numbers=numbers, cards=picture.about.sources)


def without_map(places: pd.DataFrame) -> Map:
    """No map, and the number that one would give each place that has a position: by name."""
    placed = places[places["easting"].notna() & ~places["is_withheld"]]
    named = placed.assign(plain=placed["name"].str.casefold()).sort_values(["plain", "place_id"])
    return Map(numbers={place_id: at for at, place_id in enumerate(named["place_id"], start=1)})
