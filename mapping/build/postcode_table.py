"""The postcode table: official codes first, positions as published, the rest said to be estimated."""

from collections.abc import Mapping

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapping import schemas
from mapping.adapters.postcodes import output_area_positions
from mapping.analysis.gazetteer import NEAR_M
from mapping.analysis.holding import others_near
from mapping.build import postcode_wards
from mapping.build.nearest import nearest_in_district, nearest_of, points_of

COLUMNS = list(schemas.Postcodes.to_schema().columns)


def postcodes(
    published: pd.DataFrame,
    lookup: pd.DataFrame,
    *,
    layers: Mapping[str, gpd.GeoDataFrame],
    changes: pd.DataFrame,
    best_fit: pd.DataFrame,
    reach_m: float,
    published_to: str = "",
) -> pd.DataFrame:
    """Postcodes of the councils in `layers["lad24"]` and `reach_m` metres around, meeting `Postcodes`.

    Parameters
    ----------
    published : live postcodes (Code-Point Open): `postcode, easting, northing, wd24cd, lad24cd`.
    lookup : all postcodes, live or terminated (ONS): `postcode, is_small_user, terminated, oa_code,
        lsoa11cd, lsoa21cd, lad24cd, easting, northing`; NA where it does not say.
    layers : polygons `code, lad24cd, geometry` of `lad24, lsoa21, wd24` and, if held, `lsoa11`; EPSG:27700.
    changes : `schemas.Changes`, with or without the pairs that are unchanged.
    best_fit : `schemas.BestFit` of the LSOAs of 2021.
    published_to : the month (YYYY-MM) that `published` is of: what only a later lookup has is live.

    A postcode that only the lookup knows stands where the lookup says, else at the middle of its output
    area's live postcodes, and takes that area's most common ward.
    """
    to = str(lookup["terminated"].max())
    published, lookup = _around(published, lookup, layers["lad24"], reach_m)
    is_later = bool(published_to) and to > published_to
    every = pd.concat([_live(published, lookup), _ended(published, lookup, is_later)], ignore_index=True)
    near = within(every, layers["lad24"], reach_m)
    near = near.assign(is_official=near["lsoa11cd"].notna() | near["lsoa21cd"].notna())
    near = with_lsoas(near, layers, changes=changes)
    is_placed = (near["lsoa11cd"].notna() | near["lsoa21cd"].notna()) & near["lad24cd"].notna()
    near = near[is_placed].reset_index(drop=True)
    fitted = near["lsoa21cd"].map(best_fit.set_index("lsoa_code")["ward_code"])
    near["wd24cd"] = near["wd24cd"].fillna(fitted)
    wards = layers["wd24"].sort_values("code", ignore_index=True)
    near["could_be"] = others_near(points_of(near), near["wd24cd"], wards, within_m=NEAR_M)
    near["is_small_user"] = near["is_small_user"].astype("boolean")
    ordered = near[COLUMNS].sort_values("postcode", ignore_index=True)
    return schemas.conform(schemas.Postcodes, ordered, source="postcodes")


