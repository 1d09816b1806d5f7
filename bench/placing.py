"""(d) Placing every pilot postcode, against a bare pandas merge of the same rows with the same columns."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Final

import pandas as pd
from pandas.testing import assert_frame_equal

from bench.figures import Figure, paired
from mapping.analysis.place import place_rows
from mapping.atlas import read_atlas
from mapping.brought import atlas_gazetteer
from mapping.settings import Settings

PAIRS: Final = 9
TARGET: Final = 3


def figures() -> Iterator[Figure]:
    """One figure; the tables both need are read beforehand, as they are in the app."""
    tables = atlas_gazetteer(read_atlas(Settings.from_env(os.environ)))
    answers = tables.answers.iloc[:-1]
    rows = pd.DataFrame(
        {"name": [f"Place {n}" for n in range(len(answers))], "postcode": answers.index.to_list()}
    )
    rows = rows.sample(frac=1, random_state=1, ignore_index=True)

    def placed() -> pd.DataFrame:
        return place_rows(rows, tables=tables, postcode_column="postcode")[0]

    def merged() -> pd.DataFrame:
        return rows.merge(answers, how="left", left_on="postcode", right_index=True)

    assert_frame_equal(placed()[answers.columns], merged()[answers.columns])
    ours, bare = zip(*((_seconds(placed), _seconds(merged)) for _ in range(PAIRS)), strict=True)
    yield paired(f"{len(rows):,} postcodes placed", ours, bare, target=TARGET)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
