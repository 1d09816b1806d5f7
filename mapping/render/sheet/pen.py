"""A pen that draws on a sheet in millimetres and remembers where every text stands."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from mapping.render.sheet import lettering
from mapping.render.sheet.lettering import INK, TextBox

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties
    from matplotlib.transforms import Transform

MM_PER_INCH: Final = 25.4
HALOED: Final = "haloed"
"""Opens the id of a text that has a halo, and `HALO` that of the halo drawn under it in a PNG: an SVG draws
the halo as the outline of the letters instead, so that they stay letters."""
HALO: Final = "halo"

Align = Literal["left", "center", "right"]


class Pen:
    """Draws on one figure; a point is millimetres from the figure's lower left corner."""

    def __init__(self, figure: "Figure") -> None:
        from matplotlib.transforms import Affine2D

        self.figure = figure
        self.texts: list[TextBox] = []
        self.mm: Transform = Affine2D().scale(1 / MM_PER_INCH) + figure.dpi_scale_trans

    def write(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size_pt: float,
        weight: str = "regular",
        colour: str = INK,
        align: Align = "left",
        kind: str = "text",
        halo: str = "",
        halo_mm: float = 0.35,
        z: float = 10.0,
    ) -> TextBox:
        """Where the line `text` stands, once written with its baseline at `y`.

        Cleaned first, and never read as a formula. A `halo` is a colour that reaches `halo_mm` around it.
        """
        from mapping.render.sheet.line import Line

        shown = lettering.clean(text)
        box = box_of(shown, x, y, size_pt=size_pt, weight=weight, align=align, kind=kind)
        if not shown:
            return box
        font = lettering.font(weight, size_pt, is_held=lettering.is_held(shown, weight))
        line = Line(x, y, shown, left=box.x0, color=colour, ha=align, fontproperties=font, zorder=z)
        if halo:
            self._halo(shown, box.x0, y, font=font, halo=halo, halo_mm=halo_mm, z=z)
            line.set_gid(f"{HALOED}_{halo.removeprefix('#')}_{halo_mm:g}_{len(self.texts)}")
        self.add(line)
        self.texts.append(box)
        return box

    def _halo(
        self, text: str, left: float, y: float, *, font: "FontProperties", halo: str, halo_mm: float, z: float
    ) -> None:
        from matplotlib.patheffects import Stroke
        from matplotlib.text import Text

        under = Text(left, y, text, color=halo, zorder=z - 0.5, fontproperties=font, parse_math=False)
        width_pt = 2 * halo_mm / lettering.MM_PER_POINT
        under.set_path_effects([Stroke(linewidth=width_pt, foreground=halo, joinstyle="round")])
        under.set_gid(HALO)
        self.add(under)

    def rectangle(self, x: float, y: float, width: float, height: float, **look: Any) -> None:
        """A rectangle from its lower left corner; `look` as matplotlib's patches take it."""
        from matplotlib.patches import Rectangle

        self.add(Rectangle((x, y), width, height, **_looks(look)))

    def circle(self, x: float, y: float, radius: float, **look: Any) -> None:
        """A circle around its centre."""
        from matplotlib.patches import Circle

        self.add(Circle((x, y), radius, **_looks(look)))

    def polygon(self, points: Sequence[tuple[float, float]], **look: Any) -> None:
        """A closed shape through `points`."""
        from matplotlib.patches import Polygon

        self.add(Polygon(points, closed=True, **_looks(look)))

    def line(
        self, points: Sequence[tuple[float, float]], *, width_mm: float, colour: str, **look: Any
    ) -> None:
        """A line through `points`."""
        from matplotlib.lines import Line2D

        xs, ys = zip(*points, strict=True)
        self.add(
            Line2D(
                xs, ys, linewidth=width_mm / lettering.MM_PER_POINT, color=colour, **({"zorder": 5.0} | look)
            )
        )

    def add(self, artist: "Artist") -> None:
        """Any artist whose points are millimetres of the sheet."""
        artist.set_transform(self.mm)
        self.figure.add_artist(artist)


def box_of(
    text: str,
    x: float,
    y: float,
    *,
    size_pt: float,
    weight: str = "regular",
    align: Align = "left",
    kind: str = "text",
) -> TextBox:
    """Where `text`, already clean, would stand with its baseline at `y`."""
    wide = lettering.width(text, size_pt, weight=weight)
    left = x - {"left": 0.0, "center": wide / 2, "right": wide}[align]
    em = size_pt * lettering.MM_PER_POINT
    return TextBox(
        text=text,
        kind=kind,
        x0=left,
        y0=y - lettering.DESCENT * em,
        x1=left + wide,
        y1=y + lettering.ASCENT * em,
    )


def _looks(look: dict[str, Any]) -> dict[str, Any]:
    """`look` with a width of lines in millimetres turned into points, and a depth."""
    width_mm = look.pop("width_mm", 0.0)
    return {"linewidth": width_mm / lettering.MM_PER_POINT, "zorder": 5.0, "edgecolor": "none"} | look
