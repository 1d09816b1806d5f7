"""Other weights for the domains: the official method, England ranked again, and never called official."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.analysis.measures import summaries
from mapping.analysis.weighting import movers, normalised, parse_weights, reweighted, transformed, words
from mapping.editions import DOMAINS, OFFICIAL_WEIGHTS
from mapping.errors import UnusableWeightsError
from tests.unit.england_2019 import N, england, published

weights_of = st.dictionaries(st.sampled_from(DOMAINS), st.floats(0.01, 100), min_size=1)


def small(n=10, *, held=None):
    """A country of n LSOAs, or the `held` of them: most deprived first in income, last in all else."""
    ranks = {f"{domain}_rank": range(n, 0, -1) for domain in DOMAINS} | {"income_rank": range(1, n + 1)}
    table = pd.DataFrame({"lsoa_code": [f"E010{at:05d}" for at in range(n)], **ranks})
    return table.iloc[:held].set_axis([f"row {at}" for at in range(held or n)])


def test_the_transformed_scores_run_from_nearly_none_to_a_hundred():
    scores = transformed(pd.Series([1, 100, 500, 1000], index=[*"abcd"]), n=1000)
    assert scores["a"] == pytest.approx(100)
    # A tenth of England has the upper half of the scale.
    assert scores["b"] == pytest.approx(50.5, abs=0.2)
    assert scores["c"] == pytest.approx(15.7, abs=0.1)
    assert 0 < scores["d"] < 0.03


def test_an_unknown_rank_has_no_transformed_score():
    scores = transformed(pd.Series([1, None], dtype="Int64"), n=5)
    assert scores.notna().tolist() == [True, False]


def test_one_domain_alone_ranks_by_it():
    table = small()
    own = reweighted(table, {"income": 3}, n=10)
    assert own.index.equals(table.index)
    assert own["rank"].tolist() == own["decile"].tolist() == list(range(1, 11))
    assert reweighted(table, {"crime": 1}, n=10)["rank"].tolist() == list(range(10, 0, -1))
    assert own["why"].eq("").all()


def test_equal_scores_share_the_best_rank():
    table = small(4).assign(income_rank=[1, 2, 2, 4], crime_rank=[1, 2, 2, 4])
    assert reweighted(table, {"income": 1, "crime": 1}, n=4)["rank"].tolist() == [1, 2, 2, 4]


@settings(max_examples=30)
@given(weights_of, st.floats(0.1, 50))
def test_only_the_proportions_of_weights_count(weights, factor):
    scaled = {domain: weight * factor for domain, weight in weights.items()}
    assert normalised(scaled) == pytest.approx(normalised(weights), rel=2e-3)
    assert sum(normalised(weights).values()) == pytest.approx(1, abs=0.0015)
    assert list(normalised(weights)) == list(DOMAINS)


def test_part_of_england_has_no_rank_in_england_and_says_so():
    own = reweighted(small(held=3), OFFICIAL_WEIGHTS, n=10)
    assert sorted(own["rank"]) == [1, 2, 3]
    assert own["decile"].isna().all()
    assert own["why"].str.contains("3 of its 10 are held").all()
    whole = reweighted(small(), OFFICIAL_WEIGHTS, n=10)
    assert own["score"].tolist() == whole["score"].iloc[:3].tolist()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not like income=0.3"),
        ("income", "not like income=0.3"),
        ("income=much", "no number"),
        ("idaci=1", "No such domain: idaci"),
        ("income=-1,crime=2", "not so: income=-1"),
        ("income=nan", "not so: income=nan"),
        ("income=inf", "not so: income=inf"),
        ("income=0,crime=0", "add up to nothing"),
        ("income=1e308,crime=1e308", "add up to nothing"),
        ("income=1,Income=2", "income comes twice"),
    ],
)
def test_weights_that_are_none_are_refused_with_what_to_do(text, reason):
    with pytest.raises(UnusableWeightsError, match=reason):
        parse_weights(text)


def test_weights_are_read_as_they_are_written():
    assert parse_weights(" Income = 0.3, crime=2 ") == {"income": 0.3, "crime": 2}


def test_the_words_say_each_share_and_what_was_divided():
    told = words({"income": 3, "crime": 1})
    assert told.startswith("income 75.0 %, employment 0.0 %")
    assert told.endswith("(as given they added up to 4; divided by that)")
    # As published they add up to 0.999.
    assert normalised(OFFICIAL_WEIGHTS) == OFFICIAL_WEIGHTS
    assert words(OFFICIAL_WEIGHTS).endswith("environment 9.3 %")


def test_those_that_move_most_come_first_whichever_way():
    before = pd.Series({"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}, dtype="Int64")
    after = pd.Series({"b": 5, "a": 1, "d": 1, "c": 2, "x": 3}, dtype="Int64")
    moved = movers(before, after, most=3)
    assert moved.to_numpy().tolist() == [["b", 2, 5, 3], ["d", 4, 1, -3], ["c", 3, 2, -1]]


@pytest.fixture(scope="module")
def whole(realdata):
    return england(realdata)


@pytest.mark.parametrize("domain", DOMAINS)
def test_file_9_is_met(whole, domain):
    ours = transformed(whole[f"{domain}_rank"], n=N)
    assert (ours - whole[f"{domain}_transformed"]).abs().max() <= 0.00055


def test_with_the_official_weights_the_published_ranks_of_all_england_come_out(whole):
    own = reweighted(whole, OFFICIAL_WEIGHTS, n=N)
    assert (own["rank"] - whole["imd_rank"]).abs().max() <= 1
    assert (own["rank"] == whole["imd_rank"]).mean() > 0.999
    assert (own["decile"] == whole["imd_decile"]).all()
    assert (own["score"] - whole["imd_score"]).abs().max() <= 0.0005


def test_with_the_official_weights_the_published_summaries_come_out(realdata, whole):
    own = reweighted(whole, OFFICIAL_WEIGHTS, n=N)
    remade = whole.assign(imd_score=own["score"], imd_rank=own["rank"], imd_decile=own["decile"])
    ours = summaries(remade, by="lad_code", n=N).set_index("code")
    theirs = published(realdata).loc["imd"]
    assert np.allclose(ours["average_score"], theirs["average_score"], atol=0.0006)
    assert np.allclose(ours["average_rank"], theirs["average_rank"], atol=0.2)
