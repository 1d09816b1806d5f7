"""The nearest of the areas that may be meant, for many points at once."""

from typing import Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

REACHES_M: Final = (0, 100, 1_000, 10_000, 100_000)
"""How far is looked, little by little: almost every point is inside an area of its own district."""
Points = npt.NDArray[np.object_]


def points_of(rows: pd.DataFrame) -> Points:
    """A point for each of `rows` (`easting, northing` in EPSG:27700)."""
    return np.asarray(shapely.points(rows["easting"].to_numpy(float), rows["northing"].to_numpy(float)))


def nearest_in_district(rows: pd.DataFrame, areas: gpd.GeoDataFrame) -> "pd.Series[str]":
    """The code of the area of its own district that holds each row, or is nearest; on its index.

    `rows` have `easting, northing, lad24cd`; `areas` have `code, lad24cd, geometry`, EPSG:27700. The district
    is official, the drawn boundary is not: a postcode just over the line stays in its district. As near to
    two, it gets the lower code. NA outside the districts of `areas`.
    """
    found = pd.Series(pd.NA, index=rows.index, dtype="str")
    left = rows[rows["lad24cd"].isin(areas["lad24cd"].unique())]
    ordered = areas.sort_values("code", ignore_index=True)
    tree = shapely.STRtree(ordered.geometry.to_numpy())
    for reach in REACHES_M:
        if left.empty:
            break
        points = points_of(left)
        at, area = (
            tree.query(points, predicate="dwithin", distance=reach)
            if reach
            else tree.query(points, predicate="intersects")
        )
        own = ordered["lad24cd"].to_numpy()[area] == left["lad24cd"].to_numpy()[at]
        pairs = pd.DataFrame({"at": at[own], "code": ordered["code"].to_numpy()[area[own]]})
        pairs["distance"] = shapely.distance(points[at[own]], ordered.geometry.to_numpy()[area[own]])
        codes = _first(pairs, len(left))
        found.loc[left.index] = codes
        left = left[pd.isna(codes)]
    return found


def nearest_of(
    rows: pd.DataFrame, choices: pd.DataFrame, areas: gpd.GeoDataFrame, *, by: str
) -> "pd.Series[str]":
    """For each row the nearest of the areas that `choices` offers for its `by`; on its index.

    `rows` have `easting, northing` and column `by`; `choices` have `by` and `code`. NA where none of them is
    among `areas` (`code, geometry`, EPSG:27700). As near to two, it gets the lower code.
    """
    shapes = areas.set_index("code").geometry
    held = choices[choices["code"].isin(shapes.index)]
    asked = rows[[by]].assign(at=np.arange(len(rows)))
    pairs = asked.merge(held[[by, "code"]], on=by)
    points = points_of(rows)
    pairs["distance"] = shapely.distance(points[pairs["at"]], shapes.loc[pairs["code"]].to_numpy())
    return pd.Series(_first(pairs, len(rows)), index=rows.index, dtype="str")


def _first(pairs: pd.DataFrame, n: int) -> pd.api.extensions.ExtensionArray:
    """The nearest code for each of `n` points; NA where it has none."""
    best = pairs.sort_values(["at", "distance", "code"]).drop_duplicates("at").set_index("at")["code"]
    return best.reindex(range(n)).astype("str").array
