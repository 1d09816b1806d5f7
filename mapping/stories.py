"""The stories a page of gaps can begin with (`data/stories.toml`): what was asked, its limits, its link."""

import tomllib
from collections.abc import Collection
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, Final

from mapping.errors import SourceChangedError, SourceMissingError
from mapping.settings import ROOT

FILE: Final = ROOT / "data" / "stories.toml"


@dataclass(frozen=True, kw_only=True)
class Story:
    """One question somebody asked, as a view of the page: `/gaps?` and its `query`."""

    id: str
    """How a link names it."""
    title: str
    council: str
    """Name of the council it is about."""
    query: str
    """The whole query of its link, as `filters.to_query` writes it."""
    story: str
    """What was asked and what the map answers; Markdown."""
    limits: tuple[str, ...]
    """What the record does not hold, a sentence or two each; Markdown."""
    next_step: str
    """What to do with the answer; Markdown."""
    commands: tuple[str, ...] = ()
    """What to type for the next step, a line each; none where it takes no typing."""


def read_stories(path: Path = FILE) -> tuple[Story, ...]:
    """The stories at `path`, in its order.

    Raises SourceMissingError (no file) or SourceChangedError, naming the story and the field at fault.
    """
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No stories at {path}. Restore the file.") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise SourceChangedError(f"{path} is not TOML: {exc}. Correct it there.") from exc
    entries = held.get("story")
    if not isinstance(entries, list) or set(held) != {"story"}:
        raise SourceChangedError(f"{path} holds [[story]] only. Correct it there.")
    stories = tuple(_story(each, f"{path}, story {n}") for n, each in enumerate(entries, 1))
    if len({story.id for story in stories}) < len(stories):
        raise SourceChangedError(f"{path}: two stories have one id. Rename one.")
    return stories


def story_of(stories: Collection[Story], name: str) -> Story | None:
    """The story whose id is `name`; None where there is none, as a link may ask for anything."""
    return next((story for story in stories if story.id == name), None)


def _story(own: Any, name: str) -> Story:
    """The story of which `own` are the fields; `name` says where it stands."""
    known = {field.name: field for field in fields(Story)}
    if not isinstance(own, dict) or set(own) - set(known):
        raise SourceChangedError(f"{name}: its fields are {', '.join(known)}. Correct it there.")
    values: dict[str, Any] = {}
    for word, field in known.items():
        if word in own:
            values[word] = _value(own[word], field.type, f'{name}: "{word}"')
        elif field.default is MISSING:
            raise SourceChangedError(f'{name}: "{word}" is missing. Add it there.')
    return Story(**values)


def _value(given: object, wanted: object, name: str) -> str | tuple[str, ...]:
    """`given` as text, or as several; raises SourceChangedError where it is neither, or blank."""
    if wanted is str and isinstance(given, str) and given.strip():
        return given.strip()
    if wanted is not str and isinstance(given, list) and all(isinstance(each, str) for each in given):
        return tuple(each.strip() for each in given)
    told = "text" if wanted is str else "a list of texts"
    raise SourceChangedError(f"{name} must be {told}, not {given!r}. Correct it there.")
