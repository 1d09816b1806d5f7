"""Explore in a real browser: what a person sees and does."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, Visitor, map_of, settle

Open = Callable[..., Page]
AREAS = ".leaflet-shapes-pane path"


def drawn(page: Page) -> dict[str, str]:
    """What the map says it has drawn."""
    told: dict[str, str] = map_of(page).locator("[data-areas-drawn]").evaluate("each => ({...each.dataset})")
    return told


def shows(page: Page, n: int) -> None:
    """Wait until the map shows `n` places."""
    map_of(page).locator(f'[data-places-drawn="{n}"]').wait_for(state="attached")


def fills(page: Page) -> list[str]:
    """The colours of the areas, in order."""
    colours: list[str] = (
        map_of(page).locator(AREAS).evaluate_all("paths => paths.map(path => path.getAttribute('fill'))")
    )
    return colours


def test_the_map_opens_on_every_area_and_place(open_page: Open) -> None:
    page = open_page("/")
    told = drawn(page)
    assert told["areasDrawn"] == "84"
    assert told["placesDrawn"] == "70"
    expect(page.get_by_role("heading", level=1)).to_contain_text("Oxford")
    legend = map_of(page).locator("body")
    expect(legend).to_contain_text("1 is the most deprived 10 % of England")
    expect(legend).to_contain_text("English Indices of Deprivation 2025")


def test_a_filter_changes_map_words_table_and_address(open_page: Open) -> None:
    page = open_page("/")
    before = fills(page)
    page.get_by_role("combobox", name="Category").click()
    page.get_by_role("option", name=re.compile("^library")).click()
    page.keyboard.press("Escape")
    shows(page, 7)
    expect(page).to_have_url(re.compile("category=library"))
    expect(page.get_by_text("Showing 7 of 104 places")).to_be_visible()
    expect(page.get_by_test_id("stDataFrame").locator("table")).to_have_attribute("aria-rowcount", "8")
    assert fills(page) == before


def test_a_change_of_measure_restyles_the_same_map(open_page: Open) -> None:
    page = open_page("/")
    before = fills(page)
    map_of(page).locator("body").evaluate("body => { body.dataset.witness = 'same frame' }")
    page.get_by_role("combobox", name="Index or domain").click()
    page.get_by_role("option", name="Crime").click()
    expect(page).to_have_url(re.compile("index=Crime"))
    expect(map_of(page).locator("body")).to_contain_text("Crime domain 2025")
    assert fills(page) != before
    assert map_of(page).locator("body").get_attribute("data-witness") == "same frame"


def test_a_link_restores_the_view(open_page: Open) -> None:
    page = open_page("/?council=Torbay&areas=Ward&edition=2019&kind=Community+asset&select=area:E05012266")
    assert drawn(page)["areasDrawn"] == "16"
    expect(page.get_by_text("recorded in Torbay")).to_be_visible()
    expect(page.get_by_role("radio", name="Ward", exact=True)).to_be_checked()
    expect(page).to_have_url(re.compile("areas=Ward"))
    expect(page.get_by_text("E05012266", exact=True)).to_be_visible()


def test_clicking_an_area_shows_its_card_and_is_in_the_link(open_page: Open) -> None:
    page = open_page("/")
    area = map_of(page).locator(AREAS).nth(40)
    area.dispatch_event("click")
    expect(page).to_have_url(re.compile("select=area%3AE01"))
    expect(page.get_by_text("official figures for LSOAs of 2021")).to_be_visible()


def test_choosing_a_row_of_the_table_shows_the_same_card(open_page: Open) -> None:
    page = open_page("/?category=library")
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + 17, box["y"] + 52)
    expect(page).to_have_url(re.compile("select=place%3A"))
    expect(page.get_by_text("Category: library")).to_be_visible()


def test_by_keyboard_alone_one_finds_filters_and_reads(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("combobox", name="Index or domain").focus()
    page.keyboard.press("Tab")  # edition
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile("edition=2019"))
    settle(page)
    search = page.get_by_role("textbox", name="Search")
    search.focus()
    page.keyboard.type("libary")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("q=libary"))
    expect(page.get_by_text(re.compile(r"Showing \d+ of 104 places"))).to_be_visible()
    page.get_by_role("combobox", name="Details of").focus()
    page.keyboard.type("Cowley Library")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("select=place%3A"))
    expect(page.get_by_text("Category: library")).to_be_visible()
    tab = page.get_by_role("tab", name="Places")
    tab.focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Areas")).to_be_focused()


def test_a_marker_can_be_reached_and_opened_by_keyboard(open_page: Open) -> None:
    page = open_page("/?category=library")
    shows(page, 7)
    marker = map_of(page).get_by_role("button", name=re.compile("^Cowley Library"))
    marker.focus()
    page.keyboard.press("Enter")
    expect(map_of(page).locator(".leaflet-popup-content")).to_contain_text("library")
    expect(page).to_have_url(re.compile("select=place%3A"))


def test_what_do_these_numbers_mean_is_one_click_away(open_page: Open) -> None:
    page = open_page("/")
    page.get_by_role("button", name="What do these numbers mean?").click()
    expect(page.get_by_text("Decile 1 is the most deprived 10 % of England")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/gaps", "/method", "/directory", "/sources"])
def test_nothing_is_asked_of_another_origin(visitor: Visitor, path: str) -> None:
    visitor.open_page(path)
    assert [url for url in visitor.strangers if "tile.openstreetmap.org" not in url] == []


def test_without_tiles_the_map_says_so_and_is_complete(visitor: Visitor) -> None:
    page = visitor.open_page("/")
    assert visitor.strangers, "the base map's tiles are asked for"
    expect(map_of(page).get_by_text(re.compile("Base map not available"))).to_be_visible()
    assert drawn(page)["areasDrawn"] == "84"


@pytest.mark.parametrize("viewport", [PHONE, {"width": 320, "height": 640}], ids=["phone", "320 px"])
@pytest.mark.parametrize("path", ["/", "/gaps", "/method", "/directory", "/sources"])
def test_on_a_narrow_screen_nothing_is_lost_to_the_side(
    visit: Callable[..., Visitor], path: str, viewport: dict[str, int]
) -> None:
    page = visit(viewport=viewport).open_page(path)
    main = page.get_by_test_id("stMain")
    wide = main.evaluate("main => main.scrollWidth - main.clientWidth")
    assert wide <= 1
    heading = page.get_by_role("heading", level=1)
    box = heading.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= viewport["width"]
