"""Text search over places that forgives spelling but not numbers.

Nothing here is a query language: `%`, `_`, `*`, quotes and the like are only signs between words.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mapping.analysis import words

FIELDS: Final = {
    "name": 1.0,
    "category": 0.6,
    "sector": 0.5,
    "ownership": 0.5,
    "address": 0.5,
    "postcode": 0.5,
    "registered_number": 0.5,
    "cuk_id": 0.5,
}
"""The columns searched, where a table has them, and what finding a word there counts for."""


def matches(places: pd.DataFrame, text: str) -> "pd.Series[bool]":
    """Whether each place has every word of `text` in some field, on the index of `places`.

    Capitals, accents, "&" and "and", "Ltd" and "Limited", and the ways to write co-operative are alike; a
    word is found by its beginning or through a few slips (see `words.likeness`). A text without any word,
    as `%_`, is looked for as it stands. An empty one is in every place.
    """
    return relevance(places, text) > 0


def relevance(places: pd.DataFrame, text: str) -> "pd.Series[float]":
    """How well each place answers `text`, from 0, not at all, to 1, on the index of `places`.

    The mean over the words of `text`: whole counts more than begun, begun more than misspelt, and the name
    more than other fields. 0 where a word is missing. Sort by it with `kind="stable"`.
    """
    wanted = words.query_words(text)
    fields = FIELDS.keys() & set(places.columns)
    if not wanted:
        scores = _literal(places[list(fields)], text.strip().casefold())
    else:
        best = np.zeros((len(wanted), len(places)))
        for field in fields:
            np.maximum(best, FIELDS[field] * _field_scores(places[field], wanted), out=best)
        scores = np.where(best.all(axis=0), best.mean(axis=0), 0.0)
    return pd.Series(scores, index=places.index, name="relevance")


def _field_scores(column: "pd.Series[str]", wanted: Sequence[str]) -> NDArray[np.float64]:
    """One row for each word `wanted`, one column for each place: how well its best word there answers."""
    place, texts = pd.factorize(column.fillna("").to_numpy(dtype=object))
    vocabulary, word, text = words.word_table(texts)
    best = np.zeros((len(wanted), len(texts)))
    for row, each in zip(best, wanted, strict=True):
        np.maximum.at(row, text, words.likeness(each, vocabulary)[word])
    return best[:, place]


def _literal(fields: pd.DataFrame, sign: str) -> NDArray[np.float64]:
    """1 where a field holds `sign` as it stands."""
    found = np.full(len(fields), not sign)
    for _, column in fields.items():
        texts = column.astype("string").fillna("").str.casefold()
        found |= texts.str.contains(sign, regex=False).to_numpy(dtype=bool)
    return found.astype(float)
