"""The circles of amounts among the rest: the numbers of the ranked, and what keeps off them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot
from typing import Final

from mapping.render.sheet import lettering, signs
from mapping.render.sheet.frame import Box, Frame
from mapping.render.sheet.lettering import MM_PER_POINT
from mapping.render.sheet.picture import Circle
from mapping.render.sheet.room import Room

RANK_PT: Final = 6.4
INSIDE_MM, BESIDE_MM = 0.1, (0.7, 1.6, 2.8)
"""Between a number and its circle, inside and out."""
AROUND_MM: Final = 0.3
OVER_GAP, OVER_QUIET = 4.0, 1.6
"""What it costs a name to cover a circle whole."""


@dataclass(frozen=True, kw_only=True)
class Rank:
    """The number of a circle, with its middle at (x, y)."""

    text: str
    x: float
    y: float
    box: Box
    is_inside: bool


def place_ranks(free: Room, frame: Frame, circles: Sequence[Circle], *, scale: float) -> tuple[Rank, ...]:
    """The numbers of circles: inside where they fit, else beside; they take their room.

    One that would stand on another is left out.
    """
    placed = (_rank(free, frame, circle, scale) for circle in circles if circle.label)
    return tuple(rank for rank in placed if rank)


def _rank(free: Room, frame: Frame, circle: Circle, scale: float) -> Rank | None:
    text, size = lettering.clean(circle.label), RANK_PT * scale
    x, y = frame.spot(circle.easting, circle.northing)
    radius = circle.radius_m / frame.metres_per_mm
    wide, high = lettering.width(text, size, weight=signs.WEIGHT) / 2, 0.35 * size * MM_PER_POINT
    fits = hypot(wide, high) + INSIDE_MM <= radius
    steps = [(0.0, 0.0)] if fits else []
    for gap in BESIDE_MM:
        side, up = radius + wide + gap * scale, radius + high + gap * scale
        steps += [
            (side, 0),
            (-side, 0),
            (0, up),
            (0, -up),
            (side, up),
            (-side, up),
            (side, -up),
            (-side, -up),
        ]
    for dx, dy in steps:
        box = (x + dx - wide, y + dy - high, x + dx + wide, y + dy + high)
        if not free.taken[free.window(box)].any():
            free.take([box], pad=AROUND_MM)
            return Rank(text=text, x=x + dx, y=y + dy, box=box, is_inside=not (dx or dy))
    return None


def lay_discs(free: Room, frame: Frame, circles: Sequence[Circle]) -> None:
    """Deciles keep off circles; names do if they can, most off those with a rank."""
    for each in circles:
        x, y = frame.spot(each.easting, each.northing)
        radius = each.radius_m / frame.metres_per_mm
        free.lay_disc(x, y, radius)
        inner = radius * 0.8
        free.weigh([(x - inner, y - inner, x + inner, y + inner)], OVER_QUIET if each.is_quiet else OVER_GAP)
