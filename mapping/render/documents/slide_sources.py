"""The last slides of a deck: every source with its licence and the sentence it asks for, and the way back."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Final

from mapping.render.documents import slide_text
from mapping.render.documents.model import Document
from mapping.sources import Card

TITLE: Final = "Sources and licences"
SIZES: Final = (16.0, 14.0, 12.0)


def pages(
    documents: Sequence[Document], *, width_mm: float, height_mm: float
) -> list[tuple[list[str], float]]:
    """What stands on each slide of sources, paragraph by paragraph, and how large; at least one slide."""
    told = _paragraphs(documents)
    for size in SIZES:
        if slide_text.list_mm(told, width_mm, size=size) <= height_mm:
            return [(told, size)]
    size = SIZES[-1]
    shown: list[list[str]] = [[]]
    for paragraph in chain.from_iterable(_parts(each, width_mm, height_mm, size) for each in told):
        if shown[-1] and slide_text.list_mm([*shown[-1], paragraph], width_mm, size=size) > height_mm:
            shown.append([])
        shown[-1].append(paragraph)
    return [(page, size) for page in shown]


def titles(n: int) -> list[str]:
    """What `n` slides of sources are called, each otherwise."""
    return [TITLE] if n == 1 else [f"{TITLE} ({at} of {n})" for at in range(1, n + 1)]


def _paragraphs(documents: Sequence[Document]) -> list[str]:
    abouts = [document.about for document in documents]
    cards = dict.fromkeys(card for about in abouts for card in about.sources)
    notes = dict.fromkeys(note for about in abouts for note in about.notes)
    editions = dict.fromkeys(about.edition for about in abouts)
    back = [f"To see it again: {abouts[0].link}"] if abouts[0].link else []
    return [*_sentences(cards), *(f"Edition: {edition}" for edition in editions if edition), *notes, *back]


def _sentences(cards: Iterable[Card]) -> Iterator[str]:
    """One paragraph for all the sources that ask for the same sentence under the same licence."""
    alike: dict[tuple[str, str], list[str]] = {}
    for card in cards:
        named = f"{card.title} ({card.publisher}, {card.vintage})"
        alike.setdefault((card.licence, card.attribution), []).append(named)
    for (licence, sentence), named_cards in alike.items():
        yield f"{'; '.join(dict.fromkeys(named_cards))}. Licence: {licence}. {sentence}"


def _parts(paragraph: str, width_mm: float, height_mm: float, size: float) -> list[str]:
    """`paragraph`, in as many parts as it takes for each to fit a slide."""
    words = paragraph.split(" ")
    if slide_text.list_mm([paragraph], width_mm, size=size) <= height_mm or len(words) < 2:
        return [paragraph]
    half = len(words) // 2
    halves = (" ".join(words[:half]), " ".join(words[half:]))
    return [part for each in halves for part in _parts(each, width_mm, height_mm, size)]
