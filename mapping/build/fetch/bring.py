"""One source from its publisher to its place in `Settings.raw`: beside first, looked at, then put there."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tqdm import tqdm

from mapping.build.fetch.client import Client, Hosts
from mapping.build.fetch.council_codes import codes_of
from mapping.build.fetch.from_file import bring_file
from mapping.build.fetch.from_service import bring_rows
from mapping.registry import ENGLAND, Download, Source, read_download, write_download
from mapping.sources import sha256


@dataclass(frozen=True, kw_only=True)
class Trip:
    """What one run was asked for, and what it knows by the way."""

    raw: Path
    registry: tuple[Source, ...]
    councils: Sequence[str] | None
    """Codes of 2024; None for all England."""
    again: bool
    progress: bool | None
    hosts: Hosts = field(default_factory=Hosts)


def bring(source: Source, trip: Trip) -> Download | None:
    """The card of the file, fetched and in its place; None where it was there already, whole.

    Until the new file is whole and looked at, the old one stays. Raises ServiceError, SourceChangedError,
    or SourceMissingError where a lookup that it needs is not there.
    """
    path = trip.raw / source.id / source.file
    held = read_download(path)
    if held is not None and held.covers(trip.councils) and not trip.again:
        return None
    path.parent.mkdir(parents=True, exist_ok=True)
    councils = _councils(source, trip, held)
    unit = "rows" if source.form == "feature service" else "B"
    off = None if trip.progress is None else not trip.progress
    with (
        Client(source, trip.hosts) as client,
        tqdm(desc=source.id, unit=unit, unit_scale=True, disable=off, dynamic_ncols=True) as bar,
    ):
        if source.form == "feature service":
            codes = None if councils is None else codes_of(source.by, councils, trip.registry, raw=trip.raw)
            address = bring_rows(client, path, codes=codes, bar=bar)
        else:
            address = bring_file(client, path, bar=bar)
    card = Download(
        source=source.id,
        address=address,
        fetched=datetime.datetime.now(datetime.UTC).date().isoformat(),
        sha256=sha256(path),
        bytes=path.stat().st_size,
        scope=(ENGLAND,) if councils is None else tuple(councils),
    )
    write_download(card, path)
    return card


def _councils(source: Source, trip: Trip, held: Download | None) -> Sequence[str] | None:
    """Whose rows to ask for: those asked, and those held so that none is lost; None for the whole."""
    if not source.by or trip.councils is None or (held and ENGLAND in held.scope):
        return None
    return sorted({*trip.councils, *(held.scope if held else ())})
