"""Signs of the key are drawn as the map draws them, and lists run down columns as they are read."""

import io
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

from mapping.render.sheet import flow, formats, keys, place_key
from mapping.render.sheet.flow import Column
from mapping.render.sheet.pen import Pen
from mapping.render.sheet.picture import KeyBlock, KeyEntry, Sign
from mapping.render.sheet.place_key import Entry
from mapping.render.sheet.sizes import A4

DPI = 300
WIDTH = 60.0


def drawn(block: KeyBlock, *, metres_per_mm: float = 100.0) -> tuple[np.ndarray, list]:
    """The dark pixels of a key of one block, and where its texts stand."""
    figure = Figure(figsize=(WIDTH / 25.4, 80 / 25.4), facecolor="white")
    pen = Pen(figure)
    pieces = keys.key_pieces([block], width=WIDTH, sizes=A4, metres_per_mm=metres_per_mm, most_lines=3)
    flow.stack(pieces).draw(pen, 0, 80)
    with Image.open(io.BytesIO(formats.png_bytes(figure, dpi=DPI))) as image:
        return np.asarray(image.convert("L")) < 100, pen.texts


@pytest.mark.parametrize(("radius_m", "radius_mm"), [(300, 3.0), (550, 5.5), (5_000, keys.LARGEST_MM)])
def test_a_circle_of_the_key_is_as_large_as_on_the_map(radius_m, radius_mm):
    entry = KeyEntry(sign="circle", text="", size=radius_m)
    dark, _ = drawn(KeyBlock(title="", entries=(entry,)))
    rows = dark.any(axis=1).nonzero()[0]
    assert (rows[-1] - rows[0]) / DPI * 25.4 == pytest.approx(2 * radius_mm, abs=0.5)


def test_amounts_stand_beside_their_circles_the_largest_above():
    sizes = {"2,000 people": 600.0, "1,000 people": 424.0, "500 people": 300.0}
    entries = tuple(KeyEntry(sign="circle", text=text, size=size) for text, size in sizes.items())
    _, texts = drawn(KeyBlock(title="Lack", entries=entries))
    heights = {each.text: each.y0 for each in texts if each.text in sizes}
    assert sorted(heights, key=lambda text: -heights[text]) == list(sizes)
    assert min(-np.diff(list(heights.values()))) > 2.7


@pytest.mark.parametrize("sign", get_args(Sign))
def test_every_sign_is_drawn_beside_its_words(sign):
    dark, texts = drawn(KeyBlock(title="", entries=(KeyEntry(sign=sign, text="x", colour="#3c1348"),)))
    room = slice(0, round((texts[0].x0 - 0.5) / 25.4 * DPI))
    light = sign in ("hatch", "faded")
    assert dark[:, room].any() != light


def test_a_scale_without_numbers_says_what_its_ends_are():
    fills = tuple(KeyEntry(sign="fill", text=f"Rank {n}", colour=f"#{n:02x}4060") for n in range(20))
    _, texts = drawn(KeyBlock(title="Rank", entries=fills, lines=("1 is the most deprived.",)))
    assert [each.text for each in texts] == ["Rank", "Rank 0", "Rank 19", "1 is the most deprived."]
    assert texts[2].x1 == pytest.approx(WIDTH)


def entries(n: int) -> list[Entry]:
    return [
        Entry(label=str(at), sign="co-operative", name=f"Place {at}", kind="co-operative", category="shop")
        for at in range(1, n + 1)
    ]


def columns(*heights: float) -> list[Column]:
    return [Column(left=70 * at, top=100, width=60, height=height) for at, height in enumerate(heights)]


def test_a_list_is_kept_in_the_column_that_takes_all_of_it():
    done = place_key.listed(entries(8), columns(12, 40, 40), before=(), title="Places", sizes=A4)
    assert {each.left for each in done.placed} == {70}
    assert done.cut == ()


def test_a_list_that_no_column_takes_runs_down_all_of_them():
    done = place_key.listed(entries(25), columns(30, 40, 40), before=(), title="Places", sizes=A4)
    assert {each.left for each in done.placed} == {0, 70, 140}
    assert done.cut == ()


def test_what_has_no_room_is_counted_at_the_end():
    done = place_key.listed(entries(60), columns(30, 40), before=(), title="Places", sizes=A4)
    figure = Figure(figsize=(8, 5))
    pen = Pen(figure)
    for each in done.placed:
        each.draw(pen)
    n = 60 - len(done.cut)
    told = " ".join(each.text for each in pen.texts if each.kind == "note")
    assert told == f"Numbers {n + 1} to 60 are listed in places.csv and in the PDF."
    assert n > 15
    assert [each.text for each in pen.texts if each.text == f"Place {n}"]


def test_letters_become_smaller_before_anything_is_left_out():
    wide, tight = (
        place_key.listed(entries(20), columns(height), before=(), title="Places", sizes=A4)
        for height in (90, 60)
    )
    heights = [done.placed[-1].piece.height for done in (wide, tight)]
    assert heights[0] > heights[1]
    assert not tight.cut


def test_a_column_never_ends_with_a_heading():
    title = replace(flow.line_piece("Places", letters=flow.Letters(size_pt=9)), is_tied=True)
    line = flow.line_piece("Place", letters=flow.Letters(size_pt=9))
    done = flow.run([line, title, line], columns(2.2 * line.height, 50))
    assert [each.left for each in done.placed] == [0, 70, 70]
    assert done.room[0].height == pytest.approx(1.2 * line.height)
