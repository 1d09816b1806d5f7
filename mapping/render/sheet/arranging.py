"""Where the parts of a sheet go: the map as large as can be, its key beside or under it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import Final

from mapping.errors import AttributionError
from mapping.render.sheet import drawing, flow, footer, head, keys, notes, place_key
from mapping.render.sheet.flow import Column, Placed
from mapping.render.sheet.footer import Foot
from mapping.render.sheet.head import Head
from mapping.render.sheet.paper import Paper
from mapping.render.sheet.picture import Picture
from mapping.render.sheet.place_key import Entry
from mapping.render.sheet.sizes import Sizes

MAP_SHARE: Final = 0.45
"""Of the sheet's height: the map never has less."""
FAIR_MAP: Final = 0.47
"""The same where the key to the numbers asks for room."""
MOST_COLUMNS: Final = 3
WIDEST: Final = 1.3
"""A column of the key, in parts of its least width, where the map does not need the room."""
LEAST_WIDTH: Final = 0.48
"""Of the sheet's width, the map beside the most columns."""
TRIES: Final = ((1.0, 4), (0.92, 4), (0.84, 3), (0.76, 3), (0.72, 2), (0.6, 2), (0.52, 1))
"""By how much the key is set smaller, and the most lines of one of its texts, until it has room."""
N_FAIR: Final = 3
"""So many of these are tried to list all numbers."""
N_ABOVE: Final = 6
"""Lines kept for the title and the notes above them."""
LEAST_ROWS: Final = 4
"""So many lines of the key to the numbers have room, whatever else there is."""
STEP_MM: Final = 2.0
HEAD_GAP, FOOT_GAP, KEY_GAP = 0.6, 1.0, 0.8
"""Under the head, above the foot, and between a map and the key under it, in parts of the gap of columns."""

Box = tuple[float, float, float, float]
"""Left, bottom, width and height in millimetres from the sheet's lower left corner."""


@dataclass(frozen=True, kw_only=True)
class Key:
    """The map's box, the key set beside or under it, and the columns that are left for the numbers."""

    map_box: Box
    placed: tuple[Placed, ...]
    room: tuple[Column, ...]
    sizes: Sizes


@dataclass(frozen=True, kw_only=True)
class Arranged:
    """A sheet on which every part has its place."""

    head: Head
    foot: Foot
    key: Key


@dataclass(frozen=True, kw_only=True)
class Given:
    """What is to be arranged."""

    picture: Picture
    told: tuple[Entry, ...]
    """The key to the numbers."""
    title: str
    """Of the key to the numbers."""
    paper: Paper
    sizes: Sizes

    @property
    def width(self) -> float:
        """Between the margins."""
        return self.paper.width_mm - 2 * self.sizes.margin

    @property
    def aspect(self) -> float:
        """Width of what the map must show, in parts of its height."""
        west, south, east, north = self.picture.focus
        return (east - west) / max(north - south, 1.0)


def arranged(given: Given) -> Arranged:
    """The places of all parts.

    Raises AttributionError where the foot leaves no room for a map.
    """
    paper, sizes, is_wide = given.paper, given.sizes, given.paper.orientation == "landscape"
    foot = footer.foot(
        given.picture,
        width=given.width,
        sheet_height=paper.height_mm,
        n_columns=3 if is_wide else 2,
        sizes=sizes,
    )
    for tightness in range(len(head.TIGHTNESS)):
        top = head.head(given.picture, width=given.width, sizes=sizes, tightness=tightness)
        under = paper.height_mm - sizes.margin - top.height - HEAD_GAP * sizes.gap
        height = under - sizes.margin - foot.height - FOOT_GAP * sizes.gap
        middle = Column(left=sizes.margin, top=under, width=given.width, height=height)
        key = _chosen(given, _beside(given, middle) if is_wide else _below(given, middle))
        if key is not None:
            return Arranged(head=top, foot=foot, key=key)
    raise AttributionError(
        f"“{given.picture.title}” was not drawn: its sources and its key leave too little of the sheet "
        f"({paper.words}) for a map. Choose a larger paper."
    )


def _chosen(given: Given, choices: Iterator[Key]) -> Key | None:
    """The first of the fair `choices` that lists all numbers, else the first; None where there is none.

    What is kept for notes may not be needed: the smallest that lists all without it will do.
    """
    tried = list(islice(choices, 1))
    if tried and not _lists_all(given, tried[0]):
        tried += islice(choices, N_FAIR - 1)
    sure = (key for key in tried if _lists_all(given, key))
    likely = (key for key in reversed(tried) if _lists_all(given, key, is_sure=True))
    return next(chain(sure, likely, tried), None)


