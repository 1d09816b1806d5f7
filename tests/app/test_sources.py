"""Sources: every table in use, with who, when, licence, attribution, rows and checks."""

from streamlit.testing.v1 import AppTest

from mapping.settings import PILOT, Settings
from mapping.sources import read_cards


def show_sources() -> None:
    from mapping.ui.views import sources

    sources.page()


def test_every_table_is_told_in_full() -> None:
    app = AppTest.from_function(show_sources, default_timeout=30).run()
    assert not app.exception
    settings = Settings.from_env({"MAPPING_DATA": str(PILOT)})
    cards = read_cards(settings.boundaries, settings.data)
    tables = app.dataframe[0].value
    assert sorted(tables["Table"]) == sorted(card.title for card in cards)
    assert tables["Rows"].sum() == sum(card.rows for card in cards)
    told = "\n".join(each.value for each in app.markdown).replace("\\", "")
    for card in cards:
        assert card.attribution in told
        assert card.sha256 in told


def test_what_is_not_surveyed_is_said() -> None:
    app = AppTest.from_function(show_sources, default_timeout=30).run()
    record = app.dataframe[3].value
    care = record[record["Category"] == "care provider"]
    assert set(care["Council"]) == {"Oxford", "Preston", "Stevenage", "Torbay"}
    assert set(care["Record"]) == {"not surveyed"}


def test_a_licence_is_spelt_as_on_the_cards() -> None:
    app = AppTest.from_function(show_sources, default_timeout=30).run()
    licences = set(app.dataframe[2].value["Licence"])
    assert "Unlicense (public domain)" in licences
    assert "Unlicense" not in licences
