"""Shapes and properties as a file has them: GeoJSON parsed as JSON, GeoPackage and GeoParquet by name.

GDAL picks a reader by what it finds in a file, and some of its readers open other files: it is given nothing
but what begins as a GeoPackage, and is told that it is one.
"""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from pyogrio.errors import CRSError, DataLayerError, DataSourceError, FeatureError, GeometryError
from shapely.errors import GEOSException

from mapping.adapters import archives, headings
from mapping.adapters.geojson_document import declared_crs, known_crs, refuse_contradiction
from mapping.adapters.recognise import Recognised
from mapping.crs import WGS84

COORDINATES: Final = re.compile(rb'"coordinates"\s*:\s*\[[][\s\d.,eE+-]*\]')
"""Numbers in brackets: the greater part of a document, which shapely reads faster than `json`."""

NO_SHAPE: Final = re.compile(rb'"geometry"\s*:\s*null')
EMPTY: Final = b'"geometry":{"type":"GeometryCollection","geometries":[]}'
"""What shapely takes for a feature without a shape."""
UNREADABLE: Final = (DataSourceError, DataLayerError, CRSError, FeatureError, GeometryError, GEOSException)
"""What GDAL's readers raise for a GeoPackage that is not as it should be inside."""

Read = tuple[pd.DataFrame, Any, str]
"""Properties under their own headings, shapes, and the CRS they are said to be in."""


def read_shapes(found: Recognised, patterns: Mapping[str, str]) -> gpd.GeoDataFrame:
    """The columns of `patterns` that the file has, as text, and `geometry` in EPSG:27700 or 4326 as it says.

    Order kept; a shape that the file lacks is None or empty, a property "". Raises SourceMissingError,
    SourceChangedError (damaged), or UnusableFileError where the CRS is another or contradicts the numbers.
    """
    properties, geometry, declared = _read(found)
    crs = known_crs(declared, name=found.path.name)
    x, y, _, _ = shapely.bounds(geometry).T
    refuse_contradiction(x, y, crs, name=found.path.name)
    held = headings.columns(properties.columns, patterns)
    named = pd.DataFrame({name: _texts(properties[heading]) for name, heading in held.items()})
    return gpd.GeoDataFrame(named, geometry=shapely.force_2d(geometry), crs=crs)


def read_properties(found: Recognised) -> pd.DataFrame:
    """The properties alone, as text under their own headings; "" where there is none."""
    properties, _, _ = _read(found)
    return properties.apply(_texts)


def _texts(values: pd.Series) -> pd.Series:
    return values.astype("str").fillna("")


def _read(found: Recognised) -> Read:
    if found.form.startswith("GeoJSON"):
        return _geojson(found)
    return _geopackage(found) if found.form.startswith("GeoPackage") else _geoparquet(found)


def _geojson(found: Recognised) -> Read:
    """Two readings: the rest by `json` with every coordinate left out, then the shapes by shapely."""
    text = archives.whole_text(found.path, found.member).removeprefix(b"\xef\xbb\xbf")
    try:
        document = json.loads(COORDINATES.sub(b'"coordinates":0', text))
        features = document["features"]
        geometry = shapely.get_parts(shapely.from_geojson(NO_SHAPE.sub(EMPTY, text)))
        if len(geometry) != len(features):
            raise ValueError(f"{len(geometry)} shapes for {len(features)} features")
        properties = pd.DataFrame([feature["properties"] or {} for feature in features])
        return properties, geometry, declared_crs(document)
    except (ValueError, KeyError, TypeError, RecursionError, GEOSException) as exc:
        raise archives.damaged(found.path) from exc


def _geopackage(found: Recognised) -> Read:
    try:
        told, _, geometry, columns = pyogrio.raw.read(_named_geopackage(found.path), layer=found.member)
        properties = pd.DataFrame(dict(zip(told["fields"], columns, strict=True)))
        if geometry is None:
            return properties, np.full(len(properties), None, dtype=object), WGS84
        return properties, shapely.from_wkb(geometry), str(told["crs"])
    except UNREADABLE as exc:
        raise archives.damaged(found.path) from exc


def _named_geopackage(path: Path) -> str:
    """What tells GDAL that the file is a GeoPackage. In quotes, for a colon would end its name."""
    quoted = str(path.resolve()).replace("\\", "\\\\").replace('"', '\\"')
    return f'GPKG:"{quoted}"'


def _geoparquet(found: Recognised) -> Read:
    try:
        table = pq.read_table(found.path)
        geo = json.loads((table.schema.metadata or {})[b"geo"])
        column = geo["primary_column"]
        geometry = shapely.from_wkb(table[column].to_numpy())
        properties = table.drop_columns([column]).to_pandas(ignore_metadata=True)
        return properties, geometry, _authority(geo["columns"][column])
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError, GEOSException) as exc:
        raise archives.damaged(found.path) from exc


def _authority(column: Mapping[str, Any]) -> str:
    """The CRS of a column of shapes, such as EPSG:27700; longitude and latitude where the file says none."""
    if "crs" not in column:
        return WGS84
    crs = column["crs"] or {}
    known = crs.get("id")
    return f"{known['authority']}:{known['code']}" if known else str(crs.get("name", "none"))
