"""What an area stands on: its domains, its people, its LSOAs, and its largest gap, as tables."""

import pandas as pd
import pytest

from mapping.analysis import profile, profile_gaps, summarise
from mapping.analysis.filters import Filters
from mapping.analysis.profile_gaps import Sought
from mapping.atlas import Atlas
from mapping.editions import EDITIONS, INDICES

NA, NONE = pd.NA, float("nan")


def lsoas(*rows: tuple[int, object, float]) -> pd.DataFrame:
    """LSOAs of decile, population and people of working age."""
    table = pd.DataFrame(rows, columns=["imd_decile", "population", "working_age_population"])
    return table.astype({"population": "Int64", "working_age_population": float})


def test_people_are_summed_and_parted_by_decile() -> None:
    people = profile.people(lsoas((1, 100, 60.25), (2, 200, 100.5), (3, 700, 300.25)))
    assert (people.n_lsoas, people.population, people.working_age) == (3, 1000, 461.0)
    assert (people.tenth, people.fifth) == (100, 300)
    assert (people.tenth_share, people.fifth_share) == (0.1, 0.3)


@pytest.mark.parametrize(("deciles", "fifth"), [((3, 10), 0), ((1, 2), 300)])
def test_none_and_all_in_the_most_deprived_fifth(deciles: tuple[int, int], fifth: int) -> None:
    people = profile.people(lsoas((deciles[0], 100, 1.0), (deciles[1], 200, 1.0)))
    assert people.fifth == fifth
    assert people.fifth_share == fifth / 300


def test_a_part_never_stands_for_the_whole_where_some_are_not_known() -> None:
    people = profile.people(lsoas((1, 100, float("nan")), (2, NA, 50.0)))
    assert (people.population, people.tenth, people.fifth, people.working_age) == (None, None, None, None)
    assert people.fifth_share is None
    known = profile.people(lsoas((1, 100, float("nan"))))
    assert (known.population, known.working_age) == (100, None)


def test_nobody_is_known_of_where_there_is_no_lsoa() -> None:
    people = profile.people(lsoas().astype({"imd_decile": int}))
    assert (people.n_lsoas, people.population, people.working_age, people.fifth) == (0, None, None, None)


def ranked(*rows: tuple[str, str, object, int]) -> pd.DataFrame:
    """LSOAs by code, with their area, population and one rank for all indices."""
    table = pd.DataFrame(rows, columns=["lsoa_code", "area", "population", "rank"])
    ranks = {f"{index}_rank": table["rank"] for index in INDICES}
    return table.assign(**ranks).astype({"population": "Int64"})


def test_a_domain_says_what_share_of_england_is_less_deprived() -> None:
    n = EDITIONS["2019"].n_lsoas
    lsoas = ranked(("a", "a", 5, 1), ("b", "b", NA, n), ("c", "c", 5, 3285))
    table = profile.domains(lsoas, ["a", "b", "c", "d"], edition=EDITIONS["2019"])
    assert table[table["code"] == "a"]["index"].tolist() == list(INDICES)
    crime = table[table["index"] == "crime"].set_index("code")
    assert crime["less_deprived_share"].tolist()[:2] == [pytest.approx((n - 1) / n), 0]
    # Rank 3,284 is the last of the first tenth.
    assert crime["decile"].tolist()[:3] == [1, 10, 2]
    assert crime.loc["d", ["rank", "decile", "less_deprived_share"]].isna().all()


def test_a_ward_has_the_mean_rank_of_its_people() -> None:
    lsoas = ranked(("a", "W", 100, 1000), ("b", "W", 300, 2000), ("c", "V", NA, 7), ("d", "V", 5, 7))
    table = profile.domains(lsoas, ["W", "V", "U"], edition=EDITIONS["2025"])
    crime = table[table["index"] == "crime"].set_index("code")
    assert crime.loc["W", "rank"] == 1750
    # A part never stands for the whole.
    assert crime["rank"].isna().tolist() == [False, True, True]


def test_the_domains_of_wards_are_those_of_their_table(atlas: Atlas) -> None:
    deprivation, fit = atlas.deprivation["2025"], atlas.best_fit["2025"].set_index("lsoa_code")
    mine = deprivation[deprivation["lad24cd"] == "E07000178"]
    lsoas = mine.assign(area=mine["lsoa_code"].map(fit["ward_code"]))
    table = profile.domains(lsoas, sorted(set(lsoas["area"])), edition=EDITIONS["2025"])
    for index in ("imd", "environment"):
        figures = summarise.lsoa_figures(mine, atlas.best_fit["2025"], index=index)
        wards = summarise.ward_figures(figures, edition=EDITIONS["2025"]).set_index("code")
        own = table[table["index"] == index].set_index("code").loc[wards.index]
        assert own["rank"].tolist() == wards["rank"].tolist()
        assert own["decile"].tolist() == wards["decile"].tolist()


