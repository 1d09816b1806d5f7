"""Which sites reach which points, as sparse tables; and what of them an exact answer can do without."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from mapping.analysis.distances import FloatArray, IntArray, Metric, Points

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

AT_ONCE: Final = 4_000
"""Points whose sites are looked for together, so that the pairs of a large city fit in memory."""
MOST_PRODUCTS: Final = 40_000_000
"""Products of numbers in comparing sites two by two: about a second."""
EQUAL: Final = 1e-9
"""Two values that differ by less than this share of them are equal: the rest is the order of adding up."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """Points of a value, and the sites that reach them."""

    value: FloatArray
    """Of each point, above 0."""
    by_point: "csr_matrix"
    """1 where the point (row) is reached from the site (column); columns sorted in each row."""
    by_site: "csr_matrix"
    """The same, a row a site."""

    @property
    def n_sites(self) -> int:
        """How many sites there are."""
        return int(self.by_site.shape[0])

    def left(self, sites: Sequence[int]) -> FloatArray:
        """What is to be had at each point beside `sites`: its value, or 0 where they reach it."""
        value = self.value.copy()
        for site in sites:
            value[self.points(site)] = 0
        return value

    def points(self, site: int) -> IntArray:
        """The positions of the points that `site` reaches."""
        table = self.by_site
        found: IntArray = table.indices[table.indptr[site] : table.indptr[site + 1]]
        return found

    def gains(self, left: FloatArray) -> FloatArray:
        """The value that each site would add where `left` is still to be had."""
        added: FloatArray = self.by_site @ left
        return added

    def total(self, sites: Sequence[int]) -> float:
        """The value of all points that `sites` reach together."""
        return float(self.value[self.left(sites) == 0].sum())


def coverage(
    points: Points, value: FloatArray, sites: Points, *, metric: Metric, within_m: float
) -> Coverage:
    """Which of `sites` reach which `points`, each at most `within_m` away."""
    from scipy.sparse import csr_matrix, vstack

    parts = [csr_matrix((0, len(sites)))]
    for start in range(0, len(points), AT_ONCE):
        some = points[start : start + AT_ONCE]
        near = metric.pairs(some, sites, within_m=within_m)
        ones = np.ones(len(near.origin))
        parts.append(csr_matrix((ones, (near.origin, near.target)), shape=(len(some), len(sites))))
    return _of(value, vstack(parts, format="csr"))


def reduced(whole: Coverage) -> tuple[Coverage, IntArray]:
    """`whole` with as much left out as can be, and the positions of the sites that stay.

    Points that no site reaches go; points that exactly the same sites reach become one; and a site that
    reaches nothing but what another reaches goes, the later of two equals, unless comparing them all would
    take too long. The most that any number of sites can reach stays the same.
    """
    positions = np.flatnonzero(whole.by_site.getnnz(axis=1) > 0)
    per_point = whole.by_point.getnnz(axis=1).astype(float)
    if (per_point**2).sum() <= MOST_PRODUCTS:
        positions = positions[~_dominated(part(whole, positions))]
    return merged(part(whole, positions)), positions


def part(whole: Coverage, sites: IntArray) -> Coverage:
    """`whole` with only some of its sites, and the points that they reach."""
    table = whole.by_point[:, sites]
    is_reached = table.getnnz(axis=1) > 0
    return _of(whole.value[is_reached], table[is_reached])


def merged(whole: Coverage) -> Coverage:
    """`whole` with the points that exactly the same sites reach as one point, of their value together."""
    table = whole.by_point
    numbers: dict[bytes, int] = {}
    ends = zip(table.indptr[:-1], table.indptr[1:], strict=True)
    same = np.array(
        [numbers.setdefault(table.indices[a:b].tobytes(), len(numbers)) for a, b in ends], dtype=np.int64
    )
    _, firsts = np.unique(same, return_index=True)
    value = np.bincount(same, whole.value, minlength=len(numbers)).astype(np.float64)
    return _of(value, table[firsts])


def _dominated(whole: Coverage) -> "np.typing.NDArray[np.bool_]":
    """Whether each site reaches nothing that one other does not; of equals the first stays."""
    common = (whole.by_site @ whole.by_point).tocoo()
    sizes = whole.by_site.getnnz(axis=1)
    one, other = common.row, common.col
    is_inside = (common.data == sizes[one]) & (one != other)
    goes = is_inside & ((sizes[other] > sizes[one]) | (other < one))
    return np.bincount(one[goes], minlength=whole.n_sites) > 0


def _of(value: FloatArray, by_point: "csr_matrix") -> Coverage:
    by_point.sort_indices()
    return Coverage(value=value, by_point=by_point, by_site=by_point.T.tocsr())
