"""Area: the overview by default, a profile from a link, some side by side, and codes that cannot be shown."""

import re
import shutil
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from mapping.settings import PILOT, ROOT
from tests.app.reading import linked, words

WAIT_S = 60
WARD, OTHER_WARD, NO_FIGURE = "E05013110", "E05013100", "E05013106"
LSOA = "E01028577"
HOSTILE = "![x](https://evil.example/x.png)"


def show_area() -> None:
    from mapping.ui.views import area

    area.page()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(show_area, default_timeout=WAIT_S)


def tables(app: AppTest) -> str:
    """The tables of the page, as HTML."""
    return "\n".join(each.proto.body for each in app.get("html"))


def ways(app: AppTest) -> dict[str, str]:
    """The query of each link to a page, by its label."""
    return {each.proto.label: each.proto.query_string for each in app.get("page_link")}


def press(app: AppTest, label: str) -> None:
    """Press the button with that label."""
    next(each for each in app.button if each.label == label).click().run()


def chosen(app: AppTest) -> list[str]:
    return list(app.multiselect(key="choose-codes").value)


def test_it_opens_on_the_overview_and_keeps_the_address_blank(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert "# Oxford\n" in words(app)
    assert "Oxford has 24 wards and 84 LSOAs" in words(app)
    assert linked(app) == {}
    drawn = tables(app)
    href = f'<a href="?council=Oxford&amp;areas=Ward&amp;area={WARD}">Northfield Brook</a>'
    assert f'<th scope="row">{href}</th>' in drawn
    assert '<th scope="row"><a href="?council=Oxford&amp;area=E01028568">Oxford 018B</a></th>' in drawn
    assert ways(app)["Open on the map"] == "council=Oxford&areas=Ward"


def test_headings_are_one_of_the_first_level_and_none_is_skipped(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "areas": "Ward", "area": WARD})
    app.run()
    levels = [len(mark) for mark in re.findall(r"^(#+) ", words(app), flags=re.MULTILINE)]
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_link_restores_the_profile_of_a_ward(app: AppTest) -> None:
    link = {
        "council": ["Oxford"],
        "edition": ["2019"],
        "areas": ["Ward"],
        "index": ["Crime"],
        "area": ["E05006561"],
    }
    app.query_params.update(link)
    app.run()
    assert not app.exception
    assert "# Northfield Brook\n" in words(app)
    assert chosen(app) == ["E05006561"]
    assert app.selectbox(key="choose-index").value == "crime"
    assert linked(app) == link
    assert "2019 (chosen)" in tables(app)
    chosen_there = "council=Oxford&edition=2019&areas=Ward&index=Crime&select=area%3AE05006561"
    assert ways(app)["Open in Gaps"] == chosen_there


def test_the_geography_of_a_link_is_that_of_its_code(app: AppTest) -> None:
    app.query_params.update({"area": WARD.lower()})
    app.run()
    assert "# Northfield Brook\n" in words(app)
    assert linked(app) == {"council": ["Oxford"], "areas": ["Ward"], "area": [WARD]}


def test_an_lsoa_s_profile_leads_to_its_ward_and_its_neighbours(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "area": LSOA})
    app.run()
    assert not app.exception
    drawn = tables(app)
    assert '">Rose Hill &amp; Iffley (E05013113)</a>' in drawn
    beside = drawn[drawn.index("Areas beside it") :]
    assert beside.count('<th scope="row"><a href="?council=Oxford&amp;area=E010') >= 2
    assert f'area={LSOA}">' not in drawn
    [picture] = app.get("image")
    assert "Oxford 016F" in picture.proto.imgs[0].alt


def test_some_areas_stand_side_by_side(app: AppTest) -> None:
    areas = [WARD, NO_FIGURE, OTHER_WARD]
    app.query_params.update({"council": "Oxford", "areas": "Ward", "area": areas})
    app.run()
    assert not app.exception
    assert "# Northfield Brook, Holywell and Cowley\n" in words(app)
    assert chosen(app) == areas
    assert linked(app)["area"] == areas
    head = re.search(r"<thead><tr>(.*?)</tr>", tables(app))
    assert head and re.findall(r">([^<>]+)</th>", head[1]) == [
        "Figure",
        "Northfield Brook",
        "Holywell",
        "Cowley",
    ]
    # What can be added is of the same kind.
    assert all("Oxford 0" not in name for name in app.multiselect(key="choose-codes").options)


