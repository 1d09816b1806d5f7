"""The two coordinate reference systems in use, and the guard between them."""

from typing import Final

import geopandas as gpd
import pyproj

from mapping.errors import CrsError

BNG: Final = "EPSG:27700"
"""British National Grid: metres. Everything is stored, joined and measured in it."""
WGS84: Final = "EPSG:4326"
"""Longitude and latitude in degrees: only at the edges (maps, files to take away)."""


def require_crs(crs: str, **layers: gpd.GeoDataFrame | gpd.GeoSeries) -> None:
    """Nothing, if every layer is in `crs`.

    Raises CrsError naming the layer, the CRS it has and the one it needs.
    """
    wanted = pyproj.CRS(crs)
    for name, layer in layers.items():
        if layer.crs != wanted:
            found = layer.crs.to_string() if layer.crs else "no CRS"
            raise CrsError(f"`{name}` is in {found}; it must be in {crs}. Use `.to_crs({crs!r})`.")


def to_degrees(easting: float, northing: float) -> tuple[float, float]:
    """Longitude and latitude (EPSG:4326) of one position on the National Grid; good to 2 m."""
    longitude, latitude = _TO_DEGREES.transform(easting, northing)
    return float(longitude), float(latitude)


def from_degrees(longitude: float, latitude: float) -> tuple[float, float]:
    """Easting and northing (EPSG:27700) of one position in degrees (EPSG:4326); good to 2 m."""
    easting, northing = _TO_DEGREES.transform(longitude, latitude, direction="INVERSE")
    return float(easting), float(northing)


_TO_DEGREES: Final = pyproj.Transformer.from_crs(BNG, WGS84, always_xy=True)
