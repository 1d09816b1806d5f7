"""(n) The profiles of all wards of Oxford as PDF, and the map that travels: seconds, bytes, memory."""

import datetime
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.figures import Figure, rounded
from bench.scale import Watch
from mapping.settings import ROOT

TARGET_S: Final = 20.0
TARGET_MB: Final = 3.0
WORKERS: Final = 2
DATE: Final = datetime.date(2026, 11, 22).isoformat()
N_WARDS: Final = 24


def figures() -> Iterator[Figure]:
    """The commands as a person runs them, from a cold start."""
    with TemporaryDirectory() as folder:
        yield profiles(Path(folder) / "profiles")
        yield travelling(Path(folder) / "oxford.html")


def profiles(folder: Path) -> Figure:
    """All wards and the council's overview, on two processors."""
    took, peak_mb = run(
        "profiles",
        *("--council", "Oxford", "--by", "ward", "--format", "pdf"),
        *("--workers", str(WORKERS), "--date", DATE, "--out", str(folder)),
    )
    files = list(folder.glob("*.pdf"))
    assert len(files) >= N_WARDS, files
    return Figure(
        figure="profiles of all wards of Oxford as PDF, 2 workers",
        value=rounded(took),
        unit="s",
        target=TARGET_S,
        detail={
            "files": len(files),
            "kB each": round(sum(file.stat().st_size for file in files) / len(files) / 1e3),
            "peak MB, all processes": peak_mb,
        },
    )


def travelling(out: Path) -> Figure:
    """The map of Oxford as one HTML file."""
    took, peak_mb = run("map", "--council", "Oxford", "--date", DATE, "--out", str(out))
    return Figure(
        figure="the map of Oxford that travels, one HTML file",
        value=rounded(out.stat().st_size / 1e6),
        unit="MB",
        target=TARGET_MB,
        detail={"s": rounded(took), "peak MB": peak_mb},
    )


def run(*words: str) -> tuple[float, float]:
    """Seconds that a command took, and the most memory of it and its workers."""
    with Watch() as watch:
        started = time.perf_counter()
        subprocess.run([sys.executable, "-m", "mapping", *words], cwd=ROOT, check=True, capture_output=True)
        took = time.perf_counter() - started
    return took, watch.peak_mb