def test_lsoas_are_counted_in_every_decile() -> None:
    counts = profile.by_decile(lsoas((1, 1, 1.0), (1, 1, 1.0), (10, 1, 1.0)))
    assert list(counts) == list(range(1, 11))
    assert (counts[1], counts[2], counts[10], sum(counts.values())) == (2, 0, 1, 3)


PLACES = pd.DataFrame(
    [
        ("E1", "community asset", "library", "open", 1.0),
        ("E1", "community asset", "museum", "closed", 1.0),
        ("E1", "community asset", "pharmacy", "open", float("nan")),
        ("E1", "co-operative", "food co-op", "open", 1.0),
        ("E2", "community asset", "theatre", "open", 1.0),
    ],
    columns=["lad24cd", "kind", "category", "status", "easting"],
)
COMPLETENESS = pd.DataFrame(
    [
        ("E1", "co-operative", "all categories", "recorded"),
        ("E1", "community asset", "food bank", "thin"),
        ("E1", "community asset", "post office", "not surveyed"),
        ("E1", "community asset", "pharmacy", "not surveyed"),
        ("E2", "community asset", "leisure centre", "recorded"),
    ],
    columns=["lad24cd", "kind", "category", "completeness"],
)


def test_what_is_looked_for_is_what_is_recorded_or_was_surveyed() -> None:
    found = profile_gaps.sought(PLACES, COMPLETENESS, lad24cd="E1", filters=Filters(council="X"))
    assert found == (
        Sought(kinds=("co-operative",)),
        Sought(categories=("food bank",)),
        Sought(categories=("library",)),
    )
    unsurveyed = profile_gaps.not_surveyed(PLACES, COMPLETENESS, lad24cd="E1")
    # There is a pharmacy on record, if without a position: it is not said to be unsurveyed.
    assert unsurveyed == ("post office",)


def test_what_the_view_chose_comes_first_and_once() -> None:
    chosen = Filters(council="X", categories=("library",))
    found = profile_gaps.sought(PLACES, COMPLETENESS, lad24cd="E1", filters=chosen)
    assert found[0] == Sought(categories=("library",))
    assert len(found) == len(set(found)) == 3


def test_a_question_is_the_same_whatever_else_a_view_holds() -> None:
    view = Filters(council="X", codes=("E05000001",), text="pub", near="OX1 1AA", plans=("+a",), reach_m=500)
    asked = profile_gaps.question_of(Sought(categories=("library",)), view)
    assert asked == Filters(council="X", categories=("library",), reach_m=500)


def gaps(*rows: tuple[float, float, str]) -> pd.DataFrame:
    """The answers about one area: gap, share of people near, level of the record."""
    table = pd.DataFrame(rows, columns=["gap", "within_share", "level"])
    return table.assign(answer=range(len(rows)))


@pytest.mark.parametrize(
    ("rows", "largest"),
    [
        ([(0.2, 0.5, "recorded"), (0.3, 0.4, "recorded")], (1,)),
        ([(0.3, 0.4, "recorded"), (0.3, 0.4, "recorded")], (0, 1)),
        ([(0.3, 0.5, "recorded"), (0.3, 0.4, "recorded")], (1,)),
        ([(0.1, 0.9, "recorded"), (0.9, 0.0, "thin")], (0,)),
        ([(0.0, 1.0, "recorded"), (0.9, 0.0, "thin")], (1,)),
        ([(0.0, 1.0, "recorded"), (0.0, 0.2, "thin")], ()),
        ([(NONE, NONE, "thin"), (0.1, 0.5, "recorded")], (1,)),
        ([(NONE, NONE, "thin")], ()),
    ],
)  # fmt: skip
def test_the_largest_gap_is_a_sure_one_where_there_is_one(
    rows: list[tuple[float, float, str]], largest: tuple[int, ...]
) -> None:
    assert profile_gaps.largest(gaps(*rows)) == largest


@pytest.mark.parametrize(
    ("rows", "is_aside"),
    [
        ([(0.1, 0.9, "recorded"), (0.9, 0.0, "thin")], True),
        ([(0.3, 0.4, "recorded"), (0.3, 0.4, "thin")], True),
        ([(0.3, 0.4, "recorded"), (0.2, 0.5, "thin")], False),
        ([(0.0, 1.0, "recorded"), (0.9, 0.0, "thin")], False),
        ([(0.3, 0.4, "recorded"), (NONE, NONE, "thin")], False),
    ],
)
def test_a_gap_left_aside_as_its_record_is_thin_is_known(
    rows: list[tuple[float, float, str]], is_aside: bool
) -> None:
    assert profile_gaps.has_thin_aside(gaps(*rows)) is is_aside
