"""The tables that rows are placed with, put in order once and then only read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapping.crs import BNG, require_crs

CODES: Final = ("lsoa11cd", "lsoa21cd", "wd24cd", "lad24cd")
LSOA_OF: Final = {"2019": "lsoa11cd", "2025": "lsoa21cd"}
Points = npt.NDArray[np.object_]

ANSWERS: Final = (
    "easting",
    "northing",
    "located_by",
    *CODES,
    *(f"imd_decile_{edition}" for edition in LSOA_OF),
    "could_be",
)
"""What the tables say of one location, in order."""
NEAR_M: Final = 50
"""Within so many metres of another ward a place could be in that one."""
ENDED_LATER: Final = "Postcode no longer in use (ended after May 2022)"
"""The lookup says in which month a postcode ended only of those that ended before it was made."""
ENDED_REMEDY: Final = "Placed where it was. Give the present postcode if there is one."
ESTIMATED: Final = (
    "Postcode newer than the official lookup of May 2022: LSOA estimated from the map",
    "About 3 in 100 of these are in the LSOA next door. Where it matters, look the postcode up with ONS.",
)
"""The reason and the remedy for a postcode that the official lookup did not know yet."""
CRACK_M: Final = 1
"""Neighbouring polygons fit to within this: a point in none of them may stand in such a crack."""


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """Why answers are less than plain. Said beforehand, as half of a long file may have something to say."""

    reasons: pd.api.extensions.ExtensionArray
    remedies: pd.api.extensions.ExtensionArray
    """Both in the order of the answers; an answer may have several, or none."""
    starts: npt.NDArray[np.intp]
    """Where those of each answer start; one more at the end."""
    joined: pd.api.extensions.ExtensionArray
    """All reasons of each answer, joined by "; "; NA where it has none."""

    def of(self, answers: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """For each doubt about `answers` (positions, repeats and all): which of them, and which reason."""
        first = self.starts[answers]
        n = self.starts[answers + 1] - first
        which = np.repeat(np.arange(len(answers)), n)
        nth = np.arange(len(which)) - np.repeat(np.cumsum(n) - n, n)
        return which, first[which] + nth


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """What is known of every postcode, and the polygons for positions without one."""

    answers: pd.DataFrame
    """`ANSWERS` of each postcode (the index); the last row, "", is the answer for no postcode."""
    doubts: Doubts
    """What is not plain about each answer, and what to do about it."""
    areas: Mapping[str, gpd.GeoDataFrame]
    """Polygons of `lsoa11cd`, `lsoa21cd` and `wd24cd`, sorted by `code`."""
    deciles: Mapping[str, "pd.Series[int]"]
    """IMD decile by LSOA code, for each edition."""
    best_fit: pd.DataFrame
    """Ward and district by LSOA of 2021."""
    councils: Mapping[str, str]
    """Name by code of the districts whose areas are held."""

    @property
    def nowhere(self) -> int:
        """Position in `answers` of the answer for no postcode."""
        return len(self.answers) - 1


def gazetteer(
    postcodes: pd.DataFrame,
    *,
    areas: Mapping[str, gpd.GeoDataFrame],
    deprivation: Mapping[str, pd.DataFrame],
    best_fit: pd.DataFrame,
    councils: pd.DataFrame,
) -> Gazetteer:
    """The tables of an atlas, ready to place rows with.

    Parameters
    ----------
    postcodes : `schemas.Postcodes`, indexed by postcode.
    areas : polygons in EPSG:27700 with columns `code, geometry`, for `lsoa11cd`, `lsoa21cd` and `wd24cd`.
    deprivation : `schemas.Deprivation` for each edition.
    best_fit : `schemas.BestFit` of the LSOAs of 2021.
    councils : the districts whose areas are held, `lad24cd, lad24nm`.

    Raises CrsError where polygons are not in EPSG:27700.
    """
    polygons = {name: areas[name].sort_values("code", ignore_index=True) for name in CODES[:3]}
    require_crs(BNG, **polygons)
    deciles = {edition: table.set_index("lsoa_code")["imd_decile"] for edition, table in deprivation.items()}
    located_by = np.where(postcodes["is_live"], "postcode", "terminated postcode")
    table = postcodes[["easting", "northing", *CODES]].assign(located_by=located_by)
    answers = pd.concat([_completed(table, polygons["wd24cd"], deciles), _nowhere()])
    names = dict(zip(councils["lad24cd"], councils["lad24nm"], strict=True))
    return Gazetteer(
        answers=answers,
        doubts=_doubts(postcodes, answers, names),
        areas=polygons,
        deciles=deciles,
        best_fit=best_fit.set_index("lsoa_code")[["ward_code", "lad24cd"]],
        councils=names,
    )


def is_beyond(answers: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Whether each of `answers` is a position without a decile.

    A few postcodes of a council lie in an LSOA of its neighbour, which is not held: the LSOA counts.
    """
    unknown = answers["imd_decile_2019"].isna() | answers["imd_decile_2025"].isna()
    return (unknown & answers["easting"].notna()).to_numpy(bool)


def beyond_words(councils: Mapping[str, str]) -> tuple[str, str]:
    """The reason and the remedy for a position without a decile."""
    return "Outside the areas held", f"No decile is known here. Held: {', '.join(councils.values())}."


