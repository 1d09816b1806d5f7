"""Gaps in a real browser: from a story to a link that holds it all, by mouse and by keyboard alone."""

import re
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from mapping.stories import read_stories
from tests.browser.conftest import PHONE, Visitor, map_of, settle
from tests.browser.test_accessibility import WHOLE_PAGE, findings, map_frame

Open = Callable[..., Page]
OXFORD, TORBAY = (story for story in read_stories() if story.council in ("Oxford", "Torbay"))
AREAS = ".leaflet-shapes-pane path"
ALL_WARDS = 24


def told(page: Page) -> dict[str, str]:
    """What the map says it has drawn."""
    drawn: dict[str, str] = (
        map_of(page).locator("[data-circles-drawn]").evaluate("each => ({...each.dataset})")
    )
    return drawn


def shows(page: Page, attribute: str, n: int) -> None:
    """Wait until the map shows `n` of something."""
    map_of(page).locator(f'[data-{attribute}="{n}"]').wait_for(state="attached")


def is_told(page: Page) -> None:
    """The first story of the page is shown: its question, its first limit, its map."""
    expect(page).to_have_url(re.compile(f"story={OXFORD.id}"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Oxford: gaps in access to co-operatives")
    # One ward, Holywell, is drawn by no LSOA.
    shows(page, "areas-drawn", ALL_WARDS - 1)
    assert told(page)["placesDrawn"] == "39"
    assert int(told(page)["ranksDrawn"]) >= 5


def is_planned(page: Page) -> None:
    """One place is proposed, on the map and in words."""
    expect(page).to_have_url(re.compile("plan=%2BOX"))
    shows(page, "proposals-drawn", 1)
    expect(page.get_by_text(re.compile("^Plan A, not as recorded: "))).to_be_visible()


def taken(page: Page, press: Callable[[], None], tmp_path: Path) -> pd.DataFrame:
    """The rows of the file that `press` brings."""
    with page.expect_download() as waiting:
        press()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    rows = pd.read_csv(path)
    assert "map=Plan+A" in path.read_text(encoding="utf-8-sig")
    return rows


def is_restored(opened: Page, page: Page) -> None:
    """A page opened by the link of another shows the same."""
    is_told(opened)
    is_planned(opened)
    for level in (1, 4):
        heading = page.get_by_role("heading", level=level).first
        expect(opened.get_by_role("heading", level=level).first).to_have_text(heading.inner_text())


def test_with_the_mouse_from_a_story_to_a_link(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/gaps")
    assert told(page)["areasDrawn"] == "84"
    page.get_by_role("radio", name=OXFORD.title).click()
    is_told(page)
    map_of(page).locator(AREAS).nth(3).dispatch_event("click")
    expect(page).to_have_url(re.compile("select=area%3AE05"))
    expect(page.get_by_text("Average rank:")).to_be_visible()
    map_of(page).get_by_role("button", name="Put a place here").click()
    view = map_of(page).locator(".leaflet-container")
    view.click(position={"x": 300, "y": 250})
    is_planned(page)
    page.get_by_role("button", name="Download what is shown").click()
    button = page.get_by_role("button", name=f"Download {ALL_WARDS} wards")
    rows = taken(page, button.click, tmp_path)
    assert len(rows) == ALL_WARDS
    assert (rows["gap_rank_low"] <= rows["gap_rank"]).sum() == rows["gap_rank"].notna().sum()
    is_restored(open_page(page.url.removeprefix(page.url.split("/gaps")[0])), page)


def test_with_the_keyboard_alone_from_a_story_to_a_link(open_page: Open, tmp_path: Path) -> None:
    page = open_page("/gaps")
    page.get_by_role("radio", name=OXFORD.title).focus()
    page.keyboard.press("Enter")
    is_told(page)
    page.get_by_role("combobox", name="Details of").focus()
    page.keyboard.type("Barton & Sandhills")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("select=area%3AE05"))
    expect(page.get_by_role("heading", level=4).first).to_contain_text("Barton & Sandhills")
    settle(page)
    map_of(page).get_by_role("button", name="Put a place here").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    is_planned(page)
    settle(page)
    page.get_by_role("button", name="Download what is shown").focus()
    page.keyboard.press("Enter")
    button = page.get_by_role("button", name=f"Download {ALL_WARDS} wards")
    button.focus()
    rows = taken(page, lambda: page.keyboard.press("Enter"), tmp_path)
    assert len(rows) == ALL_WARDS
    is_restored(open_page(page.url.removeprefix(page.url.split("/gaps")[0])), page)


def test_the_best_sites_are_lettered_on_the_map_and_put_into_a_plan(open_page: Open) -> None:
    page = open_page("/gaps?council=Oxford&areas=Ward&category=library")
    page.get_by_role("tab", name="One more").click()
    expect(page.get_by_text(re.compile("^Three more libraries, at "))).to_be_visible()
    shows(page, "sites-drawn", 3)
    page.get_by_role("button", name="Put these into a new plan").click()
    shows(page, "proposals-drawn", 3)
    expect(page).to_have_url(re.compile("plan=%2BOX"))
    page.get_by_role("tab", name="What if").click()
    expect(page.get_by_role("button", name=re.compile("^Place at OX"))).to_have_count(3)
    settle(page)
    assert findings(page.main_frame) == []
    assert findings(map_frame(page), without=WHOLE_PAGE) == []


def test_where_nobody_has_looked_there_is_no_figure(open_page: Open) -> None:
    page = open_page("/gaps?council=Torbay&category=care+provider")
    expect(page.get_by_text("python -m mapping place")).to_be_visible()
    assert told(page)["circlesDrawn"] == "0"


def test_a_story_has_a_page_of_method_and_limits(open_page: Open) -> None:
    page = open_page(f"/method?story={TORBAY.id}")
    expect(page.get_by_role("heading", level=1)).to_have_text("Gaps: method and limits")
    for text in ("not surveyed", "CQC_directory.csv", "Luo, W. and Qi, Y. (2009)"):
        expect(page.get_by_text(text).first).to_be_visible()
    page.get_by_role("link", name=f"Open “{TORBAY.title}” on the gaps page").click()
    expect(page).to_have_url(re.compile(f"/gaps.*story={TORBAY.id}"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Torbay: gaps in access to GP surgeries")


@pytest.mark.parametrize("viewport", [PHONE], ids=["phone"])
def test_the_map_and_its_button_fit_a_phone(visit: Callable[..., Visitor], viewport: dict[str, int]) -> None:
    page = visit(viewport=viewport, has_touch=True).open_page(f"/gaps?{OXFORD.query}")
    box = map_of(page).get_by_role("button", name="Put a place here").bounding_box()
    assert box
    assert box["height"] >= 24
    assert box["x"] + box["width"] <= viewport["width"]
