"""What is verified of each table as it is made; a check that fails stops the build."""

import geopandas as gpd
import pandas as pd
import shapely

from mapping.editions import INDICES, Edition
from mapping.errors import SourceChangedError
from mapping.schemas import DOOR

TOLERANCE_M2 = 1.0


def require(holds: bool, claim: str) -> str:
    """`claim`, if it holds. Raises SourceChangedError naming it if it does not."""
    if not holds:
        raise SourceChangedError(f"Check failed: {claim}. The sources differ from those this build knows.")
    return claim


def coverage(areas: gpd.GeoDataFrame) -> tuple[str, ...]:
    """Claims that the polygons are valid and tile each council without overlap or gap."""
    overlap = sum(overlap_m2(council) for _, council in areas.groupby("lad24cd"))
    gap = sum(_gap_m2(council) for _, council in areas.groupby("lad24cd"))
    return (
        require(bool(areas.is_valid.all()), f"All {len(areas)} polygons are valid"),
        require(overlap <= TOLERANCE_M2, "No overlap over 1 m² inside a council"),
        require(gap <= TOLERANCE_M2, "No gap over 1 m² inside a council"),
    )


def overlap_m2(areas: gpd.GeoDataFrame) -> float:
    """Square metres that two of `areas` both cover, over all pairs."""
    shapes = areas.geometry.values
    left, right = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = left < right
    return float(shapely.area(shapely.intersection(shapes[left[pairs]], shapes[right[pairs]])).sum())


def _gap_m2(areas: gpd.GeoDataFrame) -> float:
    whole = areas.union_all()
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(whole) for ring in part.interiors]
    return float(sum(hole.area for hole in holes))


def same_union(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> str:
    """The claim that both layers cover the same ground in every council."""
    was, now = before.dissolve("lad24cd"), after.dissolve("lad24cd")
    differs = was.geometry.symmetric_difference(now.geometry, align=True).area.max()
    return require(differs <= TOLERANCE_M2, "Covers the same ground as the LSOAs of 2011 in every council")


def deprivation(table: pd.DataFrame, edition: Edition) -> tuple[str, ...]:
    """Claims about ranks and deciles of one edition."""
    ranks = table[[f"{index}_rank" for index in INDICES]]
    ordered = table.sort_values("imd_rank")["imd_decile"].is_monotonic_increasing
    return (
        require(bool(ranks.le(edition.n_lsoas).all(axis=None)), f"Every rank is 1 to {edition.n_lsoas:,}"),
        require(bool(table["imd_rank"].is_unique), "No IMD rank is given twice"),
        require(bool(ordered), "Deciles follow ranks: 1 is the most deprived"),
    )


def best_fit(fit: pd.DataFrame, deprivation_table: pd.DataFrame) -> tuple[str, ...]:
    """The claim that every LSOA with a figure has a best-fit ward."""
    same = set(fit["lsoa_code"]) == set(deprivation_table["lsoa_code"])
    return (require(same, "Every LSOA of the edition has exactly one ward"),)


def wards(table: pd.DataFrame) -> tuple[str, ...]:
    """Claims about the list of wards."""
    empty = ", ".join(table.loc[table["n_lsoas"] == 0, "wd24nm"]) or "none"
    return (
        require(bool(table["wd24nm"].notna().all()), "Every ward has its name"),
        f"Wards that no LSOA is best-fitted to: {empty}",
    )


def postcodes(table: pd.DataFrame, lookup: pd.DataFrame) -> tuple[str, ...]:
    """Claims about positions and official codes."""
    both = table[table["is_official"]].merge(lookup, on="postcode", suffixes=("", "_official"))
    equal = float((both["lsoa11cd"] == both["lsoa11cd_official"]).mean())
    live, official = table[table["is_live"]], table["is_official"]
    return (
        require(equal == 1, f"{len(both):,} postcodes carry the official 2011 LSOA of the ONS lookup"),
        f"{int((~official).sum()):,} postcodes newer than the lookup take the nearest LSOA of their district",
        f"{len(live):,} live, {len(table) - len(live):,} no longer live",
    )


def places(table: pd.DataFrame) -> tuple[str, ...]:
    """Claims about privacy and placing: every place but those withheld is on the map."""
    placed = table["located_by"].ne("nothing")
    return (
        *privacy(table),
        require(bool((placed | table["is_withheld"]).all()), "Every other place is placed by its postcode"),
        f"{int(placed.sum())} of {len(table)} places are on the map",
    )


def privacy(table: pd.DataFrame) -> tuple[str, ...]:
    """Claims that nothing says where a place is that may be a home."""
    withheld = table["is_withheld"]
    hidden = bool(table.loc[withheld, list(DOOR)].isna().all(axis=None))
    district = table.loc[withheld, "note"].str.contains(r"\b[A-Z]{1,2}\d", na=False)
    return (
        require(
            hidden,
            f"{int(withheld.sum())} places that may be homes hold no address, postcode, position, "
            "LSOA or ward",
        ),
        require(not district.any(), "No note of theirs names a postcode district"),
    )
