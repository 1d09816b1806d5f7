"""What a gap is asked about: who counts as in need, what counts as near, and how the two are measured."""

from dataclasses import dataclass
from typing import Final

NEEDS: Final = {
    "fifth": "Most deprived 20 %",
    "tenth": "Most deprived 10 %",
    "third": "Most deprived 30 %",
    "extent": "Graded to 30 % (MHCLG’s extent)",
}
"""Whose LSOAs count as in need: England's most deprived, or by the weights of MHCLG's extent."""
LACKS: Final = {"nearest": "Distance to the nearest", "catchment": "Places per person (E2SFCA)"}
"""What is lacking: one place close by, or enough of them for all who live around."""
DECAYS: Final = {
    "step": "In or out",
    "linear": "Evenly",
    "gaussian": "As a bell curve",
}
"""How being near counts less with distance; the last two are a half at the distance chosen."""
WAYS: Final = {"straight": "Straight line × detour", "walking": "Walking network"}
DETOURS: Final = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5)
CANDIDATES: Final = {"buildings": "Community buildings", "postcodes": "Any postcode"}
MOST_ADDED: Final = 10
MOST_PLANS: Final = 4


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question about gaps: defaults are what the page opens with."""

    edition: str = "2025"
    index: str = "imd"
    need: str = "fifth"
    lack: str = "nearest"
    decay: str = "step"
    within_m: float = 800
