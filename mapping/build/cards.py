"""The source card of a table made from publishers' files: whose they are, when they came, what was found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

import pandas as pd

from mapping import provenance, sources
from mapping.adapters.recognise import Recognised
from mapping.build.findings import Findings
from mapping.errors import SourceMissingError
from mapping.registry import Download, Source, read_download

OURS: Final = "Commons Atlas"


KINDS: Final = {
    "indices": "English Indices of Deprivation",
    "district summaries": "English Indices of Deprivation, district summaries",
    "areas": "ONS boundaries",
    "changes": "ONS LSOA (2011) to LSOA (2021) lookup",
    "best fit": "ONS LSOA to ward best-fit lookup, edition",
    "postcodes": "Code-Point Open",
    "postcode lookup": "ONS postcode directory or lookup, census areas of",
    "centroids": "ONS population-weighted centroids",
}
"""What a file is, in words, where it is not the one that the registry names."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a card says besides its sources."""

    title: str
    vintage: str
    made: str
    used: tuple[Recognised, ...]
    findings: Findings
    is_derived: bool = False
    """Whether what is in it was computed from its sources, rather than copied."""


class Desk:
    """Writes cards: knows the registry, and each file's origin once it has been asked for."""

    def __init__(self, registry: Sequence[Source]) -> None:
        self._registry = registry
        self._origins: dict[Path, tuple[Download | None, str]] = {}

    def card(self, path: Path, table: pd.DataFrame, words: Words) -> sources.Card:
        """The card of `table`, which is at `path`."""
        known = [self._source(each) for each in words.used]
        derived = f"; derived by {OURS}" if words.is_derived else ""
        return sources.Card(
            table=path.name,
            title=words.title,
            publisher=_each_once((each.publisher for each in known), "; ") + derived,
            vintage=words.vintage,
            licence=_each_once((each.licence for each in known), "; "),
            attribution=_each_once((each.attribution for each in known), " "),
            source="; ".join(self._named(each, of) for each, of in zip(words.used, known, strict=True)),
            made=words.made,
            pages=provenance.pages_of(path.name),
            rows=len(table),
            columns=tuple(table.columns),
            checks=words.findings.checks,
            issues=words.findings.issues,
            fetched=self._fetched(words.used),
            sha256=sources.sha256(path),
        )

    def _source(self, found: Recognised) -> Source:
        """The registry's entry for a file: the one it was fetched by, of its name, or else of its kind."""
        download, _ = self._origin(found.path)
        kin = [each for each in self._registry if each.kind == found.kind]
        own = [each for each in kin if each.vintage == found.vintage]
        known = [each for each in kin if download and each.id == download.source]
        named = [each for each in own if each.file == found.path.name]
        for each in (*known, *named, *own, *kin):
            return each
        raise SourceMissingError(
            f"{found.path.name} holds {found.kind}, of which the registry of sources has no entry: its "
            "licence is not known. Add an entry to data/registry.toml."
        )

    def _named(self, found: Recognised, source: Source) -> str:
        """One file in words: what it is, its name and form, and its checksum."""
        _, checksum = self._origin(found.path)
        # The entry may be of another part of the indices, or of another release.
        is_own = source.file == found.path.name
        title = source.title if is_own else " ".join(filter(None, (KINDS[found.kind], found.vintage)))
        inside = f", {found.member}" if found.member else ""
        return f"{title} ({found.path.name}{inside}; {found.form}; SHA-256 {checksum})"

    def _fetched(self, used: Sequence[Recognised]) -> str:
        """When and from where each file came, or that it was brought by hand."""
        told = []
        for path in dict.fromkeys(each.path for each in used):
            download, _ = self._origin(path)
            how = (
                f"fetched {day(download.fetched)} from {download.address}" if download else "brought by hand"
            )
            told.append(f"{path.name}: {how}")
        return "; ".join(told)

    def _origin(self, path: Path) -> tuple[Download | None, str]:
        if path not in self._origins:
            self._origins[path] = read_download(path), sources.sha256(path)
        return self._origins[path]


def day(written: str) -> str:
    """2026-11-22 as 22 November 2026; anything else as it is."""
    try:
        parsed = date.fromisoformat(written)
    except ValueError:
        return written
    return f"{parsed.day} {parsed:%B %Y}"


def _each_once(words: Iterable[str], between: str) -> str:
    return between.join(dict.fromkeys(words))
