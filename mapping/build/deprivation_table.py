"""The deprivation table of an edition, from the files its publisher parts it into."""

from typing import Final

import numpy as np
import pandas as pd

from mapping import schemas
from mapping.analysis import codes
from mapping.build import file_checks
from mapping.build.findings import Findings
from mapping.editions import DOMAINS, INDICES, OFFICIAL_WEIGHTS, Edition
from mapping.errors import SourceMissingError

MOVED: Final = {"2025": ("E01027305", "E06000062", "West Northamptonshire")}
"""The LSOA whose district MHCLG corrected in November 2025, in every LSOA file under the same name."""
COLUMNS: Final = list(schemas.Deprivation.to_schema().columns)


def deprivation_table(published: pd.DataFrame, edition: Edition) -> tuple[pd.DataFrame, Findings]:
    """The edition's table, meeting `schemas.Deprivation`, by LSOA code, and what was found of it.

    `published` has columns as `adapters.indices.read_indices` names them; a row is an LSOA. A score that no
    file gives is made by MHCLG's own sum from the transformed domain scores (File 9), or is NA; population
    and domain scores that no file gives are NA. Deciles are ⌈10·rank ÷ N⌉, checked against the published.

    Raises SourceMissingError (ranks of a domain in no file) or SourceChangedError (figures contradict).
    """
    ranks = [f"{index}_rank" for index in INDICES]
    absent = [INDICES[index] for index in INDICES if f"{index}_rank" not in published]
    if absent:
        raise SourceMissingError(
            f"The files of the {edition.title} hold no rank for: {', '.join(absent)}. Bring File 2 or File 7."
        )
    whole = published.reindex(columns=[*dict.fromkeys([*COLUMNS, *published.columns])])
    ranked = whole[whole[ranks].notna().all(axis="columns")].copy()
    ranked, derived = with_scores(ranked)
    for index in INDICES:
        ranked[f"{index}_decile"] = deciles(ranked[f"{index}_rank"], edition.n_lsoas)
    ranked["lad24cd"] = codes.current_districts(ranked["lad_code"])
    found = file_checks.published_deciles(whole, ranked) + derived + what_is_absent(ranked, edition)
    found += Findings(issues=_unranked(len(whole) - len(ranked)))
    ordered = ranked[COLUMNS].sort_values("lsoa_code", ignore_index=True)
    return schemas.conform(schemas.Deprivation, ordered, source=edition.title), found


def deciles(ranks: "pd.Series[int]", n: int) -> "pd.Series[int]":
    """⌈10·rank ÷ n⌉ of each rank: 1 holds the most deprived tenth of `n` areas."""
    return (-(-10 * ranks.astype("int64") // n)).astype("int64")


def with_scores(table: pd.DataFrame) -> tuple[pd.DataFrame, Findings]:
    """`table` with the IMD score where a file has it, else the weighted sum of the transformed domain scores.

    Source: MHCLG, English Indices of Deprivation, technical report: weights in `OFFICIAL_WEIGHTS`.
    """
    transformed = [f"{domain}_transformed" for domain in DOMAINS]
    if table["imd_score"].notna().any() or not set(transformed) <= set(table.columns):
        return table, Findings()
    weights = np.array([OFFICIAL_WEIGHTS[domain] for domain in DOMAINS])
    summed = (table[transformed].astype("float64") * weights).sum(axis="columns", min_count=len(weights))
    words = (
        "IMD score: the weighted sum of the seven transformed domain scores (File 9), by MHCLG's own formula"
    )
    return table.assign(imd_score=summed.round(3)), Findings(checks=(words,))


def what_is_absent(table: pd.DataFrame, edition: Edition) -> Findings:
    """What no file gives, with what cannot be said for want of it."""
    scores = [f"{domain}_score" for domain in DOMAINS]
    said = []
    if table["imd_score"].isna().all():
        said.append(
            "No IMD score: no file with scores (File 5, 7 or 9) was there, so average scores are not shown"
        )
    if table[scores].isna().all(axis=None):
        said.append("No domain scores: no file with them (File 5 or 7) was there")
    n = int(table["population"].isna().sum())
    if n:
        said.append(
            f"No population for {n:,} of {len(table):,} LSOAs: no file (File 6 or 7) gives it, so no figure "
            "that is weighted by population is shown where one of them is needed"
        )
    if table["working_age_population"].isna().all():
        said.append(
            "No working-age population: no file (File 6 or 7) gives it, so districts have no average rank of "
            "the employment domain"
        )
    return Findings(issues=tuple(said) + _first_version(table, edition))


def _first_version(table: pd.DataFrame, edition: Edition) -> tuple[str, ...]:
    lsoa, district, name = MOVED.get(edition.year, ("", "", ""))
    mine = table.loc[table["lsoa_code"] == lsoa, "lad_code"]
    if mine.empty or mine.iloc[0] == district:
        return ()
    return (
        f"LSOA {lsoa} is not in {name}: this is the first version of October 2025. "
        "Fetch the corrected file of November 2025; the figures are the same",
    )


def _unranked(n: int) -> tuple[str, ...]:
    return (f"LSOAs left out, as no file has all of their ranks: {n:,}",) if n else ()


def district_table(published: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Districts of the editions held, then and today, meeting `schemas.Districts`, by edition and code.

    `published` has `lad_code, lad_name` for each LSOA, by edition.
    """
    each = [rows[["lad_code", "lad_name"]].assign(edition=year) for year, rows in published.items()]
    every = pd.concat(each).drop_duplicates(["edition", "lad_code"])
    every["lad24cd"] = codes.current_districts(every["lad_code"])
    joined = every.merge(codes.districts_in_force(), on="lad24cd", how="left")
    ordered = joined[list(schemas.Districts.to_schema().columns)].sort_values(["edition", "lad_code"])
    return schemas.conform(schemas.Districts, ordered, source="districts")
