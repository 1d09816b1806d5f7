"""Boundaries: LSOAs as published, wards as published or dissolved, districts for a national drawing."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import geopandas as gpd
import pandas as pd
import shapely

from mapping.adapters import areas
from mapping.adapters.recognise import Recognised
from mapping.analysis import codes
from mapping.build.file_checks import council_names
from mapping.build.gathered import Gathered
from mapping.crs import BNG
from mapping.errors import SourceMissingError

SIMPLIFIED_M: Final = 200
"""About how far a line of the national drawing may stray."""
COLUMNS: Final = ["code", "name", "lad24cd", "geometry"]


@dataclass(frozen=True, kw_only=True)
class Layer:
    """Polygons in EPSG:27700 with `code, name, lad24cd`, and how they came about."""

    areas: gpd.GeoDataFrame
    used: tuple[Recognised, ...]
    made: str
    passed_over: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


def lsoa_layer(found: Collection[Recognised], fit: pd.DataFrame) -> Layer:
    """The LSOAs of every council of which all are there, by council and code.

    `fit` (`schemas.BestFit`) says which LSOAs a council has. Each council is taken from the file that holds
    the most. Raises SourceMissingError where none is whole.
    """
    layer = _of_whole_councils(found, fit.rename(columns={"lsoa_code": "code"})[["code", "lad24cd"]])
    if layer.areas.empty:
        raise SourceMissingError(
            f"The boundaries hold no council as a whole: {', '.join(each.path.name for each in found)}. "
            "Bring the LSOAs of all of a council."
        )
    words = (
        "As published, for the councils built, on the British National Grid to 1 mm. For drawing, not for "
        "deciding which side of a street a door is on."
    )
    return replace(layer, made=words)


def restricted(layer: Layer, councils: Collection[str]) -> Layer:
    """`layer` of `councils` alone; which of them it lacks is an issue."""
    mine = layer.areas[layer.areas["lad24cd"].isin(councils)].reset_index(drop=True)
    lacking = set(councils) - set(mine["lad24cd"])
    issues = (f"No boundaries of {council_names(lacking)}",) if lacking else ()
    return replace(layer, areas=mine, issues=layer.issues + issues)


def _of_whole_councils(found: Collection[Recognised], members: pd.DataFrame) -> Layer:
    """The areas of each council from the largest file that has all of its `members` (`code, lad24cd`)."""
    read = sorted(((areas.read_areas(each), each) for each in found), key=lambda pair: -len(pair[0]))
    districts = members.drop_duplicates("code").set_index("code")["lad24cd"]
    parts, used, passed_over = [_nothing()], [], []
    held: set[str] = set()
    begun: set[str] = set()
    for table, each in read:
        mine = table.assign(lad24cd=table["code"].map(districts).fillna(_own_district(table)))
        lacking = members.loc[~members["code"].isin(table["code"]), "lad24cd"]
        whole = set(members["lad24cd"]) - set(lacking) - held
        begun |= set(mine["lad24cd"].dropna())
        held |= whole
        if whole:
            parts.append(mine.loc[mine["lad24cd"].isin(whole), COLUMNS])
            used.append(each)
        else:
            passed_over.append(f"{each.path.name}: holds no council as a whole that a larger file does not")
    broken = begun - held
    return Layer(
        areas=by_council(pd.concat([part for part in parts if len(part)] or parts)),
        used=tuple(used),
        made="",
        passed_over=tuple(passed_over),
        issues=(f"Left out, as not all of their areas are there: {council_names(broken)}",) if broken else (),
    )


def _own_district(table: pd.DataFrame) -> "pd.Series[str]":
    """The district of 2024 that a file itself gives for each area; NA where it gives none."""
    if "lad_code" not in table:
        return pd.Series(pd.NA, index=table.index, dtype="str")
    return codes.current_districts(table["lad_code"])


def _nothing() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame({column: [] for column in COLUMNS}, geometry="geometry", crs=BNG)


def by_council(layer: pd.DataFrame) -> gpd.GeoDataFrame:
    """`layer` as `COLUMNS`, by council and code."""
    ordered = layer[COLUMNS].sort_values(["lad24cd", "code"], ignore_index=True)
    return gpd.GeoDataFrame(ordered, geometry="geometry", crs=BNG)


def ward_layer(lsoas: Layer, fit: Gathered, published: Collection[Recognised]) -> Layer:
    """The wards of the councils of `lsoas`: as published where a file has all of a council's, else dissolved.

    `fit` (`schemas.BestFit`) joins LSOAs to wards: a dissolved ward is made of the LSOAs best-fitted to it.
    """
    mine = fit.table[fit.table["lad24cd"].isin(lsoas.areas["lad24cd"])]
    members = mine.rename(columns={"ward_code": "code"})[["code", "lad24cd"]].drop_duplicates()
    drawn = _of_whole_councils(published, members)
    rest = lsoas.areas[~lsoas.areas["lad24cd"].isin(drawn.areas["lad24cd"])]
    joined = rest.merge(mine[["lsoa_code", "ward_code", "ward_name"]], left_on="code", right_on="lsoa_code")
    dissolved = dissolve(joined.drop(columns=["code", "name"]), by="ward_code", name="ward_name")
    every = [each for each in (drawn.areas, dissolved) if len(each)]
    return replace(
        drawn,
        areas=by_council(pd.concat(every)),
        used=(*drawn.used, *((*lsoas.used, *fit.used) if len(dissolved) else ())),
        made=_ward_words(drawn.areas["lad24cd"].nunique(), rest["lad24cd"].nunique()),
        issues=(),
    )


def _ward_words(n_published: int, n_dissolved: int) -> str:
    published = f"As published (councils: {n_published:,})." if n_published else ""
    dissolved = (
        "LSOAs joined by the ward they are best-fitted to: not the wards' legal boundaries, and a ward that "
        f"no LSOA is best-fitted to has no shape (councils: {n_dissolved:,})."
    )
    return " ".join(filter(None, (published, dissolved if n_dissolved else "")))


def dissolve(areas: pd.DataFrame, *, by: str, name: str) -> gpd.GeoDataFrame:
    """`areas` joined by column `by` as `COLUMNS`: code, its first name and district, the joined shape."""
    shapes = gpd.GeoDataFrame(areas, geometry="geometry", crs=BNG)
    # Quick where edges are shared; where they are not, the slow way is right.
    joined = shapes.dissolve(by, aggfunc="first", method="coverage").reset_index()
    bad = ~joined.is_valid
    if bad.any():
        again = shapes[shapes[by].isin(joined.loc[bad, by])].dissolve(by, aggfunc="first").reset_index()
        joined.loc[bad, "geometry"] = again.geometry.to_numpy()
    return gpd.GeoDataFrame(joined.rename(columns={by: "code", name: "name"})[COLUMNS], crs=BNG)


def district_layer(
    lsoas: Layer, published: Collection[Recognised], *, district: "pd.Series[str]", is_national: bool
) -> Layer:
    """Districts for a national drawing, `code, name, lad24cd`, simplified by about 200 m, edges still shared.

    Of all England, the LSOAs joined by `district` (its code by LSOA code). Else the published districts,
    where a file has them; else the councils of `lsoas`, in full detail.
    """
    if not is_national and published:
        return _published_districts(published)
    joined = lsoas.areas.assign(district=lsoas.areas["code"].map(district)).drop(columns=["code", "name"])
    shapes = dissolve(joined.assign(named=joined["district"]), by="district", name="named")
    if not is_national:
        return Layer(
            areas=_named(shapes), used=lsoas.used, made="LSOAs of the councils built, joined by district."
        )
    return Layer(
        areas=_named(_simplified(shapes)),
        used=lsoas.used,
        made=f"LSOAs of England joined by district, lines simplified by about {SIMPLIFIED_M} m.",
    )


def _published_districts(found: Collection[Recognised]) -> Layer:
    read = sorted(((areas.read_areas(each), each) for each in found), key=lambda pair: -len(pair[0]))
    table, each = read[0]
    simple = _simplified(table.assign(lad24cd=codes.current_districts(table["code"])))
    return Layer(
        areas=_named(simple), used=(each,), made=f"As published, lines simplified by about {SIMPLIFIED_M} m."
    )


def _simplified(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return shapes.set_geometry(shapely.coverage_simplify(shapes.geometry.to_numpy(), SIMPLIFIED_M), crs=BNG)


def _named(shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """`shapes` under the names that the districts had."""
    changes = codes.district_changes().drop_duplicates("lad_code").set_index("lad_code")["lad_name"]
    named = shapes.assign(name=shapes["code"].map(changes).fillna(shapes["name"]))
    return named.sort_values(["lad24cd", "code"], ignore_index=True)
