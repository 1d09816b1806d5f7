"""The postcode table: official codes first, positions as published, the rest said to be estimated."""

from collections.abc import Mapping

import geopandas as gpd
import pandas as pd

from mapping import schemas
from mapping.adapters.postcodes import output_area_positions
from mapping.crs import BNG

COLUMNS = list(schemas.Postcodes.to_schema().columns)


def postcodes(
    published: pd.DataFrame,
    lookup: pd.DataFrame,
    *,
    layers: Mapping[str, gpd.GeoDataFrame],
    changes: pd.DataFrame,
    best_fit: pd.DataFrame,
    reach_m: float,
) -> pd.DataFrame:
    """Postcodes of the councils in `layers["lad24"]` and `reach_m` around, meeting `Postcodes`.

    `published` is Code-Point Open (positions, wards), `lookup` the ONS lookup of all postcodes,
    live or terminated. A postcode that only the lookup knows stands at the middle of its output
    area's live postcodes and takes that area's most common ward.
    """
    known = _within(published, layers["lad24"], reach_m)
    live = known.merge(lookup, on="postcode", how="left", validate="one_to_one", suffixes=("", "_lookup"))
    live = live.assign(position="postcode", is_live=True, terminated=None)
    live["lad24cd"] = live["lad24cd"].fillna(live["lad24cd_lookup"])
    around = lookup[lookup["oa11cd"].isin(live["oa11cd"])]
    ended = _within(_ended(around, published), layers["lad24"], reach_m)
    near = pd.concat([live, ended], ignore_index=True)
    near = near.assign(is_official=near["lsoa11cd"].notna())
    newer = near[near["lsoa11cd"].isna()]
    near["lsoa11cd"] = near["lsoa11cd"].fillna(_nearest(newer, layers["lsoa11"], "lsoa11cd"))
    near = near[near["lsoa11cd"].notna() & near["lad24cd"].notna()].copy()
    near["lsoa21cd"] = lsoa21_of(near, layers["lsoa21"], changes=changes)
    fitted = near["lsoa21cd"].map(best_fit.set_index("lsoa_code")["ward_code"])
    near["wd24cd"] = near["wd24cd"].fillna(fitted)
    near["is_small_user"] = near["is_small_user"].astype("boolean")
    ordered = near[COLUMNS].sort_values("postcode", ignore_index=True)
    return schemas.conform(schemas.Postcodes, ordered, source="postcodes")


def _ended(lookup: pd.DataFrame, published: pd.DataFrame) -> pd.DataFrame:
    """Postcodes of the lookup that are no longer published, at the middle of their output area."""
    gone = lookup[~lookup["postcode"].isin(published["postcode"])]
    middles = output_area_positions(lookup, published)
    placed = gone.merge(middles, left_on="oa11cd", right_index=True, how="inner")
    live = lookup.merge(published[["postcode", "wd24cd"]], on="postcode").dropna(subset="wd24cd")
    usual = live.groupby("oa11cd")["wd24cd"].agg(lambda codes: codes.mode()[0])
    # A postcode that ended after the lookup was made has no month there: terminated stays NA.
    return placed.assign(wd24cd=placed["oa11cd"].map(usual), position="output area", is_live=False)


def _within(rows: pd.DataFrame, councils: gpd.GeoDataFrame, reach_m: float) -> pd.DataFrame:
    """Rows of the councils, or within `reach_m` metres of one; positions in EPSG:27700."""
    codes = set(councils["lad24cd"])
    points = gpd.GeoSeries.from_xy(rows["easting"], rows["northing"], crs=BNG, index=rows.index)
    around = councils.geometry.buffer(reach_m).union_all()
    x0, y0, x1, y1 = around.bounds
    boxed = points.cx[x0:x1, y0:y1]
    near = rows.index.isin(boxed.index[boxed.intersects(around)])
    return rows[near | rows["lad24cd"].isin(codes)].copy()


def _nearest(rows: pd.DataFrame, areas: gpd.GeoDataFrame, code: str) -> pd.Series:
    """The code of the area of its own district that holds each row, or is nearest; on its index.

    The district is official, the drawn boundary is not: a postcode just over the line stays in its
    district. NA outside the districts of `areas`.
    """
    points = gpd.GeoDataFrame(
        rows[["lad24cd"]], geometry=gpd.points_from_xy(rows["easting"], rows["northing"], crs=BNG)
    )
    found = [
        mine.sjoin_nearest(areas.loc[areas["lad24cd"] == district, [code, "geometry"]])[code]
        for district, mine in points.groupby("lad24cd")
        if (areas["lad24cd"] == district).any()
    ]
    # A point on a shared border is as near to both areas: keep the lower code, so reruns agree.
    codes: pd.Series = pd.concat(found).sort_values().groupby(level=0).first().reindex(rows.index)
    return codes


def lsoa21_of(rows: pd.DataFrame, lsoa21: gpd.GeoDataFrame, *, changes: pd.DataFrame) -> pd.Series:
    """The 2021 LSOA of each row, on its index, from its 2011 LSOA; NA outside `lsoa21`.

    Unchanged, merged and complex codes follow the change table. Among the children of a split
    LSOA the nearest polygon is taken: the one that holds the point, if one does.
    """
    whole = changes[changes["change"] != "S"].set_index("lsoa11cd")["lsoa21cd"]
    split = changes[changes["change"] == "S"]
    same = rows["lsoa11cd"].where(rows["lsoa11cd"].isin(lsoa21["lsoa21cd"]))
    codes = rows["lsoa11cd"].map(whole).fillna(same)
    for parent, children in split.groupby("lsoa11cd")["lsoa21cd"]:
        inside = rows[rows["lsoa11cd"] == parent]
        shapes = lsoa21[lsoa21["lsoa21cd"].isin(children)].sort_values("lsoa21cd")
        points = gpd.GeoSeries.from_xy(inside["easting"], inside["northing"], crs=BNG, index=inside.index)
        distances = pd.DataFrame(
            {c: points.distance(g) for c, g in zip(shapes["lsoa21cd"], shapes.geometry, strict=True)}
        )
        codes = codes.astype("object")
        codes.loc[inside.index] = distances.idxmin(axis="columns")
    return codes.astype("str").where(codes.notna())


def wards(postcode_table: pd.DataFrame, names: pd.DataFrame, best_fit: pd.DataFrame) -> pd.DataFrame:
    """Every ward of the councils of `best_fit` that holds a live postcode, meeting `Wards`."""
    mine = postcode_table[postcode_table["lad24cd"].isin(best_fit["lad24cd"]) & postcode_table["is_live"]]
    table = mine.groupby("wd24cd").agg(lad24cd=("lad24cd", "first"), n_postcodes=("postcode", "size"))
    fitted = best_fit.groupby("ward_code").agg(n_lsoas=("lsoa_code", "size"), name=("ward_name", "first"))
    table = table.join(fitted).join(names.set_index("wd24cd")["wd24nm"])
    # The lookup's spelling is the official one; the postcode code list names the wards it lacks.
    table["wd24nm"] = table["name"].fillna(table["wd24nm"])
    table["n_lsoas"] = table["n_lsoas"].fillna(0)
    columns = list(schemas.Wards.to_schema().columns)
    return schemas.conform(schemas.Wards, table.reset_index()[columns], source="ward names")
