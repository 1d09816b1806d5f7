"""Source cards: what every table is, who published it, under which licence, and how it was made."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mapping.errors import SourceChangedError, SourceMissingError

SUFFIX = ".card.json"


@dataclass(frozen=True, kw_only=True)
class Card:
    """What stands beside one table."""

    table: str
    """The table's file name."""
    title: str
    publisher: str
    vintage: str
    """The date or edition the facts are of."""
    licence: str
    attribution: str
    """The sentence that goes wherever the facts go."""
    source: str
    """Where the facts come from, as a reader would look them up."""
    made: str
    """How the table was made from its source."""
    pages: tuple[str, ...]
    """The pages that show it."""
    rows: int
    columns: tuple[str, ...]
    checks: tuple[str, ...]
    """What was verified when the table was made."""
    sha256: str
    issues: tuple[str, ...] = ()
    """What was found wanting, and what that means for the figures."""
    fetched: str = ""
    """When and from where its files came, or that they were brought by hand; blank for tables that ship."""


def read_card(table: Path) -> Card:
    """The card of the table at `table`.

    Raises SourceMissingError (no card) or SourceChangedError (not a card).
    """
    path = card_path(table)
    try:
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No source card at {path}. Run `python -m mapping build`.") from exc
    except ValueError as exc:
        raise SourceChangedError(f"{path} is not a source card: {exc}") from exc
    try:
        lists = {name: tuple(fields[name]) for name in ("pages", "columns", "checks")}
        return Card(**(fields | lists | {"issues": tuple(fields.get("issues", ()))}))
    except (KeyError, TypeError) as exc:
        raise SourceChangedError(f"{path} is not a source card: {exc}") from exc


def write_card(card: Card, folder: Path) -> Path:
    """The path of the card, written beside its table in `folder`."""
    path = card_path(folder / card.table)
    text = json.dumps(asdict(card), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return path


def read_cards(*folders: Path) -> tuple[Card, ...]:
    """Every card in `folders`, by table name."""
    paths = sorted((path for folder in folders for path in folder.glob(f"*{SUFFIX}")), key=str)
    return tuple(read_card(path.with_name(path.name.removesuffix(SUFFIX))) for path in paths)


def card_path(table: Path) -> Path:
    """Where the card of `table` stands: `imd_2025.parquet` → `imd_2025.parquet.card.json`."""
    return table.with_name(table.name + SUFFIX)


def attributions(cards: Iterable[Card]) -> tuple[str, ...]:
    """The sentences of `cards`, each once, in the order met."""
    return tuple(dict.fromkeys(card.attribution for card in cards))


def sha256(path: Path) -> str:
    """The SHA-256 of the file at `path`, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
