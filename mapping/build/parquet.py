"""Parquet as the atlas reads it: a row group for each council, so that one is read without the others."""

from collections.abc import Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

BY: Final = "lad24cd"


def write_parquet(table: pd.DataFrame, path: Path, *, by: str = "") -> Path:
    """`path`, with `table` in it; where rows are sorted by column `by`, a row group for each value."""
    arrow = _arrow(table)
    with pq.ParquetWriter(path, arrow.schema, compression="zstd") as writer:
        for group in _groups(arrow, by):
            writer.write_table(group, row_group_size=max(len(group), 1))
    return path


def _arrow(table: pd.DataFrame) -> pa.Table:
    """`table` as Arrow, with what GeoParquet says of its geometry."""
    if not isinstance(table, gpd.GeoDataFrame):
        return pa.Table.from_pandas(table, preserve_index=False)
    written = BytesIO()
    # Only geopandas' own writer knows GeoParquet's words for the CRS; it cannot part rows into groups.
    table.to_parquet(written, index=False, compression=None)
    return pq.read_table(written)


def _groups(arrow: pa.Table, by: str) -> Iterator[pa.Table]:
    """The runs of equal values of column `by`; all rows at once where it is blank or there are none."""
    if not by or not len(arrow):
        yield arrow
        return
    values = arrow.column(by).to_pandas()
    starts = [*values.index[values != values.shift()], len(arrow)]
    for start, end in pairwise(starts):
        yield arrow.slice(start, end - start)
