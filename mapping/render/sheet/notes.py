"""What a map could not show, in words: places not drawn, names without room, signs that several share."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from mapping.render.sheet import flow
from mapping.render.sheet.flow import Letters, Piece
from mapping.render.sheet.lettering import GREY
from mapping.render.sheet.picture import Picture

if TYPE_CHECKING:
    from mapping.render.sheet.drawing import Drawn, Shared

MOST_LINES: Final = 3
"""Of a note on signs and names."""
MOST_UNPLACED: Final = 7
"""Of the note on places that are not drawn: a reader who misses it reads the map wrongly."""
LIKELY_LINES: Final = 2
"""Of a note that may not be needed."""
MANY_NAMES: Final = 10
"""Of so many names some may have no room on the map."""
MANY_PLACES: Final = 25
"""Of so many places some may share a sign."""


def expected(picture: Picture, *, width: float, size_pt: float, is_sure: bool) -> list[Piece]:
    """The notes known before the map is drawn and, unless `is_sure`, room for what may be needed."""
    letters = Letters(size_pt=size_pt, kind="note")
    known = flow.text_lines(picture.unplaced, width, letters=letters, most_lines=MOST_UNPLACED)
    likely = (len(picture.names) >= MANY_NAMES, len(picture.places) >= MANY_PLACES)
    kept = 0 if is_sure else LIKELY_LINES * sum(likely)
    blank = Piece(height=kept * letters.line_mm, draw=lambda pen, left, top: None)
    return [flow.stack(known), flow.space(letters.line_mm / 2), blank]


def pieces(picture: Picture, drawn: "Drawn", *, width: float, size_pt: float) -> list[Piece]:
    """A piece for each note, with space under it."""
    letters = Letters(size_pt=size_pt, colour=GREY, kind="note")
    unplaced = flow.text_lines(picture.unplaced, width, letters=letters, most_lines=MOST_UNPLACED)
    told = (
        unplaced,
        _first_short(_without_room(drawn.hidden), width, letters),
        _first_short(_shared(drawn.numbered), width, letters),
    )
    return [piece for note in told if note for piece in (flow.stack(note), flow.space(letters.line_mm / 2))]


def _first_short(told: Iterator[str], width: float, letters: Letters) -> list[Piece]:
    """The first of these ways to say it that is short enough; nothing where there is none."""
    set_in = (flow.text_lines(each, width, letters=letters) for each in told)
    return next((lines for lines in set_in if len(lines) <= MOST_LINES), [])


def _without_room(hidden: Sequence[str]) -> Iterator[str]:
    """The names that had no room on the map, then ever fewer of them and how many more there are."""
    several = "this name" if len(hidden) == 1 else "these names"
    for n in range(len(hidden), 0, -1):
        rest = len(hidden) - n
        shown = ", ".join((*hidden[:n], *((f"{rest:,} more",) if rest else ())))
        yield f"No room on the map for {several}: {shown}."


def _shared(numbered: Sequence["Shared"]) -> Iterator[str]:
    """What a sign such as `22 +2` stands for; first for each, then by one example."""
    counted = [each for each in numbered if "+" in each.label]
    if counted:
        each_told = (f"{each.label} is {', '.join(map(str, each.numbers))}" for each in counted)
        yield f"Places that share a sign on the map: {'; '.join(each_told)}."
        first = counted[0]
        yield f"A sign such as {first.label} stands for number {first.numbers[0]} and the others close to it."
