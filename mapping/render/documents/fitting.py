"""Room on paper: how wide the columns of a table are, and where a word too wide for its room is broken."""

from collections.abc import Iterable, Sequence
from itertools import chain
from math import ceil
from typing import Final

from mapping.render.documents import wording
from mapping.render.sheet import lettering

LEAST_MOST_MM: Final = 45.0
"""A column is never widened beyond this for one long word."""
MEASURED: Final = 5
"""So many of the longest words of a column are measured."""


def fitting(text: str, room_mm: float, size_pt: float) -> str:
    """`text`, clean, where a line may also end inside a word that is wider than `room_mm`."""
    return " ".join(
        word
        if len(word) * size_pt * lettering.MM_PER_POINT <= room_mm
        else wording.BREAK.join(lettering.wrapped(word, room_mm, size_pt=size_pt, weight="semibold"))
        for word in text.split(" ")
    )


def column_widths(
    shares: Sequence[float],
    columns: Sequence[Sequence[str]],
    *,
    width_mm: float,
    inset_mm: float,
    size_pt: float,
) -> list[float]:
    """The widths of columns in millimetres, `width_mm` together: by `shares`, but none parts a usual word.

    `columns` are the texts of each, its heading first; `inset_mm` is what stays blank beside them.
    """
    least = [min(LEAST_MOST_MM, _widest_word(texts, size_pt) + inset_mm) for texts in columns]
    if sum(least) >= width_mm:
        return [width_mm * part / sum(least) for part in least]
    widths: dict[int, float] = {}
    while True:
        room = (width_mm - sum(widths.values())) / sum(s for n, s in enumerate(shares) if n not in widths)
        narrow = {n: least[n] for n, s in enumerate(shares) if n not in widths and s * room < least[n]}
        if not narrow:
            return [widths.get(n, share * room) for n, share in enumerate(shares)]
        widths |= narrow


def n_lines(row: Sequence[str], rooms_mm: Sequence[float], size_pt: float) -> int:
    """How many lines a row of a table takes, about."""
    widths = (lettering.width(text, size_pt) for text in row)
    return max(ceil(1.05 * width / room) for width, room in zip(widths, rooms_mm, strict=True)) or 1


def _widest_word(texts: Sequence[str], size_pt: float) -> float:
    words = set(chain.from_iterable(text.split(" ") for text in texts))
    longest = sorted(words, key=lambda word: (len(word), word))[-MEASURED:]
    return widest(longest, size_pt, weight="semibold")


def widest(texts: Iterable[str], size_pt: float, *, weight: str = "regular") -> float:
    """How wide the widest of `texts` is in millimetres; 0 for none."""
    return max((lettering.width(text, size_pt, weight=weight) for text in texts), default=0.0)
