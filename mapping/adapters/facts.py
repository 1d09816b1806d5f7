"""The pilot's facts: figures set down from published tables, shipped in `data/pilot/facts`."""

from math import ceil
from pathlib import Path
from typing import Final

import pandas as pd

from mapping.editions import INDICES, Edition
from mapping.errors import SourceChangedError, SourceMissingError
from mapping.schemas import BestFit, Changes, Deprivation, conform

DECILES: Final = 10


def read_deprivation(path: Path, *, edition: Edition) -> pd.DataFrame:
    """Ranks, deciles, score where published and population; one row an LSOA, meeting `Deprivation`.

    Source: MHCLG, English Indices of Deprivation; OGL v3. Deciles are ⌈10·rank ÷ N⌉, which
    equals the published decile for every LSOA of both editions.
    """
    facts = _read(path)
    table = pd.DataFrame({"lsoa_code": facts[edition.lsoa], "lsoa_name": facts[edition.lsoa[:-2] + "nm"]})
    # None of the pilot's councils has changed its code or its land since 2019.
    table["lad_code"] = table["lad24cd"] = facts["lad24cd"]
    for index in INDICES:
        score = f"{index}_score"
        table[score] = facts[score] if score in facts else float("nan")
    for index in INDICES:
        table[f"{index}_rank"] = facts[f"{index}_rank"]
    for index in INDICES:
        table[f"{index}_decile"] = [decile(r, n=edition.n_lsoas) for r in facts[f"{index}_rank"]]
    table["population"] = facts["population"]
    table["working_age_population"] = float("nan")
    return conform(Deprivation, table, source=path)


def decile(rank: int, *, n: int) -> int:
    """The decile of `rank` among `n` areas: 1 holds the most deprived tenth.

    Raises SourceChangedError where the rank is not among them.
    """
    if not 1 <= rank <= n:
        raise SourceChangedError(f"Rank {rank} is not between 1 and {n:,}.")
    return ceil(DECILES * rank / n)


def read_best_fit(path: Path, *, edition: Edition) -> pd.DataFrame:
    """LSOAs and the wards they are best-fitted to, meeting `BestFit`. Source: ONS; OGL v3."""
    facts = _read(path)
    names = {edition.lsoa: "lsoa_code", edition.ward: "ward_code", edition.ward[:-2] + "nm": "ward_name"}
    renamed = facts.rename(columns=names)
    columns = list(BestFit.to_schema().columns)
    return conform(BestFit, renamed[columns].sort_values("lsoa_code"), source=path)


def read_changes(path: Path) -> pd.DataFrame:
    """Pairs of 2011 and 2021 LSOAs that are not unchanged, meeting `Changes`. Source: ONS; OGL v3."""
    return conform(Changes, _read(path), source=path)


def read_places(path: Path) -> pd.DataFrame:
    """The directory's seed as set down: one row a place, every column text, NA where blank."""
    return _read(path, text=True)


def read_completeness(path: Path) -> pd.DataFrame:
    """How complete the record of each category in each council is believed to be."""
    return _read(path, text=True)


def _read(path: Path, *, text: bool = False) -> pd.DataFrame:
    try:
        return pd.read_csv(path, dtype=str if text else None)
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No table at {path}. Restore it from the repository.") from exc
