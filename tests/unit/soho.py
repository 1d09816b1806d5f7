"""John Snow's Soho of 1854, as libpysal ships it: streets, deaths of cholera and the pumps, in metres."""

from functools import cache

import geopandas as gpd
import numpy as np
import shapely
from libpysal.examples import get_path

from mapping.analysis.distances import Points
from mapping.crs import BNG
from mapping.streets import Streets


@cache
def soho_streets() -> Streets:
    """The streets, cut where they cross; some hang together with no other by the width of a pen."""
    drawn = gpd.read_file(get_path("Soho_Network.shp")).to_crs(BNG)
    lines = shapely.get_parts(shapely.union_all(drawn.geometry.array))
    corners, line = shapely.get_coordinates(lines, return_index=True)
    nodes, node = np.unique(corners.round(1), axis=0, return_inverse=True)
    follows = np.flatnonzero(line[:-1] == line[1:])
    starts, ends = node[follows], node[follows + 1]
    return Streets(
        name="soho",
        eastings=nodes[:, 0],
        northings=nodes[:, 1],
        starts=starts,
        ends=ends,
        metres=np.hypot(*(nodes[starts] - nodes[ends]).T),
    )


def soho_points(file: str) -> Points:
    """The points in `SohoPeople.shp` or `SohoWater.shp`."""
    points = gpd.read_file(get_path(file)).to_crs(BNG)
    return np.column_stack([points.geometry.x, points.geometry.y])


@cache
def soho_deaths() -> np.ndarray:
    """How many died at each of the points in `SohoPeople.shp`."""
    return gpd.read_file(get_path("SohoPeople.shp"))["Count"].to_numpy()
