"""A view shows the places and areas its filters ask for, and no others."""

from dataclasses import replace

import pandas as pd
import pytest

from mapping.analysis import summarise, view
from mapping.analysis.filters import Filters
from mapping.atlas import Atlas

OXFORD = Filters(council="Oxford")


@pytest.fixture
def see(atlas: Atlas, places: pd.DataFrame):
    def describe(**choices: object) -> view.View:
        asked = replace(OXFORD, **choices)
        figures = summarise.lsoa_figures(
            atlas.deprivation[asked.edition], atlas.best_fit[asked.edition], index=asked.index
        )
        base = view.ground(
            places, figures, filters=asked, lad24cd=atlas.lad24cd(asked.council), wards=atlas.wards
        )
        postcodes = atlas.postcodes(among=view.asked_postcodes(asked))
        return view.describe(base, filters=asked, postcodes=postcodes, councils=atlas.council_names)

    return describe


def test_without_filters_everything_recorded_is_shown(see) -> None:
    shown = see()
    assert len(shown.places) == len(shown.recorded) == 104
    assert len(shown.areas) == 84
    assert shown.areas["n_recorded"].sum() == shown.recorded["lsoa_code"].notna().sum() == 70


def test_each_facet_narrows(see) -> None:
    shown = see(kinds=("co-operative",), categories=("housing co-op",))
    assert set(shown.places["category"]) == {"housing co-op"}
    assert 0 < len(shown.places) < 73


def test_a_decile_range_leaves_out_places_without_a_location(see) -> None:
    shown = see(deciles=(1, 3))
    assert shown.places["decile"].between(1, 3).all()
    assert shown.places["easting"].notna().all()


def test_near_sorts_by_distance_and_keeps_within(see) -> None:
    shown = see(near="ox41ja", within_m=1000)
    assert shown.near is not None
    assert shown.near.postcode == "OX4 1JA"
    assert shown.places["distance_m"].is_monotonic_increasing
    assert shown.places["distance_m"].le(1000).all()
    assert len(shown.places) > 3


@pytest.mark.parametrize(
    ("typed", "said"), [("0X4 1BA", "is not a postcode"), ("ZZ99 9ZZ", "not a postcode of this")]
)
def test_a_postcode_that_is_none_says_so_and_hides_nothing(see, typed: str, said: str) -> None:
    shown = see(near=typed)
    assert said in shown.problem
    assert len(shown.places) == 104


def test_search_forgives_spelling(see) -> None:
    assert "Headington Community Centre" in set(see(text="hedington comunity").places["name"]) or len(
        see(text="comunity centre").places
    )


def test_a_place_in_a_ward_without_figures_still_has_its_ward(see) -> None:
    recorded = see().recorded
    assert recorded.loc[recorded["ward_name"] == "Holywell", "lsoa_code"].notna().all()


def test_the_edition_decides_the_vintage_of_areas(see) -> None:
    assert len(see(edition="2019").areas) == 83
    wards = see(edition="2019", geography="ward")
    assert wards.areas["code"].str.startswith("E05").all()
    assert wards.areas["n_recorded"].sum() == 70


def test_facets_count_what_each_choice_would_show(see) -> None:
    asked = replace(OXFORD, kinds=("community asset",))
    counts = view.facet_table(see(kinds=("community asset",)), asked, ["kind", "category"])
    assert counts["kind"] == {"co-operative": 73, "community asset": 31}
    assert counts["category"]["food store"] == 0
    assert sum(counts["category"].values()) == 31


def test_the_tables_that_everybody_shares_are_not_written_to(see, places: pd.DataFrame) -> None:
    before = places.copy(deep=True)
    see(near="OX4 1JA", geography="ward", text="food")
    pd.testing.assert_frame_equal(places, before)
