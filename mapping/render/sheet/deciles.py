"""The decile written in each area that has room for it."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mapping.render.sheet import lettering, room
from mapping.render.sheet.frame import Box
from mapping.render.sheet.lettering import MM_PER_POINT
from mapping.render.sheet.room import CELL, Ground, Room

DECILE_PT: Final = (6.6, 5.6)
"""Sizes a decile is tried in."""
TALL: Final = 0.66
"""Of a digit, in parts of its size."""
AROUND_MM: Final = 0.3
TIGHT, HARDLY, AMPLE = 12, 2.4, 0.35
"""An area with no more places than these for its decile keeps it at a higher price."""


@dataclass(frozen=True, kw_only=True)
class Decile:
    """A label where it is to be written, in millimetres of the sheet."""

    text: str
    size_pt: float
    x: float
    """Of its middle."""
    y: float
    """Of its baseline."""
    places: int
    """How many others there were."""

    @property
    def box(self) -> Box:
        """What it covers."""
        half = lettering.width(self.text, self.size_pt) / 2
        return self.x - half, self.y, self.x + half, self.y + TALL * self.size_pt * MM_PER_POINT


def place_deciles(free: Room, ground: Ground, labels: list[str], *, scale: float) -> list[Decile | None]:
    """Where the label of each area stands, whole inside it; None where there is no room."""
    return [_decile(free, ground, i, label, scale) if label else None for i, label in enumerate(labels)]


def keep_room(free: Room, deciles: list[Decile | None], *, dear: frozenset[int] = frozenset()) -> None:
    """Make names avoid where the deciles would stand; most where one has few places, or is in `dear`."""
    for i, decile in enumerate(deciles):
        if decile:
            x0, y0, x1, y1 = decile.box
            price = HARDLY * 2 if i in dear else HARDLY if decile.places <= TIGHT else AMPLE
            free.weigh([(x0 - AROUND_MM, y0 - AROUND_MM, x1 + AROUND_MM, y1 + AROUND_MM)], price)


def _decile(free: Room, ground: Ground, i: int, label: str, scale: float) -> Decile | None:
    box = ground.boxes[i]
    if not np.isfinite(box).all():
        return None
    window = free.window(tuple(box))
    mine = ground.cells[window] == i
    blocked = room.table(free.taken[window] | free.discs[window] | ~mine)
    for size in (each * scale for each in DECILE_PT):
        width, height = lettering.width(label, size), TALL * size * MM_PER_POINT
        around = 2 * AROUND_MM * scale
        rows, columns = room.cells(height + around), room.cells(width + around)
        fits = room.under(blocked, rows, columns) == 0
        if fits.any():
            row, column = _nearest(fits, rows, columns, ground.middles[i] - free.corner(window, 0, 0))
            x, y = free.corner(window, row, column)
            foot = y + (rows * CELL - height) / 2
            return Decile(text=label, size_pt=size, x=x + columns * CELL / 2, y=foot, places=int(fits.sum()))
    return None


def _nearest(
    fits: NDArray[np.bool_], rows: int, columns: int, middle: NDArray[np.float64]
) -> tuple[int, int]:
    """Row and column of the place nearest the area's middle."""
    dx = (np.arange(fits.shape[1]) + columns / 2) * CELL - middle[0]
    dy = (np.arange(fits.shape[0]) + rows / 2) * CELL - middle[1]
    aside = np.where(fits, np.hypot(dx[None], dy[:, None]), np.inf)
    row, column = np.unravel_index(int(aside.argmin()), aside.shape)
    return int(row), int(column)
