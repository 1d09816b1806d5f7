"""The tables that rows are placed with, put in order once and then only read."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import product
from typing import Any, Final, cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from mapping.analysis.holding import holding_code, others_near
from mapping.crs import BNG, require_crs

CODES: Final = ("lsoa11cd", "lsoa21cd", "wd24cd", "lad24cd")
LSOA_OF: Final = {"2019": "lsoa11cd", "2025": "lsoa21cd"}
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
ENDED_LATER: Final = "Postcode no longer in use (ended after the official lookup was made)"
"""The lookup says in which month a postcode ended only of those that ended before it was made."""
ENDED_REMEDY: Final = "Placed where it was. Give the present postcode if there is one."
ESTIMATED: Final = (
    "Postcode newer than the official lookup: LSOA estimated from the map",
    "About 3 in 100 of these are in the LSOA next door. Where it matters, look the postcode up with ONS.",
)
"""The reason and the remedy for a postcode that the official lookup did not know yet."""
MOST_NAMED: Final = 6
"""More councils than this are counted, not named."""


BEYOND: Final = "Outside the areas held"


@dataclass(frozen=True, kw_only=True)
class Doubts:
    """Why answers are less than plain: half of a long file may be under the same few kinds of doubt."""

    kind: npt.NDArray[np.intp]
    """What kind of doubt each answer is under; 0 is none."""
    reasons: pd.api.extensions.ExtensionArray
    remedies: pd.api.extensions.ExtensionArray
    """Both in the order of the kinds; a kind may have several, or none."""
    starts: npt.NDArray[np.intp]
    """Where those of each kind start; one more at the end."""
    joined: pd.api.extensions.ExtensionArray
    """All reasons of each kind, joined by "; "; NA where it has none."""

    def of(self, answers: npt.NDArray[np.intp]) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
        """For each doubt about `answers` (positions, repeats and all): which of them, and which reason."""
        kinds = self.kind[answers]
        first = self.starts[kinds]
        n = self.starts[kinds + 1] - first
        which = np.repeat(np.arange(len(answers)), n)
        nth = np.arange(len(which)) - np.repeat(np.cumsum(n) - n, n)
        return which, first[which] + nth

    def told(self, answers: npt.NDArray[np.intp]) -> pd.api.extensions.ExtensionArray:
        """All reasons about each of `answers`, joined by "; "; NA where there is none."""
        return self.joined.take(self.kind[answers])


@dataclass(frozen=True, kw_only=True)
class Gazetteer:
    """What is known of postcodes, and the polygons for positions without one."""

    answers: pd.DataFrame
    """`ANSWERS` of each postcode (the index); the last row, "", is the answer for no postcode."""
    doubts: Doubts
    """What is not plain about each answer, and what to do about it."""
    areas: Mapping[str, gpd.GeoDataFrame]
    """Polygons of `lsoa11cd`, `lsoa21cd` and `wd24cd`, as far as held and needed, sorted by `code`."""
    deciles: Mapping[str, "pd.Series[int]"]
    """IMD decile by LSOA code, for each edition held."""
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
    postcodes : `schemas.Postcodes`, indexed by postcode: all, or those that the rows may name.
    areas : polygons in EPSG:27700 with columns `code, geometry`, for `lsoa11cd`, `lsoa21cd` and `wd24cd`: all
        or those that may hold a row. Of a layer that is not given no position has a code.
    deprivation : `schemas.Deprivation` for each edition held.
    best_fit : `schemas.BestFit` of the LSOAs of 2021.
    councils : the districts whose areas are held, `lad24cd, lad24nm`.

    Raises CrsError where polygons are not in EPSG:27700.
    """
    polygons = {
        name: areas[name].sort_values("code", ignore_index=True) for name in CODES[:3] if name in areas
    }
    require_crs(BNG, **polygons)
    deciles = {edition: table.set_index("lsoa_code")["imd_decile"] for edition, table in deprivation.items()}
    is_live = postcodes["is_live"].to_numpy(bool)
    located_by = pd.array(["terminated postcode", "postcode"], dtype="str").take(is_live.astype(int))
    table = postcodes[["easting", "northing", *CODES, "could_be"]].assign(located_by=located_by)
    answers = pd.concat([_completed(table, deciles), _nowhere()])
    names = dict(zip(councils["lad24cd"], councils["lad24nm"], strict=True))
    return Gazetteer(
        answers=answers,
        doubts=_doubts(postcodes, undecided(answers, deciles), undecided_words(deciles, names)),
        areas=polygons,
        deciles=deciles,
        best_fit=best_fit.set_index("lsoa_code")[["ward_code", "lad24cd"]],
        councils=names,
    )


