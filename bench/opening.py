"""(a) From opening the page to seeing the areas, against a bare page that draws the same with folium."""

import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import geopandas as gpd
from playwright.sync_api import Browser

from bench.figures import Figure, paired
from mapping.settings import Settings
from tests.browser.conftest import DESKTOP, DRAWN, MAP
from tests.browser.running import ROOT, running

COUNCIL: Final = ("Oxford", "E07000178")
INDEX: Final = "choose-index"
"""The key of the select box that these measurements work."""
PAIRS: Final = 9
TARGET: Final = 1.3
PLAIN: Final = {"MAPPING_BASE_MAP": "none"}
"""No base map: its tiles are not ours to measure."""


def figures(browser: Browser) -> Iterator[Figure]:
    """One figure; each opening has a browser with nothing in its cache, and both servers are warm."""
    with TemporaryDirectory() as folder:
        areas, n_areas = _areas(Path(folder))
        bare_page = ROOT / "bench" / "bare" / "app.py"
        with running(env=PLAIN) as app, running(bare_page, env={"BENCH_AREAS": str(areas)}) as bare:
            theirs = (f"{bare.origin}/", f"path.leaflet-interactive >> nth={n_areas - 1}")
            ours = (f"{app.origin}/?council={COUNCIL[0]}", DRAWN)
            for page in (ours, theirs):
                opened(browser, *page)
            times = [(opened(browser, *ours), opened(browser, *theirs)) for _ in range(PAIRS)]
    mine, bares = zip(*times, strict=True)
    yield paired("page opened, areas drawn", mine, bares, target=TARGET)


def opened(browser: Browser, url: str, drawn: str) -> float:
    """Seconds from asking for `url` until `drawn` is in the map's frame."""
    context = browser.new_context(viewport=DESKTOP)
    try:
        page = context.new_page()
        started = time.perf_counter()
        page.goto(url, wait_until="commit")
        page.frame_locator(MAP).locator(drawn).wait_for(state="attached", timeout=60_000)
        return time.perf_counter() - started
    finally:
        context.close()


def _areas(folder: Path) -> tuple[Path, int]:
    """A file of the council's areas alone, and how many they are."""
    everywhere = gpd.read_parquet(Settings.from_env({}).boundaries / "lsoa21_pilot.parquet")
    areas = everywhere[everywhere["lad24cd"] == COUNCIL[1]]
    path = folder / "areas.parquet"
    areas.to_parquet(path)
    return path, len(areas)
