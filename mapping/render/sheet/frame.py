"""Which part of the country a map shows, and where on the sheet each metre of it lies."""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from mapping.render.sheet.picture import Bounds

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in millimetres from the sheet's lower left corner."""
Points = NDArray[np.float64]
"""Rows of x and y."""
MARGIN: Final = 0.025
"""Of the box's shorter side, kept free around what must be shown whole."""
LEAST_M: Final = 400.0
"""So many metres are across even where a single spot is asked for."""


@dataclass(frozen=True, kw_only=True)
class Frame:
    """The map's box on the sheet, and the ground that fills it; north is up."""

    box: Box
    west: float
    """Easting of the box's left edge."""
    south: float
    metres_per_mm: float

    @property
    def ground(self) -> Bounds:
        """All that the box shows, in metres."""
        left, bottom, right, top = self.box
        east = self.west + (right - left) * self.metres_per_mm
        return self.west, self.south, east, self.south + (top - bottom) * self.metres_per_mm

    def to_mm(self, points: Points) -> Points:
        """Positions in metres (EPSG:27700), n × 2 or one, as millimetres of the sheet."""
        origin = np.array([self.west, self.south])
        shown: Points = (np.asarray(points, dtype=float) - origin) / self.metres_per_mm + self.box[:2]
        return shown

    def spot(self, easting: float, northing: float) -> tuple[float, float]:
        """One position in metres as millimetres of the sheet."""
        x, y = self.to_mm(np.array([easting, northing]))
        return float(x), float(y)

    def shapes(self, geometry: Any) -> NDArray[np.object_]:
        """Polygons in metres as polygons in millimetres, cut outside the box; empty where not in it."""
        left, bottom, right, top = self.box
        shapes = shapely.transform(np.asarray(geometry, dtype=object), self.to_mm)
        inside = shapely.clip_by_rect(shapes, left - 2, bottom - 2, right + 2, top + 2)
        kept: NDArray[np.object_] = np.where(shapely.is_missing(inside), shapely.Polygon(), inside)
        return kept


def framed(focus: Bounds, box: tuple[float, float, float, float]) -> Frame:
    """The frame that shows `focus` whole in its middle, as large as `box` allows.

    `box` is left, bottom, width and height in millimetres.
    """
    left, bottom, width, height = box
    west, south, east, north = focus
    free = 1 - 2 * MARGIN * min(width, height) / np.array([width, height])
    wide, high = max(east - west, LEAST_M), max(north - south, LEAST_M)
    metres_per_mm = float(max(wide / (width * free[0]), high / (height * free[1])))
    return Frame(
        box=(left, bottom, left + width, bottom + height),
        west=(west + east - width * metres_per_mm) / 2,
        south=(south + north - height * metres_per_mm) / 2,
        metres_per_mm=metres_per_mm,
    )
