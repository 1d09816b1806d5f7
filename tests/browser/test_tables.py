"""Tables in a real browser: the tick is always of the card, and the only file is ours."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import PHONE, Visitor, map_of, settle

Open = Callable[..., Page]


def table_of(page: Page) -> Locator:
    """The first table, in sight."""
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    return table


def tick(page: Page, row: int) -> None:
    """Click the box before a row, the first being 1."""
    box = table_of(page).bounding_box()
    assert box
    page.mouse.click(box["x"] + 17, box["y"] + 17 + 35 * row)


def ticked(page: Page) -> Locator:
    """The rows that the table says are ticked."""
    return table_of(page).locator('tr[aria-selected="true"]')


def test_rows_that_change_leave_no_tick_on_another_place(open_page: Open) -> None:
    page = open_page("/")
    tick(page, 3)
    expect(page).to_have_url(re.compile("select=place"))
    expect(ticked(page)).to_have_count(1)
    page.get_by_role("textbox", name="Search").fill("library")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=library"))
    settle(page)
    expect(ticked(page)).to_have_count(0)
    expect(page).to_have_url(re.compile("select=place"))


def test_unticking_forgets_the_choice(open_page: Open) -> None:
    page = open_page("/?category=library")
    tick(page, 2)
    expect(page).to_have_url(re.compile("select=place"))
    settle(page)
    tick(page, 2)
    expect(page).not_to_have_url(re.compile("select="))


def test_choosing_on_the_map_takes_the_tick_away(open_page: Open) -> None:
    page = open_page("/?category=library")
    tick(page, 2)
    expect(ticked(page)).to_have_count(1)
    settle(page)
    map_of(page).locator(".leaflet-shapes-pane path").nth(40).dispatch_event("click")
    expect(page).to_have_url(re.compile("select=area"))
    expect(ticked(page)).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/sources"])
def test_streamlits_own_file_without_attribution_is_not_offered(open_page: Open, path: str) -> None:
    page = open_page(path)
    table_of(page).hover()
    expect(page.get_by_role("button", name="Search", exact=True).first).to_be_visible()
    expect(page.get_by_role("button", name="Fullscreen").first).to_be_visible()
    own = page.locator('[aria-label="Download as CSV"]')
    assert own.count() > 0
    for each in own.all():
        expect(each).to_be_hidden()


def test_every_page_has_a_title_of_its_own(open_page: Open) -> None:
    page = open_page("/?council=Torbay")
    expect(page).to_have_title("Torbay · Explore · Commons Atlas")
    page.get_by_role("link", name="Directory").click()
    expect(page).to_have_title("Torbay · Directory · Commons Atlas")
    page.get_by_role("link", name="Sources").click()
    expect(page).to_have_title("Sources · Commons Atlas")
    expect(
        page.get_by_test_id("stHeaderLogo").or_(page.get_by_test_id("stSidebarLogo")).first
    ).to_be_visible()


def test_an_address_in_a_record_is_no_link(open_page: Open) -> None:
    page = open_page("/?near=www.evil.example")
    said = page.get_by_test_id("stAlert").first
    expect(said).to_contain_text("is not a postcode")
    expect(said.get_by_role("link")).to_have_count(0)


def test_on_a_phone_a_line_under_the_map_says_what_is_chosen(visit: Callable[..., Visitor]) -> None:
    path = "/?select=area:E01028514"
    strip = map_of(visit(viewport=PHONE).open_page(path)).locator(".strip")
    expect(strip).to_be_visible()
    expect(strip).to_have_text(re.compile(r"^Oxford 005B\s*decile \d+$"))
    expect(map_of(visit().open_page(path)).locator(".strip")).to_be_hidden()
