"""Which areas touch: simplified lines may leave a gap or overlap, and a corner counts."""

import geopandas as gpd
import pytest
from shapely import box

from mapping.analysis.neighbours import NEAR_M, neighbours
from mapping.atlas import Atlas
from mapping.crs import BNG
from mapping.errors import CrsError


def drawn(**boxes: tuple[float, float, float, float] | None) -> gpd.GeoDataFrame:
    shapes = [box(*each) if each else None for each in boxes.values()]
    return gpd.GeoDataFrame({"code": list(boxes)}, geometry=shapes, crs=BNG)


AREAS = drawn(
    own=(0, 0, 1000, 1000),
    side=(1000, 0, 2000, 1000),
    corner=(1000, 1000, 2000, 2000),
    gap=(0, 1000 + NEAR_M - 1, 900, 2000),
    overlap=(-1000, 0, 10, 1000),
    far=(0, -2000, 1000, -NEAR_M - 1),
)


def test_a_side_a_corner_a_small_gap_and_an_overlap_touch_and_what_is_farther_does_not() -> None:
    assert neighbours(AREAS, "own") == ("corner", "gap", "overlap", "side")
    assert neighbours(AREAS, "far") == ()


def test_touching_is_mutual_and_no_area_touches_itself() -> None:
    beside = {code: set(neighbours(AREAS, code)) for code in AREAS["code"]}
    assert all(code not in theirs for code, theirs in beside.items())
    assert all(code in beside[other] for code, theirs in beside.items() for other in theirs)


def test_how_near_is_near_can_be_chosen() -> None:
    assert neighbours(AREAS, "own", near_m=0) == ("corner", "overlap", "side")
    assert "far" in neighbours(AREAS, "own", near_m=100)


def test_an_area_that_is_not_drawn_has_no_neighbours() -> None:
    assert neighbours(AREAS, "elsewhere") == ()
    assert neighbours(drawn(own=None, side=(0, 0, 1, 1)), "own") == ()
    assert neighbours(drawn(own=(0, 0, 1, 1), side=None), "own") == ()


def test_degrees_are_refused() -> None:
    with pytest.raises(CrsError):
        neighbours(AREAS.to_crs(4326), "own")


def test_the_wards_of_oxford_touch_as_on_the_map(atlas: Atlas) -> None:
    wards = atlas.areas("wd24cd", lad24cd="E07000178")
    named = dict(zip(wards["code"], wards["name"], strict=True))
    beside = [named[code] for code in neighbours(wards, "E05013097")]
    assert set(beside) == {"Northfield Brook", "Cowley", "Lye Valley"}
