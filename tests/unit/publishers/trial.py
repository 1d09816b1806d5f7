"""A fetch of a few entries from publishers on this machine, and what is said where one fails."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from mapping.build.fetch import fetch
from mapping.errors import MappingError, ServiceError
from tests.unit.publishers import small
from tests.unit.publishers.server import Publishers

REMEDY = re.compile(r"Try again later|Correct the address|correct the entry|by hand")


def only(served: Publishers, ids: Sequence[str], more: dict[str, Any]) -> list[dict[str, Any]]:
    """The registry's entries with these ids."""
    return [entry | more for entry in small.entries(served.address) if entry["id"] in ids]


def run(served: Publishers, folder: Path, *ids: str, england: bool = True, **more: Any) -> str:
    """What a fetch of these entries says; `more` are fields of each."""
    settings = small.settings_for(folder, only(served, ids, more))
    asked = [] if england else ["Oxford"]
    return fetch(
        councils=asked,
        england=england,
        editions=["2025", "2019"],
        settings=settings,
        again=True,
        progress=False,
    )


def refused(
    served: Publishers, folder: Path, *ids: str, error: type[MappingError] = ServiceError, **more: Any
) -> str:
    """The one failure of a fetch, in words; it names the source and what a person can do."""
    with pytest.raises(error) as raised:
        run(served, folder, *ids, **more)
    told = str(raised.value)
    assert f"- The {ids[-1]} ({ids[-1]}): " in told
    assert served.address in told and REMEDY.search(told)
    return told


def held(folder: Path, name: str) -> Path:
    """Where a file is kept."""
    return folder / "raw" / name
