"""Chosen columns of a recognised table, as text, whatever file they are in."""

from collections.abc import Iterator, Mapping
from typing import IO, Final

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from pyarrow import csv

from mapping.adapters import archives, headed, headings, published_sheets, shapes
from mapping.adapters.recognise import Recognised
from mapping.errors import SourceChangedError

BLOCK: Final = 8_000_000
"""Bytes of a CSV read at a time."""


def read_columns(
    found: Recognised, patterns: Mapping[str, str], *, only: tuple[str, str] | None = None
) -> pd.DataFrame:
    """The columns of `patterns` that the table has, all text, "" where a cell is empty; order of rows kept.

    `only` is a column and what must be found in it: other rows are passed over while reading.
    Raises SourceMissingError, or SourceChangedError where the file is damaged or a row is ragged.
    """
    if found.form.startswith("CSV"):
        table = _text(found, patterns, only)
    elif found.form.startswith("Parquet"):
        table = _only(_named(_parquet(found), patterns), only)
    elif found.form.startswith("Excel"):
        sheet = published_sheets.read_sheet(found.path, found.member)
        table = _only(_named(pa.Table.from_pandas(sheet), patterns), only)
    else:
        rows = shapes.read_properties(found)
        table = _only(_named(pa.Table.from_pandas(rows), patterns), only)
    return pd.DataFrame(table.to_pandas(ignore_metadata=True))


def _named(table: pa.Table, patterns: Mapping[str, str]) -> pa.Table:
    """The columns asked for, under our names, as text."""
    held = headings.columns(table.column_names, patterns)
    texts = {name: pc.fill_null(table[heading].cast(pa.string()), "") for name, heading in held.items()}
    return pa.table(texts)


def _only(table: pa.Table | pa.RecordBatch, only: tuple[str, str] | None) -> pa.Table | pa.RecordBatch:
    return table.filter(pc.match_substring_regex(table[only[0]], only[1])) if only else table


def _parquet(found: Recognised) -> pa.Table:
    try:
        return pq.read_table(found.path)
    except (pa.ArrowInvalid, OSError) as exc:
        raise archives.damaged(found.path) from exc


def _text(found: Recognised, patterns: Mapping[str, str], only: tuple[str, str] | None) -> pa.Table:
    """A CSV, or several alike in a zip. UTF-8 is tried first, for most are."""
    members = _members(found)
    try:
        return _decoded(found, members, patterns, only, "utf8")
    except pa.ArrowInvalid as exc:
        if "UTF8" not in str(exc):
            raise _unreadable(found, exc) from exc
    try:
        return _decoded(found, members, patterns, only, "cp1252")
    except (pa.ArrowInvalid, UnicodeDecodeError) as exc:
        raise _unreadable(found, exc) from exc


def _decoded(
    found: Recognised,
    members: list[str],
    patterns: Mapping[str, str],
    only: tuple[str, str] | None,
    encoding: str,
) -> pa.Table:
    batches = [batch for member in members for batch in _batches(found, member, patterns, only, encoding)]
    if not batches:
        raise pa.ArrowInvalid("there is no row below them")
    return pa.Table.from_batches(batches)


def _unreadable(found: Recognised, exc: Exception) -> SourceChangedError:
    what = str(exc).partition(". Row")[0].removeprefix("CSV parse error: ")
    return SourceChangedError(
        f"{found.path.name} cannot be read under its headings: {what}. It may be cut short: fetch or copy it "
        "again."
    )


def _members(found: Recognised) -> list[str]:
    if not found.member.endswith("/"):
        return [found.member]
    names = [part.filename for part in archives.parts_of(found.path)]
    return [name for name in names if name.rpartition("/")[0] + "/" == found.member]


def _batches(
    found: Recognised,
    member: str,
    patterns: Mapping[str, str],
    only: tuple[str, str] | None,
    encoding: str,
) -> Iterator[pa.RecordBatch]:
    first, _ = headed.first_line(archives.head_of(found.path, member))
    held = headings.columns(first, patterns)
    # By number, as a heading may be there twice and the first counts.
    at = {name: str(first.index(heading)) for name, heading in held.items()}
    with (
        archives.opened(found.path, member) as file,
        _reader(
            file, names=[str(n) for n in range(len(first))], wanted=list(at.values()), encoding=encoding
        ) as rows,
    ):
        for batch in rows:
            yield _only(batch.rename_columns(list(at)), only)


def _reader(file: IO[bytes], *, names: list[str], wanted: list[str], encoding: str) -> csv.CSVStreamingReader:
    return csv.open_csv(
        file,
        read_options=csv.ReadOptions(column_names=names, skip_rows=1, block_size=BLOCK, encoding=encoding),
        convert_options=csv.ConvertOptions(
            include_columns=wanted,
            column_types=dict.fromkeys(wanted, pa.string()),
            strings_can_be_null=False,
        ),
    )
