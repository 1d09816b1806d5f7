"""In grey, and for eyes without one kind of cone, a sheet still tells classes, signs and words apart."""

import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from mapping.render import palette
from mapping.render.sheet import formats, layout
from mapping.render.sheet.lettering import TextBox
from mapping.render.sheet.paper import Paper
from tests.unit import sheet_pictures as pictures

DPI = 300
# What is seen of linear red, green and blue without red or without green cones. Source: Machado, Oliveira and
# Fernandes (2009), "A physiologically-based model for simulation of color vision deficiency", severity 1.0.
EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}


@pytest.fixture(scope="module")
def sheet() -> layout.Sheet:
    """A square of each class with the sign of a place in it."""
    return layout.sheet(pictures.small(), paper=Paper())


@pytest.fixture(scope="module")
def pixels(sheet) -> np.ndarray:
    with Image.open(io.BytesIO(formats.png_bytes(sheet.figure, dpi=DPI))) as image:
        return np.asarray(image)


@pytest.fixture(scope="module")
def inks(sheet, pixels) -> list[tuple[str, np.ndarray, np.ndarray]]:
    """Each text, the colour it stands on, and the colours in its box."""
    found = []
    for each in sheet.texts:
        colours = patch(pixels, *middle(each), wide=each.x1 - each.x0, high=each.y1 - each.y0)
        # The ground of a name is its halo; of all others it is what most of its box is.
        ground = np.array([255, 255, 255]) if each.kind == "name" else commonest(colours)
        found.append((each.text, ground, colours[:: 1 + len(colours) // 20_000]))
    return found


def patch(pixels: np.ndarray, x: float, y: float, *, wide: float, high: float) -> np.ndarray:
    """The colours, n × 3, of a box around (x, y) in millimetres from the lower left."""
    each = DPI / 25.4
    rows = slice(round(len(pixels) - (y + high / 2) * each), round(len(pixels) - (y - high / 2) * each))
    columns = slice(round((x - wide / 2) * each), round((x + wide / 2) * each))
    return pixels[rows, columns].reshape(-1, 3)


def luminance(colours: np.ndarray, eyes: str) -> np.ndarray:
    """Relative luminance (WCAG 2.2) of `colours` as `eyes` see them."""
    parts = np.asarray(colours, dtype=float) / 255
    light = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.clip(light @ EYES[eyes].T, 0, 1) @ np.array([0.2126, 0.7152, 0.0722])


def contrast(one: np.ndarray, other: np.ndarray, eyes: str) -> np.ndarray:
    low, high = np.sort([luminance(one, eyes), luminance(other, eyes)], axis=0)
    return (high + 0.05) / (low + 0.05)


def commonest(colours: np.ndarray) -> np.ndarray:
    whole = np.ascontiguousarray(colours).astype(np.uint32) @ np.array([65536, 256, 1], dtype=np.uint32)
    found, counts = np.unique(whole, return_counts=True)
    most = int(found[counts.argmax()])
    return np.array([most >> 16, most >> 8 & 255, most & 255])


def classes(sheet: layout.Sheet, pixels: np.ndarray) -> list[np.ndarray]:
    """The colour of each cell of the scale, as it is in the file, in the order of the numbers on them."""
    cells = [each for each in sheet.texts if each.kind == "key" and each.text.isdigit()]
    ordered = sorted(cells, key=lambda each: int(each.text))
    return [commonest(patch(pixels, *middle(each), wide=4, high=3)) for each in ordered]


def middle(box: TextBox) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


@pytest.mark.parametrize("eyes", EYES)
def test_each_class_is_lighter_than_the_one_before(sheet, pixels, eyes):
    scale = classes(sheet, pixels)
    assert len(scale) == 10
    steps = [contrast(light, dark, eyes) for dark, light in pairwise(scale)]
    brighter = [luminance(dark, eyes) < luminance(light, eyes) for dark, light in pairwise(scale)]
    assert all(brighter)
    assert min(steps) >= 1.2


def test_in_grey_neighbours_are_at_least_a_dozen_shades_apart(sheet, pixels):
    grey = Image.fromarray(np.array([classes(sheet, pixels)], dtype=np.uint8)).convert("L")
    assert np.diff(np.asarray(grey, dtype=int)[0]).min() >= 12


def test_the_map_has_the_colours_of_the_key(sheet, pixels):
    at = {each.text: middle(each) for each in sheet.drawn.texts if each.kind == "area"}
    seen = [commonest(patch(pixels, *at[str(n)], wide=6, high=6)) for n in range(1, 11)]
    assert np.array_equal(seen, classes(sheet, pixels))


@pytest.mark.parametrize("eyes", EYES)
def test_every_text_can_be_read_on_its_ground(inks, eyes):
    faint = {}
    for text, ground, colours in inks:
        seen = contrast(colours, np.broadcast_to(ground, colours.shape), eyes).max()
        if seen < 4.5:
            faint[text] = seen
    assert faint == {}


@pytest.mark.parametrize("eyes", EYES)
def test_every_sign_stands_out_from_its_class_by_its_halo_or_its_outline(sheet, pixels, eyes):
    scale = classes(sheet, pixels)
    halo, outline = (np.array(tuple(bytes.fromhex(each[1:]))) for each in (palette.HALO, palette.OUTLINE))
    signs = [each for each in sheet.drawn.texts if each.kind == "number"]
    assert len(signs) == 10
    for sign in signs:
        near = patch(pixels, *middle(sign), wide=6, high=6)
        ground = scale[int(sign.text) - 1]
        drawn = [edge for edge in (halo, outline) if (near == edge).all(axis=1).sum() > 40]
        assert len(drawn) == 2
        assert max(contrast(edge, ground, eyes) for edge in drawn) >= 3
