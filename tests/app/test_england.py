"""England: on the pilot, from a link, with an edition or its boundaries missing, and with other weights."""

import io
import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from mapping.settings import PILOT, ROOT

WAIT_S = 30
OWN = "income=0.5,employment=0.225,education=0.135,health=0.135,crime=0.093,barriers=0.093,environment=0.093"


def show_england() -> None:
    from mapping.ui.views import england

    england.page()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(show_england, default_timeout=WAIT_S)


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


def linked(app: AppTest) -> dict[str, str]:
    """The query of the page's link."""
    return {key: value if isinstance(value, str) else value[0] for key, value in app.query_params.items()}


def words(app: AppTest) -> str:
    return "\n".join(each.value for each in app.markdown).replace("\\", "")


def test_on_the_pilot_four_councils_have_figures_and_no_rank(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert "from Preston (17.2 %), the most deprived, to Stevenage (0 %)" in words(app)
    assert "4 of England’s 296 districts are held, so there is no rank" in words(app)
    table = app.dataframe[0].value
    assert table["District"].tolist() == ["Preston", "Torbay", "Oxford", "Stevenage"]
    assert table["Rank"].isna().all()
    assert table["Average score"].round(1).tolist() == [28.8, 26.9, 14.4, 18.9]
    assert table["In Explore"].eq("Yes").all()
    assert app.code[0].value.startswith("python -m mapping fetch --england")
    assert linked(app) == {}


def test_a_link_restores_its_view(app: AppTest) -> None:
    link = {"index": "Crime", "measure": "Extent", "find": "prestn", "weights": OWN}
    link["select"] = "area:E07000123"
    app.query_params.update(link)
    app.run()
    assert not app.exception
    assert app.radio(key="choose-measure").value == "extent_share"
    assert app.slider(key="weight-income").value == 50.0
    assert "#### Preston" in words(app)
    assert "1 of them answers to “prestn”." in words(app)
    assert "Your own weighting, not official." in words(app)
    assert "Ranks are among the 316 LSOAs held here only" in words(app)
    assert linked(app) == link


def test_a_card_tells_five_measures_and_opens_explore(app: AppTest) -> None:
    app.query_params["select"] = "area:E07000178"
    app.run()
    assert not app.exception
    [card] = [each for each in app.get("html") if "measures" in each.proto.body]
    assert "<td>2.4 %</td>" in card.proto.body and "<td>12,110</td>" in card.proto.body
    assert "Our calculation by MHCLG’s published method." in card.proto.body
    assert "count LSOAs up to 33,755, the most deprived" in card.proto.body
    assert "No rank: 4 of England’s 296 districts are held." in card.proto.body
    ways = {each.proto.label: each.proto.query_string for each in app.get("page_link")}
    assert ways == {
        "Open Oxford in Explore": "council=Oxford",
        "Overview of Oxford": "council=Oxford&areas=Ward",
    }


def test_a_slider_moves_areas_and_is_in_the_link_until_it_is_put_back(app: AppTest) -> None:
    app.session_state["england-tables"] = "Your own weighting"
    app.run()
    assert "nothing moves" in app.info[0].value
    app.slider(key="weight-income").set_value(50.0).run()
    # What the page sent to a slider while it moves would undo its next step.
    assert not any(slider.proto.set_value for slider in app.slider)
    assert linked(app) == {"weights": OWN}
    assert "Sum: 127.4 %. Each counts as its share of that." in words(app)
    moved = app.dataframe[0].value
    # Not the published rank: that is among all of England.
    before, after = moved["Rank among held, official"], moved["Rank among held, yours"]
    assert before.max() <= 316 and (moved["Moves"] == before - after).all()
    assert moved["Moves"].abs().is_monotonic_decreasing and moved["Moves"].iloc[0] != 0
    app.button(key="weights-back").click().run()
    assert linked(app) == {}
    assert app.slider(key="weight-income").value == 22.5


def test_weights_that_add_up_to_nothing_are_told(app: AppTest) -> None:
    app.session_state["england-tables"] = "Your own weighting"
    app.run()
    for domain in ("income", "employment", "education", "health", "crime", "barriers", "environment"):
        app.slider(key=f"weight-{domain}").set_value(0.0)
    app.run()
    assert not app.exception
    assert "add up to nothing" in app.warning[0].value
    assert app.dataframe.len == 0


def show_own_file() -> None:
    import streamlit as st

    from mapping.analysis import national
    from mapping.analysis.filters import Filters
    from mapping.ui import cache
    from mapping.ui.components import weights

    own = "income=0.5,employment=0,education=0,health=0,crime=0,barriers=0,environment=0"
    lsoas = cache.own_lsoas("2025", own)
    asked = Filters(council="", find="oxfrod", weights=own)
    told = weights.about(asked, national.read_weights(own) or {}, n=len(lsoas), of="Oxford")
    st.text(weights.own_file(lsoas.head(3), told).decode("utf-8-sig"))


def test_a_file_says_on_each_row_that_it_is_not_official() -> None:
    app = AppTest.from_function(show_own_file, default_timeout=WAIT_S).run()
    assert not app.exception
    rows = pd.read_csv(io.StringIO(app.text[0].value))
    assert rows["own_rank"].tolist() == [1, 2, 3]
    assert rows["weighting"].eq("Your own weighting, not official.").all()
    assert rows["about_title"].str.startswith("Your own weighting, not official: LSOAs of Oxford,").all()
    assert not rows["about_filters"].str.contains("Search").any()
    assert rows["about_filters"].str.contains("Weights: income 100.0 %").all()
    assert rows["about_notes"].str.contains("Ranks are among 316 LSOAs").all()


def test_a_search_without_an_answer_says_what_to_do(app: AppTest) -> None:
    app.query_params["find"] = "zzzzzz"
    app.run()
    assert not app.exception
    assert "No district is called so" in app.info[0].value
    assert app.dataframe[0].value.empty


def test_without_the_districts_of_2019_there_is_the_table_and_the_reason(app: AppTest) -> None:
    app.query_params["edition"] = "2019"
    app.run()
    assert not app.exception
    assert "boundaries of the districts of 2019" in app.info[0].value
    table = app.dataframe[0].value.set_index("District")
    assert table.loc["Preston", "Average rank"] == 21_185
    assert table["Average score"].isna().all()
    assert table.loc["Preston", "Why no figure"].startswith("No average score")


@pytest.mark.usefixtures("without_2019")
def test_an_edition_that_is_not_held_says_how_to_bring_it(app: AppTest) -> None:
    app.query_params["edition"] = "2019"
    app.run()
    assert not app.exception
    assert "2019 edition is not held" in app.info[0].value
    assert "fetch --england --edition 2019" in app.code[0].value
    app.radio(key="choose-edition").set_value("2025").run()
    assert len(app.dataframe[0].value) == 4


def test_rubbish_in_a_link_is_ignored(app: AppTest) -> None:
    app.query_params.update({"measure": "Wealth", "weights": "income=9", "select": "area:E99999999"})
    app.run()
    assert not app.exception
    assert app.radio(key="choose-measure").value == "proportion_most_deprived_share"
    assert linked(app) == {}
