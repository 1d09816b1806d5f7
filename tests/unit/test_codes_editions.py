"""Both editions of one area stand side by side, with the counterparts named and nothing subtracted."""

from collections.abc import Mapping

import pandas as pd
import pytest

from mapping.adapters import facts
from mapping.analysis import summarise
from mapping.analysis.codes_editions import SideBySide, lsoa_side_by_side, ward_side_by_side
from mapping.atlas import Atlas
from mapping.editions import EDITIONS
from mapping.errors import VintageError
from mapping.settings import PILOT

CHANGES = facts.read_changes(PILOT / "facts" / "lsoa_2021_changes.csv")


@pytest.fixture(scope="module")
def figures(atlas: Atlas) -> dict[str, pd.DataFrame]:
    return {
        year: summarise.lsoa_figures(table, atlas.best_fit[year], index="imd")
        for year, table in atlas.deprivation.items()
    }


def told(found: SideBySide) -> list[tuple[str, str]]:
    return list(zip(found.areas["edition"], found.areas["code"], strict=True))


@pytest.mark.parametrize(
    ("code", "edition", "changed", "areas"),
    [
        ("E01015186", "2025", "unchanged", [("2019", "E01015186"), ("2025", "E01015186")]),
        (
            "E01015195",
            "2019",
            "split",
            [("2019", "E01015195"), ("2025", "E01034171"), ("2025", "E01034172")],
        ),
        ("E01034171", "2025", "split", [("2019", "E01015195"), ("2025", "E01034171")]),
        (
            "E01035740",
            "2025",
            "merged",
            [("2019", "E01028583"), ("2019", "E01028585"), ("2025", "E01035740")],
        ),
        ("E01023768", "2019", "complex", [("2019", "E01023768"), ("2025", "E01035582")]),
    ],
)
def test_an_lsoa_stands_beside_its_counterparts(
    figures: Mapping[str, pd.DataFrame],
    code: str,
    edition: str,
    changed: str,
    areas: list[tuple[str, str]],
) -> None:
    found = lsoa_side_by_side(code, edition=edition, figures=figures, changes=CHANGES)
    assert found.changed == changed
    assert told(found) == areas
    assert found.areas["rank"].notna().all()


def test_ranks_and_deciles_are_those_published_for_each_edition(
    figures: Mapping[str, pd.DataFrame],
) -> None:
    found = lsoa_side_by_side("E01015186", edition="2019", figures=figures, changes=CHANGES)
    assert found.areas["rank"].tolist() == [4667, 4472]
    assert found.areas["decile"].tolist() == [2, 2]


def test_a_part_of_a_split_lsoa_names_its_siblings(figures: Mapping[str, pd.DataFrame]) -> None:
    found = lsoa_side_by_side("E01034171", edition="2025", figures=figures, changes=CHANGES)
    assert found.kin == {"2025": ("E01034171", "E01034172"), "2019": ("E01015195",)}


def test_an_edition_that_is_not_held_leaves_no_figure_and_no_guess(
    figures: Mapping[str, pd.DataFrame],
) -> None:
    for held in ({"2025": figures["2025"]}, {**figures, "2019": figures["2019"].iloc[:0]}):
        found = lsoa_side_by_side("E01015186", edition="2025", figures=held, changes=CHANGES)
        assert (found.changed, told(found)) == ("unknown", [("2025", "E01015186")])
        split = lsoa_side_by_side("E01034171", edition="2025", figures=held, changes=CHANGES)
        assert (split.changed, told(split)) == ("split", [("2019", "E01015195"), ("2025", "E01034171")])
        assert split.areas["rank"].isna().tolist() == [True, False]


def test_a_code_of_the_other_edition_is_refused(figures: Mapping[str, pd.DataFrame]) -> None:
    with pytest.raises(VintageError, match="one of the LSOAs of 2021"):
        lsoa_side_by_side("E01034171", edition="2019", figures=figures, changes=CHANGES)


def test_a_ward_stands_beside_those_that_share_its_residents(
    atlas: Atlas, figures: Mapping[str, pd.DataFrame]
) -> None:
    found = ward_side_by_side(
        "E05004810",
        edition="2019",
        figures=figures,
        best_fit=atlas.best_fit,
        changes=CHANGES,
        wards=atlas.wards,
    )
    assert told(found) == [("2019", "E05004810"), ("2025", "E05015630"), ("2025", "E05015629")]
    assert found.areas["name"].tolist() == ["Martins Wood", "Martins Wood", "Manor"]
    lsoas = figures["2019"][figures["2019"]["ward_code"] == "E05004810"].set_index("code")["population"]
    kept = lsoas[
        atlas.best_fit["2025"].set_index("lsoa_code")["ward_code"].reindex(lsoas.index) == "E05015630"
    ]
    assert found.areas["share"].tolist()[1] == pytest.approx(kept.sum() / lsoas.sum())
    wards = summarise.ward_figures(figures["2025"], edition=EDITIONS["2025"]).set_index("code")
    assert found.areas["rank"].tolist()[2] == pytest.approx(wards.loc["E05015629", "rank"])


@pytest.mark.parametrize("is_held", [True, False])
def test_a_ward_without_a_counterpart_says_why(
    atlas: Atlas, figures: Mapping[str, pd.DataFrame], is_held: bool
) -> None:
    years = ("2019", "2025") if is_held else ("2025",)
    found = ward_side_by_side(
        "E05013106",
        edition="2025",
        figures={year: figures[year] for year in years},
        best_fit={year: atlas.best_fit[year] for year in years},
        changes=CHANGES,
        wards=atlas.wards,
    )
    assert told(found) == [("2025", "E05013106")]
    assert found.areas["name"].tolist() == ["Holywell"]
    assert "no LSOA has this ward as its best fit" in found.areas["why"].iloc[0]
