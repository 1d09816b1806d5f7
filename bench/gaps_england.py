"""(l) Gaps of all England by LSOA, for one category: by default, and on Dask with two workers.

`BENCH_ENGLAND` names a folder of built tables of all England; without it, one of the same size is made up.
The places are made up in both: as many as England has libraries, at postcodes chosen by chance.
"""

import importlib.util
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.figures import Figure, rounded
from bench.made_up import complete_record, made_up_england, made_up_places
from bench.national import apart, opened
from bench.scale import Watch
from mapping import assessing
from mapping.analysis.filters import Filters
from mapping.directory.seed import read_places
from mapping.settings import PILOT, Settings

CATEGORY: Final = "library"
N_PLACES: Final = 3_000
TARGET_S: Final = 60.0
WORKERS: Final = 2
NO_DASK: Final = "gaps_england: Dask is left out, as it is not installed (requirements-scale.txt)."


def figures() -> Iterator[Figure]:
    """One figure for each engine that is there."""
    folder = os.environ.get("BENCH_ENGLAND")
    england = Path(folder).resolve() if folder else None
    yield apart(measured, england, "default")
    if importlib.util.find_spec("distributed") is None:
        print(NO_DASK, file=sys.stderr)
        return
    yield apart(measured, england, "dask")


def measured(england: Path | None, engine: str) -> Figure:
    """From tables on disk to every LSOA's row, ranked among all; and the most memory of all processes."""
    with TemporaryDirectory() as folder:
        atlas = made_up_england(Path(folder)) if england is None else opened(england)[1]
        like = read_places(Settings.from_env({"MAPPING_DATA": str(PILOT)}))
        places = made_up_places(atlas, like, category=CATEGORY, n=N_PLACES)
        with Watch() as watch:
            started = time.perf_counter()
            rows = assessing.england_gaps(
                Filters(council="", categories=(CATEGORY,)),
                atlas=atlas,
                places=places,
                completeness=complete_record(atlas, category=CATEGORY),
                engine=engine,
                workers=WORKERS,
            )
            took = time.perf_counter() - started
    assert rows["code"].is_unique and rows["gap_rank"].min() == 1
    return Figure(
        figure=f"gaps of England's {len(rows):,} LSOAs, one category, engine {engine}",
        value=rounded(took),
        unit="s",
        target=TARGET_S if engine == "default" else None,
        detail={
            "peak MB": watch.peak_mb,
            "processes": 1 if engine == "default" else WORKERS + 1,
            "places": N_PLACES,
            "tables": "made up" if england is None else "built",
        },
    )
