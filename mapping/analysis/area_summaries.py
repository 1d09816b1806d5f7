"""The five measures of areas of one kind, or drawn ones, with names, ranks, and why a figure is missing."""

from collections.abc import Collection, Mapping
from typing import Final

import geopandas as gpd
import pandas as pd

from mapping.analysis import drawn, measures, summarise, weighting
from mapping.analysis.measures import MEASURES, RANK_COLUMNS
from mapping.editions import Edition

COLUMNS: Final = ("code", "name", "n_lsoas", "population", *MEASURES, *RANK_COLUMNS, "why")
KINDS: Final = {"lad": "districts", "ward": "wards", "lsoa": "LSOAs"}
NO_RANK_DRAWN: Final = "No rank: drawn areas are not a kind of area that covers England."


def area_summaries(
    lsoas: pd.DataFrame, groups: pd.Series, names: pd.Series, *, edition: Edition, index: str = "imd"
) -> pd.DataFrame:
    """One row an area of one kind, by code: `COLUMNS`, not rounded; see `measures.summaries`.

    Parameters
    ----------
    lsoas : as `own_lsoas` gives them.
    groups : the code of each LSOA's area, on the index of `lsoas`; NA for none.
    names : the name of each area by code. An area here that has no LSOA has a row without figures.

    Ranks are among all areas of the kind in England (1 = most deprived); NA, and `why` says so, where not
    all LSOAs of England are held.
    """
    figures = measures.summaries(lsoas.assign(group=groups), by="group", n=edition.n_lsoas, index=index)
    empty = pd.DataFrame({"code": names.index[~names.index.isin(figures["code"])], "n_lsoas": 0})
    if len(empty):
        empty["why"] = summarise.NO_LSOA
        figures = pd.concat([figures, empty]).sort_values("code", ignore_index=True)
    if len(lsoas) == edition.n_lsoas:
        return _told(measures.ranked(figures), names, lsoas, unranked="")
    # What `own_lsoas` says of it is the same, and more.
    held = f"No rank: {len(lsoas):,} of England’s {edition.n_lsoas:,} LSOAs are held."
    held = "" if "label" in lsoas else held
    return _told(_unranked(figures), names, lsoas, unranked=held)


def drawn_summaries(
    areas: gpd.GeoDataFrame,
    postcodes: pd.DataFrame,
    lsoas: pd.DataFrame,
    *,
    built: Collection[str],
    edition: Edition,
    index: str = "imd",
) -> pd.DataFrame:
    """One row a drawn area, in their order: `COLUMNS`, not rounded, no ranks; `code` is `drawn-1` and so on.

    Parameters
    ----------
    areas : `name, note, why, geometry` in EPSG:27700, as `adapters.polygons.read_polygons` gives them.
    postcodes : `schemas.Postcodes` of the councils that the areas touch.
    lsoas : as `own_lsoas` gives them.
    built : codes (`lad24cd`) of the councils whose postcodes are held: no other's LSOAs count.

    `population` is the sum of the LSOAs' parts, an estimate; `n_lsoas` counts LSOAs in it at all.
    Raises CrsError where `areas` is not in EPSG:27700.
    """
    numbered = areas.set_axis([f"drawn-{n}" for n in range(1, len(areas) + 1)])
    # Who shares a rank shows in all of England only: before the councils are picked out.
    ranks = measures.mean_ranks(lsoas[f"{index}_rank"], n=edition.n_lsoas)
    held = lsoas.assign(**{f"{index}_mean_rank": ranks})[lsoas["lad24cd"].isin(built)]
    parts = drawn.parts(numbered, postcodes, held, lsoa=edition.lsoa)
    figures = measures.summaries(parts.rows, by="area", n=edition.n_lsoas, index=index).set_index("code")
    figures = figures.reindex(numbered.index).fillna({"n_lsoas": 0, "why": ""}).astype({"n_lsoas": "int64"})
    notes = zip(numbered["why"], figures["why"], numbered["note"], parts.notes, strict=True)
    figures["why"] = pd.array([_sentences(*told) for told in notes], dtype="str")
    table = _unranked(figures.rename_axis("code").reset_index())
    return _told(table, numbered["name"], lsoas, unranked=NO_RANK_DRAWN)


def own_lsoas(
    deprivation: pd.DataFrame, weights: Mapping[str, float] | None, *, edition: Edition
) -> pd.DataFrame:
    """`deprivation`, or, where there are `weights` of the domains, with what they make of the IMD.

    Score, rank and decile of the IMD are then the reader's own, and a column `label` says so. Where
    `deprivation` is not all of England, rank and decile are NA, and `label` says why.
    Raises UnusableWeightsError.
    """
    if weights is None:
        return deprivation
    own = weighting.reweighted(deprivation, weights, n=edition.n_lsoas)
    # A rank among some of England's LSOAs is none of England: nothing is made of it.
    ranks = own["rank"].mask(own["decile"].isna())
    remade = {"imd_score": own["score"], "imd_rank": ranks, "imd_decile": own["decile"]}
    return deprivation.assign(**remade, label=(weighting.NOT_OFFICIAL + " " + own["why"]).str.strip())


def groups_by(
    kind: str,
    lsoas: pd.DataFrame,
    *,
    edition: Edition,
    districts: pd.DataFrame,
    best_fit: pd.DataFrame,
    wards: pd.DataFrame,
) -> tuple[pd.Series, pd.Series]:
    """The code of each LSOA's area of a kind in `KINDS`, on the index of `lsoas`, and the names by code.

    Districts are those of the edition; wards are by best fit, and those of `wards` (`schemas.Wards`) in
    the same councils that have no LSOA are among the names.
    """
    if kind == "lsoa":
        return lsoas["lsoa_code"], lsoas.set_index("lsoa_code")["lsoa_name"]
    if kind == "lad":
        of_edition = districts[districts["edition"] == edition.year].set_index("lad_code")["lad_name"]
        return lsoas["lad_code"], of_edition[of_edition.index.isin(lsoas["lad_code"])]
    fit = best_fit.set_index("lsoa_code")
    names = best_fit.drop_duplicates("ward_code").set_index("ward_code")["ward_name"]
    if edition.ward == "wd24cd":
        in_force = wards[wards["lad24cd"].isin(best_fit["lad24cd"])].set_index("wd24cd")["wd24nm"]
        names = pd.concat([names, in_force[~in_force.index.isin(names.index)]])
    return lsoas["lsoa_code"].map(fit["ward_code"]), names


def _unranked(figures: pd.DataFrame) -> pd.DataFrame:
    return figures.assign(**dict.fromkeys(RANK_COLUMNS, pd.array([pd.NA] * len(figures), dtype="Int64")))


def _told(figures: pd.DataFrame, names: pd.Series, lsoas: pd.DataFrame, *, unranked: str) -> pd.DataFrame:
    """`figures` with names and everything to know of each row in `why`, as `COLUMNS`."""
    label = str(lsoas["label"].iloc[0]) if "label" in lsoas else ""
    has_figure = figures[list(MEASURES)].notna().any(axis="columns")
    why = [
        _sentences(label, told, unranked if figured else "")
        for told, figured in zip(figures["why"], has_figure, strict=True)
    ]
    named = figures.assign(name=figures["code"].map(names), why=pd.array(why, dtype="str"))
    return named[list(COLUMNS)]


def _sentences(*told: str) -> str:
    return " ".join(filter(None, told))
