"""Where on a map there is still room: cells of half a millimetre, and boxes that fit between what is drawn.

A box is tried at every cell at once: the sums under all boxes of one size come from one table of sums.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from mapping.render.sheet.frame import Box, Points

CELL: Final = 0.5
"""Millimetres a cell."""
SPARSE: Final = 12
Cells = NDArray[Any]
Window = tuple[slice, slice]


@dataclass(frozen=True, kw_only=True)
class Room:
    """The cells of one box, row 0 at its bottom."""

    box: Box
    taken: NDArray[np.bool_]
    """Text, symbols and furniture: nothing else may stand there."""
    discs: NDArray[np.bool_]
    """Circles: a decile keeps off them, a name may cover them at a price."""
    cost: NDArray[np.float32]
    """What it costs a name to cover a cell that is not taken."""

    def window(self, box: Box) -> Window:
        """The cells that `box` touches."""
        left, bottom, _, _ = self.box
        rows, columns = self.taken.shape
        return _span(box[1] - bottom, box[3] - bottom, rows), _span(box[0] - left, box[2] - left, columns)

    def copy(self) -> "Room":
        """The same to fill apart."""
        return Room(box=self.box, taken=self.taken.copy(), discs=self.discs.copy(), cost=self.cost.copy())

    def take(self, boxes: Iterable[Box], *, pad: float = 0.0) -> None:
        """Nothing else may stand in `boxes`, nor within `pad` millimetres of them."""
        for x0, y0, x1, y1 in boxes:
            self.taken[self.window((x0 - pad, y0 - pad, x1 + pad, y1 + pad))] = True

    def weigh(self, boxes: Iterable[Box], weight: float) -> None:
        """Names keep out of `boxes` if they can: `weight` for covering one of them whole."""
        for box in boxes:
            where = self.window(box)
            self.cost[where] += weight / max(1, self.cost[where].size)

    def take_edge(self, millimetres: float) -> None:
        """Nothing may stand so near the box's edge."""
        n = cells(millimetres)
        for edge in (np.s_[:n], np.s_[-n:], np.s_[:, :n], np.s_[:, -n:]):
            self.taken[edge] = True

    def lay_disc(self, x: float, y: float, radius: float) -> None:
        """Deciles keep off a circle around (x, y)."""
        rows, columns = self.window((x - radius, y - radius, x + radius, y + radius))
        ys = self.box[1] + (np.arange(rows.start, rows.stop) + 0.5) * CELL - y
        xs = self.box[0] + (np.arange(columns.start, columns.stop) + 0.5) * CELL - x
        self.discs[rows, columns] |= np.hypot(xs[None], ys[:, None]) <= radius + CELL / 2

    def cells_of(self, points: Points) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Row and column of the cells that hold `points`."""
        at = np.floor((points - self.box[:2]) / CELL).astype(np.int64)
        rows, columns = self.taken.shape
        return np.clip(at[:, 1], 0, rows - 1), np.clip(at[:, 0], 0, columns - 1)

    def is_crossed(self, lines: Points) -> NDArray[np.bool_]:
        """Whether each of n lines (n × 2 ends × 2) meets what is taken."""
        crossed = np.zeros(len(lines), dtype=bool)
        for sparse in (SPARSE, 1):
            # A rough look leaves few lines to look along closely.
            left = np.flatnonzero(~crossed)
            if not len(left):
                break
            points = along(lines[left], sparse=sparse)
            met = self.taken[self.cells_of(points.reshape(-1, 2))].reshape(len(left), -1)
            crossed[left] = met.any(axis=1)
        return crossed

    def take_line(self, ends: Sequence[tuple[float, float]]) -> None:
        """Nothing else may stand on the line between two points; nothing where there are none."""
        if ends:
            self.taken[self.cells_of(along(np.array([ends])).reshape(-1, 2))] = True

    def corner(self, window: Window, row: int, column: int) -> tuple[float, float]:
        """Lower left corner in millimetres of a cell counted from the window's first."""
        x = self.box[0] + (window[1].start + column) * CELL
        return x, self.box[1] + (window[0].start + row) * CELL


