"""How near an area's people are to each kind of place, as a table, and what of the record to check first."""

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from mapping.render.documents.model import Column, Table
from mapping.render.gap_words import Asked, distance_words, joined, metres_words, ordinal, share_words
from mapping.render.place_words import Noun
from mapping.render.profile_tables import NOTHING

LEVELS: Final = {
    "recorded": "recorded",
    "thin": "thin: check first",
    "not surveyed": "not surveyed",
}
SILENT: Final = "none on record"
UNKNOWN: Final = f"{NOTHING} is not known, which is never zero."
RANGE: Final = (
    "Rank 1 is the largest gap. In brackets are the best and the worst rank under other reasonable choices."
)


def gap_table(gaps: pd.DataFrame, nouns: Sequence[Noun], *, question: Asked, metric: str, of: str) -> Table:
    """One row a kind of place: how near it is to the area's people, and the rank of the gap.

    Parameters
    ----------
    gaps : `analysis.profile_gaps.area_gaps` of the area.
    nouns : what each row is about, in the same order.
    metric : how distances are measured.
    of : what is ranked: "24 wards of Oxford".
    """
    within = metres_words(question.within_m)
    rows = tuple(
        (
            f"{noun.many[:1].upper()}{noun.many[1:]}",
            _share(row["within_share"]),
            _distance(row["mean_distance_m"]),
            _text(row["nearest_place"]),
            rank_cell(row),
            record_cell(row),
        )
        for noun, (_, row) in zip(nouns, gaps.iterrows(), strict=True)
    )
    return Table(
        caption=f"How near places are ({metric}); gaps ranked among the {of}",
        columns=(
            Column(name="Kind of place", width=1.5),
            Column(name=f"People within {within}", is_number=True),
            Column(name="Mean distance to the nearest", is_number=True),
            Column(name="Nearest to most people", width=2),
            Column(name="Rank of the gap", width=1.2),
            Column(name="Record", width=1.1),
        ),
        rows=rows,
        note=f"{RANGE} {UNKNOWN}",
    )


def rank_cell(row: "pd.Series[Any]") -> str:
    """The rank of a gap with its range, "no gap", or the sign for nothing known."""
    rank, low, high = (row[name] for name in ("gap_rank", "gap_rank_low", "gap_rank_high"))
    if pd.isna(rank) or pd.isna(row["gap"]):
        return NOTHING
    if not float(row["gap"]) > 0:
        return "no gap"
    joint = "joint " if row["is_joint"] else ""
    if pd.isna(low) or pd.isna(high):
        return f"{joint}{ordinal(int(rank))}"
    return f"{joint}{ordinal(int(rank))} ({ordinal(int(low))} to {ordinal(int(high))})"


def record_cell(row: "pd.Series[Any]") -> str:
    """How complete the record is, and that there is nothing on it."""
    level = LEVELS[row["level"]]
    return f"{level}; {SILENT}" if row["is_silent"] else level


def unsurveyed_sentence(categories: Sequence[str], *, council: str) -> str:
    """What nobody has looked for in the council; blank where there is no such thing."""
    if not categories:
        return ""
    return f"Not surveyed in {council}, so nothing is said of them: {joined(list(categories))}."


def thin_sentence(gaps: pd.DataFrame, nouns: Sequence[Noun]) -> str:
    """Which of the kinds looked for have a thin record; blank for none."""
    thin = [noun.many for noun, level in zip(nouns, gaps["level"], strict=True) if level == "thin"]
    if not thin:
        return ""
    return f"Check first: the record of {joined(thin)} is thin. A gap may only be a gap in the record."


def _share(value: Any) -> str:
    return NOTHING if pd.isna(value) else share_words(float(value))


def _distance(value: Any) -> str:
    return NOTHING if pd.isna(value) else distance_words(float(value))


def _text(value: Any) -> str:
    return NOTHING if pd.isna(value) or not str(value) else str(value)
