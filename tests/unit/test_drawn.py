"""Drawn areas: an LSOA counts by the share of its people's postcodes that lie inside."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import box

from mapping.analysis import drawn
from mapping.analysis.area_summaries import COLUMNS, NO_RANK_DRAWN, drawn_summaries
from mapping.crs import BNG, WGS84
from mapping.editions import EDITIONS
from mapping.errors import CrsError

WEST, EAST, OUTER = "E01000001", "E01000002", "E01000009"
X, Y = 450_000, 200_000
HALF = box(X, Y, X + 500, Y + 1_000)


def postcodes(*rows, is_live=True, is_small=True):
    """Each row: LSOA, metres east of X, whether live, whether a small user."""
    filled = [(*row, *(is_live, is_small)[len(row) - 2 :]) for row in rows]
    table = pd.DataFrame(filled, columns=["lsoa21cd", "easting", "is_live", "is_small_user"])
    table = table.assign(easting=X + table["easting"], northing=Y + 500, lsoa11cd=table["lsoa21cd"])
    return table.astype({"is_small_user": "boolean", "lsoa21cd": "str"})


def deprivation(*codes):
    n = len(codes)
    table = pd.DataFrame({"lsoa_code": codes, "lsoa_name": codes, "lad24cd": "E07000178", "imd_score": 20.0})
    table = table.assign(imd_rank=range(1, n + 1), imd_decile=1)
    return table.assign(population=pd.array([1_000] * n, dtype="Int64"))


def areas(*shapes):
    told = {"name": [f"Area {n}" for n in range(1, len(shapes) + 1)], "note": "", "why": ""}
    return gpd.GeoDataFrame(told, geometry=list(shapes), crs=BNG)


def test_the_share_is_that_of_live_small_user_postcodes():
    table = postcodes(
        (WEST, 100), (WEST, 200), (WEST, 900), (WEST, 950), (WEST, 300, True, False), (WEST, 310, False, True)
    )
    assert drawn.shares(table, HALF, lsoa="lsoa21cd").to_dict() == {WEST: 0.5}


def test_the_edge_is_inside():
    assert drawn.shares(postcodes((WEST, 500), (WEST, 501)), HALF, lsoa="lsoa11cd").to_dict() == {WEST: 0.5}


def test_without_small_users_all_live_postcodes_count_and_it_is_noted():
    table = postcodes(
        (WEST, 100), (EAST, 100, True, False), (EAST, 900, True, None), (EAST, 100, False, False)
    )
    assert drawn.shares(table, HALF, lsoa="lsoa21cd").to_dict() == {WEST: 1, EAST: 0.5}
    parts = drawn.parts(areas(HALF), table, deprivation(WEST, EAST), lsoa="lsoa21cd")
    assert parts.notes.tolist() == ["LSOAs without small-user postcodes, divided by all their live ones: 1."]


def test_an_lsoa_with_no_small_user_inside_is_not_in_it():
    table = postcodes((WEST, 900), (WEST, 100, True, False))
    assert drawn.shares(table, HALF, lsoa="lsoa21cd").empty


def test_postcodes_beyond_the_councils_held_are_left_out_and_counted():
    table = postcodes((WEST, 100), (OUTER, 200), ("", 300), (OUTER, 400, False, True))
    table["lsoa21cd"] = table["lsoa21cd"].replace("", np.nan)
    both = drawn.parts(areas(HALF, box(0, 0, 1, 1), None), table, deprivation(WEST), lsoa="lsoa21cd")
    assert both.rows[["lsoa_code", "area", "share"]].to_numpy().tolist() == [[WEST, 0, 1.0]]
    assert both.notes.tolist() == [
        "2 live postcodes inside are outside the councils held, and left out.",
        drawn.NOBODY,
        "",
    ]


def test_areas_may_overlap():
    table = postcodes((WEST, 100), (WEST, 900), (EAST, 900))
    parts = drawn.parts(
        areas(HALF, box(X, Y, X + 1_000, Y + 999)), table, deprivation(WEST, EAST), lsoa="lsoa21cd"
    )
    shares = parts.rows.set_index(["area", "lsoa_code"])["share"]
    assert shares.to_dict() == {(0, WEST): 0.5, (1, WEST): 1.0, (1, EAST): 1.0}


def test_only_the_national_grid_is_measured():
    with pytest.raises(CrsError):
        drawn.parts(areas(HALF).to_crs(WGS84), postcodes((WEST, 1)), deprivation(WEST), lsoa="lsoa21cd")


@settings(max_examples=30)
@given(st.lists(st.tuples(st.sampled_from([WEST, EAST]), st.integers(0, 999)), min_size=1, max_size=20))
def test_an_area_cut_in_two_shares_out_the_whole(rows):
    table = postcodes(*rows)
    left = drawn.shares(table, box(X, Y, X + 500.5, Y + 999), lsoa="lsoa21cd")
    right = drawn.shares(table, box(X + 500.5, Y, X + 1_000, Y + 999), lsoa="lsoa21cd")
    total = left.add(right, fill_value=0)
    assert total.to_numpy() == pytest.approx(np.ones(len({code for code, _ in rows})))


def test_the_measures_of_drawn_areas_are_of_their_parts():
    table = postcodes((WEST, 100), (EAST, 100), (EAST, 900))
    drawing = areas(HALF, None, box(0, 0, 1, 1)).assign(why=["", "Empty.", ""], note=["Repaired.", "", ""])
    figures = drawn_summaries(
        drawing, table, deprivation(WEST, EAST), built=["E07000178"], edition=EDITIONS["2025"]
    )
    assert list(figures.columns) == list(COLUMNS)
    assert figures["code"].tolist() == ["drawn-1", "drawn-2", "drawn-3"]
    assert figures["n_lsoas"].tolist() == [2, 0, 0]
    first = figures.iloc[0]
    assert first["population"] == 1_500
    assert first["average_rank"] == pytest.approx((33_755 + 0.5 * 33_754) / 1.5)
    assert figures["why"].tolist() == [f"Repaired. {NO_RANK_DRAWN}", "Empty.", drawn.NOBODY]
    assert figures.iloc[1:][["population", "average_score"]].isna().all(axis=None)


def test_lsoas_of_councils_that_are_not_built_do_not_count():
    table = postcodes((WEST, 100))
    figures = drawn_summaries(
        areas(HALF), table, deprivation(WEST), built=["E07000001"], edition=EDITIONS["2025"]
    )
    assert figures["n_lsoas"].tolist() == [0]
    assert "1 live postcode inside is outside the councils held, and left out." in figures["why"].iloc[0]


def test_the_outline_of_a_whole_council_gives_nearly_its_own_figures(atlas):
    oxford = atlas.areas("lad24cd", lad24cd="E07000178").geometry
    lsoas = atlas.deprivation["2025"]
    options = {"built": ["E07000178"], "edition": EDITIONS["2025"]}
    figures = drawn_summaries(areas(*oxford), atlas.postcodes(), lsoas, **options).iloc[0]
    mine = lsoas[lsoas["lad24cd"] == "E07000178"]
    assert figures["n_lsoas"] == len(mine) == 84
    # Its outline is simplified to 200 m.
    assert figures["population"] == pytest.approx(mine["population"].sum(), rel=0.02)
    official = np.average(mine["imd_score"], weights=mine["population"])
    assert figures["average_score"] == pytest.approx(official, rel=0.01)
