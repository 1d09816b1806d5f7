"""Rows of national size to place, and what placing them takes, in a process of its own."""

import multiprocessing
import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely
from pandas.testing import assert_frame_equal

from mapping.analysis.coordinates import Positions
from mapping.analysis.holding import holding_code
from mapping.analysis.place import place_rows
from mapping.atlas import Atlas, read_atlas
from mapping.brought import Brought, atlas_gazetteer
from mapping.issues import NO_ISSUES
from mapping.settings import Settings

N_ROWS: Final = int(os.environ.get("BENCH_ROWS") or 1_700_000)
PAIRS: Final = 5


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What one way of placing took, and the bare thing beside it; seconds, in turns."""

    ours: list[float]
    bare: list[float]
    peak_mb: float
    """The most memory that the process had in use with ours: tables, rows and result."""
    detail: dict[str, float]


def apart(work: Callable[..., Any], *arguments: object) -> Any:
    """What `work` gives in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, *arguments).result()


def opened(england: Path) -> tuple[Settings, Atlas]:
    """The settings of the tables in `england`, and their atlas."""
    settings = Settings.from_env({"MAPPING_DATA": str(england)})
    return settings, read_atlas(settings)


def national_file(atlas: Atlas, *, way: str) -> Brought:
    """A file of as many rows, in no order: their postcodes, or their positions and no postcodes."""
    held = atlas.postcodes()[["easting", "northing"]]
    known = held.sample(N_ROWS, random_state=1, replace=len(held) < N_ROWS)
    rows = pd.DataFrame({"name": [f"Place {n}" for n in range(N_ROWS)]}, dtype="str")
    grid = known.astype("float").reset_index(drop=True)
    return Brought(
        rows=rows.assign(postcode=known.index.astype("str")) if way == "lookup" else rows,
        numbers=pd.RangeIndex(2, N_ROWS + 2),
        form="",
        postcode_column="postcode" if way == "lookup" else None,
        positions=None if way == "lookup" else Positions(grid, NO_ISSUES),
        issues=NO_ISSUES,
    )


def by_lookup(england: Path) -> Measured:
    """Placing by postcode beside a merge of the same rows; the tables of both are read beforehand."""
    _, atlas = opened(england)
    brought = national_file(atlas, way="lookup")
    started = time.perf_counter()
    tables = atlas_gazetteer(atlas, brought)
    reading = time.perf_counter() - started
    answers = tables.answers.iloc[:-1]

    def placed() -> pd.DataFrame:
        return place_rows(brought.rows, tables=tables, postcode_column="postcode")[0]

    def merged() -> pd.DataFrame:
        return brought.rows.merge(answers, how="left", left_on="postcode", right_index=True)

    first = placed()
    peak = peak_mb()
    assert_frame_equal(first[answers.columns], merged()[answers.columns])
    return _in_turns(placed, merged, peak, {"reading the tables": reading})


def by_polygon(england: Path) -> Measured:
    """The LSOA that holds each point beside a bare query of a tree of the LSOAs."""
    _, atlas = opened(england)
    positions = national_file(atlas, way="polygon").positions
    grid = pd.DataFrame() if positions is None else positions.table
    points = np.asarray(shapely.points(grid["easting"], grid["northing"]))
    areas = atlas.areas("lsoa21cd")

    def held() -> pd.api.extensions.ExtensionArray:
        return holding_code(points, areas)

    def bare() -> Any:
        return shapely.STRtree(areas.geometry.to_numpy()).query(points, predicate="intersects")

    codes = pd.Series(held())
    peak = peak_mb()
    at, area = bare()
    lowest = pd.Series(area).groupby(at).min()
    assert codes.iloc[lowest.index].tolist() == areas["code"].iloc[lowest].tolist()
    return _in_turns(held, bare, peak, {"in no LSOA": float(codes.isna().sum())})


def _in_turns(
    ours: Callable[[], object], bare: Callable[[], object], peak: float, detail: dict[str, float]
) -> Measured:
    times = [(seconds(ours), seconds(bare)) for _ in range(PAIRS)]
    mine, theirs = (list(each) for each in zip(*times, strict=True))
    return Measured(ours=mine, bare=theirs, peak_mb=peak, detail=detail)


def seconds(work: Callable[[], object]) -> float:
    """How long `work` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def peak_mb() -> float:
    """The most memory that this process has had in use, in MB."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3)
