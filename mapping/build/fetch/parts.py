"""What of a file has arrived, and where it came from, so that a broken fetch goes on from there."""

import json
from pathlib import Path
from typing import Any, Final

SUFFIX: Final = ".part"
"""Ends the name of a file that is not whole; nothing else may read it."""


def part_of(path: Path) -> Path:
    """Where what has arrived of the file at `path` is kept."""
    return path.with_name(path.name + SUFFIX)


def read_state(part: Path) -> dict[str, Any]:
    """What was noted about `part`; empty where there is none, or no note."""
    try:
        held = json.loads(_note(part).read_text(encoding="utf-8")) if part.is_file() else {}
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def write_state(part: Path, state: dict[str, Any]) -> None:
    """Note `state` beside `part`, in one step."""
    beside = _note(part).with_suffix(".new" + SUFFIX)
    beside.write_text(json.dumps(state), encoding="utf-8")
    beside.replace(_note(part))


def discard(part: Path) -> None:
    """Remove `part` and its note."""
    part.unlink(missing_ok=True)
    _note(part).unlink(missing_ok=True)


def _note(part: Path) -> Path:
    return part.with_name(part.name + ".state" + SUFFIX)
