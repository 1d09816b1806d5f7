"""The five measures: as MHCLG publishes them, whatever the order of rows, and absent where something is."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from mapping.analysis import measures
from mapping.analysis.measures import MEASURES, RANK_COLUMNS, mean_ranks, ranked, summaries
from mapping.editions import SUMMARY_MEASURES
from tests.unit.england_2019 import N, england, published

TOLERANCES = {
    "average_score": 0.0006,
    "average_rank": 0.14,
    "proportion_most_deprived_share": 0.0001,
    "extent_share": 0.0001,
    "local_concentration": 0.19,
}
"""What rounding and the publisher's own denominators leave."""
DOMAIN_RANK = 0.23
ROUNDING = 0.0051
PRISONS = {
    "E07000234": "E01033060",
    "E07000039": "E01019866",
    "E06000055": "E01017502",
    "E07000118": "E01024975",
}
"""Districts where one more person in one LSOA meets the published figures of all indices."""


A_FEW = settings(max_examples=30)
"""Each example is a dozen tables: more of them find no more."""


@st.composite
def lsoas(draw):
    """A country of 2 to 30 LSOAs in up to four groups, all of them held."""
    n = draw(st.integers(2, 30))
    ranks = np.array(draw(st.permutations(range(1, n + 1))))
    numbers = st.lists(st.integers(1, 3_000), min_size=n, max_size=n)
    return pd.DataFrame(
        {
            "lsoa_code": [f"E010{at:05d}" for at in range(n)],
            "group": draw(st.lists(st.sampled_from("ABCD"), min_size=n, max_size=n)),
            "imd_rank": ranks,
            "imd_decile": np.ceil(10 * ranks / n).astype(int),
            "imd_score": np.array(draw(numbers)) / 37,
            "population": pd.array(draw(numbers), dtype="Int64"),
        }
    )


def of(table, **options):
    """The summaries of all of a country, by code."""
    return summaries(table, by="group", n=len(table), **options).set_index("code")


def some(**columns):
    """A country of ten LSOAs in one group; `columns` overrule."""
    table = pd.DataFrame({"lsoa_code": [f"E010{at:05d}" for at in range(10)], "group": "A"})
    table = table.assign(imd_rank=range(1, 11), imd_decile=range(1, 11), imd_score=10.0)
    return table.assign(**{"population": pd.array([1_000] * 10, dtype="Int64"), **columns})


def test_the_measures_of_a_small_country_are_those_worked_out_by_hand():
    table = some(population=pd.array([100, 300, *[200] * 8], dtype="Int64"), imd_score=np.arange(10.0))
    figures = of(table).loc["A"]
    assert figures["n_lsoas"] == 10
    assert figures["population"] == 2_000
    assert figures["average_score"] == pytest.approx((300 * 1 + 200 * sum(range(2, 10))) / 2_000)
    assert figures["average_rank"] == pytest.approx((100 * 10 + 300 * 9 + 200 * sum(range(1, 9))) / 2_000)
    assert figures["proportion_most_deprived_share"] == 0.1
    # Hundredths 10, 20 and 30: all of the first, 0.95 − 9 · 0.9 / 19 of the second, 0.05 of the third.
    assert figures["extent_share"] == pytest.approx((100 + 300 * (0.95 - 9 * 0.9 / 19) + 200 * 0.05) / 2_000)
    # A tenth of 2,000 people: the first LSOA and 100 of the second's 300.
    assert figures["local_concentration"] == pytest.approx((100 * 10 + 100 * 9) / 200)
    assert figures["why"] == ""


@A_FEW
@given(lsoas(), st.randoms())
def test_the_order_of_rows_changes_nothing(table, random):
    rows = list(table.index)
    random.shuffle(rows)
    assert_frame_equal(of(table.loc[rows]), of(table), check_exact=True)


@A_FEW
@given(lsoas(), st.floats(0.01, 0.99))
def test_an_area_in_two_parts_is_the_whole(table, cut):
    table = table.assign(imd_mean_rank=table["imd_rank"].astype(float))
    halves = pd.concat([table.assign(share=cut), table.assign(share=1 - cut)], ignore_index=True)
    whole, parts = (
        summaries(each, by="group", n=len(table)).set_index("code")[["population", *MEASURES]]
        for each in (table, halves)
    )
    assert_frame_equal(parts, whole, rtol=1e-9)


@A_FEW
@given(lsoas())
def test_shares_are_shares_and_places_are_places(table):
    figures = of(table)
    for share in ("extent_share", "proportion_most_deprived_share"):
        assert figures[share].between(0, 1 + 1e-12).all()
    for place in ("average_rank", "local_concentration"):
        assert figures[place].between(1 - 1e-9, len(table) + 1e-9).all()
    assert (figures["local_concentration"] >= figures["average_rank"] - 1e-9).all()


