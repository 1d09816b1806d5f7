"""The list beside the profiles of a council: what each file is, made from what, and whether it is whole."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from mapping import sources
from mapping.adapters.kinds import refused
from mapping.settings import ROOT, Settings
from mapping.written import written_whole

NAME: Final = "profiles.json"
WHAT: Final = "Profiles made by `python -m mapping profiles`"
LIBRARIES: Final = (
    *("typst", "python-docx", "python-pptx", "xlsxwriter", "lxml"),
    *("matplotlib", "pillow", "fonttools", "font-source-sans-pro"),
    *("geopandas", "pandas", "numpy", "scipy", "shapely"),
)
"""What has a say in the bytes of a file."""
CODE: Final = ("*.py", "*.typ", "*.css", "*.js", "*.xml", "*.rels")
TOLD: Final = ("title", "publisher", "vintage", "licence", "attribution", "source")
"""What is said of a source."""
Facts = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One file."""

    of: str
    """The code of its area, `overview` or `deck`."""
    title: str
    inputs: str
    """The key of what it was made from, in `FolderList.inputs`."""
    bytes: int
    sha256: str
    sources: tuple[str, ...]
    """The tables that it is made from, keys of `FolderList.sources`."""


@dataclass(kw_only=True)
class FolderList:
    """What is in one folder."""

    council: str
    inputs: dict[str, Facts] = field(default_factory=dict)
    sources: dict[str, Facts] = field(default_factory=dict)
    files: dict[str, Entry] = field(default_factory=dict)

    def holds(self, folder: Path, name: str, *, inputs: str) -> bool:
        """Whether `name` is in `folder`, made from those inputs, and whole."""
        entry, path = self.files.get(name), folder / name
        if entry is None or entry.inputs != inputs or not path.is_file():
            return False
        return path.stat().st_size == entry.bytes and sources.sha256(path) == entry.sha256

    def keep(self, name: str, entry: Entry, cards: Mapping[str, Facts]) -> None:
        """Nothing: the list now has `name`, and the sources it is made from."""
        self.files[name] = entry
        self.sources |= cards

    def without_lost(self, folder: Path) -> "FolderList":
        """The same without files that are no longer there, and without what only those were made from."""
        files = {name: entry for name, entry in self.files.items() if (folder / name).is_file()}
        inputs = {entry.inputs for entry in files.values()}
        tables = {table for entry in files.values() for table in entry.sources}
        return FolderList(
            council=self.council,
            inputs={key: facts for key, facts in self.inputs.items() if key in inputs},
            sources={table: facts for table, facts in self.sources.items() if table in tables},
            files=files,
        )


def read_list(folder: Path) -> FolderList | None:
    """The list in `folder`; None where there is none.

    Raises UnusableFileError where a file of that name is something else.
    """
    path = folder / NAME
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told.pop("what") != WHAT:
            raise ValueError(path)
        entries = {name: dict(facts) for name, facts in told.pop("files").items()}
        files = {
            name: Entry(**(each | {"sources": tuple(each["sources"])})) for name, each in entries.items()
        }
        return FolderList(files=files, **told)
    except FileNotFoundError:
        return None
    except OSError as exc:
        raise refused(str(path), f"cannot be read ({exc.strerror})", "Choose another folder.") from exc
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise refused(
            str(path), "is no list of profiles that were made here", "Choose another folder, or remove it."
        ) from exc


def write_list(told: FolderList, folder: Path) -> None:
    """Nothing: the list is in `folder`, whole. Raises UnusableFileError where it cannot be written."""
    text = json.dumps({"what": WHAT} | asdict(told), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    written_whole({folder / NAME: lambda to: to.write_text(text, encoding="utf-8")})


def inputs_of(settings: Settings, asked: Mapping[str, Any]) -> Facts:
    """All that decides the bytes of a file: what was `asked`, the tables, the settings, the program.

    Tables are known by the SHA-256 of their cards.
    """
    folders = (settings.boundaries, settings.data)
    cards = sorted(path for folder in folders for path in folder.glob(f"*{sources.SUFFIX}"))
    brought = [settings.streets, settings.logo, *sorted(settings.added.glob("*"))]
    return {
        "asked": dict(asked),
        "cards": {card.name: sources.sha256(card) for card in cards},
        "brought": {path.name: sources.sha256(path) for path in brought if path and path.is_file()},
        "name": settings.name,
        "address": settings.address,
        "program": _program(),
        "libraries": {library: version(library) for library in LIBRARIES},
    }


def key_of(inputs: Facts) -> str:
    """A short key for `inputs`: equal inputs, equal keys."""
    told = json.dumps(inputs, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def told_of(cards: Iterable[sources.Card]) -> dict[str, Facts]:
    """What the list says of `cards`, by table."""
    return {card.table: {name: getattr(card, name) for name in TOLD} for card in cards}


def _program() -> str:
    """One SHA-256 over our own code: another version may write otherwise."""
    found = hashlib.sha256()
    for path in sorted(path for kind in CODE for path in (ROOT / "mapping").rglob(kind)):
        found.update(f"{path.relative_to(ROOT).as_posix()}\n".encode() + path.read_bytes())
    return found.hexdigest()
