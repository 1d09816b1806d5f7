"""The head of a sheet: what it is, chosen how, what it shows; whose it is and of which day."""

import re
from dataclasses import dataclass
from typing import Final

from mapping.render.about import date_in_words
from mapping.render.sheet import flow, lettering
from mapping.render.sheet.flow import Letters, Piece
from mapping.render.sheet.lettering import GREY
from mapping.render.sheet.pen import Pen
from mapping.render.sheet.picture import Picture
from mapping.render.sheet.sizes import Sizes

OURS: Final = "Commons Atlas"
"""Whose picture it is where the installation has no name."""
ASIDE_SHARE: Final = 0.22
"""Of the width, for owner and date."""
ONE_LINE: Final = (1.0, 0.9, 0.8)
"""How large a title is, in parts of its size, while one line is tried."""
SMALLER: Final = 0.9
END: Final = re.compile(r"(?<=[\w)%”’]{3}[.!?]) (?=[A-Z0-9“])")
"""Where a sentence ends: not after `St.` or another short word."""
TIGHTNESS: Final = ((2, 2, 3), (2, 2, 2), (1, 1, 2), (1, 1, 1))
"""The most lines of title, subtitle and summary; each next where the one before leaves too little room."""


@dataclass(frozen=True, kw_only=True)
class Head:
    """The head once set."""

    height: float
    width: float
    words: Piece
    """Title, subtitle and summary."""
    aside: tuple[str, ...]
    """Lines at the right edge."""
    letters: Letters

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Nothing; the head hangs from `top`."""
        self.words.draw(pen, left, top)
        for number, line in enumerate(self.aside):
            y = self.letters.baseline(top - number * self.letters.line_mm)
            flow.write(pen, line, left + self.width, y, letters=self.letters, align="right")


def head(picture: Picture, *, width: float, sizes: Sizes, tightness: int = 0) -> Head:
    """The head of `width`; a row of `TIGHTNESS` says in how many lines."""
    title, subtitle, summary = TIGHTNESS[tightness]
    aside_mm = ASIDE_SHARE * width
    room = width - aside_mm - sizes.gap
    words = flow.stack(
        [
            *_title(picture.title, room, sizes=sizes, most_lines=title),
            flow.space(0.8 * sizes.unit),
            *_lines(picture.subtitle, room, sizes.subtitle, colour=GREY, kind="subtitle", most=subtitle),
            flow.space(1.4 * sizes.unit),
            *_summary(picture.summary, width, sizes=sizes, most_lines=summary),
        ]
    )
    letters = Letters(size_pt=sizes.aside, colour=GREY, kind="aside")
    owner = lettering.wrapped(picture.owner or OURS, aside_mm, size_pt=sizes.aside, most_lines=2)
    aside = (*owner, date_in_words(picture.about.date))
    return Head(
        height=max(words.height, len(aside) * letters.line_mm),
        width=width,
        words=words,
        aside=aside,
        letters=letters,
    )


def _title(text: str, width: float, *, sizes: Sizes, most_lines: int) -> list[Piece]:
    """The title in one line where it fits, if need be a little smaller, else in several."""
    tried = [(share * sizes.title, 1) for share in ONE_LINE]
    for size_pt, lines in (*tried, (sizes.title, most_lines), (sizes.title_least, most_lines)):
        letters = Letters(size_pt=size_pt, weight="semibold", kind="title", leading=1.12)
        pieces = flow.text_lines(text, width, letters=letters)
        if len(pieces) <= lines:
            return pieces
    return flow.text_lines(text, width, letters=letters, most_lines=most_lines)


def _lines(
    text: str, width: float, size_pt: float, *, kind: str, most: int, colour: str = lettering.INK
) -> list[Piece]:
    letters = Letters(size_pt=size_pt, colour=colour, kind=kind, leading=1.3)
    return flow.text_lines(text, width, letters=letters, most_lines=most)


def _summary(text: str, width: float, *, sizes: Sizes, most_lines: int) -> list[Piece]:
    """The summary, or as many of its sentences as have room, if need be smaller; none is cut in two."""
    sentences = END.split(lettering.clean(text))
    letters = [
        Letters(size_pt=share * sizes.summary, kind="summary", leading=1.3) for share in (1.0, SMALLER)
    ]
    for n, look in ((n, look) for n in range(len(sentences), 0, -1) for look in letters):
        lines = flow.text_lines(" ".join(sentences[:n]), width, letters=look)
        if len(lines) <= most_lines:
            return lines
    return flow.text_lines(sentences[0], width, letters=letters[-1], most_lines=most_lines)
