"""Text search: forgiving of spelling, exact about numbers, blind to query languages."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis import search

PLACES = pd.DataFrame(
    {
        "name": [
            "Oxford Food Co-operative Limited",
            "Marston Housing Coop Ltd",
            "Blackbird Leys Community Centre",
            "Unit 1 Housing Co-op",
            "Unit 12 Housing Co-op",
            "Café Ünïque & Sons",
            "The Children's Allotment",
            "100% Organic_Veg (Oxford)",
            "Cowley Library",
        ],
        "category": [
            "food co-op",
            "housing co-op",
            "community centre",
            *["other"] * 3,
            None,
            "shop",
            "library",
        ],
        "sector": ["Retail", "Housing", None, "Housing", "Housing", "Food", None, "Retail", None],
        "ownership": ["Consumers", "Tenants", None, "Tenants", "Tenants", "Workers", None, None, None],
        "address": [
            "1 Cowley Road",
            None,
            "Blackbird Leys Road",
            None,
            None,
            "7 High Street",
            None,
            None,
            None,
        ],
        "postcode": ["OX4 1BA", None, "OX4 6HW", None, None, "OX1 4AA", None, None, "OX12 9AA"],
    },
    index=[10, 3, 7, 1, 2, 8, 4, 5, 6],
).astype("str")


def found(text, places=PLACES):
    kept = search.matches(places, text)
    return set(places.index[kept])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("food", {10, 8}),
        ("FOOD  oxford", {10}),
        ("oxford food cooperative ltd", {10}),
        ("oxford food co op", {10}),
        ("Oxford Foods Coopertive", {10}),
        ("housing co-operatives", {3, 1, 2}),
        ("comunity centr", {7}),
        ("libary", {6}),
        ("librayr", {6}),
        ("childrens alotment", {4}),
        ("Children’s", {4}),
        ("cafe unique and sons", {8}),
        ("CAFÉ", {8}),
        ("cow\u200bley", {10, 6}),
        ("blackbirdleys", {7}),
        ("tenants", {3, 1, 2}),
        ("community food", set()),
        ("xyzzy", set()),
    ],
)
def test_words_are_found_as_people_write_them(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("unit 1", {1}),
        ("unit 12", {2}),
        ("unit 7", set()),
        ("unit 2", set()),
        ("ox4 1ba", {10}),
        ("OX41BA", {10}),
        ("ox4 1bb", set()),
        ("ox4", {10, 7}),
        ("ox1", {8}),
        ("ox12", {6}),
    ],
)
def test_digits_must_agree_exactly(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize(("letters", "slips"), [("pub", 0), ("bank", 1), ("centre", 1), ("library", 2)])
def test_slips_allowed_grow_with_the_word(letters, slips):
    places = pd.DataFrame({"name": [letters]})
    for changed in range(3):
        spelt = "q" * changed + letters[changed:]
        assert search.matches(places, spelt).item() == (changed <= slips)


@pytest.mark.parametrize("text", ["'; DROP TABLE places; --", ".*", "^", "[", "(?:", "\\", "name:*", "*"])
def test_no_query_language_is_spoken(text):
    assert found(text) == set()


@pytest.mark.parametrize(
    ("text", "expected"), [("%", {5}), ("_", {5}), ("%_", set()), ("(", {5}), ("&", {8})]
)
def test_signs_without_words_are_literal(text, expected):
    assert found(text) == expected


@pytest.mark.parametrize("text", ["", "  ", "\t\n"])
def test_an_empty_text_is_in_every_place(text):
    assert search.matches(PLACES, text).all()
    assert search.relevance(PLACES, text).eq(1).all()


def test_small_words_may_be_left_out_unless_they_are_all_there_is():
    assert found("the cowley of library") == {6}
    assert found("Ltd") == {10, 3}


def test_the_name_and_the_exact_word_come_first():
    ranked = search.relevance(PLACES, "cowley").sort_values(ascending=False, kind="stable")
    assert ranked.index[:2].tolist() == [6, 10]
    places = pd.DataFrame({"name": ["Fool", "Foodshed", "Food"]})
    assert search.relevance(places, "food").rank(ascending=False).tolist() == [3, 2, 1]


def test_columns_that_are_not_there_and_values_that_are_na_are_no_obstacle():
    places = pd.DataFrame({"name": ["Co-op", None]}, index=["a", "b"])
    assert search.matches(places, "coop").to_dict() == {"a": True, "b": False}
    assert search.matches(places, "%").to_dict() == {"a": False, "b": False}
    assert search.matches(places.iloc[:0], "coop").empty
    assert search.matches(pd.DataFrame(index=[1, 2]), "coop").tolist() == [False, False]


words = st.text(alphabet="abcé19%_&-' \x1e\u202e", max_size=12)


@given(st.lists(words, min_size=1, max_size=8), words)
def test_a_place_is_found_or_not_whatever_stands_around_it(names, text):
    together = pd.DataFrame({"name": names})
    alone = [search.matches(together.loc[[row]], text).item() for row in together.index]
    assert search.matches(together, text).tolist() == alone


@given(words)
def test_every_name_finds_itself(name):
    assert search.matches(pd.DataFrame({"name": [name]}), name).all()


@given(st.text(max_size=60))
def test_any_text_at_all_is_a_fair_question(text):
    scores = search.relevance(PLACES, text)
    assert scores.between(0, 1).all()
    assert scores.index.equals(PLACES.index)
