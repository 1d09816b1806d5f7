"""A council and areas side by side in words: ranks and ties, none and all, what is not known."""

from typing import Any

import pytest

from mapping.render import profile_compared as compared
from mapping.render import profile_council as words
from mapping.render import profile_unknown as unknown
from mapping.render.place_words import what_words
from mapping.render.profile_council import Council, Largest
from mapping.render.profile_words import Recorded, Standing

OXFORD = Council(
    name="Oxford",
    edition="2019",
    index="imd",
    n_wards=24,
    n_lsoas=83,
    n_first=1,
    population=150_000,
    fifth=15_000,
)
MOST = "among England’s most deprived 10 %"
FIFTH = "in England’s most deprived fifth"


def council(**fields: Any) -> Council:
    return Council(**{**vars(OXFORD), **fields})


def largest(what: str, *areas: str, **fields: Any) -> Largest:
    given: dict[str, Any] = {"within_m": 800, "within_share": 0.25}
    return Largest(what=what_words(categories=(what,)), areas=areas, **{**given, **fields})


def standing(name: str, rank: float | None, geography: str = "ward") -> Standing:
    decile = None if rank is None else 1
    where: dict[str, Any] = {"council": "Oxford", "edition": "2025", "index": "imd"}
    return Standing(name=name, geography=geography, rank=rank, decile=decile, **where)


def test_a_rank_is_said_where_all_of_england_is_held_and_not_otherwise() -> None:
    assert words.rank_sentence(council(rank=190)) == (
        "Of England’s 317 districts it ranks 190 by average rank; 1 is the most deprived."
    )
    assert "ranks joint 190 by average rank for crime" in words.rank_sentence(
        council(rank=190, is_joint=True, index="crime")
    )
    assert words.rank_sentence(OXFORD) == (
        "How it ranks among England’s districts is not known here: not all of England is held."
    )


@pytest.mark.parametrize(
    ("n", "first", "said"),
    [
        (83, 0, f"None of its LSOAs is {MOST}."),
        (83, 1, f"1 of its LSOAs is {MOST}."),
        (83, 12, f"12 of its LSOAs are {MOST}."),
        (83, 83, f"All its LSOAs are {MOST}."),
        (0, 0, ""),
    ],
)
def test_how_many_lsoas_are_in_the_first_decile(n: int, first: int, said: str) -> None:
    assert words.first_sentence(council(n_lsoas=n, n_first=first)) == said


@pytest.mark.parametrize(
    ("population", "fifth", "said"),
    [
        (1000, None, ""),
        (1000, 0, f" None of them live {FIFTH}."),
        (1000, 1000, f" All of them live {FIFTH}."),
        (1000, 1, f" Of them 1 (under 1 %) lives {FIFTH}."),
        (1000, 250, f" Of them 250 (25 %) live {FIFTH}."),
    ],
)
def test_who_lives_in_it(population: int, fifth: int | None, said: str) -> None:
    told = words.people_sentence(council(population=population, fifth=fifth))
    assert told == f"Its population is 1,000 (residents, mid-2015, less prisoners).{said}"
    assert words.people_sentence(council(population=None)) == "How many people live here is not known."


def test_the_largest_gaps_are_gathered_by_where_they_are() -> None:
    found = [
        largest("library", "Leys"),
        largest("pub", "Barton", "Cowley"),
        largest("shop", "Leys"),
        largest("food bank", "Marston", is_thin=True),
        largest("theatre", "A", "B", "C", "D"),
        largest("museum"),
    ]
    assert words.largest_sentence(found) == (
        "The largest gaps are in Leys for libraries and shops; in Barton and Cowley for pubs."
    )
    assert words.largest_sentence(found[3:]) == ""


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (largest("library", "Leys"), "Libraries: 25 % live within 800 m; the largest gap is in Leys."),
        (
            largest("pub", "A", "B", is_thin=True, within_share=0.001),
            "Pubs: under 1 % live within 800 m; the largest gaps are in A and B. Check first: thin record.",
        ),
        (
            largest("pub", "A", "B", "C", "D"),
            "Pubs: 25 % live within 800 m; the largest gaps are in 4 wards.",
        ),
        (largest("pub"), ""),
        (largest("pub", "A", is_silent=True), ""),
        (largest("pub", "A", within_share=None), ""),
    ],
)
def test_a_kind_of_place_on_a_slide(told: Largest, line: str) -> None:
    assert words.gap_line(told) == line


