"""What is wrong with single rows of a file: a line of the report, never an exception."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

COLUMNS: Final = ("row", "field", "value", "reason", "remedy")
TYPES: Final = {"row": "int64", "field": "str", "value": "str", "reason": "str", "remedy": "str"}
LONGEST_VALUE: Final = 200

Words = str | Sequence[str] | pd.api.extensions.ExtensionArray


class Issue(NamedTuple):
    """One fault of one row."""

    row: int
    """The row's number in its file, as a spreadsheet counts: the headings are row 1."""
    field: str
    value: str
    reason: str
    """What is wrong, in a short phrase."""
    remedy: str
    """What the person who brought the file can do."""


def issue_table(issues: Iterable[Issue] = ()) -> pd.DataFrame:
    """One issue a row in the order given: `row, field, value, reason, remedy`; long values are cut."""
    table = pd.DataFrame(list(issues), columns=list(COLUMNS)).astype(TYPES)
    return table.assign(value=table["value"].str.slice(0, LONGEST_VALUE))


NO_ISSUES: Final = issue_table()
"""The report of a file without a fault. Most files are: a table is not made again for each check."""


def issues_at(
    places: npt.NDArray[np.intp],
    *,
    numbers: pd.Index,
    field: str,
    values: "pd.Series[str]",
    reasons: Words,
    remedies: Words,
) -> pd.DataFrame:
    """One issue for each of the rows at `places`; `numbers` and `values` are those of all rows.

    `reasons` and `remedies` are one for all the issues, or one for each.
    """
    if not len(places):
        return NO_ISSUES
    table = pd.DataFrame({"row": numbers.take(places).to_numpy(), "field": field})
    table["value"] = values.iloc[places].fillna("").astype("str").str.slice(0, LONGEST_VALUE).array
    return table.assign(reason=reasons, remedy=remedies).astype(TYPES)


def all_issues(*tables: pd.DataFrame) -> pd.DataFrame:
    """The issues of every table, by row; those of one row in the order given."""
    kept = [table for table in tables if len(table)]
    if not kept:
        return NO_ISSUES
    return pd.concat(kept, ignore_index=True).sort_values("row", kind="stable", ignore_index=True)


def reasons_by_row(issues: pd.DataFrame) -> "pd.Series[str]":
    """Each row's reasons in the order of `issues`, joined by "; "; index: the row's number."""
    nth = issues.groupby("row").cumcount()
    reasons = issues.set_index("row")["reason"]
    joined = reasons[(nth == 0).to_numpy()]
    # Row by row would be slow: a second reason is put to all that have one at once.
    for n in range(1, int(nth.max()) + 1 if len(nth) else 0):
        more = reasons[(nth == n).to_numpy()]
        joined = joined.where(~joined.index.isin(more.index), joined + "; " + more.reindex(joined.index))
    return joined
