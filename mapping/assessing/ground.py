"""Where the people of one council are, and in which areas: what a question about gaps stands on."""

from collections.abc import Collection
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from mapping.analysis import assess, codes, summarise, view
from mapping.analysis.demand import demand_points
from mapping.analysis.filters import Filters
from mapping.analysis.gap_ground import AROUND_M
from mapping.atlas import Atlas
from mapping.editions import EDITIONS
from mapping.errors import UnknownAreaError

SIMPLIFIED_M: Final = 1_000
"""Districts are simplified for drawing: their lines are nearer the truth than this."""
MANY: Final = 50
"""Of fewer councils all postcodes are read sooner than those around are found."""


def gap_ground(
    filters: Filters, *, atlas: Atlas, drawn: gpd.GeoDataFrame | None = None, around_m: float = AROUND_M
) -> assess.Ground:
    """The ground of the council, edition, index and geography of `filters`; the same whatever else they ask.

    Parameters
    ----------
    drawn : areas to count in instead, as `adapters.polygons.read_polygons` gives them.
    around_m : how far around the council the postcodes of others are read.

    Raises UnknownAreaError (no such council or edition is held) or as `Atlas.postcodes` does.
    """
    lad24cd = atlas.lad24cd(filters.council)
    postcodes = postcodes_around(atlas, lad24cd, around_m=around_m)
    return ground_of(filters, postcodes, atlas=atlas, lad24cd=lad24cd, drawn=drawn, around_m=around_m)


def ground_of(
    filters: Filters,
    postcodes: pd.DataFrame,
    *,
    atlas: Atlas,
    lad24cd: str,
    drawn: gpd.GeoDataFrame | None = None,
    around_m: float = AROUND_M,
) -> assess.Ground:
    """`gap_ground` of the council `lad24cd`, where its `postcodes` and those around it are at hand."""
    lsoas = council_lsoas(atlas, filters, lad24cd=lad24cd)
    if drawn is None:
        areas, area_of = official_areas(filters, lsoas, atlas=atlas)
    else:
        points = demand_points(postcodes, lsoas, lsoa=EDITIONS[filters.edition].lsoa)
        areas, area_of = _drawn(drawn, points)
    return assess.ground(
        postcodes,
        lsoas,
        lad24cd=lad24cd,
        edition=filters.edition,
        areas=areas,
        area_of=area_of,
        around_m=around_m,
    )


def council_lsoas(atlas: Atlas, filters: Filters, *, lad24cd: str | Collection[str]) -> pd.DataFrame:
    """The LSOAs of these councils, `schemas.Deprivation`. Raises UnknownAreaError: no such edition."""
    if filters.edition not in atlas.editions:
        raise UnknownAreaError(
            f"The indices of {filters.edition} are not built here; held: {', '.join(atlas.editions)}. "
            f"Run `python -m mapping fetch --edition {filters.edition} …` and then `python -m mapping build`."
        )
    deprivation = atlas.deprivation[filters.edition]
    councils = [lad24cd] if isinstance(lad24cd, str) else list(lad24cd)
    return deprivation[deprivation["lad24cd"].isin(councils)]


def postcodes_around(atlas: Atlas, lad24cd: str, *, around_m: float = AROUND_M) -> pd.DataFrame:
    """The postcodes of the council and of those within `around_m` metres; all, where not all are known."""
    if len(atlas.councils) < MANY or "lad24cd" not in atlas.layers:
        return atlas.postcodes()
    districts = atlas.areas("lad24cd")
    if not set(codes.districts_in_force()["lad24cd"]) <= set(districts["lad24cd"]):
        return atlas.postcodes()
    near = councils_around(districts, lad24cd, around_m=around_m)
    return pd.concat([atlas.postcodes(lad24cd=code) for code in near])


def councils_around(districts: gpd.GeoDataFrame, lad24cd: str, *, around_m: float) -> list[str]:
    """The codes of the `districts` within `around_m` metres of one of them, itself among them, sorted."""
    own = districts[districts["lad24cd"] == lad24cd].geometry.union_all()
    is_near = districts.geometry.dwithin(own, around_m + SIMPLIFIED_M)
    return sorted(districts.loc[is_near, "lad24cd"].unique())


def official_areas(
    filters: Filters, lsoas: pd.DataFrame, *, atlas: Atlas
) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """The LSOAs or wards of the councils of `lsoas`, and the area of each LSOA: itself, or its best fit."""
    figures = summarise.lsoa_figures(lsoas, atlas.best_fit[filters.edition], index=filters.index)
    wards = atlas.wards[atlas.wards["lad24cd"].isin(lsoas["lad24cd"])]
    areas = view.area_table(figures, filters, wards)
    by = "code" if filters.geography == "lsoa" else "ward_code"
    return areas, figures.set_index("code", drop=False)[by].rename("area").rename_axis("lsoa_code")


def _drawn(drawn: gpd.GeoDataFrame, points: pd.DataFrame) -> tuple[pd.DataFrame, "pd.Series[str]"]:
    """The areas that somebody drew, and the one that each demand point is in; the first of several."""
    labels = pd.Index([f"drawn-{n}" for n in range(1, len(drawn) + 1)])
    at = shapely.points(points["easting"], points["northing"])
    found, area = shapely.STRtree(drawn.geometry.to_numpy()).query(at, predicate="intersects")
    first = pd.Series(area, index=points.index[found]).groupby(level=0).min()
    areas = pd.DataFrame(
        {
            "code": labels,
            "name": drawn["name"].array,
            "decile": pd.array([pd.NA] * len(labels), dtype="Int64"),
            "rank": pd.array([pd.NA] * len(labels), dtype="Float64"),
            "why": drawn["why"].array,
        }
    )
    area_of = pd.Series(labels[first], index=first.index, dtype="str")
    return areas, area_of.reindex(points.index).rename("area")
