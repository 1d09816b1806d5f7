"""Where the rows of a table are: official codes by postcode, polygons only where there is no postcode."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis import postcode
from mapping.analysis.coordinates import Positions
from mapping.analysis.gazetteer import ANSWERS, Gazetteer, answers_at, beyond_words, is_beyond
from mapping.issues import NO_ISSUES, Issue, all_issues, issue_table, issues_at, reasons_by_row

OURS: Final = (*ANSWERS, "issue")
"""The columns that placing adds."""
APART_M: Final = 5_000
"""A postcode and a position farther apart than this are not of the same place."""

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
    typed = rows[postcode_column] if postcode_column else pd.Series("", index=rows.index, dtype="str")
    found = _found(typed, tables)
    faults = [_postcode_issues(typed, found, tables=tables, numbers=numbers)]
    book, at = tables.answers, found
    if positions is not None:
        faults += [positions.issues, _apart(typed, found, positions, tables=tables, numbers=numbers)]
        book, at = _with_positions(found, positions, tables=tables)
    placed = book.take(at).set_axis(rows.index)
    faults += [_unplaced(typed, at, faults, tables=tables, numbers=numbers)]
    if positions is not None:
        faults += [_beyond(typed, at, placed, tables=tables, numbers=numbers)]
    names, renamed = _free_names(rows.columns)
    faults = [noted, *faults]
    issues = all_issues(renamed, *faults, _doubtful(typed, found, tables=tables, numbers=numbers))
    placed["issue"] = _told(issues, found, faults, tables=tables, numbers=numbers)
    return pd.concat([rows, placed.set_axis(names, axis=1)], axis=1), issues


def _found(typed: "pd.Series[str]", tables: Gazetteer) -> Places:
    """The place in `tables.answers` of each postcode as typed; `tables.nowhere` where it is not held."""
    known = tables.answers.index
    at = known.get_indexer(pd.Index(typed))
    # Most files have most postcodes as the table writes them: only the rest is worth the work.
    rest = np.flatnonzero(at < 0)
    if len(rest):
        at[rest] = known.get_indexer(pd.Index(postcode.normalise_all(typed.iloc[rest])))
    at[at < 0] = tables.nowhere
    return at


def _with_positions(found: Places, positions: Positions, *, tables: Gazetteer) -> tuple[pd.DataFrame, Places]:
    """The answers with those of rows placed by their position at the end, and each row's place among them."""
    given = positions.table["easting"].notna().to_numpy()
    by_position = np.flatnonzero(given & (found == tables.nowhere))
    at = found.copy()
    at[by_position] = len(tables.answers) + np.arange(len(by_position))
    answers = answers_at(positions.table.iloc[by_position], tables=tables)
    return pd.concat([tables.answers, answers]), at


def _postcode_issues(
    typed: "pd.Series[str]", found: Places, *, tables: Gazetteer, numbers: pd.Index
) -> pd.DataFrame:
    """What is wrong with the postcodes that the table does not hold."""
    missed = np.flatnonzero(found == tables.nowhere)
    unknown = missed[~_is_blank(typed.iloc[missed])]
    words = {text: _words(text, tables) for text in map(str, typed.iloc[unknown].unique())}
    said = [words[text] for text in typed.iloc[unknown].tolist()]
    return issues_at(
        unknown,
        numbers=numbers,
        field=_heading(typed),
        values=typed,
        reasons=[reason for reason, _ in said],
        remedies=[remedy for _, remedy in said],
    )


def _words(text: str, tables: Gazetteer) -> tuple[str, str]:
    """The reason and the remedy for a postcode as typed that the table does not hold."""
    like = postcode.suggestion(text, known=tables.answers.index)
    meant = f"Did you mean {like}? If so, correct it in the file." if like else ""
    form = postcode.normalise(text)
    if form is None:
        return "Not of the form of a postcode", meant or "Give one whole postcode, such as OX1 1AA."
    if form[:2] in postcode.NOT_ENGLISH and form[2].isdigit():
        where = postcode.NOT_ENGLISH[form[:2]]
        return f"Postcode of {where}", "Leave it out: the English indices of deprivation do not cover it."
    held = ", ".join(tables.councils.values())
    elsewhere = f"It may be mistyped, newer than the table, or outside the area held ({held} and around)."
    return "Postcode not in the table", meant or elsewhere


def _apart(
    typed: "pd.Series[str]", found: Places, positions: Positions, *, tables: Gazetteer, numbers: pd.Index
) -> pd.DataFrame:
    """An issue for each row whose postcode and position are not of the same place."""
    official = tables.answers[["easting", "northing"]].take(found).to_numpy(float, na_value=np.nan)
    metres = np.hypot(*(official - positions.table[["easting", "northing"]].to_numpy(float)).T)
    apart = np.flatnonzero(metres > APART_M)
    return issues_at(
        apart,
        numbers=numbers,
        field=_heading(typed),
        values=typed,
        reasons=[f"Postcode and position {km:.0f} km apart" for km in metres[apart] / 1000],
        remedies="Placed by the postcode. Check which of the two is right.",
    )


def _unplaced(
    typed: "pd.Series[str]",
    at: Places,
    faults: list[pd.DataFrame],
    *,
    tables: Gazetteer,
    numbers: pd.Index,
) -> pd.DataFrame:
    """An issue for each row that gave nothing to place it with, right or wrong."""
    silent = np.flatnonzero(at == tables.nowhere)
    for table in faults:
        silent = silent[~numbers.take(silent).isin(table["row"])]
    return issues_at(
        silent,
        numbers=numbers,
        field=_heading(typed),
        values=typed,
        reasons="No postcode and no position",
        remedies="Give a postcode, or longitude and latitude, or easting and northing.",
    )


def _doubtful(
    typed: "pd.Series[str]", found: Places, *, tables: Gazetteer, numbers: pd.Index
) -> pd.DataFrame:
    """An issue for each thing that is not plain about a postcode that the table holds."""
    which, reason = tables.doubts.of(found)
    return issues_at(
        which,
        numbers=numbers,
        field=_heading(typed),
        values=typed,
        reasons=tables.doubts.reasons.take(reason),
        remedies=tables.doubts.remedies.take(reason),
    )


def _beyond(
    typed: "pd.Series[str]",
    at: Places,
    placed: pd.DataFrame,
    *,
    tables: Gazetteer,
    numbers: pd.Index,
) -> pd.DataFrame:
    """An issue for each row placed by a position that has no decile."""
    by_position = at >= len(tables.answers)
    reason, remedy = beyond_words(tables.councils)
    return issues_at(
        np.flatnonzero(by_position & is_beyond(placed)),
        numbers=numbers,
        field=_heading(typed),
        values=typed,
        reasons=reason,
        remedies=remedy,
    )


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
    told = tables.doubts.joined.take(found)
    own = pd.concat([table["row"] for table in faults])
    if len(own):
        joined = reasons_by_row(issues[issues["row"].isin(own)])
        at = numbers.get_indexer(joined.index)
        told[at[at >= 0]] = joined.array[at >= 0]
    return told


def _heading(typed: "pd.Series[str]") -> str:
    return "" if typed.name is None else str(typed.name)


def _is_blank(typed: "pd.Series[str]") -> npt.NDArray[np.bool_]:
    return (typed.fillna("").str.strip() == "").to_numpy(bool)


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
