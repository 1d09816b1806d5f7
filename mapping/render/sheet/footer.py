"""The foot of a sheet: how it was made, from whom, under which licence, and the way back."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from mapping.errors import AttributionError
from mapping.render.about import About
from mapping.render.sheet import flow, lettering
from mapping.render.sheet.flow import Column, Letters, Piece, Placed
from mapping.render.sheet.lettering import GREY, TextBox
from mapping.render.sheet.pen import Pen
from mapping.render.sheet.picture import Picture
from mapping.render.sheet.sizes import Sizes

STEP_PT: Final = 0.3
FAIR_SHARE: Final = 0.12
"""Of the sheet's height: where more is needed, the letters become smaller, down to the least."""
LEADING: Final = 1.17
PARTED: Final = 0.4
"""Between two paragraphs, in lines."""
LED_MM: Final = 1.2
"""Between the title of a paragraph and its text."""


@dataclass(frozen=True, kw_only=True)
class Foot:
    """The foot once set."""

    height: float
    placed: tuple[Placed, ...]
    """By distance from the foot's left upper corner; `top` is 0 or below."""

    def draw(self, pen: Pen, left: float, top: float) -> None:
        """Nothing; the foot hangs from `top`."""
        for each in self.placed:
            each.piece.draw(pen, left + each.left, top + each.top)


def foot(picture: Picture, *, width: float, sheet_height: float, n_columns: int, sizes: Sizes) -> Foot:
    """The foot in `n_columns` of about one length, in letters as large as a fair share of the sheet lets."""
    column = (width - (n_columns - 1) * sizes.gap) / n_columns
    size_pt = sizes.fine
    while True:
        columns = [
            Column(left=at * (column + sizes.gap), top=0, width=column, height=0) for at in range(n_columns)
        ]
        ready = _balanced(
            _pieces(picture, column, size_pt=size_pt),
            columns,
            step=Letters(size_pt=size_pt, leading=LEADING).line_mm / 2,
        )
        if ready.height <= FAIR_SHARE * sheet_height or size_pt <= sizes.fine_least:
            return ready
        size_pt = max(sizes.fine_least, size_pt - STEP_PT)


def attributions(picture: Picture) -> tuple[str, ...]:
    """Every sentence that must be on the sheet."""
    base = (picture.base_map.attribution,) if picture.base_map else ()
    return tuple(dict.fromkeys((*picture.about.attributions, *base)))


def require_all(picture: Picture, texts: Sequence[TextBox]) -> None:
    """Nothing, if each sentence of attribution can be read whole in what was written.

    Raises AttributionError naming one that cannot.
    """
    written = _letters("".join(box.text for box in texts))
    for sentence in attributions(picture):
        if _letters(lettering.clean(sentence)) not in written:
            raise AttributionError(
                f"“{picture.title}” was not drawn: this sentence has no room on the sheet: “{sentence}” "
                "Choose a larger paper."
            )


def _letters(text: str) -> str:
    """`text` without blanks: a line may have broken anywhere."""
    return text.replace(" ", "")


def _balanced(pieces: Sequence[Piece], columns: Sequence[Column], *, step: float) -> Foot:
    """`pieces` down columns that are as short as they can be."""
    height = sum(piece.height for piece in pieces) / len(columns)
    while True:
        done = flow.run(pieces, [replace(column, height=height) for column in columns])
        if not done.left_over:
            used = max((each.piece.height - each.top for each in done.placed), default=0.0)
            return Foot(height=used, placed=done.placed)
        height += step


def _pieces(picture: Picture, width: float, *, size_pt: float) -> list[Piece]:
    """A paragraph a group, each led in by its title; a little space between them."""
    plain = Letters(size_pt=size_pt, colour=GREY, leading=LEADING)
    pieces: list[Piece] = []
    for title, text, kind in _groups(picture):
        pieces += _paragraph(title, text, width, letters=replace(plain, kind=kind))
        pieces.append(flow.space(PARTED * plain.line_mm))
    return pieces


def _paragraph(title: str, text: str, width: float, *, letters: Letters) -> list[Piece]:
    """The lines of `text`; the first begins with its title, in bolder letters."""
    bold = replace(letters, weight="semibold", kind="lead")
    lead_mm = lettering.width(title, bold.size_pt, weight=bold.weight) + LED_MM
    whole = lettering.clean(text)
    first = lettering.wrapped(whole, width - lead_mm, size_pt=letters.size_pt)[0]

    def draw(pen: Pen, left: float, top: float) -> None:
        flow.write(pen, title, left, bold.baseline(top), letters=bold)
        flow.write(pen, first, left + lead_mm, letters.baseline(top), letters=letters)

    rest = flow.text_lines(whole[len(first) :], width, letters=letters)
    return [Piece(height=letters.line_mm, draw=draw, is_tied=bool(rest)), *rest]


def _groups(picture: Picture) -> Iterator[tuple[str, str, str]]:
    """Title, text and kind of each group that has something to say."""
    about = picture.about
    groups = (
        ("About this map", " ".join(picture.lines), "line"),
        ("Attribution", " ".join(attributions(picture)), "attribution"),
        ("Sources", " ".join(_sources(about)), "source"),
        ("Link" if about.link.startswith("http") else "To make it again", about.link, "link"),
    )
    return ((title, text, kind) for title, text, kind in groups if lettering.clean(text))


def _sources(about: About) -> Iterator[str]:
    """A sentence for all that one publisher gives under one licence."""
    given: dict[tuple[str, str], dict[str, None]] = {}
    for card in about.sources:
        title = card.title if card.vintage in card.title else f"{card.title} ({card.vintage})"
        given.setdefault((card.publisher, card.licence), {})[title] = None
    return (
        f"{', '.join(titles)} – {publisher} – {licence}." for (publisher, licence), titles in given.items()
    )
