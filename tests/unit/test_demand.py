"""Demand points: everybody is somewhere, and nobody is counted twice."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from mapping.analysis.demand import demand_points, near_others, unplaced
from mapping.editions import EDITIONS
from tests.unit.people_and_places import AREAS, X, Y, people_at

WEST, EAST, NORTH = AREAS
HOME, OFFICE, UNSURE, GONE = (True, True), (True, False), (True, None), (False, True)
COUNCIL, NEIGHBOUR = "E07000178", "E07000180"


def postcodes(*rows):
    """Each row: LSOA, and whether it is live and of a small user; from west to east, 100 m apart."""
    n = len(rows)
    table = pd.DataFrame(
        {
            "easting": [X + 100 * at for at in range(n)],
            "northing": Y,
            "is_live": [is_live for _, (is_live, _) in rows],
            "is_small_user": pd.array([is_small for _, (_, is_small) in rows], dtype="boolean"),
            "lsoa21cd": pd.Series([code for code, _ in rows], dtype="str"),
            "lad24cd": pd.Series([COUNCIL] * n, dtype="str"),
        }
    )
    index = pd.Index([f"OX1 {at}AA" for at in range(n)], dtype="str", name="postcode")
    return table.set_axis(index).assign(lsoa11cd=table["lsoa21cd"].to_numpy())


def lsoas(**populations):
    return pd.DataFrame(
        {
            "lsoa_code": pd.Series(list(populations), dtype="str"),
            "population": pd.array(list(populations.values()), dtype="Int64"),
        }
    )


def test_people_are_spread_evenly_over_the_homes():
    table = postcodes((WEST, HOME), (EAST, HOME), (WEST, HOME), (WEST, OFFICE), (WEST, GONE), (EAST, UNSURE))
    points = demand_points(table, lsoas(**{EAST: 90, WEST: 1_001}), lsoa="lsoa21cd")
    assert points.index.tolist() == ["OX1 0AA", "OX1 2AA", "OX1 1AA"]
    assert points.index.name == "point"
    assert points["lsoa_code"].tolist() == [WEST, WEST, EAST]
    assert points["people"].tolist() == points["weight"].tolist() == [500.5, 500.5, 90]
    assert points["easting"].tolist() == [X, X + 200, X + 100]
    assert points.dtypes.astype(str).to_dict() == {
        **dict.fromkeys(("easting", "northing", "people", "weight"), "float64"),
        "lsoa_code": "str",
    }


def test_without_a_home_all_live_postcodes_stand_for_the_people_and_without_those_all():
    table = postcodes((WEST, OFFICE), (WEST, GONE), (WEST, UNSURE), (EAST, GONE), (EAST, (False, False)))
    points = demand_points(table, lsoas(**{WEST: 10, EAST: 20}), lsoa="lsoa11cd")
    assert points["people"].to_dict() == {"OX1 0AA": 5, "OX1 2AA": 5, "OX1 3AA": 10, "OX1 4AA": 10}


def test_an_lsoa_without_postcodes_is_told_and_others_left_out():
    table = postcodes((WEST, HOME), (NORTH, HOME), (np.nan, HOME))
    wanted = lsoas(**{WEST: 10, EAST: 20})
    points = demand_points(table, wanted, lsoa="lsoa21cd")
    assert points.index.tolist() == ["OX1 0AA"]
    assert unplaced(wanted, points) == [EAST]
    nobody = demand_points(table, lsoas(**{EAST: 20}), lsoa="lsoa21cd")
    assert (len(nobody), nobody.columns.tolist()) == (0, points.columns.tolist())


def test_where_a_population_is_not_held_every_lsoa_counts_as_one():
    table = postcodes((WEST, HOME), (WEST, HOME), (EAST, HOME))
    points = demand_points(table, lsoas(**{WEST: 10, EAST: None}), lsoa="lsoa21cd")
    assert points["weight"].tolist() == [0.5, 0.5, 1]
    assert points["people"].tolist() == pytest.approx([5, 5, np.nan], nan_ok=True)


kinds = st.sampled_from([HOME, OFFICE, UNSURE, GONE])


@settings(max_examples=20)
@given(
    st.lists(st.tuples(st.sampled_from(AREAS), kinds), min_size=1, max_size=10),
    st.lists(st.integers(1, 5_000), min_size=3, max_size=3),
    st.randoms(use_true_random=False),
)
def test_people_add_up_whatever_the_order_of_the_postcodes(rows, populations, random):
    table, wanted = postcodes(*rows), lsoas(**dict(zip(AREAS, populations, strict=True)))
    points = demand_points(table, wanted, lsoa="lsoa21cd")
    held = wanted.set_index("lsoa_code")["population"].drop(unplaced(wanted, points))
    assert points.groupby("lsoa_code")["people"].sum().to_dict() == pytest.approx(held.to_dict(), rel=1e-12)
    shuffled = table.loc[random.sample(list(table.index), len(table))]
    assert_frame_equal(demand_points(shuffled, wanted.iloc[::-1], lsoa="lsoa21cd"), points)


def test_the_pilot_councils_have_all_their_people(atlas):
    table = atlas.postcodes()
    for edition in EDITIONS:
        wanted = atlas.deprivation[edition]
        points = demand_points(table, wanted, lsoa=EDITIONS[edition].lsoa)
        assert unplaced(wanted, points) == []
        assert points.index.is_unique
        people = points.groupby("lsoa_code")["people"].sum()
        published = wanted.set_index("lsoa_code")["population"].astype(float).sort_index()
        np.testing.assert_allclose(people, published, rtol=1e-12)
        assert table.loc[points.index, "is_live"].all()
        assert table.loc[points.index, "is_small_user"].all()


def test_near_others_is_within_the_limit_of_a_live_postcode_of_a_council_without_a_record():
    people = people_at(*(((X + 100 * at, Y + 300), WEST, 1) for at in range(5)))
    table = postcodes((WEST, HOME), (WEST, HOME), (WEST, OFFICE), (EAST, GONE), (EAST, HOME))
    table["lad24cd"] = [COUNCIL, COUNCIL, COUNCIL, NEIGHBOUR, NEIGHBOUR]

    def near(within_m):
        return near_others(people, table, recorded=[COUNCIL], within_m=within_m).tolist()

    # The one that lives is 500, 424, 361, 316 and 300 m away; the one that is gone would be nearer.
    assert near(500) == [True] * 5
    assert near(499.9) == [False] + [True] * 4
    assert near(310) == [False] * 4 + [True]
    assert not near_others(people, table, recorded={COUNCIL, NEIGHBOUR}, within_m=9_999).any()
