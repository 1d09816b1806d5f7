"""What pictures of one council share: its areas as they are shaded, its wards, its places, where it lies."""

from collections.abc import Collection
from dataclasses import replace
from math import isnan
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from mapping import export
from mapping.analysis.filters import ANYWHERE, Filters
from mapping.analysis.view import Near, View
from mapping.atlas import Atlas
from mapping.crs import BNG
from mapping.editions import EDITIONS
from mapping.render import legend
from mapping.render.legend import Legend
from mapping.render.place_words import name_words
from mapping.render.sheet.picture import Bounds, Locator, Ring

ENGLAND: Final = "England"
MARGIN: Final = 0.04
"""Of what must be seen: the room left around it."""


def shaded(
    view: View, filters: Filters, *, atlas: Atlas, key: Legend, lit: Collection[str] | None = None
) -> gpd.GeoDataFrame:
    """`Picture.areas` of the areas of `view`: one that is not drawn is left out.

    `lit` are codes; None: those of the deciles asked for. Raises VintageError as `export.area_shapes` does.
    """
    rows = export.area_shapes(view, replace(filters, deciles=ANYWHERE), atlas)
    rows = rows[rows.geometry.notna()].reset_index(drop=True)
    classes = legend.classes(key, rows["rank"], rows["decile"])
    is_lit = rows["code"].isin(shown_codes(view, filters) if lit is None else lit)
    entries = [None if pd.isna(at) else key.entries[int(at)] for at in classes]
    labels = [entry.label if entry and seen else "" for entry, seen in zip(entries, is_lit, strict=True)]
    drawn = {
        "code": rows["code"].to_numpy(),
        "name": rows["name"].astype("str").to_numpy(),
        "fill": [entry.colour if entry else "" for entry in entries],
        "label": labels,
        "is_lit": is_lit.to_numpy(),
    }
    return gpd.GeoDataFrame(drawn, geometry=rows.geometry.to_numpy(), crs=BNG)


def shown_codes(view: View, filters: Filters) -> set[str]:
    """The codes of the areas in the deciles asked for; of all, where none are."""
    return set(export.areas_shown(view, filters)["code"])


def ward_outlines(filters: Filters, *, atlas: Atlas, lad24cd: str) -> gpd.GeoDataFrame:
    """`Picture.names`: the wards of the edition's vintage; none where their boundaries are not held."""
    layer = EDITIONS[filters.edition].ward
    if layer not in atlas.layers:
        return gpd.GeoDataFrame({"code": [], "name": []}, geometry=[], crs=BNG)
    return atlas.areas(layer, lad24cd=lad24cd)[["code", "name", "geometry"]]


def numbered(places: pd.DataFrame, *, by: str = "name") -> gpd.GeoDataFrame:
    """`Picture.places` of those of `places` that may be drawn: by name, or by `distance_m` and then name."""
    drawn = places[is_drawn(places)]
    spelt = drawn.assign(spelt=drawn["name"].str.casefold())
    order = ["spelt", "name", "place_id"]
    spelt = spelt.sort_values([by, *order] if by != "name" else order, kind="stable")
    kept = spelt[["place_id", "name", "kind", "category"]].reset_index(drop=True)
    kept["name"] = [name_words(*told) for told in zip(spelt["name"], spelt["status"], strict=True)]
    kept.insert(0, "number", range(1, len(kept) + 1))
    points = gpd.points_from_xy(spelt["easting"].astype(float), spelt["northing"].astype(float))
    return gpd.GeoDataFrame(kept, geometry=points, crs=BNG)


def is_drawn(places: pd.DataFrame) -> "pd.Series[bool]":
    """Whether each place may be on a map, on its index: a withheld one never, whatever else is said of it."""
    return places["easting"].notna() & places["northing"].notna() & ~places["is_withheld"].astype(bool)


def bounds_of(*shapes: gpd.GeoSeries) -> Bounds:
    """The bounds of all `shapes` with a margin; of England where there is nothing to see."""
    edges = [each.total_bounds for each in shapes if len(each) and not isnan(each.total_bounds[0])]
    if not edges:
        return (80_000.0, 5_000.0, 656_000.0, 658_000.0)
    west, south, east, north = (
        pick(edge[side] for edge in edges) for side, pick in enumerate((min, min, max, max))
    )
    room = MARGIN * max(east - west, north - south, 100.0)
    return float(west - room), float(south - room), float(east + room), float(north + room)


def ring_of(near: Near | None) -> Ring | None:
    """The distance around the postcode looked at."""
    if near is None:
        return None
    return Ring(easting=near.easting, northing=near.northing, radius_m=float(near.within_m))


def disc(ring: Ring) -> gpd.GeoSeries:
    """What lies inside `ring`."""
    return gpd.GeoSeries([shapely.Point(ring.easting, ring.northing).buffer(ring.radius_m)], crs=BNG)


def whole(areas: gpd.GeoSeries) -> gpd.GeoSeries:
    """One shape of all `areas`, on its own."""
    return gpd.GeoSeries([areas.union_all()], crs=BNG)


def in_england(areas: gpd.GeoSeries, *, atlas: Atlas) -> Locator | None:
    """Where a council of those `areas` lies in England; None where England's outline is not held."""
    outline = atlas.outline()
    return None if outline is None else in_land(areas, outline, name=ENGLAND)


def in_land(spot: gpd.GeoSeries, outline: gpd.GeoSeries, *, name: str) -> Locator | None:
    """Where `spot` lies in the larger land of that `name`; None where either is nothing."""
    if spot.empty or outline.empty:
        return None
    return Locator(outline=outline, spot=whole(spot), name=name)
