"""Positions given as a pair of columns: which columns they are, and where each row says it is."""

import re
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.bounds import FAULTS, Flags, Numbers, national_grid
from mapping.issues import issues_at

Faults = npt.NDArray[np.object_]

NAMES: Final = {
    "easting": ("metres", 0),
    "northing": ("metres", 1),
    "longitude": ("degrees", 0),
    "latitude": ("degrees", 1),
    "x": ("either", 0),
    "y": ("either", 1),
}
"""What a heading may end in: what it is measured in, and which of the pair it is."""
SPELLINGS: Final = {
    "easting": r"(?:os)?eastings?|oseast1m|east1m",
    "northing": r"(?:os)?northings?|osnrth1m|north1m",
    "longitude": r"longitude|long|lng|lon",
    "latitude": r"latitude|lat",
    "x": r"x",
    "y": r"y",
}
HEADING: Final = re.compile(
    r"(?P<prefix>(?:.*[^a-z])?|.*geo|.*site|.*location)"
    r"(?:" + "|".join(f"(?P<{name}>{spelling})" for name, spelling in SPELLINGS.items()) + r")"
    r"(?:[^a-z]*co-?ord(?:inate)?s?)?[^a-z0-9]*(?:\(.*\))?"
)


@dataclass(frozen=True)
class Columns:
    """The two columns of a table that say where its rows are."""

    x: str
    y: str
    measure: str
    """`metres` (EPSG:27700), `degrees` (EPSG:4326), or `either`: as the numbers themselves say."""


@dataclass(frozen=True)
class Positions:
    """Where each of n rows says it is, and what was wrong with the rest."""

    table: pd.DataFrame
    """`easting, northing` in EPSG:27700 on the rows' index; NaN where none was given or it was faulty."""
    issues: pd.DataFrame


def position_columns(rows: pd.DataFrame) -> Columns | None:
    """The pair of columns whose headings say that they hold positions; None where there is no such pair.

    `Longitude` and `Latitude`, `lng`/`lat`, `Easting`/`Northing`, `x`/`y`, `Geo Container Latitude` and its
    sister: both headings of a pair share what comes before. Of several pairs the one filled in most rows is
    taken, then eastings and northings before degrees before x and y.
    """
    halves: dict[tuple[str, str], list[list[str]]] = {}
    for heading in map(str, rows.columns):
        for name, prefix in _roles(heading):
            measure, half = NAMES[name]
            halves.setdefault((prefix, measure), [[], []])[half].append(heading)
    pairs = [
        Columns(x, y, measure)
        for (_, measure), (xs, ys) in halves.items()
        for x, y in zip(xs, ys, strict=False)
    ]
    order = ("metres", "degrees", "either")
    return max(pairs, key=lambda pair: (_n_filled(rows, pair), -order.index(pair.measure)), default=None)


def positions(rows: pd.DataFrame, columns: Columns, *, numbers: pd.Index) -> Positions:
    """Where each of the n `rows` says it is in EPSG:27700, on their index, with an issue for each faulty one.

    Both columns hold text. `numbers` are the rows' numbers in their file. Nothing is corrected: a swapped
    pair, metres under a heading for degrees, 0, 0 and places outside England are issues with a remedy.
    """
    typed_x, typed_y = rows[columns.x].str.strip(), rows[columns.y].str.strip()
    given = ((typed_x != "") | (typed_y != "")).to_numpy()
    x, y = (_as_numbers(typed) for typed in (typed_x, typed_y))
    metres = _is_metres(x, y, columns.measure)
    easting, northing, faults = (np.full(len(rows), fill) for fill in (np.nan, np.nan, ""))
    faults = faults.astype(object)
    easting[given], northing[given], faults[given] = national_grid(x[given], y[given], metres=metres)
    for typed, number in ((typed_x, x), (typed_y, y)):
        written = typed.str.fullmatch(r"[+-]?(?:nan|inf(?:inity)?)", case=False).to_numpy(bool)
        faults[given & np.isnan(number) & ~written] = "not a number"
    faults[given & ((typed_x == "") | (typed_y == "")).to_numpy()] = "half"
    table = pd.DataFrame({"easting": easting, "northing": northing}, index=rows.index)
    pair = typed_x + ", " + typed_y
    return Positions(table, _issues(faults, pair, field=f"{columns.x}, {columns.y}", numbers=numbers))


TYPED_FAULTS: Final = {
    "half": ("Only half of a position", "Give both numbers, or leave both cells empty."),
    "not a number": (
        "Position is not two numbers",
        "Write plain numbers such as 51.7521 and -1.2578, without units, commas or degree signs.",
    ),
}


def _roles(heading: str) -> list[tuple[str, str]]:
    """The name in `NAMES` that `heading` ends in and what comes before it, folded; none or one."""
    # "siteLatitude" says as much as "site latitude".
    folded = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading.strip()).casefold()
    match = HEADING.fullmatch(folded[:200])
    if match is None:
        return []
    prefix = re.sub(r"[^a-z0-9]+", " ", match["prefix"]).strip()
    return [(name, prefix) for name in NAMES if match[name]]


def _n_filled(rows: pd.DataFrame, pair: Columns) -> int:
    return int(((rows[pair.x].str.strip() != "") & (rows[pair.y].str.strip() != "")).sum())


def _as_numbers(typed: "pd.Series[str]") -> Numbers:
    # A minus sign is often the typographer's: U+2212.
    plain = typed.str.replace("\u2212", "-", regex=False)
    return pd.to_numeric(plain, errors="coerce").to_numpy(np.float64)


def _is_metres(x: Numbers, y: Numbers, measure: str) -> bool:
    """Whether the columns hold metres: as their headings say, else as most of their numbers do."""
    if measure != "either":
        return measure == "metres"
    finite: Flags = np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0))
    in_degrees = (np.abs(x[finite]) <= 180) & (np.abs(y[finite]) <= 180)
    return len(in_degrees) > 0 and bool(in_degrees.mean() < 0.5)


def _issues(faults: Faults, typed: "pd.Series[str]", *, field: str, numbers: pd.Index) -> pd.DataFrame:
    words = {**FAULTS, **TYPED_FAULTS}
    faulty = np.flatnonzero(faults != "")
    return issues_at(
        faulty,
        numbers=numbers,
        field=field,
        values=typed,
        reasons=[words[key][0] for key in faults[faulty]],
        remedies=[words[key][1] for key in faults[faulty]],
    )
