"""The rows of a feature service, as the file a person would download from its page."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tqdm import tqdm

from mapping.build.fetch import parts, row_files
from mapping.build.fetch.arrivals import check_rows
from mapping.build.fetch.client import Client
from mapping.build.fetch.council_codes import conditions
from mapping.build.fetch.feature_rows import download_rows
from mapping.build.fetch.feature_service import read_layer
from mapping.build.fetch.remedies import CHANGED
from mapping.errors import SourceChangedError
from mapping.registry import Source


def bring_rows(client: Client, path: Path, *, codes: Sequence[str] | None, bar: "tqdm[Any]") -> str:
    """The address of the service that the rows now in `path` came from.

    `codes` are those asked for, in the column that the registry names; None for the whole.
    Raises ServiceError or SourceChangedError; `path` is as it was.
    """
    source = client.source
    part = parts.part_of(path)
    layer = read_layer(client)
    wheres = [source.where] if codes is None else conditions(source.by, codes)
    bar.total = source.rows if codes is None else _n_expected(source, codes)
    n_rows = download_rows(client, layer, wheres, part, bar=bar)
    try:
        if codes is None:
            check_rows(source, n_rows)
        else:
            _check_codes(source, part, codes)
    except SourceChangedError as exc:
        parts.discard(part)
        raise SourceChangedError(f"{source.address}: {exc}") from exc
    _put(part, path, source)
    return source.address


def _n_expected(source: Source, codes: Sequence[str]) -> int | None:
    """How many rows will come, where each code has one."""
    return len(codes) if source.by == source.columns[0] else None


def _check_codes(source: Source, part: Path, codes: Sequence[str]) -> None:
    """Raises SourceChangedError where an area that was asked for did not come."""
    by = source.by.casefold()
    came = {row[name] for row in row_files.read_rows(part) for name in row if name.casefold() == by}
    missing = sorted(set(codes) - came)
    if missing:
        more = f" and {len(missing) - 1} more" if missing[1:] else ""
        raise SourceChangedError(f"It has no {missing[0]}{more}, which ONS's lookups name. {CHANGED}")


def _put(part: Path, path: Path, source: Source) -> None:
    """Write the rows of `part` beside `path`, then put them there in one step."""
    whole = parts.part_of(path.with_name(f"{path.name}.whole"))
    if source.geometry == "areas":
        row_files.write_geojson(part, whole, name=path.stem)
    else:
        row_files.write_csv(part, whole)
    with whole.open("rb+") as file:
        os.fsync(file.fileno())
    whole.replace(path)
    parts.discard(part)
