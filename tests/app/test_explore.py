"""Explore: by default, from a link, with nothing to show, and with tables missing."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

WAIT_S = 30


def show_explore() -> None:
    from mapping.ui.views import explore

    explore.page()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(show_explore, default_timeout=WAIT_S)


def linked(app: AppTest) -> dict[str, list[str]]:
    """The query of the page's link, every value as a list."""
    return {key: value if isinstance(value, list) else [value] for key, value in app.query_params.items()}


def words(app: AppTest) -> str:
    return "\n".join(each.value for each in app.markdown).replace("\\", "")


def test_it_opens_on_everything_recorded(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert "Showing all 104 places recorded in Oxford." in words(app)
    assert "6 of Oxford’s 84 LSOAs are among England’s most deprived fifth" in words(app)
    assert linked(app) == {}


def test_a_link_restores_its_view(app: AppTest) -> None:
    app.query_params.update(
        {"council": "Preston", "edition": "2019", "kind": "Co-operative", "decile": ["1", "2"]}
    )
    app.run()
    assert not app.exception
    assert app.selectbox(key="choose-council").value == "Preston"
    assert app.radio(key="choose-edition").value == "2019"
    assert list(app.multiselect(key="choose-kinds").value) == ["co-operative"]
    assert app.slider(key="choose-deciles").value == (1, 2)
    assert linked(app)["decile"] == ["1", "2"]
    table = app.dataframe[0].value
    assert set(table["Kind"]) == {"Co-operative"}
    assert table["Decile"].between(1, 2).all()


def test_rubbish_in_a_link_is_ignored(app: AppTest) -> None:
    app.query_params.update(
        {"council": "Atlantis", "edition": "1066", "category": "<script>", "decile": ["0", "x"]}
    )
    app.run()
    assert not app.exception
    assert app.selectbox(key="choose-council").value == "Oxford"
    assert list(app.multiselect(key="choose-categories").value) == []
    assert linked(app) == {"council": ["Oxford"]}


def test_back_to_an_address_without_choices_shows_the_defaults(app: AppTest) -> None:
    app.run()
    app.selectbox(key="choose-council").set_value("Torbay").run()
    assert linked(app) == {"council": ["Torbay"]}
    del app.query_params["council"]
    app.run()
    assert app.selectbox(key="choose-council").value == "Oxford"
    assert linked(app) == {}


def test_a_change_of_filter_changes_table_words_and_link(app: AppTest) -> None:
    app.run()
    app.multiselect(key="choose-categories").set_value(["library"]).run()
    assert linked(app)["category"] == ["library"]
    assert set(app.dataframe[0].value["Category"]) == {"library"}
    assert f"Showing {len(app.dataframe[0].value)} of 104 places" in words(app)


def test_nothing_to_show_says_what_to_do(app: AppTest) -> None:
    app.query_params["q"] = "zzzzzzzz"
    app.run()
    assert not app.exception
    assert "Widen the decile range" in app.info[0].value
    assert app.dataframe[0].value.empty
    app.button(key="reset").click().run()
    assert len(app.dataframe[0].value) == 104


def test_search_takes_signs_as_they_stand(app: AppTest) -> None:
    for typed in ("'; DROP TABLE places; --", "%_", ".*", "${alert(1)}"):
        app.query_params["q"] = typed
        app.run()
        assert not app.exception


def test_near_a_postcode_the_nearest_comes_first(app: AppTest) -> None:
    app.query_params.update({"near": "ox4 1ja", "within": "1500"})
    app.run()
    distances = app.dataframe[0].value["Distance (m)"]
    assert distances.is_monotonic_increasing
    assert distances.le(1500).all()
    assert len(distances) > 3


def test_a_mistyped_postcode_is_told_and_hides_nothing(app: AppTest) -> None:
    app.query_params["near"] = "0X4 1JA"
    app.run()
    assert "is not a postcode" in app.warning[0].value
    assert len(app.dataframe[0].value) == 104


def test_a_postcode_of_another_council_names_it_and_hides_nothing(app: AppTest) -> None:
    app.query_params["near"] = "PR1 2AB"
    app.run()
    assert "PR1 2AB is in Preston" in app.warning[0].value.replace("\\", "")
    assert len(app.dataframe[0].value) == 104


def test_what_is_filtered_is_said(app: AppTest) -> None:
    app.query_params.update({"near": "OX4 1JA", "within": "1000", "kind": "Co-operative"})
    app.run()
    assert "recorded in Oxford (kind Co-operative; near OX4 1JA, within 1,000 m)." in words(app)


def test_in_ward_view_the_decile_is_the_ward_s(app: AppTest) -> None:
    app.query_params.update({"council": "Preston", "areas": "Ward", "decile": ["1", "1"]})
    app.run()
    wards = set(app.dataframe[0].value["Ward"])
    app.session_state["tables"] = "Areas"
    app.run()
    assert wards <= set(app.dataframe[0].value["Ward"])
    assert set(app.dataframe[0].value["Decile"]) == {1}


def test_wards_are_our_calculation_and_holywell_says_why_it_has_none(app: AppTest) -> None:
    app.query_params.update({"areas": "Ward", "select": "area:E05013106"})
    app.run()
    assert not app.exception
    assert "no LSOA has this ward as its best fit" in words(app)
    app.session_state["tables"] = "Areas"
    app.run()
    wards = app.dataframe[0].value.set_index("Ward")
    assert wards.loc["Holywell", "Why no figure"].startswith("No figure")
    assert wards.loc["Holywell", ["Decile", "Average rank", "Population"]].isna().all()
    assert wards.loc["Holywell", "Places recorded"] >= 0


def test_an_area_card_tells_every_domain(app: AppTest) -> None:
    app.query_params["select"] = "area:E01028514"
    app.run()
    card = words(app)
    assert "Oxford 005B" in card
    assert "Crime: decile" in card
    assert "official figures for LSOAs of 2021" in card


def test_a_withheld_place_shows_no_door(app: AppTest) -> None:
    app.query_params.update({"council": "Torbay", "select": "place:coopuk-R011301"})
    app.run()
    card = words(app)
    assert "Torbay Cab Society Limited" in card
    assert "registered office may be a home" in card
    withheld = card.split("#### What do these numbers mean?")[0]
    assert "**Address:** Not published" in withheld
    assert not re.search(r"\bTQ\d ?\d[A-Z]{2}\b", withheld)


def test_a_selection_of_another_council_is_dropped(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "select": "place:coopuk-R011301"})
    app.run()
    assert not app.exception
    assert "select" not in app.query_params


def show_main_without_tables() -> None:
    import runpy
    from pathlib import Path

    import mapping.ui

    runpy.run_path(str(Path(mapping.ui.__file__).parent / "main.py"), run_name="__main__")


def test_missing_tables_are_told_with_the_remedy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import streamlit as st

    monkeypatch.setenv("MAPPING_DATA", str(tmp_path))
    st.cache_resource.clear()
    app = AppTest.from_function(show_main_without_tables, default_timeout=WAIT_S).run()
    st.cache_resource.clear()
    assert not app.exception
    assert "python -m mapping build" in app.error[0].value.replace("\\", "")


def test_a_link_to_a_council_that_is_not_built_says_how_to_bring_it(app: AppTest) -> None:
    app.query_params["council"] = "Leeds"
    app.run()
    assert not app.exception
    assert app.selectbox(key="choose-council").value == "Oxford"
    assert "fetch" in app.warning[0].value and "Leeds" in app.warning[0].value
    app.selectbox(key="choose-council").set_value("Torbay").run()
    assert not app.warning
