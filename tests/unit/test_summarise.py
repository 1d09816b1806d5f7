"""Ward figures are population-weighted, add up, and say why where there are none."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis import summarise
from mapping.atlas import Atlas
from mapping.editions import EDITIONS

E25 = EDITIONS["2025"]


def lsoas(*rows: tuple[str, int, int, int]) -> pd.DataFrame:
    """Rows of ward, rank, decile, population."""
    table = pd.DataFrame(rows, columns=["ward_code", "rank", "decile", "population"])
    table["code"] = [f"E010000{n:02}" for n in range(len(table))]
    return table.assign(ward_name=table["ward_code"], lad24cd="E07000178")


def test_a_ward_is_the_population_weighted_mean_of_its_lsoas() -> None:
    wards = summarise.ward_figures(lsoas(("A", 1000, 1, 3000), ("A", 5000, 2, 1000)), edition=E25)
    assert wards.loc[0, "rank"] == 2000
    assert wards.loc[0, "decile"] == 1
    assert wards.loc[0, "n_most_deprived"] == 1
    assert wards.loc[0, "most_deprived_fifth_share"] == 1


@given(
    st.lists(
        st.tuples(st.sampled_from("AB"), st.integers(1, 33755), st.just(5), st.integers(1, 5000)), min_size=1
    )
)
def test_population_is_conserved_and_the_mean_lies_between_the_ends(
    rows: list[tuple[str, int, int, int]],
) -> None:
    table = lsoas(*rows)
    wards = summarise.ward_figures(table, edition=E25).set_index("code")
    assert wards["population"].sum() == table["population"].sum()
    for code, inside in table.groupby("ward_code"):
        assert inside["rank"].min() - 1e-6 <= wards.loc[code, "rank"] <= inside["rank"].max() + 1e-6


def test_holywell_has_no_figure_and_says_why(atlas: Atlas) -> None:
    figures = summarise.lsoa_figures(atlas.deprivation["2025"], atlas.best_fit["2025"], index="imd")
    oxford = figures[figures["lad24cd"] == "E07000178"]
    wards = summarise.ward_figures(oxford, edition=E25, wards=atlas.wards).set_index("name")
    assert len(wards) == 24
    holywell = wards.loc["Holywell"]
    assert pd.isna(holywell["rank"])
    assert pd.isna(holywell["decile"])
    assert pd.isna(holywell["population"])
    assert "no LSOA has this ward as its best fit" in holywell["why"]
    assert (wards.drop("Holywell")["why"] == "").all()


@pytest.mark.parametrize(("edition", "lad24cd", "n"), [("2025", "E07000178", 84), ("2019", "E07000178", 83)])
def test_every_lsoa_of_the_council_has_its_figure(atlas: Atlas, edition: str, lad24cd: str, n: int) -> None:
    figures = summarise.lsoa_figures(atlas.deprivation[edition], atlas.best_fit[edition], index="health")
    mine = figures[figures["lad24cd"] == lad24cd]
    assert len(mine) == n
    assert mine["score"].isna().all()
    assert mine["decile"].between(1, 10).all()


def test_places_are_counted_where_they_are() -> None:
    areas = pd.DataFrame({"code": ["a", "b", "c"]}, index=[9, 8, 7])
    places = pd.DataFrame({"lsoa_code": ["b", "b", None, "elsewhere"]})
    counts = summarise.count_places(areas, places, by="lsoa_code")
    assert counts.tolist() == [0, 2, 0]
    assert counts.index.tolist() == [9, 8, 7]


def test_a_ward_with_an_lsoa_of_unknown_population_has_no_figure_and_says_why() -> None:
    table = lsoas(("A", 1000, 1, 3000), ("A", 5000, 2, 1000), ("B", 9000, 3, 500))
    table["population"] = table["population"].astype("Int64")
    table.loc[1, "population"] = pd.NA
    wards = summarise.ward_figures(table, edition=E25).set_index("code")
    assert pd.isna(wards.loc["A", "rank"])
    assert pd.isna(wards.loc["A", "population"])
    assert wards.loc["A", "n_lsoas"] == 2
    assert "population" in wards.loc["A", "why"]
    assert wards.loc["B", "rank"] == 9000
    assert wards.loc["B", "why"] == ""
