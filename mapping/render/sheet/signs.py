"""The signs of maps and of their keys, drawn by the same code: places, what could be, circles, swatches."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from mapping.render import palette
from mapping.render.sheet.frame import Box, Points
from mapping.render.sheet.lettering import MM_PER_POINT

if TYPE_CHECKING:
    from mapping.render.sheet.pen import Pen

SIZE_MM: Final = 2.85
"""Across a circle that holds a number of two digits."""
WEIGHT: Final = "semibold"
NUMBER_PT: Final = 5.5
"""Of a number in its sign."""
DIAMOND: Final = 1.27
"""A diamond is so much taller than a circle, to hold the same number and look as large."""
HALO_MM: Final = 0.32
EDGE_MM: Final = 0.22
NOT_LIT: Final = "#f1f2f4"
"""Of an area that is left out: no class has a grey so light."""
HATCH: Final = "#8b90a3"
HATCH_MM: Final = 1.3
"""From one line of a hatch to the next."""
SQUARE: Final = np.array([[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]])
LEADER_MM: Final = 0.2
DOT_MM: Final = 0.42
"""Half of the dot where something belongs that stands aside."""
QUIET: Final = "quiet"
"""As the colour of a circle: a pale one."""


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One closed shape, or a line, in millimetres."""

    points: Points
    fill: str = "none"
    edge: str = "none"
    width_mm: float = 0.0
    opacity: float = 1.0
    """Of the fill."""
    is_dashed: bool = False


def place(kind: str, x: float, y: float, *, size_mm: float = SIZE_MM) -> tuple[Shape, ...]:
    """The sign of one place: a circle is a co-operative, a diamond a community asset."""
    half = size_mm / 2
    at = _circle(x, y, half) if kind == "co-operative" else _diamond(x, y, half * DIAMOND)
    return _with_halo(at, palette.KIND_FILLS[kind])


def several(kinds: Collection[str], x: float, y: float, *, width: float, height: float) -> tuple[Shape, ...]:
    """The sign of places that share it: round ends for co-operatives, pointed ends for community assets."""
    is_round = [("co-operative" in kinds), ("community asset" not in kinds)]
    left, right = (_end(round_, height / 2) for round_ in is_round)
    straight = max(0.0, width / 2 - height / 2)
    right_half = np.vstack([[0, -height / 2], right + np.array([straight, 0]), [0, height / 2]])
    left_half = np.vstack([[0, height / 2], left * [-1, -1] - [straight, 0], [0, -height / 2]])
    whole = _at(x, y, np.vstack([right_half, left_half]))
    if len(set(kinds)) == 1:
        return _with_halo(whole, palette.KIND_FILLS[next(iter(kinds))])
    halves = (
        Shape(points=_at(x, y, half), fill=palette.KIND_FILLS[kind])
        for kind, half in (("co-operative", left_half), ("community asset", right_half))
    )
    halo, edge = _with_halo(whole, "none")
    return halo, *halves, edge


def mark(sign: str, x: float, y: float, *, size_mm: float = SIZE_MM) -> tuple[Shape, ...]:
    """What is no recorded place as it stands: dark squares for what could be, a cross for what closes."""
    half = size_mm / 2
    if sign == "closed":
        arm = half * 0.62
        cross = (_at(x, y, np.array([[-arm, s * arm], [arm, -s * arm]])) for s in (1, -1))
        lines = (Shape(points=points, edge=palette.OUTLINE, width_mm=0.5) for points in cross)
        return *_with_halo(_circle(x, y, half), palette.HALO), *lines
    square = _at(x, y, SQUARE * half * 0.95)
    shapes = _with_halo(square, palette.OUTLINE)
    if sign == "site":
        return shapes
    arms = (np.array([[-dx, -dy], [dx, dy]]) * half * 0.55 + [x, y] for dx, dy in ((1, 0), (0, 1)))
    return *shapes, *(Shape(points=arm, edge=palette.HALO, width_mm=0.5) for arm in arms)


