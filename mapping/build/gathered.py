"""One table from several files of one kind: the most complete first, the others where it is silent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.adapters.recognise import Recognised

ROUNDED: Final = 0.0006
"""Published figures are rounded to three decimals, by different hands."""


@dataclass(frozen=True, kw_only=True)
class Gathered:
    """What files of one kind say together."""

    table: pd.DataFrame
    used: tuple[Recognised, ...]
    passed_over: tuple[str, ...] = ()
    """Files that add nothing, and why."""
    issues: tuple[str, ...] = ()


Reader = Callable[[Recognised], pd.DataFrame]


def gather(found: Sequence[Recognised], *, read: Reader, key: str) -> Gathered:
    """The rows and columns of all `found`, on `key`: a cell is that of the most complete file that has it.

    Where files contradict each other the most complete counts, and it is said in how many cells.
    """
    tables = [(each, _keyed(read(each), key)) for each in found]
    tables.sort(key=lambda pair: -int(pair[1].notna().to_numpy().sum()))
    (first, whole), *others = tables
    used, passed_over, issues = [first], [], []
    for each, table in others:
        issues += _contradictions(whole, table, names=(first.path.name, each.path.name))
        filled = whole.combine_first(table)
        if filled.notna().to_numpy().sum() == whole.notna().to_numpy().sum():
            passed_over.append(f"{each.path.name}: says nothing that {first.path.name} does not")
            continue
        whole = filled
        used.append(each)
    return Gathered(
        table=whole.sort_index().reset_index(),
        used=tuple(used),
        passed_over=tuple(passed_over),
        issues=tuple(issues),
    )


def most_complete(found: Sequence[Recognised], *, read: Reader) -> Gathered:
    """The table with the most rows, alone; of equals that whose file name comes last."""
    tables = sorted(
        ((read(each), each) for each in found), key=lambda pair: (len(pair[0]), pair[1].path.name)
    )
    table, used = tables[-1]
    passed_over = tuple(
        f"{each.path.name}: {len(other):,} rows where {used.path.name} has {len(table):,}"
        for other, each in tables[:-1]
    )
    return Gathered(table=table, used=(used,), passed_over=passed_over)


def _keyed(table: pd.DataFrame, key: str) -> pd.DataFrame:
    return table.drop_duplicates(key).set_index(key)


def _contradictions(whole: pd.DataFrame, other: pd.DataFrame, *, names: tuple[str, str]) -> list[str]:
    """For each column in which both files have a value and not the same, how many and for example which."""
    rows = whole.index.intersection(other.index)
    told = []
    for column in whole.columns.intersection(other.columns):
        ours, theirs = whole.loc[rows, column], other.loc[rows, column]
        differs = (ours.notna() & theirs.notna() & _unequal(ours, theirs)).to_numpy(bool)
        if differs.any():
            told.append(
                f"{names[1]} has another {column.replace('_', ' ')} than {names[0]}, which is used (LSOAs: "
                f"{differs.sum():,}, such as {rows[differs][0]})"
            )
    return told


def _unequal(ours: pd.Series, theirs: pd.Series) -> pd.Series:
    if pd.api.types.is_numeric_dtype(ours) and pd.api.types.is_numeric_dtype(theirs):
        return (ours.astype("float64") - theirs.astype("float64")).abs().gt(ROUNDED)
    return ours.astype("str").ne(theirs.astype("str"))
