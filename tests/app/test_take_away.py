"""Take to a meeting: what is offered on each page, of exactly what is shown, and nothing made before."""

import datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from mapping.analysis.filters import Filters
from mapping.render.sheet.paper import Paper
from mapping.ui import cache
from mapping.ui.components import take_files
from mapping.ui.components.take_files import View
from tests.app.reading import words

WAIT_S = 60
KINDS = ["Picture", "Profile", "Map that travels", "Embed", "Link"]
DAY = datetime.date(2026, 11, 22)


def show_explore() -> None:
    from mapping.ui.views import explore

    explore.page()


def show_gaps() -> None:
    from mapping.ui.views import gaps

    gaps.page()


def opened(page: object, *, what: str = "picture", **query: str) -> AppTest:
    """The page with the box open on one of its kinds."""
    app = AppTest.from_function(page, default_timeout=WAIT_S)  # type: ignore[arg-type]
    app.query_params.update(query)
    app.session_state["take"] = True
    app.session_state["take-what"] = what
    app.run()
    assert not app.exception
    return app


def offered(app: AppTest) -> list[str]:
    return [each.proto.label for each in app.get("download_button")]


def test_the_box_is_shut_until_somebody_opens_it() -> None:
    app = AppTest.from_function(show_explore, default_timeout=WAIT_S).run()
    assert "take-what" not in [each.key for each in app.radio]
    assert offered(app) == []


def test_a_picture_comes_on_each_paper_and_in_each_format() -> None:
    app = opened(show_explore)
    assert app.radio(key="take-what").options == KINDS
    assert app.radio(key="take-paper").options == ["A4", "A3", "Slide"]
    assert app.radio(key="take-orientation").options == ["Landscape", "Portrait"]
    assert app.radio(key="take-format").options == ["PNG", "SVG", "PDF", "Pack"]
    assert offered(app) == ["Download the picture"]
    app.radio(key="take-format").set_value("pack").run()
    assert offered(app) == ["Download the pack"]


def test_the_profile_is_that_of_the_area_chosen_else_the_overview() -> None:
    app = opened(show_explore, what="document", select="area:E01028577")
    assert "The profile of Oxford 016F (Rose Hill & Iffley), Oxford." in words(app)
    assert offered(app) == ["Download the profile"]
    [way] = [each for each in app.get("page_link") if each.proto.label == "Read it first"]
    assert way.proto.query_string == "council=Oxford&area=E01028577"
    app = opened(show_gaps, what="document", council="Torbay")
    assert "The overview of Torbay." in words(app)
    assert offered(app) == ["Download the overview"]


def test_the_link_and_the_frame_hold_every_choice_and_what_is_chosen() -> None:
    asked = {"council": "Preston", "category": "library", "reach": "1500", "select": "area:E01025314"}
    app = opened(show_gaps, what="link", **asked)
    [link] = [each.value for each in app.code]
    assert link.endswith("?council=Preston&category=library&reach=1500&select=area%3AE01025314")
    app.radio(key="take-what").set_value("frame").run()
    [snippet] = [each.value for each in app.code]
    assert snippet.startswith("<iframe ")
    assert "embed=true" in snippet and "reach=1500" in snippet
    assert 'title="Preston: ' in snippet


@pytest.mark.parametrize("page", ["explore", "gaps", "area"])
def test_a_file_of_each_kind_is_named_by_what_it_holds_and_its_day(page: str) -> None:
    held = cache.held()
    asked = Filters(council="Oxford", categories=("library",) if page == "gaps" else ())
    view = View(asked=asked, page=page, link="https://atlas.example/", date=DAY)
    names = {
        take_files.picture_name(view, paper=Paper(), file_format="pack", held=held),
        take_files.travelling_name(view, held=held),
        take_files.document_name(view, file_format="docx"),
    }
    assert {name.rpartition(".")[2] for name in names} == {"zip", "html", "docx"}
    assert all("oxford" in name and "-2026-11-22." in name for name in names)


def test_the_document_is_that_of_the_page_of_areas_and_links_to_it() -> None:
    asked = Filters(council="Oxford", geography="ward", text="not its own")
    link = "https://atlas.example/gaps?council=Oxford"
    view = View(asked=asked, page="gaps", link=link, date=DAY, chosen="area:E05013110")
    body = take_files.document(view, file_format="html", held=cache.held()).decode()
    assert "<h1" in body and "Northfield Brook" in body
    assert "https://atlas.example/area?council=Oxford&amp;areas=Ward&amp;area=E05013110" in body
    assert "not its own" not in body


@pytest.mark.parametrize("what", ["document", "map"])
def test_a_logo_that_is_no_picture_is_said_and_no_file_is_offered(
    what: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    no_picture = tmp_path / "logo.png"
    no_picture.write_text("not a picture")
    monkeypatch.setenv("MAPPING_LOGO", str(no_picture))
    cache.settings.clear()
    try:
        app = opened(show_explore, what=what, council="Oxford")
    finally:
        cache.settings.clear()
    assert app.error[0].value.startswith("The logo could not be read")
    assert offered(app) == []
