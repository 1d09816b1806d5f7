"""Both editions side by side: text and a table, counterparts named, and nothing subtracted."""

import re
import shutil
from pathlib import Path

import geopandas as gpd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from mapping.settings import PILOT, ROOT

WAIT_S = 30
ARROWS = re.compile(r"[←-⇿⬀-⯿▲▼△▽📈📉]|arrow")


def show_explore() -> None:
    from mapping.ui.views import explore

    explore.page()


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_function(show_explore, default_timeout=WAIT_S)
    app.session_state["editions"] = True
    return app


def words(app: AppTest) -> str:
    return "\n".join(each.value for each in app.markdown).replace("\\", "")


def table(app: AppTest) -> dict[str, list[str]]:
    """The rows of the table of editions, by their label."""
    (drawn,) = [each.value for each in app.markdown if each.value.startswith("| Edition |")]
    lines = [line.replace("\\", "").strip("|").split("|") for line in drawn.splitlines()]
    return {line[0].strip(): [cell.strip() for cell in line[1:]] for line in lines if "---" not in line[0]}


def test_an_lsoa_has_its_rank_of_both_editions(app: AppTest) -> None:
    app.query_params.update({"council": "Torbay", "select": "area:E01015186"})
    app.run()
    assert not app.exception
    rows = table(app)
    assert rows["Edition"] == ["2019", "2025 (chosen)"]
    assert rows["Rank, 1 the most deprived"] == ["4,667 of 32,844 LSOAs", "4,472 of 33,755 LSOAs"]
    assert rows["Decile"] == ["2 of 10", "2 of 10"]
    assert rows["Area"] == ["Torbay 017D (E01015186), LSOA of 2011", "Torbay 017D (E01015186), LSOA of 2021"]
    assert "The same LSOA in both editions: it kept its code and its land." in words(app)


def test_it_says_why_no_difference_is_shown_and_shows_none(app: AppTest) -> None:
    app.query_params.update({"council": "Torbay", "select": "area:E01015186"})
    app.run()
    said = words(app)
    assert "No difference is shown" in said
    assert "neither an improvement nor a decline" in said
    assert "195" not in str(table(app))  # 4,667 less 4,472
    assert not ARROWS.search(said)


def test_a_split_lsoa_names_its_parts_in_the_domain_chosen(app: AppTest) -> None:
    app.query_params.update(
        {"council": "Torbay", "edition": "2019", "index": "Income", "select": "area:E01015195"}
    )
    app.run()
    assert not app.exception
    rows = table(app)
    assert rows["Edition"] == ["2019 (chosen)", "2025", "2025"]
    assert [cell.split(",")[0] for cell in rows["Area"]] == [
        "Torbay 013F (E01015195)",
        "Torbay 013H (E01034171)",
        "Torbay 013I (E01034172)",
    ]
    assert (
        "For 2021, Torbay 013F (E01015195) was split into "
        "Torbay 013H (E01034171) and Torbay 013I (E01034172)."
    ) in words(app)
    assert "Torbay 013F: Income" in words(app)


def test_merged_lsoas_are_named_from_either_side(app: AppTest) -> None:
    said = (
        "For 2021, Oxford 003B (E01028583) and Oxford 003D (E01028585) were merged into "
        "Oxford 003E (E01035740)."
    )
    app.query_params.update({"council": "Oxford", "select": "area:E01035740"})
    app.run()
    assert said in words(app)
    assert table(app)["Edition"] == ["2019", "2019", "2025 (chosen)"]
    app.query_params.update({"edition": "2019", "select": "area:E01028583"})
    app.run()
    assert said in words(app)
    assert table(app)["Edition"] == ["2019 (chosen)", "2025"]


