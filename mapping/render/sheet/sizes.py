"""How large letters, margins and columns are on each paper."""

from dataclasses import dataclass, replace
from typing import Final

from mapping.render.sheet.paper import Paper

LEAST_PT: Final = 5.5
"""No letter on any sheet is smaller."""


@dataclass(frozen=True, kw_only=True)
class Sizes:
    """Sizes of letters in points, lengths in millimetres."""

    margin: float = 12.0
    gap: float = 6.0
    """Between two columns, and between the map and what is beside it."""
    column: float = 57.0
    """The least width of a column of the key."""
    title: float = 19.0
    title_least: float = 14.0
    subtitle: float = 9.6
    summary: float = 10.4
    aside: float = 8.4
    """The owner and the date."""
    heading: float = 8.6
    """Above a group of the key."""
    key: float = 7.8
    row: float = 7.2
    """A line of the key to the numbers."""
    row_least: float = 6.0
    fine: float = 6.2
    """Sources and licences."""
    fine_least: float = LEAST_PT
    unit: float = 1.0
    """By how much signs are larger than on A4."""

    def scaled(self, by: float) -> "Sizes":
        """The same with the letters and signs of the key `by` times as large, and never below the least."""
        letters = {
            name: max(LEAST_PT, getattr(self, name) * by) for name in ("heading", "key", "row", "row_least")
        }
        return replace(self, **letters, unit=self.unit * by)


A4: Final = Sizes()
A3: Final = Sizes(
    margin=15, gap=8, column=78, title=25, title_least=18, subtitle=12, summary=13.4, aside=10.6,
    heading=10.6, key=9.6, row=8.8, row_least=7.2, fine=8.2, fine_least=6.4, unit=1.25,
)  # fmt: skip
SLIDE: Final = Sizes(
    margin=10, gap=6, column=70, title=25, title_least=18, subtitle=12, summary=13, aside=11,
    heading=11.2, key=10.2, row=9, row_least=7.2, fine=7.4, fine_least=5.5, unit=1.3,
)  # fmt: skip


def sizes(paper: Paper) -> Sizes:
    """The sizes of one paper: a slide is read from farther away, so its letters are larger, if it is wide."""
    is_upright_slide = paper.size == "slide" and paper.orientation == "portrait"
    return A4 if is_upright_slide else {"a4": A4, "a3": A3, "slide": SLIDE}[paper.size]