def _around(
    published: pd.DataFrame, lookup: pd.DataFrame, councils: gpd.GeoDataFrame, reach_m: float
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Of both tables what may matter near `councils`: whole output areas, as their middles are asked for."""
    near = within(published, councils, reach_m)
    if len(near) > len(published) / 2:
        return published, lookup
    is_near = pd.Index(near["postcode"]).get_indexer(lookup["postcode"]) >= 0
    of_areas = lookup["oa_code"].isin(lookup.loc[is_near, "oa_code"].dropna().unique())
    known = lookup[is_near | of_areas | lookup["lad24cd"].isin(councils["lad24cd"].unique())]
    is_known = pd.Index(known["postcode"]).get_indexer(published["postcode"]) >= 0
    return published[is_known | published.index.isin(near.index)], known


def _live(published: pd.DataFrame, lookup: pd.DataFrame) -> pd.DataFrame:
    """The published postcodes with what the lookup says of them; their own position and district count."""
    known = lookup.drop(columns=["easting", "northing", "terminated"])
    live = published.merge(known, on="postcode", how="left", validate="one_to_one", suffixes=("", "_lookup"))
    district = live["lad24cd"].fillna(live.pop("lad24cd_lookup"))
    return live.assign(lad24cd=district, position="postcode", is_live=True, terminated=None)


def _ended(published: pd.DataFrame, lookup: pd.DataFrame, is_later: bool) -> pd.DataFrame:
    """Postcodes that only the lookup has and whose position can be told; live if it `is_later`."""
    gone = lookup[pd.Index(published["postcode"]).get_indexer(lookup["postcode"]) < 0]
    middles = output_area_positions(lookup, published).reindex(gone["oa_code"]).set_axis(gone.index)
    own = gone["easting"].notna() & gone["northing"].notna()
    of_areas = lookup[["postcode", "oa_code"]].merge(published[["postcode", "wd24cd"]], on="postcode")
    # A postcode that ended after the lookup was made has no month there: terminated stays NA.
    placed = gone.assign(
        easting=gone["easting"].where(own, middles["easting"]),
        northing=gone["northing"].where(own, middles["northing"]),
        wd24cd=gone["oa_code"].map(postcode_wards.usual(of_areas, by="oa_code")),
        position=np.where(own, "postcode", "output area"),
        is_live=gone["terminated"].isna() & is_later,
    )
    return pd.DataFrame(placed[placed["easting"].notna()])


def within(rows: pd.DataFrame, councils: gpd.GeoDataFrame, reach_m: float) -> pd.DataFrame:
    """Rows of the councils, or within `reach_m` metres of one; positions in EPSG:27700."""
    is_near = rows["lad24cd"].isin(councils["lad24cd"].unique()).to_numpy(copy=True)
    beyond = np.flatnonzero(~is_near)
    shapes = councils.geometry.to_numpy().copy()
    shapely.prepare(shapes)
    _, at = shapely.STRtree(points_of(rows.iloc[beyond])).query(shapes, predicate="dwithin", distance=reach_m)
    is_near[beyond[at]] = True
    return rows[is_near].copy()


def with_lsoas(
    rows: pd.DataFrame, layers: Mapping[str, gpd.GeoDataFrame], *, changes: pd.DataFrame
) -> pd.DataFrame:
    """`rows` with `lsoa11cd` and `lsoa21cd` wherever one of them, or the map, can tell.

    What is in neither lookup takes the nearest LSOA of its district, of 2011 where these are held.
    """
    first, second = ("lsoa11", "lsoa21") if "lsoa11" in layers else ("lsoa21", "lsoa11")
    unknown = rows["lsoa11cd"].isna() & rows["lsoa21cd"].isna()
    estimated = nearest_in_district(rows[unknown], layers[first])
    rows = rows.assign(**{f"{first}cd": rows[f"{first}cd"].astype("str").fillna(estimated)})
    for of, to in ((first, second), (second, first)):
        lacking = rows[f"{to}cd"].isna() & rows[f"{of}cd"].notna()
        other = counterpart(rows[lacking], layers.get(to), changes=changes, of=f"{of}cd", to=f"{to}cd")
        rows = rows.assign(**{f"{to}cd": rows[f"{to}cd"].astype("str").fillna(other)})
    return rows


def counterpart(
    rows: pd.DataFrame, areas: gpd.GeoDataFrame | None, *, changes: pd.DataFrame, of: str, to: str
) -> "pd.Series[str]":
    """The LSOA of the other vintage (`to`) of each row, on its index, from its own (`of`).

    Codes with one counterpart follow the change table; a code that it does not name is its own counterpart if
    `areas` hold it. Among several, as the children of a split LSOA, the nearest polygon is taken: the one
    that holds the point, if one does. NA where that cannot be told.
    """
    several = changes[changes[of].duplicated(keep=False)]
    single = changes[~changes[of].duplicated(keep=False)].set_index(of)[to]
    kept = [] if areas is None else sorted(set(areas["code"]) - set(changes[of]))
    codes = rows[of].map(pd.concat([single, pd.Series(kept, index=kept, dtype="str")])).astype("str")
    doubtful = rows[rows[of].isin(several[of].unique())]
    if areas is None or doubtful.empty:
        return codes
    choices = several.rename(columns={to: "code"})
    return codes.fillna(nearest_of(doubtful, choices, areas, by=of))
