"""Maps as drawn: their texts apart, their pixels right, nothing lost, the same each time."""

import time
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import shapely
from PIL import Image

from mapping.errors import CrsError
from mapping.render import palette
from mapping.render.sheet import drawing, signs
from mapping.render.sheet.composed import composed
from mapping.render.sheet.drawing import Drawn
from mapping.render.sheet.frame import framed
from mapping.render.sheet.picture import BaseMap, Circle, Mark, Ring
from tests.unit.council_pictures import (
    BOXES,
    COUNCILS,
    SIDE,
    council,
    drawn,
    meet,
    overlapping,
    pixels,
    places,
    squares,
)

BOX = (10.0, 10.0, 100.0, 100.0)
MM = 5
"""Pixels a millimetre in these pictures."""


@cache
def map_of(name: str, box: str) -> Drawn:
    return drawn(council(name), BOXES[box])


@cache
def pictured() -> Image.Image:
    return pixels(squares(), BOX)


def at(picture: Image.Image, x: float, y: float) -> str:
    """The colour of the pixel at `x` and `y` millimetres from the lower left."""
    return "#" + bytes(picture.getpixel((round(x * MM), picture.height - 1 - round(y * MM)))).hex()


def cut(picture: Image.Image, x0: float, y0: float, x1: float, y1: float) -> np.ndarray:
    """The pixels of a box in millimetres, a row each."""
    edges = [round(each * MM) for each in (x0, 120 - y1, x1, 120 - y0)]
    return np.asarray(picture.crop(edges)).reshape(-1, 3)


@pytest.mark.parametrize("name", COUNCILS)
def test_no_two_texts_of_a_council_overlap_and_every_ward_has_its_name(name):
    box = "A4 beside its list"
    made = map_of(name, box)
    assert overlapping(made.texts) == []
    assert made.hidden == ()
    left, bottom, width, height = BOXES[box]
    assert all(left <= each.x0 and each.x1 <= left + width for each in made.texts)
    assert all(bottom <= each.y0 and each.y1 <= bottom + height for each in made.texts)
    wards = " ".join(council(name).names["name"]).split()
    written = " ".join(each.text for each in made.texts if each.kind == "name").split()
    assert sorted(written) == sorted(wards)


def test_where_there_is_room_every_place_has_its_own_number():
    made = map_of("Oxford", "A4 above its list")
    assert overlapping(made.texts) == []
    numbers = sorted(int(each.text) for each in made.texts if each.kind == "number")
    assert numbers == [*range(1, len(council("Oxford").places) + 1)]
    assert made.numbered == ()
    deciles = [each.text for each in made.texts if each.kind == "area"]
    assert len(deciles) > 0.9 * len(council("Oxford").areas)


@pytest.mark.parametrize("name", COUNCILS)
def test_each_place_is_drawn_once_alone_or_in_a_shared_sign(name):
    made, picture = map_of(name, "A4 beside its list"), council(name)
    assert made.n_places == len(picture.places)
    alone = [int(each.text) for each in made.texts if each.kind == "number" and each.text.isdigit()]
    shared = [number for each in made.numbered for number in each.numbers]
    assert sorted([*alone, *shared]) == sorted(picture.places["number"])
    labels = {each.label for each in made.numbered}
    assert labels == {each.text for each in made.texts if each.kind == "number"} - {*map(str, alone)}


def test_no_text_stands_on_a_sign_but_its_own():
    made = composed(BOXES["A4 above its list"], council("Oxford"), enlarged=1.0)
    names = [each.box for each in made.words.names if each]
    deciles = [each.box for each in made.words.deciles if each]
    assert len(made.spots) > 30 and len(deciles) > 20
    assert not [1 for spot in made.spots for box in (*names, *deciles) if meet(spot.box, box)]


