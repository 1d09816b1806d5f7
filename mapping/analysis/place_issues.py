"""What is not plain about where rows were placed: an issue for each, with its remedy."""

from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis import postcode
from mapping.analysis.coordinates import Positions
from mapping.analysis.gazetteer import Gazetteer, held_words, undecided, undecided_words
from mapping.issues import issues_at

APART_M: Final = 5_000
"""A postcode and a position farther apart than this are not of the same place."""

Places = npt.NDArray[np.intp]


def postcode_issues(
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
    held = held_words(tables.councils)
    elsewhere = f"It may be mistyped, newer than the table, or outside the area held ({held} and around)."
    return "Postcode not in the table", meant or elsewhere


def apart(
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


def unplaced(
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


def doubtful(typed: "pd.Series[str]", found: Places, *, tables: Gazetteer, numbers: pd.Index) -> pd.DataFrame:
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


def beyond(
    typed: "pd.Series[str]",
    at: Places,
    placed: pd.DataFrame,
    *,
    tables: Gazetteer,
    numbers: pd.Index,
) -> pd.DataFrame:
    """An issue for each row placed by a position that has no decile."""
    lacking = np.where(at >= len(tables.answers), undecided(placed, tables.deciles), 0)
    words = undecided_words(tables.deciles, tables.councils)
    told = [words[state] for state in lacking[lacking > 0]]
    return issues_at(
        np.flatnonzero(lacking),
        numbers=numbers,
        field=_heading(typed),
        values=typed,
        reasons=[reason for reason, _ in told],
        remedies=[remedy for _, remedy in told],
    )


def _heading(typed: "pd.Series[str]") -> str:
    return "" if typed.name is None else str(typed.name)


def _is_blank(typed: "pd.Series[str]") -> npt.NDArray[np.bool_]:
    return (typed.fillna("").str.strip() == "").to_numpy(bool)
