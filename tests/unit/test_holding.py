"""Which area holds a point, and which are near: the same as asking each area about each point."""

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.holding import CRACK_M, holding_code, others_near
from mapping.crs import BNG

GRID = [shapely.box(x, y, x + 100, y + 100) for x in (0, 100, 200.5, 310) for y in (0, 100)]
AREAS = gpd.GeoDataFrame({"code": [f"E{n}" for n in range(len(GRID))]}, geometry=GRID, crs=BNG)
"""Squares of 100 m: two columns that share edges, a crack of half a metre, a gap of ten."""
ALONG = st.one_of(st.sampled_from([0.0, 50.0, 100.0, 200.0, 200.25, 300.5, 301.0]), st.floats(-20, 450))
POINTS = st.lists(st.tuples(ALONG, ALONG), max_size=12)


def lowest(point, within_m):
    near = [
        code for code, shape in zip(AREAS["code"], GRID, strict=True) if shape.distance(point) <= within_m
    ]
    return near[0] if near else None


@given(POINTS)
def test_a_point_is_in_the_lowest_area_that_has_it_or_else_that_is_across_a_crack(drawn):
    points = np.array([shapely.Point(xy) for xy in drawn], dtype=object)
    held = holding_code(points, AREAS)
    assert [None if pd.isna(code) else code for code in held] == [
        lowest(point, 0) or lowest(point, CRACK_M) for point in points
    ]


@given(POINTS, st.floats(1, 150), st.data())
def test_others_near_are_all_within_reach_but_for_its_own_by_code(drawn, within_m, data):
    points = np.array([shapely.Point(xy) for xy in drawn], dtype=object)
    choice = st.sampled_from([*AREAS["code"], None])
    own = pd.Series(
        [data.draw(choice) for _ in drawn], index=[f"r{n}" for n in range(len(drawn))], dtype="str"
    )
    told = others_near(points, own, AREAS, within_m=within_m)
    expected = [
        "; ".join(
            code
            for code, shape in zip(AREAS["code"], GRID, strict=True)
            if code != mine and shape.distance(point) <= within_m
        )
        for point, mine in zip(points, own, strict=True)
    ]
    assert told.index.equals(own.index)
    assert told.fillna("").tolist() == expected


def test_no_points_are_in_no_areas():
    none = np.array([], dtype=object)
    assert len(holding_code(none, AREAS)) == 0
    assert others_near(none, pd.Series([], dtype="str"), AREAS, within_m=50).empty
    point = np.array([shapely.Point(1, 1)])
    assert pd.isna(holding_code(point, AREAS[:0])).tolist() == [True]
    assert others_near(point, pd.Series([None], dtype="str"), AREAS[:0], within_m=50).isna().tolist() == [
        True
    ]
