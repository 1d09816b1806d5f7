"""All of England in 2019, from MHCLG's own files: read once for the tests that prove our sums with it."""

from functools import cache, reduce
from pathlib import Path

import pandas as pd

from mapping.adapters.indices import read_district_summaries, read_indices
from mapping.adapters.recognise import recognise
from mapping.editions import DOMAINS, OFFICIAL_WEIGHTS

N = 32_844
KEYS = ["lsoa_code", "lsoa_name", "lad_code", "lad_name"]


@cache
def england(folder: Path) -> pd.DataFrame:
    """One row an LSOA: ranks, deciles, population, transformed domain scores, the IMD score made of these."""
    files = [sorted(folder.glob(f"iod2019/File_{number}_*.csv*"))[0] for number in (2, 6, 9)]
    tables = [read_indices(recognise(file)[0]) for file in files]
    table = reduce(lambda left, right: left.merge(right, on=KEYS, validate="1:1"), tables)
    assert len(table) == N
    score = sum(table[f"{domain}_transformed"] * OFFICIAL_WEIGHTS[domain] for domain in DOMAINS)
    held = table.assign(imd_score=score, **{f"{domain}_score": float("nan") for domain in DOMAINS})
    return held.merge(_working_age(files[1]), on="lsoa_code", validate="1:1")


@cache
def published(folder: Path) -> pd.DataFrame:
    """File 10, the published summaries: one row a district, on index of the indices and code."""
    file = next(folder.glob("iod2019/File_10_*"))
    return read_district_summaries(recognise(file)[0]).set_index(["index", "lad_code"])


def _working_age(file: Path) -> pd.DataFrame:
    """The denominators of the employment domain, which this CSV rounds to whole people."""
    columns = {"LSOA code (2011)": "lsoa_code"}
    read = pd.read_csv(file, encoding="utf-8-sig", dtype={"LSOA code (2011)": "str"})
    columns |= {name: "working_age_population" for name in read if name.startswith("Working age")}
    return read[list(columns)].rename(columns=columns)
