"""Old codes lead to the councils of today, areas to their counterparts, and vintages never mix."""

from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from mapping import export
from mapping.adapters import facts
from mapping.analysis import codes
from mapping.atlas import Atlas
from mapping.editions import EDITIONS
from mapping.errors import UnknownAreaError, VintageError
from mapping.settings import PILOT, Settings

CHANGES = facts.read_changes(PILOT / "facts" / "lsoa_2021_changes.csv")


def known(atlas: Atlas) -> dict[str, set[str]]:
    """All codes of both editions, by code column."""
    lsoas = {e.lsoa: set(atlas.deprivation[year]["lsoa_code"]) for year, e in EDITIONS.items()}
    return lsoas | {e.ward: set(atlas.best_fit[year]["ward_code"]) for year, e in EDITIONS.items()}


def test_an_lsoa_tells_what_it_became_and_what_it_was() -> None:
    old = pd.Series(["E01015195", "E01028583", "E01023768", "E01028500", None], index=list("vwxyz"))
    became = codes.lsoa21_of(old, CHANGES)
    assert became.index.tolist() == list("vwxyz")
    assert became["changed"].tolist()[:4] == ["split", "merged", "complex", "unchanged"]
    assert became["counterparts"].tolist()[:4] == [
        "E01034171; E01034172",
        "E01035740",
        "E01035582",
        "E01028500",
    ]
    assert became.loc["z"].isna().all()
    was = codes.lsoa11_of(pd.Series(["E01035740", "E01034172"]), CHANGES)
    assert was["counterparts"].tolist() == ["E01028583; E01028585", "E01015195"]
    assert was["changed"].tolist() == ["merged", "split"]


def test_codes_of_the_wrong_vintage_are_not_taken_as_unchanged() -> None:
    with pytest.raises(VintageError, match="E01034171 is one of the LSOAs of 2021, and LSOAs of 2011"):
        codes.lsoa21_of(pd.Series(["E01028500", "E01034171"]), CHANGES)
    with pytest.raises(VintageError, match="E01015195 is one of the LSOAs of 2011"):
        codes.lsoa11_of(pd.Series(["E01015195"]), CHANGES)


def test_every_lsoa_has_a_counterpart_there_and_back(atlas: Atlas) -> None:
    old, new = (atlas.deprivation[year]["lsoa_code"] for year in ("2019", "2025"))
    pairs = codes.lsoa_pairs(set(old), set(new), CHANGES)
    assert set(pairs["lsoa11cd"]) == set(old)
    assert set(pairs["lsoa21cd"]) == set(new)
    there = codes.lsoa21_of(old, CHANGES)["counterparts"].str.split("; ").explode()
    back = codes.lsoa11_of(new, CHANGES)["counterparts"].str.split("; ").explode()
    told = set(zip(old.loc[there.index], there, strict=True))
    assert told == set(zip(back, new.loc[back.index], strict=True))
    assert told == set(zip(pairs["lsoa11cd"], pairs["lsoa21cd"], strict=True))


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("by_residents", [True, False])
def test_every_ward_is_shared_out_whole(atlas: Atlas, edition: str, by_residents: bool) -> None:
    population = atlas.deprivation[edition].set_index("lsoa_code")["population"]
    pairs = codes.ward_counterparts(
        atlas.best_fit, CHANGES, edition=edition, population=population if by_residents else None
    )
    shares = pairs.groupby("ward_code")["share"].sum()
    assert set(shares.index) == set(atlas.best_fit[edition]["ward_code"])
    assert shares.to_numpy() == pytest.approx(1)


def test_wards_whose_codes_all_changed_find_their_counterparts(atlas: Atlas) -> None:
    pairs = codes.ward_counterparts(atlas.best_fit, CHANGES, edition="2019", wards=["E05004810"])
    assert pairs["other_name"].tolist() == ["Martins Wood", "Manor"]
    assert pairs["n_lsoas"].tolist() == [3, 1]
    assert pairs["share"].tolist() == [0.75, 0.25]
    holywell = atlas.wards.loc[atlas.wards["wd24nm"] == "Holywell", "wd24cd"]
    assert codes.ward_counterparts(atlas.best_fit, CHANGES, edition="2025", wards=holywell.tolist()).empty


