"""A long table somebody brought as Parquet, as text: for national work on the command line."""

from pathlib import Path
from typing import Final, cast

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import types

from mapping.adapters.kinds import refused
from mapping.adapters.spreadsheet import TableFile
from mapping.issues import NO_ISSUES

MAGIC: Final = b"PAR1"
LARGEST: Final = 8_000_000_000
"""Bytes that the table would fill when read: what its footer says of itself."""
PLAIN: Final = (
    types.is_boolean,
    types.is_integer,
    types.is_floating,
    types.is_decimal,
    types.is_date,
    types.is_timestamp,
    types.is_string,
    types.is_large_string,
    types.is_null,
)
"""Types that a cell of text can hold."""


def is_columnar(path: Path) -> bool:
    """Whether the file at `path` begins as Parquet does."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def read_columnar(path: Path) -> TableFile:
    """The table in the Parquet file at `path`, every cell as a CSV would say it; an empty cell is "".

    Raises UnusableFileError: damaged, no rows, too large, a column of lists or of bytes, or two of one name.
    """
    try:
        with pq.ParquetFile(path) as file:
            sizes = [file.metadata.row_group(group).total_byte_size for group in range(file.num_row_groups)]
            if sum(sizes) > LARGEST:
                what = f"would fill more than {LARGEST // 1_000_000_000} GB"
                raise refused(path.name, what, "Split it and bring the parts.")
            table = file.read()
    except (OSError, pa.ArrowException) as exc:
        raise refused(path.name, f"cannot be read as Parquet ({exc})", "Write it again.") from exc
    if not table.num_rows:
        raise refused(path.name, "has no rows", "Bring a table with a line for each row.")
    columns = {}
    for field, column in zip(table.schema, table.columns, strict=True):
        if field.name in columns:
            what = f'has more than one column named "{field.name}"'
            raise refused(path.name, what, "Give each column a name of its own.")
        columns[field.name] = _as_text(column, field.name, path=path)
    return TableFile(
        rows=pd.DataFrame(columns),
        numbers=pd.RangeIndex(2, table.num_rows + 2),
        form="Parquet",
        issues=NO_ISSUES,
        n_left_out=0,
    )


def _as_text(column: pa.ChunkedArray, heading: str, *, path: Path) -> "pd.Series[str]":
    plain = column.cast(column.type.value_type) if types.is_dictionary(column.type) else column
    if not any(is_type(plain.type) for is_type in PLAIN):
        what = f'has a column of another kind than text or numbers, "{heading}" ({plain.type})'
        raise refused(path.name, what, "Leave it out or write it as text.")
    return cast("pd.Series[str]", plain.cast(pa.large_string()).fill_null("").to_pandas().astype("str"))
