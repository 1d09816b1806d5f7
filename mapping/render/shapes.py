"""Areas and places as the files a browser fetches once and keeps: GeoJSON, named by content."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapping.crs import BNG, WGS84, require_crs

DECIMALS: Final = 5
"""Of a degree: about a metre, finer than the generalised boundaries."""
SHOWN: Final = (
    "place_id",
    "name",
    "kind",
    "category",
    "address",
    "source",
    "source_date",
    "status",
    "website",
)
"""What a place's popup tells."""

Bounds = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""


@dataclass(frozen=True, kw_only=True)
class GeoFile:
    """One file of features, ready to serve."""

    path: str
    """Where it is served, below the app's own address."""
    keys: tuple[str, ...]
    """The code or identifier of each feature, in the file's order."""
    bounds: Bounds
    body: bytes
    packed: bytes
    """`body`, compressed by gzip."""
    version: str
    """Names the content: other content, other version."""

    @property
    def address(self) -> str:
        """`path` with the version: what it holds never changes, so it may be kept for ever."""
        return f"{self.path}?v={self.version}"


def area_file(areas: gpd.GeoDataFrame, *, layer: str, lad24cd: str) -> GeoFile:
    """The polygons of `areas` with their codes and names.

    Parameters
    ----------
    areas : polygons in EPSG:27700 with columns `code`, `name`; one council's, of one layer.
    layer : code column of the layer, such as `lsoa21cd`.

    Raises
    ------
    CrsError : `areas` is not in EPSG:27700.
    """
    require_crs(BNG, areas=areas)
    return _file(
        f"areas/{layer}/{lad24cd}.json",
        tuple(areas["code"]),
        areas.geometry,
        areas[["code", "name"]].to_dict("records"),
    )


def place_file(places: pd.DataFrame, *, lad24cd: str) -> GeoFile:
    """The points of those `places` that have a position, with what a popup tells.

    `places` has the columns of `schemas.Places`; one council's. A withheld place is never drawn, whatever
    else its columns say. A link that is not http or https is left out.
    """
    drawn = places[places["easting"].notna() & ~places["is_withheld"].astype(bool)]
    points = gpd.GeoSeries(gpd.points_from_xy(drawn["easting"], drawn["northing"]), crs=BNG)
    rows = zip(*(drawn[name] for name in SHOWN), strict=True)
    return _file(f"places/{lad24cd}.json", tuple(drawn["place_id"]), points, map(_told, rows))


def _file(path: str, keys: tuple[str, ...], shapes: gpd.GeoSeries, properties: Iterable[object]) -> GeoFile:
    degrees = shapes.to_crs(WGS84)
    # Each vertex is rounded by itself, so that neighbours keep the border they share.
    rounded = shapely.transform(degrees.to_numpy(), lambda xy: np.round(xy, DECIMALS))
    features = ",\n".join(
        f'{{"type":"Feature","properties":{_json(told)},"geometry":{shape}}}'
        for told, shape in zip(properties, shapely.to_geojson(rounded), strict=True)
    )
    body = f'{{"type":"FeatureCollection","features":[\n{features}\n]}}'.encode()
    return GeoFile(
        path=path,
        keys=keys,
        bounds=_bounds(degrees),
        body=body,
        packed=gzip.compress(body, mtime=0),
        version=hashlib.sha256(body).hexdigest()[:16],
    )


def _told(values: tuple[Any, ...]) -> dict[str, str | None]:
    told = {name: None if pd.isna(value) else str(value) for name, value in zip(SHOWN, values, strict=True)}
    return told | {"website": web_address(told["website"]) or None}


def _bounds(degrees: gpd.GeoSeries) -> Bounds:
    west, south, east, north = (round(float(edge), DECIMALS) for edge in degrees.total_bounds)
    return west, south, east, north


def _json(properties: object) -> str:
    return json.dumps(properties, ensure_ascii=False, separators=(",", ":"))


def web_address(address: Any) -> str:
    """`address`, if a browser may follow it: http or https; else blank."""
    try:
        parts = urlsplit("" if pd.isna(address) else str(address).strip())
    except ValueError:
        return ""
    return parts.geturl() if parts.scheme in {"http", "https"} and parts.netloc else ""
