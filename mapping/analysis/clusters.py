"""Where areas of high or low values lie together more than chance would have it; exploratory."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapping.analysis.distances import FloatArray, IntArray
from mapping.crs import BNG, require_crs

if TYPE_CHECKING:
    from libpysal.weights import W

TOUCH_M: Final = 20
"""Areas this near are neighbours: simplified boundaries of neighbours need not share a single corner."""
FALSE_SHARE: Final = 0.05
"""The share of the areas called significant that may be so by chance (false discovery rate)."""
PERMUTATIONS: Final = 9_999
"""So many that the smallest p is far below 5 % of one area among a council's LSOAs."""
SEED: Final = 20_251_122
FEWEST: Final = 8
"""Among fewer areas any pattern is as good as another."""
QUADRANTS: Final = ("", "high-high", "low-high", "low-low", "high-low")
"""By esda's number of the quadrant: the area's own value, then its neighbours'."""
COLUMNS: Final = ("code", "local_moran", "p", "cluster", "g_star", "p_g", "hot")
EXPLORATORY: Final = (
    "Exploratory: clusters show where to look, not why. Local Moran and Getis-Ord Gi*, areas that touch are "
    f"neighbours, {PERMUTATIONS:,} permutations, two-sided, "
    f"false discovery rate held at {100 * FALSE_SHARE:.0f} %."
)


@dataclass(frozen=True, kw_only=True)
class Clusters:
    """The clusters among areas of one kind, and what was left out of them."""

    table: pd.DataFrame
    """One row an area, `COLUMNS`, in the order given. `local_moran` and its `p`; `cluster` "high-high",
    "low-low", "high-low" or "low-high" where significant, else ""; `g_star`, the z-value of Gi*, and its
    `p_g`; `hot` "hot" or "cold" where significant, else "". NA where the area was left out."""
    islands: tuple[str, ...]
    """Codes of areas with a value but no neighbour that has one."""
    said: str
    """Why there are no clusters, or who was left out, in words; "" where there is nothing to say."""


def clusters(areas: gpd.GeoDataFrame, values: "pd.Series[float]") -> Clusters:
    """The clusters of `values` among `areas`.

    Parameters
    ----------
    areas : `code, geometry`, polygons in EPSG:27700.
    values : by code; an area that has none is left out.

    Neighbours are queen neighbours, areas that touch, to within `TOUCH_M`. The pseudo p-values are of two
    tails and count ties for chance; without ties they are esda's, doubled. The same areas and values always
    give the same answer.
    Source: Anselin 1995; Ord and Getis 1995; Benjamini and Hochberg 1995, as in PySAL's esda.
    Raises CrsError.
    """
    require_crs(BNG, areas=areas)
    value = areas["code"].map(values).to_numpy(dtype=float, na_value=np.nan)
    polygons = areas.geometry.to_numpy()
    has_value = np.isfinite(value) & ~shapely.is_missing(polygons)
    first, second = _touching(polygons, has_value)
    kept = np.zeros(len(areas), dtype=bool)
    kept[first] = True
    islands = areas["code"][has_value & ~kept]
    why = _why_none(value[kept])
    found = pd.DataFrame(index=range(kept.sum())) if why else _found(value, kept, first, second)
    found = found.set_axis(pd.Index(areas["code"][kept], name="code"))
    table = found.reindex(areas["code"]).rename_axis("code").reset_index().reindex(columns=list(COLUMNS))
    words = {"cluster": "str", "hot": "str"}
    numbers = dict.fromkeys(("local_moran", "p", "g_star", "p_g"), "float64")
    return Clusters(
        table=table.astype(numbers | words),
        islands=tuple(islands),
        said=" ".join(filter(None, [why, _island_words(len(islands))])),
    )


def _touching(polygons: Any, has_value: Any) -> tuple[IntArray, IntArray]:
    """The positions of each two neighbours, both ways round, sorted."""
    at = np.flatnonzero(has_value)
    tree = shapely.STRtree(polygons[at])
    first, second = tree.query(polygons[at], predicate="dwithin", distance=TOUCH_M)
    is_other = first != second
    order = np.lexsort((second[is_other], first[is_other]))
    return at[first[is_other][order]], at[second[is_other][order]]


def _why_none(values: FloatArray) -> str:
    """Why no clusters can be told among `values`; "" where they can."""
    if len(values) < FEWEST:
        return f"No clusters: fewer than {FEWEST} areas have a figure and a neighbour."
    if np.ptp(values) == 0:
        return "No clusters: all areas have the same figure."
    return ""


def _island_words(n: int) -> str:
    if not n:
        return ""
    return f"{n:,} {'area without a neighbour is' if n == 1 else 'areas without a neighbour are'} left out."


def _found(value: FloatArray, kept: Any, first: IntArray, second: IntArray) -> pd.DataFrame:
    # As slow to import as it is needed seldom.
    import esda

    number, y = np.cumsum(kept) - 1, value[kept]
    chance: dict[str, Any] = {
        "permutations": PERMUTATIONS,
        "seed": SEED,
        "n_jobs": 1,
        "keep_simulations": True,
    }
    with _quiet():
        # One each: esda writes to the weights it is given.
        of_moran, of_hot = (_weights(number[first], number[second], n=len(y)) for _ in range(2))
        moran = esda.Moran_Local(y, of_moran, **chance)
        # Binary weights, the area itself among its neighbours, as Ord and Getis have it.
        hot = esda.G_Local(y, of_hot, transform="B", star=True, **chance)
        p, p_g = _two_sided(moran.Is, moran.rlisas), _two_sided(hot.Gs, hot.rGs)
    is_cluster, is_hot = p < esda.fdr(p, FALSE_SHARE), p_g < esda.fdr(p_g, FALSE_SHARE)
    return pd.DataFrame(
        {
            "local_moran": moran.Is,
            "p": p,
            "cluster": np.where(is_cluster, np.array(QUADRANTS)[moran.q], ""),
            "g_star": hot.Zs,
            "p_g": p_g,
            "hot": np.where(is_hot, np.where(hot.Zs > 0, "hot", "cold"), ""),
        }
    )


def _two_sided(observed: FloatArray, by_chance: FloatArray) -> FloatArray:
    """The pseudo p-value of each area, of two tails, in which what equals the observed counts for chance.

    Where most areas have the same value, as no gap at all, chance makes the same figure again and again.
    esda's own p-values count those for one tail only, and would call nearly every area significant.
    """
    observed = observed[:, None]
    nearly = 1e-9 * np.maximum(1e-12, np.abs(observed))
    above = (by_chance >= observed - nearly).sum(axis=1)
    below = (by_chance <= observed + nearly).sum(axis=1)
    p: FloatArray = np.minimum(1, 2 * (np.minimum(above, below) + 1) / (by_chance.shape[1] + 1))
    return p


def _weights(first: IntArray, second: IntArray, *, n: int) -> "W":
    from libpysal.weights import W

    ends = np.searchsorted(first, np.arange(n + 1))
    near = {at: second[ends[at] : ends[at + 1]].tolist() for at in range(n)}
    return W(near, id_order=list(range(n)), silence_warnings=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """esda tells of changes to come in its defaults: here they are chosen."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
