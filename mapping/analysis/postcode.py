"""Postcodes as people type them, and as the official tables write them."""

import re
import unicodedata
from collections.abc import Container
from itertools import product
from typing import Final, cast

import numpy as np
import pandas as pd

LONGEST: Final = 40
"""More characters than this are no postcode, however they are spaced."""
NOT_ENGLISH: Final = {
    "BT": "Northern Ireland",
    "GY": "Guernsey",
    "IM": "the Isle of Man",
    "JE": "Jersey",
}
"""Postcode areas wholly outside Great Britain."""
FORM: Final = re.compile(r"[A-Za-z]{1,2}[0-9][A-Za-z0-9]?[0-9][A-Za-z]{2}")
PLAIN: Final = r" *[A-Za-z]{1,2}[0-9][A-Za-z0-9]? *[0-9][A-Za-z]{2} *"
"""A postcode in plain letters and figures, whatever its case and blanks."""
PATTERNS: Final = ("A99AA", "A999AA", "AA99AA", "AA999AA", "A9A9AA", "AA9A9AA")
"""The forms a postcode takes, without its blank: A a letter, 9 a digit."""
DECORATION: Final = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\xad.,'\"`_-]+")
"""What people and programs put around and between the characters."""
ALIKE: Final = {
    **{"0": "O", "5": "S", "8": "B", "2": "Z", "1": "IL"},
    **{"O": "0", "S": "5", "B": "8", "Z": "2", "I": "1", "L": "1"},
}
"""Characters that are read for one another."""


def normalise(text: str) -> str | None:
    """`text` as the tables write a postcode (`OX4 1BA`); None where it is not of a postcode's form.

    Case, blanks of every kind, full-width characters, hyphens and full stops do not matter. No character is
    ever changed into another: see `suggestion`.
    """
    compact = _compact(text)
    return f"{compact[:-3]} {compact[-3:]}".upper() if FORM.fullmatch(compact) else None


def normalise_all(texts: "pd.Series[str]") -> "pd.Series[str]":
    """`normalise` of each of the n texts, on their index; NA where it is None or the text is NA."""
    # Most are of this plain form, which is put in order for all at once; the rest one by one.
    is_plain = texts.str.fullmatch(PLAIN).fillna(False).to_numpy(bool)
    compact = texts[is_plain].str.replace(" ", "", regex=False).str.upper()
    rest = texts[~is_plain]
    places, typed = pd.factorize(rest)
    known = pd.array([*(normalise(str(text)) for text in typed), None], dtype="str")
    result = pd.Series([None] * len(texts), index=texts.index, name=texts.name, dtype="str")
    result.iloc[np.flatnonzero(is_plain)] = compact.str.slice(0, -3) + " " + compact.str.slice(-3)
    # A missing text has place -1: the last.
    result.iloc[np.flatnonzero(~is_plain)] = known.take(np.asarray(places))
    return cast("pd.Series[str]", result)


def readings(text: str) -> set[str]:
    """Every postcode that `text` becomes when at least one character is read for one it looks like.

    0 and O, 1, I and L, 2 and Z, 5 and S, 8 and B look alike: "0X4 1BA" can be read as "OX4 1BA".
    """
    return {reading for reading, changes in _all_readings(text) if changes}


def suggestion(text: str, *, known: Container[str] | None = None) -> str | None:
    """The one postcode that `text` becomes when characters are read for those they look like; else None.

    Of all `readings` the one that changes fewest characters wins; two such readings are no suggestion. With
    `known`, only postcodes in it count. To be shown to a person, never used by itself.
    """
    by_changes: dict[int, set[str]] = {}
    for reading, changes in _all_readings(text):
        if changes and (known is None or reading in known):
            by_changes.setdefault(changes, set()).add(reading)
    best = by_changes[min(by_changes)] if by_changes else set()
    return best.pop() if len(best) == 1 else None


def _all_readings(text: str) -> list[tuple[str, int]]:
    compact = _compact(text)
    compact = compact.upper() if compact.isascii() else ""
    return [each for pattern in PATTERNS for each in _readings(compact, pattern)]


def _compact(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    return DECORATION.sub("", unicodedata.normalize("NFKC", text))


def _readings(compact: str, pattern: str) -> list[tuple[str, int]]:
    """Each way to read `compact` as `pattern`, spaced, with the number of characters changed."""
    if len(compact) != len(pattern):
        return []
    choices = [
        [each for each in (typed, *ALIKE.get(typed, "")) if _is_of(each, kind)]
        for typed, kind in zip(compact, pattern, strict=True)
    ]
    read = ("".join(letters) for letters in product(*choices))
    return [
        (f"{each[:-3]} {each[-3:]}", sum(a != b for a, b in zip(each, compact, strict=True))) for each in read
    ]


def _is_of(character: str, kind: str) -> bool:
    if kind == "9":
        return character in "0123456789"
    return character.isascii() and character.isalpha()
