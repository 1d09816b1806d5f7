"""Gaps and sites as a plain CSV, no finer than they are known; what the file is stands beside it."""

from typing import Final

import pandas as pd

from mapping.render.comma_separated import whole_numbers
from mapping.render.neutral import neutral_frame

DECIMALS: Final = {
    "population": 0,
    "within_share": 4,
    "mean_distance_m": 0,
    "p90_distance_m": 0,
    "need_share": 4,
    "lack": 4,
    "gap": 4,
    "people_beyond": 0,
    "need_people_beyond": 0,
    "per_10000": 2,
    "catchment_ratio": 8,
    "edge_share": 4,
    "rank": 2,
    "easting": 0,
    "northing": 0,
    "newly_within": 0,
    "newly_within_need": 0,
    "newly_within_fifth": 0,
    "shortfall_share": 4,
}
"""Metres are those of postcodes, and people are spread evenly over them: finer figures would pretend."""


def rounded(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with its figures as they are shown; whole numbers are such, though some are NA."""
    floats = [name for name in DECIMALS if name in table and pd.api.types.is_float_dtype(table[name])]
    return whole_numbers(table.round({name: DECIMALS[name] for name in floats}))


def gaps_csv(table: pd.DataFrame) -> bytes:
    """The rows and columns of `table` in UTF-8 with the mark by which Excel knows it; NA is an empty cell.

    Text is as its source wrote it, but nothing in it runs: see `neutral`.
    """
    text = neutral_frame(rounded(table)).to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")
