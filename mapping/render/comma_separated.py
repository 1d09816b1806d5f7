"""CSV: headings in row 1, data below, and at the far right what the file is.

A block of comments above the headings would say it once, but then neither Excel, pandas nor R reads the file
plainly; a second file beside it gets lost. So the account stands in columns named `about_…`, the same on
every row: a row that is cut out and pasted elsewhere still carries its licence and the sentence to show.
"""

from typing import Final

import pandas as pd

from mapping.render.about import About, facts
from mapping.render.neutral import neutral_frame, neutral_text

PREFIX: Final = "about_"
"""Places have a `source` and a `licence` of their own."""


def csv_file(table: pd.DataFrame, about: About, columns: list[str]) -> bytes:
    """`columns` of `table` and the account of `about`, in UTF-8 with the mark by which Excel knows it.

    Commas part cells, as Excel expects in Britain. Whole numbers have no point, NA is an empty cell. A table
    without rows gives headings alone.
    """
    rows = neutral_frame(whole_numbers(pd.DataFrame(table[columns])))
    told = {PREFIX + key: neutral_text(value) for key, value in facts(about).items()}
    account = pd.DataFrame([told] * len(rows), index=rows.index, columns=list(told))
    text = pd.concat([rows, account], axis="columns").to_csv(index=False, lineterminator="\r\n")
    return text.encode("utf-8-sig")


def whole_numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with columns of whole numbers as such, though NA among them made pandas give them a point."""
    floats = [column for column in rows if pd.api.types.is_float_dtype(rows[column])]
    whole = [column for column in floats if (rows[column].dropna() % 1 == 0).all()]
    return rows.astype(dict.fromkeys(whole, "Int64"))
