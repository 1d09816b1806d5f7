"""axe-core finds nothing on our pages, nor in the map's frame, but what is listed with its reason."""

from collections.abc import Callable
from typing import Any, Final

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Frame, Page, expect

from tests.browser.conftest import MAP, PHONE, Visitor, map_of, settle

LEFT: Final[dict[str, tuple[str, ...]]] = {
    # By axe rule: where, and why it stays.
    # Symbols stand where their places are: WCAG 2.5.8 names pins on a map as essential, and the table
    # and the box beside the map choose the same places.
    "target-size": ("leaflet-marker-icon",),
}
WHOLE_PAGE: Final = (
    # A frame is part of a page: heading, landmarks and ways around are the page's.
    "bypass",
    "landmark-one-main",
    "page-has-heading-one",
    "region",
)
TAGS: Final = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN: Final = "options => axe.run(document, options).then(found => found.violations)"


def findings(frame: Frame, *, without: tuple[str, ...] = ()) -> list[tuple[str, Any, str]]:
    """What axe finds in this one document, without what is `LEFT`."""
    frame.evaluate(AXE_SCRIPT)
    options = {
        "runOnly": {"type": "tag", "values": TAGS},
        "rules": {rule: {"enabled": False} for rule in without},
        "iframes": False,
    }
    return [
        (each["id"], node["target"], node["failureSummary"])
        for each in frame.evaluate(RUN, options)
        for node in each["nodes"]
        if not any(part in node["html"] for part in LEFT.get(each["id"], ()))
    ]


def map_frame(page: Page) -> Frame:
    """The document of the map."""
    frame = page.locator(MAP).element_handle().content_frame()
    assert frame
    return frame


@pytest.mark.parametrize(
    ("path", "viewport"),
    [
        ("/", None),
        ("/", PHONE),
        ("/?areas=Ward&select=area:E05013106", PHONE),
        ("/?category=library&select=place:lib-oxford-littlemore", None),
        ("/gaps", PHONE),
        ("/gaps?council=Preston&areas=Ward&plan=%2BPR0+2AA&map=Plan+A&select=area:E05012194", None),
        ("/method?story=health-torbay", None),
        ("/directory", None),
        ("/directory", PHONE),
        ("/sources", None),
        ("/sources", PHONE),
    ],
)
def test_axe_finds_nothing_of_ours(
    visit: Callable[..., Visitor], path: str, viewport: dict[str, int] | None
) -> None:
    page = (visit(viewport=viewport) if viewport else visit()).open_page(path)
    assert findings(page.main_frame) == []
    if page.locator(MAP).count():
        assert findings(map_frame(page), without=WHOLE_PAGE) == []


@pytest.mark.parametrize("name", ["Download what is shown", "What do these numbers mean?"])
def test_nor_with_a_box_open(open_page: Callable[..., Page], name: str) -> None:
    page = open_page("/")
    page.get_by_role("button", name=name).click()
    expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    settle(page)
    assert findings(page.main_frame) == []


def test_nor_in_the_table_of_areas(open_page: Callable[..., Page]) -> None:
    page = open_page("/")
    page.get_by_role("tab", name="Areas").click()
    expect(page.get_by_test_id("stDataFrame").locator("table")).to_have_attribute("aria-rowcount", "85")
    settle(page)
    assert findings(page.main_frame) == []


def test_nor_on_the_map_with_a_place_open(open_page: Callable[..., Page]) -> None:
    page = open_page("/?category=library")
    marker = map_of(page).get_by_role("button", name="Cowley Library")
    marker.focus()
    page.keyboard.press("Enter")
    expect(map_of(page).locator(".leaflet-popup-content")).to_be_visible()
    assert findings(map_frame(page), without=WHOLE_PAGE) == []
