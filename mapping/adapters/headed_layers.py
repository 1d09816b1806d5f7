"""The layers of a file that may hold shapes, and what their columns are called, told from its beginning."""

import json
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from mapping.adapters import archives
from mapping.adapters.headings import Headed

POLYGONS: Final = frozenset({"Polygon", "MultiPolygon", "CurvePolygon", "MultiSurface"})
POINTS: Final = frozenset({"Point", "MultiPoint"})
LONGEST_FEATURE: Final = 64_000_000
LONGEST_START: Final = 1_000_000
"""Bytes of a GeoJSON before its first feature."""
FEATURES: Final = re.compile(rb'"features"\s*:\s*\[')
PROPERTIES: Final = re.compile(r'"properties"\s*:\s*(?=\{)')
GEOMETRY: Final = re.compile(r'"type"\s*:\s*"(\w*(?:Polygon|Point|LineString))"')
SAMPLE: Final = 100
"""Rows of a GeoParquet in which the first shape is looked for."""


def in_geojson(path: Path, member: str, *, packed: str) -> list[Headed]:
    """The properties of the first feature; ArcGIS writes them after its shape, so one feature is read."""
    found, properties, features = b"", None, None
    with archives.opened(path, member) as file:
        # Twice as much each time: the shape of a first feature may be long.
        while len(found) < LONGEST_FEATURE and (more := file.read(len(found) or archives.HEAD)):
            found += more
            features = FEATURES.search(found)
            properties = _first_properties(found[features.end() :]) if features else None
            if properties is not None or (features is None and len(found) > LONGEST_START):
                break
    if features is None or properties is None:
        return []
    shape = GEOMETRY.search(found[features.end() :].decode("utf-8", "ignore"))
    return [
        Headed(
            headings=tuple(properties),
            form=f"GeoJSON{packed}",
            member=member,
            shapes=_shapes(shape[1] if shape else ""),
        )
    ]


def _first_properties(features: bytes) -> dict[str, Any] | None:
    text = features.decode("utf-8", "ignore")
    at = PROPERTIES.search(text)
    try:
        found = json.JSONDecoder().raw_decode(text, at.end())[0] if at else None
    except ValueError:  # not read to its end yet
        return None
    return found if isinstance(found, dict) else None


def in_geopackage(path: Path) -> list[Headed]:
    """The layers, read as the SQLite database that a GeoPackage is; nothing in it is run."""
    query = (
        "SELECT c.table_name, g.column_name, g.geometry_type_name FROM gpkg_contents c "
        "LEFT JOIN gpkg_geometry_columns g USING (table_name) WHERE c.data_type IN ('features', 'attributes')"
    )
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
            layers = database.execute(query).fetchall()
            return [
                Headed(
                    headings=tuple(name for name in _columns(database, layer) if name != geometry),
                    form=f"GeoPackage, layer {layer}",
                    member=layer,
                    shapes=_shapes(kind or ""),
                )
                for layer, geometry, kind in layers
            ]
    except sqlite3.DatabaseError as exc:
        raise archives.damaged(path) from exc


def _columns(database: sqlite3.Connection, layer: str) -> list[str]:
    return [name for (name,) in database.execute("SELECT name FROM pragma_table_info(?)", (layer,))]


def in_parquet(path: Path) -> list[Headed]:
    try:
        with pq.ParquetFile(path) as file:
            geo = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"{}"))
            column = geo.get("primary_column", "")
            shape = ""
            if column and file.metadata.num_rows:
                first = next(file.iter_batches(batch_size=SAMPLE, columns=[column])).column(0).drop_null()
                shape = shapely.from_wkb(first[0].as_py()).geom_type if len(first) else ""
            names = tuple(name for name in file.schema_arrow.names if name != column)
    except (pa.ArrowException, OSError, ValueError, TypeError, shapely.errors.GEOSException) as exc:
        raise archives.damaged(path) from exc
    return [Headed(headings=names, form="GeoParquet" if column else "Parquet", shapes=_shapes(shape))]


def _shapes(kind: str) -> str:
    """GeoPackages write the kinds of shape in capitals."""
    folded = kind.casefold()
    if folded in {each.casefold() for each in POLYGONS}:
        return "polygons"
    return "points" if folded in {each.casefold() for each in POINTS} else ""
