"""What a publisher's file is by how it begins, and the bytes in it: plain, in gzip or in a zip."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast
from zipfile import ZipFile

from mapping.errors import SourceChangedError, SourceMissingError

HEAD: Final = 65_536
"""Bytes that tell what a file is: more than the longest line of headings."""
MAGIC: Final = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"SQLite format 3\x00": "GeoPackage",
    b"PAR1": "Parquet",
}
JSON_OPENS: Final = (b"{", b"[")
BLANKS: Final = b"\xef\xbb\xbf \t\r\n"
DAMAGED: Final = (zipfile.BadZipFile, EOFError, zlib.error, gzip.BadGzipFile, NotImplementedError)
"""What the standard library raises for an archive that is cut short, changed or packed in a rare way."""
LOCKED: Final = 1
"""The flag of a part that asks for a password."""
STEEPEST: Final = 200
"""So many times its packed size a publisher's file never has; one made to fill a disk or memory does."""
SMALL: Final = 1_000_000
"""Bytes of which nothing is feared."""
WORKBOOK: Final = "xl/workbook.xml"


def form_of(head: bytes) -> str:
    """`gzip`, `zip`, `GeoPackage`, `Parquet`, `JSON`, `text`, or "" for bytes of another kind."""
    form = next((form for magic, form in MAGIC.items() if head.startswith(magic)), "")
    if form == "GeoPackage":
        return form if head[68:72] in (b"GPKG", b"GP10", b"GP11") else ""
    if form:
        return form
    if head.lstrip(BLANKS).startswith(JSON_OPENS):
        return "JSON"
    return "" if b"\x00" in head or not head.strip(BLANKS) else "text"


def head_of(path: Path, member: str = "") -> bytes:
    """The first bytes of a file, or of what is packed in it."""
    with opened(path, member) as file:
        return file.read(HEAD)


@contextmanager
def opened(path: Path, member: str = "") -> Iterator[IO[bytes]]:
    """The bytes of a file; of `member` where it is a zip; unpacked where it is in gzip.

    Raises SourceMissingError, or SourceChangedError for an archive that is damaged, also while it is read.
    """
    try:
        with path.open("rb") as outer:
            form = form_of(outer.read(HEAD))
            outer.seek(0)
            if form == "zip" and member:
                with ZipFile(outer) as archive, archive.open(member) as inner:
                    yield inner
            elif form == "gzip":
                with gzip.open(outer) as unpacked:
                    yield cast(IO[bytes], unpacked)
            else:
                yield outer
    except FileNotFoundError as exc:
        raise missing(path) from exc
    except DAMAGED as exc:
        raise damaged(path) from exc


def parts_of(path: Path) -> list[zipfile.ZipInfo]:
    """The files in a zip that are not locked, in its own order.

    Raises SourceChangedError (damaged, or made to unpack to far more than its size).
    """
    try:
        with ZipFile(path) as archive:
            parts = archive.infolist()
    except DAMAGED as exc:
        raise damaged(path) from exc
    if any(map(is_steep, parts)):
        raise swollen(path)
    return [part for part in parts if not part.is_dir() and not part.flag_bits & LOCKED]


def is_steep(part: zipfile.ZipInfo) -> bool:
    """Whether a file in a zip unpacks to far more than its size; no more than it says is ever unpacked."""
    return part.file_size > max(SMALL, STEEPEST * part.compress_size)


def whole_text(path: Path, member: str = "") -> bytes:
    """All bytes of a file, or of what is packed in it. Raises as `opened`, and where they are too many."""
    most = max(SMALL, STEEPEST * path.stat().st_size)
    with opened(path, member) as file:
        text = file.read(most + 1)
    if len(text) > most:
        raise swollen(path)
    return text


def missing(path: Path) -> SourceMissingError:
    """The error for a file that was there when the folder was looked at."""
    return SourceMissingError(f"No file at {path}. Fetch it again with `python -m mapping fetch`.")


def swollen(path: Path) -> SourceChangedError:
    """The error for a file that is packed as no publisher's is."""
    return SourceChangedError(
        f"{path.name} unpacks to far more than its size, as no publisher's file does: it is not read. Delete "
        "it and fetch or copy it again."
    )


def damaged(path: Path) -> SourceChangedError:
    """The error for a file that begins as it should and cannot be read on."""
    return SourceChangedError(
        f"{path.name} is cut short or damaged: it cannot be read. Delete it and fetch or copy it again."
    )
