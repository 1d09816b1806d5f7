"""What there is to fetch and from whom (`data/registry.toml`), and the card of each file fetched."""

import json
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from pathlib import Path
from typing import Any, Final, cast
from urllib.parse import urlsplit

from mapping.errors import SourceChangedError, SourceMissingError
from mapping.sources import card_path, sha256

KINDS: Final = (
    "indices", "district summaries", "areas", "changes", "best fit",
    "postcodes", "postcode lookup", "centroids",
)  # fmt: skip
FORMS: Final = ("file", "feature service", "os downloads")
GEOMETRIES: Final = ("none", "areas", "points")
ENGLAND: Final = "England"
PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_. -]*")
"""What an id or a file name may be: nothing that leads to another folder."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One entry of the registry: a file or table of one publisher, of one vintage."""

    id: str
    """The folder below `Settings.raw` that it is kept in."""
    kind: str
    """One of `KINDS`."""
    vintage: str
    """The edition, the code column of its areas or their year; blank where any release will do."""
    title: str
    publisher: str
    licence: str
    attribution: str
    page: str
    """Where a person looks it up."""
    form: str
    """One of `FORMS`."""
    address: str
    """Blank only where `content_api` finds it."""
    file: str
    """The name it is kept under."""
    columns: tuple[str, ...]
    """Headings that must be there; capitals and blanks at the ends do not matter."""
    size_mb: float
    """About; for England as a whole."""
    moved: tuple[str, ...] = ()
    """Further addresses to try where `address` fails."""
    rows: int | None = None
    """How many there should be, for England as a whole."""
    is_wanted: bool = True
    """Whether it is fetched; else it is only known, for when it is brought by hand."""
    edition: str = ""
    """The edition that needs it; blank where both do."""
    content_api: str = ""
    """Address of a gov.uk page in JSON, whose attachment that begins with `content_title` is taken first."""
    content_title: str = ""
    by: str = ""
    """Column of a feature service by which the councils' rows are asked for; blank: always whole."""
    where: str = "1=1"
    """Which rows of a feature service are England's, when it is asked for whole."""
    geometry: str = "none"
    """One of `GEOMETRIES`: what a feature service gives besides its columns."""
    area: str = ""
    format: str = ""
    """Which of a product's downloads, in OS's own words."""
    members: tuple[str, ...] = ()
    """Files that a zip must hold; `*` stands for any name."""
    pause_s: float = 1.0
    """Seconds to leave between two requests to one host."""
    backoff_s: float = 1.0
    """Seconds before a request that failed is made again; doubles each time."""
    is_http_allowed: bool = False
    """Whether an address may be http; else https is required."""


@dataclass(frozen=True, kw_only=True)
class Download:
    """The card of one fetched file."""

    source: str
    """The id of its entry."""
    address: str
    """Where it came from."""
    fetched: str
    """The day, YYYY-MM-DD."""
    sha256: str
    bytes: int
    scope: tuple[str, ...]
    """`("England",)`, or the codes (of 2024) of the councils whose rows it holds."""

    def covers(self, councils: Collection[str] | None) -> bool:
        """Whether the file has what is asked: `councils` (codes of 2024), or all of England where None."""
        return ENGLAND in self.scope or (councils is not None and set(councils) <= set(self.scope))


def read_registry(path: Path) -> tuple[Source, ...]:
    """The entries of the registry at `path`, in its order.

    Raises SourceMissingError (no file) or SourceChangedError, naming the entry and the field at fault.
    """
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise SourceMissingError(
            f"No registry of sources at {path}. Set MAPPING_REGISTRY, or restore it."
        ) from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise SourceChangedError(f"{path} is not TOML: {exc}. Correct it there.") from exc
    entries = held.get("source")
    if not isinstance(entries, list) or set(held) - {"source", "defaults", "publishers"}:
        raise SourceChangedError(
            f"{path} holds [[source]], [publishers] and [defaults] only. Correct it there."
        )
    sources = tuple(_entry(each, held, f"{path}, entry {n}") for n, each in enumerate(entries, 1))
    ids = [source.id for source in sources]
    for name in ids:
        if ids.count(name) > 1:
            raise SourceChangedError(f'{path}: two entries have the id "{name}". Rename one.')
    return sources


