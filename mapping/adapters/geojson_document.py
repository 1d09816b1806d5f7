"""A GeoJSON document somebody brought, parsed as JSON and never opened by GDAL: its features and its CRS."""

import json
import re
from typing import Any, Final

import numpy as np

from mapping.adapters.delimited import MOST_ROWS, too_many_rows
from mapping.adapters.kinds import kind_of, refused
from mapping.adapters.plain import plain_text
from mapping.bounds import BRITAIN_DEGREES, BRITAIN_METRES, Numbers
from mapping.crs import BNG, WGS84

DEEPEST: Final = 50
"""Levels of brackets: a point with its properties needs 5."""
STRING: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
"""A string, or the rest of a document that never closes one: either is passed over once."""
NAMED_CRS: Final = re.compile(r"(?:urn:ogc:def:crs:)?(?:EPSG|OGC):[0-9.]*:?(4326|27700|CRS84)", re.IGNORECASE)
SAY_METRES: Final = (
    "Say so: add the member `crs` with the name `urn:ogc:def:crs:EPSG::27700` to the file, or save it again "
    "in EPSG:4326 (longitude and latitude)."
)


def parsed(data: bytes, *, name: str, instead: str) -> dict[str, Any]:
    """The JSON object in `data`, the content of a file called `name`; {} for JSON of another kind.

    `instead` is what else to bring. Raises UnusableFileError: no JSON, nested too deep, or too large.
    """
    if kind_of(data, name=name) != "json":
        raise refused(name, "is not a JSON document", instead)
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


def features_of(document: dict[str, Any], *, name: str, of: str) -> list[dict[str, Any]]:
    """The features of `document`, at least one, each an object; `of` is what they should be, such as "point".

    Raises UnusableFileError: no FeatureCollection, no features, or too many.
    """
    features = document.get("features") if document.get("type") == "FeatureCollection" else None
    if not isinstance(features, list):
        raise refused(
            name, "is JSON but not a GeoJSON FeatureCollection", "Save it as GeoJSON and bring that."
        )
    if not features:
        raise refused(name, "holds no features", f"Bring a GeoJSON with at least one {of}.")
    if len(features) > MOST_ROWS:
        raise too_many_rows(name)
    return [each if isinstance(each, dict) else {} for each in features]


def declared_crs(document: dict[str, Any]) -> str:
    """The CRS that the member `crs` names; EPSG:4326 where there is none, as RFC 7946 says."""
    crs = document.get("crs")
    if crs is None:
        return WGS84
    properties = crs.get("properties") if isinstance(crs, dict) else None
    return str(properties.get("name")) if isinstance(properties, dict) else str(crs)


def known_crs(text: str, *, name: str) -> str:
    """`BNG` or `WGS84`, as `text` says. No text of a file reaches PROJ, which reads other files for some."""
    code = NAMED_CRS.fullmatch(text)
    known = {"4326": WGS84, "CRS84": WGS84, "27700": BNG}
    if code is None or code[1].upper() not in known:
        what = f'declares the CRS "{plain_text(text)[:60]}", which is not read here'
        raise refused(name, what, "Save it again in EPSG:4326 (longitude and latitude) or EPSG:27700.")
    return known[code[1].upper()]


def refuse_contradiction(x: Numbers, y: Numbers, declared: str, *, name: str) -> None:
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
