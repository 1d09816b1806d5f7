"""What is wrong with the values of a publisher's file: gathered, then said in one go."""

from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd

from mapping.editions import EDITIONS
from mapping.errors import SourceChangedError

SHOWN: Final = 5
N_LSOAS: Final = {edition.lsoa: edition.n_lsoas for edition in EDITIONS.values()}
"""LSOAs in England by vintage."""
OTHERS: Final = ("W", "S", "N")
"""How codes of Wales, Scotland and Northern Ireland begin."""
AGAIN: Final = "Fetch or copy the publisher's file again."


class Faults:
    """The faults found so far in one table, each with the row it is in."""

    def __init__(self, path: Path, *, rows: pd.Series) -> None:
        """`rows` says which row is meant: the code that stands in it."""
        self.path, self.rows = path, rows
        self.listed: list[str] = []
        self.n = 0

    def say(self, fault: str) -> None:
        """A fault of the table as a whole."""
        self.n += 1
        self.listed.append(fault)

    def where(self, wrong: Any, values: pd.Series, *, column: str, reason: str) -> None:
        """A fault for each row in which `wrong` holds; the first few are shown."""
        at = np.flatnonzero(np.asarray(wrong, dtype=bool))
        if not len(at):
            return
        self.n += len(at)
        shown = ", ".join(f"{self.rows.iloc[n] or 'a row'}: {str(values.iloc[n])[:40]!r}" for n in at[:SHOWN])
        more = f" and {len(at) - SHOWN:,} more" if len(at) > SHOWN else ""
        self.listed.append(f"{column}, {reason} ({shown}{more})")

    def malformed(self, values: pd.Series, pattern: str, *, column: str) -> None:
        """A fault for each text that does not meet `pattern`."""
        self.where(~values.str.fullmatch(pattern), values, column=column, reason="no such code")

    def repeated(self, values: pd.Series, *, column: str) -> None:
        """A fault for each value that is as the one before; `values` are in order."""
        self.where(values == values.shift(), values, column=column, reason="there twice")

    def numbers(self, values: pd.Series, *, column: str, is_optional: bool = False) -> pd.Series:
        """`values` as floats; a fault for each that is no finite number, unless it may be empty and is."""
        read = pd.to_numeric(values, errors="coerce").astype("float64")
        is_empty = is_optional & (values.astype("str").str.strip() == "")
        self.where(~(np.isfinite(read) | is_empty), values, column=column, reason="not a number")
        return read.where(np.isfinite(read))

    def whole(
        self, values: pd.Series, *, column: str, least: int, most: int, is_optional: bool = False
    ) -> pd.Series:
        """`values` as whole numbers, also from `29199.00`; a fault for each that is none or out of range."""
        read = self.numbers(values, column=column, is_optional=is_optional)
        is_read = read.notna()
        self.where(is_read & (read % 1 != 0), values, column=column, reason="not whole")
        outside = is_read & ~read.between(least, most)
        self.where(outside, values, column=column, reason=f"not in {least:,} to {most:,}")
        return read.round().astype("Int64") if is_optional else read.fillna(least).round().astype("int64")

    def count(self, n: int, whole: int, *, what: str, least: int = 1) -> None:
        """A fault if there are more than `whole` rows, or fewer than `least`."""
        if not least <= n <= whole:
            self.say(f"{n:,} rows, where there are {whole:,} {what}")

    def raise_if_any(self) -> None:
        """Nothing, if nothing is wrong. Raises SourceChangedError listing all that is."""
        if self.n:
            faults = "1 fault" if self.n == 1 else f"{self.n:,} faults"
            raise SourceChangedError(f"{self.path.name}: {faults}. {'; '.join(self.listed)}. {AGAIN}")