def test_a_class_is_filled_with_its_colour_and_has_its_decile_on_it():
    picture = pictured()
    assert at(picture, 20, 100) == palette.RAMP[0]
    assert at(picture, 100, 100) == palette.RAMP[9]
    assert at(picture, 70, 50) == signs.NOT_LIT
    texts = {each.text: each for each in drawn(squares(), BOX).texts if each.kind == "area"}
    assert set(texts) == {"1", "10"}
    for text, fill in (("1", palette.RAMP[0]), ("10", palette.RAMP[9])):
        box = texts[text]
        colours = cut(picture, box.x0, box.y0, box.x1, box.y1).astype(int)
        ink = 255 if palette.ink_on(fill) == palette.WHITE else 0
        assert (np.abs(colours - ink).max(axis=1) < 60).any(), text


def test_an_area_without_a_figure_is_hatched_which_shows_without_colour():
    greys = cut(pictured(), 15, 15, 50, 50).mean(axis=1)
    assert 0.08 < (greys < 190).mean() < 0.5
    assert (greys > 250).mean() > 0.3


def test_the_whole_of_the_focus_is_shown_north_up_and_to_scale():
    made = drawn(squares(), BOX)
    assert made.metres_per_mm == drawing.scale_of(BOX, squares())
    frame = framed((0, 0, 2 * SIDE, 2 * SIDE), BOX)
    west, south = frame.spot(0, 0)
    east, north = frame.spot(2 * SIDE, 2 * SIDE)
    assert 10 < west < 14 and 10 < south < 14 and 106 < east < 110 and 106 < north < 110
    assert east - west == pytest.approx(2 * SIDE / made.metres_per_mm)


def test_the_scale_bar_is_as_long_as_it_says():
    made = composed(BOX, squares(), enlarged=1.0)
    stands = made.bare.furniture
    x0, y0, x1, _ = stands.scale
    assert stands.metres == 500
    pixels_of_bar = cut(pictured(), x0, y0 + 2.0, x1, y0 + 2.2).mean(axis=1)
    drawn_over = np.flatnonzero(pixels_of_bar < 200)
    assert (drawn_over.max() - drawn_over.min()) / MM == pytest.approx(stands.bar_mm, abs=0.5)
    assert stands.bar_mm == pytest.approx(500 / made.bare.frame.metres_per_mm)


def test_the_same_picture_is_the_same_drawing():
    spots = places([(500 + 3 * i, 900) for i in range(9)])
    again = [pixels(squares(places=spots), BOX).tobytes() for _ in range(2)]
    assert again[0] == again[1]
    assert drawn(council("Stevenage")) == drawn(council("Stevenage"))


def test_five_hundred_places_in_one_ward_stay_legible_and_quick():
    ward = council("Oxford").names.geometry.iloc[2]
    west, south, east, north = ward.bounds
    random = np.random.default_rng(5)
    spots = random.uniform((west, south), (east, north), (3000, 2))
    inside = [tuple(spot) for spot in spots if ward.contains(shapely.Point(spot))][:500]
    picture = replace(council("Oxford"), places=places(inside), focus=ward.bounds)
    started = time.process_time()
    made = drawn(picture, (10, 10, 180, 120))
    assert time.process_time() - started < 3
    assert made.n_places == 500
    assert overlapping(made.texts) == []
    assert sum(len(each.numbers) for each in made.numbered) > 400
    assert any("+" in each.label for each in made.numbered)


def test_a_name_of_300_letters_is_shortened_and_overlaps_nothing():
    names = squares().names.assign(name="Long name " * 30)
    made = drawn(squares(names=names), BOX)
    lines = [each for each in made.texts if each.kind == "name"]
    assert 1 < len(lines) <= 3 and min(lines, key=lambda each: each.y0).text.endswith("…")
    assert overlapping(made.texts) == []


def test_names_are_letters_and_never_markup_or_formulas():
    names = squares().names.assign(name="$x^2$ <b>&\u202e \x07")
    assert [each.text for each in drawn(squares(names=names), BOX).texts if each.kind == "name"] == [
        "$x^2$ <b>&"
    ]


