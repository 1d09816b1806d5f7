"""How many places each further choice would leave: the counts beside the boxes of a faceted list."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

import pandas as pd

NOT_RECORDED: Final = "Not recorded"
"""The value of a place whose source says nothing; a choice like any other."""

Chosen = Mapping[str, Collection[object]]
"""Each facet's column and the values ticked in it; none ticked is no restriction."""

COLUMNS: Final = {"facet": "str", "value": "str", "n": "int64", "is_chosen": "bool"}


def fits(places: pd.DataFrame, chosen: Chosen) -> "pd.Series[bool]":
    """Whether each place has one of the chosen values in every facet that has any chosen.

    On the index of `places`. A place with NA fits the value "Not recorded".
    """
    kept = pd.Series(True, index=places.index)
    for column, ticked in chosen.items():
        if ticked:
            kept &= facet_values(places[column]).isin(_texts(ticked))
    return kept


def facet_counts(places: pd.DataFrame, facet_columns: Sequence[str], chosen: Chosen) -> pd.DataFrame:
    """Places that each value of each facet stands for, given the choices made in the *other* facets.

    One row is a value of a facet; key `facet`, `value`. `value` is text; `n` counts places; `is_chosen`.
    A tick narrows the other facets and leaves its own alone; a second tick in the same facet can only add.
    A value that no place has under these choices stays, with 0, so that boxes do not jump about; so does a
    chosen value that no place has at all, so that it can be unticked. Facets come in the order of
    `facet_columns`; their values by how many of all `places` have them, then by name; numbers in their own
    order; "Not recorded" last.
    """
    fitting = {column: fits(places, {column: ticked}) for column, ticked in chosen.items()}
    tables = [pd.DataFrame(columns=list(COLUMNS)).astype(COLUMNS)]
    for column in facet_columns:
        others = [fit for facet, fit in fitting.items() if facet != column]
        left = pd.concat(others, axis="columns").all(axis="columns") if others else slice(None)
        tables.append(_one_facet(places[column], left, _texts(chosen.get(column, ()))))
    return pd.concat(tables, ignore_index=True)


def facet_values(column: "pd.Series[Any]") -> "pd.Series[str]":
    """The values of `column` as a facet shows them: text, whole numbers without a point, no NA."""
    shown = column
    if pd.api.types.is_float_dtype(column) and (column.dropna() % 1 == 0).all():
        shown = column.astype("Int64")  # whole numbers with NA among them arrive as floats: 3.0
    return shown.astype("string").fillna(NOT_RECORDED).astype("str")


def _texts(values: Collection[object]) -> list[str]:
    return [str(value) for value in values]


def _one_facet(column: "pd.Series[Any]", left: "pd.Series[bool] | slice", ticked: list[str]) -> pd.DataFrame:
    """The values of one facet, counted where `left` is true."""
    values = facet_values(column)
    n = values.loc[left].value_counts()
    totals = {str(value): int(total) for value, total in values.value_counts().items()}
    known = set(totals).union(ticked)
    if pd.api.types.is_numeric_dtype(column):
        order = sorted(known, key=lambda value: (value == NOT_RECORDED, len(value), value))
    else:
        order = sorted(known, key=lambda value: (value == NOT_RECORDED, -totals.get(value, 0), value))
    rows = {"facet": column.name, "value": order, "n": n.reindex(order, fill_value=0).to_numpy()}
    return pd.DataFrame(rows | {"is_chosen": [value in ticked for value in order]}).astype(COLUMNS)
