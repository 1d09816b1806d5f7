"""The files of a map that travels: areas, the outlines over them, and places."""

from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from mapping.analysis import codes
from mapping.analysis.filters import Filters
from mapping.atlas import Atlas
from mapping.editions import EDITIONS
from mapping.render import shapes
from mapping.render.documents.wording import plain
from mapping.render.shapes import GeoFile

TEXTS: Final = ("name", "category", "address", "source", "website")
"""What of a place's file somebody else wrote."""


def files(filters: Filters, *, atlas: Atlas, lad24cd: str, kept_m: float) -> tuple[GeoFile, GeoFile | None]:
    """The areas that are shaded, and the wards drawn over them; none where areas are wards or are not held.

    Shapes are simplified together, within `kept_m` metres, so that neighbours still touch.
    Raises VintageError where the boundaries are of other areas than the figures.
    """
    edition = EDITIONS[filters.edition]
    layer = getattr(edition, filters.geography)
    codes.require_vintage(filters.edition, layer=layer)
    areas = _file(atlas, layer, lad24cd=lad24cd, kept_m=kept_m)
    redrawn = {each.lsoa: set(atlas.changes[each.lsoa]) for each in EDITIONS.values()}
    codes.require_codes(areas.keys, layer=layer, known=redrawn)
    has_outlines = filters.geography == "lsoa" and edition.ward in atlas.layers
    return areas, _file(atlas, edition.ward, lad24cd=lad24cd, kept_m=kept_m) if has_outlines else None


def place_file(places: pd.DataFrame, *, lad24cd: str) -> GeoFile:
    """The places that may be drawn, with what their popups tell, free of marks that no reader sees."""
    cleaned = {name: places[name].map(plain, na_action="ignore") for name in TEXTS}
    return shapes.place_file(places.assign(**cleaned), lad24cd=lad24cd)


def _file(atlas: Atlas, layer: str, *, lad24cd: str, kept_m: float) -> GeoFile:
    areas = atlas.areas(layer, lad24cd=lad24cd)
    if kept_m:
        simple = shapely.coverage_simplify(areas.geometry.to_numpy(), kept_m)
        areas = areas.set_geometry(gpd.GeoSeries(simple, index=areas.index, crs=areas.crs))
    return shapes.area_file(areas, layer=layer, lad24cd=lad24cd)
