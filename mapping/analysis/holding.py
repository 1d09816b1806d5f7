"""Which area holds each of many points, and which areas are near it."""

from typing import Final, cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import shapely

Points = npt.NDArray[np.object_]
Pairs = npt.NDArray[np.int64]

CRACK_M: Final = 1
"""Neighbouring polygons fit to within this: a point in none of them may stand in such a crack."""


def holding_code(points: Points, areas: gpd.GeoDataFrame) -> pd.api.extensions.ExtensionArray:
    """The code of the area that holds each point, as text; NA where none does.

    `areas` are sorted by `code`, in the CRS of the points. A point on a shared edge belongs to the area of
    the lower code, always; one in none, but within `CRACK_M` of some, to the lowest of those.
    """
    lowest = _lowest(met(points, areas), len(points))
    missed = np.flatnonzero(lowest < 0)
    if len(missed):
        lowest[missed] = _lowest(met(points[missed], areas, within_m=CRACK_M), len(missed))
    codes = pd.array([*areas["code"], None], dtype="str")
    return codes.take(lowest)


def others_near(
    points: Points, own: "pd.Series[str]", areas: gpd.GeoDataFrame, *, within_m: float
) -> "pd.Series[str]":
    """The codes of areas within so many metres of each point but for its `own`, joined by "; ".

    On the index of `own`; NA where there is none. `areas` are sorted by `code`, in the CRS of the points.
    """
    area, at = met(points, areas, within_m=within_m)
    is_other = pd.Index(areas["code"]).get_indexer(own)[at] != area
    area, at = area[is_other], at[is_other]
    near = pa.array(areas["code"].tolist(), pa.string()).take(area[np.argsort(at, kind="stable")])
    starts = np.cumsum(np.bincount(at + 1, minlength=len(points) + 1))
    listed = pa.ListArray.from_arrays(starts.astype(np.int32), near)
    joined = pc.binary_join(listed, "; ")
    told = pc.if_else(pc.equal(joined, ""), None, joined)
    return pd.Series(told.to_pandas().array, index=own.index, dtype="str")


def met(points: Points, areas: gpd.GeoDataFrame, *, within_m: float = 0) -> Pairs:
    """Each area and point (positions, two rows) that meet, or are within so many metres; by area.

    Areas are asked for their points and not points for their area: GEOS then makes each polygon ready once
    for all its points, which is several times faster as soon as there are a few for each.
    """
    tree = shapely.STRtree(points)
    if within_m:
        return cast(Pairs, tree.query(areas.geometry.to_numpy(), predicate="dwithin", distance=within_m))
    return cast(Pairs, tree.query(areas.geometry.to_numpy(), predicate="intersects"))


def _lowest(pairs: Pairs, n_points: int) -> npt.NDArray[np.int64]:
    """For each point the first of its areas; -1 where it has none."""
    area, point = pairs
    lowest = np.full(n_points, -1, dtype=np.int64)
    # Of several values for one place the last is kept, so the first area is written last.
    lowest[point[::-1]] = area[::-1]
    return lowest