def test_codes_of_two_vintages_look_alike_and_are_told_apart_by_those_known(atlas: Atlas) -> None:
    every = known(atlas)
    assert codes.vintage_of_codes(["E01015195"], every) == ("lsoa11cd",)
    assert codes.vintage_of_codes(["E01034171", "E01015186"], every) == ("lsoa21cd",)
    assert set(codes.vintage_of_codes(["E01015186"], every)) == {"lsoa11cd", "lsoa21cd"}
    assert codes.vintage_of_codes(["E01015195", "E01034171"], every) == ()
    assert codes.vintage_of("wd19cd") == "wards of 2019"
    with pytest.raises(UnknownAreaError, match="msoa21cd"):
        codes.vintage_of("msoa21cd")


@pytest.mark.parametrize("layer", codes.VINTAGES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_meets_only_areas_of_its_vintage(edition: str, layer: str) -> None:
    chosen = EDITIONS[edition]
    own = {chosen.lsoa, chosen.ward, chosen.district}
    if layer in own:
        codes.require_vintage(edition, layer=layer)
        return
    with pytest.raises(VintageError, match=codes.vintage_of(layer)) as told:
        codes.require_vintage(edition, layer=layer)
    (instead,) = (column for column in own if column[:-4] == layer[:-4])
    assert f"The indices of {edition} are of {codes.vintage_of(instead)}" in str(told.value)
    assert f"Use the areas of column {instead}" in str(told.value)


def test_an_edition_that_is_none_is_named() -> None:
    with pytest.raises(UnknownAreaError, match=r"No edition '2015'\. Known: 2025, 2019"):
        codes.require_vintage("2015", layer="lsoa11cd")


def test_figures_of_another_vintage_are_refused_by_their_codes(atlas: Atlas) -> None:
    every = known(atlas)
    for year, edition in EDITIONS.items():
        codes.require_codes(atlas.deprivation[year]["lsoa_code"], layer=edition.lsoa, known=every)
    with pytest.raises(VintageError, match=r"E01015195, are LSOAs of 2011, and not among the LSOAs of 2021"):
        codes.require_codes(atlas.deprivation["2019"]["lsoa_code"], layer="lsoa21cd", known=every)
    with pytest.raises(VintageError, match="are wards of 2019, and not among the wards of 2024"):
        codes.require_codes(["E05006545"], layer="wd24cd", known=every)
    codes.require_codes(["E05999999"], layer="wd24cd", known=every)


def test_pairs_of_lsoas_are_the_published_ones(realdata: Path) -> None:
    path = realdata / "lookups" / "LSOA11_LSOA21_LAD22_EW_LU_V1.csv"
    lookup = pd.read_csv(path, encoding="utf-8-sig", usecols=["F_LSOA11CD", "LSOA21CD", "CHGIND"], dtype=str)
    lookup.columns = pd.Index(["lsoa11cd", "lsoa21cd", "change"])
    england = lookup[lookup["lsoa11cd"].str.startswith("E")].sort_values(
        ["lsoa11cd", "lsoa21cd"], ignore_index=True
    )
    redrawn = england[england["change"] != "U"]
    pairs = codes.lsoa_pairs(set(england["lsoa11cd"]), set(england["lsoa21cd"]), redrawn)
    pd.testing.assert_frame_equal(pairs, england, check_dtype=False)
    became = codes.lsoa21_of(pd.Series(sorted(set(england["lsoa11cd"]))), redrawn)
    assert Counter(became["changed"]) == {"unchanged": 31810, "split": 834, "merged": 194, "complex": 6}


def test_a_link_with_an_old_code_exports_the_council_by_its_name(settings: Settings, tmp_path: Path) -> None:
    said = export.export_link("council=E07000101", tmp_path / "x.csv", subject="places", settings=settings)
    assert "places in Stevenage to" in said
    assert "E07000101" not in (tmp_path / "x.csv").read_text(encoding="utf-8-sig")