def _span(low: float, high: float, most: int) -> slice:
    first = min(max(0, floor(low / CELL + 1e-6)), most)
    return slice(first, max(first, min(ceil(high / CELL - 1e-6), most)))


def empty_room(box: Box) -> Room:
    """A room in which nothing stands."""
    shape = ceil((box[3] - box[1]) / CELL), ceil((box[2] - box[0]) / CELL)
    return Room(
        box=box,
        taken=np.zeros(shape, dtype=bool),
        discs=np.zeros(shape, dtype=bool),
        cost=np.zeros(shape, dtype=np.float32),
    )


@dataclass(frozen=True, kw_only=True)
class Ground:
    """Polygons in millimetres."""

    cells: NDArray[np.int32]
    """For each cell the position of the polygon that holds it, −1 where none does."""
    boxes: NDArray[np.float64]
    """West, south, east and north of each; NaN where one is not on the map."""
    middles: Points
    """Of the largest circle in each."""


def ground_of(shapes: NDArray[np.object_], box: Box) -> Ground:
    """The ground that `shapes`, polygons in millimetres, cover of `box`."""
    inside = shapely.clip_by_rect(shapes, *box)
    # What only touches the box is left over as lines and points.
    is_ground = np.isin(shapely.get_type_id(inside), (3, 6)) & (shapely.area(inside) > 0)
    inside = np.array(
        [each if kept else None for each, kept in zip(inside, is_ground, strict=True)], dtype=object
    )
    middles = shapely.get_point(shapely.maximum_inscribed_circle(inside, tolerance=0.5), 0)
    return Ground(
        cells=identities(inside, box),
        boxes=shapely.bounds(inside),
        middles=np.column_stack([shapely.get_x(middles), shapely.get_y(middles)]),
    )


def identities(shapes: NDArray[np.object_], box: Box) -> NDArray[np.int32]:
    """For each cell of `box` the position of the polygon that holds it, −1 where none does."""
    from PIL import Image, ImageDraw

    shape = empty_room(box).taken.shape
    image = Image.new("I", (shape[1], shape[0]), 0)
    pen = ImageDraw.Draw(image)
    # The large first: what lies in the hole of another is drawn after it.
    for position in np.argsort(-np.nan_to_num(shapely.area(shapes)), kind="stable"):
        for part in shapely.get_parts([shapes[position]]):
            if part.geom_type != "Polygon" or part.is_empty:
                continue
            for ring, value in ((part.exterior, position + 1), *((hole, 0) for hole in part.interiors)):
                cells = (np.asarray(ring.coords) - box[:2]) / CELL
                pen.polygon([tuple(cell) for cell in cells.tolist()], fill=int(value))
    return np.asarray(image, dtype=np.int32) - 1


def along(lines: Points, *, sparse: int = 1) -> Points:
    """Points along each of n lines (n × 2 ends × 2), half a cell apart times `sparse`: n × points × 2."""
    longest = np.hypot(*(lines[:, 1] - lines[:, 0]).T).max(initial=CELL)
    shares = np.linspace(0, 1, max(2, int(2 * longest / CELL / sparse)))[None, :, None]
    points: Points = lines[:, :1] + (lines[:, 1:] - lines[:, :1]) * shares
    return points


def table(layer: Cells) -> Cells:
    """The table of sums of `layer`: one row and column larger, zeros first."""
    kind = np.float64 if layer.dtype.kind == "f" else np.int32
    sums = np.zeros((layer.shape[0] + 1, layer.shape[1] + 1), dtype=kind)
    np.cumsum(np.cumsum(layer, axis=0, dtype=kind), axis=1, out=sums[1:, 1:])
    return sums


def under(sums: Cells, rows: int, columns: int) -> Cells:
    """The sum under each box of `rows` × `columns` cells, by its lower left cell; empty where none fits."""
    if sums.shape[0] <= rows or sums.shape[1] <= columns:
        return np.zeros((0, 0), dtype=sums.dtype)
    return sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[:-rows, :-columns]


def cells(millimetres: float) -> int:
    """How many cells a length needs, its first end on a cell's edge."""
    return max(1, ceil(millimetres / CELL - 1e-6))
