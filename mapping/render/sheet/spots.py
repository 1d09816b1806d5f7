"""The places and marks of a map, drawn where the layout has put them."""

from mapping.render import palette
from mapping.render.sheet import signs
from mapping.render.sheet.composed import Composed, leader
from mapping.render.sheet.crowd import Spot
from mapping.render.sheet.pen import Pen
from mapping.render.sheet.picture import Picture
from mapping.render.sheet.signs import Shape

LETTERED = "site"
"""The mark that its letter is written on; the others are told by their shape."""


def draw_spots(pen: Pen, made: Composed, picture: Picture) -> None:
    """Draw every sign with its number, and lines from those that stand aside to where they belong."""
    kinds = tuple(picture.places["kind"].iloc[list(made.bare.placed)])
    lines: list[Shape] = []
    shapes: list[Shape] = []
    for spot in made.spots:
        lines += signs.leader(leader(spot, made.bare.at), made.bare.at[list(spot.members)])
        shapes += _shapes(spot, kinds, picture, made.bare.scale)
    signs.add_shapes(pen, lines, z=5.0)
    signs.add_shapes(pen, shapes, z=5.5)
    for spot in made.spots:
        mark = None if spot.members[0] < len(kinds) else picture.marks[spot.members[0] - len(kinds)]
        if spot.label and (mark is None or mark.sign == LETTERED):
            kind, ink = ("mark", palette.HALO) if mark else ("number", palette.BLACK)
            size = signs.NUMBER_PT * made.bare.scale
            signs.write_number(pen, spot.label, spot.x, spot.y, size_pt=size, colour=ink, kind=kind)


def _shapes(spot: Spot, kinds: tuple[str, ...], picture: Picture, scale: float) -> tuple[Shape, ...]:
    first, edge = spot.members[0], 2 * signs.HALO_MM
    if first >= len(kinds):
        return signs.mark(
            picture.marks[first - len(kinds)].sign, spot.x, spot.y, size_mm=signs.SIZE_MM * scale
        )
    if not spot.is_shared:
        return signs.place(kinds[first], spot.x, spot.y, size_mm=spot.height - edge)
    shared = {kinds[i] for i in spot.members}
    return signs.several(shared, spot.x, spot.y, width=spot.width - edge, height=spot.height - edge)