def circle(
    x: float,
    y: float,
    radius: float,
    *,
    is_ranked: bool = True,
    is_quiet: bool = False,
    is_unsure: bool = False,
) -> tuple[Shape, ...]:
    """An amount: paler where it is quiet, dashed where it is unsure, stronger where it has a rank."""
    disc = Shape(
        points=_circle(x, y, radius),
        fill=palette.HALO,
        edge=palette.OUTLINE,
        width_mm=min(max(0.2, radius / 4), 0.2 if is_quiet else 0.42 if is_ranked else 0.3),
        opacity=0.6 if is_quiet else 0.94,
        is_dashed=is_unsure,
    )
    if is_quiet:
        return (disc,)
    return Shape(points=_circle(x, y, radius + 0.35), fill=palette.HALO, opacity=0.8), disc


def ring(x: float, y: float, radius: float) -> tuple[Shape, ...]:
    """A distance around a point: dashed, and the point itself."""
    around = _circle(x, y, radius, n=144)
    return (
        Shape(points=around, edge=palette.HALO, width_mm=0.9),
        Shape(points=around, edge=palette.OUTLINE, width_mm=0.45, is_dashed=True),
    )


def hatch(x0: float, y0: float, x1: float, y1: float) -> tuple[Points, ...]:
    """The lines of a hatch over a box; boxes beside each other meet."""
    first, last = int((x0 - y1) // HATCH_MM), int((x1 - y0) // HATCH_MM) + 1
    offsets = (step * HATCH_MM for step in range(first, last + 1))
    # Each line is x − y = offset, cut to the box.
    ends = ((max(x0, y0 + each), min(x1, y1 + each), each) for each in offsets)
    return tuple(
        np.array([[low, low - each], [high, high - each]]) for low, high, each in ends if high - low > 1e-9
    )


def leader(ends: Sequence[tuple[float, float]], spots: Points | None = None) -> tuple[Shape, ...]:
    """A line to where something that stands aside belongs, and a dot at each of `spots`.

    Without `spots` the dot is at its start. Nothing where there are no ends.
    """
    if not ends:
        return ()
    line = np.array(ends)
    at = line[:1] if spots is None else np.unique(np.round(spots, 2), axis=0)
    dots = (_circle(float(x), float(y), DOT_MM, n=14) for x, y in at)
    return (
        Shape(points=line, edge=palette.HALO, width_mm=3 * LEADER_MM),
        Shape(points=line, edge=palette.OUTLINE, width_mm=LEADER_MM),
        *(Shape(points=each, fill=palette.OUTLINE, edge=palette.HALO, width_mm=0.18) for each in dots),
    )


def add_shapes(pen: "Pen", shapes: Sequence[Shape], *, z: float, box: Box | None = None) -> None:
    """Draw `shapes` in their order as one collection, cut to `box`; nothing where there are none."""
    from matplotlib.collections import PathCollection
    from matplotlib.colors import to_rgba
    from matplotlib.path import Path
    from matplotlib.transforms import Bbox, TransformedBbox

    if not shapes:
        return
    collection = PathCollection(
        [Path(each.points, closed=False) for each in shapes],
        facecolors=[to_rgba(each.fill, each.opacity if each.fill != "none" else 0) for each in shapes],
        edgecolors=[to_rgba(each.edge, 1 if each.edge != "none" else 0) for each in shapes],
        linewidths=[each.width_mm / MM_PER_POINT for each in shapes],
        linestyles=[(0, (2.2, 1.6)) if each.is_dashed else "solid" for each in shapes],
        joinstyle="round",
        capstyle="round",
        zorder=z,
    )
    pen.add(collection)
    if box:
        collection.set_clip_box(TransformedBbox(Bbox.from_extents(*box), pen.mm))


def draw_sign(
    pen: "Pen",
    sign: str,
    x: float,
    y: float,
    *,
    size_mm: float = SIZE_MM,
    label: str = "",
    colour: str = "",
    z: float = 5.0,
) -> None:
    """Draw any sign of a key around (x, y); of `circle` and `dashed` `size_mm` is the diameter.

    `label` is what is written on it; `colour` the fill of a swatch, or `QUIET` for a pale circle.
    """
    add_shapes(pen, tuple(_sign(sign, x, y, size_mm, colour, bool(label))), z=z)
    if label:
        write_number(
            pen, label, x, y, size_pt=NUMBER_PT * size_mm / SIZE_MM, colour=_ink(sign, colour), z=z + 1
        )


def write_number(
    pen: "Pen",
    text: str,
    x: float,
    y: float,
    *,
    size_pt: float,
    colour: str,
    kind: str = "number",
    halo: str = "",
    z: float = 6.5,
) -> None:
    """Write a number or letter with its middle at (x, y)."""
    half_a_digit = 0.325 * size_pt * MM_PER_POINT
    look: dict[str, Any] = {"weight": WEIGHT, "align": "center", "kind": kind, "halo": halo, "z": z}
    pen.write(text, x, y - half_a_digit, size_pt=size_pt, colour=colour, **look)


def _sign(sign: str, x: float, y: float, size: float, colour: str, is_ranked: bool) -> Iterable[Shape]:
    if sign in palette.KIND_FILLS:
        return place(sign, x, y, size_mm=size)
    if sign in ("site", "proposal", "closed"):
        return mark(sign, x, y, size_mm=size)
    if sign in ("circle", "dashed"):
        quiet, unsure = colour == QUIET, sign == "dashed"
        return circle(x, y, size / 2, is_ranked=is_ranked, is_quiet=quiet, is_unsure=unsure)
    if sign == "ring":
        return ring(x, y, size / 2)
    if sign == "line":
        return (
            Shape(
                points=np.array([[x - size / 2, y], [x + size / 2, y]]), edge=palette.OUTLINE, width_mm=0.35
            ),
        )
    return _swatch(sign, x, y, size, colour)


def _swatch(sign: str, x: float, y: float, size: float, colour: str) -> Iterable[Shape]:
    half = size / 2
    corners = _at(x, y, SQUARE * half)
    fill = {"hatch": "#ffffff", "faded": NOT_LIT}.get(sign, colour or "#ffffff")
    edge = HATCH if sign in ("hatch", "faded") else "none"
    lines = hatch(x - half, y - half, x + half, y + half) if sign == "hatch" else ()
    yield Shape(points=corners, fill=fill)
    yield from (Shape(points=points, edge=HATCH, width_mm=0.22) for points in lines)
    yield Shape(points=_closed(corners), edge=edge, width_mm=0.15)


def _ink(sign: str, colour: str) -> str:
    if sign == "fill" and colour:
        return palette.ink_on(colour)
    return palette.HALO if sign in ("site", "proposal") else palette.BLACK


def _with_halo(points: Points, fill: str) -> tuple[Shape, Shape]:
    at = _closed(points)
    halo = Shape(points=at, fill=palette.HALO, edge=palette.HALO, width_mm=2 * HALO_MM + EDGE_MM)
    return halo, Shape(points=at, fill=fill, edge=palette.OUTLINE, width_mm=EDGE_MM)


def _at(x: float, y: float, points: Points) -> Points:
    moved: Points = points + np.array([x, y])
    return moved


def _closed(points: Points) -> Points:
    return np.vstack([points, points[:1]])


def _circle(x: float, y: float, radius: float, *, n: int = 0) -> Points:
    angles = np.linspace(0, 2 * pi, (n or 24 + int(6 * radius)) + 1)
    return np.column_stack([np.cos(angles), np.sin(angles)]) * radius + [x, y]


def _diamond(x: float, y: float, half: float) -> Points:
    return _at(x, y, np.array([[half, 0], [0, half], [-half, 0], [0, -half]]))


def _end(is_round: bool, half: float) -> Points:
    """The right end of a sign that several places share, from below to above."""
    if not is_round:
        return np.array([[0, -half], [half * 1.15, 0], [0, half]])
    angles = np.linspace(-pi / 2, pi / 2, 19)
    return np.array([[cos(angle) * half, sin(angle) * half] for angle in angles])
