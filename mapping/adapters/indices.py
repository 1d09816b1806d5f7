"""The English Indices of Deprivation as MHCLG publishes them: Files 1 to 9 by LSOA, File 10 by district."""

from dataclasses import replace
from typing import Final

import numpy as np
import pandas as pd

from mapping.adapters import headed, headings
from mapping.adapters.columns import read_columns
from mapping.adapters.faults import Faults
from mapping.adapters.recognise import Recognised
from mapping.editions import EDITIONS, INDICES, Edition
from mapping.schemas import DISTRICT, LSOA

N_DECILES: Final = 10
LARGEST_LSOA: Final = 100_000
"""People: far more than any LSOA has."""


def read_indices(found: Recognised) -> pd.DataFrame:
    """What a file of the indices holds, one row an LSOA, by its code.

    Columns `lsoa_code, lsoa_name, lad_code, lad_name` and whichever of `{index}_score`, `{index}_rank`,
    `{index}_decile`, `population`, `{domain}_transformed` it has: names, units and meaning as in
    `schemas.Deprivation`. Ranks, deciles and population are whole numbers, scores are floats. A score or a
    population is NA where its cell is empty; nothing else is. The file is England's or an extract of it; with
    more than half of England it must have all.

    Source: MHCLG, English Indices of Deprivation 2019 and 2025, Files 1 to 9; OGL v3.
    Raises SourceMissingError, or SourceChangedError (damaged; values missing, malformed, out of range or
    there twice; rows missing).
    """
    edition = EDITIONS[found.vintage]
    read = read_columns(found, headings.KEYS | headings.MEASURES)
    read = read.sort_values("lsoa_code", ignore_index=True)
    faults = Faults(found.path, rows=read["lsoa_code"])
    faults.malformed(read["lsoa_code"], LSOA, column="lsoa_code")
    faults.malformed(read["lad_code"], DISTRICT, column="lad_code")
    faults.repeated(read["lsoa_code"], column="lsoa_code")
    faults.count(len(read), edition.n_lsoas, what="LSOAs in England")
    if edition.n_lsoas / 2 < len(read) < edition.n_lsoas:
        faults.say(f"{len(read):,} rows of {edition.n_lsoas:,}: cut short")
    measures = {
        column: _measure(read[column], column, edition, faults)
        for column in headings.MEASURES
        if column in read
    }
    faults.raise_if_any()
    return read[list(headings.KEYS)].assign(**measures)


def _measure(values: pd.Series, column: str, edition: Edition, faults: Faults) -> pd.Series:
    """One column of a file of the indices as numbers; faults in it are noted."""
    if column == "population":
        return faults.whole(values, column=column, least=1, most=LARGEST_LSOA, is_optional=True)
    if column.endswith("_rank"):
        return faults.whole(values, column=column, least=1, most=edition.n_lsoas)
    if column.endswith("_decile"):
        return faults.whole(values, column=column, least=1, most=N_DECILES)
    return faults.numbers(values, column=column, is_optional=True)


def read_district_summaries(found: Recognised) -> pd.DataFrame:
    """The published summaries, one row a district and index, by index and district.

    Columns `lad_code, lad_name` (of the edition's own districts), `index` (as in `editions.INDICES`),
    `average_rank, average_score, proportion_most_deprived_share, extent_share, local_concentration`, each
    followed by its `rank_of_…`, 1 the most deprived. Extent and local concentration are published for the IMD
    alone: NA for the domains.

    Source: MHCLG, English Indices of Deprivation 2019 and 2025, File 10 (lower tier); OGL v3.
    Raises SourceMissingError, or SourceChangedError (damaged; values missing, malformed or there twice; a
    district too few or too many).
    """
    edition = EDITIONS[found.vintage]
    tables = []
    for table in headed.tables_in(found.path):
        index = headings.summed_index(table.headings)
        if index and found.member in ("", table.member):
            sheet = replace(found, member=table.member, form=table.form)
            tables.append(_one_index(sheet, index=index, n_districts=edition.n_districts))
    every = pd.concat(tables, ignore_index=True)
    order = every["index"].map(list(INDICES).index)
    return (
        every.assign(order=order).sort_values(["order", "lad_code"], ignore_index=True).drop(columns="order")
    )


def _one_index(found: Recognised, *, index: str, n_districts: int) -> pd.DataFrame:
    """The summaries on one sheet, or in one CSV."""
    keys = {key: headings.KEYS[key] for key in ("lad_code", "lad_name")}
    read = read_columns(found, keys | headings.SUMMARIES)
    faults = Faults(found.path, rows=index + " of " + read["lad_code"])
    faults.malformed(read["lad_code"], DISTRICT, column="lad_code")
    faults.repeated(read["lad_code"], column="lad_code")
    faults.count(len(read), n_districts, what="districts in England", least=n_districts)
    summaries = read[["lad_code", "lad_name"]].assign(index=index)
    for column in headings.SUMMARIES:
        is_rank = column.startswith("rank_of_")
        if column not in read:
            summaries[column] = pd.Series(np.nan, index=read.index, dtype="Int64" if is_rank else "float64")
        elif is_rank:
            ranks = faults.whole(read[column], column=column, least=1, most=n_districts)
            summaries[column] = ranks.astype("Int64")
        else:
            # Cells hold binary floats: 35.036999999999999 was published as 35.037.
            summaries[column] = faults.numbers(read[column], column=column).round(4)
    faults.raise_if_any()
    return summaries
