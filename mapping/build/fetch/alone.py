"""One fetch at a time in a folder: two would write into each other's unfinished files."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from mapping.errors import ServiceError

NAME: Final = ".fetching"
"""The file whose lock says that a fetch is running; the system lets go of it however that ends."""


@contextmanager
def alone(raw: Path) -> Iterator[None]:
    """Nothing, while no other fetch may write to `raw`, which is made where it is not there.

    Raises ServiceError where another is running, or `raw` cannot be written.
    """
    try:
        raw.mkdir(parents=True, exist_ok=True)
        file = (raw / NAME).open("ab")
    except OSError as exc:
        raise unwritable(raw, exc) from exc
    with file:
        if not _is_locked(file):
            raise ServiceError(f"Another fetch is running in {raw}. Wait until it has ended, then run again.")
        yield


def unwritable(raw: Path, exc: OSError) -> ServiceError:
    """What a person is told where a file cannot be written."""
    return ServiceError(
        f"it cannot be written to {raw}: {exc.strerror or exc}. Make room there, or set MAPPING_RAW."
    )


def _is_locked(file: IO[bytes]) -> bool:
    """Whether `file` is ours alone now; also where a system or its disk has no such locks."""
    if sys.platform != "win32":
        import fcntl

        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
    return True
