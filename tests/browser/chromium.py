"""The Chromium that browser tests, benchmarks and screenshots drive: found, or installed where it can be."""

import argparse
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Playwright, sync_playwright

COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
INSTALLED: Final = {
    "Darwin": ("/Applications/Chromium.app/Contents/MacOS/Chromium",
               "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    "Windows": ("C:/Program Files/Google/Chrome/Application/chrome.exe",
                "C:/Program Files (x86)/Google/Chrome/Application/chrome.exe"),
}  # fmt: skip
"""Where browsers live that are on no PATH."""
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # The browser resolves no name but this machine's: any other origin is out of reach, whatever a page asks.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)
REMEDY: Final = (
    "No Chromium was found. Install Chromium or Chrome, or run `python -m playwright install chromium`, "
    "or set CHROMIUM to its path."
)


def find(env: Mapping[str, str] = os.environ) -> Path | None:
    """The browser's executable: the one CHROMIUM names, one on the PATH, or Playwright's own."""
    if env.get("CHROMIUM"):
        return Path(env["CHROMIUM"])
    on_path = (shutil.which(command) for command in COMMANDS)
    known = (path for path in INSTALLED.get(platform.system(), ()) if Path(path).exists())
    found = next((path for path in chain(on_path, known) if path), None) or _playwrights_own()
    return Path(found) if found else None


def launch(playwright: Playwright, executable: Path) -> Browser:
    """A headless browser that reaches this machine only."""
    return playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))


def install() -> None:
    """Install Chromium: from the system's packages as root on Debian, else the one Playwright keeps."""
    if shutil.which("apt-get") and os.geteuid() == 0:
        steps = [
            ["apt-get", "update"],
            ["apt-get", "install", "--yes", "--no-install-recommends", "chromium"],
        ]
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    else:
        steps = [[sys.executable, "-m", "playwright", "install", "chromium"]]
        env = dict(os.environ)
    for step in steps:
        print("$", *step, file=sys.stderr)
        if subprocess.run(step, env=env, stdin=subprocess.DEVNULL, stdout=sys.stderr).returncode:
            return


def _playwrights_own() -> str | None:
    def path() -> str:
        with sync_playwright() as playwright:
            return playwright.chromium.executable_path

    # In a thread of its own: a second Playwright cannot start in one where the first is open.
    with ThreadPoolExecutor(1) as thread:
        found = thread.submit(path).result()
    return found if Path(found).exists() else None


def main() -> int:
    """Print the browser's path. Its absence is a failure in CI; elsewhere the tests say what they skip."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--install", action="store_true", help="install Chromium where none is found")
    wanted = parser.parse_args()
    if find() is None and wanted.install:
        install()
    found = find()
    print(f"Chromium: {found}" if found else REMEDY, file=sys.stderr)
    return 1 if found is None and os.environ.get("CI") else 0


if __name__ == "__main__":
    raise SystemExit(main())
