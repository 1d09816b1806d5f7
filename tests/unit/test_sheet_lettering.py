"""Texts are measured as they are drawn, broken where they may be, and hold nothing that no file can."""

import io
import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.figure import Figure

from mapping.render.sheet import formats, lettering
from mapping.render.sheet.pen import Pen

LINK = "https://atlas.example.org/gaps?council=Oxford&category=library&category=food+co-op&edition=2025"
words = st.text(alphabet=st.sampled_from("abc def.-/éß"), max_size=80)


def drawn(text: str, **look) -> np.ndarray:
    """Where there is ink, at 300 dots an inch, on a sheet of 150 × 20 mm."""
    from PIL import Image

    figure = Figure(figsize=(150 / 25.4, 20 / 25.4), facecolor="white")
    Pen(figure).write(text, 10, 8, colour="#000000", **look)
    with Image.open(io.BytesIO(formats.png_bytes(figure, dpi=300))) as image:
        return np.asarray(image.convert("L")) < 128


@given(st.text(max_size=60))
def test_what_is_cleaned_can_be_drawn_and_written(text):
    cleaned = lettering.clean(text)
    assert lettering.clean(cleaned) == cleaned
    assert not any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co", "Cn") for each in cleaned)
    for weight in ("regular", "semibold", "bold"):
        behind = "fallback" if weight == "regular" else "fallback bold"
        held = lettering.letters_of(weight) | lettering.letters_of(behind)
        assert held.issuperset(map(ord, cleaned))


def test_controls_direction_marks_and_blanks_are_folded_and_unknown_letters_shown_as_boxes():
    assert lettering.clean(" A\u202e b\x00\u200b\t c\n日本 e\u0301 $x$ ") == "A b c □□ é $x$"
    assert lettering.clean("\U0001d5d5old \u2764\ufe0f \uf0ff e\u200d\u0301") == "Bold ❤ □ é"
    assert lettering.clean("Café Łódź – עברית") == "Café Łódź – עברית"


@given(words, st.floats(5, 60), st.sampled_from(sorted(lettering.FILES)))
def test_lines_are_within_their_width_and_lose_nothing(text, width, weight):
    lines = lettering.wrapped(text, width, size_pt=9, weight=weight)
    assert all(lettering.width(line, 9, weight=weight) <= width + 1e-6 for line in lines)
    assert "".join(lines).replace(" ", "") == lettering.clean(text).replace(" ", "")


@given(words, st.integers(1, 3))
def test_lines_that_are_too_many_end_in_an_ellipsis(text, most):
    whole = lettering.wrapped(text, 20, size_pt=9)
    lines = lettering.wrapped(text, 20, size_pt=9, most_lines=most)
    assert len(lines) == min(len(whole), most)
    assert (len(whole) > most) == (bool(lines) and lines[-1].endswith("…"))
    assert all(lettering.width(line, 9) <= 20 + 1e-6 for line in lines)


def test_an_address_is_broken_at_its_joints():
    lines = lettering.wrapped(LINK, 45, size_pt=7)
    assert "".join(lines) == LINK
    assert len(lines) > 1
    assert all(line[-1] in "/?&=.-+" for line in lines[:-1])


def test_a_name_of_300_letters_is_shortened_to_its_room():
    short = lettering.shortened("Community centre " * 20, 50, size_pt=7)
    assert short.endswith("…")
    assert 47 < lettering.width(short, 7) <= 50
    assert lettering.shortened("Library", 50, size_pt=7) == "Library"


@pytest.mark.parametrize("weight", lettering.FILES)
def test_a_text_is_as_wide_as_it_is_measured(weight):
    text = "Affordable finance: Wolvercote & Cutteslowe 12,345"
    ink = drawn(text, size_pt=14, weight=weight).any(axis=0).nonzero()[0]
    measured = lettering.width(text, 14, weight=weight)
    assert (ink[-1] - ink[0]) / 300 * 25.4 == pytest.approx(measured, abs=1.0)


def test_the_extent_is_that_of_the_ink():
    rows = drawn("Égypt", size_pt=20).any(axis=1).nonzero()[0]
    _, above, below = lettering.extent_mm("Égypt", 20)
    assert (rows[-1] - rows[0] + 1) / 300 * 25.4 == pytest.approx(above + below, abs=0.2)


def test_weights_differ_and_a_letter_from_behind_has_a_width():
    regular, bold = (lettering.width("Most deprived", 10, weight=weight) for weight in ("regular", "bold"))
    assert bold > 1.03 * regular
    assert not lettering.is_held("\u01bf", "regular")  # wynn
    assert drawn("\u01bf", size_pt=14).sum() > 50


def test_dollars_are_letters_and_not_formulas():
    assert drawn("$a$", size_pt=14).sum() > 1.5 * drawn("a", size_pt=14).sum()


@pytest.mark.parametrize(("align", "left"), [("left", 10), ("center", 10 - 20), ("right", 10 - 40)])
def test_a_text_stands_where_its_box_says(align, left):
    figure = Figure(figsize=(4, 1))
    size = 10 * 40 / lettering.width("Middle of the map", 10)
    box = Pen(figure).write("Middle of the map", 10, 8, size_pt=size, align=align)
    assert box.x0 == pytest.approx(left)
    assert box.x1 - box.x0 == pytest.approx(40)
    assert box.y0 < 8 < box.y1
