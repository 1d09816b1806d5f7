"""Each sentence about an area says only what its numbers say: every rule at its edges."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.question import Question
from mapping.editions import EDITIONS
from mapping.render import profile_words as words
from mapping.render.gap_words import share_words
from mapping.render.place_words import what_words
from mapping.render.profile_gap_words import Gap
from mapping.render.profile_words import Living, Recorded, Standing

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
IMD = "By the Index of Multiple Deprivation"
WHICH = "where 1 is the most deprived"
MOST = "among England’s most deprived 10 %"
FIFTH = "in England’s most deprived fifth"
LIBRARY = what_words(categories=("library",))
WARD = Standing(
    name="Leys",
    geography="ward",
    council="Oxford",
    edition="2025",
    index="imd",
    rank=7372.6,
    decile=3,
    n_lsoas=4,
)
LSOA = Standing(
    name="Oxford 1A",
    geography="lsoa",
    council="Oxford",
    edition="2019",
    index="imd",
    rank=12.0,
    decile=1,
    ward="Leys",
)


def changed(standing: Standing, **fields: Any) -> Standing:
    return Standing(**{**vars(standing), **fields})


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (
            LSOA,
            f"{IMD} 2019, it is among the most deprived 10 % of England’s LSOAs: rank 12 of 32,844, {WHICH}.",
        ),
        (
            changed(LSOA, rank=32844.0, decile=10),
            f"{IMD} 2019, it is among the least deprived 10 % of England’s LSOAs: "
            f"rank 32,844 of 32,844, {WHICH}.",
        ),
        (
            changed(LSOA, rank=5000.0, decile=2, index="crime", edition="2025"),
            f"For crime in the indices of 2025, it ranks 5,000 of 33,755, {WHICH}: decile 2 of 10.",
        ),
        (
            WARD,
            f"{IMD} 2025, its LSOAs have an average rank of 7,373 of 33,755, {WHICH}. "
            "That falls in decile 3 of 10. The average is our calculation.",
        ),
        (changed(WARD, rank=None, decile=None), "It has no figure."),
        (
            changed(WARD, rank=None, decile=None, why="No figure: no LSOA fits."),
            "It has no figure: no LSOA fits.",
        ),
    ],
)
def test_where_it_stands(standing: Standing, said: str) -> None:
    assert words.standing_sentence(standing) == said


@pytest.mark.parametrize(
    ("decile", "end"), [(1, ", the most deprived."), (10, ", the least deprived."), (9, ".")]
)
def test_the_ends_of_the_deciles_are_named(decile: int, end: str) -> None:
    assert f"decile {decile} of 10{end} The" in words.standing_sentence(changed(WARD, decile=decile))


@pytest.mark.parametrize(
    ("n", "first", "said"),
    [
        (4, 0, f"None of its 4 LSOAs is {MOST}."),
        (4, 1, f"1 of its 4 LSOAs is {MOST}."),
        (4, 3, f"3 of its 4 LSOAs are {MOST}."),
        (4, 4, f"All 4 of its LSOAs are {MOST}."),
        (1, 0, f"Its one LSOA is not {MOST}."),
        (1, 1, f"Its one LSOA is {MOST}."),
        (0, 0, ""),
    ],
)
def test_how_many_of_its_lsoas_are_in_the_first_decile(n: int, first: int, said: str) -> None:
    assert words.within_sentence(changed(WARD, n_lsoas=n, n_first=first)) == said


def test_an_lsoa_holds_no_lsoas() -> None:
    assert words.within_sentence(LSOA) == ""


@pytest.mark.parametrize(
    ("population", "fifth", "said"),
    [
        (100, None, ""),
        (100, 0, f" None of them live {FIFTH}."),
        (100, 100, f" All of them live {FIFTH}."),
        (1, 1, f" All of them live {FIFTH}."),
        (2, 1, f" Of them 1 (50 %) lives {FIFTH}."),
        (9000, 8999, f" Of them 8,999 (over 99 %) live {FIFTH}."),
        (9000, 2, f" Of them 2 (under 1 %) live {FIFTH}."),
    ],
)
def test_who_lives_there(population: int, fifth: int | None, said: str) -> None:
    told = words.people_sentence(Living(edition="2025", index="imd", population=population, fifth=fifth))
    assert told == f"Its population is {population:,} (residents, mid-2022).{said}"


def test_who_lives_there_may_not_be_known() -> None:
    told = words.people_sentence(Living(edition="2025", index="imd", population=None, fifth=None))
    assert told == "How many people live here is not known."


def test_who_is_deprived_is_said_for_the_domain() -> None:
    said = words.people_sentence(Living(edition="2019", index="crime", population=10, fifth=5))
    assert said.endswith("live in England’s most deprived fifth for crime.")
    assert "mid-2015, less prisoners" in said


@pytest.mark.parametrize(
    ("coops", "assets", "said"),
    [
        (0, 0, "No place is recorded here; that does not mean that there is none."),
        (1, 0, "1 co-operative is recorded here."),
        (0, 2, "2 community assets are recorded here."),
        (1, 1, "2 places are recorded here: 1 co-operative and 1 community asset."),
    ],
)
def test_what_is_recorded(coops: int, assets: int, said: str) -> None:
    assert words.places_sentence(Recorded(n_coops=coops, n_assets=assets)) == said
    narrowed = words.places_sentence(Recorded(n_coops=coops, n_assets=assets, chosen="libraries"))
    assert narrowed == f"{said} Only libraries are counted."


@pytest.mark.parametrize(
    ("assets", "closed", "said"),
    [
        (1, 1, "1 community asset is recorded here. It is closed, by its source."),
        (3, 1, "3 community assets are recorded here. 1 of them is closed, by its source."),
        (3, 2, "3 community assets are recorded here. 2 of them are closed, by their sources."),
    ],
)
def test_a_closed_place_is_said_to_be(assets: int, closed: int, said: str) -> None:
    assert words.places_sentence(Recorded(n_coops=0, n_assets=assets, n_closed=closed)) == said


@pytest.mark.parametrize(
    ("standing", "title"),
    [
        (changed(WARD, n_first=2), "Leys: 2 of 4 LSOAs among England’s most deprived 10 %"),
        (changed(WARD, n_first=1, n_lsoas=1), "Leys: its one LSOA is among England’s most deprived 10 %"),
        (WARD, "Leys: average rank in decile 3 of 10"),
        (LSOA, "Oxford 1A: among England’s most deprived 10 %"),
        (changed(LSOA, decile=10), "Oxford 1A: among England’s least deprived 10 %"),
        (changed(LSOA, decile=5, index="income"), "Oxford 1A: decile 5 of 10 in England for income"),
        (changed(WARD, rank=None, decile=None), "Leys: no figure of deprivation"),
    ],
)
def test_the_title_of_a_slide_says_the_point(standing: Standing, title: str) -> None:
    assert words.headline(standing) == title


def test_an_lsoa_is_told_with_its_ward() -> None:
    assert words.where_sentence(LSOA) == "Oxford 1A is an LSOA in Leys ward, Oxford, by best fit."
    assert words.where_sentence(changed(LSOA, ward="")) == "Oxford 1A is an LSOA in Oxford."
    assert words.kind_words(LSOA) == "LSOA in Leys, Oxford"


@st.composite
def areas(draw: st.DrawFn) -> tuple[Standing, Living, Recorded, Gap]:
    edition = draw(st.sampled_from(["2019", "2025"]))
    n = EDITIONS[edition].n_lsoas
    n_lsoas = draw(st.integers(1, 40))
    population = draw(st.integers(1, 90_000))
    share = draw(st.floats(0.001, 1))
    standing = Standing(
        name="X",
        geography=draw(st.sampled_from(["ward", "lsoa"])),
        council="Y",
        edition=edition,
        index=draw(st.sampled_from(["imd", "income"])),
        rank=draw(st.none() | st.floats(1, n)),
        decile=draw(st.integers(1, 10)),
        n_lsoas=n_lsoas,
        n_first=draw(st.integers(0, n_lsoas)),
    )
    beyond = share * population
    fifth = draw(st.none() | st.integers(0, population))
    gap = Gap(
        question=Question(edition=edition, within_m=draw(st.sampled_from([250, 5000]))),
        what=(LIBRARY,) * draw(st.integers(0, 6)),
        people_beyond=beyond,
        beyond_share=share,
        need_beyond=draw(st.floats(0, beyond)),
    )
    recorded = Recorded(n_coops=draw(st.integers(0, 1500)), n_assets=draw(st.integers(0, 1500)))
    return standing, Living(edition=edition, index="imd", population=population, fifth=fifth), recorded, gap


@given(areas())
def test_every_number_that_is_said_is_one_of_the_facts(
    area: tuple[Standing, Living, Recorded, Gap],
) -> None:
    standing, living, recorded, gap = area
    n = recorded.n_coops + recorded.n_assets
    whole = [standing.n, standing.n_lsoas, standing.n_first, recorded.n_coops, recorded.n_assets, n]
    whole += [living.population or 0, living.fifth or 0, standing.decile or 0, len(gap.what) - 3]
    whole += [round(gap.people_beyond or 0), round(gap.need_beyond or 0), round(gap.question.within_m)]
    known = {f"{each:,}" for each in whole} | {f"{standing.rank or 0:,.0f}"}
    # What the words themselves hold: which end is which, the tenth, the edition, the year of the count.
    known |= {"1", "10", standing.edition, *NUMBER.findall(EDITIONS[standing.edition].population)}
    shares = [gap.beyond_share or 0, (living.fifth or 0) / (living.population or 1)]
    known |= {number for share in shares for number in NUMBER.findall(share_words(share))}
    assert set(NUMBER.findall(words.point(*area))) <= known
