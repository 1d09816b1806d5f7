"""One map laid out: where every sign and every text stands, before anything is drawn."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import shapely
from numpy.typing import NDArray

from mapping.crs import BNG, require_crs
from mapping.render.sheet import crowd, furniture, lettering, ranks, room, writing
from mapping.render.sheet.crowd import Spot
from mapping.render.sheet.frame import Frame, Points, framed
from mapping.render.sheet.furniture import Furniture
from mapping.render.sheet.picture import Picture
from mapping.render.sheet.ranks import Rank
from mapping.render.sheet.room import Ground, Room
from mapping.render.sheet.writing import Words

SMALL_MM, LARGE_MM, CLOSEST = 7.0, 28.0, 1.25
"""Sides of areas below which letters and signs are not enlarged, and from which they grow; and how much."""
AROUND_MM, AROUND_SPOT_MM = 0.5, 0.25
"""Kept free around furniture, and around the signs of places."""
CROWDS: Final = (1.25, 0.8, 0.5)
"""How full of signs the ground may be before some are shared; the next where a name has no room."""
EDGE_MM: Final = 0.8
"""No text so near the edge."""
SEEN: Final = 0.25
"""A polygon of which less is on the map may go without its name."""


@dataclass(frozen=True, kw_only=True)
class Bare:
    """The map before its places and words; positions in millimetres of the sheet."""

    frame: Frame
    scale: float
    """Times their usual size that letters and signs have."""
    shapes: NDArray[np.object_]
    """The areas, cut a little outside the frame; empty where they are not in it."""
    outlines: NDArray[np.object_]
    """The polygons of names, likewise."""
    ground: Ground
    named: Ground
    """The same for the polygons of names."""
    free: Room
    """What furniture and ranks leave."""
    furniture: Furniture
    ranks: tuple[Rank, ...]
    placed: tuple[int, ...]
    """Positions of the places that are in the frame; marks follow them in what spots stand for."""
    at: Points
    """Where each of these places and marks is."""


@dataclass(frozen=True, kw_only=True)
class Composed:
    """Where everything stands."""

    bare: Bare
    spots: tuple[Spot, ...]
    words: Words
    quiet: tuple[bool, ...]
    """Whether each name is of ground that is left out."""


def composed(box: tuple[float, float, float, float], picture: Picture, *, enlarged: float) -> Composed:
    """The layout of `picture` in `box`: left, bottom, width and height.

    Letters and signs are `enlarged` times their usual size, on a map of few large areas a little more.
    Where a name has no room, more places share a sign.
    Raises CrsError where a layer is not in EPSG:27700.
    """
    require_crs(BNG, areas=picture.areas, names=picture.names, places=picture.places)
    bare = _bare(box, picture, enlarged)
    made: list[tuple[tuple[Spot, ...], Words]] = []
    for full in CROWDS:
        made.append(_filled(bare, picture, full))
        if not made[-1][1].hidden:
            break
    spots, words = min(made, key=lambda each: len(each[1].hidden))
    return Composed(bare=bare, spots=spots, words=words, quiet=_quiet(picture, bare))


def _bare(box: tuple[float, float, float, float], picture: Picture, enlarged: float) -> Bare:
    frame = framed(picture.focus, box)
    shapes, outlines = frame.shapes(picture.areas.geometry), frame.shapes(picture.names.geometry)
    ground, free = room.ground_of(shapes, frame.box), room.empty_room(frame.box)
    free.take_edge(EDGE_MM)
    placed, at = _spots_of(picture, frame)
    stands = furniture.stand(frame, _covered(ground, free, at), picture.locator, scale=enlarged)
    free.take(stands.boxes, pad=AROUND_MM)
    scale = _fitting(shapes, enlarged)
    ranked = ranks.place_ranks(free, frame, picture.circles, scale=scale)
    ranks.lay_discs(free, frame, picture.circles)
    return Bare(
        frame=frame,
        scale=scale,
        shapes=shapes,
        outlines=outlines,
        ground=ground,
        named=room.ground_of(outlines, frame.box),
        free=free,
        furniture=stands,
        ranks=ranked,
        placed=placed,
        at=at,
    )


def _filled(bare: Bare, picture: Picture, full: float) -> tuple[tuple[Spot, ...], Words]:
    """Places and words on a bare map; places share a sign where they fill the ground `full` times."""
    taken = (*bare.furniture.boxes, *(each.box for each in bare.ranks))
    numbers = [str(number) for number in picture.places["number"].iloc[list(bare.placed)]]
    letters = [lettering.clean(each.label) for each in picture.marks]
    alone = [False] * len(numbers) + [True] * len(letters)
    spots = crowd.spread(
        bare.at,
        [*numbers, *letters],
        alone=alone,
        box=bare.frame.box,
        taken=taken,
        scale=bare.scale,
        full=full,
    )
    free = bare.free.copy()
    free.take((each.box for each in spots), pad=AROUND_SPOT_MM)
    for each in spots:
        free.take_line(leader(each, bare.at))
    seen = _seen(picture, bare)
    modest = frozenset(int(i) for i in np.flatnonzero(seen < SEEN))
    words = writing.written(free, bare.ground, bare.named, picture, scale=bare.scale, modest=modest)
    return tuple(spots), words


def leader(spot: Spot, at: Points) -> tuple[tuple[float, float], ...]:
    """The ends of the line from where a sign stands to where its places are; none where it covers it."""
    x, y = (float(each) for each in at[list(spot.members)].mean(axis=0))
    x0, y0, x1, y1 = spot.box
    slack = 0.3
    is_over = x0 - slack < x < x1 + slack and y0 - slack < y < y1 + slack
    return () if is_over else ((spot.x, spot.y), (x, y))


def _fitting(shapes: NDArray[np.object_], enlarged: float) -> float:
    """`enlarged`, more where areas are large on the sheet, and not at all where they are small."""
    sides = np.sqrt(shapely.area(shapes[~shapely.is_empty(shapes)]))
    typical = float(np.median(sides)) if len(sides) else SMALL_MM
    return min(enlarged, 1.0) if typical < SMALL_MM else enlarged * min(max(typical / LARGE_MM, 1), CLOSEST)


def _spots_of(picture: Picture, frame: Frame) -> tuple[tuple[int, ...], Points]:
    """Which places are in the frame; and where they and the marks are."""
    points = picture.places.geometry
    at = frame.to_mm(np.column_stack([points.x, points.y])) if len(points) else np.empty((0, 2))
    left, bottom, right, top = frame.box
    inside = (at[:, 0] >= left) & (at[:, 0] <= right) & (at[:, 1] >= bottom) & (at[:, 1] <= top)
    placed = tuple(int(i) for i in np.flatnonzero(inside))
    marks = frame.to_mm(np.array([[each.easting, each.northing] for each in picture.marks]).reshape(-1, 2))
    return placed, np.vstack([at[list(placed)], marks])


def _covered(ground: Ground, free: Room, at: Points) -> NDArray[np.float32]:
    """What it costs furniture to cover each cell: land a little, a place a lot."""
    covered = (ground.cells >= 0).astype(np.float32)
    for x, y in at:
        covered[free.window((x - 2, y - 2, x + 2, y + 2))] += 6
    return covered


def _quiet(picture: Picture, bare: Bare) -> tuple[bool, ...]:
    """Whether the middle of each polygon of `names` lies in an area that is left out."""
    lit = np.append(picture.areas["is_lit"].to_numpy(dtype=bool), True)
    known = np.nan_to_num(bare.named.middles, nan=float(bare.frame.box[0]))
    return tuple(bool(not each) for each in lit[bare.ground.cells[bare.free.cells_of(known)]])


def _seen(picture: Picture, bare: Bare) -> NDArray[np.float64]:
    """The share of each polygon of `names` that is on the map."""
    whole = shapely.area(np.asarray(picture.names.geometry, dtype=object)) / bare.frame.metres_per_mm**2
    share: NDArray[np.float64] = shapely.area(bare.outlines) / np.maximum(np.nan_to_num(whole), 1e-9)
    return share
