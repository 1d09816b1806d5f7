"""Plain words say what the numbers say, in the singular and in the plural."""

import pandas as pd
import pytest

from mapping.render import summary


def areas(*rows: tuple[float | None, int]) -> pd.DataFrame:
    """Rows of decile and places shown."""
    table = pd.DataFrame(rows, columns=["decile", "n_places"])
    return table.astype({"decile": "Int64"})


def places(n: int, *, hidden: int = 0) -> pd.DataFrame:
    return pd.DataFrame({"easting": [float("nan")] * hidden + [1.0] * (n - hidden)})


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            [(1, 0), (2, 4), (3, 0)],
            "2 of Oxford’s 3 LSOAs are among England’s most deprived fifth; 1 of them has no",
        ),
        (
            [(1, 0), (2, 0)],
            "2 of Oxford’s 2 LSOAs are among England’s most deprived fifth; 2 of them have no",
        ),
        (
            [(2, 1), (9, 0)],
            "1 of Oxford’s 2 LSOAs is among England’s most deprived fifth; it has at least one",
        ),
        ([(2, 0)], "1 of Oxford’s 1 LSOA is among England’s most deprived fifth; it has no recorded place."),
        ([(9, 0), (None, 0)], "None of Oxford’s 2 LSOAs is among England’s most deprived fifth."),
    ],
)
def test_deprived_areas_and_those_without_a_place(rows: list[tuple[float | None, int]], said: str) -> None:
    sentence = summary.areas_sentence(
        areas(*rows), council="Oxford", geography="lsoa", index="imd", filtered=False
    )
    assert sentence.startswith(said)


def test_wards_have_average_ranks_and_domains_are_named() -> None:
    sentence = summary.areas_sentence(
        areas((1, 0), (2, 0)), council="Torbay", geography="ward", index="crime", filtered=True
    )
    assert sentence == (
        "2 of Torbay’s 2 wards have average ranks in England’s most deprived fifth for crime; "
        "2 of them have no place that these filters show."
    )


@pytest.mark.parametrize(
    ("n", "hidden", "of", "said"),
    [
        (3, 0, 3, "Showing all 3 places recorded in Oxford."),
        (
            1,
            1,
            3,
            "Showing 1 of 3 places recorded in Oxford. 1 of them has no published location: it is",
        ),
        (0, 0, 3, "Showing 0 of 3 places recorded in Oxford."),
    ],
)
def test_how_many_places(n: int, hidden: int, of: int, said: str) -> None:
    assert summary.places_sentence(places(n, hidden=hidden), places(of), council="Oxford").startswith(said)


@pytest.mark.parametrize(
    ("stamp", "said"), [("2017", "2017"), ("2023-06", "June 2023"), ("2018-03-09", "9 March 2018")]
)
def test_dates_are_said_as_people_say_them(stamp: str, said: str) -> None:
    assert summary.date_words(stamp) == said


def test_a_decile_explains_itself() -> None:
    assert summary.decile_words(1) == "1 of 10 (most deprived 10 % of England)"
    assert summary.decile_words(4) == "4 of 10"
    assert summary.decile_words(pd.NA) == "No figure"


def test_no_record_is_not_none_there() -> None:
    record = pd.DataFrame({"category": ["museum", "library"], "completeness": ["not surveyed", "recorded"]})
    said = summary.thin_sentence(record, council="Oxford")
    assert said == "“No record” does not mean “none there”. Not surveyed in Oxford: museum."
