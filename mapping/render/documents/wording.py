"""Text made fit for a document: without control characters, cut where its room ends, broken where it must."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, TypeVar

Kept = TypeVar("Kept")
LONGEST_LINE: Final = 160
"""Characters of a heading, a label or a cell; a name longer than that is no name."""
LONGEST_WORD: Final = 24
"""Characters without a space that a narrow column still takes."""
BREAK: Final = "\u200b"
"""Room to break a line; the only character without a width that is ever written, and by us."""
_GAPS: Final = re.compile(r"[\t-\r\x1c-\x1f\x85\u2028\u2029]+")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co"})
"""Controls, marks without a width (some turn the order of reading), halves of characters, private use."""
_WEB_ADDRESS: Final = re.compile(r"https?://[^\s\"'<>\\^`{|}]+", re.IGNORECASE)


def plain(text: str) -> str:
    """`text` without what no reader sees: line breaks and tabs are spaces, controls are left out."""
    joined = _GAPS.sub(" ", text)
    if joined.isascii() and joined.isprintable():
        return joined.strip()
    return "".join(sign for sign in joined if not _is_unseen(sign)).strip()


def short(text: str, most: int = LONGEST_LINE) -> str:
    """`text` in at most `most` characters, cut between words where it can be, with “…”."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    between = cut.rfind(" ")
    return (cut[:between] if between > most // 2 else cut).rstrip(" ,.;:–-") + "…"


def breakable(text: str, most: int = LONGEST_WORD) -> str:
    """`text`, where a line may end after every `most` characters that no space parts."""
    return re.sub(rf"\S{{{most}}}(?=\S)", lambda word: word.group() + BREAK, text)


def is_link(text: str) -> bool:
    """Whether all of `text` is an address on the web: nothing else ever becomes a link."""
    return _WEB_ADDRESS.fullmatch(text) is not None


def each_text(kept: Kept, change: Callable[[str], str]) -> Kept:
    """The same dataclass, tuple or text with `change` done to every text in it; other values as they are."""
    changed: Any = kept
    if isinstance(kept, str):
        changed = change(kept)
    elif isinstance(kept, tuple):
        changed = tuple(each_text(part, change) for part in kept)
    elif is_dataclass(kept) and not isinstance(kept, type):
        parts = {field.name: each_text(getattr(kept, field.name), change) for field in fields(kept)}
        changed = replace(kept, **parts)
    result: Kept = changed
    return result


def _is_unseen(sign: str) -> bool:
    """Whether no reader would see `sign`: also the numbers that are no characters."""
    return unicodedata.category(sign) in _UNSEEN or (ord(sign) & 0xFFFE) == 0xFFFE
