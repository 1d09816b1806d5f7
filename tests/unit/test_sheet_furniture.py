"""The scale bar, the arrow and the locator: what they say, and that they stand where little is."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pytest
import shapely

from mapping.render.sheet import furniture, insets
from mapping.render.sheet.composed import composed
from mapping.render.sheet.frame import framed
from mapping.render.sheet.pen import Pen
from mapping.render.sheet.picture import Locator
from mapping.render.sheet.room import empty_room
from tests.unit.council_pictures import BOXES, council, figure, meet

NOTHING = council("Stevenage").names.iloc[:0]
FRAME = framed((0, 0, 9000, 9000), (0, 0, 150, 120))


def locator(*, spot: float = 20_000, name: str = "England") -> Locator:
    land = gpd.GeoSeries([shapely.box(0, 0, 500_000, 650_000)], crs=27700)
    return Locator(outline=land, spot=gpd.GeoSeries([shapely.box(0, 0, spot, spot)], crs=27700), name=name)


def covered(*boxes) -> np.ndarray:
    free = empty_room(FRAME.box)
    for each in boxes:
        free.cost[free.window(each)] = 1
    return free.cost


@pytest.mark.parametrize(
    ("metres_per_mm", "room_mm", "metres"),
    [
        (76, 34, 2000),
        (30, 34, 1000),
        (15.1, 34, 500),
        (3, 34, 100),
        (0.01, 34, 1),
        (5000, 34, 100_000),
        (50, 20, 1000),
    ],
)
def test_a_scale_bar_is_one_two_or_five_and_fits(metres_per_mm, room_mm, metres):
    assert furniture.scale_metres(metres_per_mm, room_mm) == metres


@pytest.mark.parametrize(
    ("focus_m", "words"),
    [(9000, ["0", "1", "2 km"]), (900, ["0", "100", "200 m"]), (2500, ["0", "250", "500 m"])],
)
def test_the_bar_says_its_length_with_a_unit(focus_m, words):
    frame = framed((0, 0, focus_m, focus_m), (0, 0, 150, 120))
    pen = Pen(figure())
    stands = furniture.stand(frame, empty_room(frame.box).cost, None, scale=1.0)
    furniture.draw(pen, stands, None, scale=1.0)
    assert [each.text for each in pen.texts] == [*words, "Grid north"]
    x0, y0, x1, y1 = stands.scale
    assert all(x0 <= each.x0 and each.x1 <= x1 and y0 <= each.y0 and each.y1 <= y1 for each in pen.texts)


def test_each_stands_in_a_corner_of_its_own_where_little_is():
    land = (60.0, 0.0, 150.0, 70.0)
    stands = furniture.stand(FRAME, covered(land), locator(), scale=1.0)
    assert not meet(stands.scale, land) and not meet(stands.locator, land)
    assert not meet(stands.scale, stands.locator)
    everywhere = furniture.stand(FRAME, covered(FRAME.box), locator(), scale=1.0)
    assert everywhere.scale[2] > 140 and everywhere.scale[1] < 10  # the usual corner: lower right
    assert everywhere.locator[2] > 140 and everywhere.locator[3] > 110


def test_a_narrow_map_goes_without_its_locator():
    narrow = framed((0, 0, 9000, 9000), (0, 0, 80, 80))
    assert furniture.stand(narrow, empty_room(narrow.box).cost, locator(), scale=1.0).locator is None


def test_a_small_spot_is_boxed_to_be_found_and_a_long_name_is_shortened():
    for spot, boxes in ((5_000, 2), (300_000, 1)):
        pen = Pen(figure())
        made = locator(spot=spot, name="A council of a name without end " * 9)
        insets.draw(pen, (0, 0, *insets.size(made, 1.0)), made, scale=1.0)
        assert (
            len(pen.figure.patches) + len([a for a in pen.figure.artists if type(a).__name__ == "Rectangle"])
            == boxes
        )
        (text,) = pen.texts
        assert text.text.endswith("…") and text.x1 - text.x0 <= insets.MOST_MM[0] + insets.PAD_MM


@pytest.mark.parametrize("name", ["Stevenage", "Oxford"])
def test_furniture_covers_no_place(name):
    bare = composed(BOXES["A4 above its list"], replace(council(name), names=NOTHING), enlarged=1.0).bare
    assert len(bare.furniture.boxes) == 2
    for x, y in bare.at:
        assert not [each for each in bare.furniture.boxes if meet(each, (x, y, x, y))]
