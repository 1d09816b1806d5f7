"""The map of a picture on its sheet: ground, signs, names and furniture, none of them over another's text."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from mapping.render import palette
from mapping.render.documents import model
from mapping.render.sheet import areas, furniture, lettering, names, signs, spots
from mapping.render.sheet.composed import Composed, composed
from mapping.render.sheet.frame import framed
from mapping.render.sheet.lettering import ASCENT, DESCENT, GREY, INK, MM_PER_POINT, TextBox
from mapping.render.sheet.paper import MM, Paper
from mapping.render.sheet.pen import Pen
from mapping.render.sheet.picture import Picture
from mapping.render.sheet.ranks import RANK_PT
from mapping.render.sheet.signs import Shape

if TYPE_CHECKING:
    from matplotlib.figure import Figure

ENLARGED: Final = {"a4": 1.0, "a3": 1.2, "slide": 1.15}
"""Letters and signs by size of paper: a poster and a slide are read from farther off."""
NAME_HALO_MM: Final = 0.34
SMALL_DPI: Final = 200

MapBox = tuple[float, float, float, float]
"""Left, bottom, width and height in millimetres from the sheet's lower left corner."""


@dataclass(frozen=True, kw_only=True)
class Shared:
    """One sign that stands for several places."""

    label: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """What was drawn."""

    texts: tuple[TextBox, ...]
    """Every text, each line of its own."""
    metres_per_mm: float
    hidden: tuple[str, ...]
    """Names of areas for which there was no room."""
    numbered: tuple[Shared, ...]
    """The signs that several numbers share, by their first number."""
    n_places: int
    """How many places the signs stand for."""


def scale_of(box: MapBox, picture: Picture) -> float:
    """Metres a millimetre of the map that `draw_map` would draw in `box`."""
    return framed(picture.focus, box).metres_per_mm


def draw_map(figure: "Figure", box: MapBox, picture: Picture, *, paper: Paper) -> Drawn:
    """What was drawn of `picture` in `box`.

    The whole of `picture.focus` is shown, north up, and whatever lies around it fills the box.
    Raises CrsError where a layer is not in EPSG:27700.
    """
    enlarged = ENLARGED[paper.size]
    return _draw(Pen(figure), composed(box, picture, enlarged=enlarged), picture, enlarged)


def _draw(pen: Pen, made: Composed, picture: Picture, enlarged: float) -> Drawn:
    opacity = areas.OVER_BASE_MAP if picture.base_map else 1.0
    if picture.base_map:
        areas.draw_base_map(pen, made.bare.frame, picture.base_map)
    areas.draw_areas(pen, made.bare.frame, picture.areas, made.bare.shapes, opacity=opacity)
    areas.draw_outlines(pen, made.bare.frame, made.bare.outlines)
    _draw_deciles(pen, made, picture, opacity)
    _draw_circles(pen, made, picture)
    spots.draw_spots(pen, made, picture)
    _draw_names(pen, made)
    areas.draw_edge(pen, made.bare.frame, made.bare.shapes)
    furniture.draw(pen, made.bare.furniture, picture.locator, scale=enlarged)
    n = len(made.bare.placed)
    numbers = picture.places["number"].to_numpy()[list(made.bare.placed)]
    shared = [
        Shared(label=spot.label, numbers=tuple(sorted(int(numbers[i]) for i in spot.members)))
        for spot in made.spots
        if spot.is_shared
    ]
    return Drawn(
        texts=tuple(_inked(each) for each in pen.texts),
        metres_per_mm=made.bare.frame.metres_per_mm,
        hidden=made.words.hidden,
        numbered=tuple(sorted(shared, key=lambda each: each.numbers)),
        n_places=sum(i < n for spot in made.spots for i in spot.members),
    )


def _inked(box: TextBox) -> TextBox:
    """The same box, as high as its letters are: a line of digits has nothing below its baseline."""
    em = (box.y1 - box.y0) / (ASCENT + DESCENT)
    baseline = box.y0 + DESCENT * em
    _, above, below = lettering.extent_mm(box.text, em / MM_PER_POINT)
    return replace(box, y0=baseline - below, y1=baseline + above)


def _draw_deciles(pen: Pen, made: Composed, picture: Picture, opacity: float) -> None:
    fills = map(areas.fill_of, picture.areas["fill"], picture.areas["is_lit"])
    for decile, fill in zip(made.words.deciles, fills, strict=True):
        if decile:
            ink, size = areas.ink_over(fill, opacity), decile.size_pt
            pen.write(
                decile.text, decile.x, decile.y, size_pt=size, colour=ink, align="center", kind="area", z=3.6
            )


def _draw_circles(pen: Pen, made: Composed, picture: Picture) -> None:
    shapes: list[Shape] = []
    if picture.ring:
        x, y = made.bare.frame.spot(picture.ring.easting, picture.ring.northing)
        shapes += signs.ring(x, y, picture.ring.radius_m / made.bare.frame.metres_per_mm)
    # The small ones lie over the large.
    for each in sorted(picture.circles, key=lambda circle: (-circle.radius_m, circle.code)):
        x, y = made.bare.frame.spot(each.easting, each.northing)
        radius, is_ranked = each.radius_m / made.bare.frame.metres_per_mm, bool(each.label)
        shapes += signs.circle(
            x, y, radius, is_ranked=is_ranked, is_quiet=each.is_quiet, is_unsure=each.is_unsure
        )
    signs.add_shapes(pen, shapes, z=4.0, box=made.bare.frame.box)
    for rank in made.bare.ranks:
        halo, size = "" if rank.is_inside else palette.HALO, RANK_PT * made.bare.scale
        signs.write_number(
            pen, rank.text, rank.x, rank.y, size_pt=size, colour=palette.BLACK, kind="rank", halo=halo, z=7.0
        )


def _draw_names(pen: Pen, made: Composed) -> None:
    for name, is_quiet in zip(made.words.names, made.quiet, strict=True):
        if name:
            signs.add_shapes(pen, signs.leader(name.leader), z=7.4)
            for text, y in name.baselines:
                pen.write(
                    text,
                    name.x,
                    y,
                    size_pt=name.setting.size_pt,
                    weight=names.WEIGHT,
                    colour=GREY if is_quiet else INK,
                    align="center",
                    kind="name",
                    halo=palette.HALO,
                    halo_mm=NAME_HALO_MM,
                    z=8.0,
                )


def small_map(picture: Picture, *, width_mm: float, height_mm: float, caption: str = "") -> model.Figure:
    """The map alone, for a document: no title, key or locator, which the document has in words.

    The picture's alternative text goes with it.
    """
    from matplotlib.figure import Figure

    from mapping.render.sheet import formats

    figure = Figure(figsize=(width_mm / MM, height_mm / MM))
    bare = replace(picture, locator=None)
    draw_map(figure, (0.0, 0.0, width_mm, height_mm), bare, paper=Paper())
    return model.Figure(
        svg=formats.svg_bytes(figure, title=picture.title, alt=picture.alt),
        png=formats.png_bytes(figure, dpi=SMALL_DPI),
        alt=picture.alt,
        caption=caption,
        width_mm=width_mm,
        height_mm=height_mm,
    )
