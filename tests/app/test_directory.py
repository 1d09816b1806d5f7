"""Directory: facets with counts, search that forgives, cards with identifiers and sources."""

import pytest
from streamlit.testing.v1 import AppTest


def show_directory() -> None:
    from mapping.ui.views import directory

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


def test_a_withheld_ward_is_not_called_unrecorded(app: AppTest) -> None:
    app.query_params["ward"] = "Not recorded"
    app.run()
    assert not app.exception
    assert app.multiselect(key="choose-wards").options[-1] == "Not published or not recorded (34)"
    assert linked(app)["ward"] == ["Not recorded"]


def test_every_decile_says_its_entries() -> None:
    from mapping.ui import filters

    bars = filters.bars("Entries by decile", {"1": 2, "2": 0, "no location": 4})
    assert '<th scope="row">1</th><td><span style="width:50%"></span>2</td>' in bars
    assert '<th scope="row">No location</th><td><span style="width:100%"></span>4</td>' in bars


def test_files_offer_a_few_columns_by_readable_names_or_all(app: AppTest) -> None:
    app.session_state["download"] = True
    app.run()
    assert not app.exception
    columns = app.multiselect(key="download-columns-places-lsoa-False")
    assert "LSOA of 2021 (code)" in columns.options
    assert "lsoa21cd" not in columns.value
    assert {"name", "decile", "source", "licence"} <= set(columns.value)
    app.toggle(key="download-columns-places-lsoa-False-all").set_value(True).run()
    assert not any("download-columns" in str(each.key) for each in app.multiselect)


def test_a_public_domain_entry_says_so(app: AppTest) -> None:
    app.query_params["category"] = "food bank"
    app.run()
    assert "**Licence:** Unlicense (public domain)" in words(app)


def test_every_column_offered_has_a_readable_name() -> None:
    from mapping.render import download

    assert set(download.COLUMN_NAMES) == {*download.PLACE_COLUMNS, *download.AREA_COLUMNS}
    assert set(download.PLACE_DEFAULTS) < set(download.PLACE_COLUMNS)
    assert set(download.AREA_DEFAULTS) < set(download.AREA_COLUMNS)
