"""A name on a map: how it may be broken into lines, and where it stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations
from typing import Final

from mapping.render.sheet import lettering
from mapping.render.sheet.frame import Box
from mapping.render.sheet.lettering import ASCENT, DESCENT, MM_PER_POINT

SIZES_PT: Final = (7.6, 7.0, 6.4, 5.8)
"""A name is tried in these, the first first."""
WEIGHT: Final = "semibold"
LEADING: Final = 1.06
LONGEST_MM: Final = 34.0
"""A line of a name is no longer."""
MOST_LINES: Final = 3
MOST_BREAKS: Final = 12
"""Words after these are not parted from each other."""
JOINT: Final = "& "
"""A line should not begin with it."""
SMALLER, BROKEN = 0.35, 0.25
"""What it costs to be set smaller, or in two lines."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """A name broken into lines at one size."""

    lines: tuple[str, ...]
    size_pt: float
    cost: float

    @cached_property
    def width(self) -> float:
        """Of the longest line, in millimetres."""
        return _width(self.lines, self.size_pt)

    @property
    def step(self) -> float:
        """From one baseline to the next."""
        return lettering.line_mm(self.size_pt, LEADING)

    @property
    def height(self) -> float:
        """From the first line's top to the last one's foot."""
        return (ASCENT + DESCENT) * self.size_pt * MM_PER_POINT + (len(self.lines) - 1) * self.step


@dataclass(frozen=True, kw_only=True)
class Name:
    """A name where it is to be written."""

    setting: Setting
    x: float
    """Of its middle."""
    y: float
    """Of its foot."""
    cost: float
    leader: tuple[tuple[float, float], ...] = ()
    """From its area to the name, where it stands outside."""

    @property
    def box(self) -> Box:
        """What its lines cover."""
        half = self.setting.width / 2
        return self.x - half, self.y, self.x + half, self.y + self.setting.height

    @property
    def baselines(self) -> Iterator[tuple[str, float]]:
        """Each line and the height of its baseline, the first first."""
        first = self.y + self.setting.height - ASCENT * self.setting.size_pt * MM_PER_POINT
        return ((line, first - i * self.setting.step) for i, line in enumerate(self.setting.lines))


def settings_of(name: str, *, scale: float) -> tuple[Setting, ...]:
    """The ways to set `name`, the best first: sizes, and breaks that make its lines alike."""
    plain = lettering.clean(name)
    made = []
    for step, size in enumerate(each * scale for each in SIZES_PT):
        for n, lines in enumerate(_broken(plain, size, LONGEST_MM * scale)):
            made.append(Setting(lines=lines, size_pt=size, cost=step * SMALLER + (BROKEN if n == 1 else 0)))
    return tuple(made)


def _broken(name: str, size_pt: float, most_mm: float) -> Iterator[tuple[str, ...]]:
    """`name` in one line, in two and in three, where no line is too long."""
    words = name.split(" ")
    found = False
    for n in range(1, min(MOST_LINES, len(words)) + 1):
        ways = (
            tuple(" ".join(words[a:b]) for a, b in zip((0, *cuts), (*cuts, len(words)), strict=True))
            for cuts in combinations(range(1, min(len(words), MOST_BREAKS)), n - 1)
        )
        way = min(
            ways, key=lambda lines: (any(line.startswith(JOINT) for line in lines), _width(lines, size_pt))
        )
        if _width(way, size_pt) <= most_mm:
            found = True
            yield way
    if not found:
        lines = lettering.wrapped(name, most_mm, size_pt=size_pt, weight=WEIGHT, most_lines=MOST_LINES)
        yield tuple(lines)


def _width(lines: tuple[str, ...], size_pt: float) -> float:
    return max(lettering.width(line, size_pt, weight=WEIGHT) for line in lines)
