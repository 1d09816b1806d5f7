"""What stands at the edge of a map: the scale bar, the north arrow and the locator."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import floor, log10
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from mapping.render.sheet import insets, lettering, room
from mapping.render.sheet.frame import Box, Frame
from mapping.render.sheet.lettering import INK
from mapping.render.sheet.picture import Locator

if TYPE_CHECKING:
    from mapping.render.sheet.pen import Pen

BAR_MM: Final = 34.0
"""The scale bar is at most so long."""
BAR_HEIGHT_MM: Final = 1.1
NORTH: Final = "Grid north"
LEAST_FOR_INSET_MM: Final = 100.0
"""A map narrower than this goes without its locator."""
TAKEN: Final = 1e3
"""What it costs to cover a cell that has furniture."""
INSET_MM: Final = 1.0
"""From the map's edge."""
BOTTOM_LEFT, BOTTOM_RIGHT, TOP_LEFT, TOP_RIGHT = (0, 0), (1, 0), (0, 1), (1, 1)
SMALLEST_MM: Final = 2.2
"""A spot smaller than this on the locator is ringed by a box."""


@dataclass(frozen=True, kw_only=True)
class Furniture:
    """What stands where, in millimetres of the sheet."""

    scale: Box
    locator: Box | None
    metres: int
    """What the scale bar stands for."""
    bar_mm: float

    @property
    def boxes(self) -> tuple[Box, ...]:
        """What it covers."""
        return (self.scale, self.locator) if self.locator else (self.scale,)


def scale_metres(metres_per_mm: float, room_mm: float) -> int:
    """The length of a scale bar in metres: the largest 1, 2 or 5 × 10ⁿ that fits `room_mm`; at least 1."""
    most = metres_per_mm * room_mm
    if most < 1:
        return 1
    tens = 10 ** floor(log10(most))
    return int(max(each * tens for each in (1, 2, 5) if each * tens <= most * (1 + 1e-9)))


def stand(frame: Frame, covered: NDArray[np.float32], locator: Locator | None, *, scale: float) -> Furniture:
    """Where the scale bar with its arrow and the locator stand: each in a corner, over as little as can be.

    `covered` says of each cell of the frame's box (`room.CELL`) what it costs to cover it.
    """
    metres = scale_metres(frame.metres_per_mm, min(BAR_MM * scale, (frame.box[2] - frame.box[0]) / 4))
    bar = metres / frame.metres_per_mm
    words = lettering.width(_parts(metres)[-1][1], insets.TEXT_PT * scale)
    arrow = lettering.width(NORTH, insets.TEXT_PT * scale) + 4.5 * scale
    size = (max(bar + words / 2 + 3.2 * scale, arrow + 2.4 * scale), 11.6 * scale)
    where = _corner(covered, frame.box, size, order=(BOTTOM_RIGHT, BOTTOM_LEFT, TOP_LEFT, TOP_RIGHT))
    inset = None
    if locator is not None and frame.box[2] - frame.box[0] >= LEAST_FOR_INSET_MM:
        left = covered.copy()
        left[room.empty_room(frame.box).window(where)] = TAKEN
        size = insets.size(locator, scale)
        inset = _corner(left, frame.box, size, order=(TOP_RIGHT, TOP_LEFT, BOTTOM_LEFT, BOTTOM_RIGHT))
    return Furniture(scale=where, locator=inset, metres=metres, bar_mm=bar)


def draw(pen: "Pen", furniture: Furniture, locator: Locator | None, *, scale: float) -> None:
    """Draw all of it."""
    _draw_scale(pen, furniture, scale)
    if locator is not None and furniture.locator:
        insets.draw(pen, furniture.locator, locator, scale=scale)


def _corner(
    covered: NDArray[np.float32], box: Box, size: tuple[float, float], *, order: Sequence[tuple[int, int]]
) -> Box:
    left, bottom, right, top = box
    width, height = size
    sums = room.table(covered)
    under = room.under(sums, room.cells(height), room.cells(width))

    def way(corner: tuple[int, int]) -> tuple[float, Box]:
        x = right - INSET_MM - width if corner[0] else left + INSET_MM
        y = top - INSET_MM - height if corner[1] else bottom + INSET_MM
        if not under.size:
            return 0.0, (x, y, x + width, y + height)
        row, column = (int(max(0.0, each) / room.CELL) for each in (y - bottom, x - left))
        cost = float(under[min(row, under.shape[0] - 1), min(column, under.shape[1] - 1)])
        return cost, (x, y, x + width, y + height)

    # `min` keeps the first of equals: the usual corner.
    return min((way(corner) for corner in order), key=lambda each: round(each[0], 1))[1]


def _parts(metres: int) -> tuple[tuple[float, str], ...]:
    """Shares of the bar that carry a figure, the last with its unit."""
    in_km = metres >= 1000
    half = metres / 2 / (1000 if in_km else 1)
    whole = f"{metres // 1000:,} km" if in_km else f"{metres:,} m"
    return (0.0, "0"), (0.5, f"{half:,g}"), (1.0, whole)


def _draw_scale(pen: "Pen", furniture: Furniture, scale: float) -> None:
    x0, y0, x1, y1 = furniture.scale
    pen.rectangle(x0, y0, x1 - x0, y1 - y0, facecolor="#ffffff", alpha=insets.BACKING, zorder=8.8)
    x, y, high = x0 + 1.6 * scale, y0 + 1.5 * scale, BAR_HEIGHT_MM * scale
    for quarter in range(4):
        fill = INK if quarter % 2 == 0 else "#ffffff"
        width = furniture.bar_mm / 4
        pen.rectangle(
            x + quarter * width, y, width, high, facecolor=fill, edgecolor=INK, width_mm=0.15, zorder=9.0
        )
    for share, text in _parts(furniture.metres):
        at, up = x + share * furniture.bar_mm, y + high + 0.9 * scale
        pen.write(
            text,
            at,
            up,
            size_pt=insets.TEXT_PT * scale,
            align="center" if share else "left",
            kind="scale",
            z=9.2,
        )
    _draw_arrow(pen, x, y + high + 4.0 * scale, scale)


def _draw_arrow(pen: "Pen", x: float, y: float, scale: float) -> None:
    """An arrow to the north of the National Grid, which is the top of the sheet."""
    middle, foot, tip, half = x + 1.4 * scale, y, y + 4.8 * scale, 1.35 * scale
    notch = foot + 1.1 * scale
    for side, fill in ((-1, INK), (1, "#ffffff")):
        points = [(middle, tip), (middle + side * half, foot), (middle, notch)]
        pen.polygon(points, facecolor=fill, edgecolor=INK, width_mm=0.18, joinstyle="miter", zorder=9.0)
    pen.write(NORTH, x + 3.8 * scale, foot + 1.2 * scale, size_pt=insets.TEXT_PT * scale, kind="north", z=9.2)