def undecided(answers: pd.DataFrame, editions: Iterable[str]) -> npt.NDArray[np.intp]:
    """Which of `editions` have no decile for each of `answers`: 0 none, 1 all, 2 and on that one alone.

    A few postcodes of a council lie in an LSOA of its neighbour: the LSOA counts.
    """
    lacks = [answers[f"imd_decile_{edition}"].isna().to_numpy(bool) for edition in editions]
    state = np.zeros(len(answers), dtype=np.intp)
    for nth, lacking in enumerate(lacks):
        state[lacking] = 2 + nth
    if lacks:
        state[np.logical_and.reduce(lacks)] = 1
    state[answers["easting"].isna().to_numpy(bool)] = 0
    return state


def undecided_words(editions: Iterable[str], councils: Mapping[str, str]) -> list[tuple[str, str]]:
    """The reason and the remedy for each answer of `undecided`; blank for the first."""
    remedy = "The tables built do not hold the LSOA of that edition here."
    alone = [(f"No decile of {edition} is known here", remedy) for edition in editions]
    return [("", ""), (BEYOND, f"No decile is known here. Held: {held_words(councils)}."), *alone]


def held_words(councils: Mapping[str, str]) -> str:
    """The names of `councils` (by code), or how many they are where a list would tell nobody anything."""
    return ", ".join(councils.values()) if len(councils) <= MOST_NAMED else f"{len(councils)} councils"


def answers_at(positions: pd.DataFrame, *, tables: Gazetteer) -> pd.DataFrame:
    """`ANSWERS` of n positions (`easting, northing` in EPSG:27700), on their index.

    The LSOAs of both vintages are those whose polygon holds the position; ward and district follow from the
    LSOA of 2021 by best fit, so that they cannot contradict it. NA where no area held has it. Boundaries are
    generalised: near an edge the official code can be another.
    """
    points = shapely.points(positions["easting"].to_numpy(), positions["northing"].to_numpy())
    table = positions.assign(located_by="coordinates", could_be=pd.Series(dtype="str"))
    for code in LSOA_OF.values():
        held = tables.areas.get(code)
        table[code] = None if held is None else holding_code(points, held)
    table["wd24cd"] = _looked_up(table["lsoa21cd"], tables.best_fit["ward_code"])
    table["lad24cd"] = _looked_up(table["lsoa21cd"], tables.best_fit["lad24cd"])
    if "wd24cd" in tables.areas:
        table["could_be"] = others_near(points, table["wd24cd"], tables.areas["wd24cd"], within_m=NEAR_M)
    return _completed(table, tables.deciles)


def _doubts(
    postcodes: pd.DataFrame, lacking: npt.NDArray[np.intp], of_place: list[tuple[str, str]]
) -> Doubts:
    """The doubts about the answers for `postcodes`, in their order, and at the end of none."""
    month, months = pd.factorize(postcodes["terminated"])
    is_live, is_official = postcodes["is_live"].to_numpy(bool), postcodes["is_official"].to_numpy(bool)
    # A month that is not known has the place -1, before the first.
    ended = np.append(np.select([is_live & is_official, is_live], [0, 1], default=3 + month), 0)
    of_postcode = [("", ""), ESTIMATED, (ENDED_LATER, ENDED_REMEDY)]
    of_postcode += [(f"Postcode ended {each}", ENDED_REMEDY) for each in months]
    kinds = [[each for each in pair if each[0]] for pair in product(of_postcode, of_place)]
    said = [each for kind in kinds for each in kind]
    return Doubts(
        kind=ended * len(of_place) + lacking,
        reasons=pd.array([reason for reason, _ in said], dtype="str"),
        remedies=pd.array([remedy for _, remedy in said], dtype="str"),
        starts=np.cumsum([0, *map(len, kinds)]),
        joined=pd.array(["; ".join(reason for reason, _ in kind) or None for kind in kinds], dtype="str"),
    )


def _completed(table: pd.DataFrame, deciles: Mapping[str, "pd.Series[int]"]) -> pd.DataFrame:
    """`table` with deciles, as `ANSWERS` with their types; positions to the metre."""
    filled = table.copy()
    for edition, code in LSOA_OF.items():
        held = deciles.get(edition)
        filled[f"imd_decile_{edition}"] = None if held is None else _looked_up(filled[code], held)
    filled[["easting", "northing"]] = filled[["easting", "northing"]].round().to_numpy()
    return _typed(filled)


def _looked_up(keys: "pd.Series[str]", values: "pd.Series[Any]") -> pd.api.extensions.ExtensionArray:
    """The value of each key; NA where it has none."""
    # There are a few thousand areas for millions of rows: each is looked for once.
    at, different = pd.factorize(keys)
    found = values.reindex(different).array
    return cast(pd.api.extensions.ExtensionArray, pd.array(found).take(at, allow_fill=True))


def _nowhere() -> pd.DataFrame:
    return _typed(pd.DataFrame({name: [None] for name in ANSWERS}, index=[""]).assign(located_by="nothing"))


def _typed(table: pd.DataFrame) -> pd.DataFrame:
    whole = ("easting", "northing", "imd_decile_2019", "imd_decile_2025")
    return table[list(ANSWERS)].astype({name: "Int64" if name in whole else "str" for name in ANSWERS})
