"""England in a real browser: on the map, in the table, close up, and with other weights."""

import re
from collections.abc import Callable
from contextlib import suppress

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.browser.conftest import DESKTOP, PHONE, Visitor, map_of, settle
from tests.browser.test_accessibility import WHOLE_PAGE, findings, map_frame

Open = Callable[..., Page]
OWN = "income=0.5,employment=0.2,education=0.1,health=0.1,crime=0.1,barriers=0,environment=0"
PINS = ".leaflet-pins-pane path"


def test_a_click_on_the_map_tells_the_district_and_explore_opens_it(open_page: Open) -> None:
    page = open_page("/england", drawn=True)
    expect(map_of(page).locator("[data-areas-drawn]")).to_have_attribute("data-areas-drawn", "4")
    legend = map_of(page).get_by_role("region", name="Legend")
    expect(legend).to_contain_text("17.2 %")
    expect(legend).to_contain_text("shades compare only these with each other")
    map_of(page).locator(PINS).nth(1).dispatch_event("click")
    expect(page).to_have_url(re.compile("select=area%3AE07000123"))
    expect(page.get_by_role("cell", name="28.8")).to_be_visible()
    page.get_by_role("link", name="Open Preston in Explore").click()
    expect(page).to_have_title("Preston · Explore · Commons Atlas")
    expect(page.get_by_role("combobox", name="Council")).to_have_value("Preston")
    page.go_back()
    expect(page).to_have_title("England · Commons Atlas")


def test_a_row_of_the_sorted_table_is_the_district_it_shows(open_page: Open) -> None:
    page = open_page("/england", drawn=True)
    table = page.get_by_test_id("stDataFrame").first
    table.scroll_into_view_if_needed()
    box = table.bounding_box()
    assert box
    page.mouse.click(box["x"] + 90, box["y"] + 17)  # by name: Oxford, Preston, Stevenage, Torbay
    expect(table.locator("tbody tr").first).to_contain_text("Oxford")
    page.mouse.click(box["x"] + 17, box["y"] + 17 + 35)
    expect(page).to_have_url(re.compile("select=area%3AE07000178"))
    expect(page.get_by_role("heading", name="Oxford", level=4)).to_be_visible()


def test_close_up_the_lsoas_of_what_is_in_view_are_drawn_and_dropped_again(open_page: Open) -> None:
    page = open_page("/england?find=oxfrod", drawn=True)
    frame = map_of(page)
    expect(page.get_by_text("1 of them answers to “oxfrod”")).to_be_visible()
    drawn = frame.locator("[data-detail-drawn]")
    expect(drawn).to_have_attribute("data-detail-drawn", "0")
    # A map that still moves to what was found takes no click: a person would press again.
    for _ in range(3):
        frame.get_by_role("button", name="Zoom in").click()
        with suppress(AssertionError):
            expect(drawn).to_have_attribute("data-detail-drawn", "84", timeout=2_500)
            break
    expect(drawn).to_have_attribute("data-detail-drawn", "84")
    expect(frame.get_by_role("region", name="Legend")).to_contain_text("LSOAs of 2021 by national decile")
    frame.locator(".leaflet-detail-pane path").first.dispatch_event("mouseover")
    expect(frame.locator(".tip")).to_contain_text("of 33,755 LSOAs")
    frame.get_by_role("button", name="Show the whole area").click()
    expect(drawn).to_have_attribute("data-detail-drawn", "0")


def test_names_leave_each_dot_free_and_the_note_leaves_the_scale_free(visit: Callable[..., Visitor]) -> None:
    frame = map_of(visit(viewport=PHONE).open_page("/england", drawn=True))
    expect(frame.get_by_text("Base map not available")).to_be_visible()
    names = [each.bounding_box() for each in frame.locator(".named").all()]
    dots = [each.bounding_box() for each in frame.locator(PINS).all()]
    assert len(names) == len(dots) == 4
    assert not any(overlap(name, dot) for name in names for dot in dots)
    note = frame.locator(".note.no-tiles").bounding_box()
    for other in (".leaflet-control-scale-line", ".leaflet-control-attribution"):
        assert not overlap(note, frame.locator(other).bounding_box())


def test_each_press_of_a_key_moves_a_slider(open_page: Open) -> None:
    page = open_page("/england", drawn=True)
    page.get_by_role("tab", name="Your own weighting").click()
    slider = page.get_by_role("slider").first
    for per_mille in range(226, 236):
        slider.press("ArrowRight")
        # Streamlit's slider takes no press while it hands the last one on.
        expect(page).to_have_url(re.compile(f"weights=income%3D{per_mille / 1000:g}%2C"))
        settle(page)
    expect(page.get_by_test_id("stSlider").first).to_contain_text("23.5 %")


def overlap(one: FloatRect | None, other: FloatRect | None) -> bool:
    """Whether two boxes of the screen share more than an edge."""
    assert one and other
    return all(
        one[start] < other[start] + other[size] - 1 and other[start] < one[start] + one[size] - 1
        for start, size in (("x", "width"), ("y", "height"))
    )


@pytest.mark.parametrize(
    ("viewport", "select"), [(DESKTOP, ""), (PHONE, "&select=area:E07000178")], ids=["desktop", "phone"]
)
def test_axe_finds_nothing_of_ours(
    visit: Callable[..., Visitor], viewport: dict[str, int], select: str
) -> None:
    visitor = visit(viewport=viewport)
    page = visitor.open_page(f"/england?weights={OWN}{select}", drawn=True)
    expect(page.get_by_text("Your own weighting, not official.", exact=False).last).to_be_visible()
    assert findings(page.main_frame) == []
    assert findings(map_frame(page), without=WHOLE_PAGE) == []
    assert [url for url in visitor.strangers if "tile.openstreetmap.org" not in url] == []
    page.get_by_role("tab", name="Districts").click()
    expect(page.get_by_test_id("stDataFrame").locator("table").first).to_have_attribute("aria-rowcount", "5")
    settle(page)
    assert findings(page.main_frame) == []
    wide = page.get_by_test_id("stMain").evaluate("main => main.scrollWidth - main.clientWidth")
    assert wide <= 1
