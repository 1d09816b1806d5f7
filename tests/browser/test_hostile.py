"""Names somebody else wrote: shown as written, never run, never fetched."""

import re
import shutil
from collections.abc import Iterator

import pandas as pd
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DESKTOP, IDLE, map_of
from tests.browser.running import ROOT, Running, running

NAMES = (
    "Co-op <script>window.top.ran = 1</script>",
    '<img src=x onerror="window.top.ran = 2">',
    "Co-op ${window.top.ran = 3} Ltd",
    "Tick ` back \\ slash",
    "</script><script>window.top.ran = 5</script>",
    "![see](https://evil.example/x.png) **bold** :red[red] $x^2$",
    '=HYPERLINK("https://evil.example","go")',
    "{{ 7 * 7 }} {{ 'x' }} <!-- --> ]]>",
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """The app over a directory whose Oxford entries carry hostile names and links."""
    data = tmp_path_factory.mktemp("hostile") / "pilot"
    shutil.copytree(ROOT / "data" / "pilot", data)
    places = pd.read_parquet(data / "places.parquet")
    oxford = places.index[(places["lad24cd"] == "E07000178") & places["easting"].notna()]
    for n, row in enumerate(oxford):
        places.loc[row, ["name", "address", "category"]] = [NAMES[n % len(NAMES)]] * 3
        places.loc[row, "website"] = "javascript:window.top.ran=7" if n % 2 else "https://evil.example/`${1}`"
    places.to_parquet(data / "places.parquet", index=False)
    env = {"MAPPING_DATA": str(data), "MAPPING_BOUNDARIES": str(ROOT / "boundaries")}
    with running(env=env | {"MAPPING_BASE_MAP": "none"}) as server:
        yield server


@pytest.fixture
def page(hostile: Running, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=DESKTOP)
    context.set_default_timeout(30_000)
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(hostile.origin)
    opened.locator(IDLE).wait_for(state="attached")
    map_of(opened).locator("[data-areas-drawn]").wait_for(state="attached")
    yield opened
    assert [url for url in asked if "evil.example" in url] == []
    assert opened.evaluate("window.ran") is None
    context.close()


def test_the_map_draws_and_its_names_are_text(page: Page) -> None:
    told = map_of(page).locator("[data-areas-drawn]")
    expect(told).to_have_attribute("data-places-drawn", "70")
    for _ in range(6):
        map_of(page).get_by_role("button", name=re.compile("Zoom in")).click()
    # While it zooms, what is under the mouse is about to be taken away.
    expect(map_of(page).locator(".leaflet-zoom-anim, .leaflet-cluster-anim")).to_have_count(0)
    icons = map_of(page).locator(".leaflet-marker-icon")
    icons.first.dispatch_event("mouseover")
    icons.first.dispatch_event("click")
    expect(page).to_have_url(re.compile("select=place"))
    expect(map_of(page).locator(".leaflet-popup-content")).to_contain_text("Source: ")


def test_gaps_show_names_as_written(page: Page, hostile: Running) -> None:
    page.goto(
        f"{hostile.origin}/gaps?kind=Co-operative&kind=Community+asset&areas=Ward&select=area:E05013099"
    )
    page.locator(IDLE).wait_for(state="attached")
    map_of(page).locator("[data-circles-drawn]").wait_for(state="attached")
    near = page.get_by_role("listitem").filter(has_text=re.compile(r", [\d.]+ k?m$"))
    expect(near).to_have_count(3)
    assert all(any(name[:12] in each for name in NAMES) for each in near.all_inner_texts())
    page.get_by_role("tab", name="What if").click()
    page.locator(IDLE).wait_for(state="attached")
    page.get_by_role("combobox", name="Close what is recorded").click()
    page.keyboard.type("onerror")
    page.get_by_role("option").filter(has_text="<img").first.click()
    expect(page.get_by_role("button", name=re.compile(" closed$"))).to_have_count(1)
    map_of(page).locator('[data-closed-drawn="1"]').wait_for(state="attached")


def test_a_card_shows_each_name_as_written(page: Page) -> None:
    box = page.get_by_role("combobox", name="Details of")
    heading = page.get_by_role("heading", level=4).first
    for name in NAMES:
        box.click()
        box.fill(name[:30])
        page.get_by_role("option").first.click()
        expect(heading).to_have_text(re.compile("\u200b?".join(map(re.escape, " ".join(name.split())))))
        expect(page).to_have_url(re.compile("select=place"))
        assert page.get_by_role("link", name="Website").count() == 0
