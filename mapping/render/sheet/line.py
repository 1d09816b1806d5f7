"""A line of text that knows where it starts: matplotlib need not lay it out again to place it."""

from typing import Any

from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.colors import to_rgba
from matplotlib.ft2font import LoadFlags
from matplotlib.text import Text


class Line(Text):
    """One line, from its left end on its baseline; an SVG still anchors it where it was aligned.

    Of what a `Text` can be, it is only its font, colour, place and alignment.
    """

    def __init__(self, x: float, y: float, text: str, *, left: float, **look: Any) -> None:
        super().__init__(x, y, text, **look)
        self._left = left

    def draw(self, renderer: Any) -> None:
        """Nothing; the line is drawn."""
        if not self.get_visible():
            return
        renderer.open_group("text", self.get_gid())
        gc = renderer.new_gc()
        gc.set_foreground(to_rgba(self.get_color()), isRGBA=True)
        x, y = self.get_transform().transform((self._left, self.get_position()[1]))
        _, height = renderer.get_canvas_width_height()
        if isinstance(renderer, RendererAgg):
            _draw_pixels(renderer, gc, x, height - y, self)
        else:
            renderer.draw_text(
                gc, x, height - y, self.get_text(), self.get_fontproperties(), 0, ismath=False, mtext=self
            )
        gc.restore()
        renderer.close_group("text")
        self.stale = False


def _draw_pixels(renderer: Any, gc: Any, x: float, y: float, line: Line) -> None:
    """Nothing: the line is on the picture, as one image; letter by letter takes three times as long."""
    font = renderer._prepare_font(line.get_fontproperties())
    font.set_text(line.get_text(), 0, flags=LoadFlags.NO_HINTING)
    font.draw_glyphs_to_bitmap(antialiased=True)
    left, _below = (each / 64 for each in font.get_bitmap_offset())
    descent = font.get_descent() / 64
    renderer._renderer.draw_text_image(font, round(x + left), round(y + descent) + 1, 0, gc)
