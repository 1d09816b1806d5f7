"""(h) Every summary of England: both editions, eight indices, by district and by ward, against bare means.

`BENCH_ENGLAND` names a folder of built tables of all England; without it, one of the same size is made up.
"""

import os
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from bench.figures import Figure, rounded
from bench.national import apart, opened
from mapping.analysis import measures
from mapping.analysis.measures import WEIGHED_BY
from mapping.editions import EDITIONS, INDICES, Edition

ROUNDS: Final = 7
TARGET_S: Final = 1.0
GROUPS: Final = ("district", "ward")
N_WARDS: Final = 7_000


def figures() -> Iterator[Figure]:
    """One figure: the seconds for all of them together, the tables being there."""
    folder = os.environ.get("BENCH_ENGLAND")
    yield apart(measured, Path(folder).resolve() if folder else None)


def measured(england: Path | None) -> Figure:
    """The figure, and the most memory that a process of its own had in use."""
    tables = made_up() if england is None else built(england)
    for edition, lsoas in tables:
        for by in GROUPS:
            ours = measures.summaries(lsoas, by=by, n=edition.n_lsoas)
            assert ours["code"].nunique() == lsoas[by].nunique()
    turns = [(_seconds(all_summaries, tables), _seconds(bare_means, tables)) for _ in range(ROUNDS)]
    ours, bare = (statistics.median(each) for each in zip(*turns, strict=True))
    return Figure(
        figure="all summaries of England, 2 editions, 8 indices, by district and ward",
        value=rounded(ours),
        unit="s",
        target=TARGET_S,
        detail={
            "bare": rounded(bare),
            "ratio to bare": rounded(ours / bare),
            "rounds": ROUNDS,
            "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
            "tables": "made up" if england is None else "built",
        },
    )


Tables = list[tuple[Edition, pd.DataFrame]]


def all_summaries(tables: Tables) -> None:
    """What the pages and the command need: every measure with its rank."""
    for edition, lsoas in tables:
        for index in INDICES:
            for by in GROUPS:
                measures.ranked(measures.summaries(lsoas, by=by, n=edition.n_lsoas, index=index))


def bare_means(tables: Tables) -> None:
    """The least that could be called a summary: the mean rank of each group."""
    for _, lsoas in tables:
        for index in INDICES:
            for by in GROUPS:
                lsoas.groupby(by)[f"{index}_rank"].mean()


def built(england: Path) -> Tables:
    """England's own tables, each LSOA with its district and ward."""
    _, atlas = opened(england)
    tables = []
    for year, lsoas in atlas.deprivation.items():
        fit = atlas.best_fit[year].set_index("lsoa_code")["ward_code"]
        grouped = lsoas.assign(district=lsoas["lad_code"], ward=lsoas["lsoa_code"].map(fit))
        tables.append((EDITIONS[year], _weighed(grouped)))
    return tables


def made_up() -> Tables:
    """As many LSOAs, districts and wards as England has, with ranks and people at random."""
    random = np.random.default_rng(1)
    tables = []
    for edition in EDITIONS.values():
        n = edition.n_lsoas
        wards = np.sort(random.integers(0, N_WARDS, n))
        columns = {
            "district": np.char.add(
                "E07", np.char.zfill((wards * edition.n_districts // N_WARDS).astype(str), 6)
            ),
            "ward": np.char.add("E05", np.char.zfill(wards.astype(str), 6)),
            "population": pd.array(random.integers(1_000, 3_000, n), dtype="Int64"),
        }
        for index in INDICES:
            ranks = random.permutation(n) + 1
            columns |= {f"{index}_rank": ranks, f"{index}_decile": np.ceil(10 * ranks / n).astype(int)}
            columns |= {f"{index}_score": random.random(n)}
        tables.append((edition, _weighed(pd.DataFrame(columns).astype({"district": "str", "ward": "str"}))))
    return tables


def _weighed(lsoas: pd.DataFrame) -> pd.DataFrame:
    """`lsoas`, with whom each index is weighed by: what is not held takes no less time than what is."""
    filled = lsoas["population"].astype("Int64").fillna(1_500)
    return lsoas.assign(population=filled, **dict.fromkeys(WEIGHED_BY.values(), filled * 0.6))


def _seconds(work: Callable[[Tables], None], tables: Tables) -> float:
    started = time.perf_counter()
    work(tables)
    return time.perf_counter() - started
