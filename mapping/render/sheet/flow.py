"""Pieces of print that know their height, and how they run down columns."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from mapping.render.sheet import lettering
from mapping.render.sheet.lettering import INK
from mapping.render.sheet.pen import Align, Pen

Draw = Callable[[Pen, float, float], None]
"""Draws with the pen from a left edge and a top edge."""


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One thing of a certain height in millimetres."""

    height: float
    draw: Draw
    is_tied: bool = False
    """Never the last of a column: it heads what follows."""
    is_space: bool = False
    """Left out where a column begins."""
    parts: tuple["Piece", ...] = ()
    """What it may be broken into, where no column takes it whole."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a sheet in millimetres; `top` is measured from the sheet's lower edge."""

    left: float
    top: float
    width: float
    height: float

    def below(self, used: float) -> "Column":
        """What is left of it under `used` millimetres."""
        return replace(self, top=self.top - used, height=self.height - used)


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One piece and where it goes."""

    piece: Piece
    left: float
    top: float

    def draw(self, pen: Pen) -> None:
        """Nothing; the piece is on the sheet."""
        self.piece.draw(pen, self.left, self.top)


@dataclass(frozen=True, kw_only=True)
class Run:
    """What fitted, what did not, and the room that remains, also under what stands in earlier columns."""

    placed: tuple[Placed, ...]
    left_over: tuple[Piece, ...]
    room: tuple[Column, ...]


@dataclass(frozen=True, kw_only=True)
class Letters:
    """How a text is set."""

    size_pt: float
    weight: str = "regular"
    colour: str = INK
    kind: str = "text"
    leading: float = 1.25

    @property
    def line_mm(self) -> float:
        """From one baseline to the next."""
        return lettering.line_mm(self.size_pt, self.leading)

    def baseline(self, top: float) -> float:
        """Of the first line under `top`: its letters stand in the middle of the line's height."""
        em = self.size_pt * lettering.MM_PER_POINT
        slack = self.line_mm - (lettering.ASCENT + lettering.DESCENT) * em
        return top - slack / 2 - lettering.ASCENT * em


def space(height: float) -> Piece:
    """Nothing, of that height."""
    return Piece(height=height, draw=lambda pen, left, top: None, is_space=True)


def text_lines(text: str, width: float, *, letters: Letters, most_lines: int | None = None) -> list[Piece]:
    """`text` broken into lines of at most `width`, a piece each."""
    lines = lettering.wrapped(
        text, width, size_pt=letters.size_pt, weight=letters.weight, most_lines=most_lines
    )
    return [line_piece(line, letters=letters) for line in lines]


def line_piece(line: str, *, letters: Letters) -> Piece:
    """One line of text."""

    def draw(pen: Pen, left: float, top: float) -> None:
        write(pen, line, left, letters.baseline(top), letters=letters)

    return Piece(height=letters.line_mm, draw=draw)


def write(pen: Pen, text: str, x: float, y: float, *, letters: Letters, align: Align = "left") -> None:
    """Nothing; `text` stands at the baseline `y`."""
    pen.write(
        text,
        x,
        y,
        size_pt=letters.size_pt,
        weight=letters.weight,
        colour=letters.colour,
        kind=letters.kind,
        align=align,
    )


def stack(pieces: Iterable[Piece]) -> Piece:
    """`pieces` under each other as one, to be broken only where no column takes it whole."""
    parts = tuple(pieces)

    def draw(pen: Pen, left: float, top: float) -> None:
        for part in parts:
            part.draw(pen, left, top)
            top -= part.height

    return Piece(height=sum(part.height for part in parts), draw=draw, parts=parts)


def run(pieces: Sequence[Piece], columns: Sequence[Column]) -> Run:
    """`pieces` down `columns`, one column after the other."""
    placed: list[Placed] = []
    waiting, room, passed = list(pieces), list(columns), list[Column]()
    used = 0.0
    while waiting and room:
        piece, column = waiting[0], room[0]
        if piece.is_space and used == 0:
            waiting.pop(0)
        elif used + piece.height + _tied(waiting) <= column.height + 1e-6:
            placed.append(Placed(piece=waiting.pop(0), left=column.left, top=column.top - used))
            used += piece.height
        elif piece.parts and all(piece.height > other.height for other in room[1:]):
            waiting[0:1] = piece.parts
        else:
            passed.append(room.pop(0).below(used))
            used = 0.0
    rest = (*passed, room[0].below(used), *room[1:]) if room else tuple(passed)
    return Run(placed=tuple(placed), left_over=tuple(waiting), room=rest)


def _tied(waiting: Sequence[Piece]) -> float:
    """The height of what the first must stay with."""
    height = 0.0
    for piece, follower in pairwise(waiting):
        if not piece.is_tied:
            break
        height += follower.height
    return height
