"""Words as people mean them, not as they happen to spell them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

MOST_WORDS: Final = 20
"""Words of a query that are read: whoever pastes a page is not looking for a place."""
NOISE: Final = frozenset({"and", "limited", "of", "the"})
"""Words that a query may have or lack, unless it has no others."""

APOSTROPHES: Final = re.compile(r"['’‘`´]")  # noqa: RUF001 people type them all
UNSEEN: Final = re.compile(r"[\xad\u0300-\u036f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Accents, once they stand apart from their letters, and marks that nobody sees."""
# A pattern that opens with letters is searched for several times as fast: hence \b looked back at.
JOINED: Final = re.compile(r"co(?<=\bco)[-‐–](?=[^\W\d_])")  # noqa: RUF001 people type them all
CO_OP: Final = re.compile(r"co(?<=\bco) ?op(?:erative)?s?\b")
LIMITED: Final = re.compile(r"ltd(?<=\bltd)\b")
POSTCODE: Final = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?) ?(\d[a-z]{2})\b")
WORD: Final = re.compile(r"[^\W_]+")
BREAK: Final = "\x1e"
"""Parts one text from the next while many are worked on as one."""
PIECE: Final = re.compile(rf"[^\W_]+|{BREAK}")


def plain_text(text: str) -> str:
    """`text` without what people write now one way, now another.

    Small letters; no accents, apostrophes or invisible marks; "and" for "&", "limited" for "Ltd",
    "cooperative" for every co-op; a postcode in one piece beside its halves.
    """
    apart = unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)).casefold()
    plain = JOINED.sub("co", UNSEEN.sub("", apart).replace("&", " and "))
    plain = LIMITED.sub("limited", CO_OP.sub("cooperative", plain))
    return POSTCODE.sub(r"\1 \1\2 \2", plain)


def word_table(texts: Iterable[str]) -> tuple[list[str], NDArray[np.intp], NDArray[np.intp]]:
    """The vocabulary of `texts`; then, for each occurrence of a word, its position there and its text's.

    Neighbours run together are words too: food bank is found by foodbank. Neighbours with digits are not.
    """
    # All as one long text: many times as fast as one by one.
    found = PIECE.findall(plain_text(BREAK.join(text.replace(BREAK, " ") for text in texts)))
    owner = np.cumsum([piece == BREAK for piece in found], dtype=np.intp)
    pairs = np.array([first + second for first, second in pairwise(found)], dtype=object)
    joined = np.array([pair.isalpha() for pair in pairs], dtype=bool)
    pieces = np.concatenate([np.array(found, dtype=object), pairs[joined]])
    word, vocabulary = pd.factorize(pieces)
    return vocabulary.tolist(), word, np.concatenate([owner, owner[:-1][joined]])


def query_words(text: str) -> tuple[str, ...]:
    """The words of `text` that tell one place from another, each once; all of them if none does."""
    words = tuple(dict.fromkeys(WORD.findall(plain_text(text))))
    return (tuple(word for word in words if word not in NOISE) or words)[:MOST_WORDS]


def likeness(wanted: str, vocabulary: Sequence[str]) -> NDArray[np.float64]:
    """How well each word of `vocabulary` answers `wanted`: 1 whole, then begun, then misspelt, 0 not at all.

    Slips allowed (a letter wrong, missing, too many, or two swapped): none up to 3 letters, one up to 6, two
    beyond. Digits must agree exactly: `1` begins `1a`, but neither `12` nor any misspelling of it.
    """
    scores = np.array([_begun(wanted, word) for word in vocabulary], dtype=float)
    if (slips := slips_allowed(wanted)) and wanted.isalpha():
        letters = np.array([word.isalpha() for word in vocabulary], dtype=bool)
        away = process.cdist([wanted], vocabulary, scorer=OSA.distance, score_cutoff=slips)[0]
        close = (away <= slips) & letters & (scores == 0)
        scores[close] = 0.6 * (1 - away[close] / len(wanted))
    return scores


def slips_allowed(word: str) -> int:
    """The slips of spelling that `word` is long enough to be recognised through."""
    return 0 if len(word) <= 3 else 1 if len(word) <= 6 else 2


def _begun(wanted: str, word: str) -> float:
    if not word.startswith(wanted):
        return 0.0
    if len(word) == len(wanted):
        return 1.0
    cut_number = wanted[-1].isdigit() and word[len(wanted)].isdigit()
    return 0.0 if cut_number else 0.7 + 0.2 * len(wanted) / len(word)
