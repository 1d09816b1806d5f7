"""What is said of gaps is what the figures support: nothing made up, nothing rounded away, no nan."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.analysis.question import DECAYS, LACKS, NEEDS, Question
from mapping.editions import INDICES
from mapping.render import gap_words
from mapping.render.gap_facts import fact_words
from mapping.render.place_words import what_words
from tests.unit.gap_answers import LIBRARY, NONE, answer, line, standing

WHAT = what_words(categories=["library"])
AREA = {
    "gap_rank": 3,
    "gap_rank_low": 2,
    "gap_rank_high": 5,
    "need_share": 0.78,
    "within_share": 0.48,
    "people_beyond": 3210.4,
    "need_people_beyond": 2504.6,
    "mean_distance_m": 641.2,
    "p90_distance_m": 1249.9,
    "n_within": 2,
    "n_inside": 1,
    "per_10000": 1.63,
    "nearest_place": "Cowley Library",
}


def said(view):
    return gap_words.summary_sentence(view, council="Oxford", what=WHAT)


def test_the_summary_says_who_is_near_who_is_not_and_where():
    assert said(answer()) == (
        "61 % of Oxford’s people live within 800 m of a library (straight line × 1.3); 3,900 live farther "
        "away, 812 of them in England’s most deprived fifth. The largest gaps are Leys and Barton; under "
        "other reasonable choices they rank 1st to 3rd and 1st to 4th."
    )


@pytest.mark.parametrize(
    ("total", "sentence"),
    [
        (
            {"within_share": 1.0, "people_beyond": 0.0},
            "100 % of Oxford’s people live within 800 m of a library (straight line × 1.3).",
        ),
        (
            {"people_beyond": 1.0, "need_people_beyond": 0.2, "within_share": 0.9999},
            "Over 99 % of Oxford’s people live within 800 m of a library (straight line × 1.3); 1 lives "
            "farther away, none of them in England’s most deprived fifth.",
        ),
        (
            {"population": NONE, "people_beyond": NONE, "need_people_beyond": NONE},
            "61 % of Oxford is within 800 m of a library (straight line × 1.3), each LSOA counting as one: "
            "how many people live in them is not held.",
        ),
        (
            {"n_places": 0, "within_share": 0.0},
            "No library is recorded in or near Oxford, so nobody counts as living within 800 m of one.",
        ),
        (
            {"within_share": NONE},
            "How near Oxford’s people live to a library is not known: none is on record.",
        ),
    ],
)
def test_what_is_not_known_or_not_there_is_said_so(total, sentence):
    assert gap_words.coverage_sentence(answer(**total), council="Oxford", what=WHAT) == sentence


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("Leys", 0.5, 1, 1, 1)], "The largest gap is Leys, under every choice tried."),
        (
            [("Leys", 0.5, 1, 1, 2), ("Cowley", 0.0, 2, 1, 2)],
            "The largest gap is Leys; under other reasonable choices it ranks 1st to 2nd.",
        ),
        (
            [(name, 0.5, 1, 1, 9) for name in "EDCBA"],
            "The largest gaps are A, B, C and 2 more that tie.",
        ),
        (
            [("Cowley", 0.0, 1, 1, 2), ("None", NONE, None, None, None)],
            "No area has a gap by these choices: nobody here counts as living in England’s most deprived "
            "fifth.",
        ),
        ([("None", NONE, None, None, None)], ""),
    ],
)
def test_the_largest_gaps_are_named_with_how_sure_they_are(rows, sentence):
    assert gap_words.largest_sentence(answer(rows=rows)) == sentence


def test_people_in_need_who_are_all_near_are_not_called_nobody():
    view = answer(rows=[("Cowley", 0.0, 1, 1, 2)])
    view.areas["need_share"] = 0.4
    assert gap_words.largest_sentence(view) == "No area has a gap by these choices."


@pytest.mark.parametrize(
    ("lines", "left_out", "sentences"),
    [
        ((LIBRARY,), 0, ()),
        (
            (line(), LIBRARY),
            0,
            ("Check first: the record of food banks is thin (May 2024): Give Food; others are missing.",),
        ),
        (
            (line("care provider", "not surveyed", "2026", "Not surveyed; the CQC has a list"),),
            0,
            ("Care providers: not surveyed; the CQC has a list.",),
        ),
        (
            (line("GP surgery", "not surveyed", "", "NHS lists are not in the pilot"),),
            0,
            ("GP surgeries: not surveyed. NHS lists are not in the pilot.",),
        ),
        (
            tuple(line(each) for each in ("club", "hall", "pub", "shop")),
            1,
            (
                "Check first: the record of clubs, halls, pubs and shops is thin.",
                "1 library has no published position and is not counted.",
            ),
        ),
        ((LIBRARY,), 43, ("43 libraries have no published position and are not counted.",)),
    ],
)
def test_what_the_record_does_not_know_is_said(lines, left_out, sentences):
    told = gap_words.record_sentences(standing(*lines), n_left_out=left_out, what=WHAT)
    assert told == sentences


@pytest.mark.parametrize(
    ("ranks", "words"),
    [
        ((3, 2, 5), "3rd; 2nd to 5th under other reasonable choices"),
        ((1, 1, 1), "1st under every choice tried"),
        ((12, 2, 113), "12th; 2nd to 113th under other reasonable choices"),
        ((pd.NA, pd.NA, pd.NA), "No rank"),
        ((4, pd.NA, pd.NA), "4th"),
    ],
)
def test_a_rank_comes_with_its_range(ranks, words):
    row = dict(zip(("gap_rank", "gap_rank_low", "gap_rank_high"), ranks, strict=True))
    assert gap_words.rank_words(row) == words
    assert gap_words.rank_words(pd.Series(row, dtype="Int64")) == words


def test_a_number_has_its_ending():
    ordinals = [gap_words.ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 101, 111, 1_022)]
    assert " ".join(ordinals) == "1st 2nd 3rd 4th 11th 12th 13th 21st 101st 111th 1,022nd"


@given(st.floats(0, 1))
@settings(max_examples=50)
def test_a_share_reads_as_nothing_or_all_only_where_it_is(share):
    words = gap_words.share_words(share)
    assert (words == "0 %") == (share == 0)
    assert (words == "100 %") == (share == 1)
    number = float(words.split()[-2])
    assert abs(number - 100 * share) <= 1


@pytest.mark.parametrize(
    ("metres", "words"), [(4.9, "0 m"), (641, "640 m"), (994, "990 m"), (996, "1.0 km"), (NONE, "none")]
)
def test_a_distance_is_no_finer_than_it_is_known(metres, words):
    assert gap_words.distance_words(metres) == words


def test_every_choice_has_its_words():
    assert set(gap_words.IN_NEED) == set(NEEDS)
    assert set(gap_words.LACKING) == set(LACKS)
    assert set(gap_words.NEARNESS) == set(DECAYS)
    said = {
        gap_words.lack_words(Question(lack=lack, decay=decay), metric_words="on foot")
        for lack in LACKS
        for decay in DECAYS
    }
    assert len(said) == len(LACKS) * len(DECAYS)
    assert all("800 m" in each and each.endswith("Distances: on foot.") for each in said)


@pytest.mark.parametrize("index", INDICES)
def test_need_names_the_domain_where_it_is_one(index):
    words = gap_words.need_words(Question(need="fifth", index=index))
    assert words.startswith("in England’s most deprived fifth")
    assert (INDICES[index].lower() in words) == (index != "imd")
    by_degrees = gap_words.need_words(Question(need="extent", index="crime"))
    assert by_degrees.startswith("in need by MHCLG’s extent for crime, which counts")


def test_an_edge_is_told_only_where_there_is_one():
    assert (gap_words.edge_words(0.0), gap_words.edge_words(NONE)) == ("", "")
    assert gap_words.edge_words(0.23).startswith("Near an edge: 23 % of its people may be served")


def test_the_card_has_a_fact_for_each_figure_that_is_known():
    facts = dict(fact_words(AREA, question=Question(), what=WHAT))
    assert facts == {
        "Gap": "3rd; 2nd to 5th under other reasonable choices",
        "People in England’s most deprived fifth": "78 %",
        "Farther than 800 m from a library": "3,210 people (52 %)",
        "Of them in England’s most deprived fifth": "2,505",
        "Mean distance to the nearest": "640 m",
        "9 in 10 people have one within": "1.2 km",
        "Within 800 m of somebody here": "2 libraries",
        "Inside": "1 library",
        "For each 10,000 people": "1.6",
        "Nearest to most people": "Cowley Library",
    }
    nothing = dict.fromkeys(AREA, pd.NA)
    assert fact_words(nothing, question=Question(), what=WHAT) == (("Gap", "No rank"),)


@given(
    st.fixed_dictionaries(
        {
            "population": st.sampled_from([NONE, 0.0, 10_000.0]),
            "within_share": st.sampled_from([NONE, 0.0, 0.001, 0.5, 1.0]),
            "people_beyond": st.sampled_from([0.0, 0.4, 5_000.0]),
            "need_people_beyond": st.sampled_from([0.0, 17.0]),
            "n_places": st.sampled_from([0.0, 3.0]),
        }
    )
)
@settings(max_examples=30)
def test_no_sentence_says_nan(total):
    assert "nan" not in said(answer(**total)).lower().split()
