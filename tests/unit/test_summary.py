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
        (
            [(2, 0)],
            "1 of Oxford’s 1 LSOA is among England’s most deprived fifth; it has no recorded",
        ),
        ([(9, 0)], "None of Oxford’s 1 LSOA is among England’s most deprived fifth."),
    ],
)
def test_deprived_areas_and_those_without_a_place(rows: list[tuple[float | None, int]], said: str) -> None:
    sentence = summary.areas_sentence(
        areas(*rows), council="Oxford", geography="lsoa", index="imd", told="recorded place"
    )
    assert sentence.startswith(said)


def test_a_ward_s_average_does_not_hide_its_deprived_lsoas_nor_a_ward_without_a_figure() -> None:
    wards = areas((1, 0), (2, 0), (4, 3), (8, 1), (None, 0)).assign(
        name=["A", "B", "C", "D", "Holywell"], most_deprived_fifth_share=[1, 1, 0.3, 0, None]
    )
    sentence = summary.areas_sentence(
        wards, council="Oxford", geography="ward", index="crime", told="recorded place"
    )
    assert sentence == (
        "2 of Oxford’s 4 wards have average ranks in England’s most deprived fifth for crime; "
        "2 of them have no "
        "recorded place with a published location. 1 other ward holds LSOAs that are in it. "
        "1 ward has no figure: Holywell."
    )


def test_wards_that_hide_deprived_lsoas_are_others_only_where_there_are_some() -> None:
    wards = areas((4, 3), (5, 1)).assign(name=["A", "B"], most_deprived_fifth_share=[0.3, 0.1])
    sentence = summary.areas_sentence(wards, council="Oxford", geography="ward", index="imd", told="")
    assert sentence == (
        "None of Oxford’s 2 wards has an average rank in England’s most deprived fifth. "
        "2 wards hold LSOAs that are in it."
    )


def test_where_places_are_kept_by_distance_an_empty_area_is_no_news() -> None:
    sentence = summary.areas_sentence(areas((1, 0)), council="Oxford", geography="lsoa", index="imd", told="")
    assert sentence == "1 of Oxford’s 1 LSOA is among England’s most deprived fifth."


def test_what_is_chosen_is_said() -> None:
    said = summary.places_sentence(places(1), places(3), council="Oxford", chosen="category library")
    assert said == "Showing 1 of 3 places recorded in Oxford (category library)."


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


def test_an_empty_record_is_said_to_be_one() -> None:
    said = summary.places_sentence(places(0), places(0), council="Leeds")
    assert said == "No place is recorded in Leeds yet: its record has still to be made."
    record = pd.DataFrame({"category": ["museum", "library"], "completeness": ["not surveyed"] * 2})
    said = summary.thin_sentence(record, council="Leeds")
    assert said == "“No record” does not mean “none there”: Leeds has not been surveyed yet."


def test_no_record_is_not_none_there() -> None:
    record = pd.DataFrame({"category": ["museum", "library"], "completeness": ["not surveyed", "recorded"]})
    said = summary.thin_sentence(record, council="Oxford")
    assert said == "“No record” does not mean “none there”. Not surveyed in Oxford: museum."
