"""What is taken to a meeting arrives: a pack of pictures, and the words that put the map into a page."""

import io
import zipfile
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import settle
from tests.browser.test_accessibility import findings

NAME = "Take to a meeting"


def test_the_pack_of_what_is_shown_arrives_whole(open_page: Callable[..., Page]) -> None:
    page = open_page("/?council=Oxford&category=library")
    page.get_by_role("button", name=NAME).click()
    box = page.get_by_test_id("stPopoverBody")
    box.get_by_text("Pack", exact=True).click()
    button = box.get_by_role("button", name="Download the pack")
    expect(button).to_be_visible()
    assert findings(page.main_frame) == []
    with page.expect_download() as waiting:
        button.click()
    pack = zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes()))
    assert pack.testzip() is None
    names = pack.namelist()
    assert {name.rpartition(".")[2] for name in names} >= {"png", "svg", "pdf", "csv"}
    [svg] = [pack.read(name).decode() for name in names if name.endswith(".svg")]
    assert "Cowley Library" in svg and "category=library" in svg


def test_a_picture_is_looked_at_first_and_a_frame_is_offered(open_page: Callable[..., Page]) -> None:
    page = open_page("/gaps?council=Oxford&category=library")
    page.get_by_role("button", name=NAME).click()
    page.get_by_test_id("stPopoverBody").get_by_text("Embed", exact=True).click()
    page.get_by_text('<iframe src="http').wait_for()
    page.get_by_test_id("stPopoverBody").get_by_text("Picture", exact=True).click()
    page.get_by_role("button", name="Look at it first").click()
    picture = page.get_by_role("dialog").get_by_role("img")
    picture.wait_for()
    assert picture.evaluate("each => each.naturalWidth / each.naturalHeight") > 1.3
    assert "Oxford" in (picture.get_attribute("alt") or "")
    # The box that was left does not lie over it.
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    settle(page)
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
