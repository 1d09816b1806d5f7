"""The app, or any Streamlit script, as a process of its own on a free port of this machine."""

import os
import re
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
URL: Final = re.compile(r"URL: (http://\S+:(\d+))")
# Built in ProxyHandler would send even loopback requests through a proxy that the environment names.
DIRECT: Final = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    origin: str
    pid: int
    log: Path

    @property
    def printed(self) -> str:
        """What the server has written so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running(
    script: Path = ROOT / "app.py", *, env: Mapping[str, str] | None = None, wait_s: float = 90
) -> Iterator[Running]:
    """`script` under `streamlit run`, ready to answer; stopped on leaving.

    The folder is the project's, so its `.streamlit/config.toml` applies. Raises RuntimeError with what the
    server printed when it ends or is not ready within `wait_s` seconds.
    """
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(script),
        "--server.port=0",
        "--server.headless=true",
    ]
    with TemporaryDirectory() as folder:
        log = Path(folder) / "server.log"
        with log.open("wb") as out:
            process = subprocess.Popen(
                command,
                cwd=ROOT,
                env={**os.environ, "STREAMLIT_LOGGER_ENABLE_RICH": "false", **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            yield Running(_ready_origin(process, log, wait_s=wait_s), process.pid, log)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _ready_origin(process: "subprocess.Popen[bytes]", log: Path, *, wait_s: float) -> str:
    deadline = time.monotonic() + wait_s
    while time.monotonic() < deadline and process.poll() is None:
        found = URL.search(log.read_text(encoding="utf-8", errors="replace"))
        if found and _answers(origin := f"http://localhost:{found[2]}"):
            return origin
        time.sleep(0.05)
    raise RuntimeError(f"The app did not start:\n{log.read_text(encoding='utf-8', errors='replace')}")


def _answers(origin: str) -> bool:
    try:
        with DIRECT.open(f"{origin}/_stcore/health", timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, ConnectionError, TimeoutError):
        return False
