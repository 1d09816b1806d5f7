"""Names on a map: each where it reads best among what already stands, and none over another."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from mapping.render.sheet import leaders, room
from mapping.render.sheet.leaders import LEADING_OUT
from mapping.render.sheet.names import Name, Setting, settings_of
from mapping.render.sheet.room import CELL, Ground, Room, Window

AROUND_MM: Final = 0.35
"""Kept free around a name."""
MOST_ABROAD: Final = 0.38
"""So much of a name at most lies over its neighbours."""
LEAST_AT_HOME: Final = 0.45
ABROAD, ASIDE = 7.0, 0.07
"""What it costs a name: lying over its neighbours, each mm from the middle of its area."""
TURNS: Final = 2
GOOD: Final = 0.8
"""A name that cost less is not looked at again."""


def place_names(
    free: Room, ground: Ground, names: Sequence[str], *, scale: float, modest: Collection[int] = ()
) -> list[Name | None]:
    """Where each name stands; None where there is no room. `free.taken` is left as it was.

    `modest` names are written only where they stand whole in their area, after all others.
    The small areas come first, then each looks again for a better place among the others; one that has none
    may push others aside if they find room elsewhere.
    """
    settings = [settings_of(name, scale=scale) for name in names]
    sizes = (ground.boxes[:, 2:] - ground.boxes[:, :2]).prod(axis=1)
    order = [int(i) for i in np.argsort(sizes, kind="stable") if np.isfinite(sizes[i]) and settings[i]]
    order.sort(key=lambda i: i in modest)
    taken = free.taken.copy()
    placed: dict[int, Name] = {}

    def look(i: int, others: Iterable[Name]) -> Name | None:
        stand(free, taken, others)
        if i in modest:
            return _inside(free, ground, i, settings[i], is_whole=True)
        return _best(free, ground, i, settings[i], scale)

    for _ in range(TURNS):
        for i in order:
            if i in placed and placed[i].cost < GOOD:
                continue
            found = look(i, (each for n, each in placed.items() if n != i))
            placed |= {i: found} if found else {}
    for i in order:
        if i not in placed and i not in modest:
            placed = _pushed(i, placed, look) or placed
    stand(free, taken, ())
    return [placed.get(i) for i in range(len(names))]


def _pushed(
    i: int, placed: dict[int, Name], look: Callable[[int, Iterable[Name]], Name | None]
) -> dict[int, Name] | None:
    """All names with `i` among them, others moved out of its way; None where one of them finds no room."""
    first = look(i, ())
    if first is None:
        return None
    kept = {n: each for n, each in placed.items() if not _meet(first, each)} | {i: first}
    for n in placed:
        if n not in kept:
            found = look(n, kept.values())
            if found is None:
                return None
            kept[n] = found
    return kept


def _meet(one: Name, other: Name) -> bool:
    """Whether two names, with their lines, are in each other's way."""
    shapes = [
        shapely.union_all(
            [shapely.box(*each.box), *([shapely.linestrings(each.leader)] if each.leader else [])]
        )
        for each in (one, other)
    ]
    return bool(shapely.distance(*shapes) < 2 * AROUND_MM + CELL)


def stand(free: Room, taken: NDArray[np.bool_], names: Iterable[Name]) -> None:
    """Make `free` the room that `names` leave of what is `taken`."""
    free.taken[:] = taken
    for each in names:
        free.take([each.box], pad=AROUND_MM)
        free.take_line(each.leader)


def _best(free: Room, ground: Ground, i: int, settings: Sequence[Setting], scale: float) -> Name | None:
    """The best place of name `i`: in its area, else outside at the end of a line."""
    inside = _inside(free, ground, i, settings)
    if inside and inside.cost < LEADING_OUT:
        return inside
    outside = leaders.outside(free, ground, i, settings, scale)
    return min((each for each in (inside, outside) if each), key=lambda each: each.cost, default=None)


def _inside(
    free: Room, ground: Ground, i: int, settings: Sequence[Setting], *, is_whole: bool = False
) -> Name | None:
    x0, y0, x1, y1 = ground.boxes[i]
    wide, high = max(each.width for each in settings) / 2, max(each.height for each in settings) / 2
    window = free.window((x0 - wide, y0 - high, x1 + wide, y1 + high))
    cells = ground.cells[window]
    layers = [room.table(layer) for layer in (free.taken[window], cells == i, (cells != i) & (cells >= 0))]
    cost = room.table(free.cost[window])
    least = 1.0 if is_whole else LEAST_AT_HOME
    best: Name | None = None
    for setting in settings:
        if best and setting.cost >= best.cost:
            continue
        found = _at_its_best(free, window, setting, layers, cost, ground.middles[i], least)
        if found and (best is None or found.cost < best.cost):
            best = found
    return best


def _at_its_best(
    free: Room,
    window: Window,
    setting: Setting,
    layers: Sequence[NDArray[np.int32]],
    cost: NDArray[np.float64],
    middle: NDArray[np.float64],
    least_at_home: float,
) -> Name | None:
    rows, columns = room.cells(setting.height), room.cells(setting.width)
    taken, home, abroad = (room.under(layer, rows, columns) for layer in layers)
    if not taken.size:
        return None
    share = abroad / (rows * columns)
    fits = (taken == 0) & (share <= MOST_ABROAD) & (home >= least_at_home * rows * columns)
    if not fits.any():
        return None
    left, bottom = free.corner(window, 0, 0)
    dx = left + np.arange(taken.shape[1]) * CELL + setting.width / 2 - middle[0]
    dy = bottom + np.arange(taken.shape[0]) * CELL + setting.height / 2 - middle[1]
    aside = np.hypot(dx[None], dy[:, None])
    total = setting.cost + ABROAD * share * share + share + ASIDE * aside + room.under(cost, rows, columns)
    total = np.where(fits, total, np.inf)
    row, column = np.unravel_index(int(total.argmin()), total.shape)
    x, y = free.corner(window, int(row), int(column))
    return Name(setting=setting, x=x + setting.width / 2, y=y, cost=float(total[row, column]))
