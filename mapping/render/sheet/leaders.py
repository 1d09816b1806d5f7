"""Names that have no room in their area: outside it, at the end of a line that crosses nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mapping.render.sheet import room
from mapping.render.sheet.names import Name, Setting
from mapping.render.sheet.room import CELL, Ground, Room, Window

FAR_MM: Final = 34.0
"""A name is no farther from its area."""
LEADING_OUT, OVER_LAND, FARTHER = 3.0, 1.4, 0.05
"""What it costs to stand at the end of a line: at all, over other land, each mm away."""
END_MM: Final = 0.8
"""From the line's end to the name."""


@dataclass(frozen=True, kw_only=True)
class Search:
    """How hard a place is looked for."""

    starts: int
    """Points where a line may begin."""
    step: int
    """Cells from one place that is tried to the next."""
    most: int
    """So many of the best are tried."""


ROUGHLY: Final = Search(starts=6, step=3, most=150)
CLOSELY: Final = Search(starts=16, step=2, most=900)


def outside(free: Room, ground: Ground, i: int, settings: Sequence[Setting], scale: float) -> Name | None:
    """A place for the name where there is room, rather off the land, with a line from its area."""
    x0, y0, x1, y1 = ground.boxes[i]
    reach = FAR_MM * scale
    window = free.window((x0 - reach, y0 - reach, x1 + reach, y1 + reach))
    layers = [room.table(free.taken[window]), room.table(ground.cells[window] >= 0)]
    cost = room.table(free.cost[window])
    # Outside there is mostly room: the largest size will do, and a rough search.
    for search, size_pt in ((ROUGHLY, settings[0].size_pt), (CLOSELY, settings[-1].size_pt)):
        starts = _starts(free, ground, i, search.starts)
        some = [each for each in settings if each.size_pt == size_pt] if len(starts) else []
        found = [_led(free, window, setting, layers, cost, starts, search) for setting in some]
        if any(found):
            return min((each for each in found if each), key=lambda each: each.cost)
    return None


def _starts(free: Room, ground: Ground, i: int, most: int) -> NDArray[np.float64]:
    """Points of area `i` that nothing covers, where a line may begin: near its middle and all around."""
    window = free.window(tuple(ground.boxes[i]))
    cells = np.argwhere((ground.cells[window] == i) & ~free.taken[window])
    if not len(cells):
        return np.empty((0, 2))
    points = np.array(free.corner(window, 0, 0)) + (cells[:, ::-1] + 0.5) * CELL
    nearest = np.argsort(np.hypot(*(points - ground.middles[i]).T), kind="stable")
    starts: NDArray[np.float64] = points[nearest[:: max(1, len(nearest) // most)][:most]]
    return starts


def _led(
    free: Room,
    window: Window,
    setting: Setting,
    layers: Sequence[NDArray[np.int32]],
    cost: NDArray[np.float64],
    starts: NDArray[np.float64],
    search: Search,
) -> Name | None:
    """The best place for one setting at the end of a line that crosses nothing."""
    rows, columns = room.cells(setting.height), room.cells(setting.width)
    taken, land = (room.under(layer, rows, columns) for layer in layers)
    fits = np.argwhere(taken[:: search.step, :: search.step] == 0) * search.step
    if not len(fits):
        return None
    foot = np.array(free.corner(window, 0, 0)) + fits[:, ::-1] * CELL
    middle = foot + np.array([setting.width / 2, setting.height / 2])
    away = np.hypot(*(middle - starts[0]).T)
    over = (land / (rows * columns) * OVER_LAND + room.under(cost, rows, columns))[tuple(fits.T)]
    price = LEADING_OUT + setting.cost + FARTHER * away + over
    tried = np.argsort(price, kind="stable")[: search.most]
    lines = _lines_to(starts, foot[tried], setting)
    blocked = free.is_crossed(lines.reshape(-1, 2, 2)).reshape(lines.shape[:2])
    length = np.hypot(*np.moveaxis(lines[:, :, 1] - lines[:, :, 0], -1, 0))
    total = np.where(blocked, np.inf, price[tried, None] + FARTHER * length)
    n, start = np.unravel_index(int(total.argmin()), total.shape)
    if not np.isfinite(total[n, start]):
        return None
    x, y = (float(each) for each in foot[tried[n]])
    leader = tuple((float(a), float(b)) for a, b in lines[n, start])
    return Name(setting=setting, x=x + setting.width / 2, y=y, cost=float(total[n, start]), leader=leader)


def _lines_to(
    starts: NDArray[np.float64], feet: NDArray[np.float64], setting: Setting
) -> NDArray[np.float64]:
    """For each box (its lower left corner) and start the line from the start to the nearest side."""
    half = np.array([setting.width, setting.height]) / 2
    middle = (feet + half)[:, None]
    away = starts[None] - middle
    beside = np.abs(away[..., 0]) > half[0]
    offset = np.where(
        beside[..., None],
        np.stack([np.sign(away[..., 0]) * (half[0] + END_MM), 0 * away[..., 1]], axis=-1),
        np.stack(
            [away[..., 0].clip(-half[0] * 0.6, half[0] * 0.6), np.sign(away[..., 1]) * (half[1] + END_MM)],
            axis=-1,
        ),
    )
    lines: NDArray[np.float64] = np.stack(np.broadcast_arrays(starts[None], middle + offset), axis=2)
    return lines
