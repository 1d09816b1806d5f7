"""The locator: where the ground of a map is on a larger one."""

from typing import TYPE_CHECKING, Final

import numpy as np
import shapely

from mapping.render.sheet import lettering
from mapping.render.sheet.areas import add_polygons
from mapping.render.sheet.frame import Box, Points
from mapping.render.sheet.lettering import GREY, INK
from mapping.render.sheet.picture import Locator

if TYPE_CHECKING:
    from mapping.render.sheet.pen import Pen

TEXT_PT: Final = 6.4
MOST_MM: Final = (25.0, 31.0)
"""Width and height at most, its name included."""
PAD_MM: Final = 1.2
LAND: Final = "#e3e6ea"
EDGE: Final = "#9aa0ab"
BACKING: Final = 0.88
"""Opacity of the white under it."""
SMALLEST_MM: Final = 2.2
"""A smaller spot is boxed, to be found."""
BOX_MM: Final = 0.9
"""From a spot to its box."""


def size(locator: Locator, scale: float) -> tuple[float, float]:
    """Width and height of the locator with its name, in millimetres."""
    west, south, east, north = locator.outline.total_bounds
    widest, highest = MOST_MM[0] * scale, MOST_MM[1] * scale
    below = lettering.line_mm(TEXT_PT * scale)
    metres_per_mm = max((east - west) / widest, (north - south) / (highest - below))
    named = lettering.width(_name(locator, widest, scale), TEXT_PT * scale)
    width = max((east - west) / metres_per_mm, named)
    return width + 2 * PAD_MM, (north - south) / metres_per_mm + below + 2 * PAD_MM


def draw(pen: "Pen", box: Box, locator: Locator, *, scale: float) -> None:
    """Draw the locator in `box`, which has the size that `size` gives."""
    x0, y0, x1, y1 = box
    pen.rectangle(x0, y0, x1 - x0, y1 - y0, facecolor="#ffffff", alpha=BACKING, zorder=8.8)
    below = lettering.line_mm(TEXT_PT * scale)
    _draw_land(pen, (x0 + PAD_MM, y0 + PAD_MM + below, x1 - PAD_MM, y1 - PAD_MM), locator, scale)
    name, size_pt = _name(locator, x1 - x0 - PAD_MM, scale), TEXT_PT * scale
    middle, up = (x0 + x1) / 2, y0 + PAD_MM + 0.6 * scale
    pen.write(name, middle, up, size_pt=size_pt, colour=GREY, align="center", kind="locator", z=9.2)


def _draw_land(pen: "Pen", box: Box, locator: Locator, scale: float) -> None:
    x0, y0, x1, y1 = box
    west, south, east, north = locator.outline.total_bounds
    metres_per_mm = max((east - west) / (x1 - x0), (north - south) / (y1 - y0))
    middle = np.array([(x0 + x1) / 2, (y0 + y1) / 2])

    def to_mm(points: Points) -> Points:
        """Metres as millimetres of the sheet, the land in the middle of its box."""
        shown: Points = (points - np.array([west + east, south + north]) / 2) / metres_per_mm + middle
        return shown

    land, spot = (shapely.transform(each.union_all(), to_mm) for each in (locator.outline, locator.spot))
    look = {"facecolors": LAND, "edgecolors": EDGE, "linewidths": 0.4, "zorder": 9.0}
    add_polygons(pen, shapely.simplify(land, 0.06), **look)
    look = {"facecolors": INK, "edgecolors": INK, "linewidths": 0.3, "zorder": 9.1}
    add_polygons(pen, shapely.simplify(spot, 0.04), **look)
    left, bottom, right, top = spot.bounds
    side = max(right - left, top - bottom)
    if side < SMALLEST_MM * scale:
        side += 2 * BOX_MM * scale
        x, y = (left + right - side) / 2, (bottom + top - side) / 2
        pen.rectangle(x, y, side, side, facecolor="none", edgecolor=INK, width_mm=0.3, zorder=9.2)


def _name(locator: Locator, width_mm: float, scale: float) -> str:
    return lettering.shortened(locator.name, width_mm, size_pt=TEXT_PT * scale)
