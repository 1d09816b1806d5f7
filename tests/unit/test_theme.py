"""What is read on a page stands out from what it stands on."""

import tomllib
from pathlib import Path

import pytest

CONFIG = Path(__file__).resolve().parents[2] / ".streamlit" / "config.toml"
THEME = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["theme"]
GROUNDS = (
    THEME["backgroundColor"],
    THEME["secondaryBackgroundColor"],
    THEME["sidebar"]["backgroundColor"],
    THEME["sidebar"]["secondaryBackgroundColor"],
)


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.2."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_the_published_one():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize(("ink", "least"), [("textColor", 7), ("linkColor", 4.5), ("primaryColor", 4.5)])
def test_words_and_the_accent_can_be_read(ink, least, ground):
    assert contrast(THEME[ink], ground) >= least


@pytest.mark.parametrize("ground", GROUNDS)
def test_the_edge_of_a_field_can_be_seen(ground):
    assert contrast(THEME["borderColor"], ground) >= 3


def test_white_on_the_accent_can_be_read():
    assert contrast("#ffffff", THEME["primaryColor"]) >= 4.5
