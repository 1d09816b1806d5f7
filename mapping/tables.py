"""Built tables, from Parquet: whole, or only the rows asked for; checked as they load."""

from bisect import bisect_left
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any, Final, cast, get_args

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from mapping import sources
from mapping.errors import SourceChangedError, SourceMissingError
from mapping.schemas import Schema, conform

STORED: Final = {
    str: "str",
    int: "int64",
    float: "float64",
    bool: "bool",
    pd.Int64Dtype: "Int64",
    pd.BooleanDtype: "boolean",
}
"""What a column of each type that a schema names is stored as."""


def read_table(path: Path, model: type[Schema], *, names: Mapping[str, str] | None = None) -> pd.DataFrame:
    """The table at `path`, meeting `model`; `names` says what `model` calls its columns.

    Raises SourceMissingError (no table) or SourceChangedError (it does not meet `model`).
    """
    table = read_frame(path).rename(columns=dict(names or {}))
    return checked(table, model, path=path, as_made=is_as_made(path))


def read_frame(path: Path) -> pd.DataFrame:
    """All of the table at `path`, unchecked. Raises SourceMissingError, or SourceChangedError (damaged)."""
    with opened(path) as file:
        return cast(pd.DataFrame, file.read().to_pandas())


def read_rows(path: Path, column: str, *, among: Collection[str]) -> pd.DataFrame:
    """The rows of the table at `path` whose `column` is one of `among`, in the file's order.

    Row groups that cannot hold any of them are not read, those that hold none only in `column`: a long table
    sorted by `column`, with a group for each of its values, is read in no time. Unchecked.
    Raises SourceMissingError, or SourceChangedError (damaged).
    """
    values = sorted(among)
    wanted = pa.array(values, type=pa.string())
    with opened(path) as file:
        groups = np.array(_groups_in_range(file, column, values), dtype=int)
        hits = pc.is_in(file.read_row_groups(list(groups), [column]).column(0), value_set=wanted)
        ends = np.cumsum([file.metadata.row_group(int(group)).num_rows for group in groups])
        first = np.unique(np.searchsorted(ends, np.flatnonzero(hits.to_numpy()), side="right"))
        rows = file.read_row_groups(list(groups[first]))
    return cast(pd.DataFrame, rows.filter(pc.is_in(rows.column(column), value_set=wanted)).to_pandas())


def opened(path: Path) -> pq.ParquetFile:
    """The Parquet file at `path`, nothing of it read but its footer.

    Raises SourceMissingError, or SourceChangedError (damaged).
    """
    try:
        return pq.ParquetFile(path)
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No table at {path}. Run `python -m mapping build`.") from exc
    except pa.ArrowInvalid as exc:
        raise SourceChangedError(f"{path} is damaged: {exc}. Run `python -m mapping build`.") from exc


def is_as_made(path: Path) -> bool:
    """Whether the table at `path` is, to the last bit, the one that its card was written for.

    Raises SourceMissingError (no card) or SourceChangedError (not a card).
    """
    return sources.read_card(path).sha256 == sources.sha256(path)


def checked(table: pd.DataFrame, model: type[Schema], *, path: Path, as_made: bool) -> pd.DataFrame:
    """`table`, meeting `model`.

    Every value of a table is checked before its card is written. So where the file is `as_made`, columns and
    types are checked again and values are not: a table of all England takes a fraction of a second then.
    Raises SourceChangedError listing every fault, with `path`.
    """
    if as_made and has_form(table, model):
        return table
    return conform(model, table, source=path.name)


def has_form(table: pd.DataFrame, model: type[Schema]) -> bool:
    """Whether `table` has the columns of `model`, in order and of its types."""
    return {name: str(dtype) for name, dtype in table.dtypes.items()} == form_of(model) and (
        list(table.columns) == list(form_of(model))
    )


def form_of(model: type[Schema]) -> dict[str, str]:
    """The columns of `model`, in order, and what each is stored as."""
    # As its class says: to ask pandera would load all that pandera can check with, Dask among it.
    return {name: STORED[get_args(said)[0]] for name, said in model.__annotations__.items()}


def _groups_in_range(file: pq.ParquetFile, column: str, wanted: list[str]) -> list[int]:
    """The row groups whose lowest and highest value leave room for one of `wanted`, which are sorted."""
    at = file.schema_arrow.names.index(column)
    found = []
    for group in range(file.num_row_groups):
        statistics: Any = file.metadata.row_group(group).column(at).statistics
        if statistics is None or not statistics.has_min_max:
            found.append(group)
            continue
        first = bisect_left(wanted, statistics.min)
        if first < len(wanted) and wanted[first] <= statistics.max:
            found.append(group)
    return found
