"""Whether what arrived is the file that the registry describes: looked at before it replaces anything."""

import csv
import hashlib
import zipfile
from collections.abc import Sequence
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Final

from mapping.adapters import archives, headed
from mapping.build.fetch.answers import is_page
from mapping.build.fetch.remedies import CHANGED, CORRECT, LATER
from mapping.errors import ServiceError, SourceChangedError
from mapping.registry import Source

NEARLY: Final = 0.01
"""A share of rows more or fewer that a publisher's correction may make."""
ZIPS: Final = (".zip", ".xlsx")
CANNOT_UNPACK: Final = (*archives.DAMAGED, OSError, RuntimeError)
"""RuntimeError is what the standard library raises for a zip that asks for a password."""


def check_arrival(path: Path, source: Source, *, md5: str = "") -> None:
    """Raises ServiceError where the file at `path` is not whole, SourceChangedError where it is another."""
    with path.open("rb") as file:
        if is_page(file.read(512)):
            raise ServiceError(f"A web page came instead of the file. {LATER} If it stays so: {CORRECT}")
    if md5 and hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest() != md5:
        raise ServiceError(f"It differs from the checksum that its publisher gives. {LATER}")
    if source.file.endswith(ZIPS):
        _check_zip(path, source)
    if source.columns:
        _check_columns(source, [table.headings for table in headed.tables_in(path)])
    if source.file.endswith(".csv"):
        _check_table(path, source)


def check_rows(source: Source, n_rows: int) -> None:
    """Raises SourceChangedError where there are no rows, or not about as many as the registry says."""
    if n_rows == 0:
        raise SourceChangedError(f"It has no rows. {CHANGED}")
    if source.rows is not None and abs(n_rows - source.rows) > NEARLY * source.rows:
        raise SourceChangedError(f"It has {n_rows:,} rows, where {source.rows:,} were expected. {CHANGED}")


def _check_table(path: Path, source: Source) -> None:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
        try:
            check_rows(source, sum(1 for row in csv.reader(text) if row) - 1)
        except csv.Error as exc:
            raise SourceChangedError(f"It is not a table in CSV: {exc}. {CHANGED}") from exc


def _check_zip(path: Path, source: Source) -> None:
    """Raises ServiceError where a zip (or workbook) is cut short or damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            is_steep = any(map(archives.is_steep, archive.infolist()))
            # What was made to fill a disk is not unpacked to see whether it is whole.
            damaged = None if is_steep else archive.testzip()
    except CANNOT_UNPACK as exc:
        raise ServiceError(f"The zip is cut short, locked, or is none. {LATER}") from exc
    if is_steep:
        raise SourceChangedError(f"The zip unpacks to far more than its size. {CHANGED}")
    if damaged:
        raise ServiceError(f"The zip is damaged, in {damaged}. {LATER}")
    for wanted in source.members:
        if not any(fnmatchcase(name, wanted) for name in names):
            raise SourceChangedError(f"There is no {wanted} in the zip. {CHANGED}")


def _check_columns(source: Source, tables: Sequence[Sequence[str]]) -> None:
    """Raises SourceChangedError where no table has all the headings that must be there."""
    if not any(tables):
        raise SourceChangedError(f"It is not a table with headings. {CHANGED}")
    fewest: list[str] = []
    for headings in tables:
        held = [heading.strip().casefold() for heading in headings]
        missing = [wanted for wanted in source.columns if not _is_held(wanted, held)]
        if not missing:
            return
        fewest = missing if not fewest or len(missing) < len(fewest) else fewest
    told = ", ".join(f'"{wanted}"' for wanted in fewest)
    raise SourceChangedError(f"It has no heading {told}. {CHANGED}")


def _is_held(wanted: str, held: Sequence[str]) -> bool:
    patterns = wanted.strip().casefold().split("|")
    return any(fnmatchcase(name, pattern) for pattern in patterns for name in held)