def test_a_council_with_no_place_is_drawn_without_numbers():
    made = drawn(replace(council("Stevenage"), places=places([])))
    assert made.n_places == 0
    assert {each.kind for each in made.texts} == {"area", "name", "scale", "north", "locator"}


def test_a_circle_holds_its_rank_and_never_a_decile():
    amounts = (
        Circle(code="NW", easting=500, northing=1500, radius_m=150, label="1"),
        Circle(code="NE", easting=1500, northing=1500, radius_m=200, is_quiet=True),
        Circle(code="SW", easting=500, northing=500, radius_m=15, label="2=", is_unsure=True),
    )
    made = drawn(squares(circles=amounts), BOX)
    frame = framed(squares().focus, BOX)
    ranks = {each.text: each for each in made.texts if each.kind == "rank"}
    assert set(ranks) == {"1", "2="}
    x, y = frame.spot(500, 1500)
    assert ranks["1"].x0 < x < ranks["1"].x1 and ranks["1"].y0 < y < ranks["1"].y1
    assert ranks["2="].x0 > frame.spot(515, 500)[0]
    for each in (text for text in made.texts if text.kind == "area"):
        middle = shapely.Point((each.x0 + each.x1) / 2, (each.y0 + each.y1) / 2)
        for amount in amounts:
            spot = shapely.Point(frame.spot(amount.easting, amount.northing))
            assert spot.distance(middle) > amount.radius_m / frame.metres_per_mm
    assert overlapping(made.texts) == []


def test_marks_and_places_have_shapes_of_their_own():
    marks = (
        Mark(sign="site", easting=500, northing=300, label="A", name="Hall"),
        Mark(sign="proposal", easting=1500, northing=300, label="", name="New"),
    )
    spots = places([(300, 1800), (1300, 1800)], kinds=["co-operative", "community asset"])
    picture = squares(marks=marks, places=spots, ring=Ring(easting=1000, northing=1000, radius_m=600))
    assert [each.text for each in drawn(picture, BOX).texts if each.kind == "mark"] == ["A"]
    frame, shown = framed(picture.focus, BOX), pixels(picture, BOX)
    for spot, fill in (((300, 1800), "co-operative"), ((1300, 1800), "community asset")):
        x, y = frame.spot(*spot)
        corner = signs.SIZE_MM / 2 * 0.66
        is_round = fill == "co-operative"
        assert (at(shown, x + corner, y + corner) == palette.KIND_FILLS[fill]) == is_round
        assert at(shown, x, y + 1.1) == palette.KIND_FILLS[fill]
    x, y = frame.spot(1500, 300)
    assert at(shown, x, y) == palette.HALO and at(shown, x + 0.9, y + 0.9) == palette.OUTLINE


def test_streets_show_through_the_areas_of_a_base_map():
    ground = Image.new("RGB", (40, 40), "#ff0000")
    picture = squares(base_map=BaseMap(image=ground, bounds=(-500, -500, 2500, 2500), attribution="x"))
    red, green, blue = bytes.fromhex(at(pixels(picture, BOX), 20, 100)[1:])
    own = bytes.fromhex(palette.RAMP[0][1:])
    assert red > own[0] + 40 and green < own[1] and blue < own[2]


def test_a_small_map_for_a_document_is_the_map_alone():
    made = drawing.small_map(squares(), width_mm=100, height_mm=80, caption="Squares")
    assert made.png[:4] == b"\x89PNG" and (made.width_mm, made.caption) == (100, "Squares")
    assert made.alt == squares().alt
    told = made.svg.decode()
    assert ">Whole<" in told and ">10<" in told and "Grid north" in told
    assert "England" not in told.split("</desc>")[1]


def test_degrees_are_refused():
    with pytest.raises(CrsError, match="EPSG:4326"):
        drawn(squares(areas=squares().areas.to_crs(4326)), BOX)