@A_FEW
@given(lsoas())
def test_areas_joined_are_the_mean_of_them_by_people_or_by_lsoas(table):
    assume(table["group"].nunique() > 1)
    apart, joined = of(table), of(table.assign(group="all")).loc["all"]
    for measure in ("average_score", "average_rank", "extent_share"):
        assert joined[measure] == pytest.approx(np.average(apart[measure], weights=apart["population"]))
    proportion = np.average(apart["proportion_most_deprived_share"], weights=apart["n_lsoas"])
    assert joined["proportion_most_deprived_share"] == pytest.approx(proportion)
    assert joined["population"] == apart["population"].sum()


@A_FEW
@given(lsoas())
def test_local_concentration_is_that_of_the_people_counted_one_by_one(table):
    table = table.assign(population=(table["population"] % 20 + 1).astype("Int64"))
    for code, figure in of(table)["local_concentration"].items():
        mine = table[table["group"] == code].sort_values("imd_rank")
        # Ten tenths a person, so that a tenth of the people is as many tenths as there are people.
        tenths = np.repeat(len(table) + 1 - mine["imd_rank"], 10 * mine["population"].astype(int))
        assert figure == pytest.approx(tenths[: mine["population"].sum()].mean())


def test_a_share_of_an_lsoa_counts_for_as_much():
    table = some(share=[1, 0.5, *[0] * 8], imd_score=np.arange(10.0))
    figures = of(table).loc["A"]
    assert figures["n_lsoas"] == 2
    assert figures["population"] == 1_500
    assert figures["average_score"] == pytest.approx(0.5 * 1 / 1.5)
    assert figures["average_rank"] == pytest.approx((10 + 0.5 * 9) / 1.5)
    assert figures["proportion_most_deprived_share"] == pytest.approx(1 / 1.5)
    assert of(table.assign(share=0.0)).empty


def test_an_lsoa_without_a_group_is_in_none():
    table = some(group=["A", "B", *[None] * 8])
    assert of(table)["n_lsoas"].to_dict() == {"A": 1, "B": 1}


def test_no_rows_give_no_groups():
    assert list(of(some().iloc[:0]).columns) == list(measures.COLUMNS[1:])


def test_an_unknown_population_leaves_its_group_alone_without_figures():
    population = pd.array([None, *[1_000] * 9], dtype="Int64")
    figures = of(some(group=[*"AAAAABBBBB"], population=population))
    assert figures.loc["A", ["population", *MEASURES]].isna().tolist() == [
        True,
        True,
        True,
        False,
        True,
        True,
    ]
    assert (
        figures.loc["A", "why"]
        == "No figure weighed by people: the population is not known of 1 of its 5 LSOAs."
    )
    assert figures.loc["B", list(MEASURES)].notna().all()
    assert figures.loc["B", "why"] == ""


def test_an_unknown_score_rank_or_decile_is_said_and_never_zero():
    table = some(imd_score=float("nan"))
    assert np.isnan(of(table).loc["A", "average_score"])
    assert of(table).loc["A", "why"] == "No average score: the score is not known of any of its LSOAs."
    none = pd.array([None, *range(2, 11)], dtype="Int64")
    figures = of(some(imd_rank=none, imd_decile=none)).loc["A"]
    assert figures[["average_rank", "extent_share", "local_concentration"]].isna().all()
    assert np.isnan(figures["proportion_most_deprived_share"])
    assert figures["average_score"] == 10
    assert "the rank in England is not known of 1 of its 10 LSOAs" in figures["why"]
    assert "No proportion: the decile is not known of 1 of its 10 LSOAs." in figures["why"]


def test_an_lsoa_by_itself_has_its_own_figures_also_without_its_population():
    table = some(population=pd.array([None, *[1_000] * 9], dtype="Int64"), imd_score=np.arange(10.0))
    figures = summaries(table, by="lsoa_code", n=10)
    assert figures["average_score"].tolist() == list(range(10))
    assert figures["average_rank"].tolist() == list(range(10, 0, -1))
    assert figures["local_concentration"].tolist() == list(range(10, 0, -1))
    assert figures["proportion_most_deprived_share"].tolist() == [1, *[0] * 9]
    assert figures["why"].tolist() == ["No population: it is not known.", *[""] * 9]


def test_employment_is_weighed_by_people_of_working_age_or_not_at_all():
    table = some().rename(columns=lambda name: name.replace("imd_", "employment_"))
    figures = of(table, index="employment").loc["A"]
    assert np.isnan(figures["average_rank"])
    assert figures["proportion_most_deprived_share"] == 0.1
    assert figures["population"] == 10_000
    assert "the working-age population is not known of any" in figures["why"]
    at_work = table.assign(working_age_population=[600.25, *[0.0] * 8, 200.0])
    assert of(at_work, index="employment").loc["A", "average_rank"] == pytest.approx((6002.5 + 200) / 800.25)


