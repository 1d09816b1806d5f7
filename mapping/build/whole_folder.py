"""A folder of tables that is written whole or not at all."""

import ctypes
import os
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from mapping import sources
from mapping.errors import MappingError, UnusableFileError

ENDINGS: Final = (".parquet", f".parquet{sources.SUFFIX}")
INSIDE: Final = "boundaries"
LEFT_OVER_S: Final = 86_400
"""What a killed build left is cleared away after a day: until then that build may still be running."""
AT_CWD: Final = -100
EXCHANGE: Final = 2
"""Constants of renameat2(2), Linux."""


@contextmanager
def whole_folder(folder: Path) -> Iterator[Path]:
    """An empty folder, with `boundaries` in it, that takes the place of `folder` once the block has ended.

    Where the block fails or the process is killed, `folder` is as it was. On Linux the change is one step;
    elsewhere two renamings: where it is killed between them, what was there is in `.NAME-….before` beside it.
    Raises UnusableFileError where `folder` holds anything that a build did not write, or cannot be written.
    """
    folder = folder.absolute()
    require_ours(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear(folder)
        beside = folder.with_name(f".{folder.name}-{os.getpid()}.part")
        (beside / INSIDE).mkdir(parents=True)
        for own in _hidden(folder):
            shutil.copy2(own, beside / own.name)
    except OSError as exc:
        raise UnusableFileError(f"Cannot write beside {folder}: {exc.strerror}. Set MAPPING_DATA.") from exc
    try:
        yield beside
        _take_place(beside, folder)
    except MappingError:
        raise
    except OSError as exc:
        raise UnusableFileError(f"Cannot write to {folder}: {exc}. What was there is as it was.") from exc
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def require_ours(folder: Path) -> None:
    """Nothing, if a build may replace `folder`: it is not there, or holds built tables and their cards alone.

    Raises UnusableFileError with what else is in it.
    """
    if not folder.exists():
        return
    if not folder.is_dir() or folder.is_symlink():
        raise UnusableFileError(f"{folder} is not a folder of its own. Name another with MAPPING_DATA.")
    known = {folder / INSIDE, *_hidden(folder)}
    held = [path for path in folder.rglob("*") if path not in known]
    others = sorted(str(path.relative_to(folder)) for path in held if not path.name.endswith(ENDINGS))
    if others:
        raise UnusableFileError(
            f"{folder} holds more than built tables ({', '.join(others[:3])}), and a build replaces all that "
            "is there. Name an empty folder with MAPPING_DATA."
        )


def _hidden(folder: Path) -> list[Path]:
    """Files such as `.gitignore`, which stay."""
    return [path for path in folder.glob(".*") if path.is_file()]


def _clear(folder: Path) -> None:
    """Take away what builds that were killed have left beside `folder`."""
    for left in folder.parent.glob(f".{folder.name}-*.*"):
        is_mine = left.name.startswith(f".{folder.name}-{os.getpid()}.")
        if is_mine or time.time() - left.stat().st_mtime > LEFT_OVER_S:
            shutil.rmtree(left, ignore_errors=True)


def _take_place(beside: Path, folder: Path) -> None:
    """Put `beside` where `folder` is; what was there ends up at `beside`, or nowhere."""
    if not folder.exists():
        beside.replace(folder)
        return
    if _exchange(beside, folder):
        return
    before = beside.with_suffix(".before")
    try:
        folder.rename(before)
    except OSError as exc:
        raise UnusableFileError(
            f"{folder} cannot be replaced: {exc.strerror}. If it is a mounted volume, name a folder in it "
            "with MAPPING_DATA."
        ) from exc
    try:
        beside.rename(folder)
    except OSError:
        before.rename(folder)
        raise
    shutil.rmtree(before, ignore_errors=True)


def _exchange(one: Path, other: Path) -> bool:
    """Whether the two folders have changed places in one step; if not, nothing has happened."""
    if not sys.platform.startswith("linux"):
        return False
    with suppress(OSError, AttributeError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        return bool(rename(AT_CWD, os.fsencode(one), AT_CWD, os.fsencode(other), EXCHANGE) == 0)
    return False
