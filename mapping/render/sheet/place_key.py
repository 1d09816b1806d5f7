"""The key to the numbers of a map: number, sign and name of each place, in columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapping.render.sheet import flow, keys, lettering, signs
from mapping.render.sheet.flow import Column, Letters, Piece, Placed
from mapping.render.sheet.lettering import GREY
from mapping.render.sheet.pen import Pen
from mapping.render.sheet.picture import Picture
from mapping.render.sheet.sizes import Sizes

SIZES_TRIED: Final = 3
"""From the size that lines are set in to the least, while not all have room."""
LEADING: Final = 1.24
N_TIED: Final = 2
"""So many lines, and one more, stand with the title at the end of a column."""
LEAST_LINES: Final = 4
"""In the longest column: it must take the sentence on what is not listed."""
SPOTS: Final = {"proposal": "Proposed", "site": "Best site", "closed": "Closed in the plan"}
"""What a mark is, in words."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One line."""

    label: str
    """The number, or the letter."""
    sign: str
    name: str
    kind: str
    category: str


@dataclass(frozen=True, kw_only=True)
class Listed:
    """The lines that have room and where they go, and the entries that have none."""

    placed: tuple[Placed, ...]
    cut: tuple[Entry, ...]


def entries(picture: Picture) -> tuple[Entry, ...]:
    """What a plan adds and closes, by letter, then the places by number."""
    named = sorted((mark for mark in picture.marks if mark.name), key=lambda mark: (mark.label, mark.name))
    marks = [Entry(label=m.label, sign=m.sign, name=m.name, kind=SPOTS[m.sign], category="") for m in named]
    columns = ("number", "name", "kind", "category")
    rows = zip(*(picture.places[column] for column in columns), strict=True)
    places = [
        Entry(label=str(number), sign=kind, name=name, kind=kind, category=category or "")
        for number, name, kind, category in rows
    ]
    return (*marks, *places)


def n_lines(columns: Sequence[Column], *, sizes: Sizes) -> int:
    """How many lines have room in `columns` in the least letters; 0 where no column is of any use."""
    line = Letters(size_pt=sizes.row_least, leading=LEADING).line_mm
    lines = [int(column.height / line) for column in columns]
    return sum(lines) if max(lines, default=0) >= LEAST_LINES else 0


def listed(
    told: Sequence[Entry], columns: Sequence[Column], *, before: Sequence[Piece], title: str, sizes: Sizes
) -> Listed:
    """The entries in the room of `columns` under what goes `before`, in the largest letters that let all in.

    What has no room even in the least is told in a sentence at the end of the last column.
    """
    if not told or not columns:
        return Listed(placed=flow.run(before, columns).placed, cut=tuple(told))
    for step in range(SIZES_TRIED):
        size_pt = sizes.row - (sizes.row - sizes.row_least) * step / (SIZES_TRIED - 1)
        rows = key_pieces(told, width=columns[0].width, title=title, sizes=replace(sizes, row=size_pt))
        placed = _in_one([*before, *rows], columns)
        if placed:
            return Listed(placed=placed, cut=())
    return _cut(told, [*before, *rows], columns, sizes=sizes)


def is_room(
    told: Sequence[Entry], columns: Sequence[Column], *, before: Sequence[Piece], title: str, sizes: Sizes
) -> bool:
    """Whether all of `told` have room in the least letters, under what goes `before`."""
    width = columns[0].width if columns else 0.0
    rows = key_pieces(told, width=width, title=title, sizes=replace(sizes, row=sizes.row_least))
    return bool(_in_one([*before, *rows], columns))


def _in_one(pieces: Sequence[Piece], columns: Sequence[Column]) -> tuple[Placed, ...]:
    """`pieces` down one column where one takes them all, else down all of them; empty where these do not."""
    runs = (flow.run(pieces, room) for room in (*([column] for column in columns), columns))
    return next((run.placed for run in runs if not run.left_over), ())


def key_pieces(told: Sequence[Entry], *, width: float, title: str, sizes: Sizes) -> list[Piece]:
    """The title and a line for each of `told`."""
    if not told:
        return []
    labels_mm = max(_label_mm(entry, sizes) for entry in told)
    rows = [_row(entry, width=width, sizes=sizes, labels_mm=labels_mm) for entry in told]
    first = [replace(row, is_tied=True) for row in rows[: min(N_TIED, len(rows) - 1)]]
    return [*keys.heading(title, width=width, sizes=sizes), *first, *rows[len(first) :]]


def _label_mm(entry: Entry, sizes: Sizes) -> float:
    return lettering.width(lettering.clean(entry.label), sizes.row, weight="semibold")


def _row(entry: Entry, *, width: float, sizes: Sizes, labels_mm: float) -> Piece:
    """The number to the right of its column, the sign, the name, and what it is where that has room."""
    plain = Letters(size_pt=sizes.row, kind="place", leading=LEADING)
    sign_mm = 0.72 * plain.size_pt * lettering.MM_PER_POINT
    indent = labels_mm + 2.6 * sign_mm

    def draw(pen: Pen, left: float, top: float) -> None:
        y = plain.baseline(top)
        number = replace(plain, weight="semibold")
        flow.write(pen, entry.label, left + labels_mm, y, letters=number, align="right")
        signs.draw_sign(
            pen, entry.sign, left + labels_mm + 1.3 * sign_mm, top - plain.line_mm / 2, size_mm=sign_mm
        )
        name = lettering.shortened(entry.name, width - indent, size_pt=plain.size_pt)
        flow.write(pen, name, left + indent, y, letters=plain)
        used = indent + lettering.width(name, plain.size_pt) + 0.5 * plain.line_mm
        category = lettering.clean(entry.category)
        if category and used + lettering.width(category, plain.size_pt) <= width:
            flow.write(pen, category, left + used, y, letters=replace(plain, colour=GREY))

    return Piece(height=plain.line_mm, draw=draw)


def _cut(
    told: Sequence[Entry], pieces: Sequence[Piece], columns: Sequence[Column], *, sizes: Sizes
) -> Listed:
    """The lines that have room above the sentence that counts the others."""
    letters = Letters(size_pt=sizes.row, weight="semibold", kind="note")
    room = flow.stack(flow.text_lines(_elsewhere(told), columns[0].width, letters=letters)).height
    *full, last = columns[: 1 + max(at for at, each in enumerate(columns) if each.height >= room)]
    done = flow.run(pieces, [*full, replace(last, height=last.height - room)])
    rest = told[len(told) - min(len(told), len(done.left_over)) :]
    sentence = flow.stack(flow.text_lines(_elsewhere(rest), last.width, letters=letters)) if rest else None
    top = last.top - last.height + room
    foot = (Placed(piece=sentence, left=last.left, top=top),) if sentence else ()
    return Listed(placed=(*done.placed, *foot), cut=tuple(rest))


def _elsewhere(rest: Sequence[Entry]) -> str:
    first, last = rest[0].label, rest[-1].label
    which = f"Number {first} is" if len(rest) == 1 else f"Numbers {first} to {last} are"
    return f"{which} listed in places.csv and in the PDF."
