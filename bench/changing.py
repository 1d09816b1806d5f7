"""(b) From a choice to the changed map, against a bare page's rerun; the map meanwhile; bytes sent for it."""

import statistics
from collections.abc import Callable, Iterator
from itertools import cycle, islice
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, Page

from bench.figures import Figure, paired, rounded
from bench.opening import COUNCIL, INDEX, PLAIN
from bench.wire import counting
from mapping.editions import INDICES
from tests.browser.conftest import DESKTOP, DRAWN, IDLE, MAP, map_of
from tests.browser.running import ROOT, running

PAIRS: Final = 15
TARGET: Final = 2
WIRE_TARGET: Final = 20_000
QUIET_MS: Final = 400
"""After this long without a byte the change has been sent."""

WATCH: Final = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")


def figures(browser: Browser) -> Iterator[Figure]:
    """Three figures: the time, the frames in which areas were missing, the bytes."""
    with running(env=PLAIN) as app, running(ROOT / "bench" / "bare" / "rerun.py") as bare:
        page, bare_page = (
            _opened(browser, app.origin + f"/?council={COUNCIL[0]}"),
            _opened(browser, bare.origin),
        )
        map_of(page).locator(DRAWN).wait_for(state="attached")
        page.evaluate(WATCH, [MAP, DRAWN])
        bare_page.evaluate(WATCH, ["", '[data-testid="stMarkdown"] p'])
        turns = zip(
            _titles(PAIRS + 2), islice(cycle(("Two", "Three", "Four", "One")), PAIRS + 2), strict=True
        )
        # The first two warm the caches of both.
        times = [(choose(page, title), choose(bare_page, other)) for title, other in turns][2:]
        seen = page.evaluate("[bench.blank, bench.frames]")
        yield paired("filter changed, map updated", *zip(*times, strict=True), target=TARGET)
        yield Figure(
            figure="frames without all areas while a filter changes",
            value=seen[0],
            unit="frames",
            target=0,
            detail={"frames": seen[1]},
        )
        page.context.close()
        yield _bytes(browser, app.origin)


def choose(page: Page, option: str) -> float:
    """Seconds, by the page's own clock, from the click on `option` of the index to what it changed."""
    _pick(page, option)
    page.wait_for_function("() => bench.took !== null && bench.clicked > 0", polling=20)
    page.locator(IDLE).wait_for(state="attached")
    return float(page.evaluate("bench.took")) / 1000


def _bytes(browser: Browser, origin: str) -> Figure:
    with counting(origin) as wire:
        page = _opened(browser, f"{wire.origin}/?council={COUNCIL[0]}")
        map_of(page).locator(DRAWN).wait_for(state="attached")
        quiet = _until_quiet(page, lambda: wire.counted)
        counts = []
        for title in _titles(6):
            _pick(page, title)
            now = _until_quiet(page, lambda: wire.counted)
            counts.append(now - quiet)
            quiet = now
        page.context.close()
    return Figure(
        figure="bytes over the wire for a filter change",
        value=rounded(statistics.median(counts)),
        unit="B",
        target=WIRE_TARGET,
        detail={"each": counts},
    )


def _opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(viewport=DESKTOP).new_page()
    page.goto(url)
    page.locator(IDLE).wait_for(state="attached", timeout=60_000)
    return page


def _pick(page: Page, option: str) -> None:
    """Choose `option` in the select box of the index."""
    page.locator(f".st-key-{INDEX} input").click()
    page.get_by_role("option", name=option, exact=True).click()


def _until_quiet(page: Page, counted: Callable[[], int]) -> int:
    """The bytes counted once none has come for a while."""
    before = -1
    while before != (now := counted()):
        before = now
        page.wait_for_timeout(QUIET_MS)
    return now


def _titles(count: int) -> Iterator[str]:
    """Titles of indices to choose in turn, none twice running; the first is not what the page opens with."""
    titles = list(INDICES.values())
    return islice(cycle(titles[1:] + titles[:1]), count)
