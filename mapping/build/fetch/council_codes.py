"""The codes of the areas in a council, from the lookups that were fetched."""

import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

import pandas as pd

from mapping.errors import SourceChangedError, SourceMissingError
from mapping.registry import Source, source_of

CODE: Final = re.compile(r"E\d{8}")
AT_ONCE: Final = 60
"""Codes in one request: more make an address that is too long for some servers."""


def conditions(column: str, codes: Collection[str]) -> list[str]:
    """What asks a feature service for the rows with `codes` in `column`, a few codes at a time."""
    ordered = sorted(code for code in set(codes) if CODE.fullmatch(code))
    few = [ordered[at : at + AT_ONCE] for at in range(0, len(ordered), AT_ONCE)]
    return [f"{column} IN ({','.join(repr(code) for code in each)})" for each in few]


def codes_of(
    column: str, councils: Collection[str], registry: Iterable[Source], *, raw: Path
) -> tuple[str, ...]:
    """The codes in `column` (LAD24CD, LSOA21CD, LSOA11CD or WD19CD) of the areas in `councils` (of 2024).

    LSOAs of 2011 are those that share land with one of 2021; wards are those that such an LSOA is
    best-fitted to. Raises SourceMissingError where the lookup is not there, SourceChangedError where
    it does not know the councils.
    """
    wanted, lookups = column.upper(), tuple(registry)
    if wanted == "LAD24CD":
        return tuple(sorted(councils))
    fit = _read(lookups, raw, kind="best fit", vintage="2025", columns=("LSOA21CD", "LAD24CD"))
    codes = set(fit.loc[fit["LAD24CD"].isin(councils), "LSOA21CD"])
    if wanted in ("LSOA11CD", "WD19CD"):
        pairs = _read(lookups, raw, kind="changes", vintage="2021", columns=("LSOA11CD", "LSOA21CD"))
        codes = set(pairs.loc[pairs["LSOA21CD"].isin(codes), "LSOA11CD"])
    if wanted == "WD19CD":
        fit = _read(lookups, raw, kind="best fit", vintage="2019", columns=("LSOA11CD", "WD19CD"))
        codes = set(fit.loc[fit["LSOA11CD"].isin(codes), "WD19CD"])
    if not codes:
        raise SourceChangedError(
            f"The lookups name no areas of {', '.join(sorted(councils))}. Fetch them again: add --again."
        )
    return tuple(sorted(codes))


def _read(
    registry: tuple[Source, ...], raw: Path, *, kind: str, vintage: str, columns: tuple[str, str]
) -> pd.DataFrame:
    source = source_of(registry, kind=kind, vintage=vintage)
    path = raw / source.id / source.file
    try:
        table = pd.read_csv(path, dtype=str, encoding="utf-8-sig")
    except FileNotFoundError as exc:
        raise SourceMissingError(
            f"It needs to know which areas are in the council, and {source.title} is not there. Fetch again."
        ) from exc
    # ONS's first version wrote F_LSOA11CD.
    held = table.rename(columns=lambda name: name.upper().removeprefix("F_"))
    if not set(columns) <= set(held):
        raise SourceChangedError(f"{path} lacks {' or '.join(columns)}. Fetch it again: add --again.")
    return held[list(columns)]
