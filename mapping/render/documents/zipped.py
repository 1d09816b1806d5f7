"""Office packages that are the same bytes each time: they are zips, and zips hold the hour they were made."""

import datetime
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

FIRST: Final = ("[Content_Types].xml", "_rels/.rels")
"""What a reader of packages looks for first."""
CORE: Final = "docProps/core.xml"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name."""
PACKED: Final = (".png", ".jpg", ".jpeg", ".xlsx")
"""Are small already: to squeeze them again takes time and gains nothing."""
MADE: Final = re.compile(rb"(?<=>)[^<>]*(?=</dcterms:(?:created|modified)>)")


def repacked(body: bytes) -> bytes:
    """The same package with fixed times and its parts in a fixed order, and so are the workbooks in it.

    A workbook inside takes its day from the properties of the package around it. Doing it twice is doing it
    once.
    """
    with ZipFile(BytesIO(body)) as package:
        parts = {info.filename: package.read(info) for info in package.infolist() if not info.is_dir()}
    day = MADE.search(parts.get(CORE, b""))
    return zipped({name: _settled(name, part, day and day.group()) for name, part in parts.items()})


def zipped(parts: Mapping[str, bytes], *, day: datetime.date | None = None) -> bytes:
    """A zip of `parts`, content by name: equal parts, equal bytes, whatever their order.

    Each part is dated noon of `day`; where none is given, the first moment that a zip can name.
    """
    stamp = (max(day.year, EPOCH[0]), day.month, day.day, 12, 0, 0) if day else EPOCH
    body = BytesIO()
    with ZipFile(body, "w") as package:
        for name in sorted(parts, key=_place):
            told = ZipInfo(name, stamp)
            # As made on Unix, readable by all, whatever made it.
            told.create_system, told.external_attr = 3, 0o644 << 16
            told.compress_type = ZIP_STORED if name.endswith(PACKED) else ZIP_DEFLATED
            package.writestr(told, parts[name], compresslevel=6)
    return body.getvalue()


def package_of(folder: Path) -> bytes:
    """The files of `folder` and its folders as one zip: an empty document, kept as text."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return zipped({path.relative_to(folder).as_posix(): path.read_bytes() for path in files})


def _place(name: str) -> tuple[int, str]:
    return (FIRST.index(name) if name in FIRST else len(FIRST), name)


def _settled(name: str, part: bytes, day: bytes | None) -> bytes:
    """`part`, or where it is a workbook, that workbook repacked and dated `day`."""
    if not name.endswith(".xlsx"):
        return part
    with ZipFile(BytesIO(part)) as inside:
        own = {info.filename: inside.read(info) for info in inside.infolist()}
    if day and CORE in own:
        own[CORE] = MADE.sub(day, own[CORE])
    return zipped(own)
