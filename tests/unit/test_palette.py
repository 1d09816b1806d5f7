"""The ramp is told apart by everybody, and so is what lies on it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping import schemas
from mapping.render import palette
from mapping.render.palette import RAMP, Rgb, contrast, ink_on, linear, luminance, shades

# What is left of linear red, green and blue without one kind of cone.
# Source: Viénot, Brettel and Mollon (1999), "Digital video colourmaps for checking the legibility of
# displays by dichromats".
DICHROMACY = {
    "protanopia": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopia": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}
EVERY_CLASS = sorted({*RAMP, *shades(20)})
hexes = st.binary(min_size=3, max_size=3).map(lambda channels: "#" + channels.hex())


def seen(colour: str, eyes: str) -> float:
    """The luminance of `colour` for eyes without one kind of cone."""
    light: Rgb = linear(colour)
    red, green, blue = (
        sum(share * part for share, part in zip(row, light, strict=True)) for row in DICHROMACY[eyes]
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_the_published_one():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colours", [RAMP, shades(20)])
def test_the_ramp_gets_lighter_at_every_step(colours):
    assert all(luminance(dark) < luminance(light) for dark, light in pairwise(colours))


@pytest.mark.parametrize("eyes", DICHROMACY)
@pytest.mark.parametrize("colours", [RAMP, shades(20)])
def test_the_ramp_gets_lighter_at_every_step_for_colour_blind_eyes(colours, eyes):
    assert all(seen(dark, eyes) < seen(light, eyes) for dark, light in pairwise(colours))


def test_one_class_is_as_much_lighter_than_the_last_as_the_module_says():
    steps = [contrast(dark, light) for dark, light in pairwise(RAMP)]
    assert (round(min(steps), 2), round(max(steps), 2)) == (1.25, 1.39)


def test_the_ends_of_the_ramp_are_far_apart():
    assert contrast(RAMP[0], RAMP[-1]) > 12


@pytest.mark.parametrize("colour", EVERY_CLASS)
def test_the_number_on_a_class_can_be_read(colour):
    assert contrast(ink_on(colour), colour) >= 4.5


@given(hexes)
def test_ink_can_be_read_on_any_colour(colour):
    assert contrast(ink_on(colour), colour) >= 4.5


@pytest.mark.parametrize("colour", EVERY_CLASS)
def test_a_symbol_stands_out_on_every_class(colour):
    """Its halo or its outline does; the other parts the halo from the fill."""
    assert max(contrast(palette.HALO, colour), contrast(palette.OUTLINE, colour)) >= 3


@pytest.mark.parametrize("fill", palette.KIND_FILLS.values())
def test_a_symbols_fill_stands_out_from_its_outline_and_its_number_can_be_read(fill):
    assert contrast(fill, palette.OUTLINE) >= 3
    assert contrast(palette.BLACK, fill) >= 4.5


def test_shades_run_from_end_to_end_through_the_ramp():
    assert shades(10) == RAMP
    assert (shades(20)[0], shades(20)[-1]) == (RAMP[0], RAMP[-1])
    assert shades(19)[2] == RAMP[1]


@given(st.integers(2, 60))
def test_shades_are_as_many_as_asked_for_and_valid(n):
    colours = shades(n)
    assert len(colours) == n
    assert all(len(colour) == 7 and 0 <= luminance(colour) <= 1 for colour in colours)


def test_every_kind_of_place_has_a_colour():
    assert set(palette.KIND_FILLS) == set(schemas.KINDS)