def _doubts(postcodes: pd.DataFrame, answers: pd.DataFrame, councils: Mapping[str, str]) -> Doubts:
    """The doubts about each of `answers`: those of `postcodes` in their order, and at the end of none."""
    is_plain = postcodes["is_live"] & postcodes["is_official"]
    months = postcodes["terminated"]
    ended = ("Postcode ended " + months).fillna(ENDED_LATER)
    reasons = [
        ended.where(~postcodes["is_live"], ESTIMATED[0]).mask(is_plain),
        pd.Series(beyond_words(councils)[0], index=answers.index).where(is_beyond(answers)),
    ]
    remedies = [
        pd.Series(ENDED_REMEDY, index=postcodes.index).where(~postcodes["is_live"], ESTIMATED[1]),
        pd.Series(beyond_words(councils)[1], index=answers.index),
    ]
    said = pd.DataFrame(
        {
            "at": np.concatenate([np.arange(len(each)) for each in reasons]),
            "reason": pd.concat(reasons).astype("str").array,
            "remedy": pd.concat(remedies).astype("str").array,
        }
    )
    said = said.dropna(subset="reason").sort_values("at", kind="stable")
    joined = said.groupby("at")["reason"].agg("; ".join).reindex(range(len(answers)))
    return Doubts(
        reasons=said["reason"].array,
        remedies=said["remedy"].array,
        starts=np.searchsorted(said["at"], np.arange(len(answers) + 1)),
        joined=joined.astype("str").array,
    )


def answers_at(positions: pd.DataFrame, *, tables: Gazetteer) -> pd.DataFrame:
    """`ANSWERS` of n positions (`easting, northing` in EPSG:27700), on their index.

    The LSOAs of both vintages are those whose polygon holds the position; ward and district follow from the
    LSOA of 2021 by best fit, so that they cannot contradict it. NA where no area held has it. Boundaries are
    generalised: near an edge the official code can be another.
    """
    points = shapely.points(positions["easting"].to_numpy(), positions["northing"].to_numpy())
    table = positions.assign(located_by="coordinates")
    for code in LSOA_OF.values():
        table[code] = holding_code(points, tables.areas[code])
    fitted = tables.best_fit.reindex(table["lsoa21cd"])
    table["wd24cd"], table["lad24cd"] = fitted["ward_code"].array, fitted["lad24cd"].array
    return _completed(table, tables.areas["wd24cd"], tables.deciles)


def holding_code(points: Points, areas: gpd.GeoDataFrame) -> pd.api.extensions.ExtensionArray:
    """The code of the area that holds each point, as text; NA where none does.

    `areas` are sorted by `code`. A point on a shared edge belongs to the area of the lower code, always.
    """
    tree = shapely.STRtree(areas.geometry.to_numpy())
    lowest = _lowest(tree.query(points, predicate="intersects"), len(points))
    missed = np.flatnonzero(lowest < 0)
    if len(missed):
        lowest[missed] = _lowest(
            tree.query(points[missed], predicate="dwithin", distance=CRACK_M), len(missed)
        )
    codes = pd.array([*areas["code"], None], dtype="str")
    return codes.take(lowest)


def other_wards(points: Points, own: "pd.Series[str]", wards: gpd.GeoDataFrame) -> "pd.Series[str]":
    """The codes of wards within `NEAR_M` of each point but for its own, joined by "; "; NA where none is."""
    tree = shapely.STRtree(wards.geometry.to_numpy())
    at, ward = tree.query(points, predicate="dwithin", distance=NEAR_M)
    near = pd.DataFrame({"at": at, "code": wards["code"].to_numpy()[ward]})
    other = near[near["code"].to_numpy() != own.to_numpy()[at]].sort_values(["at", "code"])
    joined = other.groupby("at")["code"].agg("; ".join)
    return cast("pd.Series[str]", joined.reindex(range(len(points))).astype("str").set_axis(own.index))


def _lowest(hits: npt.NDArray[np.int64], n_points: int) -> npt.NDArray[np.int64]:
    """For each point the first of its areas; -1 where it has none."""
    point, area = hits
    lowest = np.full(n_points, np.iinfo(np.int64).max)
    np.minimum.at(lowest, point, area)
    lowest[lowest == np.iinfo(np.int64).max] = -1
    return lowest


def _completed(
    table: pd.DataFrame, wards: gpd.GeoDataFrame, deciles: Mapping[str, "pd.Series[int]"]
) -> pd.DataFrame:
    """`table` with deciles and neighbouring wards, as `ANSWERS` with their types; positions to the metre."""
    points = shapely.points(table["easting"].to_numpy(float), table["northing"].to_numpy(float))
    filled = table.assign(could_be=other_wards(points, table["wd24cd"], wards))
    for edition, code in LSOA_OF.items():
        filled[f"imd_decile_{edition}"] = filled[code].map(deciles[edition]).astype("Int64")
    filled[["easting", "northing"]] = filled[["easting", "northing"]].round()
    return _typed(filled)


def _nowhere() -> pd.DataFrame:
    return _typed(pd.DataFrame({name: [None] for name in ANSWERS}, index=[""]).assign(located_by="nothing"))


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    whole = ("easting", "northing", "imd_decile_2019", "imd_decile_2025")
    return table[list(ANSWERS)].astype({name: "Int64" if name in whole else "str" for name in ANSWERS})