def test_a_ward_says_how_much_of_it_is_in_which(app: AppTest) -> None:
    app.query_params.update(
        {"council": "Stevenage", "edition": "2019", "areas": "Ward", "select": "area:E05004810"}
    )
    app.run()
    assert not app.exception
    assert (
        "By its best-fit LSOAs it corresponds to Martins Wood (about 78 % of it) and Manor (about 22 % of it)"
        ", of the wards of 2024."
    ) in words(app)
    rows = table(app)
    assert rows["Edition"] == ["2019 (chosen)", "2025", "2025"]
    assert rows["Average rank, 1 the most deprived"] == [
        "13,423 of 32,844 LSOAs",
        "14,294 of 33,755 LSOAs",
        "25,720 of 33,755 LSOAs",
    ]
    assert rows["Shared with the chosen ward"] == ["itself", "about 78 %", "about 22 %"]
    assert rows["Best-fit LSOAs"] == ["4", "4", "5"]


def test_a_ward_without_lsoas_has_no_counterpart_and_no_figure(app: AppTest) -> None:
    app.query_params.update({"areas": "Ward", "select": "area:E05013106"})
    app.run()
    assert not app.exception
    assert table(app)["Average rank, 1 the most deprived"] == ["no figure"]
    assert "It shares no LSOA with a ward of 2019 that is held here." in words(app)
    assert "Not all figures" not in words(app)


def test_nothing_is_worked_out_while_it_is_closed(app: AppTest) -> None:
    del app.session_state["editions"]
    app.query_params.update({"council": "Torbay", "select": "area:E01015186"})
    app.run()
    assert not app.exception
    assert "No difference is shown" not in words(app)


def show_main() -> None:
    import runpy
    from pathlib import Path

    import mapping.ui

    runpy.run_path(str(Path(mapping.ui.__file__).parent / "main.py"), run_name="__main__")


def show_two_lsoas() -> None:
    """The editions of a part of a split LSOA, and of one that did not change."""
    from mapping.analysis.filters import Filters
    from mapping.ui.components import editions

    editions.draw(Filters(council="Torbay"), code="E01034171")
    editions.draw(Filters(council="Torbay"), code="E01015186")


def test_an_edition_that_is_not_built_is_told_and_not_guessed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    built = tmp_path / "built"
    shutil.copytree(PILOT, built, ignore=shutil.ignore_patterns("facts", "imd_2019*"))
    monkeypatch.setenv("MAPPING_DATA", str(built))
    monkeypatch.setenv("MAPPING_BOUNDARIES", str(ROOT / "boundaries"))
    st.cache_resource.clear()
    app = AppTest.from_function(show_two_lsoas, default_timeout=WAIT_S).run()
    st.cache_resource.clear()
    assert not app.exception
    said = words(app)
    assert "E01015195 was split into Torbay 013H (E01034171) and Torbay 013I (E01034172)" in said
    assert "What it is in the other edition is not held here." in said
    assert "| E01015195, LSOA of 2011 | Torbay 013H (E01034171), LSOA of 2021 |" in said
    assert "| not held | 7,223 of 33,755 LSOAs |" in said
    assert said.count("Not all figures of 2019 are held here") == 2


def test_a_map_of_other_areas_than_its_figures_is_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Somebody brought the LSOAs of 2011 under the name of those of 2021."""
    old = gpd.read_parquet(ROOT / "boundaries" / "lsoa11_pilot.parquet")
    shutil.copytree(ROOT / "boundaries", tmp_path, dirs_exist_ok=True)
    old.rename(columns={"lsoa11cd": "lsoa21cd", "lsoa11nm": "lsoa21nm"}).to_parquet(
        tmp_path / "lsoa21_pilot.parquet"
    )
    monkeypatch.setenv("MAPPING_BOUNDARIES", str(tmp_path))
    st.cache_resource.clear()
    app = AppTest.from_function(show_main, default_timeout=WAIT_S).run()
    st.cache_resource.clear()
    assert not app.exception
    assert "are LSOAs of 2011, and not among the LSOAs of 2021" in app.error[0].value.replace("\\", "")


@pytest.mark.parametrize("asked", ["E07000101", "e07000243", "stevenage borough council"])
def test_a_link_opens_a_council_by_any_code_or_name_and_then_says_its_name(app: AppTest, asked: str) -> None:
    app.query_params["council"] = asked
    app.run()
    assert not app.exception
    assert app.selectbox(key="choose-council").value == "Stevenage"
    assert app.query_params["council"] in ("Stevenage", ["Stevenage"])
