"""One list that `python -m mapping place` wrote, as places of the directory."""

import datetime
import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import pandas as pd

from mapping import schemas
from mapping.adapters.columnar import is_columnar, read_columnar
from mapping.adapters.kinds import refused
from mapping.adapters.plain import plain_text
from mapping.adapters.spreadsheet import read_table
from mapping.analysis.headings import plainest
from mapping.analysis.place import OURS
from mapping.analysis.postcode import normalise_all
from mapping.render.neutral import is_formula
from mapping.tables import form_of

KIND: Final = "community asset"
NAMES: Final = ("name", "place name", "organisation name", "organisation", "provider name", "title")
"""Headings of the column that names a place; the first that the file has."""
WEBSITES: Final = ("website", "service's website (if available)", "url")
ADDRESSES: Final = ("address",)
LONGEST_NAME: Final = 300
RESERVED: Final = "all categories"
UNKNOWN_LICENCE: Final = "unknown: see the source"
CARD: Final = ".toml"
CARD_KEYS: Final = ("source", "licence", "attribution", "date")
AGAIN: Final = "Write it again with `python -m mapping place LIST.csv --out` and this name."
LONDON: Final = ZoneInfo("Europe/London")
CODES: Final = {
    "lsoa11cd": schemas.LSOA,
    "lsoa21cd": schemas.LSOA,
    "wd24cd": schemas.WARD,
    "lad24cd": schemas.DISTRICT,
}
DATE: Final = re.compile(r"\d{4}(-\d{2}){0,2}")


@dataclass(frozen=True, kw_only=True)
class PlacedList:
    """The places of one file."""

    file: str
    kind: str
    category: str
    date: str
    """As of when the list is."""
    places: pd.DataFrame
    """`schemas.Places`, in the order of the file."""


def read_list(path: Path) -> PlacedList:
    """The places in the list at `path`; a row that is in no area held here is left out.

    The category is the file's name. Source, licence, attribution and date are those of `NAME.csv.toml` beside
    it; without it the file is its own source, of the day it was last written.

    Raises UnusableFileError (not such a list, no names, no row with a place) or SourceChangedError.
    """
    category = _category(path)
    card = _card(path)
    rows = (read_columnar(path) if is_columnar(path) else read_table(path)).rows
    ours = _ours(rows, name=path.name)
    said = pd.DataFrame(
        {
            "name": _cells(rows, _headed(rows, NAMES)),
            "address": _cells(rows, _headed(rows, ADDRESSES)),
            "postcode": normalise_all(_cells(rows, next(iter(plainest(rows.columns)), None)).fillna("")),
            "website": _cells(rows, _headed(rows, WEBSITES)),
        }
    )
    if _headed(rows, NAMES) is None:
        what = "has no column headed Name, so its places would have none"
        raise refused(path.name, what, f"Head the column of names so in the list. {AGAIN}")
    placed = pd.concat([said, ours], axis=1)[ours["easting"].notna() & ours["lad24cd"].notna()]
    if placed.empty:
        raise refused(path.name, "has no row in any area that is built here", AGAIN)
    places = _places(placed, category=category, card=card)
    return PlacedList(file=path.name, kind=KIND, category=category, date=card["date"], places=places)


def _places(placed: pd.DataFrame, *, category: str, card: dict[str, str]) -> pd.DataFrame:
    named = placed.assign(name=placed["name"].fillna(f"{category}, no name given").str.slice(0, LONGEST_NAME))
    is_point = named["located_by"] == "coordinates"
    full = named.assign(
        place_id=_ids(named, category=category),
        kind=KIND,
        category=category,
        status="open",
        location_precision=is_point.map({True: "exact", False: "postcode"}),
        source=card["source"],
        source_date=card["date"],
        licence=card["licence"],
        note=named["issue"],
        is_withheld=False,
    )
    return schemas.conform(
        schemas.Places, full.reindex(columns=list(form_of(schemas.Places))), source=card["file"]
    )


