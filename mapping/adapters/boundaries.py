"""ONS boundaries as published, and the 2021 LSOAs cut from those of 2011."""

import json
from collections.abc import Collection
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely
from shapely.ops import split

from mapping.crs import BNG, WGS84
from mapping.errors import SourceChangedError, SourceMissingError

MILLIMETRE = 0.001
ENGLISH = "E"
"""What the codes of England begin with."""


def read_lsoa11(path: Path, *, codes: Collection[str] | None = None) -> gpd.GeoDataFrame:
    """The LSOAs of 2011 named in `codes`, or all of England: `lsoa11cd, lsoa11nm, geometry`, by code.

    EPSG:27700.

    Source: ONS, LSOA (December 2011) boundaries, super generalised (200 m), in GeoJSON; OGL v3.
    Raises SourceMissingError (no file) or SourceChangedError (other properties, a code missing).
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        wanted = [f for f in features if _is_wanted(f["properties"]["LSOA11CD"], codes)]
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No boundaries at {path}. Install requirements-build.txt.") from exc
    except (ValueError, KeyError) as exc:
        raise SourceChangedError(f"{path.name} is not ONS LSOA boundaries: {exc!r}") from exc
    missing = set(codes or ()) - {f["properties"]["LSOA11CD"] for f in wanted}
    if missing:
        raise SourceChangedError(f"{path.name} lacks {len(missing)} LSOAs: {', '.join(sorted(missing)[:5])}")
    read = gpd.GeoDataFrame.from_features(wanted, crs=WGS84).to_crs(BNG)
    named = read.rename(columns={"LSOA11CD": "lsoa11cd", "LSOA11NM": "lsoa11nm"})
    # Shared vertices come back from degrees a hair apart; one grid makes neighbours meet again.
    on_grid = named.set_geometry(shapely.set_precision(named.geometry.values, MILLIMETRE), crs=BNG)
    return on_grid[["lsoa11cd", "lsoa11nm", "geometry"]].sort_values("lsoa11cd", ignore_index=True)


def _is_wanted(code: str, codes: Collection[str] | None) -> bool:
    return code.startswith(ENGLISH) if codes is None else code in codes


def read_cuts(path: Path) -> gpd.GeoDataFrame:
    """The line that cuts each split LSOA of 2011 in two: `lsoa11cd, geometry`, EPSG:27700."""
    vertices = pd.read_csv(path).sort_values(["lsoa11cd", "vertex"])
    lines = {code: shapely.LineString(v[["easting", "northing"]]) for code, v in vertices.groupby("lsoa11cd")}
    return gpd.GeoDataFrame({"lsoa11cd": list(lines)}, geometry=list(lines.values()), crs=BNG)


def read_cut_sides(path: Path) -> gpd.GeoDataFrame:
    """A point inside each child of a split LSOA: `lsoa11cd, lsoa21cd, geometry`, EPSG:27700."""
    sides = pd.read_csv(path)
    points = gpd.points_from_xy(sides["easting"], sides["northing"], crs=BNG)
    return gpd.GeoDataFrame(sides[["lsoa11cd", "lsoa21cd"]], geometry=points)


def split_children(
    lsoa11: gpd.GeoDataFrame, *, cuts: gpd.GeoDataFrame, sides: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """The children of the split LSOAs: `lsoa21cd, geometry`, EPSG:27700.

    Each parent is cut by its line; the child is the part that holds the child's point.
    Raises SourceChangedError where a line does not cut its parent in two.
    """
    parents = lsoa11.set_index("lsoa11cd").geometry
    children = []
    for parent, cut in zip(cuts["lsoa11cd"], cuts.geometry, strict=True):
        parts = list(split(parents[parent], cut).geoms)
        for child, point in _sides_of(parent, sides):
            holding = [part for part in parts if part.contains(point)]
            if len(parts) != 2 or len(holding) != 1:
                raise SourceChangedError(f"The cut of {parent} leaves {len(parts)} parts, not two.")
            children.append((child, holding[0]))
    codes, shapes = zip(*children, strict=True)
    return gpd.GeoDataFrame({"lsoa21cd": codes}, geometry=list(shapes), crs=BNG)


def _sides_of(parent: str, sides: gpd.GeoDataFrame) -> list[tuple[str, shapely.Point]]:
    mine = sides[sides["lsoa11cd"] == parent]
    return list(zip(mine["lsoa21cd"], mine.geometry, strict=True))


def lsoa21_from_lsoa11(
    lsoa11: gpd.GeoDataFrame, *, changes: pd.DataFrame, children: gpd.GeoDataFrame
) -> gpd.GeoDataFrame:
    """The LSOAs of 2021 built from those of 2011: `lsoa21cd, geometry`, EPSG:27700, by code.

    Unchanged codes keep their shape, merged ones are joined, a complex one takes the shape of
    its listed parent, split ones are `children`. Lines on the ground that moved otherwise are
    not known from codes.
    """
    changed = lsoa11["lsoa11cd"].isin(changes["lsoa11cd"])
    unchanged = lsoa11.loc[~changed, ["lsoa11cd", "geometry"]].rename(columns={"lsoa11cd": "lsoa21cd"})
    whole = changes[changes["change"] != "S"].merge(lsoa11[["lsoa11cd", "geometry"]], on="lsoa11cd")
    joined = gpd.GeoDataFrame(whole, crs=BNG)[["lsoa21cd", "geometry"]].dissolve("lsoa21cd").reset_index()
    every = pd.concat([unchanged, joined, children], ignore_index=True)
    return gpd.GeoDataFrame(every, crs=BNG).sort_values("lsoa21cd", ignore_index=True)
