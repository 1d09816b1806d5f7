"""Postcodes as people type them."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.postcode import normalise, normalise_all, readings, suggestion

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FORMS = r"[A-Z]{1,2}[0-9][A-Z0-9]? [0-9][A-Z]{2}"


@pytest.mark.parametrize(
    "typed",
    [
        "OX4 1BA",
        "ox4 1ba",
        "OX41BA ",
        "  Ox4  1Ba\n",
        "OX4\u00a01BA",
        "OX4\u20091BA",
        "OX4\t1BA",
        "OX4-1BA",
        "OX4.1BA",
        "'OX4 1BA",
        "OX4 1BA,",
        "\ufeffOX4\u200b 1BA",
        "\uff2f\uff38\uff14 \uff11\uff22\uff21",
        "O X 4 1 B A",
    ],
)
def test_a_postcode_is_read_however_it_is_typed(typed):
    assert normalise(typed) == "OX4 1BA"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("S1 1AA", "S1 1AA"),
        ("w1a0ax", "W1A 0AX"),
        ("EC1A1BB", "EC1A 1BB"),
        ("pr252qb", "PR25 2QB"),
        ("E1  0AA", "E1 0AA"),
    ],
)
def test_every_form_of_outward_code_is_read(typed, written):
    assert normalise(typed) == written


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "0X4 1BA",
        "OX4 1B",
        "OX4",
        "OXX4 1BA",
        "OX4 1BA Oxford",
        "OX444 1BA",
        "\u00df4 1BA",
        "OX\u0664 1BA",
        "n/a",
        "1" * 10_000_000,
    ],
)
def test_what_is_not_of_the_form_is_none(typed):
    assert normalise(typed) is None


@given(
    st.from_regex(FORMS, fullmatch=True),
    st.lists(st.sampled_from(" -.\u00a0\u200b"), max_size=9),
    st.randoms(),
)
def test_blanks_and_case_do_not_matter(postcode, blanks, random):
    typed = list(postcode.replace(" ", ""))
    for blank in blanks:
        typed.insert(random.randrange(len(typed) + 1), blank)
    text = "".join(random.choice([each.lower(), each.upper()]) for each in typed)
    assert normalise(text) == postcode
    assert normalise(postcode) == postcode


def test_a_column_is_normalised_on_its_index():
    texts = pd.Series(
        ["ox41ba", "x", "", None, "OX4 1BA"], index=[9, 3, 3, 1, 0], name="Postcode", dtype="str"
    )
    expected = pd.Series(
        ["OX4 1BA", None, None, None, "OX4 1BA"], index=texts.index, name="Postcode", dtype="str"
    )
    pd.testing.assert_series_equal(normalise_all(texts), expected)


@given(st.lists(st.one_of(st.text(max_size=12), st.from_regex(FORMS, fullmatch=True))))
def test_a_column_is_normalised_as_each_of_its_texts(texts):
    column = pd.Series([text.encode("utf-8", "ignore").decode() for text in texts], dtype="str")
    assert [each if isinstance(each, str) else None for each in normalise_all(column)] == [
        normalise(text) for text in column
    ]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("0X4 1BA", "OX4 1BA"),
        ("ox4 18a", "OX4 1BA"),
        ("OX4 IBA", "OX4 1BA"),
        ("OX4 lBA", "OX4 1BA"),
        ("5G1 1AA", "SG1 1AA"),
        ("TQ2 5BZ", None),
        ("PRI 2HE", "PR1 2HE"),
        ("OX4 1BA", None),
        ("hello", None),
        ("", None),
    ],
)
def test_characters_that_look_alike_are_suggested(typed, meant):
    assert suggestion(typed, known={"OX4 1BA", "SG1 1AA", "PR1 2HE"}) == meant


def test_a_suggestion_is_in_the_table_where_there_is_one():
    assert suggestion("0X4 1BA") == "OX4 1BA"
    assert suggestion("0X4 1BA", known={"OX4 1BB"}) is None


def test_two_readings_are_no_suggestion():
    # 1 is read as I or as L.
    assert suggestion("1S1 1AA", known={"LS1 1AA", "IS1 1AA"}) is None
    assert suggestion("1S1 1AA", known={"LS1 1AA"}) == "LS1 1AA"


def test_the_reading_that_changes_least_is_suggested():
    assert suggestion("0X1S 1BA", known={"OX1S 1BA", "OX15 1BA"}) == "OX1S 1BA"
    assert suggestion("0X1S 1BA", known={"OX15 1BA"}) == "OX15 1BA"


@given(st.text(max_size=10))
def test_a_suggestion_is_a_postcode_and_not_what_was_typed(text):
    meant = suggestion(text)
    assert meant is None or (normalise(meant) == meant and meant != normalise(text))


@given(st.text(alphabet="0O1IL5S8B2Z", min_size=5, max_size=7))
def test_no_text_takes_long_to_suggest_for(text):
    assert suggestion(text) is None or len(suggestion(text) or "") == len(text) + 1


@given(st.text("0O1IL2Z5S8BX4A ", max_size=9))
def test_a_suggestion_is_one_of_the_readings_whatever_is_known(typed):
    read = readings(typed)
    assert all(normalise(each) == each for each in read)
    assert normalise(typed) not in read
    assert {suggestion(typed)} <= {None, *read}
    for each in read:
        assert suggestion(typed, known={each}) == each
