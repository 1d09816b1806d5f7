"""Writes each page, at the size of a desktop and of a phone, to docs/img: `make screenshots`."""

from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from mapping.stories import read_stories
from tests.browser import chromium
from tests.browser.conftest import DESKTOP, DRAWN, PHONE, map_of, settle
from tests.browser.running import running

PAGES: Final = {
    "explore": "/",
    "gaps": f"/gaps?{read_stories()[0].query}",
    "area": "/area?council=Oxford&areas=Ward&area=E05013097",
    "england": "/england",
    "directory": "/directory",
    "sources": "/sources",
}
MAPS: Final = {"explore", "gaps", "england"}
FOLDER: Final = Path(__file__).with_name("img")
PAINT_MS: Final = 1_500
"""For fonts and the map's symbols to be painted, and for what moves to come to rest."""


def write(browser: Browser, url: str, name: str, size: dict[str, int]) -> Path:
    """The picture of `url`: what a screen of this size shows before anything is scrolled."""
    context = browser.new_context(viewport=size, locale="en-GB", reduced_motion="reduce")
    page = context.new_page()
    page.goto(url)
    settle(page)
    if name in MAPS:
        map_of(page).locator(DRAWN).wait_for(state="attached")
    page.wait_for_timeout(PAINT_MS)
    path = FOLDER / f"{name}-{size['width']}.png"
    page.screenshot(path=path)
    context.close()
    return path


def main() -> None:
    """Every page at both sizes, on a plain background: no picture depends on somebody else's tiles."""
    executable = chromium.find()
    if executable is None:
        raise SystemExit(chromium.REMEDY)
    FOLDER.mkdir(exist_ok=True)
    with running(env={"MAPPING_BASE_MAP": "none"}) as app, sync_playwright() as playwright:
        browser = chromium.launch(playwright, executable)
        for name, path in PAGES.items():
            for size in (DESKTOP, PHONE):
                print(write(browser, app.origin + path, name, size).relative_to(FOLDER.parents[1]))
        browser.close()


if __name__ == "__main__":
    main()
