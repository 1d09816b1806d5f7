"""Gaps: by default, from a link, from each story, with nothing known, and with rubbish asked."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from mapping.settings import PILOT, ROOT
from mapping.stories import Story, read_stories
from tests.app.reading import linked, words

WAIT_S = 60
HOSTILE = "![x](https://evil.example/x.png) [Log in again](https://evil.example) <script>"


def show_gaps() -> None:
    from mapping.ui.views import gaps

    gaps.page()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(show_gaps, default_timeout=WAIT_S)


def test_it_opens_on_the_libraries_and_keeps_the_address_blank(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert "# Oxford: gaps in access to libraries" in words(app)
    assert "live within 800 m of a library (straight line × 1.3)" in words(app)
    assert app.multiselect(key="choose-categories").proto.placeholder.startswith("Library")
    assert linked(app) == {}
    table = app.dataframe[0].value
    assert len(table) == 84
    ranks = table["Rank"]
    assert ranks.iloc[0] == 1 and ranks.is_monotonic_increasing
    low_high = table["Range"].str.extract(r"^(\d+)(?: to (\d+))?$").ffill(axis=1).astype(float)
    assert (low_high[0] <= ranks).all() and (ranks <= low_high[1]).all()


def test_a_link_restores_its_view(app: AppTest) -> None:
    link = {
        "council": ["Preston"],
        "areas": ["Ward"],
        "index": ["Crime"],
        "kind": ["Community asset"],
        "category": ["GP surgery", "library"],
        "need": ["Most deprived 10 %"],
        "lack": ["Places per person (E2SFCA)"],
        "decay": ["As a bell curve"],
        "reach": ["1500"],
        "detour": ["1.5"],
        "select": ["area:E05012194"],
    }
    app.query_params.update(link)
    app.run()
    assert not app.exception
    assert "within 1,500 m of a GP surgery or a library (straight line × 1.5)" in words(app)
    assert app.selectbox(key="choose-need").value == "tenth"
    assert app.radio(key="choose-lack").value == "catchment"
    assert "#### " in words(app) and "E05012194" in words(app)
    assert "Per 10,000 (E2SFCA)" in app.dataframe[0].value
    assert linked(app) == link


@pytest.mark.parametrize("story", read_stories(), ids=lambda story: story.id)
def test_each_story_is_a_link_and_says_its_limits(app: AppTest, story: Story) -> None:
    app.query_params.update(parse_qs(story.query))
    app.run()
    assert not app.exception
    assert f"# {story.council}: gaps in access to" in words(app)
    assert app.session_state["gap-story"] == story.id
    for limit in story.limits:
        assert limit in words(app)
    assert linked(app)["story"] == [story.id]


def test_a_story_that_is_chosen_asks_its_question_and_one_taken_back_leaves_it(app: AppTest) -> None:
    app.run()
    app.pills(key="gap-story").set_value("health-torbay").run()
    assert "# Torbay: gaps in access to GP surgeries" in words(app)
    assert app.selectbox(key="choose-council").value == "Torbay"
    app.selectbox(key="choose-reach_m").set_value(2000).run()
    assert "Choices have been changed since" in words(app)
    app.selectbox(key="choose-council").set_value("Preston").run()
    assert "story" not in linked(app) and linked(app)["reach"] == ["2000"]


def test_what_is_not_surveyed_has_no_figures_and_says_what_to_bring(app: AppTest) -> None:
    app.query_params.update({"council": "Torbay", "category": "care provider"})
    app.run()
    assert not app.exception
    assert "is not known: none is on record" in words(app)
    assert "the Care Quality Commission directory is the source to import" in words(app)
    assert "--out data/added/care-provider.csv" in app.code[0].value
    table = app.dataframe[0].value
    assert table[["Rank", "Farther", "Lack (%)"]].isna().all(axis=None)
    assert table["What to check"].str.startswith("No figure").all()


def test_withheld_places_are_said_and_not_counted(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "kind": "Co-operative"})
    app.run()
    assert "34 co-operatives have no published position and are not counted." in words(app)
    assert "- 39 co-operatives here" in words(app)


def test_a_thin_record_is_to_be_checked_first(app: AppTest) -> None:
    app.query_params.update({"council": "Torbay", "category": "food bank"})
    app.run()
    assert "Check first: the record of food banks is thin" in words(app)
    assert app.dataframe[0].value["What to check"].str.startswith("Check first").all()


def test_rubbish_in_a_link_is_ignored(app: AppTest) -> None:
    app.query_params.update(
        {
            "council": "Atlantis", "category": HOSTILE, "need": "all", "reach": "7", "detour": "-1",
            "by": "air", "add": "99", "plan": [HOSTILE, "+;-;;"], "map": "Plan Z", "story": HOSTILE,
            "select": "area:E1",
        }
    )  # fmt: skip
    app.run()
    assert not app.exception
    assert "# Oxford: gaps in access to libraries" in words(app)
    assert linked(app).keys() <= {"council", "category"}
    assert "evil.example" not in words(app)


def test_an_area_s_card_tells_its_gap_its_places_and_its_deprivation(app: AppTest) -> None:
    app.query_params.update({"select": "area:E01028577"})
    app.run()
    card = words(app)
    assert "#### Oxford 016F (Rose Hill & Iffley)" in card
    assert re.search(r"\*\*Gap:\*\* 1st; 1st to \d+\w\w under other reasonable choices", card)
    assert "**Farther than 800 m from a library:** 2,264 people (100 %)" in card
    near = re.findall(r"- (.+ Library), [\d.,]+ (?:m|km)", card)
    assert near[0] == "Littlemore Library" and len(near) == 3
    assert "**Rank:** 5,365 of 33,755, 1 the most deprived" in card
    links = {each.proto.label: each.proto.query_string for each in app.get("page_link")}
    assert links["Open it in Explore"] == "council=Oxford&select=area%3AE01028577"


def test_a_choice_of_what_changes_words_table_and_link(app: AppTest) -> None:
    app.run()
    app.multiselect(key="choose-categories").set_value(["community centre"]).run()
    assert "# Oxford: gaps in access to community centres" in words(app)
    assert linked(app) == {"council": ["Oxford"], "category": ["community centre"]}
    app.button(key="reset").click().run()
    assert linked(app) == {"council": ["Oxford"], "category": ["library"]}


def test_it_offers_files_of_what_is_shown(app: AppTest) -> None:
    app.session_state["gap-download"] = True
    app.run()
    assert not app.exception
    [button] = app.get("download_button")
    assert button.proto.label == "Download 84 LSOAs"
    assert list(app.multiselect(key="gap-download-columns-areas").value)[:2] == ["code", "name"]


def show_gaps_at_the_door() -> None:
    import streamlit as st

    from mapping.errors import MappingError
    from mapping.ui.views import gaps

    try:
        gaps.page()
    except MappingError as exc:
        st.error(str(exc))


def test_a_network_that_is_not_held_says_how_to_bring_it(
    app: AppTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MAPPING_STREETS", raising=False)
    app = AppTest.from_function(show_gaps_at_the_door, default_timeout=WAIT_S)
    app.query_params["by"] = "Walking network"
    app.run()
    assert "Set MAPPING_STREETS" in app.error[0].value
    app.radio(key="choose-way").set_value("straight").run()
    assert not app.error and len(app.dataframe[0].value) == 84


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
    app.query_params.update({"council": "Torbay", "edition": "2019"})
    app.run()
    assert not app.exception
    assert "The 2019 edition is not held here." in words(app)
    assert app.code[0].value.startswith('python -m mapping fetch --council "Torbay" --edition 2019')
    app.radio(key="choose-edition").set_value("2025").run()
    assert "# Torbay: gaps in access to libraries" in words(app)


def test_the_edition_of_2019_has_its_own_areas(app: AppTest) -> None:
    app.query_params.update({"edition": "2019", "category": "library"})
    app.run()
    assert not app.exception
    assert len(app.dataframe[0].value) == 83


def test_where_everybody_is_near_there_is_no_list_of_gaps(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "reach": "5000"})
    app.run()
    assert not app.exception
    assert "No area has a gap by these choices." in words(app)
    assert "Largest gaps" not in str([each.proto.body for each in app.get("html")])


def test_another_council_has_its_own_counts_beside_what_is_chosen(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "kind": "Co-operative"})
    app.run()
    assert list(app.multiselect(key="choose-kinds").proto.raw_values) == ["Co-operative (39)"]
    app.selectbox(key="choose-council").set_value("Torbay").run()
    kinds = app.multiselect(key="choose-kinds")
    assert kinds.value == ["co-operative"]
    assert kinds.proto.set_value and list(kinds.proto.raw_values) == ["Co-operative (20)"]
    app.run()
    assert not app.multiselect(key="choose-kinds").proto.set_value


def test_a_heading_names_the_first_of_many_categories(app: AppTest) -> None:
    [story] = [each for each in read_stories() if each.council == "Stevenage"]
    app.query_params.update(parse_qs(story.query))
    app.run()
    assert "# Stevenage: gaps in access to libraries, community centres and 3 more\n" in words(app)