def _ids(named: pd.DataFrame, *, category: str) -> "pd.Series[str]":
    """An id for each place that stays its own when others come and go; doubles differ by their order."""
    nth = named.groupby(["name", "postcode"], dropna=False).cumcount().astype("str")
    keys = f"{category}\n" + named["name"] + "\n" + named["postcode"].fillna("") + "\n" + nth
    return "added-" + keys.map(lambda key: hashlib.sha256(key.encode()).hexdigest()[:16])


def _ours(rows: pd.DataFrame, *, name: str) -> pd.DataFrame:
    """What `place` added, under its own names; NA where it says nothing, or nothing that can be."""
    found = {column: _last(rows, column) for column in OURS}
    if missing := [column for column, heading in found.items() if heading is None]:
        what = f"is no list that `place` wrote: it has no column {', '.join(missing)}"
        raise refused(name, what, AGAIN)
    ours = pd.DataFrame({column: _cells(rows, heading) for column, heading in found.items()})
    for column, pattern in CODES.items():
        ours[column] = ours[column].where(ours[column].str.fullmatch(pattern, na=False))
    for axis, most in (("easting", 700_000), ("northing", 1_300_000)):
        metres = pd.to_numeric(ours[axis], errors="coerce")
        ours[axis] = metres.where(metres.between(0, most))
    is_whole = ours["northing"].notna() & ours["located_by"].isin(schemas.LOCATED_BY[:-1])
    return ours.assign(easting=ours["easting"].where(is_whole))


def _last(rows: pd.DataFrame, column: str) -> str | None:
    """The heading of ours called `column`: it stands behind theirs, and says so where they have the name."""
    pattern = re.compile(rf"{column}(_placed(_\d+)?)?", re.IGNORECASE)
    return next((heading for heading in reversed(rows.columns.tolist()) if pattern.fullmatch(heading)), None)


def _headed(rows: pd.DataFrame, wanted: tuple[str, ...]) -> str | None:
    headings = reversed(rows.columns.tolist())
    folded = {heading.strip().casefold().replace("’", "'"): heading for heading in headings}
    return next((folded[name] for name in wanted if name in folded), None)


def _cells(rows: pd.DataFrame, heading: str | None) -> "pd.Series[str]":
    """The cells under `heading` without the apostrophe that keeps a spreadsheet off; NA where empty."""
    if heading is None:
        return pd.Series(None, index=rows.index, dtype="str")
    cells = rows[heading].str.strip()
    is_neutral = cells.str.startswith("'") & cells.str.slice(1).map(is_formula)
    plain = cells.where(~is_neutral, cells.str.slice(1)).str.strip()
    return plain.where(plain != "").astype("str")


def _category(path: Path) -> str:
    category = " ".join(plain_text(path.stem).replace("-", " ").split())
    if not category or category.casefold() == RESERVED:
        raise refused(path.name, "names no category", "Call it by one, as in care-provider.csv.")
    return category


def _card(path: Path) -> dict[str, str]:
    """What is known of the source of the list at `path`."""
    written = datetime.datetime.fromtimestamp(path.stat().st_mtime, tz=LONDON).date().isoformat()
    card = {"source": path.name, "licence": UNKNOWN_LICENCE, "attribution": "", "date": written}
    beside = path.with_name(path.name + CARD)
    if beside.is_file():
        try:
            told = tomllib.loads(beside.read_text(encoding="utf-8"))
        except (ValueError, OSError) as exc:
            raise refused(beside.name, f"cannot be read ({exc})", "Correct it, or take it away.") from exc
        if strange := sorted(set(told) - set(CARD_KEYS)):
            what = f"says {', '.join(strange)}"
            raise refused(beside.name, what, f"It may say {', '.join(CARD_KEYS)}.")
        card |= {key: " ".join(plain_text(str(value)).split()) for key, value in told.items()}
    if not DATE.fullmatch(card["date"]):
        raise refused(beside.name, "has no date such as 2026-09-16", "A year or a month will do, in quotes.")
    # The sentence to pass on travels with every row, as the licence does.
    card["licence"] += f". {card['attribution']}" if card["attribution"] else ""
    return card | {"file": path.name}