def test_an_lsoa_by_itself_where_nobody_is_of_working_age_has_its_own_rank():
    table = some().rename(columns=lambda name: name.replace("imd_", "employment_"))
    table = table.assign(working_age_population=[0.0, *[10.0] * 9])
    figures = summaries(table, by="lsoa_code", n=10, index="employment")
    assert figures["average_rank"].tolist() == list(range(10, 0, -1))
    assert figures["why"].eq("").all()


def test_those_that_share_a_rank_share_the_mean_of_its_places():
    ranks = pd.Series([1, 2, 2, 4, 5, 5, 5, 8], index=[*"abcdefgh"])
    assert mean_ranks(ranks, n=8).tolist() == [1, 2.5, 2.5, 4, 6, 6, 6, 8]
    assert mean_ranks(ranks, n=9) is ranks


def test_rank_one_is_the_most_deprived_and_ties_share_the_best():
    table = pd.DataFrame({measure: [0.25, 0.0, 0.5, 0.0, 0.25, np.nan] for measure in MEASURES})
    placed = ranked(table)
    for column in RANK_COLUMNS:
        assert placed[column].tolist() == [2, 4, 1, 4, 2, pd.NA]
    assert set(SUMMARY_MEASURES) == set(MEASURES)


@pytest.fixture(scope="module")
def districts(realdata):
    """Our figures of the 317 districts of 2019, and those of MHCLG's File 10."""
    figures = ranked(summaries(england(realdata), by="lad_code", n=N)).set_index("code")
    theirs = published(realdata).loc["imd"]
    assert figures.index.equals(theirs.index)
    assert len(figures) == 317
    return figures, theirs


@pytest.mark.parametrize("measure", MEASURES)
def test_every_value_of_file_10_is_met(districts, measure):
    ours, theirs = districts
    assert (ours[measure] - theirs[measure]).abs().max() <= TOLERANCES[measure]


@pytest.mark.parametrize("measure", MEASURES)
def test_every_rank_of_file_10_is_met_but_where_neighbours_are_as_good_as_tied(districts, measure):
    ours, theirs = districts
    wrong = ours.index[ours[f"rank_of_{measure}"] != theirs[f"rank_of_{measure}"]]
    if measure == "local_concentration":
        # Stafford, with its prison, and Wandsworth are 0.02 apart, of 32,844.
        assert len(wrong) == 2
        assert np.ptp(ours.loc[wrong, measure]) <= 0.02
    else:
        assert wrong.empty


def test_all_but_the_districts_with_prisons_are_met_to_rounding(districts):
    ours, theirs = districts
    for measure, n_off in {"average_rank": 40, "local_concentration": 43}.items():
        assert ((ours[measure] - theirs[measure]).abs() > ROUNDING).sum() == n_off


@pytest.mark.parametrize("index", ["income", "education", "health", "crime", "barriers", "environment"])
def test_every_domain_of_file_10_is_met(realdata, index):
    ours = ranked(summaries(england(realdata), by="lad_code", n=N, index=index)).set_index("code")
    theirs = published(realdata).loc[index]
    assert (ours["average_rank"] - theirs["average_rank"]).abs().max() <= DOMAIN_RANK
    share = "proportion_most_deprived_share"
    assert (ours[share] - theirs[share]).abs().max() <= 0.0001
    assert (ours[f"rank_of_{share}"] == theirs[f"rank_of_{share}"]).all()
    assert (ours["rank_of_average_rank"] != theirs["rank_of_average_rank"]).sum() <= 2
    assert ours["average_score"].isna().all()


def test_employment_is_met_with_denominators_that_were_rounded_to_whole_people(realdata):
    ours = summaries(england(realdata), by="lad_code", n=N, index="employment").set_index("code")
    theirs = published(realdata).loc["employment"]
    assert (ours["average_rank"] - theirs["average_rank"]).abs().max() <= 1.1


@pytest.mark.parametrize(("district", "prison"), PRISONS.items())
def test_one_more_person_in_the_lsoa_of_a_prison_meets_every_index(realdata, district, prison):
    whole = england(realdata)
    more = whole.assign(population=whole["population"] + (whole["lsoa_code"] == prison).astype(int))
    for index in ("imd", "income", "education", "health", "crime", "barriers", "environment"):
        theirs = published(realdata).loc[(index, district), "average_rank"]
        off = [
            abs(
                summaries(each, by="lad_code", n=N, index=index)
                .set_index("code")
                .loc[district, "average_rank"]
                - theirs
            )
            for each in (whole, more)
        ]
        assert off[1] <= ROUNDING < off[0]
