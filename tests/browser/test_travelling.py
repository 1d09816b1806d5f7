"""The map that travels, opened from a disk with every request blocked."""

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from mapping.analysis.filters import Filters
from mapping.reporting.held import Held, read_held
from mapping.reporting.travelling import travelling_file
from mapping.settings import PILOT, Settings
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_accessibility import findings

LIBRARIES = Filters(council="Oxford", geography="ward", categories=("library",))
PLAN = replace(LIBRARIES, plans=("+OX4 1BA;-lib-oxford-littlemore",), on_map="A")
OXFORD = Filters(council="Oxford")
NAMES = (
    "Co-op <script>window.ran = 1</script>",
    '<img src=x onerror="window.ran = 2">',
    "Co-op ${window.ran = 3} Ltd `tick`",
    "</script><script>window.ran = 4</script>",
    "Café des Résidents",
)


@dataclass
class Opened:
    """The file in a browser, and what it asked for or complained of."""

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def held() -> Held:
    return read_held(Settings.from_env({"MAPPING_DATA": str(PILOT), "MAPPING_ADDED": str(PILOT / "none")}))


@pytest.fixture(scope="module")
def write(held: Held, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """`write(filters, page)`: the file of a view, on a disk; each made once."""
    folder, made = tmp_path_factory.mktemp("stick"), dict[tuple[Filters, str, bool], Path]()

    def written(filters: Filters, page: str = "explore", *, is_hostile: bool = False) -> Path:
        key = (filters, page, is_hostile)
        if key not in made:
            tables = hostile(held) if is_hostile else held
            date, link = datetime.date(2026, 11, 22), "https://atlas.example.org/?council=Oxford"
            made[key] = folder / f"{len(made)}.html"
            made[key].write_bytes(travelling_file(filters, page=page, held=tables, link=link, date=date))
        return made[key]

    return written


def hostile(held: Held) -> Held:
    places = held.places.copy()
    mine = places.index[(places["lad24cd"] == "E07000178") & places["easting"].notna()]
    for n, row in enumerate(mine):
        places.loc[row, ["name", "address"]] = [NAMES[n % len(NAMES)]] * 2
        places.loc[row, "website"] = "javascript:window.ran=7"
    return replace(held, places=places)


@pytest.fixture
def open_file(browser: Browser) -> Iterator[Callable[..., Opened]]:
    """Opens a file with nothing else within reach; at the end it must have asked for nothing else."""
    contexts, opened = [], []

    def reached(path: Path, **options: object) -> Opened:
        context = browser.new_context(**{"viewport": DESKTOP, "locale": "en-GB", **options})
        context.set_default_timeout(15_000)
        contexts.append(context)
        told = Opened(context.new_page())
        opened.append(told)

        def stop(route: Route) -> None:
            told.asked.append(route.request.url)
            is_file = route.request.url == path.as_uri()
            (route.continue_ if is_file else route.abort)()

        context.route("**/*", stop)
        told.page.on(
            "console", lambda each: told.complaints.append(each.text) if each.type == "error" else None
        )
        told.page.on("pageerror", lambda error: told.complaints.append(str(error)))
        told.page.goto(path.as_uri())
        if options.get("java_script_enabled", True):
            told.page.locator("#map[data-areas-drawn]").wait_for(state="attached")
        return told

    yield reached
    for told in opened:
        assert [each for each in told.asked if not each.startswith(("file:", "data:"))] == []
        assert told.complaints == []
    for context in contexts:
        context.close()


def rows(page: Page, table: str = "places") -> list[str]:
    """The names of the rows that are shown."""
    return page.locator(f"#{table}-table tbody tr:not([hidden]) th").all_inner_texts()


def test_it_draws_from_a_disk_and_asks_for_nothing(open_file, write) -> None:
    told = open_file(write(OXFORD))
    drawn = told.page.locator("#map")
    expect(drawn).to_have_attribute("data-areas-drawn", "84")
    expect(drawn).to_have_attribute("data-places-drawn", "70")
    assert len(told.asked) == 1
    expect(told.page.get_by_role("region", name="Legend")).to_contain_text("1 is the most deprived 10")
    expect(told.page.get_by_role("region", name="Legend")).to_contain_text("Contains OS data")
    fills = told.page.locator(".leaflet-shapes-pane path").evaluate_all(
        "paths => new Set(paths.map((path) => path.getAttribute('fill'))).size"
    )
    assert fills == 10


def test_the_search_narrows_tables_and_pins(open_file, write) -> None:
    page = open_file(write(OXFORD, is_hostile=True)).page
    find, count = page.get_by_label("Search places and areas"), page.locator("#find [role=status]")
    expect(count).to_have_text("Showing all 104 places and all 84 LSOAs.")
    find.fill("CAFE residents")
    assert set(rows(page)) == {"Café des Résidents"}
    expect(count).to_have_text("Showing 14 of 104 places and 0 of 84 LSOAs.")
    expect(page.locator("#map")).to_have_attribute("data-places-drawn", "14")
    find.fill("coop tick")
    assert set(rows(page)) == {NAMES[2]}
    page.get_by_role("button", name="Show all").click()
    expect(count).to_have_text("Showing all 104 places and all 84 LSOAs.")
    expect(find).to_be_focused()
    page.get_by_role("checkbox", name="Community assets").uncheck()
    page.get_by_label("To decile").select_option("3")
    assert len(rows(page, "areas")) == 14
    expect(page.get_by_role("region", name="Legend")).to_contain_text("Other deciles")
    shown = int(page.locator("#map").get_attribute("data-places-drawn") or "")
    assert 0 < shown < 14 and len(rows(page)) == shown


def test_names_of_others_are_text(open_file, write) -> None:
    page = open_file(write(OXFORD, is_hostile=True)).page
    for name in NAMES[:4]:
        page.locator("#places").get_by_role("button", name=name, exact=True).first.click()
        expect(page.locator("#details h2")).to_have_text(name)
    assert page.locator("#details a").count() == 0
    page.get_by_label("Search places and areas").fill("<img src=x onerror")
    assert set(rows(page)) == {NAMES[1]}
    page.locator(".leaflet-marker-icon").first.dispatch_event("click")
    assert page.evaluate("window.ran") is None
    assert page.locator("main img, main script").count() == 0


def test_a_row_and_the_map_choose_the_same(open_file, write) -> None:
    page = open_file(write(OXFORD)).page
    button = page.locator("#places").get_by_role("button", name="Cowley Library")
    button.focus()
    page.keyboard.press("Enter")
    details = page.locator("#details")
    expect(details).to_be_focused()
    expect(details).to_contain_text("Libraries Taskforce basic dataset")
    expect(page.locator("#places tr[aria-current]")).to_contain_text("Cowley Library")
    expect(page.locator(".place.chosen")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(page.locator("tr[aria-current], .place.chosen")).to_have_count(0)
    page.locator(".leaflet-shapes-pane path").nth(3).dispatch_event("click")
    chosen = page.locator("#areas tr[aria-current] th")
    expect(chosen).to_have_count(1)
    expect(details.get_by_role("heading")).to_have_text(chosen.inner_text())
    expect(page.locator("#announced")).to_have_text(f"{chosen.inner_text()}: details are shown")


def test_columns_are_sorted_by_their_buttons(open_file, write) -> None:
    page = open_file(write(PLAN, "gaps")).page
    head = page.get_by_role("columnheader", name="Of them in need")
    for way in ("ascending", "descending"):
        head.get_by_role("button").click()
        expect(head).to_have_attribute("aria-sort", way)
        cells = page.locator("#areas-table tbody tr td:nth-child(7)").all_inner_texts()
        known = [int(each.replace(",", "")) for each in cells if each != "–"]
        assert known == sorted(known, reverse=way == "descending") and len(known) == 23
        assert cells[-1] == "–"  # Holywell: not known, whichever way


def test_a_map_of_gaps_shows_its_plan_and_can_change_nothing(open_file, write) -> None:
    page = open_file(write(PLAN, "gaps")).page
    drawn = page.locator("#map")
    for name, n in {"areas": "23", "proposals": "1", "closed": "1"}.items():
        expect(drawn).to_have_attribute(f"data-{name}-drawn", n)
    expect(page.get_by_text("Plan A is shown")).to_be_visible()
    assert page.get_by_role("button", name=re.compile("Put a place")).count() == 0


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("asked", ["explore", "gaps"])
def test_axe_finds_nothing(open_file, write, asked: str, viewport: dict[str, int]) -> None:
    filters = PLAN if asked == "gaps" else LIBRARIES
    page = open_file(write(filters, asked), viewport=viewport).page
    assert findings(page.main_frame) == []
    page.locator("#areas .pick").first.click()
    assert findings(page.main_frame) == []


def test_a_keyboard_reaches_everything_and_sees_where_it_is(open_file, write) -> None:
    page = open_file(write(LIBRARIES, "gaps")).page
    met: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        name, outline = page.evaluate(
            "() => { const on = document.activeElement; const style = getComputedStyle(on);"
            " return [`${on.tagName} ${on.id} ${on.textContent.trim().slice(0, 24)}`,"
            " style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2]; }"
        )
        if name.startswith("BODY"):
            break
        assert outline, name
        met.append(name)
    assert met[0] == "A  Skip to the tables" and met[1] == "A  Skip the map"
    for wanted in ("INPUT find-text", "BUTTON  Rank", "BUTTON  Blackbird Leys Library", "DIV  "):
        assert any(each.startswith(wanted) for each in met), wanted
    page.goto(page.url)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#places")).to_be_focused()


def test_a_narrow_screen_loses_nothing(open_file, write) -> None:
    page = open_file(write(OXFORD), viewport={"width": 320, "height": 640}).page
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    expect(page.get_by_label("Search places and areas")).to_be_visible()
    expect(page.locator("#map")).to_be_visible()


def test_without_scripts_there_are_words_and_tables(open_file, write) -> None:
    page = open_file(write(OXFORD), java_script_enabled=False).page
    expect(page.get_by_text("which does not run here")).to_be_visible()
    expect(page.get_by_role("cell", name="Northfield Brook").first).to_be_visible()
    assert len(rows(page)) == 104 and len(rows(page, "areas")) == 84
    assert page.get_by_role("button").count() == page.get_by_role("searchbox").count() == 0


def test_it_prints_without_what_one_can_press(open_file, write) -> None:
    page = open_file(write(OXFORD)).page
    page.emulate_media(media="print")
    expect(page.locator("#find, .leaflet-control-zoom").first).to_be_hidden()
    expect(page.locator("#map")).to_be_visible()
    whole = "node => node.scrollHeight <= node.clientHeight + 1"
    assert page.locator("#places .scroll").evaluate(whole)