def source_of(registry: Collection[Source], *, kind: str, vintage: str) -> Source:
    """The first entry of that kind and vintage: whose licence and sentence a file of them has.

    Raises SourceMissingError.
    """
    for source in registry:
        if (source.kind, source.vintage) == (kind, vintage):
            return source
    raise SourceMissingError(
        f'The registry has no entry of kind "{kind}", vintage "{vintage}". Add one to it.'
    )


def read_download(path: Path) -> Download | None:
    """The card of the fetched file at `path`; None where file or card is missing, or they do not match."""
    try:
        held: dict[str, Any] = json.loads(card_path(path).read_text(encoding="utf-8"))
        download = Download(**held | {"scope": tuple(held["scope"])})
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return download if path.is_file() and sha256(path) == download.sha256 else None


def write_download(download: Download, path: Path) -> Path:
    """The path of the card, written beside the fetched file at `path` in one step."""
    card = card_path(path)
    beside = card.with_name(card.name + ".part")
    beside.write_text(json.dumps(asdict(download), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return beside.replace(card)


def _entry(own: Mapping[str, Any], held: Mapping[str, Any], name: str) -> Source:
    """The entry of which `own` are the fields, with what it shares; `name` says where it stands."""
    name = f'{name} ("{own["id"]}")' if isinstance(own.get("id"), str) else name
    shared = held.get("publishers", {}).get(own.get("of"), {})
    if "of" in own and not shared:
        raise SourceChangedError(
            f'{name}: "of" names no [publishers] table: {own["of"]!r}. Correct it there.'
        )
    given = {**held.get("defaults", {}), **shared, **own}
    known = {field.name: field for field in fields(Source)}
    for word in given:
        if word not in known and word != "of":
            raise SourceChangedError(f'{name}: no field is called "{word}". Correct it there.')
    values = {}
    for word, field in known.items():
        if word in given:
            values[word] = _value(given[word], field.type, f'{name}: "{word}"')
        elif field.default is MISSING:
            raise SourceChangedError(f'{name}: "{word}" is missing. Add it there.')
    source = Source(**values)
    fault = _fault(source)
    if fault:
        raise SourceChangedError(f"{name}: {fault}. Correct it there.")
    return source


def _value(given: object, wanted: object, name: str) -> Any:
    """`given` as the field's type; raises SourceChangedError where it is of another."""
    is_number = isinstance(given, int | float) and not isinstance(given, bool)
    if wanted is str and isinstance(given, str):
        return given
    if wanted is bool and isinstance(given, bool):
        return given
    if wanted is float and is_number and cast(float, given) >= 0:
        return float(cast(float, given))
    if wanted == int | None and is_number and isinstance(given, int) and given > 0:
        return given
    if wanted == tuple[str, ...] and isinstance(given, list) and all(isinstance(g, str) for g in given):
        return tuple(given)
    words = {str: "text", bool: "true or false", float: "a number", int | None: "a whole number"}
    told = next((word for kind, word in words.items() if kind == wanted), "a list of texts")
    raise SourceChangedError(f"{name} must be {told}, not {given!r}. Correct it there.")


def _fault(source: Source) -> str:
    """What is wrong with `source`, or blank."""
    for word, allowed in (("kind", KINDS), ("form", FORMS), ("geometry", GEOMETRIES)):
        if getattr(source, word) not in allowed:
            return f'"{word}" must be one of {", ".join(allowed)}, not "{getattr(source, word)}"'
    for word in ("id", "file"):
        if not PLAIN.fullmatch(getattr(source, word)):
            return f'"{word}" must be a plain name without folders, not "{getattr(source, word)}"'
    if not source.address and not source.content_api:
        return '"address" is blank, and no "content_api" finds it'
    for address in (source.address, source.content_api, *source.moved):
        if address and not _is_allowed(address, is_http_allowed=source.is_http_allowed):
            return f'an address must begin with https:// and name a host, unlike "{address}"'
    return ""


def _is_allowed(address: str, *, is_http_allowed: bool) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    schemes = ("https", "http") if is_http_allowed else ("https",)
    return parts.scheme in schemes and bool(parts.hostname)
