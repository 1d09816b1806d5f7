"""The key to the colours says what they mean, of what edition, and whose figure it is."""

import dataclasses

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.filters import GEOGRAPHIES, SHADES
from mapping.editions import EDITIONS, INDICES
from mapping.render.legend import WARDS, classes, legend
from mapping.render.palette import RAMP


def test_deciles_say_which_end_is_deprived_and_who_says_so():
    key = legend("2025", "imd", geography="lsoa", shade="decile")
    assert key.title == "Index of Multiple Deprivation 2025"
    assert key.measure == "LSOAs of 2021 by national decile"
    assert key.lines == ("1 is the most deprived 10 % of England.",)
    assert (key.low, key.high) == ("Most deprived 10 %", "Least deprived 10 %")
    assert key.source == "Source: MHCLG, English Indices of Deprivation 2025, OGL v3.0."
    assert "Crown copyright" in key.credit


def test_ten_deciles_are_numbered_from_dark_to_light():
    entries = legend("2025", "imd", geography="lsoa", shade="decile").entries
    assert [entry.label for entry in entries] == [str(n) for n in range(1, 11)]
    assert tuple(entry.colour for entry in entries) == RAMP
    assert (entries[0].ink, entries[-1].ink) == ("#ffffff", "#000000")
    assert [entry.meaning for entry in entries[:2]] == ["Most deprived 10 %", "10 to 20 %"]


def test_wards_are_told_to_be_our_calculation_from_best_fit_lsoas():
    key = legend("2019", "crime", geography="ward", shade="decile")
    assert key.title == "Crime domain 2019"
    assert key.measure == "Wards of 2019"
    assert WARDS in key.lines
    assert "our calculation, best-fit lsoas" in WARDS.lower()
    assert key.figure == "Average rank"


def test_an_lsoas_figure_is_not_our_calculation():
    assert WARDS not in legend("2019", "imd", geography="lsoa", shade="rank").lines


def test_ranks_name_the_last_rank_of_their_edition():
    key = legend("2019", "imd", geography="lsoa", shade="rank")
    assert (key.low, key.high, key.n_lsoas) == ("1, most deprived", "32,844, least", 32_844)
    assert key.lines[0] == "1 is the most deprived LSOA in England."
    assert key.entries[0].meaning == "Ranks 1 to 1,642"
    assert key.entries[-1].meaning == "Ranks 31,202 to 32,844"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("geography", GEOGRAPHIES)
@pytest.mark.parametrize("shade", SHADES)
def test_every_view_has_a_key_with_an_edition_in_its_title_and_its_source(edition, geography, shade):
    for index in INDICES:
        key = legend(edition, index, geography=geography, shade=shade)
        assert edition in key.title and edition in key.source
        assert all(dataclasses.asdict(key).values())


@given(st.sampled_from(list(EDITIONS)), st.data())
def test_a_rank_is_drawn_in_the_colour_whose_meaning_holds_it(edition, data):
    key = legend(edition, "imd", geography="lsoa", shade="rank")
    rank = data.draw(st.integers(1, key.n_lsoas))
    [position] = classes(key, pd.Series([rank]), pd.Series([1]))
    low, high = (
        int(n.replace(",", "")) for n in key.entries[position].meaning.removeprefix("Ranks ").split(" to ")
    )
    assert low <= rank <= high


def test_a_decile_is_drawn_as_its_table_gives_it():
    key = legend("2025", "imd", geography="ward", shade="decile")
    ranks = pd.Series([1.0, 3376.2, None], index=["c", "a", "b"])
    deciles = pd.Series([1, 2, None], index=["c", "a", "b"], dtype="Int64")
    found = classes(key, ranks, deciles)
    assert list(found.index) == ["c", "a", "b"]
    assert found.tolist() == [0, 1, pd.NA]


def test_no_figure_has_no_colour_by_rank_either():
    key = legend("2025", "imd", geography="ward", shade="rank")
    none = pd.Series([pd.NA, pd.NA], dtype="Float64")
    assert classes(key, none, none.astype("Int64")).isna().all()
