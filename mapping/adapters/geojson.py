"""The points of a GeoJSON somebody brought: parsed as JSON, never opened by GDAL."""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapping.adapters.delimited import MOST_COLUMNS, MOST_ROWS, too_many_columns, too_many_rows
from mapping.adapters.kinds import kind_of, refused
from mapping.adapters.plain import plain_row, plain_text
from mapping.bounds import BRITAIN_DEGREES, BRITAIN_METRES, FAULTS, Numbers, national_grid
from mapping.crs import BNG, WGS84
from mapping.issues import Issue, all_issues, issue_table

DEEPEST: Final = 50
"""Levels of brackets: a point with its properties needs 5."""
STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
"""A string, or the rest of a document that never closes one: either is passed over once."""
NAMED_CRS: Final = re.compile(r"(?:urn:ogc:def:crs:)?(?:EPSG|OGC):[0-9.]*:?(4326|27700|CRS84)", re.IGNORECASE)
EMPTY: Final = ("Empty geometry", "Give the feature a point, or a postcode among its properties.")
SAY_METRES: Final = (
    "Say so: add the member `crs` with the name `urn:ogc:def:crs:EPSG::27700` to the file, or save it again "
    "in EPSG:4326 (longitude and latitude)."
)


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
    document = _document(data, name=name)
    features = _features(document, name=name)
    declared = _crs(crs or _declared(document), name=name)
    geometries = [each.get("geometry") for each in features]
    x, y = np.array([_position(each) for each in geometries]).T
    _refuse_contradiction(x, y, declared, name=name)
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


def _document(data: bytes, *, name: str) -> dict[str, Any]:
    if kind_of(data, name=name) != "json":
        raise refused(name, "is not a JSON document", "Bring a GeoJSON, a CSV or an Excel workbook (.xlsx).")
    # The parser recurses: depth is counted first, on the brackets outside strings.
    marks = np.frombuffer(STRING.sub(b"", data), dtype=np.uint8)
    depth = np.cumsum(np.isin(marks, list(b"[{")).astype(int) - np.isin(marks, list(b"]}")))
    if len(depth) and depth.max() > DEEPEST:
        raise refused(
            name, f"is nested {depth.max():,} deep", f"GeoJSON needs 5 levels; {DEEPEST} are the most."
        )
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as exc:
        raise refused(
            name, f"is not valid JSON ({exc})", "Save it again from the program it came from."
        ) from exc
    return document if isinstance(document, dict) else {}


def _features(document: dict[str, Any], *, name: str) -> list[dict[str, Any]]:
    features = document.get("features") if document.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        raise refused(
            name, "is JSON but not a GeoJSON FeatureCollection", "Save it as GeoJSON and bring that."
        )
    if not features:
        raise refused(name, "holds no features", "Bring a GeoJSON with at least one point.")
    if len(features) > MOST_ROWS:
        raise too_many_rows(name)
    return [each if isinstance(each, dict) else {} for each in features]


def _declared(document: dict[str, Any]) -> str:
    """The CRS that the member `crs` names; EPSG:4326 where there is none, as RFC 7946 says."""
    crs = document.get("crs")
    if crs is None:
        return WGS84
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name")) if isinstance(properties, dict) else str(crs)


def _crs(text: str, *, name: str) -> str:
    """`BNG` or `WGS84`, as `text` says. No text of a file reaches PROJ, which reads other files for some."""
    code = NAMED_CRS.fullmatch(text)
    known = {"4326": WGS84, "CRS84": WGS84, "27700": BNG}
    if code is None or code[1].upper() not in known:
        what = f'declares the CRS "{plain_text(text)[:60]}", which is not read here'
        raise refused(name, what, "Save it again in EPSG:4326 (longitude and latitude) or EPSG:27700.")
    return known[code[1].upper()]


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


def _refuse_contradiction(x: Numbers, y: Numbers, declared: str, *, name: str) -> None:
    """Nothing, unless most positions cannot be in the CRS that the file is in."""
    given = np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0))
    if declared == WGS84:
        wrong = given & ((np.abs(x) > 180) | (np.abs(y) > 180))
        grid = BRITAIN_METRES.holds(x, y)[wrong].all()
        looks, remedy = ("National Grid metres (EPSG:27700)" if grid else "metres"), SAY_METRES
    else:
        wrong = given & (BRITAIN_DEGREES.holds(x, y) | BRITAIN_DEGREES.holds(y, x))
        looks, remedy = "degrees (EPSG:4326)", "Take the member `crs` out of the file."
    if wrong.sum() * 2 > given.sum():
        at = np.flatnonzero(wrong)[0]
        what = f"reads as {declared}, but its positions look like {looks}: {x[at]:.10g}, {y[at]:.10g}"
        raise refused(name, what, remedy)


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
