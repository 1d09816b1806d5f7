"""Directory: facets with counts, search that forgives, cards with identifiers and sources."""

import pytest
from streamlit.testing.v1 import AppTest


def show_directory() -> None:
    from mapping.ui.pages import directory

    directory.page()


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_function(show_directory, default_timeout=30)


def linked(app: AppTest) -> dict[str, list[str]]:
    """The query of the page's link, every value as a list."""
    return {key: value if isinstance(value, list) else [value] for key, value in app.query_params.items()}


def words(app: AppTest) -> str:
    return "\n".join(each.value for each in app.markdown).replace("\\", "")


def test_facets_say_how_many_each_choice_would_show(app: AppTest) -> None:
    app.run()
    assert not app.exception
    assert app.multiselect(key="choose-kinds").options == ["Co-operative (73)", "Community asset (31)"]
    app.multiselect(key="choose-kinds").set_value(["community asset"]).run()
    assert "food store (0)" in app.multiselect(key="choose-categories").options


def test_a_card_has_identifiers_source_and_date(app: AppTest) -> None:
    app.query_params.update({"council": "Preston", "q": "comunity gateway"})
    app.run()
    card = words(app)
    assert "Community Gateway Association Limited" in card
    assert "**Registered number:** FCA 29838R" in card
    assert "**Co-operatives UK id:** R001016" in card
    assert "Co-operatives UK organisations 2023 Q2, June 2023" in card


def test_a_link_restores_its_facets(app: AppTest) -> None:
    app.query_params.update({"council": "Oxford", "ownership": "Workers", "ward": "Carfax & Jericho"})
    app.run()
    assert not app.exception
    assert list(app.multiselect(key="choose-ownerships").value) == ["Workers"]
    assert linked(app)["ownership"] == ["Workers"]


def test_entries_come_twenty_a_page(app: AppTest) -> None:
    app.run()
    assert words(app).count("**Category:**") == 20


def test_nothing_found_says_what_to_do(app: AppTest) -> None:
    app.query_params["q"] = "zzzzzzzz"
    app.run()
    assert not app.exception
    assert "No recorded entry" in app.info[0].value
