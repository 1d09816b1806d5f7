"""The geometry that a table to take away has, or that its positions make."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapping.crs import BNG, require_crs


def shapes(table: pd.DataFrame) -> gpd.GeoSeries:
    """The polygons of areas or the points of places, EPSG:27700, on the index of `table`.

    None where a place has no position or an area no shape. Raises CrsError.
    """
    if isinstance(table, gpd.GeoDataFrame):
        require_crs(BNG, table=table)
        return table.geometry
    xy = table[["easting", "northing"]].astype("float64").to_numpy()
    points = np.full(len(table), None, dtype=object)
    known = np.isfinite(xy).all(axis=1)
    points[known] = shapely.points(xy[known])
    return gpd.GeoSeries(points, index=table.index, crs=BNG)


def subject(table: pd.DataFrame) -> str:
    """What one row of `table` is, as the name of its sheet or layer."""
    return "areas" if isinstance(table, gpd.GeoDataFrame) else "places"
