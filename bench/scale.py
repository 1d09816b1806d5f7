"""(i) A national file placed by each engine: what docs/scale.md reports. Needs `BENCH_ENGLAND`."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import psutil

from bench.figures import Figure, rounded
from bench.national import N_ROWS, apart, national_file, opened
from mapping import placing

WAYS: Final = ("lookup", "polygon")
ENGINES: Final = (("default", 1), ("dask", 2))
ROUNDS: Final = 2
LOOK_S: Final = 0.1
NAME_IT: Final = "scale: left out. Set BENCH_ENGLAND to a folder of built tables of all England."


def figures() -> Iterator[Figure]:
    """One figure for each engine and way, the best of two; none where no England is named."""
    folder = os.environ.get("BENCH_ENGLAND")
    if not folder:
        print(NAME_IT, file=sys.stderr)
        return
    for way in WAYS:
        for engine, workers in ENGINES:
            measured = [apart(placed, Path(folder).resolve(), way, engine, workers) for _ in range(ROUNDS)]
            seconds, peak_mb = min(measured)
            yield Figure(
                figure=f"{N_ROWS:,} rows placed by {way}, engine {engine}",
                value=rounded(seconds),
                unit="s",
                detail={"peak MB": peak_mb, "processes": 1 if engine == "default" else workers + 1},
            )


def placed(england: Path, way: str, engine: str, workers: int) -> tuple[float, float]:
    """Seconds from rows to placed rows, reading tables among it; and the most memory of all processes, MB."""
    settings, atlas = opened(england)
    brought = national_file(atlas, way=way)
    with Watch() as watch:
        started = time.perf_counter()
        placing.place_brought(brought, settings=settings, engine=engine, workers=workers)
        took = time.perf_counter() - started
    return took, watch.peak_mb


class Watch:
    """The most memory that this process and its children have in use together, ten times a second."""

    def __enter__(self) -> "Watch":
        self.peak_mb = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        me = psutil.Process()
        while not self._done.wait(LOOK_S):
            total = 0
            for process in (me, *me.children(recursive=True)):
                try:
                    total += process.memory_info().rss
                except psutil.NoSuchProcess:
                    continue
            self.peak_mb = max(self.peak_mb, round(total / 1e6))
