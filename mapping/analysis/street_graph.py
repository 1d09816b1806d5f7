"""Streets as a graph: cut into short pieces, and the shortest length from node to node."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from mapping.analysis.distances import FloatArray, IntArray
from mapping.streets import Streets

if TYPE_CHECKING:
    from scipy.sparse import csr_array

GRAIN: Final = 2.0**-16
"""Metres: every length is a whole number of these, so that sums are exact in whatever order they are made."""


def cut(streets: Streets, *, every_m: float) -> Streets:
    """The same streets, the pieces of more than `every_m` cut into equal ones of no more.

    The nodes come first, as they were; then those that cutting adds, on the straight line between the ends of
    a piece. What a piece is longer than that line is spread over its parts.
    """
    apart_e, apart_n = (
        axis[streets.ends] - axis[streets.starts] for axis in (streets.eastings, streets.northings)
    )
    n_parts = np.maximum(np.ceil(np.hypot(apart_e, apart_n) / every_m), 1).astype(np.int64)
    piece, nth = ranges(np.zeros_like(n_parts), n_parts)
    is_inner = nth > 0
    share = (nth / n_parts[piece])[is_inner]
    # The node that a part begins at: that of its piece, or the next of those that are added.
    added = len(streets.eastings) + np.cumsum(is_inner) - 1
    begins = np.where(is_inner, added, streets.starts[piece])
    is_last = nth == n_parts[piece] - 1
    whose = piece[is_inner]
    return replace(
        streets,
        eastings=np.concatenate(
            [streets.eastings, streets.eastings[streets.starts[whose]] + share * apart_e[whose]]
        ),
        northings=np.concatenate(
            [streets.northings, streets.northings[streets.starts[whose]] + share * apart_n[whose]]
        ),
        starts=begins,
        ends=np.where(is_last, streets.ends[piece], np.append(begins[1:], 0)),
        metres=(streets.metres / n_parts)[piece],
    )


def shortest_graph(streets: Streets) -> "csr_array":
    """Metres from node to node, both ways, in whole grains.

    None is shorter than the straight line. Of several pieces between the same nodes it is the shortest; a
    piece that leads back to its own node is left out.
    """
    from scipy.sparse import csr_array

    n = len(streets.eastings)
    straight = np.hypot(
        streets.eastings[streets.ends] - streets.eastings[streets.starts],
        streets.northings[streets.ends] - streets.northings[streets.starts],
    )
    # To scipy a length of nothing is no way at all: the shortest piece is one grain long.
    metres = np.maximum(grained(np.maximum(streets.metres, straight)), GRAIN)
    row = np.concatenate([streets.starts, streets.ends])
    column = np.concatenate([streets.ends, streets.starts])
    both = np.concatenate([metres, metres])
    order = np.lexsort((both, column, row))
    pair = row[order] * n + column[order]
    # scipy would add up the lengths of two pieces between the same nodes.
    kept = order[(np.diff(pair, prepend=-1) != 0) & (row[order] != column[order])]
    # Dijkstra's indices are of 32 bits.
    return csr_array((both[kept], (row[kept].astype(np.int32), column[kept].astype(np.int32))), shape=(n, n))


def grained(metres: Any) -> FloatArray:
    """`metres`, up to the next whole grain: what was no shorter than a straight line still is not."""
    return np.asarray(np.ceil(metres / GRAIN) * GRAIN)


def ranges(low: IntArray, high: IntArray) -> tuple[IntArray, IntArray]:
    """Every whole number from `low` up to below `high`, for each pair of these; before it, of which pair."""
    n = high - low
    which = np.repeat(np.arange(len(n)), n)
    nth = np.arange(len(which)) - np.repeat(np.cumsum(n) - n, n)
    return which, low[which] + nth
