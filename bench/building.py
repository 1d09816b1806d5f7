"""(g) Building England, both editions, from the publishers' files: seconds, and memory at its highest."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from bench.figures import Figure, rounded
from mapping.settings import ROOT, Settings

FILES: Final = "BENCH_FILES"
"""The folder of publishers' files; where it is not set, what `python -m mapping fetch --england` brought."""
EVERY: Final = "Built 296 councils for the indices of 2019 and 2025"
KILOBYTE: Final = 1 if sys.platform == "darwin" else 1024
"""What a child's memory is counted in."""


def figures() -> Iterator[Figure]:
    """Two figures, or none and a plain line where there are no files."""
    folder = Path(os.environ.get(FILES) or Settings.from_env(os.environ).raw)
    if not folder.is_dir():
        print(
            f"building: skipped, no publishers' files at {folder} (name them with {FILES}=DIR)",
            file=sys.stderr,
        )
        return
    with TemporaryDirectory() as to:
        seconds, peak, said = _built(folder, Path(to) / "atlas")
    which = "England" if EVERY in said else "What the files hold, not all of England"
    name = f"{which}, built from files"
    yield Figure(figure=name, value=rounded(seconds), unit="s", detail={"said": said})
    yield Figure(figure=f"{name}: memory at its highest", value=rounded(peak / 1e6), unit="MB")


def _built(folder: Path, to: Path) -> tuple[float, int, str]:
    """Seconds, bytes at the highest and the last line of a build in a process of its own."""
    command = [sys.executable, "-m", "mapping", "build", "--from", str(folder.resolve())]
    started = time.perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"MAPPING_DATA": str(to)}, stdout=subprocess.PIPE, text=True
    ) as child:
        said = child.stdout.read() if child.stdout else ""
        # Of this child alone: others of the bench may have been larger.
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        raise SystemExit(f"building: the build ended with status {child.returncode}")
    return time.perf_counter() - started, used.ru_maxrss * KILOBYTE, said.splitlines()[-1]
