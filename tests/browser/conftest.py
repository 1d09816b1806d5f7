"""The real app on loopback and a Chromium that reaches nothing else."""

import os
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field

import pytest
from filelock import FileLock
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, Playwright, sync_playwright

from tests.browser import chromium
from tests.browser.running import Running, running

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
PATIENCE_MS = 30_000
IDLE = '[data-testid="stApp"][data-test-script-state="notRunning"]'
MAP = 'iframe[title^="streamlit_folium"]'
DRAWN = "[data-areas-drawn]"


@dataclass
class Visitor:
    """One person at the app: a browser context of their own."""

    context: BrowserContext
    origin: str
    strangers: list[str] = field(default_factory=list)
    """Addresses on other origins that any page asked for; none of them was reached."""

    def open_page(self, path: str = "/", *, drawn: bool | None = None) -> Page:
        """The page at `path`, idle; if `drawn`, its areas are on the map too: by default where it has one."""
        page = self.context.new_page()
        page.on("websocket", lambda socket: self.note(socket.url.replace("ws", "http", 1)))
        page.goto(self.origin + path)
        settle(page)
        has_map = path.split("?")[0] in ("", "/", "/gaps") if drawn is None else drawn
        if has_map:
            map_of(page).locator(DRAWN).wait_for(state="attached")
        return page

    def note(self, url: str) -> None:
        """Remember `url` if it is on another origin."""
        if url.startswith(("http:", "https:")) and not url.startswith(self.origin + "/"):
            self.strangers.append(url)


def settle(page: Page) -> None:
    """Wait until the page is connected and its script has run to the end."""
    page.locator(IDLE).wait_for(state="attached")


def map_of(page: Page) -> FrameLocator:
    """The frame that holds the map."""
    return page.frame_locator(MAP)


@pytest.fixture(scope="session")
def app() -> Iterator[Running]:
    """The app as `streamlit run app.py` serves it."""
    with running() as server:
        yield server


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium; without one the tests are skipped, saying so, except in CI, where they fail."""
    executable = chromium.find()
    if executable is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(chromium.REMEDY)
    launched = chromium.launch(playwright, executable)
    yield launched
    launched.close()


@pytest.fixture
def visit(app: Running, browser: Browser) -> Iterator[Callable[..., Visitor]]:
    """Makes visitors: `visit()` on a desktop, `visit(viewport=PHONE)` and any other option of a context."""
    contexts: list[BrowserContext] = []

    def newcomer(**options: object) -> Visitor:
        settings = {"viewport": DESKTOP, "locale": "en-GB", "accept_downloads": True, **options}
        context = browser.new_context(**settings)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        visitor = Visitor(context, app.origin)
        context.on("request", lambda request: visitor.note(request.url))
        return visitor

    yield newcomer
    for context in contexts:
        context.close()


@pytest.fixture
def visitor(visit: Callable[..., Visitor]) -> Visitor:
    """Somebody at a desktop of 1280 by 800."""
    return visit()


@pytest.fixture
def open_page(visitor: Visitor) -> Callable[..., Page]:
    """`open_page("/?council=Oxford")`: the page, idle, its map drawn."""
    return visitor.open_page


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """One browser test at a time, whatever the worker: two at once make each other's pages too slow."""
    folder = item.config.rootpath / ".pytest_cache"
    folder.mkdir(exist_ok=True)
    with FileLock(folder / "browser.lock"):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show what the server wrote beside a failure."""
    report = yield
    server = getattr(item, "funcargs", {}).get("app")
    if report.failed and isinstance(server, Running):
        report.sections.append(("the app wrote", server.printed[-6000:]))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many browser tests ran: a run without them must not look like a run with them."""
    counts = dict.fromkeys(("passed", "failed", "error", "skipped"), 0)
    for outcome in counts:
        for report in terminalreporter.stats.get(outcome, ()):
            counts[outcome] += "browser" in getattr(report, "keywords", {})
    if any(counts.values()):
        listed = ", ".join(f"{count} {outcome}" for outcome, count in counts.items() if count)
        terminalreporter.write_sep("-", f"browser tests: {listed}")
