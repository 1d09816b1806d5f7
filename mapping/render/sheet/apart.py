"""Signs pushed apart until none overlaps, each as near to its spot as the others let it be."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import pi, sqrt
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mapping.render.sheet.frame import Box, Points

GAP_MM: Final = 0.25
"""Between two signs, beside their halos."""
FARTHEST_MM: Final = 5.0
"""A sign should stand no farther from its spot."""
STEPS: Final = 140
SETTLED_MM: Final = 0.05
GOLDEN: Final = pi * (3 - sqrt(5))


@dataclass(frozen=True, kw_only=True)
class Signs:
    """Signs before they are moved, one a row, in millimetres."""

    home: Points
    half: Points
    """Half of width and height."""
    is_round: NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class _Pairs:
    """Two signs a row."""

    one: NDArray[np.int64]
    other: NDArray[np.int64]
    apart: Points
    """How far their middles must be apart, sideways or up."""
    both_round: NDArray[np.bool_]


def relaxed(made: Signs, box: Box, taken: Sequence[Box], scale: float) -> tuple[Points, NDArray[np.bool_]]:
    """Where each sign comes to stand, and whether it still overlaps another."""
    # The same spot has no direction to part in: each turns a little further than the one before.
    turn = np.arange(len(made.home)) * GOLDEN
    at = made.home + np.column_stack([np.cos(turn), np.sin(turn)]) * 0.02
    walls = np.array(taken, dtype=float).reshape(-1, 4)
    pairs = _pairs(made, scale)
    low, high = np.array(box[:2]) + made.half, np.array(box[2:]) - made.half
    overlap = np.zeros(len(at))
    for step in range(STEPS):
        push, overlap = _pushes(at, pairs)
        wall, blocked = _off_walls(at, made.half, walls)
        pull = 0.1 * max(0.0, 1 - 1.4 * step / STEPS) * (made.home - at)
        at = np.clip(at + 0.9 * push + wall + pull, low, np.maximum(low, high))
        overlap = np.maximum(overlap, blocked)
        is_calm = step >= 0.7 * STEPS or np.abs(pull).max(initial=0) < 0.01
        if is_calm and overlap.max(initial=0) < SETTLED_MM:
            break
    return at, overlap > 2 * SETTLED_MM


def _pairs(made: Signs, scale: float) -> _Pairs:
    """The pairs that can meet on their way."""
    one, other = np.triu_indices(len(made.home), 1)
    apart = made.half[one] + made.half[other] + GAP_MM * scale
    reach = 2 * FARTHEST_MM * scale
    near = (np.abs(made.home[one] - made.home[other]) < apart + reach).all(axis=1)
    both_round = made.is_round[one] & made.is_round[other]
    return _Pairs(one=one[near], other=other[near], apart=apart[near], both_round=both_round[near])


def _pushes(at: Points, pairs: _Pairs) -> tuple[Points, NDArray[np.float64]]:
    """How far each sign is pushed by those it overlaps, and its largest overlap."""
    away = at[pairs.one] - at[pairs.other]
    gap = np.hypot(away[:, 0], away[:, 1])
    by = pairs.apart - np.abs(away)
    sideways = by[:, 0] < by[:, 1]
    depth = np.where(pairs.both_round, pairs.apart[:, 0] - gap, by.min(axis=1)).clip(min=0)
    sign = np.where(away >= 0, 1.0, -1.0)
    straight = sign * np.column_stack([sideways, ~sideways])
    push = np.where(pairs.both_round[:, None], away / gap[:, None], straight) * depth[:, None] / 2
    n = len(at)
    parts = [
        np.bincount(pairs.one, push[:, axis], n) - np.bincount(pairs.other, push[:, axis], n)
        for axis in (0, 1)
    ]
    overlap = np.zeros(n)
    np.maximum.at(overlap, pairs.one, depth)
    np.maximum.at(overlap, pairs.other, depth)
    return np.column_stack(parts), overlap


def _off_walls(at: Points, half: Points, walls: Points) -> tuple[Points, NDArray[np.float64]]:
    """How far each sign must go to leave the boxes it stands in, the short way; and how deep it stands."""
    if not len(walls):
        return np.zeros_like(at), np.zeros(len(at))
    left = at[:, None, 0] + half[:, None, 0] - walls[:, 0]
    right = walls[:, 2] - at[:, None, 0] + half[:, None, 0]
    down = at[:, None, 1] + half[:, None, 1] - walls[:, 1]
    up = walls[:, 3] - at[:, None, 1] + half[:, None, 1]
    ways = np.stack([left, right, down, up], axis=-1)
    depth = ways.min(axis=-1).clip(min=0)
    way = ways.argmin(axis=-1)
    x = np.where(way == 0, -depth, np.where(way == 1, depth, 0)).sum(axis=1)
    y = np.where(way == 2, -depth, np.where(way == 3, depth, 0)).sum(axis=1)
    return np.column_stack([x, y]), depth.max(axis=1)
