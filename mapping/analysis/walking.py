"""How far it is on foot, along the streets of a file; another `distances.Metric`.

Each point is joined to the nearest node of the streets, by a straight line times a detour. The way between
two points is the shortest along the streets, with the joining at both ends. Two points joined to one node
are a straight line times the detour apart: the way by the node is never shorter.

Streets are walked both ways. Only the largest part of them that hangs together counts: the nodes of islands
(`n_left_out`) are mostly scraps at the edge of the file, and nobody could leave them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np
import numpy.typing as npt

from mapping.analysis.distances import (
    DECIMALS,
    FloatArray,
    IntArray,
    Points,
    Reach,
    checked,
    in_order,
    nobody,
    require_limit,
)
from mapping.analysis.street_graph import GRAIN, cut, grained, ranges, shortest_graph
from mapping.errors import UnusableFileError
from mapping.streets import Streets

if TYPE_CHECKING:
    from scipy.sparse import csr_array
    from scipy.spatial import KDTree

METRES_A_MINUTE: Final = 80.0
"""4.8 km/h."""
TIE: Final = 2.0**-32
"""Far below a grain: what puts the first of several targets that are equally near before the others."""
MOST_TIED: Final = int(GRAIN / TIE / 2)
CUT_M: Final = 25.0
"""Metres from node to node, at most, along a street."""
FAR_M: Final = 500.0
"""Farther than this from every node, a point is not where the streets are."""
MOST_FAR: Final = 0.1
"""So great a share of the points may be: fields and moors have postcodes too."""
SMALLEST_SQUARE_M: Final = 1_000.0
AT_ONCE: Final = 4_000_000
"""Distances that are held at a time: 32 MB."""


@dataclass(frozen=True, eq=False, kw_only=True)
class WalkingNetwork:
    """The streets of one file, ready to be walked; made by `walking_network`, never written to."""

    name: str
    detour: float
    nodes: Points
    graph: "csr_array"
    """`street_graph.shortest_graph` of `nodes`."""
    tree: "KDTree"
    """Of `nodes`."""
    n_left_out: int
    """How many nodes of the file are on islands, hence not among `nodes`."""

    @property
    def words(self) -> str:
        """The metric for a reader."""
        return f"walking network ({self.name})"

    def is_far(self, points: Points) -> npt.NDArray[np.bool_]:
        """Whether each point is more than `FAR_M` in a straight line from every node of the streets."""
        return np.asarray(self.tree.query(checked(points))[0] > FAR_M)

    def nearest(self, origins: Points, targets: Points) -> tuple[IntArray, FloatArray]:
        """For each origin the position of its nearest target, -1 for none, and the metres, inf for none.

        Where several are equally near it is the one of the lowest position (where targets are joined to more
        than `MOST_TIED` nodes, one of them). Raises ValueError where a position is no number.
        """
        starts, ends = checked(origins), checked(targets)
        if not (len(starts) and len(ends)):
            return np.full(len(starts), -1, dtype=np.int64), np.full(len(starts), np.inf)
        at, joined = self._joined(starts)
        to, beyond = self._joined(ends)
        order = np.lexsort((beyond, to))
        # At each node only the target with the shortest joining can be the nearest of another node's origins.
        firsts = np.sort(order[np.unique(to[order], return_index=True)[1]])
        metres, source = self._from_nearest(to[firsts], beyond[firsts])
        positions, lengths = firsts[source[at]], np.round(metres[at] + joined, DECIMALS)
        # But those that share its node are nearer than by way of it.
        near = self._at_one_node(starts, ends, at=at, to=to)
        mine, first = np.unique(near.origin, return_index=True)
        other, straight = near.target[first], near.metres[first]
        is_nearer = (straight < lengths[mine]) | ((straight == lengths[mine]) & (other < positions[mine]))
        positions[mine[is_nearer]] = other[is_nearer]
        lengths[mine[is_nearer]] = straight[is_nearer]
        return positions, lengths

    def pairs(self, origins: Points, targets: Points, *, within_m: float) -> Reach:
        """All origins and targets that are at most `within_m` apart.

        Raises ValueError where a position is no number, or `within_m` is none or below zero.
        """
        starts, ends = checked(origins), checked(targets)
        require_limit(within_m)
        if not (len(starts) and len(ends)):
            return nobody()
        at, joined = self._joined(starts)
        to, beyond = self._joined(ends)
        if len(np.unique(at)) > len(np.unique(to)):
            # A search from every node that somebody is joined to: from the side that has fewer.
            back = self.pairs(targets, origins, within_m=within_m)
            return in_order(back.target, back.origin, back.metres)
        near = self._at_one_node(starts, ends, at=at, to=to)
        # A grain more, for what rounding puts within the limit.
        found = [near, *self._apart(at, joined, to, beyond, within_m=within_m + GRAIN)]
        parts = (np.concatenate(part) for part in zip(*map(_parts, found), strict=True))
        return in_order(*parts).within(within_m)

    def _joined(self, points: Points) -> tuple[IntArray, FloatArray]:
        """The node that each point is joined to, and the metres to it."""
        straight, nodes = self.tree.query(points)
        return np.asarray(nodes, dtype=np.int64), grained(straight * self.detour)

    def _from_nearest(self, nodes: IntArray, joined: FloatArray) -> tuple[FloatArray, IntArray]:
        """For each node of the streets the metres from the nearest of several, `joined` more each, and which.

        Each of `nodes` gets a node before it, as far off as its joining is long: there the search starts.
        """
        from scipy.sparse import csr_array
        from scipy.sparse.csgraph import dijkstra

        n, m = len(self.nodes), len(nodes)
        rank = np.arange(1, m + 1) if m <= MOST_TIED else np.ones(m)
        weights = np.concatenate([self.graph.data, joined + rank * TIE])
        indices = np.concatenate([self.graph.indices, nodes]).astype(np.int32)
        indptr = np.concatenate([self.graph.indptr, self.graph.indptr[-1] + np.arange(1, m + 1)])
        wider = csr_array((weights, indices, indptr.astype(np.int32)), shape=(n + m, n + m))
        metres, _, sources = dijkstra(
            wider, indices=np.arange(n, n + m), min_only=True, return_predecessors=True
        )
        return np.floor(metres[:n] / GRAIN) * GRAIN, np.asarray(sources[:n] - n, dtype=np.int64)

    def _at_one_node(self, starts: Points, ends: Points, *, at: IntArray, to: IntArray) -> Reach:
        """All origins and targets that are joined to the same node."""
        order = np.argsort(to, kind="stable")
        low, high = (np.searchsorted(to[order], at, side=side) for side in ("left", "right"))
        origin, place = ranges(low, high)
        target = order[place]
        straight = np.hypot(*(starts[origin] - ends[target]).T)
        return in_order(origin, target, grained(straight * self.detour))

    def _apart(
        self, at: IntArray, joined: FloatArray, to: IntArray, beyond: FloatArray, *, within_m: float
    ) -> Iterator[Reach]:
        """All origins and targets within reach that are joined to different nodes, some at a time."""
        by_node, by_other = np.argsort(at, kind="stable"), np.argsort(to, kind="stable")
        for ours, theirs, metres in self._between(np.unique(at), np.unique(to), within_m=within_m):
            pair, place = ranges(*_bounds(at[by_node], ours))
            origin = by_node[place]
            whose, place = ranges(*_bounds(to[by_other], theirs[pair]))
            origin, target = origin[whose], by_other[place]
            between = metres[pair[whose]]
            yield Reach(origin, target, joined[origin] + between + beyond[target]).within(within_m)

    def _between(
        self, ours: IntArray, theirs: IntArray, *, within_m: float
    ) -> Iterator[tuple[IntArray, IntArray, FloatArray]]:
        """Every two different nodes, one of each, within reach along the streets; and the metres.

        From the nodes of one square at a time, by the streets around it: no way within reach leaves these.
        """
        from scipy.sparse.csgraph import dijkstra

        squares = np.floor(self.nodes[ours] / max(2 * within_m, SMALLEST_SQUARE_M))
        _, square = np.unique(squares, axis=0, return_inverse=True)
        for nth in range(square.max() + 1):
            mine = ours[square == nth]
            low, high = self.nodes[mine].min(axis=0) - within_m, self.nodes[mine].max(axis=0) + within_m
            around = np.flatnonzero(((self.nodes >= low) & (self.nodes <= high)).all(axis=1))
            others = np.intersect1d(theirs, around, assume_unique=True)
            graph = self.graph[around][:, around]
            n_searches = max(1, AT_ONCE // len(around))
            for some in np.split(mine, range(n_searches, len(mine), n_searches)):
                metres = dijkstra(graph, indices=np.searchsorted(around, some), limit=within_m)
                metres = metres[:, np.searchsorted(around, others)]
                row, column = np.nonzero(np.isfinite(metres) & (some[:, None] != others))
                yield some[row], others[column], metres[row, column]


def walking_network(streets: Streets, *, detour: float = 1.3, cut_m: float = CUT_M) -> WalkingNetwork:
    """The largest part of `streets` that hangs together, ready to be walked.

    `detour` is what the straight line from a point to its node is multiplied by. Pieces of more than `cut_m`
    get nodes on the way, so that a house is joined to its street and not to the next corner. A piece is never
    shorter than the straight line between its ends, whatever the file says; of pieces between the same two
    nodes the shortest counts.

    Raises ValueError where `detour` is below 1 or no number, or there is no piece at all.
    """
    from scipy.sparse.csgraph import connected_components
    from scipy.spatial import KDTree

    if not (np.isfinite(detour) and detour >= 1):
        raise ValueError(f"A detour is a number from 1 up, not {detour}.")
    if not len(streets.starts):
        raise ValueError("There is no street to walk along.")
    pieces = cut(streets, every_m=cut_m)
    nodes = np.column_stack([pieces.eastings, pieces.northings])
    whole = shortest_graph(pieces)
    _, part = connected_components(whole, directed=False)
    kept = np.flatnonzero(part == np.bincount(part).argmax())
    return WalkingNetwork(
        name=streets.name,
        detour=detour,
        nodes=nodes[kept],
        graph=whole[kept][:, kept],
        tree=KDTree(nodes[kept]),
        n_left_out=len(streets.eastings) - int((kept < len(streets.eastings)).sum()),
    )


def require_streets(network: WalkingNetwork, points: Points, *, council: str) -> None:
    """Nothing, where the streets of `network` reach nearly all of `points`, those of `council`.

    Raises UnusableFileError where they do not: without streets all ways would be straight lines.
    """
    share = float(network.is_far(points).mean()) if len(points) else 0.0
    if share > MOST_FAR:
        raise UnusableFileError(
            f"{network.name} holds no streets near {share:.0%} of the postcodes of {council}. Measure in "
            f"straight lines, or bring a street file of all of {council} and 3 km around it."
        )


def minutes(metres: FloatArray) -> FloatArray:
    """The minutes that so many metres take on foot, at 4.8 km/h."""
    return np.asarray(metres / METRES_A_MINUTE)


def _bounds(ordered: IntArray, values: IntArray) -> tuple[IntArray, IntArray]:
    """Where each of `values` begins and ends in `ordered`."""
    return np.searchsorted(ordered, values, side="left"), np.searchsorted(ordered, values, side="right")


def _parts(reach: Reach) -> tuple[IntArray, IntArray, FloatArray]:
    return reach.origin, reach.target, reach.metres
