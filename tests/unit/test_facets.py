"""Counts beside the boxes: each facet counted under the choices made in the others."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.facets import NOT_RECORDED, facet_counts, fits

FACETS = ["kind", "sector", "decile"]
PLACES = pd.DataFrame(
    {
        "kind": ["co-operative", "co-operative", "community asset", "community asset", "community asset"],
        "sector": ["Retail", None, "Retail", "Housing", None],
        "decile": [1.0, 10.0, 2.0, 1.0, None],
    },
    index=[4, 2, 9, 7, 1],
)


def counts(chosen, facets=FACETS, places=PLACES):
    return facet_counts(places, facets, chosen)


def test_with_nothing_chosen_every_value_is_counted_and_na_is_not_recorded():
    assert counts({}) == {
        "kind": {"community asset": 3, "co-operative": 2},
        "sector": {"Retail": 2, "Housing": 1, NOT_RECORDED: 2},
        "decile": {"1": 2, "2": 1, "10": 1, NOT_RECORDED: 1},
    }


def test_a_tick_narrows_the_other_facets_and_leaves_its_own():
    found = counts({"kind": ["co-operative"]})
    assert found["kind"] == {"community asset": 3, "co-operative": 2}
    assert found["sector"] == {"Retail": 1, "Housing": 0, NOT_RECORDED: 1}
    assert found["decile"] == {"1": 1, "2": 0, "10": 1, NOT_RECORDED: 0}


def test_values_come_by_how_many_have_them_numbers_in_order_and_not_recorded_last():
    found = facet_counts(PLACES, FACETS, {"kind": ["co-operative"]})
    assert list(found) == FACETS
    assert list(found["sector"]) == ["Retail", "Housing", NOT_RECORDED]
    assert list(found["decile"]) == ["1", "2", "10", NOT_RECORDED]


def test_a_chosen_value_that_no_place_has_can_be_unticked():
    assert facet_counts(PLACES, ["sector"], {"sector": ["Mining"]})["sector"]["Mining"] == 0


def test_only_the_places_among_which_one_looks_are_counted():
    among = PLACES["decile"] == 1
    found = facet_counts(PLACES, ["kind"], {}, among=among)
    assert found == {"kind": {"community asset": 1, "co-operative": 1}}


def test_a_number_may_be_chosen_as_a_number_or_as_text():
    assert fits(PLACES, {"decile": [1]}).tolist() == fits(PLACES, {"decile": ["1"]}).tolist()
    assert fits(PLACES, {"decile": [1]}).tolist() == [True, False, False, True, False]


def test_not_recorded_can_be_chosen():
    kept = fits(PLACES, {"sector": [NOT_RECORDED]})
    assert kept.index.tolist() == [4, 2, 9, 7, 1]
    assert kept[kept].index.tolist() == [2, 1]


@pytest.mark.parametrize("facets", [[], FACETS])
def test_no_places_is_no_values(facets):
    assert facet_counts(PLACES.iloc[:0], facets, {}) == {facet: {} for facet in facets}


VALUES = {
    "kind": st.sampled_from(["co-operative", "community asset"]),
    "sector": st.sampled_from(["Retail", "Housing", None, NOT_RECORDED]),
    "decile": st.sampled_from([1.0, 2.0, 10.0, None]),
}
tables = st.lists(st.fixed_dictionaries(VALUES), min_size=1, max_size=12).map(
    lambda rows: pd.DataFrame(rows, columns=FACETS).astype({"decile": "float64"})
)
choices = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sets(st.sampled_from(["co-operative", "community asset"])),
        "sector": st.sets(st.sampled_from(["Retail", "Housing", NOT_RECORDED, "Mining"])),
        "decile": st.sets(st.sampled_from(["1", "2", "10", NOT_RECORDED])),
    },
)


@given(tables)
def test_with_nothing_chosen_each_facet_sums_to_all_places(places):
    found = facet_counts(places, FACETS, {})
    assert [sum(found[facet].values()) for facet in FACETS] == [len(places)] * len(FACETS)


@given(tables, choices)
def test_a_count_is_what_ticking_that_value_alone_would_show(places, chosen):
    for facet, values in facet_counts(places, FACETS, chosen).items():
        for value, n in values.items():
            assert n == fits(places, {**chosen, facet: [value]}).sum()


@given(tables, choices)
def test_chosen_counts_of_a_facet_sum_to_the_places_shown(places, chosen):
    found = facet_counts(places, FACETS, chosen)
    shown = fits(places, chosen).sum()
    for facet, values in chosen.items():
        if values:
            assert sum(found[facet][value] for value in values) == shown
