"""Two councils built from the publishers' own files, against the tables that ship."""

from pathlib import Path

import pandas as pd
import pytest

from mapping.atlas import Atlas, read_atlas
from mapping.build.files import build
from mapping.settings import Settings
from tests.unit.publishers.files import write_publishers_files

OXFORD, STEVENAGE = "E07000178", "E07000243"
INDICES = ("imd", "income", "employment", "education", "health", "crime", "barriers", "environment")


@pytest.fixture(scope="module")
def built(realdata: Path, tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    folder = tmp_path_factory.mktemp("publishers")
    write_publishers_files(realdata, folder, councils=[OXFORD, STEVENAGE], by_part=True)
    # File 2 says all that it does, and it is the slowest to read.
    next(folder.glob("File_1_*.xlsx")).unlink()
    settings = Settings.from_env({"MAPPING_DATA": str(tmp_path_factory.mktemp("built") / "atlas")})
    build(folder=folder, settings=settings)
    return read_atlas(settings)


def of_both(table: pd.DataFrame) -> pd.DataFrame:
    return table[table["lad24cd"].isin([OXFORD, STEVENAGE])]


def test_two_councils_are_as_in_the_tables_that_ship(built: Atlas, atlas: Atlas) -> None:
    assert built.council_names == {OXFORD: "Oxford", STEVENAGE: "Stevenage"}
    for edition in ("2019", "2025"):
        assert built.is_national(edition)
        columns = ["lsoa_name", "population", *(f"{i}_{m}" for i in INDICES for m in ("rank", "decile"))]
        ours, ships = (
            of_both(each.deprivation[edition]).set_index("lsoa_code").sort_index()[columns]
            for each in (built, atlas)
        )
        pd.testing.assert_frame_equal(ours, ships)
    for layer in ("lsoa11cd", "lsoa21cd", "wd19cd"):
        assert set(built.areas(layer)["code"]) == set(of_both(atlas.areas(layer))["code"])
    assert len(built.areas("lad24cd")) == 296
    # Holywell has no best-fit LSOA, yet its published boundary is drawn.
    assert set(built.areas("wd24cd")["name"]) - set(of_both(atlas.areas("wd24cd"))["name"]) == {"Holywell"}


def test_their_postcodes_have_the_codes_of_the_tables_that_ship(built: Atlas, atlas: Atlas) -> None:
    ships = of_both(atlas.postcodes())
    ours = built.postcodes().reindex(ships.index)
    for column in ("easting", "northing", "is_live", "lsoa11cd", "lad24cd"):
        pd.testing.assert_series_equal(ours[column], ships[column], check_dtype=False)
    live = ships["is_live"]
    pd.testing.assert_series_equal(ours.loc[live, "wd24cd"], ships.loc[live, "wd24cd"])
    known = ships["lsoa21cd"].notna()
    pd.testing.assert_series_equal(ours.loc[known, "lsoa21cd"], ships.loc[known, "lsoa21cd"])


def test_the_summaries_of_2019_are_the_published_ones(built: Atlas) -> None:
    checks = built.card("imd_2019").checks
    equal = [
        check for check in checks if check.startswith("Our ") and "of 317 districts equals File_10" in check
    ]
    assert len(equal) == 5
    assert not [issue for issue in built.card("imd_2019").issues if issue.startswith("Our ")]
