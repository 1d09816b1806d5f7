"""Work over the parts of a long table: in this process, or with Dask in several."""

import logging
import os
from collections.abc import Callable
from itertools import pairwise
from typing import Any, Final, TypeVar

import numpy as np
import pandas as pd

from mapping.errors import UnusableFileError

ENGINES: Final = ("default", "dask")
MOST_WORKERS: Final = 8
"""Each process holds its own copy of the tables: memory ends before a large machine's processors do."""

Result = TypeVar("Result")


def mapped(
    work: Callable[[pd.DataFrame], Result],
    table: pd.DataFrame,
    *,
    engine: str = "default",
    by: str | None = None,
    workers: int | None = None,
) -> list[Result]:
    """What `work` gives for each part of `table`: one part by default, one a worker on Dask; in order.

    Parameters
    ----------
    work : a function of a module, or a `functools.partial` of one, with arguments that can be pickled.
    table : rows in the order wanted, or a GeoDataFrame.
    engine : `default`, or `dask` for processes of this machine; see docs/scale.md for when it pays.
    by : a column whose equal values stay in one part; parts are then in the order of its values.
    workers : processes; by default as many as there are processors, at most 8.

    Raises UnusableFileError where Dask is asked for and is not installed.
    """
    if engine == "default":
        return [work(table)]
    workers = workers or min(os.cpu_count() or 1, MOST_WORKERS)
    return _on_dask(work, parts_of(table, workers, by=by), workers)


def parts_of(table: pd.DataFrame, n: int, *, by: str | None) -> list[pd.DataFrame]:
    """At most `n` parts of about as many rows each; at least one."""
    if by is None:
        cuts = np.linspace(0, len(table), n + 1).astype(int)
        parts = [table.iloc[start:end] for start, end in pairwise(cuts)]
    else:
        group = pd.factorize(table[by], sort=True, use_na_sentinel=False)[0]
        sizes = np.bincount(group, minlength=1)
        # A group belongs where its middle row would.
        part_of = ((np.cumsum(sizes) - sizes / 2) * n // max(len(table), 1)).astype(int)[group]
        parts = [table[part_of == part] for part in range(n)]
    return [part for part in parts if len(part)] or [table]


def _on_dask(work: Callable[[pd.DataFrame], Result], parts: list[pd.DataFrame], workers: int) -> list[Result]:
    try:
        import dask_geopandas  # noqa: F401  so that Dask knows parts with geometry
        import distributed
        from dask.dataframe import from_delayed
        from dask.delayed import delayed
    except ImportError as exc:
        raise UnusableFileError(
            f"`--engine dask` needs {exc.name}, which is not installed. Run "
            "`pip install -r requirements-scale.txt`, or leave `--engine` out: the answers are the same."
        ) from exc
    # Within this machine only: no dashboard, no address that another can reach.
    local: Any = distributed
    cluster = local.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        host="127.0.0.1",
        dashboard_address=None,
        silence_logs=logging.CRITICAL,
    )
    with cluster, local.Client(cluster) as client:
        # Sent beforehand: inside the plan of work everything would travel through the scheduler.
        frame = from_delayed(client.scatter(parts), meta=parts[0].iloc[:0], verify_meta=False)
        shared = client.scatter(work, broadcast=True)
        tasks = [delayed(_done)(shared, part) for part in frame.to_delayed()]
        return list(client.gather(client.compute(tasks)))


def _done(work: Callable[[pd.DataFrame], Result], part: pd.DataFrame) -> Result:
    return work(part)
