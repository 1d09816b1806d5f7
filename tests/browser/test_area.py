"""The page of areas in a real browser: readable by everybody, and its files arrive."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import PATIENCE_MS, PHONE, Visitor, settle
from tests.browser.test_accessibility import findings

WARD = "/area?council=Oxford&areas=Ward&area=E05013110"


@pytest.mark.parametrize(
    ("path", "viewport"),
    [(WARD, None), (WARD + "&area=E05013100", PHONE)],
    ids=["one on a desktop", "two on a phone"],
)
def test_it_is_open_to_everybody_and_fits(
    visit: Callable[..., Visitor], path: str, viewport: dict[str, int] | None
) -> None:
    visitor = visit(viewport=viewport) if viewport else visit()
    page = visitor.open_page(path)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Northfield Brook")
    expect(page.get_by_role("img", name="Northfield Brook").first).to_be_visible()
    assert findings(page.main_frame) == []
    width = page.evaluate("document.scrollingElement.scrollWidth")
    assert width <= (viewport or {"width": 1280})["width"]
    assert visitor.strangers == []


def test_with_the_keyboard_from_the_overview_to_a_ward_s_pdf(
    open_page: Callable[..., Page], tmp_path: Path
) -> None:
    page = open_page("/area")
    page.get_by_role("combobox", name="Ward or LSOA").focus()
    page.keyboard.type("northfield")
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", level=1)).to_have_text("Northfield Brook", timeout=PATIENCE_MS)
    settle(page)
    button = page.get_by_role("button", name="PDF", exact=True)
    button.focus()
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert path.name.startswith("profile-of-northfield-brook-")
    read = PdfReader(path)
    assert "Northfield Brook" in read.pages[0].extract_text()
    assert "area=E05013110" in "".join(each.extract_text() for each in read.pages).replace("\n", "")


def test_a_neighbour_in_a_table_leads_to_its_own_profile(open_page: Callable[..., Page]) -> None:
    page = open_page(WARD)
    page.get_by_role("table", name="Areas beside it").get_by_role("link", name="Blackbird Leys").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Blackbird Leys")
    assert "area=E0501309" in page.url
    expect(page).to_have_title("Blackbird Leys · Oxford · Area · Commons Atlas")
