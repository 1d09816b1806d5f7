"""The web page of a document in a browser that reaches nothing: it reads well, and nothing in it is live."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from mapping.render.documents import web
from mapping.render.documents.model import (
    Bullets,
    Chart,
    Document,
    Facts,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
)
from tests.browser.test_accessibility import findings
from tests.unit.office_document import CHART, DOCUMENT, TABLE

MARKUP = (
    "</style><script>window.ran = 1</script><img src='http://evil.example/x' onerror='window.ran = 1'>${1}`"
)
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 100">'
    b'<rect width="120" height="100" fill="#3c1348"/></svg>'
)
MOVES = "each => { window.moved = new Promise(done => each.addEventListener('scroll', done, {once: true})) }"
NARROW = {"width": 320, "height": 640}


def drawn(document: Document) -> Document:
    blocks = (replace(block, svg=SVG) if isinstance(block, Figure) else block for block in document.blocks)
    return replace(document, blocks=tuple(blocks))


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., tuple[Page, list[str]]]]:
    """Opens a document as a file, without a network; with it what the page asked for and complained of."""
    contexts: list[BrowserContext] = []

    def open_file(document: Document, **options: object) -> tuple[Page, list[str]]:
        contexts.append(browser.new_context(locale="en-GB", offline=True, **options))
        page, said = contexts[-1].new_page(), list[str]()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda asked: said.append(asked.url) if asked.url.startswith("http") else None)
        file = tmp_path / "document.html"
        file.write_bytes(web.html_file(document))
        page.goto(file.as_uri())
        return page, said

    yield open_file
    for context in contexts:
        context.close()


@pytest.mark.parametrize("viewport", [{"width": 1280, "height": 800}, NARROW], ids=["desktop", "320 px"])
def test_axe_finds_nothing_and_the_page_asks_for_nothing(
    opened: Callable[..., tuple[Page, list[str]]], viewport: dict[str, int]
) -> None:
    page, said = opened(drawn(DOCUMENT), viewport=viewport)
    assert findings(page.main_frame) == []
    assert said == []
    shown = page.locator("img").evaluate_all("all => all.map(each => [each.alt, each.naturalWidth > 0])")
    assert shown == [
        ["Logo of Oxford City Council", True],
        ["Map of Blackbird Leys: 3 of its 4 LSOAs are in decile 1.", True],
    ]


def test_on_a_phone_only_tables_scroll_sideways_and_by_keyboard(
    opened: Callable[..., tuple[Page, list[str]]],
) -> None:
    wide = replace(
        TABLE,
        columns=tuple(
            replace(column, name=f"{column.name} {n}") for n in range(4) for column in TABLE.columns
        ),
        rows=tuple(row * 4 for row in TABLE.rows),
    )
    page, _ = opened(drawn(replace(DOCUMENT, blocks=(*DOCUMENT.blocks, wide))), viewport=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    region = page.get_by_role("region", name=wide.caption).last
    assert region.evaluate("each => each.scrollWidth > each.clientWidth")
    region.evaluate(MOVES)
    region.focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate("window.moved.then(() => document.activeElement.scrollLeft)") > 0
    fills = page.locator(".fill").evaluate_all(
        "all => all.map(each => each.offsetWidth / each.parentElement.offsetWidth)"
    )
    assert fills == pytest.approx([0.2, 0.35], abs=0.02)


def test_names_are_words_whatever_is_in_them(opened: Callable[..., tuple[Page, list[str]]]) -> None:
    long = "W" * 300
    blocks = (
        Heading(text=MARKUP), Paragraph(text=MARKUP), Note(text=MARKUP), Bullets(items=(MARKUP, long)),
        Facts(caption=MARKUP, rows=((MARKUP, "javascript:window.ran=1"), (long, long))),
        Table(caption=MARKUP, columns=TABLE.columns, rows=((MARKUP, long, long),)),
        Chart(title=MARKUP, unit=MARKUP, bars=CHART.bars, most=10, alt=MARKUP, note=long),
    )  # fmt: skip
    page, said = opened(replace(DOCUMENT, title=MARKUP, owner=MARKUP, blocks=blocks), viewport=NARROW)
    assert page.evaluate("window.ran") is None
    assert page.title().startswith(MARKUP)
    assert page.get_by_role("heading", level=1).inner_text() == MARKUP
    assert page.locator("a").evaluate_all("all => all.map(each => each.protocol)") == ["file:", "https:"]
    assert page.evaluate("document.documentElement.scrollWidth") == NARROW["width"]
    assert said == []
