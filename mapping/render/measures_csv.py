"""Summaries of areas as a plain CSV, rounded as MHCLG prints them, and beside it what the file is."""

from typing import Final

import pandas as pd

from mapping.render.about import About, facts, require_attribution
from mapping.render.comma_separated import whole_numbers
from mapping.render.neutral import neutral_frame

DECIMALS: Final = {
    "population": 0,
    "average_score": 3,
    "average_rank": 2,
    "proportion_most_deprived_share": 4,
    "extent_share": 4,
    "local_concentration": 2,
}
"""As in MHCLG's File 10."""


def measures_csv(table: pd.DataFrame) -> bytes:
    """The rows and columns of `table` in UTF-8 with the mark by which Excel knows it; NA is an empty cell.

    Text is as its source wrote it, but nothing in it runs: see `neutral`.
    """
    rounded = whole_numbers(table.round(DECIMALS))
    text = neutral_frame(rounded).to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def about_text(about: About) -> bytes:
    """What the file is: a fact a line, in UTF-8. Raises AttributionError as `require_attribution` does."""
    require_attribution(about)
    told = facts(about) | {"notes": "\n       ".join(about.notes)}
    return "".join(f"{name}: {text}\n" for name, text in told.items() if text).encode()
