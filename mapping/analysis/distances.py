"""How far it is from people to places: a straight line times a detour, or another metric like it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

if TYPE_CHECKING:
    from scipy.spatial import KDTree

Points: TypeAlias = npt.NDArray[np.float64]
"""n rows of easting and northing, metres, EPSG:27700."""
IntArray: TypeAlias = npt.NDArray[np.int64]
FloatArray: TypeAlias = npt.NDArray[np.float64]

DECIMALS: Final = 6
"""Metres are rounded to a micrometre, so that what is exactly as far as the limit is within it."""
MANY: Final = 50_000
"""From so many origins on, the search is shared among the processors."""


@dataclass(frozen=True, eq=False)
class Reach:
    """Every origin and target no farther apart than a limit; sorted by origin, then metres, then target."""

    origin: IntArray
    """Positions among the origins, from 0."""
    target: IntArray
    metres: FloatArray

    def within(self, metres: float) -> "Reach":
        """The pairs of these that are no more than `metres` apart."""
        is_near = self.metres <= metres
        return Reach(self.origin[is_near], self.target[is_near], self.metres[is_near])


class Metric(Protocol):
    """A way to measure distances; all that is measured is in metres."""

    @property
    def words(self) -> str:
        """The metric for a reader, as in "straight line × 1.3"."""

    def nearest(self, origins: Points, targets: Points) -> tuple[IntArray, FloatArray]:
        """For each origin the position of its nearest target, -1 for none, and the metres, inf for none.

        Where several are equally near it is the one of the lowest position.
        """

    def pairs(self, origins: Points, targets: Points, *, within_m: float) -> Reach:
        """All origins and targets that are at most `within_m` apart."""


@dataclass(frozen=True, kw_only=True)
class StraightLine:
    """Straight lines, times how much longer the way on foot is: 1.3 is usual in British towns.

    Raises ValueError where `detour` is below 1 or no number: no way is shorter than the straight one.
    """

    detour: float = 1.3

    def __post_init__(self) -> None:
        if not (np.isfinite(self.detour) and self.detour >= 1):
            raise ValueError(f"A detour is a number from 1 up, not {self.detour}.")

    @property
    def words(self) -> str:
        """The metric for a reader."""
        return f"straight line × {self.detour:g}"

    def nearest(self, origins: Points, targets: Points) -> tuple[IntArray, FloatArray]:
        """For each origin the position of its nearest target, -1 for none, and the metres, inf for none.

        Where several are equally near it is the one of the lowest position. Raises ValueError where a
        position is no number.
        """
        starts, ends = checked(origins), checked(targets)
        if not (len(starts) and len(ends)):
            return np.full(len(starts), -1, dtype=np.int64), np.full(len(starts), np.inf)
        # Places at one spot are one to the search; the first of each spot stands for all.
        spots, firsts = np.unique(ends, axis=0, return_index=True)
        tree = _tree(spots)
        n = min(2, len(spots))
        _, found = tree.query(starts, k=np.arange(1, n + 1), workers=_workers(len(starts)))
        metres = np.column_stack([self._metres(starts, spots[found[:, at]]) for at in range(n)])
        positions = firsts[found[:, 0]].astype(np.int64)
        shortest = metres.min(axis=1)
        if n == 2:
            tied = np.flatnonzero(metres[:, 0] >= metres[:, 1])
            positions[tied] = self._lowest(
                starts[tied], shortest[tied], spots=spots, firsts=firsts, tree=tree
            )
        return positions, shortest

    def pairs(self, origins: Points, targets: Points, *, within_m: float) -> Reach:
        """All origins and targets that are at most `within_m` apart, detour included.

        Raises ValueError where a position is no number, or `within_m` is none or below zero.
        """
        starts, ends = checked(origins), checked(targets)
        require_limit(within_m)
        if not (len(starts) and len(ends)):
            return nobody()
        found = _tree(starts).sparse_distance_matrix(
            _tree(ends), within_m / self.detour + 10.0**-DECIMALS, output_type="ndarray"
        )
        origin, target = found["i"].astype(np.int64), found["j"].astype(np.int64)
        return in_order(origin, target, self._metres(starts[origin], ends[target])).within(within_m)

    # Here alone a distance is worked out: what is the nearest and what is within must never disagree.
    def _metres(self, starts: Points, ends: Points) -> FloatArray:
        apart = starts - ends
        straight = np.sqrt(apart[:, 0] ** 2 + apart[:, 1] ** 2)
        return np.asarray(np.round(straight * self.detour, DECIMALS))

    def _lowest(
        self, starts: Points, metres: FloatArray, *, spots: Points, firsts: IntArray, tree: "KDTree"
    ) -> IntArray:
        """The lowest position among the targets that are exactly `metres` from each of `starts`."""
        balls = tree.query_ball_point(starts, metres / self.detour + 10.0**-DECIMALS)
        sizes = np.array([len(ball) for ball in balls], dtype=np.int64)
        row = np.repeat(np.arange(len(starts)), sizes)
        spot = np.concatenate([np.asarray(ball, dtype=np.int64) for ball in balls] or [row])
        is_nearest = self._metres(starts[row], spots[spot]) == metres[row]
        lowest = np.full(len(starts), np.iinfo(np.int64).max)
        np.minimum.at(lowest, row[is_nearest], firsts[spot[is_nearest]])
        return lowest


def positions(table: pd.DataFrame) -> Points:
    """The `easting` and `northing` of each row of `table`."""
    return table[["easting", "northing"]].to_numpy(dtype=np.float64, na_value=np.nan)


def checked(points: Points) -> Points:
    """`points` as they are. Raises ValueError where they are no rows of two numbers each."""
    if points.ndim != 2 or points.shape[1] != 2:
        raise ValueError(f"Positions are rows of easting and northing, not of shape {points.shape}.")
    if not np.isfinite(points).all():
        raise ValueError(f"{(~np.isfinite(points).all(axis=1)).sum()} positions are no numbers.")
    return points


def require_limit(within_m: float) -> None:
    """Nothing, if `within_m` is a length. Raises ValueError where it is none or below zero."""
    if not (np.isfinite(within_m) and within_m >= 0):
        raise ValueError(f"A limit is a number of metres from 0 up, not {within_m}.")


def nobody() -> Reach:
    """No pairs at all."""
    none = np.empty(0, dtype=np.int64)
    return Reach(none, none, np.empty(0))


def in_order(origin: IntArray, target: IntArray, metres: FloatArray) -> Reach:
    """These pairs, each given once, sorted by origin, metres and target; the metres to a micrometre."""
    rounded = np.asarray(np.round(metres, DECIMALS))
    order = _order(origin, target, rounded) if len(rounded) else np.empty(0, dtype=np.int64)
    return Reach(origin[order], target[order], rounded[order])


def _order(origin: IntArray, target: IntArray, metres: FloatArray) -> IntArray:
    whole = np.rint(metres * 10.0**DECIMALS)
    bits = int(whole.max()).bit_length()
    if bits + int(origin.max()).bit_length() >= 63:
        return np.lexsort((target, metres, origin))
    # One number that sorts by both sorts eight times as fast; few pairs are left to sort by the target.
    key = (origin << bits) | whole.astype(np.int64)
    order = np.argsort(key)
    is_same = np.diff(key[order]) == 0
    tied = np.flatnonzero(np.append(is_same, False) | np.append(False, is_same))
    if len(tied):
        among = order[tied]
        order[tied] = among[np.lexsort((target[among], key[among]))]
    return order


def _tree(points: Points) -> "KDTree":
    # Half a second to import: nobody who only looks at a map should wait for it.
    from scipy.spatial import KDTree

    return KDTree(points)


def _workers(n: int) -> int:
    return -1 if n >= MANY else 1
