"""A view in a frame: its words, its map, the way to all the rest, and the snippet that puts it there."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mapping.settings import ROOT
from mapping.ui import embed

LINK = "https://atlas.example.org/gaps?council=Oxford&plan=%2BOX4+1BA&map=Plan+A"


def show_explore() -> None:
    from mapping.ui import embed

    embed.explored()


def show_gaps() -> None:
    from mapping.ui import embed

    embed.gaps()


def show_areas() -> None:
    from mapping.ui import embed

    embed.areas()


def run(page: object, **query: str | list[str]) -> AppTest:
    app = AppTest.from_function(page, default_timeout=30)  # type: ignore[arg-type]
    app.query_params.update(query)
    return app.run()


def said(app: AppTest) -> str:
    """What stands around the map."""
    return "\n".join(each.proto.body for each in app.get("html") if "embed-" in each.proto.body)


class First(HTMLParser):
    """The first tag of a text, as a browser reads it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


def test_the_map_of_explore_has_a_title_a_sentence_its_sources_and_the_way_out() -> None:
    app = run(show_explore, council="Oxford", areas="Ward")
    assert not app.exception
    assert "<h1>Oxford: co-operatives and community assets" in said(app)
    assert "Oxford’s 23 wards" in said(app)
    assert "Open Data Commons Attribution License" in said(app)
    assert "does not mean “none there”" in said(app)
    assert (
        'council=Oxford&amp;areas=Ward" target="_blank" rel="noopener noreferrer">Open the full view'
        in said(app)
    )


def test_nothing_stands_there_that_belongs_to_the_full_view() -> None:
    app = run(show_explore, council="Oxford")
    widgets = (app.selectbox, app.multiselect, app.slider, app.radio, app.button, app.dataframe, app.tabs)
    assert not any(len(each) for each in widgets)
    assert len(app.sidebar.children) == 0


def test_the_map_of_gaps_says_that_a_plan_is_no_record() -> None:
    app = run(show_gaps, council="Oxford", areas="Ward", plan="+OX4 1BA", map="Plan A")
    assert not app.exception
    assert "<h1>Oxford: gaps in access to libraries, Plan A</h1>" in said(app)
    assert "Plan A, not as recorded: 33 % of Oxford’s people live within 800 m of a library" in said(app)
    assert "plan=%2BOX4+1BA" in said(app)


@pytest.mark.parametrize(
    ("area", "told"),
    [
        ("E05013099", "Churchill ward, Oxford"),
        ("E05013106", "Holywell has no figure"),
        ("", "<h1>Oxford: co-operatives"),
    ],
)
def test_the_map_of_areas_is_of_them_or_of_all(area: str, told: str) -> None:
    query = {"area": area, "areas": "Ward"} if area else {}
    app = run(show_areas, council="Oxford", **query)
    assert not app.exception
    assert told in said(app)


def test_the_name_and_the_logo_of_the_installation_are_text_and_picture(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from mapping.ui import cache

    monkeypatch.setenv("MAPPING_NAME", "Oxford <b>City</b> Council")
    monkeypatch.setenv("MAPPING_LOGO", str(ROOT / "mapping" / "ui" / "logo.png"))
    cache.settings.clear()
    try:
        app = run(show_explore, council="Oxford")
    finally:
        cache.settings.clear()
    assert "<span>Oxford &lt;b&gt;City&lt;/b&gt; Council</span>" in said(app)
    assert '<img src="data:image/png;base64,' in said(app)


def test_a_logo_that_is_none_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mapping.errors import UnusableFileError
    from mapping.ui import cache

    logo = tmp_path / "logo.png"
    logo.write_text("<svg onload='alert(1)'/>")
    monkeypatch.setenv("MAPPING_LOGO", str(logo))
    cache.settings.clear()
    try:
        with pytest.raises(UnusableFileError, match="MAPPING_LOGO"):
            embed.head("Oxford", "Words")
    finally:
        cache.settings.clear()


@pytest.mark.parametrize("title", ["Oxford", '"><script>alert(1)</script>', "Tick ` ${x} '", ""])
def test_the_snippet_is_one_frame_whatever_its_title(title: str) -> None:
    snippet = embed.snippet(LINK, title)
    [(tag, told)] = First(snippet).tags
    assert tag == "iframe" and snippet.endswith("></iframe>")
    assert told["src"] == f"{LINK}&embed=true"
    assert told["title"] == (title or "Map of places and deprivation")
    assert (told["width"], told["height"], told["loading"], told["style"]) == (
        "100%", "640", "lazy", "border:0",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("link", "address"),
    [
        ("https://a.org/", "https://a.org/?embed=true"),
        ("https://a.org/?embed=true&council=Oxford", "https://a.org/?council=Oxford&embed=true"),
        ("https://a.org/gaps?category=a&category=b", "https://a.org/gaps?category=a&category=b&embed=true"),
    ],
)
def test_an_address_asks_for_the_map_alone_once(link: str, address: str) -> None:
    assert embed.address(link) == address
