"""Where the signs of places stand: at their spots where there is room, spread apart where they are many.

What still stands too thick shares one sign. Everything follows from the positions alone: the same places
stand the same way each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import pi
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mapping.render.sheet import apart, lettering, signs
from mapping.render.sheet.apart import Signs
from mapping.render.sheet.frame import Box, Points

AROUND_MM: Final = 6.5
"""A crowd is looked for so far around a sign."""
SAME_MM: Final = 0.05
MOST_ON_A_SPOT: Final = 4
"""So many signs are spread around one spot; more share one."""
MOST_SIGNS: Final = 150
"""Of more than these, near ones share a sign before any is spread."""
LONGEST_LIST: Final = 9
"""Letters of a shared sign that lists its numbers: `3, 5`, `3–7`."""


@dataclass(frozen=True, kw_only=True)
class Spot:
    """One sign to draw, in millimetres of the sheet."""

    members: tuple[int, ...]
    """Positions, in the order given, of what it stands for."""
    label: str
    x: float
    y: float
    width: float
    height: float
    is_shared: bool

    @property
    def box(self) -> Box:
        """What it covers."""
        w, h = self.width / 2, self.height / 2
        return self.x - w, self.y - h, self.x + w, self.y + h


def spread(
    at: Points,
    labels: Sequence[str],
    *,
    alone: Sequence[bool],
    box: Box,
    taken: Sequence[Box] = (),
    scale: float = 1.0,
    full: float = 1.25,
) -> list[Spot]:
    """The signs of n spots, so that none overlaps another, nor a box of `taken`.

    Parameters
    ----------
    at : n × 2, millimetres of the sheet, inside `box`.
    labels : the number or letter of each.
    alone : whether it may not share a sign.
    scale : times their usual size that signs, letters and distances have.
    full : signs that would fill the ground around them so many times are a crowd: the nearest share.
    """
    groups = _first_groups(at, alone, scale)
    while True:
        texts = [_label([labels[i] for i in group]) for group in groups]
        made = _made(at, groups, texts, scale)
        may = np.array([not alone[group[0]] for group in groups], dtype=bool)
        pairs = _nearest(made, _dense(made, scale, full), may)
        if not pairs:
            moved, crowded = apart.relaxed(made, box, taken, scale)
            far = np.hypot(*(moved - made.home).T) > apart.FARTHEST_MM * scale
            pairs = _nearest(made, _around(moved, far | crowded, scale), may)
        if not pairs:
            return [
                _spot(*each, made, moved, row) for row, each in enumerate(zip(groups, texts, strict=True))
            ]
        groups = _joined(groups, pairs)


def sharing(numbers: Sequence[str]) -> str:
    """What a sign says that stands for several numbers: `3–7`, `3, 5`, or `3 +41` for 3 and 41 more."""
    counted = sorted(map(int, numbers))
    breaks = [0, *(i + 1 for i, (one, two) in enumerate(pairwise(counted)) if two != one + 1), len(counted)]
    runs = [(counted[start], counted[end - 1]) for start, end in pairwise(breaks)]
    said = ", ".join(f"{low}–{high}" if high > low else f"{low}" for low, high in runs)
    return said if len(said) <= LONGEST_LIST else f"{counted[0]} +{len(counted) - 1}"


def _label(labels: list[str]) -> str:
    return labels[0] if len(labels) == 1 else sharing(labels)


def _first_groups(at: Points, alone: Sequence[bool], scale: float) -> list[list[int]]:
    """Spots that are the same share a sign where they are many; near ones too where all together are many."""
    for reach in (SAME_MM, 0.8, 1.2, 1.8, 2.7, 4.0, 6.0, 9.0):
        groups = _within(at, alone, reach * (scale if reach > SAME_MM else 1))
        if len(groups) <= MOST_SIGNS or reach == 9.0:
            break
    if reach > SAME_MM:
        return groups
    return [
        part
        for group in groups
        for part in ([[i] for i in group] if len(group) <= MOST_ON_A_SPOT else [group])
    ]


def _within(at: Points, alone: Sequence[bool], reach: float) -> list[list[int]]:
    """Each spot with the first one before it that is within `reach`."""
    groups: list[list[int]] = []
    heads = np.empty((0, 2))
    for i, spot in enumerate(at):
        near = np.flatnonzero(np.hypot(*(heads - spot).T) <= reach)
        home = next((int(n) for n in near if not alone[i] and not alone[groups[n][0]]), None)
        if home is None:
            groups.append([i])
            heads = np.vstack([heads, spot])
        else:
            groups[home].append(i)
    return groups


def _made(at: Points, groups: list[list[int]], texts: list[str], scale: float) -> Signs:
    home = np.array([at[group].mean(axis=0) for group in groups]).reshape(-1, 2)
    size_mm, size_pt = signs.SIZE_MM * scale, signs.NUMBER_PT * scale
    wide = np.array([lettering.width(text, size_pt, weight=signs.WEIGHT) for text in texts])
    alone = np.array([len(group) == 1 for group in groups], dtype=bool)
    single = np.maximum(size_mm, wide + 0.95 * scale)
    width = np.where(alone, single, wide + size_mm * 0.72) + 2 * signs.HALO_MM
    height = np.where(alone, single, size_mm * 1.05) + 2 * signs.HALO_MM
    return Signs(home=home, half=np.column_stack([width, height]) / 2, is_round=alone)


def _dense(made: Signs, scale: float, full: float) -> list[NDArray[np.int64]]:
    """The crowds: for each sign around which too many stand, all that stand there."""
    reach = AROUND_MM * scale
    near = np.hypot(*np.moveaxis(made.home[:, None] - made.home[None], -1, 0)) <= reach
    needed = (2 * made.half + apart.GAP_MM * scale).prod(axis=1)
    filled = (near * needed).sum(axis=1) / (pi * reach**2)
    return [np.flatnonzero(near[i]) for i in np.argsort(-filled, kind="stable") if filled[i] > full]


def _around(moved: Points, bad: NDArray[np.bool_], scale: float) -> list[NDArray[np.int64]]:
    """The crowds around signs that stand badly."""
    near = np.hypot(*np.moveaxis(moved[:, None] - moved[None], -1, 0)) <= AROUND_MM * scale
    return [np.flatnonzero(near[i]) for i in np.flatnonzero(bad)]


def _nearest(made: Signs, crowds: list[NDArray[np.int64]], may: NDArray[np.bool_]) -> dict[int, int]:
    """The two nearest signs of each crowd, each sign in one pair at most; by the first of the pair."""
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for crowd in crowds:
        free = [int(i) for i in crowd if may[i]]
        if len(free) < 2 or used.intersection(free):
            continue
        home = made.home[free]
        gaps = np.hypot(*np.moveaxis(home[:, None] - home[None], -1, 0))
        gaps[np.tril_indices(len(free))] = np.inf
        one, other = divmod(int(gaps.argmin()), len(free))
        pairs[free[one]] = free[other]
        used |= {*free}
    return pairs


def _joined(groups: list[list[int]], pairs: dict[int, int]) -> list[list[int]]:
    gone = {*pairs.values()}
    return [
        sorted([*group, *(groups[pairs[i]] if i in pairs else [])])
        for i, group in enumerate(groups)
        if i not in gone
    ]


def _spot(group: list[int], text: str, made: Signs, moved: Points, row: int) -> Spot:
    (x, y), (width, height) = moved[row], 2 * made.half[row]
    return Spot(
        members=tuple(group), label=text, x=float(x), y=float(y), width=float(width), height=float(height),
        is_shared=len(group) > 1,
    )  # fmt: skip
