"""The key of a sheet: each sign as the map draws it, and what it stands for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, zip_longest
from typing import Final

from mapping.render import palette
from mapping.render.sheet import flow, lettering, signs
from mapping.render.sheet.flow import Letters, Piece
from mapping.render.sheet.lettering import GREY
from mapping.render.sheet.pen import Pen
from mapping.render.sheet.picture import KeyBlock, KeyEntry
from mapping.render.sheet.sizes import LEAST_PT, Sizes

LEAST_RAMP: Final = 4
"""So many colours in a row are drawn as one scale."""
RAMP_MM: Final = 4.8
SIGN_MM: Final = 9.0
"""The width kept for a sign, on A4."""
LARGEST_MM: Final = 8.0
"""No circle of the key is drawn with a larger radius."""
CIRCLE_Z: Final = 5.0
BY_SIGN: Final = {"line": 2.0, "fill": 1.15, "hatch": 1.15, "faded": 1.15, "ring": 1.15}
"""Signs that are drawn larger than a place."""
EDGE: Final = "#8b909b"
"""Around a colour that is nearly white."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """What every part of one key is set with."""

    width: float
    sizes: Sizes
    metres_per_mm: float
    most_lines: int
    """Of one entry or one explanation."""

    @property
    def letters(self) -> Letters:
        """Of what a sign stands for."""
        return Letters(size_pt=self.sizes.key, kind="key")

    @property
    def quiet(self) -> Letters:
        """Of explanations."""
        return Letters(size_pt=max(self.sizes.key - 0.8, LEAST_PT), colour=GREY, kind="key", leading=1.2)


def key_pieces(
    blocks: Sequence[KeyBlock], *, width: float, sizes: Sizes, metres_per_mm: float, most_lines: int
) -> list[Piece]:
    """The blocks of a key with space between them, each to stay whole where it can."""
    setting = Setting(width=width, sizes=sizes, metres_per_mm=metres_per_mm, most_lines=most_lines)
    pieces: list[Piece] = []
    for block in blocks:
        pieces += [_block(block, setting), flow.space(3.4 * sizes.unit)]
    return pieces


def heading(text: str, *, width: float, sizes: Sizes) -> list[Piece]:
    """The title of a group, never parted from what it heads."""
    letters = Letters(size_pt=sizes.heading, weight="semibold", kind="heading", leading=1.3)
    lines = flow.text_lines(text, width, letters=letters, most_lines=3)
    return [replace(line, is_tied=True) for line in (*lines, flow.space(0.7 * sizes.unit))]


def _block(block: KeyBlock, setting: Setting) -> Piece:
    parts = heading(block.title, width=setting.width, sizes=setting.sizes)
    for form, entries in groupby(block.entries, key=_form):
        shown = list(entries)
        if form == "fill" and len(shown) >= LEAST_RAMP:
            parts.append(_ramp(shown, setting))
        elif form == "amount":
            parts.append(_circles(shown, setting))
        else:
            parts += [_row(entry, setting) for entry in shown]
    if block.lines:
        parts.append(flow.space(0.6 * setting.sizes.unit))
    for line in block.lines:
        parts += flow.text_lines(line, setting.width, letters=setting.quiet, most_lines=setting.most_lines)
    return flow.stack(parts)


def _form(entry: KeyEntry) -> str:
    return "amount" if entry.sign == "circle" and entry.size > 0 else entry.sign


def _ramp(entries: Sequence[KeyEntry], setting: Setting) -> Piece:
    """Colours side by side, what is written on each, and what the first and the last stand for."""
    unit, letters = setting.sizes.unit, setting.letters
    cell, high = setting.width / len(entries), RAMP_MM * unit
    ends = [
        lettering.wrapped(entry.text, setting.width / 2 - 1, size_pt=letters.size_pt, most_lines=2)
        for entry in (entries[0], entries[-1])
    ]
    lines = max(len(end) for end in ends)

    def draw(pen: Pen, left: float, top: float) -> None:
        for position, entry in enumerate(entries):
            x = left + position * cell
            pen.rectangle(x, top - high, cell, high, facecolor=entry.colour)
            middle = top - high / 2 - 0.33 * letters.size_pt * lettering.MM_PER_POINT
            on_it = replace(letters, weight="semibold", colour=palette.ink_on(entry.colour))
            flow.write(pen, entry.label, x + cell / 2, middle, letters=on_it, align="center")
        pen.rectangle(left, top - high, setting.width, high, facecolor="none", edgecolor=EDGE, width_mm=0.15)
        for number, (first, last) in enumerate(zip_longest(*ends, fillvalue="")):
            y = letters.baseline(top - high - 0.5 * unit - number * letters.line_mm)
            flow.write(pen, first, left, y, letters=letters)
            flow.write(pen, last, left + setting.width, y, letters=letters, align="right")

    return Piece(height=high + (0.5 + 1.2) * unit + lines * letters.line_mm, draw=draw)


def _row(entry: KeyEntry, setting: Setting) -> Piece:
    """One sign, and beside it what it stands for."""
    unit, letters = setting.sizes.unit, setting.letters
    indent = SIGN_MM * unit
    lines = flow.stack(
        flow.text_lines(entry.text, setting.width - indent, letters=letters, most_lines=setting.most_lines)
    )
    height = max(lines.height, 4.1 * unit) + 0.5 * unit

    def draw(pen: Pen, left: float, top: float) -> None:
        middle = top - height / 2
        # What is written on a sign stays as large as anything else that is read.
        x, larger = left + indent / 2 - unit, max(1.0, unit) if entry.label else unit
        size = signs.SIZE_MM * larger * BY_SIGN.get(entry.sign, 1.0)
        signs.draw_sign(pen, entry.sign, x, middle, size_mm=size, label=entry.label, colour=entry.colour)
        lines.draw(pen, left + indent, middle + lines.height / 2)

    return Piece(height=height, draw=draw)


def _circles(entries: Sequence[KeyEntry], setting: Setting) -> Piece:
    """Circles of their true size, one in the other, and a line from the top of each to its amount."""
    unit, letters = setting.sizes.unit, setting.letters
    radii = [min(entry.size / setting.metres_per_mm, LARGEST_MM * unit) for entry in entries]
    widest = max(radii)
    heights = _label_heights([2 * radius for radius in radii], letters.line_mm)
    above = max(0.0, heights[0] + letters.line_mm / 2 - 2 * widest)
    below = max(0.0, letters.line_mm / 2 - heights[-1])

    def draw(pen: Pen, left: float, top: float) -> None:
        x, foot = left + max(widest, SIGN_MM * unit / 2 - unit), top - above - 2 * widest
        tip = x + widest + 2 * unit
        for entry, radius, height in zip(entries, radii, heights, strict=True):
            # The disc alone: the halo of a smaller circle would cover the foot of a larger one.
            signs.add_shapes(pen, signs.circle(x, foot + radius, radius)[-1:], z=CIRCLE_Z)
            pen.line(
                [(x, foot + 2 * radius), (tip - unit, foot + height), (tip, foot + height)],
                width_mm=0.12, colour=GREY,
            )  # fmt: skip
            y = letters.baseline(foot + height + letters.line_mm / 2)
            flow.write(pen, entry.text, tip + 0.8 * unit, y, letters=letters)

    return Piece(height=above + 2 * widest + below + 1.4 * unit, draw=draw)


def _label_heights(tops: Sequence[float], line_mm: float) -> list[float]:
    """Heights above the foot of the circles, each at its top or as far above the next as a line needs."""
    heights: list[float] = []
    for top in reversed(tops):
        heights.append(max(top, heights[-1] + line_mm if heights else line_mm / 2))
    return heights[::-1]