def _beside(given: Given, middle: Column) -> Iterator[Key]:
    """Keys to the right of the map in as few columns as can be; best first."""
    if middle.height < MAP_SHARE * given.paper.height_mm:
        return
    for by, most_lines in TRIES:
        found: Key | None = None
        for n in range(1, MOST_COLUMNS + 1):
            side = _side(given, middle, n, is_needed=found is None)
            if side is None or (found is not None and _lists_all(given, found)):
                break
            found = _key(given, *side, by=by, most_lines=most_lines) or found
        if found is not None:
            yield found


def _side(given: Given, middle: Column, n: int, *, is_needed: bool) -> tuple[Box, list[Column]] | None:
    """The map's box and `n` columns to its right, wider where the map has no use for the room.

    None where the map would become too narrow, or smaller for columns that are not needed.
    """
    sizes = given.sizes
    width = middle.width - n * (sizes.column + sizes.gap)
    useful = min(middle.height * given.aspect, middle.width - sizes.column - sizes.gap)
    least = LEAST_WIDTH * given.paper.width_mm
    if width < least or (width < useful and not is_needed):
        return None
    wider = min(max(0.0, width - max(useful, least)) / n, (WIDEST - 1) * sizes.column)
    width -= n * wider
    zone = replace(middle, left=middle.left + width + sizes.gap)
    box = (middle.left, middle.top - middle.height, width, middle.height)
    return box, _columns(zone, n, sizes.column + wider, sizes.gap)


def _below(given: Given, middle: Column) -> Iterator[Key]:
    """Keys under the map, as low as they can be where they list all numbers, else fair; best first."""
    sheet = given.paper.height_mm
    room = middle.height - KEY_GAP * given.sizes.gap
    fair = room - min(FAIR_MAP, middle.width / given.aspect / sheet) * sheet
    for by, most_lines in TRIES:
        found: list[Key] = []
        height = STEP_MM
        while height <= room - MAP_SHARE * sheet and not (found and _lists_all(given, found[-1])):
            key = _key(given, *_under(given, middle, height), by=by, most_lines=most_lines)
            found += [key] if key else []
            height += STEP_MM
        if found and _lists_all(given, found[-1]):
            yield found[-1]
        elif found:
            yield max((key for key in found if room - key.map_box[3] <= fair), key=_room, default=found[0])


def _under(given: Given, middle: Column, height: float) -> tuple[Box, list[Column]]:
    """The map's box and the columns of `height` under it."""
    sizes = given.sizes
    n = max(1, int((middle.width + sizes.gap) / (sizes.column + sizes.gap)))
    map_height = middle.height - KEY_GAP * sizes.gap - height
    box = (middle.left, middle.top - map_height, middle.width, map_height)
    zone = replace(middle, top=middle.top - map_height - KEY_GAP * sizes.gap, height=height)
    return box, _columns(zone, n, (middle.width - (n - 1) * sizes.gap) / n, sizes.gap)


def _room(key: Key) -> float:
    return -key.map_box[3]


def _columns(zone: Column, n: int, width: float, gap: float) -> list[Column]:
    return [replace(zone, left=zone.left + at * (width + gap), width=width) for at in range(n)]


def _key(given: Given, box: Box, columns: Sequence[Column], *, by: float, most_lines: int) -> Key | None:
    """The key in `columns`; None where it has no room, or leaves none for the numbers."""
    sizes = given.sizes.scaled(by)
    pieces = keys.key_pieces(
        given.picture.key,
        width=columns[0].width,
        sizes=sizes,
        metres_per_mm=drawing.scale_of(box, given.picture),
        most_lines=most_lines,
    )
    done = flow.run(pieces, columns)
    n_marks = len(given.told) - len(given.picture.places)  # listed nowhere else
    wanted = min(len(given.told), LEAST_ROWS + n_marks) + N_ABOVE
    if (
        any(not piece.is_space for piece in done.left_over)
        or place_key.n_lines(done.room, sizes=sizes) < wanted
    ):
        return None
    return Key(map_box=box, placed=done.placed, room=done.room, sizes=sizes)


def _lists_all(given: Given, key: Key, *, is_sure: bool = False) -> bool:
    """Whether all numbers have room, with what may have to be noted above them unless `is_sure`."""
    if place_key.n_lines(key.room, sizes=key.sizes) < len(given.told):
        return False
    width = key.room[0].width if key.room else 0.0
    before = notes.expected(given.picture, width=width, size_pt=key.sizes.row, is_sure=is_sure)
    return place_key.is_room(given.told, key.room, before=before, title=given.title, sizes=key.sizes)