def test_a_choice_changes_document_and_link_and_a_council_starts_anew(app: AppTest) -> None:
    app.run()
    app.multiselect(key="choose-codes").set_value([LSOA]).run()
    assert "# Oxford 016F\n" in words(app)
    assert linked(app) == {"council": ["Oxford"], "area": [LSOA]}
    app.selectbox(key="choose-council").set_value("Stevenage").run()
    assert "# Stevenage\n" in words(app)
    assert chosen(app) == []
    assert linked(app) == {"council": ["Stevenage"], "areas": ["Ward"]}


def test_a_code_that_nobody_knows_is_told_and_the_overview_shown(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "area": ["E09999999", HOSTILE]})
    app.run()
    assert not app.exception
    assert "No ward or LSOA E09999999 is held here." in words(app)
    assert "evil.example" not in words(app)
    assert "# Oxford\n" in words(app)
    app.run()
    assert len(app.warning) == 2
    app.multiselect(key="choose-codes").set_value([WARD]).run()
    assert not app.warning


def test_an_area_of_the_other_vintage_offers_its_counterparts(app: AppTest) -> None:
    asked = {"council": "Oxford", "edition": "2019", "index": "Crime", "area": "E01035740"}
    app.query_params.update(asked)
    app.run()
    assert not app.exception
    told = "Oxford 003E (E01035740) is one of the LSOAs of 2021, which the 2019 edition does not rank."
    assert told in words(app)
    assert [each.label for each in app.button if each.label.startswith("Show")] == [
        "Show Oxford 003B (E01028583), 2019",
        "Show Oxford 003D (E01028585), 2019",
        "Show Oxford 003E in the 2025 edition",
    ]


def test_an_area_of_another_council_or_kind_is_one_press_away(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "areas": "Ward", "area": [WARD, LSOA, "E05012194"]})
    app.run()
    assert not app.exception
    assert "# Northfield Brook\n" in words(app)
    assert "Oxford 016F (E01028577) is an LSOA. Wards are compared with wards" in words(app)
    assert "Show Brookfield in Preston" in [each.label for each in app.button]
    press(app, "Show Oxford 016F alone")
    assert "# Oxford 016F\n" in words(app) and not app.warning
    assert linked(app) == {"council": ["Oxford"], "area": [LSOA]}


def test_every_sentence_that_is_owed_stands_on_the_page(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "areas": "Ward", "area": WARD})
    app.run()
    said = words(app)
    assert "Contains OS data © Crown copyright and database right" in said
    assert "Ministry of Housing, Communities and Local Government" in tables(app)
    assert said.count("## About this document") == 1


def test_it_offers_the_document_as_four_files(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "areas": "Ward", "area": WARD})
    app.run()
    assert [each.proto.label for each in app.get("download_button")] == ["PDF", "Word", "Slides", "Web page"]


@pytest.fixture
def without_2019(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The pilot without its 2019 edition."""
    for path in PILOT.glob("*.*"):
        if "imd_2019" not in path.name:
            shutil.copy(path, tmp_path)
    monkeypatch.setenv("MAPPING_DATA", str(tmp_path))
    monkeypatch.setenv("MAPPING_BOUNDARIES", str(ROOT / "boundaries"))
    st.cache_resource.clear()
    yield
    st.cache_resource.clear()


@pytest.mark.usefixtures("without_2019")
def test_an_edition_that_is_not_held_says_how_to_bring_it(app: AppTest) -> None:
    app.query_params.update({"council": "Torbay", "edition": "2019", "area": "E01015195"})
    app.run()
    assert not app.exception
    assert "The 2019 edition is not held here." in words(app)
    assert app.code[0].value.startswith('python -m mapping fetch --council "Torbay" --edition 2019')
    assert app.radio(key="choose-edition").value == "2019"
