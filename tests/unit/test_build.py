"""From publishers' files to built tables: what is found, what is made of it, what is said where not."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

from mapping import sources
from mapping.atlas import SHIPPED, Atlas, read_atlas
from mapping.build.files import build
from mapping.registry import Download, write_download
from mapping.settings import Settings
from tests.unit import made_up_councils as made_up
from tests.unit.made_up_councils import B1, B2, BUCKS, CD, EMPTY, ONE, STEVENAGE, TWO, A
from tests.unit.publishers import headings


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_up.write_made_up_files(tmp_path_factory.mktemp("publishers"))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return built_in(tmp_path_factory.mktemp("built") / "atlas")


@pytest.fixture(scope="module")
def said(files: Path, settings: Settings) -> list[str]:
    return build(folder=files, settings=settings).splitlines()


@pytest.fixture(scope="module")
def atlas(said: list[str], settings: Settings) -> Atlas:
    return read_atlas(settings)


def built_in(folder: Path) -> Settings:
    return Settings.from_env({"MAPPING_DATA": str(folder)})


def test_both_councils_and_editions_are_built(atlas: Atlas, said: list[str]) -> None:
    assert atlas.council_names == {BUCKS: "Buckinghamshire", STEVENAGE: "Stevenage"}
    assert set(atlas.deprivation) == {"2019", "2025"}
    assert said[-1].startswith("Built Buckinghamshire, Stevenage for the indices of 2019 and 2025: ")


def test_an_old_district_is_the_one_it_was_merged_into(atlas: Atlas) -> None:
    rows = atlas.deprivation["2019"].set_index("lsoa_code")
    assert rows.loc[made_up.BUCKS_2, ["lad_code", "lad24cd"]].tolist() == ["E07000007", BUCKS]
    known = atlas.districts[atlas.districts["edition"] == "2019"].set_index("lad_code")
    assert known.loc["E07000007", ["lad_name", "lad24nm"]].tolist() == ["Wycombe", "Buckinghamshire"]
    assert set(atlas.areas("lsoa11cd", lad24cd=BUCKS)["code"]) == {made_up.BUCKS_1, made_up.BUCKS_2}


def test_a_postcode_of_a_split_lsoa_takes_the_child_that_holds_it(atlas: Atlas) -> None:
    found = atlas.postcodes()
    assert found.loc[["SG1 1AA", "SG1 1AB", "SG1 1AC", "SG1 1AD"], "lsoa21cd"].tolist() == [A, B1, B2, CD]
    assert found["is_official"].sum() == len(found) - 1


def test_a_postcode_newer_than_the_lookup_takes_the_nearest_lsoa_and_says_so(atlas: Atlas) -> None:
    newer = atlas.postcodes().loc["SG1 1NN"]
    assert newer[["lsoa11cd", "lsoa21cd", "is_official"]].tolist() == [made_up.B, B2, False]
    assert any(
        issue.endswith("whose LSOA is the nearest of their district: 1")
        for issue in atlas.card("postcodes").issues
    )


def test_a_terminated_postcode_stands_amid_its_output_area(atlas: Atlas) -> None:
    ended = atlas.postcodes().loc["SG1 1ZZ"]
    assert ended[["is_live", "terminated", "position"]].tolist() == [False, "2015-03", "output area"]
    assert ended["easting"] == made_up.EAST + 500


def test_a_postcode_near_another_ward_says_which_it_could_be_in(atlas: Atlas) -> None:
    could_be = atlas.postcodes()["could_be"]
    assert could_be["SG1 1AF"] == ONE
    assert could_be["SG1 1AE"] == TWO
    assert pd.isna(could_be["SG1 1AA"])


def test_a_ward_without_an_lsoa_is_in_force_and_drawn(atlas: Atlas) -> None:
    empty = atlas.wards.set_index("wd24cd").loc[EMPTY]
    assert empty[["wd24nm", "n_lsoas", "n_postcodes"]].tolist() == ["Empty", 0, 1]
    assert EMPTY in set(atlas.areas("wd24cd")["code"])


def test_wards_that_no_file_has_are_dissolved_and_labelled(atlas: Atlas) -> None:
    drawn = atlas.areas("wd19cd").set_index("code").geometry
    assert drawn[made_up.OLD_ONE].equals(made_up.square(0, 2))
    assert "not the wards' legal boundaries" in atlas.card("wd19").made
    assert atlas.card("wd24").made == "As published (councils: 2)."


def test_a_council_is_one_row_group(atlas: Atlas, settings: Settings) -> None:
    import pyarrow.parquet as pq

    for path in (settings.data / "postcodes.parquet", settings.boundaries / "lsoa21.parquet"):
        file = pq.ParquetFile(path)
        groups = [
            file.read_row_group(n).column("lad24cd").unique().to_pylist() for n in range(file.num_row_groups)
        ]
        assert groups == [[BUCKS], [STEVENAGE]]


def test_what_nobody_surveyed_is_said_of_every_kind(atlas: Atlas) -> None:
    bucks = atlas.completeness[atlas.completeness["lad24cd"] == BUCKS]
    assert set(bucks["completeness"]) == {"not surveyed"}
    assert {"library", "all categories"} <= set(bucks["category"])


def test_each_table_says_whose_it_is_and_how_it_came(atlas: Atlas, settings: Settings) -> None:
    for card in atlas.cards:
        path = next(
            folder / card.table
            for folder in (settings.data, settings.boundaries, SHIPPED.parent)
            if (folder / card.table).exists()
        )
        assert card.sha256 == sources.sha256(path)
        assert card.attribution and card.licence and card.publisher
    card = atlas.card("imd_2025")
    assert card.publisher == "Ministry of Housing, Communities and Local Government"
    assert card.fetched == "2025.csv: brought by hand"
    assert "CSV, UTF-8; SHA-256 " in card.source
    assert any(issue.startswith("6 of England's 33,755 LSOAs") for issue in card.issues)


def test_the_same_files_give_the_same_bytes(files: Path, atlas: Atlas, tmp_path: Path) -> None:
    build(folder=files, settings=built_in(tmp_path / "again"))
    again = {
        card.table: card.sha256
        for card in sources.read_cards(tmp_path / "again", tmp_path / "again/boundaries")
    }
    assert again == {card.table: card.sha256 for card in atlas.cards if card.table != SHIPPED.name}


def test_parts_make_the_table_that_file_7_would(tmp_path: Path) -> None:
    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    every = [name for name in headings.file_7("2025") if name not in headings.keys("2025")]
    of = {
        "2.csv": [name for name in every if name.endswith(("_rank", "_decile"))],
        "5.csv": [name for name in every if name.endswith("_score")],
        "6.csv": list(headings.POPULATION["2025"]),
    }
    build(folder=files, settings=built_in(tmp_path / "whole"))
    (files / "2025.csv").unlink()
    for name, columns in of.items():
        made_up.write_file_7(files / name, "2025", columns=columns)
    build(folder=files, settings=built_in(tmp_path / "parts"))
    whole, parts = (pd.read_parquet(tmp_path / name / "imd_2025.parquet") for name in ("whole", "parts"))
    pd.testing.assert_frame_equal(whole, parts)


def test_a_newer_lookup_of_2021_is_taken_before_the_change_table(tmp_path: Path) -> None:
    from tests.unit.publishers import postcode_files

    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    known = made_up.postcodes()
    known.loc[known["postcode"] == "SG1 1AB", "lsoa21cd"] = B2
    postcode_files.write_lookup(files / "later.zip", postcode_files.directory_rows(known), year="2021")
    build(folder=files, settings=built_in(tmp_path / "built"))
    found = read_atlas(built_in(tmp_path / "built")).postcodes()
    assert found.loc["SG1 1AB", ["lsoa11cd", "lsoa21cd"]].tolist() == [made_up.B, B2]


def test_a_directory_with_positions_does_without_code_point_open(tmp_path: Path) -> None:
    from tests.unit.publishers import postcode_files

    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    for name in ("codepo_gb.zip", "lookup.zip"):
        (files / name).unlink()
    postcode_files.write_onspd(files / "onspd.zip", postcode_files.directory_rows(made_up.postcodes()))
    build(folder=files, settings=built_in(tmp_path / "built"))
    found = read_atlas(built_in(tmp_path / "built")).postcodes()
    assert found.loc["SG1 1ZZ", ["is_live", "position", "easting"]].tolist() == [False, "postcode", 500_600]
    assert found.loc["SG1 1AB", ["is_live", "wd24cd"]].tolist() == [True, ONE]


def test_without_a_lookup_every_lsoa_is_estimated_and_that_is_said(tmp_path: Path) -> None:
    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    (files / "lookup.zip").unlink()
    said = build(folder=files, settings=built_in(tmp_path / "built"))
    found = read_atlas(built_in(tmp_path / "built")).postcodes()
    assert "Built without: an ONS postcode lookup" in said
    assert not found["is_official"].any()
    assert found.loc[["SG1 1AB", "SG1 1AD"], "lsoa21cd"].tolist() == [B1, CD]


def test_without_published_scores_the_imd_score_is_the_weighted_sum_of_file_9(tmp_path: Path) -> None:
    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    every = headings.file_7("2019")
    made_up.write_file_7(
        files / "2019.csv", "2019", columns=[name for name in every if name.endswith(("_rank", "_decile"))]
    )
    made_up.write_file_9(files / "9.csv", "2019", [10, 20, 30, 40, 50, 60, 70])
    build(folder=files, settings=built_in(tmp_path / "built"))
    atlas = read_atlas(built_in(tmp_path / "built"))
    rows = atlas.deprivation["2019"]
    # 0.225 (10 + 20) + 0.135 (30 + 40) + 0.093 (50 + 60 + 70)
    assert rows["imd_score"].tolist() == pytest.approx([32.94] * len(rows))
    assert rows[["income_score", "population"]].isna().all(axis=None)
    card = atlas.card("imd_2019")
    assert any("weighted sum of the seven" in check for check in card.checks)
    assert any(issue.startswith("No population for 6 of 6 LSOAs") for issue in card.issues)


def test_a_fetched_file_says_when_and_from_where(files: Path, tmp_path: Path) -> None:
    brought = tmp_path / "files"
    shutil.copytree(files, brought)
    address = "https://assets.example.org/file_7.csv"
    path = brought / "2025.csv"
    card = Download(
        source="iod2025-file7", address=address, fetched="2026-11-22", sha256=sources.sha256(path),
        bytes=path.stat().st_size, scope=("England",),
    )  # fmt: skip
    write_download(card, path)
    build(folder=brought, settings=built_in(tmp_path / "built"))
    told = read_atlas(built_in(tmp_path / "built")).card("imd_2025")
    assert told.fetched == f"2025.csv: fetched 22 November 2026 from {address}"
