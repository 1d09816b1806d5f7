"""The base map under a picture, where the installation has set one."""

from dataclasses import replace
from typing import Final

from mapping.adapters import tiles
from mapping.adapters.tiles import Provider
from mapping.render.sheet.paper import Paper
from mapping.render.sheet.picture import BaseMap, Bounds, Picture
from mapping.settings import Settings

NONE: Final = "none"
MARGIN: Final = 1.3
"""The map fills its box, so it shows more than what must be seen."""
WIDE: Final = 1.35
"""A map’s box is so wide, in parts of its height, where it stands above its key."""
A_MILLIMETRE: Final = 6
"""Pixels of the base map: some 150 an inch, at which the letters on tiles can still be read."""


def has_base_map(settings: Settings) -> bool:
    """Whether pictures have one."""
    return settings.picture_base_map.lower() != NONE


def with_base_map(
    picture: Picture, settings: Settings, *, paper: Paper, provider: Provider | None = None
) -> Picture:
    """`picture` with the base map of `settings`, or of `provider`; as it was where none is set.

    Raises MappingError (no such base map) or ServiceError (its tiles could not be had).
    """
    if provider is None:
        if not has_base_map(settings):
            return picture
        provider = tiles.provider_of(settings.picture_base_map)
    found = tiles.base_map(
        provider, around(picture.focus, paper=paper), width=round(A_MILLIMETRE * paper.width_mm)
    )
    return replace(
        picture,
        base_map=BaseMap(image=found.image, bounds=found.bounds, attribution=found.attribution),
    )


def around(focus: Bounds, *, paper: Paper) -> Bounds:
    """What a map of `focus` may show in its box on `paper`, be that as wide as the paper or squarer."""
    west, south, east, north = focus
    width, height = east - west, north - south
    shape = paper.width_mm / paper.height_mm
    wide, high = max(shape, WIDE), max(1 / shape, 1.0)
    across = MARGIN * max(width, height * wide) / 2
    up = MARGIN * max(height, width * high) / 2
    x, y = (west + east) / 2, (south + north) / 2
    return x - across, y - up, x + across, y + up
