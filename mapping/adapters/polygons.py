"""The areas in a GeoJSON that somebody drew: parsed as JSON, never opened by GDAL, and repaired."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import shapely

from mapping.adapters.geojson_document import (
    declared_crs,
    features_of,
    known_crs,
    parsed,
    refuse_contradiction,
)
from mapping.adapters.kinds import refused
from mapping.adapters.plain import plain_text
from mapping.bounds import FAULTS, Numbers, national_grid
from mapping.crs import BNG

MOST_AREAS: Final = 500
MOST_VERTICES: Final = 500_000
"""In the whole file: the districts of England, generalised, have fewer."""
LONGEST_NAME: Final = 200
NAMES: Final = ("name", "title", "label")
"""Properties that call a feature by name, in any case."""
SMALLEST_M2: Final = 1.0
REPAIRED: Final = "Its outline crossed itself and was repaired."
EMPTY: Final = ("Empty geometry", "Give the feature a polygon.")
NO_AREA: Final = ("Polygon without an area", "Draw its outline around something.")
NOT_RINGS: Final = (
    "Polygon that is no list of outlines",
    "Save it again from the program it came from: each outline is a list of positions [x, y].",
)

Fault = tuple[str, str]
"""The reason and the remedy."""
Part = list[Numbers]
"""One polygon: its outline, then its holes; each a row a vertex, x before y."""


@dataclass(frozen=True, kw_only=True)
class PolygonsFile:
    """The features of a file, each an area."""

    areas: gpd.GeoDataFrame
    """In the file's order: `name` (as the file has it, or `Area 2`), `note` (what was repaired, or ""), `why`
    (why there is no geometry, or ""), `geometry` (EPSG:27700, valid polygons or multipolygons, or None)."""
    form: str
    """What the file turned out to be, with the CRS its numbers were taken to be in."""


def read_polygons(data: bytes, *, name: str, crs: str | None = None) -> PolygonsFile:
    """The areas in the GeoJSON document `data`, the content of a file called `name`; at least one is usable.

    A FeatureCollection, a Feature or a bare polygon. `crs`, such as `EPSG:27700`, is what the person who
    brought it says it is in; without it the member `crs` of the document counts, and without that EPSG:4326.

    Raises UnusableFileError: no GeoJSON, nested too deep, too large, too many areas or vertices, no polygon
    that can be used, or numbers that contradict the CRS, naming both.
    """
    document = parsed(data, name=name, instead="Bring a GeoJSON of polygons.")
    features = features_of(_collection(document), name=name, of="polygon")
    if len(features) > MOST_AREAS:
        raise refused(name, f"holds {len(features):,} features", f"The most are {MOST_AREAS}: split it.")
    declared = known_crs(crs or declared_crs(document), name=name)
    parts = [_parts(feature.get("geometry")) for feature in features]
    on_grid, numeric = _on_grid(parts, declared, name=name)
    found = [_area(part, fault) for part, fault in zip(on_grid, numeric, strict=True)]
    if not any(geometry for geometry, *_ in found):
        raise refused(name, f"holds no polygon that can be used ({found[0][2]})", "Correct it and try again.")
    areas = {
        "name": [_name(feature, n) for n, feature in enumerate(features, start=1)],
        "note": [note for _, note, _ in found],
        "why": [why for *_, why in found],
    }
    geometry = np.array([geometry for geometry, *_ in found], dtype=object)
    return PolygonsFile(
        areas=gpd.GeoDataFrame(areas, geometry=geometry, crs=BNG), form=f"GeoJSON, positions in {declared}"
    )


def _collection(document: dict[str, Any]) -> dict[str, Any]:
    """`document` as a FeatureCollection, where it is one feature or one polygon."""
    kind = document.get("type")
    if kind in ("Polygon", "MultiPolygon"):
        return _collection({"type": "Feature", "geometry": document})
    return {"type": "FeatureCollection", "features": [document]} if kind == "Feature" else document


def _parts(geometry: object) -> list[Part] | Fault:
    """The polygons of a geometry as the file has them, or what is wrong: reason and remedy."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    inner: Any = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if geometry is None or inner == []:
        return EMPTY
    if kind not in ("Polygon", "MultiPolygon"):
        return f"Not a polygon but {plain_text(str(kind))[:30]}", "Draw an area, not a point or a line."
    try:
        parts = [[_ring(ring) for ring in rings] for rings in (inner if kind == "MultiPolygon" else [inner])]
    except (TypeError, ValueError, OverflowError):
        return NOT_RINGS
    return parts if all(parts) else NOT_RINGS


def _ring(positions: Any) -> Numbers:
    ring = np.array([(x, y) for x, y, *_ in positions], dtype=float)
    if len(ring) < 3:
        raise ValueError("fewer than three positions")
    return ring


def _on_grid(
    parts: list[list[Part] | Fault], declared: str, *, name: str
) -> tuple[list[list[Part]], list[Fault | None]]:
    """Each area's polygons with their vertices on the National Grid, and what is wrong with it."""
    drawn = [[] if isinstance(each, tuple) else each for each in parts]
    rings = [[ring for part in area for ring in part] for area in drawn]
    every = [ring for area in rings for ring in area]
    vertices = np.concatenate([np.empty((0, 2)), *every])
    if len(vertices) > MOST_VERTICES:
        raise refused(
            name, f"has {len(vertices):,} vertices", f"The most are {MOST_VERTICES:,}: simplify it."
        )
    x, y = vertices.T
    refuse_contradiction(x, y, declared, name=name)
    easting, northing, numeric = national_grid(x, y, metres=declared == BNG)
    moved = _pieces(np.column_stack([easting, northing]), [len(ring) for ring in every])
    keys = _pieces(numeric, [sum(map(len, area)) for area in rings])
    wrong = [FAULTS.get(next(filter(None, map(str, next(keys))), "")) for _ in rings]
    faults = [each if isinstance(each, tuple) else fault for each, fault in zip(parts, wrong, strict=True)]
    return [[[next(moved) for _ in part] for part in area] for area in drawn], faults


def _pieces(values: Any, sizes: list[int]) -> Iterator[Any]:
    """`values` of all vertices, as many at a time as `sizes` say."""
    return iter(np.split(values, np.cumsum(sizes)[:-1]))


def _area(parts: list[Part], fault: Fault | None) -> tuple[Any, str, str]:
    """An area's shape, what was repaired, and why it has none."""
    if fault:
        return None, "", _words(fault)
    polygons = [shapely.Polygon(outline, holes) for outline, *holes in parts]
    whole = shapely.union_all(shapely.make_valid(np.array(polygons, dtype=object)))
    flat = [part for part in shapely.get_parts(whole) if part.geom_type in ("Polygon", "MultiPolygon")]
    shape = shapely.union_all(flat)
    if shape.area < SMALLEST_M2:
        return None, "", _words(NO_AREA)
    return shape, "" if shapely.is_valid(polygons).all() else REPAIRED, ""


def _words(fault: Fault) -> str:
    reason, remedy = fault
    return f"{reason}{'' if reason.endswith('?') else '.'} {remedy}"


def _name(feature: Mapping[str, Any], n: int) -> str:
    """What the file calls a feature, in one line; else its number."""
    bag = feature.get("properties")
    named = {str(key).casefold(): value for key, value in bag.items()} if isinstance(bag, dict) else {}
    for key in NAMES:
        value = named.get(key)
        text = " ".join(plain_text(str(value)).split()) if isinstance(value, (str, int, float)) else ""
        if text:
            return text[:LONGEST_NAME]
    return f"Area {n}"
