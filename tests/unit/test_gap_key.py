"""The key to the map of gaps says what shade, circle and number are, and they can be told apart."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.analysis.question import DECAYS, LACKS, NEEDS, Question
from mapping.render import assets, palette
from mapping.render.gap_key import DECILES_IN_NEED, Key, key, sizes
from mapping.render.legend import legend
from mapping.render.palette import RAMP, contrast
from mapping.render.place_words import what_words

PALE = 0.6
"""How much of a pale circle's white covers the shade beneath it: `.quiet` in gaps.css."""


def made(geography: str = "lsoa", *, large: float | None = 2_400, **asked: Any) -> Key:
    return key(
        legend("2025", "imd", geography=geography, shade="decile"),
        Question(**asked),
        geography=geography,
        metric_words="straight line × 1.3",
        what=what_words(categories=["library"]),
        large=large,
        has_shares=large is None,
        has_numbers=True,
        has_ties=False,
        has_quiet=True,
        is_unsure=True,
    )


def test_the_key_says_what_is_drawn_of_which_edition_and_whose_figure_it_is():
    told = made()
    assert told.need == "Need: Index of Multiple Deprivation 2025"
    assert told.lack == "Lack: people farther than 800 m"
    assert told.far == "people farther than 800 m from a library"
    assert told.lines == (
        "LSOAs of 2021 by national decile. 1 is the most deprived 10 % of England.",
        "In need: LSOAs in deciles 1 and 2.",
        "Circles: people farther than 800 m from a library (straight line × 1.3).",
    )
    assert "MHCLG, English Indices of Deprivation 2025" in told.source
    assert "our calculation" in told.source
    assert "Crown copyright" in told.credit


@pytest.mark.parametrize("need", NEEDS)
def test_every_need_marks_its_deciles_on_a_map_of_lsoas_and_none_on_one_of_wards(need):
    assert made(need=need).in_need == DECILES_IN_NEED[need] in (1, 2, 3)
    ward = made("ward", need=need)
    assert ward.in_need == 0
    assert ward.lines[1].startswith("In need: people of LSOAs in decile")
    assert ("MHCLG" in ward.lines[1]) == (need == "extent")


@pytest.mark.parametrize("lack", LACKS)
@pytest.mark.parametrize("decay", DECAYS)
def test_circles_are_called_lack_only_where_they_are_what_the_gap_is_made_of(lack, decay):
    told = made(lack=lack, decay=decay)
    is_plain = (lack, decay) == ("nearest", "step")
    assert told.lack == ("Lack: people farther than 800 m" if is_plain else "People farther than 800 m")
    assert len(told.lines) == (3 if is_plain else 4)


@given(st.floats(1, 150_000))
def test_the_keys_circles_are_round_numbers_that_a_large_area_reaches(large):
    shown = sizes(large)
    assert 1 <= len(shown) <= 3
    assert list(shown) == sorted(shown, reverse=True)
    assert shown[0] <= large < (2.5 * shown[0] if large < 100_000 else 150_001)


@pytest.mark.parametrize("colour", RAMP)
def test_a_circle_stands_out_on_every_class(colour):
    """Its halo or its outline does, and the number in it is black on white."""
    assert max(contrast(palette.HALO, colour), contrast(palette.OUTLINE, colour)) >= 3
    assert contrast(palette.HALO, palette.OUTLINE) >= 15


@pytest.mark.parametrize("colour", RAMP)
def test_a_pale_circle_stands_out_on_every_class(colour):
    """Its outline does against the shade around it or against the lighter shade within it."""
    within = palette_over(palette.HALO, colour, share=PALE)
    assert max(contrast(palette.OUTLINE, colour), contrast(within, colour)) >= 3
    assert contrast(palette.OUTLINE, within) >= 3


@pytest.mark.parametrize("colour", RAMP)
def test_a_square_stands_out_on_every_class(colour):
    """It is as dark as an outline, within a white one."""
    assert max(contrast(palette.HALO, colour), contrast(palette.OUTLINE, colour)) >= 3


def test_the_style_draws_pale_circles_as_pale_as_was_measured():
    style = (assets.OURS / "gaps.css").read_text(encoding="utf-8")
    assert f".gap .disc.quiet {{ fill-opacity: {str(PALE).removeprefix('0')}; }}" in style
    assert ".gap .disc, .sizes .disc { fill: var(--halo); stroke: var(--outline); }" in style


def palette_over(ink: str, ground: str, *, share: float) -> str:
    """`ink` laid over `ground` so that it covers `share` of it, as a browser blends them."""
    pairs = zip(bytes.fromhex(ink[1:]), bytes.fromhex(ground[1:]), strict=True)
    return "#" + "".join(f"{round(share * above + (1 - share) * below):02x}" for above, below in pairs)
