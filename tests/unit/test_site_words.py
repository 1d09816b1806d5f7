"""Where one more would help, and what a plan changes: said with how sure it is, and only what is known."""

from types import SimpleNamespace

import pandas as pd
import pytest

from mapping.analysis.question import CANDIDATES, MOST_ADDED, Question
from mapping.render.place_words import what_words
from mapping.render.site_words import (
    NUMBERS,
    OFFERED,
    alternative_words,
    loss_words,
    scenario_sentence,
    site_sentence,
)
from tests.unit.gap_answers import NONE

WHAT = what_words(categories=["library"])
BASE = {
    "within_share": 0.29,
    "people_beyond": 115_142.0,
    "need_people_beyond": 5_245.0,
    "mean_distance_m": 1_231.0,
}


def sites(*names, alternatives=(), **options):
    given = {
        "chosen": pd.DataFrame({"order": range(1, len(names) + 1), "name": list(names)}),
        "newly_within": 7_431.0,
        "newly_within_need": 3_112.4,
        "newly_within_fifth": 3_112.4,
        "alternatives": pd.DataFrame(list(alternatives), columns=["site", "name", "loss_share"]),
        "has_equal": False,
        "is_proven": True,
        "shortfall_share": 0.0,
        "n_candidates": 27,
        "why": "",
    }
    return SimpleNamespace(**given | options)


def said(found, candidates="buildings", **question):
    return site_sentence(found, question=Question(**question), what=WHAT, candidates=candidates)


def test_the_answer_is_one_sentence_and_its_proof():
    assert said(sites("A", "B", "C")) == (
        "Three more libraries, at A, B and C, would bring 7,431 people within 800 m, 3,112 of them in "
        "England’s most deprived fifth. Proven the best possible among 27 community buildings."
    )
    assert said(sites("A"), within_m=1500).startswith("One more library, at A, would bring 7,431 people")


def test_what_is_not_proven_says_how_much_it_may_lack():
    found = sites("A", is_proven=False, shortfall_share=0.0213, n_candidates=1)
    assert said(found, candidates="postcodes").endswith(
        "The best found among 1 postcode in the time given: it lacks at most 2.1 % of the best possible."
    )
    assert "lacks an unknown part" in said(sites("A", is_proven=False, shortfall_share=1.0))


def test_another_need_than_the_fifth_tells_both():
    words = said(sites("A", newly_within_fifth=900.0), need="third")
    assert "3,112 of them in England’s most deprived 30 % (900 in the most deprived fifth)." in words
    assert "(" not in said(sites("A", newly_within_fifth=NONE), need="third")


def test_people_who_are_not_held_are_not_counted():
    words = said(sites("A", newly_within=NONE, newly_within_need=NONE, newly_within_fifth=NONE))
    assert words.startswith("One more library, at A, would bring more people within 800 m. Proven")


@pytest.mark.parametrize(
    ("rows", "has_equal", "words"),
    [
        ((), False, "community buildings."),
        ((), None, "community buildings."),
        ((), True, "Another choice of sites would do as well."),
        (((1, "X", 0.0), (2, "Y", 0.004)), True, "X would do as well for one of them."),
        (((1, "X", 0.0), (2, "Y", 0.0)), True, "X and Y would do as well for one of them."),
        ([(1, name, 0.0) for name in "VWXYZ"], True, "5 other sites would do as well for one of them: "),
    ],
)
def test_sites_that_would_do_as_well_are_named(rows, has_equal, words):
    found = said(sites("A", "B", alternatives=rows, has_equal=has_equal))
    assert words in found
    assert ("as well" in found) == (has_equal is True)


def test_fewer_sites_than_asked_for_say_why():
    why = "Two are enough: nobody in need is left farther away."
    assert said(sites(why="Nobody in need is farther away.")) == "Nobody in need is farther away."
    assert said(sites("A", "B", why=why)).endswith(why)


def test_alternatives_say_what_each_would_lose():
    rows = pd.DataFrame(
        [(1, "X", 0.0), (1, "Y", 0.0004), (2, "Z", 0.009)], columns=["site", "name", "loss_share"]
    )
    assert alternative_words(rows, 1) == "X (as good); Y (under 0.1 % fewer)"
    assert alternative_words(rows, 2) == "Z (0.9 % fewer)"
    assert alternative_words(rows, 3) == alternative_words(rows.iloc[:0], 1) == ""
    assert (loss_words(0.0005), loss_words(0.0123)) == ("0.1 %", "1.2 %")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        (
            {
                "within_share": 0.35,
                "people_beyond": 105_917.0,
                "need_people_beyond": 5_000.0,
                "mean_distance_m": 1_100.0,
            },
            "Plan A: 35 % within 800 m instead of 29 %: 9,225 more people near one, 245 of them in England’s "
            "most deprived fifth; mean distance 1.1 km instead of 1.2 km.",
        ),
        ({}, "Plan A: 29 % within 800 m, as without it."),
        # What reads alike is not set against itself.
        (
            {"people_beyond": 115_042.0, "mean_distance_m": BASE["mean_distance_m"] - 2},
            "Plan A: 29 % within 800 m: 100 more people near one.",
        ),
        (
            {"within_share": 0.28, "people_beyond": 115_143.0, "need_people_beyond": 5_246.0},
            "Plan A: 28 % within 800 m instead of 29 %: 1 fewer person near one, 1 of them in England’s most "
            "deprived fifth.",
        ),
        (
            {
                "within_share": 0.3,
                "people_beyond": 115_000.0,
                "need_people_beyond": 5_255.0,
                "mean_distance_m": NONE,
            },
            "Plan A: 30 % within 800 m instead of 29 %: 142 more people near one, but 10 fewer in England’s "
            "most deprived fifth.",
        ),
        ({"within_share": NONE}, "Plan A: what it changes is not known."),
    ],
)
def test_a_plan_says_what_it_changes(changed, words):
    assert scenario_sentence(BASE | changed, BASE, name="Plan A", question=Question()) == words


def test_every_choice_has_its_words():
    assert set(OFFERED) == set(CANDIDATES)
    assert len(NUMBERS) == MOST_ADDED + 1
