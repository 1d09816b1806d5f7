"""`python -m mapping fetch`: bring the publishers' files, as they are, into `Settings.raw`."""

from collections.abc import Sequence
from pathlib import Path

from mapping.analysis import codes
from mapping.build.fetch.alone import alone, unwritable
from mapping.build.fetch.bring import Trip, bring
from mapping.errors import MappingError, ServiceError, SourceChangedError, UnknownAreaError
from mapping.registry import Download, Source, read_registry
from mapping.settings import Settings


def fetch(
    *,
    councils: Sequence[str],
    england: bool,
    editions: Sequence[str],
    settings: Settings,
    again: bool = False,
    progress: bool | None = None,
) -> str:
    """What was brought and to where, in a sentence; each file is in `settings.raw` with a card beside it.

    `councils` are names or codes, now or formerly. Lookups, indices, districts and postcodes come whole;
    LSOAs and wards for these councils and those fetched before, or with `england` for all. What is there
    and whole is left, unless `again`. `progress` shows bars (None: where standard error is a terminal).
    Raises UnknownAreaError, or ServiceError where another fetch is running there, before anything is asked;
    and ServiceError or SourceChangedError that lists every source that did not arrive, after all were tried.
    """
    registry = read_registry(settings.registry)
    asked = None if england else sorted({codes.find_council(council) for council in councils})
    if asked == []:
        raise UnknownAreaError("Say which council: --council NAME_OR_CODE, or --england for all.")
    wanted = [source for source in registry if source.is_wanted and source.edition in ("", *editions)]
    # What is asked for by council needs the lookups, which come whole, to be there.
    wanted.sort(key=lambda source: source.by != "")
    trip = Trip(raw=settings.raw, registry=registry, councils=asked, again=again, progress=progress)
    brought: list[Download] = []
    failures: list[MappingError] = []
    with alone(settings.raw):
        for source in wanted:
            try:
                card = bring(source, trip)
            except (MappingError, OSError) as exc:
                failures.append(_failure(source, exc, settings.raw))
            else:
                brought += [card] if card else []
    if failures:
        raise _listed(failures, n_wanted=len(wanted), raw=settings.raw)
    return _told(brought, n_wanted=len(wanted), councils=asked, raw=settings.raw)


def _failure(source: Source, exc: MappingError | OSError, raw: Path) -> MappingError:
    """What happened to `source`, and the remedy."""
    name = f"{source.title} ({source.id})"
    if isinstance(exc, SourceChangedError):
        return SourceChangedError(f"{name}: {exc}")
    if isinstance(exc, MappingError):
        return ServiceError(f"{name}: {exc}")
    return ServiceError(f"{name}: {unwritable(raw, exc)}")


def _listed(failures: Sequence[MappingError], *, n_wanted: int, raw: Path) -> MappingError:
    """One error that lists all: SourceChangedError where a file changed and none was out of reach."""
    lines = "".join(f"\n- {failure}" for failure in failures)
    arrived = n_wanted - len(failures)
    told = f"{len(failures)} of {n_wanted} sources did not arrive; {arrived} are in {raw}.{lines}"
    changed = all(isinstance(failure, SourceChangedError) for failure in failures)
    return SourceChangedError(told) if changed else ServiceError(told)


def _told(brought: Sequence[Download], *, n_wanted: int, councils: Sequence[str] | None, raw: Path) -> str:
    names = codes.districts_in_force().set_index("lad24cd")["lad24nm"]
    whom = "all England" if councils is None else ", ".join(str(names[code]) for code in councils)
    size = sum(card.bytes for card in brought) / 1e6
    held = n_wanted - len(brought)
    there = f" {held} were there already." if held else ""
    return (
        f"Fetched {len(brought)} files ({size:,.1f} MB) for {whom} to {raw}.{there} "
        "Now run `python -m mapping build`."
    )
