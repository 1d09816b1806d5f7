"""Names, numbers and deciles among what already stands: properties of their places."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.render.sheet import apart, crowd, deciles, labels, room, signs
from mapping.render.sheet.names import LONGEST_MM, MOST_LINES, settings_of
from tests.unit.council_pictures import meet

BOX = (0.0, 0.0, 100.0, 80.0)
spots_anywhere = st.lists(st.tuples(st.floats(2, 98), st.floats(2, 78)), min_size=1, max_size=40)


def spread(spots, *, marks=0, taken=(), box=BOX):
    numbers = [str(n) for n in range(1, len(spots) + 1 - marks)] + ["A"] * marks
    alone = [False] * (len(spots) - marks) + [True] * marks
    return crowd.spread(
        np.array(spots, dtype=float).reshape(-1, 2), numbers, alone=alone, box=box, taken=taken
    )


def ground_of(*boxes):
    return room.ground_of(np.array([shapely.box(*each) for each in boxes], dtype=object), BOX)


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (["3", "4", "5", "6", "7"], "3–7"),
        (["5", "3"], "3, 5"),
        (["3", "4", "9"], "3–4, 9"),
        (["12", "4", "77", "31"], "4 +3"),
        ([str(n) for n in range(1, 1001, 2)], "1 +499"),
    ],
)
def test_a_shared_sign_says_its_numbers_as_short_as_it_can(numbers, said):
    assert crowd.sharing(numbers) == said


@settings(max_examples=25)
@given(spots_anywhere)
def test_every_spot_has_one_sign_and_no_two_texts_meet(spots):
    made = spread(spots)
    assert sorted(i for each in made for i in each.members) == [*range(len(spots))]
    texts = [(each.x - 1, each.y - 1, each.x + 1, each.y + 1) for each in made]
    assert not [1 for i, one in enumerate(texts) for other in texts[:i] if meet(one, other)]
    assert all(each.box[0] >= 0 and each.box[2] <= 100.001 for each in made)


def test_a_sign_with_room_stands_on_its_spot():
    assert [(each.x, each.y) for each in spread([(20, 20), (60, 50)])] == [
        (pytest.approx(20, abs=0.05), pytest.approx(20, abs=0.05)),
        (pytest.approx(60, abs=0.05), pytest.approx(50, abs=0.05)),
    ]


def test_four_on_one_spot_are_spread_around_it_and_five_share():
    four = spread([(50, 40)] * 4)
    assert [each.label for each in four] == ["1", "2", "3", "4"]
    assert all(1.5 < np.hypot(each.x - 50, each.y - 40) < apart.FARTHEST_MM for each in four)
    five = spread([(50, 40)] * 5)
    assert [(each.label, each.x, each.y) for each in five] == [
        ("1–5", pytest.approx(50, abs=0.1), pytest.approx(40, abs=0.1))
    ]


def test_signs_keep_off_what_is_taken_and_marks_never_share():
    taken = (45.0, 35.0, 55.0, 45.0)
    made = spread([(50, 40)] * 12, marks=2, taken=(taken,))
    assert sum(each.label == "A" for each in made) == 2
    edge = 2 * apart.SETTLED_MM
    inner = (taken[0] + edge, taken[1] + edge, taken[2] - edge, taken[3] - edge)
    assert not [each for each in made if meet(each.box, inner)]


def test_the_sum_under_every_box_is_the_sum_of_its_cells():
    layer = np.random.default_rng(3).integers(0, 5, (9, 12))
    sums = room.under(room.table(layer), 3, 4)
    assert sums.shape == (7, 9)
    assert all(sums[r, c] == layer[r : r + 3, c : c + 4].sum() for r in range(7) for c in range(9))
    assert room.under(room.table(layer), 10, 4).size == 0


def test_cells_belong_to_the_polygon_they_lie_in_and_holes_to_none():
    ring = shapely.box(10, 10, 50, 50) - shapely.box(20, 20, 40, 40)
    inner = shapely.box(25, 25, 35, 35)
    cells = room.identities(np.array([ring, inner, None], dtype=object), BOX)

    def owner(x, y):
        return cells[int(y / room.CELL), int(x / room.CELL)]

    assert [owner(15, 15), owner(22, 22), owner(30, 30), owner(90, 70)] == [0, -1, 1, -1]


def test_a_name_is_broken_into_lines_of_like_length_and_never_before_an_and():
    tried = settings_of("Headington Hill & Northway", scale=1.0)
    assert ("Headington Hill & Northway",) in {each.lines for each in tried}
    assert ("Headington", "Hill & Northway") in {each.lines for each in tried}
    assert all(len(each.lines) <= MOST_LINES for each in tried)
    assert tried[0].size_pt == max(each.size_pt for each in tried)
    assert min(each.size_pt for each in tried) >= 5.5
    for name in ("W" * 300, "word " * 60):
        cut = settings_of(name, scale=1.0)
        assert all(each.width <= LONGEST_MM and each.lines[-1].endswith("…") for each in cut)


def test_a_name_stands_in_the_middle_of_its_area_where_nothing_is_in_its_way():
    free = room.empty_room(BOX)
    (name,) = labels.place_names(free, ground_of((10, 10, 70, 60)), ["Summertown"], scale=1.0)
    assert name.leader == () and name.setting.lines == ("Summertown",)
    assert (name.x, name.y + name.setting.height / 2) == (pytest.approx(40, abs=6), pytest.approx(35, abs=6))


def test_a_name_without_room_in_its_area_stands_outside_at_the_end_of_a_line():
    free = room.empty_room(BOX)
    ground = ground_of((40, 28, 42, 34), (20, 20, 40, 44), (42, 20, 80, 44))
    said = ["Holywell", "Carfax & Jericho", "Marston"]
    name, *others = labels.place_names(free, ground, said, scale=1.0)
    assert name.leader and 40 <= name.leader[0][0] <= 42 and 28 <= name.leader[0][1] <= 34
    assert not meet(name.box, (20, 20, 80, 44)) and meet(others[1].box, (42, 20, 80, 44))
    free.take(each.box for each in others)
    assert not free.is_crossed(np.array([name.leader]))[0]


def test_a_name_with_no_room_at_all_is_hidden_and_the_others_are_not():
    free = room.empty_room(BOX)
    free.take([(0, 0, 100, 60)])
    assert labels.place_names(free, ground_of((10, 10, 14, 14)), ["Lost"], scale=1.0) == [None]
    assert free.taken.sum() == 200 * 120  # what was free is free again


def test_names_of_little_ground_are_written_only_whole_and_inside():
    free = room.empty_room(BOX)
    ground = ground_of((0, 0, 6, 6), (20, 20, 90, 70))
    assert labels.place_names(free, ground, ["Sandhills", "Barton"], scale=1.0, modest={0, 1})[0] is None
    assert labels.place_names(free, ground, ["Sandhills", "Barton"], scale=1.0, modest={0, 1})[1] is not None


def test_a_decile_stands_whole_in_its_area_clear_of_discs_or_not_at_all():
    free = room.empty_room(BOX)
    free.lay_disc(20, 20, 5)
    ground = ground_of((10, 10, 30, 30), (40, 10, 41, 11), (60, 10, 80, 30))
    inside, small, blank = deciles.place_deciles(free, ground, ["7", "8", ""], scale=1.0)
    assert small is None and blank is None
    x0, y0, x1, y1 = inside.box
    assert x0 > 10 and x1 < 30 and y0 > 10 and y1 < 30
    assert shapely.box(*inside.box).distance(shapely.Point(20, 20)) > 5


def test_numbers_are_large_enough_to_read_in_their_signs():
    assert signs.NUMBER_PT >= 5.5
    (one,) = crowd.spread(np.array([[50.0, 40.0]]), ["388"], alone=[False], box=BOX)
    (short,) = crowd.spread(np.array([[50.0, 40.0]]), ["3"], alone=[False], box=BOX)
    assert one.width > short.width == pytest.approx(signs.SIZE_MM + 2 * signs.HALO_MM)
