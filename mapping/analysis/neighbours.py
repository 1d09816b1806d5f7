"""Which areas lie beside each other, though their lines were drawn more simply than they are."""

from typing import Final

import geopandas as gpd
import shapely

from mapping.crs import BNG, require_crs

NEAR_M: Final = 10.0
"""Lines closer than this are taken to meet: those of generalised areas need not lie upon each other."""


def neighbours(areas: gpd.GeoDataFrame, code: str, *, near_m: float = NEAR_M) -> tuple[str, ...]:
    """The codes of the areas that touch `code`, a corner counts; sorted. Empty where it is not drawn.

    Parameters
    ----------
    areas : polygons in EPSG:27700 with `code`, each once.
    near_m : metres; areas no farther apart than this touch.

    Raises CrsError where `areas` is in another reference system.
    """
    require_crs(BNG, areas=areas)
    own = areas.geometry[areas["code"] == code]
    if own.empty or own.iloc[0] is None or own.iloc[0].is_empty:
        return ()
    others = areas[areas["code"] != code]
    touching = shapely.dwithin(others.geometry.to_numpy(), own.iloc[0], near_m)
    return tuple(sorted(others["code"][touching]))
