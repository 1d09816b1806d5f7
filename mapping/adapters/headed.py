"""The tables in a file and what their columns are called, told from its first bytes."""

import csv
import io
import re
from collections.abc import Callable
from itertools import groupby
from pathlib import Path
from typing import Final

from mapping.adapters import archives, headed_layers, published_sheets
from mapping.adapters.headings import Headed
from mapping.errors import SourceChangedError

CODE_POINT_PART: Final = re.compile(r"Data/CSV/[a-z]{1,2}\.csv")
CODE_POINT: Final = ("PC", "PQ", "EA", "NO", "CY", "RH", "LH", "CC", "DC", "WC")
"""What Code-Point Open's columns are called in its papers; its tables have no headings."""
FEWEST_PARTS: Final = 3


def tables_in(path: Path) -> list[Headed]:
    """Every table of the file that has headings; none where it is of a kind not read here.

    Raises SourceMissingError, or SourceChangedError where the file is cut short or damaged.
    """
    with archives.opened(path) as file:
        head = file.read(archives.HEAD)
    with path.open("rb") as raw:
        outer = archives.form_of(raw.read(archives.HEAD))
    readers: dict[str, Callable[[Path], list[Headed]]] = {
        "zip": _in_zip,
        "GeoPackage": headed_layers.in_geopackage,
        "Parquet": headed_layers.in_parquet,
    }
    if outer in readers:
        return readers[outer](path)
    return _in_text(path, "", head, packed=", in gzip" if outer == "gzip" else "")


def _in_text(path: Path, member: str, head: bytes, *, packed: str) -> list[Headed]:
    form = archives.form_of(head)
    if form == "JSON":
        return headed_layers.in_geojson(path, member, packed=packed)
    headings, encoding = first_line(head) if form == "text" else ((), "")
    return [Headed(headings=headings, form=f"CSV, {encoding}{packed}", member=member)] if headings else []


def first_line(head: bytes) -> tuple[tuple[str, ...], str]:
    """The headings of a CSV, and its encoding as far as its beginning tells."""
    whole = head if len(head) < archives.HEAD else head[: head.rfind(b"\n") + 1]
    try:
        text, encoding = whole.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        text, encoding = whole.decode("cp1252", "replace"), "Windows-1252"
    try:
        first = next(csv.reader(io.StringIO(text, newline="")), [])
    except csv.Error:
        first = []
    return tuple(first), encoding


def _in_zip(path: Path) -> list[Headed]:
    parts = archives.parts_of(path)
    if any(part.filename == archives.WORKBOOK for part in parts):
        sheets = published_sheets.headed_sheets(path)
        return [Headed(headings=heads, form=f"Excel, sheet {title}", member=title) for title, heads in sheets]
    if any(CODE_POINT_PART.fullmatch(part.filename) for part in parts):
        return [_code_point_open(path, [part.filename for part in parts])]
    found = [
        Headed(
            headings=table.headings,
            form=table.form,
            member=table.member,
            shapes=table.shapes,
            size=part.file_size,
        )
        for part in parts
        for table in _in_text(path, part.filename, archives.head_of(path, part.filename), packed=", in a zip")
    ]
    found.sort(key=lambda table: (table.headings, -table.size))
    return [
        table
        for _, same in groupby(found, key=lambda table: table.headings)
        for table in _one_form(list(same))
    ]


def _one_form(same: list[Headed]) -> list[Headed]:
    """Tables alike, the largest first, each once: ONS packs a directory whole and again in parts."""
    whole, *parts = same
    if len(parts) < FEWEST_PARTS:
        return same
    if whole.size * 2 > sum(part.size for part in parts):
        return [whole]
    folder = whole.member.rpartition("/")[0] + "/"
    together = [part for part in same if part.member.rpartition("/")[0] + "/" == folder]
    form = f"{whole.form}, {len(together)} parts"
    return [Headed(headings=whole.headings, form=form, member=folder)]


def _code_point_open(path: Path, names: list[str]) -> Headed:
    first = min(name for name in names if CODE_POINT_PART.fullmatch(name))
    fields, _ = first_line(archives.head_of(path, first))
    if len(fields) != len(CODE_POINT):
        raise SourceChangedError(
            f"{path.name} is packed like Code-Point Open, but {first} has {len(fields)} columns, not "
            f"{len(CODE_POINT)}: PC, PQ, EA, NO … WC. Fetch the CSV form of Code-Point Open again."
        )
    return Headed(headings=CODE_POINT, form="Code-Point Open's zip of CSV")
