"""(f) The app's start with all England built, against the pilot's; and placing 1.7 million postcodes.

They need an England to look at: `BENCH_ENGLAND` names the folder of its built tables.
"""

import asyncio
import os
import statistics
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import psutil

from bench import national
from bench.figures import Figure, paired, rounded
from bench.opening import COUNCIL, PLAIN
from bench.sessions import Session
from bench.users import megabytes
from mapping.settings import PILOT
from tests.browser.running import running

PAIRS: Final = 7
TARGET: Final = 1.5
MERGE_TARGET: Final = 3
TREE_TARGET: Final = 1.25
NAME_IT: Final = "england: left out. Set BENCH_ENGLAND to a folder of built tables of all England."


def figures() -> Iterator[Figure]:
    """Two figures of the start, two of placing; none, and a line that says so, where no England is named."""
    folder = os.environ.get("BENCH_ENGLAND")
    if not folder:
        print(NAME_IT, file=sys.stderr)
        return
    yield from _starts(Path(folder).resolve())
    yield from _placing(Path(folder).resolve())


def _starts(england: Path) -> Iterator[Figure]:
    """Time and memory until the first visitor has the page; the same page in both, in turns."""
    plain = {**PLAIN, "MAPPING_BOUNDARIES": ""}
    ours, theirs = ({**plain, "MAPPING_DATA": str(data)} for data in (england, PILOT))
    _started(ours)
    turns = [(_started(ours), _started(theirs)) for _ in range(PAIRS)]
    times, memories = ([[each[at] for each in turn] for turn in turns] for at in (0, 1))
    yield paired("app started, England built", *zip(*times, strict=True), target=TARGET)
    mine, pilots = (statistics.median(each) for each in zip(*memories, strict=True))
    yield Figure(
        figure="server memory after the first page, England built",
        value=mine,
        unit="MB",
        ratio=rounded(mine / pilots),
        target=TARGET,
        detail={"pilot": pilots},
    )


def _started(env: Mapping[str, str]) -> tuple[float, float]:
    """Seconds from the start of the server to the end of the first page, and its memory then in MB."""
    started = time.perf_counter()
    with running(env=env) as app:
        asyncio.run(_visit(app.origin))
        return time.perf_counter() - started, megabytes(psutil.Process(app.pid))


async def _visit(origin: str) -> None:
    async with Session(origin, f"council={COUNCIL[0]}"):
        pass


def _placing(england: Path) -> Iterator[Figure]:
    """Each way in a process of its own, so that its peak of memory is its own."""
    ways = {
        "lookup, against a bare merge": (national.by_lookup, MERGE_TARGET),
        "polygon, against a bare STRtree query": (national.by_polygon, TREE_TARGET),
    }
    for way, (work, target) in ways.items():
        measured = national.apart(work, england)
        name = f"{national.N_ROWS:,} postcodes placed by {way}"
        figure = paired(name, measured.ours, measured.bare, target=target)
        figure.detail.update({"peak MB": measured.peak_mb, **measured.detail})
        yield figure
