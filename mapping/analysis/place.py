"""Where the rows of a table are: official codes by postcode, polygons only where there is no postcode."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from mapping.analysis import place_issues, postcode
from mapping.analysis.coordinates import Positions
from mapping.analysis.gazetteer import ANSWERS, Gazetteer, answers_at
from mapping.issues import NO_ISSUES, Issue, all_issues, issue_table, reasons_by_row

OURS: Final = (*ANSWERS, "issue")
"""The columns that placing adds."""

Places = npt.NDArray[np.intp]


def place_rows(
    rows: pd.DataFrame,
    *,
    tables: Gazetteer,
    postcode_column: str | None = None,
    positions: Positions | None = None,
    numbers: pd.Index | None = None,
    noted: pd.DataFrame = NO_ISSUES,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same rows, each with its codes; and the issues of those that are not plainly placed.

    The official tables answer for a row whose postcode they hold, live or terminated. Polygons are asked
    only for a row without such a postcode, by its position. A mistyped postcode is never corrected, only
    suggested.

    Parameters
    ----------
    rows : n rows of any kind and index; `postcode_column` holds text.
    positions : where each row says it is, in the same order (`coordinates.positions`).
    numbers : the rows' numbers in their file; without it the first is row 2, beneath the headings.
    noted : issues that reading the file has found; they are put before those of placing.

    Returns
    -------
    The n rows in the order given, on their index, plus `OURS`: codes, deciles and positions are NA where they
    are not known, `could_be` and `issue` where there is nothing to say. A column of theirs with the name of
    one of ours keeps it, and ours is called `..._placed`.
    The issues: `row, field, value, reason, remedy`; every reason given for a row is in its `issue` too.
    """
    numbers = pd.RangeIndex(2, len(rows) + 2) if numbers is None else numbers
    typed = typed_postcodes(rows, postcode_column)
    placed, issues = answer_rows(typed, tables=tables, positions=positions, numbers=numbers, noted=noted)
    return beside(rows, placed, issues)


def typed_postcodes(rows: pd.DataFrame, postcode_column: str | None) -> "pd.Series[str]":
    """The postcode that each of `rows` gives, as typed; blank where they have no column of postcodes."""
    return rows[postcode_column] if postcode_column else pd.Series("", index=rows.index, dtype="str")


def beside(
    rows: pd.DataFrame, placed: pd.DataFrame, issues: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`rows` with `OURS` added, and the issues: those of `answer_rows` and of names that had to change."""
    names, renamed = _free_names(rows.columns)
    named = placed.set_axis(names, axis=1).set_axis(rows.index)
    return pd.concat([rows, named], axis=1), all_issues(renamed, issues)


def answer_rows(
    typed: "pd.Series[str]",
    *,
    tables: Gazetteer,
    positions: Positions | None,
    numbers: pd.Index,
    noted: pd.DataFrame,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`OURS` of each row, by its postcode as `typed` or its position; and the issues. See `place_rows`."""
    found = _found(typed, tables)
    faults = [place_issues.postcode_issues(typed, found, tables=tables, numbers=numbers)]
    book, at = tables.answers, found
    if positions is not None:
        faults += [positions.issues]
        faults += [place_issues.apart(typed, found, positions, tables=tables, numbers=numbers)]
        book, at = _with_positions(found, positions, tables=tables)
    placed = book.take(at).set_axis(typed.index)
    faults += [place_issues.unplaced(typed, at, faults, tables=tables, numbers=numbers)]
    if positions is not None:
        faults += [place_issues.beyond(typed, at, placed, tables=tables, numbers=numbers)]
    faults = [noted, *faults]
    issues = all_issues(*faults, place_issues.doubtful(typed, found, tables=tables, numbers=numbers))
    placed["issue"] = _told(issues, found, faults, tables=tables, numbers=numbers)
    return placed, issues


def _found(typed: "pd.Series[str]", tables: Gazetteer) -> Places:
    """The place in `tables.answers` of each postcode as typed; `tables.nowhere` where it is not held."""
    known = pa.array(tables.answers.index.array)
    at = _places(typed, known)
    # Most files have most postcodes as the table writes them: only the rest is worth the work.
    rest = np.flatnonzero(at < 0)
    if len(rest):
        at[rest] = _places(postcode.normalise_all(typed.iloc[rest]), known)
    at[at < 0] = tables.nowhere
    return at


def _places(texts: "pd.Series[str]", known: pa.Array) -> Places:
    """Where each of `texts` stands in `known`; -1 where it does not."""
    return np.asarray(pc.index_in(pa.array(texts.array), value_set=known).fill_null(-1), dtype=np.intp)


def _with_positions(found: Places, positions: Positions, *, tables: Gazetteer) -> tuple[pd.DataFrame, Places]:
    """The answers with those of rows placed by their position at the end, and each row's place among them."""
    given = positions.table["easting"].notna().to_numpy()
    by_position = np.flatnonzero(given & (found == tables.nowhere))
    at = found.copy()
    at[by_position] = len(tables.answers) + np.arange(len(by_position))
    answers = answers_at(positions.table.iloc[by_position], tables=tables)
    return pd.concat([tables.answers, answers]), at


def _told(
    issues: pd.DataFrame,
    found: Places,
    faults: list[pd.DataFrame],
    *,
    tables: Gazetteer,
    numbers: pd.Index,
) -> pd.api.extensions.ExtensionArray:
    """For each row the reasons of its `issues`, joined; NA where there is nothing to say.

    What is said of the postcode is joined already: only rows with `faults` of their own are worth the work.
    """
    told = tables.doubts.told(found)
    own = pd.concat([table["row"] for table in faults])
    if len(own):
        joined = reasons_by_row(issues[issues["row"].isin(own)])
        at = numbers.get_indexer(joined.index)
        told[at[at >= 0]] = joined.array[at >= 0]
    return told


def _free_names(theirs: pd.Index) -> tuple[list[str], pd.DataFrame]:
    """A name for each of `OURS` that no column of theirs has, and an issue for each that had to change."""
    taken = {str(name).casefold() for name in theirs}
    names = []
    for ours in OURS:
        choices = (ours, f"{ours}_placed", *(f"{ours}_placed_{n}" for n in range(2, len(taken) + 3)))
        names.append(next(name for name in choices if name not in taken))
    renamed = [
        Issue(1, ours, ours, "The file has a column of this name", f"It is kept; ours is {name}.")
        for ours, name in zip(OURS, names, strict=True)
        if ours != name
    ]
    return names, issue_table(renamed) if renamed else NO_ISSUES
