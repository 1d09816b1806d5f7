"""Boundaries as ONS publishes them: valid shapes on the National Grid whose neighbours meet."""

from typing import Any, Final

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from mapping.adapters import shapes
from mapping.adapters.faults import N_LSOAS, OTHERS, Faults
from mapping.adapters.recognise import Recognised
from mapping.bounds import BRITAIN_METRES
from mapping.crs import BNG, WGS84
from mapping.schemas import DISTRICT, LSOA, WARD

MILLIMETRE: Final = 0.001
CODES: Final = {"lsoa": LSOA, "wd": WARD, "lad": DISTRICT}
MOST: Final = 20_000
"""More than there are wards in England, of any year."""


def read_areas(found: Recognised) -> gpd.GeoDataFrame:
    """The areas of England in a file of boundaries: `code, name, geometry`, EPSG:27700, by code.

    Also `lad_code` where the file has the district. Polygons and multipolygons, all valid: one that is not
    as published is repaired, keeping its polygons, and its code is in `.attrs["repaired"]`. Vertices are
    whole millimetres, so that neighbours share theirs. Never NA; `name` is "" where the file has none.

    Source: ONS Open Geography, boundaries in GeoJSON, GeoPackage or GeoParquet; OGL v3.
    Raises SourceMissingError; SourceChangedError (damaged; codes malformed or there twice; shapes missing or
    not in Great Britain); UnusableFileError where the CRS is another or contradicts the numbers, naming both.
    """
    area = found.vintage[:-4]
    patterns = {"code": found.vintage, "name": f"{found.vintage[:-2]}nm"}
    if area != "lad":
        patterns["lad_code"] = r"lad\d\dcd"
    read = shapes.read_shapes(found, patterns)
    mine = read[~read["code"].str.startswith(OTHERS)].sort_values("code", ignore_index=True)
    faults = Faults(found.path, rows=mine["code"])
    faults.malformed(mine["code"], CODES[area], column="code")
    faults.repeated(mine["code"], column="code")
    faults.count(len(mine), N_LSOAS.get(found.vintage, MOST), what="areas of this kind in England")
    is_lost = mine.geometry.isna() | mine.geometry.is_empty
    faults.where(is_lost, mine["code"], column="geometry", reason="no shape")
    valid, repaired = _repaired(_on_grid(mine.geometry.to_numpy(), is_degrees=mine.crs == WGS84))
    west, south, east, north = shapely.bounds(valid).T
    is_off = ~(BRITAIN_METRES.holds(west, south) & BRITAIN_METRES.holds(east, north)) & ~is_lost
    faults.where(is_off, mine["code"], column="geometry", reason="not in Great Britain")
    faults.raise_if_any()
    named = mine.assign(name=mine.get("name", ""))
    columns = [column for column in ("code", "name", "lad_code") if column in named]
    areas = gpd.GeoDataFrame(named[columns], geometry=valid, crs=BNG)
    areas.attrs["repaired"] = tuple(mine["code"][repaired])
    return areas


def _on_grid(geometry: Any, *, is_degrees: bool) -> Any:
    """The same shapes in whole millimetres of the National Grid.

    A vertex that two areas share is the same pair of numbers in both, and so stays shared.
    """
    xy = shapely.get_coordinates(geometry)
    if is_degrees:
        xy = np.column_stack(pyproj.Transformer.from_crs(WGS84, BNG, always_xy=True).transform(*xy.T))
    return shapely.set_coordinates(geometry.copy(), np.round(xy, 3))


def _repaired(geometry: Any) -> tuple[Any, Any]:
    """Valid shapes, and which of them were not."""
    wrong = ~shapely.is_valid(geometry)
    # By lines, not by structure: a shell inside a shell is land of a neighbour, and must stay a hole.
    mended = [
        shapely.union_all([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])
        for shape in shapely.make_valid(geometry[wrong])
    ]
    geometry[wrong] = shapely.set_precision(mended, MILLIMETRE)
    return geometry, wrong
