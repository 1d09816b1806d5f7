"""One whole file from the first address that gives it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from tqdm import tqdm

from mapping.build.fetch import parts
from mapping.build.fetch.arrivals import check_arrival
from mapping.build.fetch.client import Client
from mapping.build.fetch.locate import Place, places
from mapping.build.fetch.transfer import download
from mapping.errors import ServiceError, SourceChangedError

ROOM_MB: Final = 5.0
TIMES: Final = 4
"""A body may be so many times the registry's size, or so many megabytes more, before it is refused."""


def bring_file(client: Client, path: Path, *, bar: "tqdm[Any]") -> str:
    """The address that the file now in `path` came from.

    Raises ServiceError or SourceChangedError with what happened at each address; `path` is as it was.
    """
    failures: list[ServiceError | SourceChangedError] = []
    for place in places(client):
        try:
            if not isinstance(place, Place):
                raise place
            _bring(client, place, path, bar=bar)
        except (ServiceError, SourceChangedError) as exc:
            failures.append(exc)
        else:
            return place.address
    raise _together(failures)


def _bring(client: Client, place: Place, path: Path, *, bar: "tqdm[Any]") -> None:
    part = parts.part_of(path)
    size = client.source.size_mb
    most_bytes = int(1e6 * max(TIMES * size, size + ROOM_MB))
    download(client, place.address, part, most_bytes=most_bytes, bar=bar)
    try:
        check_arrival(part, client.source, md5=place.md5)
    except (ServiceError, SourceChangedError) as exc:
        # What is not the file is no part of it either.
        parts.discard(part)
        raise type(exc)(f"{place.address}: {exc}") from exc
    part.replace(path)
    parts.discard(part)


def _together(failures: Sequence[ServiceError | SourceChangedError]) -> ServiceError | SourceChangedError:
    """One error for all the addresses that were tried."""
    told = " And ".join(str(failure) for failure in failures)
    changed = any(isinstance(failure, SourceChangedError) for failure in failures)
    return SourceChangedError(told) if changed else ServiceError(told)
