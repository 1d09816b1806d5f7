"""What a build says, and does, where files are missing, damaged or contradict each other."""

import re
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from mapping.atlas import read_atlas
from mapping.build.deprivation_table import COLUMNS, what_is_absent
from mapping.build.files import build
from mapping.editions import EDITIONS
from mapping.errors import SourceChangedError, SourceMissingError
from mapping.settings import Settings
from tests.unit import made_up_councils as made_up
from tests.unit.made_up_councils import B2, CD, STEVENAGE
from tests.unit.publishers import headings


def built_in(folder: Path) -> Settings:
    return Settings.from_env({"MAPPING_DATA": str(folder)})


def test_a_council_with_half_its_lsoas_is_left_out_by_name(tmp_path: Path) -> None:
    files = made_up.write_made_up_files(tmp_path / "files")
    shapes = gpd.read_parquet(files / "LSOA21.parquet")
    shapes[shapes["LSOA21CD"] != CD].to_parquet(files / "LSOA21.parquet")
    said = build(folder=files, settings=built_in(tmp_path / "built"))
    assert "lsoa21.parquet: Left out, as not all of their areas are there: Stevenage" in said
    assert read_atlas(built_in(tmp_path / "built")).councils["lad24nm"].tolist() == ["Buckinghamshire"]


def test_one_edition_alone_is_built_and_the_other_is_said_to_be_missing(tmp_path: Path) -> None:
    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    for name in ("2019.csv", "fit_2019.csv", "LSOA11.parquet"):
        (files / name).unlink()
    said = build(folder=files, settings=built_in(tmp_path / "built"))
    atlas = read_atlas(built_in(tmp_path / "built"))
    assert list(atlas.deprivation) == ["2025"]
    assert "Missing for the English Indices of Deprivation 2019: File 7" in said
    assert atlas.postcodes().loc["SG1 1NN", "lsoa21cd"] == B2


def test_files_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    other = made_up.write_file_7(files / "6.csv", "2025", columns=list(headings.POPULATION["2025"]))
    other.write_text(re.sub(r",1000,", ",999,", other.read_text()))
    said = build(folder=files, settings=built_in(tmp_path / "built"))
    assert "6.csv has another population than 2025.csv, which is used (LSOAs: 1, such as E01023001)" in said


@pytest.mark.parametrize(
    ("lost", "words"),
    [
        ("codepo_gb.zip", "Code-Point Open"),
        ("fit_2025.csv", "the lookup from LSOA 2021 to ward"),
        ("LSOA21.parquet", "boundaries of the LSOAs of 2021"),
    ],
)
def test_what_is_missing_is_named_with_how_to_get_it(tmp_path: Path, lost: str, words: str) -> None:
    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    for name in (lost, *(["lookup.zip"] if lost == "codepo_gb.zip" else [])):
        (files / name).unlink()
    with pytest.raises(SourceMissingError) as refusal:
        build(folder=files, settings=built_in(tmp_path / "built"))
    assert f"Missing: {words}" in str(refusal.value)
    assert "Found: indices 2025: 2025.csv" in str(refusal.value)
    assert "python -m mapping fetch" in str(refusal.value)
    assert not (tmp_path / "built").exists()


def test_no_edition_at_all_is_refused(tmp_path: Path) -> None:
    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    for name in ("2019.csv", "2025.csv"):
        (files / name).unlink()
    with pytest.raises(SourceMissingError, match="Missing for the English Indices of Deprivation 2025"):
        build(folder=files, settings=built_in(tmp_path / "built"))


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError, match="No publishers' files in"):
        build(folder=tmp_path, settings=built_in(tmp_path / "built"))


def test_half_a_zip_and_a_changed_heading_are_told_apart_from_what_is_missing(tmp_path: Path) -> None:
    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    whole = (files / "codepo_gb.zip").read_bytes()
    (files / "codepo_gb.zip").write_bytes(whole[: len(whole) // 2])
    (files / "lookup.zip").unlink()
    changed = (files / "2025.csv").read_text().replace("Crime Rank", "Crime Place")
    (files / "2025.csv").write_text(changed)
    (files / "notes.txt").write_text("Rang ONS on Monday.")
    with pytest.raises(SourceMissingError) as refusal:
        build(folder=files, settings=built_in(tmp_path / "built"))
    told = str(refusal.value)
    assert re.search(r"Not usable: codepo_gb\.zip", told)
    assert re.search(r"Not usable: 2025\.csv .*crime_rank", told)
    assert "Not known, left alone: notes.txt" in told


def test_a_decile_that_is_not_that_of_its_rank_stops_the_build(tmp_path: Path) -> None:
    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    table = pd.read_csv(files / "2025.csv")
    table.loc[0, headings.file_7("2025")["imd_decile"]] = 9
    table.to_csv(files / "2025.csv", index=False)
    with pytest.raises(SourceChangedError, match="1 of 48 published deciles"):
        build(folder=files, settings=built_in(tmp_path / "built"))


def test_an_edition_with_ranks_of_the_imd_alone_is_left_and_the_other_is_built(tmp_path: Path) -> None:
    files = made_up.write_made_up_files(tmp_path / "files", councils=(STEVENAGE,))
    made_up.write_file_7(files / "2019.csv", "2019", columns=["imd_rank", "imd_decile"])
    said = build(folder=files, settings=built_in(tmp_path / "built"))
    assert "Not built, English Indices of Deprivation 2019: " in said
    assert "no rank for: Income, Employment" in said
    assert list(read_atlas(built_in(tmp_path / "built")).deprivation) == ["2025"]


def test_the_first_version_of_the_indices_of_2025_is_known_by_its_misplaced_lsoa() -> None:
    table = pd.DataFrame({"lsoa_code": ["E01027305"], "lad_code": ["E07000177"]})
    table = table.assign(imd_score=1.0, income_score=0.1, population=1_000, working_age_population=600.0)
    found = what_is_absent(table.reindex(columns=COLUMNS), EDITIONS["2025"])
    assert [issue for issue in found.issues if "first version of October 2025" in issue]
    moved = table.assign(lad_code="E06000062").reindex(columns=COLUMNS)
    assert what_is_absent(moved, EDITIONS["2025"]).issues == ()
