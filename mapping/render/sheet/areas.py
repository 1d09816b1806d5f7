"""The ground of a map: areas filled by their class, hatched where no figure is, outlines, what is under."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from mapping.render import palette
from mapping.render.sheet import signs
from mapping.render.sheet.frame import Box, Frame
from mapping.render.sheet.lettering import HAIR, MM_PER_POINT
from mapping.render.sheet.paper import DPI, MM
from mapping.render.sheet.picture import BaseMap

if TYPE_CHECKING:
    from matplotlib.path import Path

    from mapping.render.sheet.pen import Pen

OVER_BASE_MAP: Final = 0.72
"""Opacity of the areas where streets lie under them."""
HAIRLINE_MM: Final = 0.16
BORDER_MM: Final = 0.32
"""Of the outlines drawn over the areas."""
UNLIT_EDGE: Final = "#cdd1d8"
NO_FIGURE: Final = "#ffffff"

Shapes = NDArray[np.object_]


def draw_areas(pen: "Pen", frame: Frame, areas: gpd.GeoDataFrame, shapes: Shapes, *, opacity: float) -> None:
    """Draw each area in its class's colour; `shapes` are the same areas in millimetres, inside the frame."""
    fills = np.array(
        [fill_of(fill, is_lit) for fill, is_lit in zip(areas["fill"], areas["is_lit"], strict=True)]
    )
    lit = areas["is_lit"].to_numpy(dtype=bool)
    seen = ~shapely.is_empty(shapes)
    # Borders of areas that are left out are grey, for white ones would not part them; they go under the rest.
    for some, edge, z in ((seen & ~lit, UNLIT_EDGE, 2.0), (seen & lit, "#ffffff", 2.1)):
        look = {"facecolors": fills[some], "edgecolors": edge, "alpha": opacity}
        _draw(pen, frame, shapes[some], width_mm=HAIRLINE_MM, z=z, **look)
    bare = shapes[seen & lit & (areas["fill"].to_numpy() == "")]
    _draw_hatch(pen, frame, bare)


def draw_outlines(pen: "Pen", frame: Frame, shapes: Shapes) -> None:
    """Draw the borders of `shapes`, in millimetres, over the areas: dark, with a light line to part them."""
    seen = shapes[~shapely.is_empty(shapes)]
    for edge, width, z in (("#ffffff", BORDER_MM * 2.1, 3.0), (palette.OUTLINE, BORDER_MM, 3.1)):
        _draw(pen, frame, seen, width_mm=width, z=z, facecolors="none", edgecolors=edge)


def draw_edge(pen: "Pen", frame: Frame, shapes: Shapes) -> None:
    """Draw the edge of a map whose land goes on beyond it."""
    left, bottom, right, top = frame.box
    bounds = shapely.total_bounds(shapes)
    if bounds[0] < left or bounds[1] < bottom or bounds[2] > right or bounds[3] > top:
        look = {"facecolor": "none", "edgecolor": HAIR, "width_mm": 0.25, "zorder": 9.5}
        pen.rectangle(left, bottom, right - left, top - bottom, **look)


def draw_base_map(pen: "Pen", frame: Frame, base_map: BaseMap) -> None:
    """Draw what lies under the areas, cut to the frame."""
    from matplotlib.image import BboxImage
    from matplotlib.transforms import Bbox, TransformedBbox
    from PIL.Image import Resampling, Transform

    left, bottom, right, top = frame.box
    west, south, east, north = base_map.bounds
    across, down = base_map.image.width / (east - west), base_map.image.height / (north - south)
    w, s, e, n = frame.ground
    size = round((right - left) / MM * DPI), round((top - bottom) / MM * DPI)
    # Ground that the picture does not reach stays clear.
    extent = (w - west) * across, (north - n) * down, (e - west) * across, (north - s) * down
    cut = base_map.image.convert("RGBA").transform(size, Transform.EXTENT, extent, Resampling.BICUBIC)
    image = BboxImage(TransformedBbox(Bbox.from_extents(*frame.box), pen.mm), zorder=1.0)
    image.set_data(np.asarray(cut))
    pen.figure.add_artist(image)


def add_polygons(pen: "Pen", shape: Any, **look: Any) -> None:
    """Draw one shape in millimetres."""
    from matplotlib.collections import PathCollection

    if not shape.is_empty:
        pen.add(PathCollection([_path(shape)], **look))


def fill_of(fill: str, is_lit: bool) -> str:
    """The colour an area is filled with: its class's, unless it is left out or has no figure."""
    return (fill or NO_FIGURE) if is_lit else signs.NOT_LIT


def ink_over(fill: str, opacity: float) -> str:
    """Black or white, whichever reads better on `fill` at `opacity` over white paper."""
    channels = bytes.fromhex((fill or NO_FIGURE).removeprefix("#"))
    return palette.ink_on("#" + "".join(f"{round(255 - (255 - each) * opacity):02x}" for each in channels))


def _draw(pen: "Pen", frame: Frame, shapes: Shapes, *, width_mm: float, z: float, **look: Any) -> None:
    from matplotlib.collections import PathCollection

    if not len(shapes):
        return
    collection = PathCollection(
        [_path(shape) for shape in shapes],
        linewidths=width_mm / MM_PER_POINT,
        joinstyle="round",
        zorder=z,
        **look,
    )
    _add_inside(pen, frame.box, collection)


def _draw_hatch(pen: "Pen", frame: Frame, shapes: Shapes) -> None:
    """Lines of our own: patterns of a file format differ from one reader to the next."""
    from matplotlib.collections import LineCollection

    if not len(shapes):
        return
    ground = shapely.union_all(shapes)
    lines = shapely.multilinestrings([shapely.linestrings(line) for line in signs.hatch(*ground.bounds)])
    inside = shapely.get_parts(shapely.intersection(lines, ground))
    drawn = [shapely.get_coordinates(line) for line in inside if line.geom_type == "LineString"]
    look = {"colors": signs.HATCH, "linewidths": 0.22 / MM_PER_POINT}
    _add_inside(pen, frame.box, LineCollection(drawn, zorder=2.3, **look))


def _add_inside(pen: "Pen", box: Box, artist: Any) -> None:
    """Add `artist` so that nothing of it is seen outside `box`."""
    from matplotlib.transforms import Bbox, TransformedBbox

    pen.add(artist)
    artist.set_clip_box(TransformedBbox(Bbox.from_extents(*box), pen.mm))


def _path(shape: Any) -> "Path":
    from matplotlib.path import Path

    return Path.make_compound_path(*(Path(ring, closed=True) for ring in _rings(shape)))


def _rings(shape: Any) -> Iterator[NDArray[np.float64]]:
    for part in getattr(shape, "geoms", [shape]):
        if part.geom_type == "Polygon" and not part.is_empty:
            # Holes must turn the other way to stay open.
            turned = shapely.normalize(part)
            yield shapely.get_coordinates(turned.exterior)
            yield from (shapely.get_coordinates(hole) for hole in turned.interiors)
