"""Which LSOAs, and how much of each, are in an area that somebody drew: by the postcodes of their people."""

from dataclasses import dataclass
from typing import Any, Final

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapping.crs import BNG, require_crs

NOBODY: Final = "No live postcode of the councils held lies inside: nobody to count."

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True)
class Parts:
    """The parts of LSOAs that drawn areas hold."""

    rows: pd.DataFrame
    """Rows of the deprivation table, one a drawn area and LSOA that is in it at all, with `area`, the area's
    label in the index of the table of areas, and `share`, 0 to 1, how much of the LSOA is in it."""
    notes: "pd.Series[str]"
    """What to know of each area, on the index of the table of areas; "" where there is nothing."""


def shares(postcodes: pd.DataFrame, polygon: Any, *, lsoa: str) -> "pd.Series[float]":
    """The share, over 0 and up to 1, of each LSOA that is in `polygon` at all, by code.

    It is the share of the LSOA's live small-user postcodes that lie inside or on the edge; of all its live
    ones, where it has no small-user one. Small users are mostly homes, so that it stands for the people.

    Parameters
    ----------
    postcodes : `schemas.Postcodes`, all those of every LSOA that may be in it.
    polygon : EPSG:27700, valid.
    lsoa : `lsoa11cd` or `lsoa21cd`: the LSOAs meant.
    """
    counted = _counted(postcodes, lsoa=lsoa)
    return _shares(counted[_inside(counted, polygon)])


def parts(areas: gpd.GeoDataFrame, postcodes: pd.DataFrame, deprivation: pd.DataFrame, *, lsoa: str) -> Parts:
    """What of the LSOAs in `deprivation` lies in each of `areas`, which may overlap; see `shares`.

    `areas` has any index; an area without geometry holds nothing. `deprivation` is `schemas.Deprivation` of
    the LSOAs whose postcodes are all held. Raises CrsError where `areas` is not in EPSG:27700.
    """
    require_crs(BNG, areas=areas)
    of_england = deprivation.set_index("lsoa_code", drop=False)
    live = postcodes[postcodes["is_live"]]
    is_held = of_england.index.get_indexer(pd.Index(live[lsoa])) >= 0
    counted = _counted(live[is_held], lsoa=lsoa)
    rows, notes = [of_england.iloc[:0].assign(area=areas.index[:0], share=0.0)], []
    for label, polygon in areas.geometry.items():
        inside = counted[_inside(counted, polygon)]
        held = _shares(inside)
        rows.append(of_england.loc[held.index].assign(area=label, share=held))
        beyond = int(_inside(live[~is_held], polygon).sum())
        notes.append(_note(inside, n_beyond=beyond) if polygon is not None else "")
    table = pd.concat(rows, ignore_index=True)
    return Parts(rows=table, notes=pd.Series(notes, index=areas.index, dtype="str"))


def _counted(postcodes: pd.DataFrame, *, lsoa: str) -> pd.DataFrame:
    """The postcodes that stand for their LSOA's people, with how many do so for the same LSOA, `of`."""
    known = postcodes["is_live"] & postcodes[lsoa].notna()
    live = postcodes.loc[known, ["easting", "northing", "is_small_user"]].assign(code=postcodes[lsoa])
    is_small = live["is_small_user"].fillna(False).astype(bool)
    counted = live[is_small | ~is_small.groupby(live["code"]).transform("any")]
    return counted.assign(of=counted.groupby("code")["code"].transform("size"), is_small=is_small)


def _inside(postcodes: pd.DataFrame, polygon: Any) -> Flags:
    """Whether each postcode lies in `polygon` or on its edge."""
    inside = np.zeros(len(postcodes), dtype=bool)
    if polygon is None:
        return inside
    west, south, east, north = polygon.bounds
    x, y = postcodes["easting"].to_numpy(), postcodes["northing"].to_numpy()
    near = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    shapely.prepare(polygon)
    inside[near] = shapely.intersects_xy(polygon, x[near], y[near])
    return inside


def _shares(inside: pd.DataFrame) -> "pd.Series[float]":
    by_code = inside.groupby("code")["of"]
    return (by_code.size() / by_code.first()).rename("share").rename_axis("lsoa_code")


def _note(inside: pd.DataFrame, *, n_beyond: int) -> str:
    told = []
    if n_beyond:
        are = "1 live postcode inside is" if n_beyond == 1 else f"{n_beyond:,} live postcodes inside are"
        told.append(f"{are} outside the councils held, and left out.")
    if n_large := inside.loc[~inside["is_small"], "code"].nunique():
        told.append(f"LSOAs without small-user postcodes, divided by all their live ones: {n_large:,}.")
    return " ".join(told if len(inside) else [*told, NOBODY])
