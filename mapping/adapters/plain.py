"""Text from outside, made fit to keep: nothing hidden in it, and of a length that a cell can hold."""

import re
from collections.abc import Sequence
from typing import Final

from mapping.issues import Issue

LONGEST: Final = 32_767
"""Characters a cell of a workbook can hold."""
HIDDEN: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff"
    "\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
"""Controls, marks of no width or that turn the direction of reading, halves of characters."""
LINE_END: Final = re.compile("\r\n?|\x0b|\x0c|\u2028|\u2029")


def plain_text(text: str) -> str:
    """`text` with each line break as a line feed, without hidden characters and cut to what a cell holds."""
    return HIDDEN.sub("", LINE_END.sub("\n", text))[:LONGEST]


def plain_row(cells: Sequence[str], *, number: int, headings: Sequence[str]) -> tuple[list[str], list[Issue]]:
    """`cells` as `plain_text` has them, and an issue for each that lost something.

    `number` is the row's in its file; a line break of another kind is no loss.
    """
    if not HIDDEN.search("".join(cells)) and max(map(len, cells), default=0) <= LONGEST:
        return list(cells), []
    kept = [plain_text(cell) for cell in cells]
    issues = [
        Issue(number, heading, after, *_loss(before))
        for heading, before, after in zip(headings, cells, kept, strict=True)
        if LINE_END.sub("\n", before) != after
    ]
    return kept, issues


def _loss(text: str) -> tuple[str, str]:
    if len(text) > LONGEST:
        return f"Text of {len(text):,} characters", f"Cut to {LONGEST:,}. Shorten it in the file."
    return "Hidden characters", "They were removed: control or direction marks that do not show."
