"""Words spelt plainly, cut, and compared."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis import words


@pytest.mark.parametrize("written", ["Co-operative", "co-op", "Coop", "CO OP", "Co-operatives", "co-ops"])
def test_every_way_to_write_co_operative_is_one(written):
    assert words.plain_text(written) == "cooperative"


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("Cooper Street", "cooper street"),
        ("Co-working", "coworking"),
        ("Taco-operator", "taco-operator"),
        ("Coopers Ltd", "coopers limited"),
        ("ltda", "ltda"),
        ("Straße & Söhne’s", "strasse  and  sohnes"),
        ("OX41BA", "ox4 ox41ba 1ba"),
    ],
)
def test_other_words_are_left_as_they_are(written, plain):
    assert words.plain_text(written) == plain


def test_a_word_table_counts_words_and_neighbours_run_together():
    vocabulary, word, text = words.word_table(["Food bank", "", "Unit 1 bank"])
    occurrences = sorted((vocabulary[at], int(owner)) for at, owner in zip(word, text, strict=True))
    assert [each for each in occurrences if each[0] != words.BREAK] == [
        ("1", 2),
        ("bank", 0),
        ("bank", 2),
        ("food", 0),
        ("foodbank", 0),
        ("unit", 2),
    ]


@pytest.mark.parametrize("texts", [[], [""], ["", ""]])
def test_a_word_table_of_nothing_is_empty(texts):
    vocabulary, word, text = words.word_table(texts)
    assert set(vocabulary) <= {words.BREAK}
    assert len(word) == len(text)


def test_whole_before_begun_before_misspelt():
    scores = words.likeness("food", ["food", "foodshed", "fool", "bank"])
    assert scores.tolist() == sorted(scores, reverse=True)
    assert (scores > 0).tolist() == [True, True, True, False]
    assert scores[0] == 1


def test_a_query_reads_only_so_many_words():
    assert len(words.query_words(" ".join(f"word{n}" for n in range(1000)))) == words.MOST_WORDS


@given(st.lists(st.text(alphabet="abc12", min_size=1, max_size=9), min_size=1, max_size=6))
def test_likeness_is_between_nothing_and_whole_and_only_the_word_itself_is_whole(vocabulary):
    scores = words.likeness(vocabulary[0], vocabulary)
    assert ((scores >= 0) & (scores <= 1)).all()
    np.testing.assert_array_equal(scores == 1, [word == vocabulary[0] for word in vocabulary])