def test_the_point_says_where_the_places_are_recorded() -> None:
    said = words.point(OXFORD, Recorded(n_coops=2, n_assets=1), [largest("library", "Leys")])
    assert said.startswith("Oxford has 24 wards and 83 LSOAs in the edition of 2019. How it ranks ")
    assert "3 places are recorded in Oxford: 2 co-operatives and 1 community asset." in said
    assert said.endswith("The largest gaps are in Leys for libraries.")


def test_a_fact_that_is_not_known_is_left_out_or_said() -> None:
    told = dict(words.facts(council(rank=None, population=None, fifth=None), Recorded(n_coops=1, n_assets=0)))
    assert told["Population"] == "not in the files held"
    assert "Rank among districts, by average rank" not in told
    assert dict(words.facts(council(rank=7), Recorded(n_coops=1, n_assets=0)))[
        "Rank among districts, by average rank"
    ] == ("7 of 317")


@pytest.mark.parametrize(
    ("ranks", "said"),
    [
        (
            {"A": 5.0, "B": 9.0},
            "Of these, A is the most deprived by average rank and B the least.",
        ),
        (
            {"A": 5.0, "B": 5.0, "C": 9.0},
            "Of these, A and B are the most deprived by average rank and C the least.",
        ),
        ({"A": 5.0, "B": 5.0}, "A and B stand alike by average rank."),
        (
            {"A": 5.0, "B": None, "C": 9.0},
            "Of these, A is the most deprived by average rank and C the least. B has no figure.",
        ),
        ({"A": 5.0, "B": None}, "B has no figure."),
        ({"A": None, "B": None}, "A and B have no figure."),
    ],
)
def test_areas_side_by_side_are_put_in_order(ranks: dict[str, float | None], said: str) -> None:
    assert compared.order_sentence([standing(name, rank) for name, rank in ranks.items()]) == said


def test_areas_of_the_same_name_are_told_apart_by_their_codes() -> None:
    alike = [standing("Hill", 1.0), standing("Hill", 2.0), standing("Vale", 3.0)]
    assert compared.heads_of(alike, ["E1", "E2", "E3"]) == ["Hill (E1)", "Hill (E2)", "Vale"]


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, ""),
        (
            1,
            "1 place of Oxford has no published address, as its registered office may be a home. "
            "It is counted with the council only.",
        ),
        (
            2,
            "2 places of Oxford have no published address, as their registered offices may be homes. "
            "They are counted with the council only.",
        ),
    ],
)
def test_withheld_places_are_counted_with_the_council(n: int, said: str) -> None:
    assert unknown.withheld_sentence(n, council="Oxford") == said


def test_what_is_not_held_is_named() -> None:
    both: dict[str, Any] = {"has_people": False, "has_workers": False, "edition": "2019"}
    assert unknown.population_sentence(**both) == (
        "The population and the working-age population of 2019 are not in the files held."
    )
    assert unknown.population_sentence(**{**both, "has_people": True, "has_workers": True}) == ""
    assert unknown.edition_sentence(("2025",)) == "The edition of 2019 is not held here."
    assert unknown.edition_sentence(("2025", "2019")) == ""
    assert unknown.unfigured_sentence(["A", "B"], geography="ward") == "2 wards have no figure: A and B."
    assert unknown.unfigured_sentence([], geography="ward") == ""
    assert unknown.unplaced_sentence(2, council="Oxford").startswith("2 more places of Oxford have no usable")
