"""England's outline, for the small map that says where a picture is."""

from typing import Final

import geopandas as gpd
import shapely

from mapping.crs import BNG

CODE: Final = "E92000001"
NAME: Final = "England"
METRE: Final = 1.0
SIMPLIFIED_M: Final = 1_000
"""About how far the coast may stray: less than the width of a line, where England is as small as a stamp."""
ISLAND_M2: Final = 20e6
"""Smaller islands are left out."""


def england_outline(lsoas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """One row, `ctry24cd, ctry24nm, geometry`, EPSG:27700: all `lsoas` joined, for drawing small."""
    joined = shapely.union_all(shapely.set_precision(lsoas.geometry.values, METRE))
    land = [shapely.Polygon(part.exterior) for part in shapely.get_parts(joined)]
    large = shapely.union_all([part for part in land if part.area > ISLAND_M2])
    shape = shapely.simplify(large, SIMPLIFIED_M)
    return gpd.GeoDataFrame({"ctry24cd": [CODE], "ctry24nm": [NAME]}, geometry=[shape], crs=BNG)
