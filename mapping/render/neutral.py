"""Text that no spreadsheet takes for a formula.

Excel, LibreOffice and Google Sheets read a CSV cell as if it had been typed: `=HYPERLINK(…)`, `+1+1`, `-1+1`
and `@SUM(1)` run. A leading apostrophe makes such a cell text and keeps every character of it readable.
"""

import re
from collections.abc import Hashable
from typing import Final, TypeVar

import pandas as pd

Frame = TypeVar("Frame", bound=pd.DataFrame)

UNSEEN: Final = r"\s\x00-\x1f\x7f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
"""Blanks, controls and invisible marks: a program may strip them and meet the formula behind them."""
OPENERS: Final = r"=+\-@\t\r\n＝＋－＠﹦﹢﹣﹫⁼⁺⁻₌₊₋−"  # noqa: RUF001 these look-alikes are the point
"""What opens a formula, and the wider and smaller variants that input methods turn into it."""
FORMULA: Final = re.compile(rf"[{UNSEEN}]*[{OPENERS}]")
NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?")


def neutral_text(value: str) -> str:
    """`value`, led by an apostrophe where a spreadsheet would otherwise evaluate it.

    A plain number (`-0.12`, a longitude) stays a number. One with a leading plus is a telephone number, not
    a sum: `+44 20 7946 0000` and `+442079460000` become text and keep their plus.
    Doing it twice is doing it once, so a file that goes round again does not collect apostrophes; the price
    is that `'=1` and `=1` come out alike.
    """
    return f"'{value}" if is_formula(value) else value


def is_formula(value: str) -> bool:
    """Whether a spreadsheet might evaluate `value` rather than show it."""
    return FORMULA.match(value) is not None and NUMBER.fullmatch(value) is None


def neutral_frame(frame: Frame) -> Frame:
    """`frame` with neutral headings and neutral text; numbers, geometry, NA, index and order kept."""
    neutral = frame.copy()
    for position in range(frame.shape[1]):  # by position: two columns may share a heading
        column = frame.iloc[:, position]
        if _holds_text(column):
            neutral.isetitem(position, _neutral_column(column).array)
    neutral.columns = pd.Index([_neutral_cell(heading) for heading in frame.columns])
    return neutral


def _holds_text(column: "pd.Series[str]") -> bool:
    """Whether `column` may hold text: pandas keeps it as text, as categories or as any object."""
    dtype = column.dtype
    return isinstance(dtype, (pd.StringDtype, pd.CategoricalDtype)) or pd.api.types.is_object_dtype(dtype)


def _neutral_column(column: "pd.Series[str]") -> "pd.Series[str]":
    plain = column.astype(object) if isinstance(column.dtype, pd.CategoricalDtype) else column
    return plain.map(_neutral_cell).astype(plain.dtype)


def _neutral_cell(cell: Hashable) -> Hashable:
    return neutral_text(cell) if isinstance(cell, str) else cell
