"""A view in a frame on a page of another origin: it draws, it fits, and it leads to all the rest."""

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from mapping.ui import embed
from tests.browser.conftest import DRAWN, MAP, Visitor
from tests.browser.running import Running
from tests.browser.test_accessibility import WHOLE_PAGE, findings

CANVAS = {"width": 900, "height": 700}


@pytest.fixture(scope="module")
def host(app: Running) -> Iterator[str]:
    """Somebody's own site: `host + path` is a page that frames `path` of the app."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            frame = embed.snippet(f"{app.origin}/{unquote(self.path.removeprefix('/'))}", "Our map")
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            page = f'<!doctype html><html lang="en"><title>A council</title><body style="margin:0">{frame}'
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def framed(visit: Callable[..., Visitor], host: str) -> Callable[..., tuple[Page, FrameLocator]]:
    """`framed("gaps%3Fcouncil=Oxford")`: the page of the host, and the app in its frame, the map drawn."""

    def opened(path: str, **options: object) -> tuple[Page, FrameLocator]:
        page = visit(**{"viewport": CANVAS, **options}).context.new_page()
        page.goto(host + path)
        frame = page.frame_locator('iframe[title="Our map"]')
        frame.frame_locator(MAP).locator(DRAWN).wait_for(state="attached")
        return page, frame

    return opened


@pytest.mark.parametrize(
    ("path", "areas", "title"),
    [
        ("%3Fcouncil=Oxford", "84", "Oxford: co-operatives and community assets"),
        ("gaps%3Fcouncil=Oxford%26areas=Ward%26plan=%252BOX4+1BA%26map=Plan+A", "23", "libraries, Plan A"),
        ("area%3Fcouncil=Oxford%26areas=Ward%26area=E05013099", "84", "Churchill ward"),
    ],
)
def test_the_map_draws_in_a_frame_of_another_origin(framed, path: str, areas: str, title: str) -> None:
    _, frame = framed(path)
    expect(frame.frame_locator(MAP).locator(DRAWN)).to_have_attribute("data-areas-drawn", areas)
    expect(frame.get_by_role("heading", level=1)).to_contain_text(title)
    expect(frame.frame_locator(MAP).get_by_role("region", name="Legend")).to_be_visible()
    way_out = frame.get_by_role("link", name="Open the full view")
    assert (way_out.get_attribute("target"), way_out.get_attribute("rel")) == (
        "_blank",
        "noopener noreferrer",
    )
    assert "embed" not in (way_out.get_attribute("href") or "")
    # Nothing of the full view, and all of it within the frame.
    assert frame.get_by_test_id("stSidebar").count() == frame.get_by_test_id("stDataFrame").count() == 0
    assert frame.get_by_role("navigation").count() == 0
    foot = way_out.bounding_box()
    assert foot and foot["y"] + foot["height"] <= embed.HEIGHT
    inner = frame.locator("[data-testid=stMain]")
    assert inner.evaluate("node => node.scrollHeight <= node.clientHeight + 1")
    assert frame.frame_locator(MAP).get_by_role("button", name="Put a place here").count() == 0


def test_a_click_on_the_map_is_answered_and_the_frame_stays_a_frame(framed) -> None:
    _, frame = framed("%3Fcouncil=Oxford%26category=library")
    inner = frame.frame_locator(MAP)
    inner.get_by_role("button", name="Cowley Library").dispatch_event("click")
    expect(inner.locator(".leaflet-popup-content")).to_contain_text("Libraries Taskforce")
    expect(inner.locator(".place.chosen")).to_have_count(1)
    expect(frame.get_by_role("link", name="Open the full view")).to_be_visible()
    assert frame.get_by_test_id("stSidebar").count() == 0


def test_a_narrow_frame_keeps_its_map_and_axe_finds_nothing(framed) -> None:
    page, frame = framed("gaps%3Fcouncil=Oxford", viewport={"width": 320, "height": 700})
    box = frame.locator(MAP).bounding_box()
    assert box and box["width"] > 280 and box["height"] >= 300
    app_frame, map_frame = page.frames[1], page.frames[2]
    assert findings(app_frame) == []
    assert findings(map_frame, without=WHOLE_PAGE) == []
    assert app_frame.evaluate("document.documentElement.scrollWidth") <= 320
    frame.get_by_text("Sources and licences").click()
    expect(frame.get_by_text("Food hygiene rating data © Food Standards Agency")).to_be_visible()
