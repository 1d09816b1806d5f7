"""Which column of a table holds the postcodes."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

import pandas as pd

from mapping.analysis.postcode import normalise_all
from mapping.errors import UnusableFileError

PLAIN: Final = ("postcode", "postcodes", "postalcode")
ONS: Final = ("pcds", "pcd", "pcd7", "pcd8", "pcd2")
LOOKED_AT: Final = 1_000
"""Rows that say whether a column looks like postcodes."""
LONGEST: Final = 200
"""Characters of a heading that are looked at."""
NAME_IT: Final = "Say which by --postcode-column NAME."


def postcode_column(rows: pd.DataFrame, *, asked: str | None, is_needed: bool) -> str | None:
    """The heading of the postcodes: the one asked for, else the one that says so; None where none does.

    Raises UnusableFileError where the one asked for is not there, where several say so, and where none does
    though one `is_needed`. A column is never chosen by what is in it, only named in the message.
    """
    headings = list(map(str, rows.columns))
    if asked is not None:
        return _asked(headings, asked)
    plain = plainest(headings)
    if len(plain) > 1:
        raise UnusableFileError(f"There are {len(plain)} columns of postcodes. {NAME_IT} {_listed(plain)}")
    if not plain and is_needed:
        like = [heading for heading in headings if _looks_like_postcodes(rows[heading])]
        hint = f'Perhaps "{like[0]}"?' if like else _listed(headings)
        raise UnusableFileError(f"No column is headed Postcode, and none holds positions. {NAME_IT} {hint}")
    return plain[0] if plain else None


def plainest(headings: Iterable[str]) -> list[str]:
    """The headings that say that their column holds postcodes; only the plainest of them.

    `Postcode` comes before ONS's `pcds` and the like, and those before `Registered postcode`.
    """
    by_rank: dict[int, list[str]] = {}
    for heading in headings:
        spoken = re.sub(r"\(.*\)", "", heading[:LONGEST].casefold())
        folded = re.sub(r"[^a-z0-9]+", "", spoken)
        tests = (folded in PLAIN, folded in ONS, folded.endswith(PLAIN))
        if any(tests):
            by_rank.setdefault(tests.index(True), []).append(heading)
    return by_rank[min(by_rank)] if by_rank else []


def _asked(headings: list[str], asked: str) -> str:
    folded = {heading.strip().casefold(): heading for heading in headings}
    found = asked if asked in headings else folded.get(asked.strip().casefold())
    if found is None:
        near = get_close_matches(asked, headings, n=1)
        hint = f'Did you mean "{near[0]}"?' if near else _listed(headings)
        raise UnusableFileError(f'No column is headed "{asked}". {hint}')
    return found


def _looks_like_postcodes(column: "pd.Series[str]") -> bool:
    filled = column[column.str.strip() != ""].head(LOOKED_AT)
    return len(filled) > 0 and bool(normalise_all(filled).notna().mean() > 0.5)


def _listed(headings: list[str]) -> str:
    shown = ", ".join(f'"{heading[:40]}"' for heading in headings[:20])
    return f"There {'is' if len(headings) == 1 else 'are'} {shown}{' and more' * (len(headings) > 20)}."
