"""What the card of one area says of its gap: labels and values, in words."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from mapping.render.gap_words import (
    Asked,
    distance_words,
    metres_words,
    need_words,
    rank_words,
    share_words,
)
from mapping.render.place_words import Noun

Row = "pd.Series[Any] | Mapping[Any, Any]"


def fact_words(
    row: "pd.Series[Any] | Mapping[Any, Any]", *, question: Asked, what: Noun
) -> tuple[tuple[str, str], ...]:
    """Label and value of each fact of one area's gap that is known; `row` is one of `Assessment.areas`."""
    within = metres_words(question.within_m)
    facts = (
        ("Gap", rank_words(row)),
        (f"People {need_words(question)}", _share(row["need_share"])),
        (f"Farther than {within} from {what.a}", _people_beyond(row)),
        (f"Of them {need_words(question)}", _count(row["need_people_beyond"])),
        ("Mean distance to the nearest", _distance(row["mean_distance_m"])),
        ("9 in 10 people have one within", _distance(row["p90_distance_m"])),
        (f"Within {within} of somebody here", _places(row["n_within"], what)),
        ("Inside", _places(row["n_inside"], what)),
        ("For each 10,000 people", _number(row["per_10000"])),
        ("Nearest to most people", _text(row["nearest_place"])),
    )
    return tuple((label, value) for label, value in facts if value)


def _people_beyond(row: "pd.Series[Any] | Mapping[Any, Any]") -> str:
    if pd.isna(row["within_share"]):
        return ""
    share = share_words(1 - row["within_share"])
    people = _count(row["people_beyond"])
    return f"{people} people ({share})" if people else share


def _share(value: Any) -> str:
    return "" if pd.isna(value) else share_words(float(value))


def _distance(value: Any) -> str:
    return "" if pd.isna(value) else distance_words(float(value))


def _count(value: Any) -> str:
    return "" if pd.isna(value) else f"{round(value):,}"


def _places(value: Any, what: Noun) -> str:
    return "" if pd.isna(value) else what.count(int(value))


def _number(value: Any) -> str:
    return "" if pd.isna(value) else f"{value:.1f}"


def _text(value: Any) -> str:
    return "" if pd.isna(value) else str(value)
