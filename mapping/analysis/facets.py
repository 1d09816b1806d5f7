"""How many places each further choice would leave: the counts beside the boxes of a faceted list."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import compress
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pandas as pd

NOT_RECORDED: Final = "Not recorded"
"""The value of a place whose source says nothing; a choice like any other."""

Chosen = Mapping[str, Collection[object]]
"""Each facet's column and the values ticked in it; none ticked is no restriction."""
Flags = npt.NDArray[np.bool_]


def fits(places: pd.DataFrame, chosen: Chosen) -> "pd.Series[bool]":
    """Whether each place has one of the chosen values in every facet that has any chosen.

    On the index of `places`. A place with NA fits the value "Not recorded".
    """
    kept = np.ones(len(places), dtype=bool)
    for column, ticked in chosen.items():
        if ticked:
            kept &= _has(facet_values(places[column]), ticked)
    return pd.Series(kept, index=places.index, dtype=bool)


def facet_counts(
    places: pd.DataFrame,
    facet_columns: Sequence[str],
    chosen: Chosen,
    *,
    among: "pd.Series[bool] | None" = None,
) -> dict[str, dict[str, int]]:
    """By facet and value, the places each value stands for, given the choices made in the *other* facets.

    `among` says which places count at all (words, distance); all of them where not given. A tick narrows
    the other facets and leaves its own alone; a second tick in the same facet can only add.
    A value that no place has under these choices stays, with 0, so that boxes do not jump about; so does a
    chosen value that no place has at all, so that it can be unticked. Facets come in the order of
    `facet_columns`; their values by how many of all `places` have them, then by name; numbers in their own
    order; "Not recorded" last.
    """
    # Plain lists: a council has hundreds of places, and a page counts them at every run.
    texts = {column: facet_values(places[column]) for column in {*facet_columns, *chosen}}
    fitting = {column: _has(texts[column], ticked) for column, ticked in chosen.items() if ticked}
    counted = np.ones(len(places), dtype=bool) if among is None else among.to_numpy(dtype=bool)
    counts = {}
    for column in facet_columns:
        left = counted.copy()
        for facet, fit in fitting.items():
            if facet != column:
                left &= fit
        n = Counter(compress(texts[column], left))
        is_number = pd.api.types.is_numeric_dtype(places[column])
        order = _ordered(texts[column], chosen.get(column, ()), is_number=is_number)
        counts[column] = {value: n[value] for value in order}
    return counts


def facet_values(column: "pd.Series[Any]") -> list[str]:
    """The values of `column` as a facet shows them: text, whole numbers without a point, no NA."""
    return [
        NOT_RECORDED if missing else _text(value)
        for value, missing in zip(column.tolist(), column.isna().tolist(), strict=True)
    ]


def _text(value: object) -> str:
    # Whole numbers with NA among them arrive as floats: 3.0
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _has(values: list[str], ticked: Collection[object]) -> Flags:
    wanted = {str(value) for value in ticked}
    return np.fromiter((value in wanted for value in values), dtype=bool, count=len(values))


def _ordered(values: list[str], ticked: Collection[object], *, is_number: bool) -> list[str]:
    totals = Counter(values)
    known = totals.keys() | {str(value) for value in ticked}
    if is_number:
        return sorted(known, key=lambda value: (value == NOT_RECORDED, len(value), value))
    return sorted(known, key=lambda value: (value == NOT_RECORDED, -totals[value], value))
