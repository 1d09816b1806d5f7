"""The points of a GeoJSON somebody brought: parsed as JSON, never opened by GDAL."""

import json
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapping.adapters.delimited import MOST_COLUMNS, too_many_columns
from mapping.adapters.geojson_document import (
    DEEPEST,
    SAY_METRES,
    declared_crs,
    features_of,
    known_crs,
    parsed,
    refuse_contradiction,
)
from mapping.adapters.kinds import refused
from mapping.adapters.plain import plain_row, plain_text
from mapping.bounds import FAULTS, national_grid
from mapping.crs import BNG
from mapping.issues import Issue, all_issues, issue_table

__all__ = ["DEEPEST", "SAY_METRES", "PointsFile", "read_points"]

EMPTY: Final = ("Empty geometry", "Give the feature a point, or a postcode among its properties.")


@dataclass(frozen=True, kw_only=True)
class PointsFile:
    """The features of a file, each a row, and what was wrong with them."""

    points: gpd.GeoDataFrame
    """Geometry in EPSG:27700, None where it is faulty; the properties as text, "" for none."""
    numbers: pd.Index
    """Feature n is row n + 1: the first is row 2, as it will be in a table made of them."""
    form: str
    """What the file turned out to be, with the CRS its numbers were taken to be in."""
    issues: pd.DataFrame


def read_points(data: bytes, *, name: str, crs: str | None = None) -> PointsFile:
    """The point features of the GeoJSON document `data`, the content of a file called `name`.

    `crs`, such as `EPSG:27700`, is what the person who brought it says it is in; without it the member `crs`
    of the document counts, and without that EPSG:4326, as the format says. Positions are x before y.

    Raises UnusableFileError: no GeoJSON, nested too deep, too large, no points, or numbers that contradict
    the CRS, naming both.
    """
    document = parsed(data, name=name, instead="Bring a GeoJSON, a CSV or an Excel workbook (.xlsx).")
    features = features_of(document, name=name, of="point")
    declared = known_crs(crs or declared_crs(document), name=name)
    geometries = [each.get("geometry") for each in features]
    x, y = np.array([_position(each) for each in geometries]).T
    refuse_contradiction(x, y, declared, name=name)
    easting, northing, numeric = national_grid(x, y, metres=declared == BNG)
    shapes = [_shape_fault(each) for each in geometries]
    faults = [shape or FAULTS.get(str(key)) for shape, key in zip(shapes, numeric, strict=True)]
    if all(shapes) and any(shape[0] != EMPTY[0] for shape in shapes if shape):
        raise refused(name, "holds no points", "Give each feature one point, such as its entrance.")
    rows, issues = _properties(features, name=name)
    numbers = pd.RangeIndex(2, len(features) + 2)
    issues += [
        Issue(number, "geometry", json.dumps(geometry), *fault)
        for number, geometry, fault in zip(numbers, geometries, faults, strict=True)
        if fault
    ]
    points = shapely.points(easting, northing)
    points[[fault is not None for fault in faults]] = None
    return PointsFile(
        points=gpd.GeoDataFrame(rows, geometry=points, crs=BNG),
        numbers=numbers,
        form=f"GeoJSON, positions in {declared}",
        issues=all_issues(issue_table(issues)),
    )


def _position(geometry: object) -> tuple[float, float]:
    """The first position of a geometry, x before y; NaN where it has none."""
    inner = geometry.get("coordinates") if isinstance(geometry, dict) else None
    while isinstance(inner, list) and inner and isinstance(inner[0], list):
        inner = inner[0]
    if not isinstance(inner, list) or len(inner) < 2:
        return np.nan, np.nan
    x, y = (_number(each) for each in inner[:2])
    return x, y


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return np.nan
    return float(value) if abs(value) < 1e15 else np.inf


def _shape_fault(geometry: object) -> tuple[str, str] | None:
    """What is wrong with a feature's geometry as a point, whatever its numbers: reason and remedy."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    inner = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if geometry is None or inner == []:
        return EMPTY
    if kind == "Point" or (kind == "MultiPoint" and isinstance(inner, list) and len(inner) == 1):
        return None
    return (
        f"Not a point but {plain_text(str(kind))[:30]}",
        "Give the feature one point, such as its entrance.",
    )


def _properties(features: list[dict[str, Any]], *, name: str) -> tuple[pd.DataFrame, list[Issue]]:
    """The properties of n features as text in n rows, in the order in which they first appear."""
    each = [feature.get("properties") for feature in features]
    properties = [bag if isinstance(bag, dict) else {} for bag in each]
    keys = list(dict.fromkeys(key for bag in properties for key in bag))
    if len(keys) > MOST_COLUMNS:
        raise too_many_columns(name, len(keys))
    # The geometry has that name; a property of it gives way.
    headings = [plain_text(key) if key != "geometry" else "geometry (property)" for key in keys]
    if len(set(headings)) < len(headings):
        raise refused(name, "has two properties of the same name", "Give each a name of its own.")
    rows, issues = [], []
    for number, bag in enumerate(properties, start=2):
        cells, faults = plain_row([_text(bag.get(key)) for key in keys], number=number, headings=headings)
        rows.append(cells)
        issues += faults
    return pd.DataFrame(rows, columns=pd.Index(headings, dtype="str"), dtype="str"), issues


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
