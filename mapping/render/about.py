"""What a file to take away says of itself: what it holds, chosen how, from whom, and under which licence."""

import datetime
import re
import unicodedata
from dataclasses import dataclass
from typing import Any, Final

from mapping import sources
from mapping.errors import AttributionError
from mapping.sources import Card

LONGEST_NAME: Final = 80


@dataclass(frozen=True, kw_only=True)
class About:
    """One file's account of itself."""

    title: str
    """What it holds and where: `Places in Oxford`."""
    filters: tuple[tuple[str, str], ...]
    """Label and value of each choice that made the selection."""
    edition: str
    date: datetime.date
    """The day the file was made."""
    link: str
    """Leads back to the same selection."""
    sources: tuple[Card, ...]
    notes: tuple[str, ...] = ()

    @property
    def licences(self) -> tuple[str, ...]:
        """The licences of the sources, each once."""
        return tuple(dict.fromkeys(card.licence for card in self.sources))

    @property
    def attributions(self) -> tuple[str, ...]:
        """The sentences of the sources, each once."""
        return sources.attributions(self.sources)


def require_attribution(about: About) -> None:
    """Nothing, if every source of `about` says how to attribute it, and there is one.

    Raises AttributionError naming what lacks its sentence.
    """
    silent = [card.title for card in about.sources if not card.attribution.strip()]
    if silent or not about.sources:
        missing = ", ".join(silent) or "no source at all"
        raise AttributionError(
            f"“{about.title}” was not made: a file must name its sources, and the sentence to show is "
            f"missing ({missing}). Complete the source card, then try again."
        )


def facts(about: About) -> dict[str, str]:
    """`about` as plain text, one entry a fact, lists in one line."""
    cards = dict.fromkeys(f"{card.title} ({card.publisher}, {card.vintage})" for card in about.sources)
    return {
        "title": about.title,
        "filters": "; ".join(f"{label}: {value}" for label, value in about.filters),
        "edition": about.edition,
        "exported": about.date.isoformat(),
        "sources": "; ".join(cards),
        "licences": "; ".join(about.licences),
        "attribution": " ".join(about.attributions),
        "notes": " ".join(about.notes),
        "link": about.link,
    }


def as_json(about: About) -> dict[str, Any]:
    """`about` for a JSON document: the entries of `facts`, lists as lists."""
    told = ("title", "publisher", "vintage", "licence", "attribution", "source")
    return facts(about) | {
        "filters": dict(about.filters),
        "sources": [{key: getattr(card, key) for key in told} for card in about.sources],
        "licences": list(about.licences),
        "attribution": list(about.attributions),
        "notes": list(about.notes),
    }


def file_name(about: About, file_format: str) -> str:
    """A name for the file that any system takes: `places-in-oxford-2026-11-22.csv`."""
    plain = unicodedata.normalize("NFKD", about.title).encode("ascii", "ignore").decode().lower()
    slug = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-") or "download"
    return f"{slug}-{about.date.isoformat()}.{file_format}"


def date_in_words(date: datetime.date) -> str:
    """`date` as 22 November 2026."""
    return f"{date.day} {date:%B %Y}"
