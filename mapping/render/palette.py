"""The colours of deprivation and of places, and the arithmetic that holds them apart.

The ramp runs from plum (most deprived) to ice (least), in even steps of OKLab lightness: one
class is 1.25 to 1.39 times as bright as the next, dark to light, also for eyes without the red or
the green cone. Neighbours are told apart by the number written on them, never by colour alone.
"""

from typing import Final

RAMP: Final = (
    "#3c1348",
    "#4a2966",
    "#554184",
    "#5d5aa0",
    "#6475b8",
    "#7090c7",
    "#87abcf",
    "#a5c3d7",
    "#c5dae4",
    "#e0f2f7",
)
"""One colour a decile, the most deprived first."""

OUTLINE: Final = "#14161f"
HALO: Final = "#ffffff"
KIND_FILLS: Final = {"co-operative": "#f7a11a", "community asset": "#2bc4a0"}
"""Fill of each kind's symbol; a dark outline and a white halo part it from any class."""

BLACK, WHITE = "#000000", "#ffffff"

Rgb = tuple[float, float, float]


def shades(n: int) -> tuple[str, ...]:
    """`n` colours along the ramp at even steps, the most deprived first; `n` of at least 2."""
    last = len(RAMP) - 1
    return tuple(_along(step * last / (n - 1)) for step in range(n))


def ink_on(colour: str) -> str:
    """Black or white: whichever reads better on `colour`; always 4.5:1 or more."""
    return max((BLACK, WHITE), key=lambda ink: contrast(ink, colour))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, `contrast ratio`."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white). Source: WCAG 2.2, `relative luminance`."""
    red, green, blue = linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def linear(colour: str) -> Rgb:
    """Red, green and blue of `#rrggbb` as linear light, 0 to 1."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return red, green, blue


def _along(position: float) -> str:
    """The ramp's colour at `position`, 0 to 9, blended between two neighbours."""
    index = min(int(position), len(RAMP) - 2)
    share = position - index
    pairs = zip(_channels(RAMP[index]), _channels(RAMP[index + 1]), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
