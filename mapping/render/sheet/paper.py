"""The sizes that a picture comes in."""

from dataclasses import dataclass
from typing import Final

DPI: Final = 300
"""Pixels an inch of a PNG."""
MM: Final = 25.4
"""Millimetres an inch."""
SIZES: Final = {"a4": (210.0, 297.0), "a3": (297.0, 420.0), "slide": (190.5, 338.667)}
"""Short and long side in millimetres; a slide is 16:9, as slides are."""
NAMES: Final = {"a4": "A4", "a3": "A3", "slide": "Slide"}
ORIENTATIONS: Final = {"landscape": "Landscape", "portrait": "Portrait"}


@dataclass(frozen=True, kw_only=True)
class Paper:
    """One sheet."""

    size: str = "a4"
    """A key of `SIZES`."""
    orientation: str = "landscape"
    """A key of `ORIENTATIONS`."""

    @property
    def width_mm(self) -> float:
        """From left to right."""
        short, long = SIZES[self.size]
        return long if self.orientation == "landscape" else short

    @property
    def height_mm(self) -> float:
        """From top to bottom."""
        short, long = SIZES[self.size]
        return short if self.orientation == "landscape" else long

    @property
    def pixels(self) -> tuple[int, int]:
        """Width and height of its PNG."""
        return round(self.width_mm / MM * DPI), round(self.height_mm / MM * DPI)

    @property
    def words(self) -> str:
        """What it is called: `A4, landscape`."""
        return f"{NAMES[self.size]}, {self.orientation}"
