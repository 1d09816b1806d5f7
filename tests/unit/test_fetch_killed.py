"""A fetch that is killed leaves the old data whole, and the next one goes on from where it stopped."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

from mapping.build.fetch import fetch, parts
from mapping.registry import read_download
from tests.unit.publishers import faults, small
from tests.unit.publishers.server import publishers

ROOT = Path(__file__).resolve().parents[2]
FILE = small.FILE_7["2019"]
CHILD = """
import os, sys
from mapping.build.fetch import fetch
from mapping.settings import Settings
settings = Settings.from_env(os.environ)
fetch(councils=["Oxford"], england=False, editions=["2019"], settings=settings, again=True)
"""


def test_killed_in_the_middle_and_taken_up_again(tmp_path):
    with publishers() as served:
        small.serve(served)
        listed = [
            entry | {"size_mb": 10} for entry in small.entries(served.address) if entry["id"] == "imd-2019"
        ]
        settings = small.settings_for(tmp_path, listed)
        asked = {"councils": ["Oxford"], "england": False, "editions": ["2019"], "settings": settings}
        fetch(**asked)
        path = settings.raw / "imd-2019" / "File_7_2019.csv"
        old = path.read_bytes()

        whole = served.files[FILE] = small.file_7("2019", n_rows=6000)
        sent, go_on = threading.Event(), threading.Event()
        served.faults[FILE] = [faults.stall(len(whole) // 2, sent=sent, go_on=go_on)]
        kept = kill_in_the_middle(settings, sent, parts.part_of(path), at_least=len(whole) // 3)
        go_on.set()
        assert path.read_bytes() == old and read_download(path) is not None

        fetch(**asked, again=True)
        assert served.asked[-1].headers["Range"] == f"bytes={kept}-", "only what is missing is asked for"
        assert path.read_bytes() == whole and read_download(path).bytes == len(whole)
        assert sorted(held.name for held in path.parent.iterdir()) == [path.name, f"{path.name}.card.json"]


def kill_in_the_middle(settings, sent, part, *, at_least):
    """The bytes that a fetch had written when it was killed, half of the file on its way."""
    env = os.environ | {"MAPPING_RAW": str(settings.raw), "MAPPING_REGISTRY": str(settings.registry)}
    child = subprocess.Popen([sys.executable, "-c", CHILD], cwd=ROOT, env=env)
    try:
        assert sent.wait(timeout=60), "the child asks for the file"
        for _ in range(2000):
            if part.is_file() and part.stat().st_size >= at_least:
                break
            threading.Event().wait(0.005)
    finally:
        child.send_signal(signal.SIGKILL)
        assert child.wait(timeout=60) == -signal.SIGKILL
    assert part.stat().st_size >= at_least
    return part.stat().st_size
