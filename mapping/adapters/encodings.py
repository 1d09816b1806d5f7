"""Bytes of a text file as text, with the encoding that made sense of them."""

import codecs
import re
from typing import Final, NamedTuple

from mapping.adapters.kinds import refused

MARKS: Final = {
    codecs.BOM_UTF8: ("utf-8-sig", "UTF-8 with BOM"),
    codecs.BOM_UTF32_LE: ("utf-32", "UTF-32"),
    codecs.BOM_UTF16_LE: ("utf-16", "UTF-16"),
    codecs.BOM_UTF16_BE: ("utf-16", "UTF-16"),
}
STRAY: Final = re.compile("[\udc80-\udcff]")
"""A byte that is no UTF-8, as `surrogateescape` keeps it."""
CONTROL: Final = re.compile("[\x01-\x08\x0e-\x1f]")
SAMPLE: Final = 10_000
"""What the beginning of a file is judged by."""
REMEDY: Final = "Save it as CSV UTF-8 or as an Excel workbook and bring that."


class Decoded(NamedTuple):
    """Text and the name of its encoding, for people."""

    text: str
    encoding: str
    has_strays: bool = False
    """Whether the text is UTF-8 but for some bytes, which are in it as `STRAY`."""


def decoded(data: bytes, *, name: str) -> Decoded:
    """`data` as text: by its byte order mark, else as UTF-16 or UTF-8 if it is, else as Windows-1252.

    Raises UnusableFileError where it is none of these.
    """
    mark = next((mark for mark in MARKS if data.startswith(mark)), b"")
    codec, encoding = MARKS.get(mark) or _unmarked(data)
    try:
        found = Decoded(data.decode(codec), encoding)
    except UnicodeDecodeError as exc:
        if not codec.startswith("utf-8"):
            raise refused(name, f"begins as {encoding} but does not go on so: it is damaged", REMEDY) from exc
        found = _with_strays(data, codec, encoding)
    sample = found.text[:SAMPLE]
    if len(CONTROL.findall(sample)) > 5 + len(sample) / 100:
        raise refused(name, "is not text", REMEDY)
    return found


def repaired(text: str) -> str:
    """`text` with its stray bytes read as Windows-1252."""
    return STRAY.sub(lambda stray: bytes([ord(stray[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _unmarked(data: bytes) -> tuple[str, str]:
    """UTF-16 without a mark has a zero in every other byte of plain text."""
    sample = data[:SAMPLE]
    for codec, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(zeros) > 1 and zeros.count(0) > 0.6 * len(zeros):
            return codec, "UTF-16"
    return "utf-8", "UTF-8"


def _with_strays(data: bytes, codec: str, encoding: str) -> Decoded:
    """UTF-8 with a line pasted in from elsewhere has few strays; a file of Windows-1252 has nothing but."""
    text = data.decode(codec, "surrogateescape")
    n_strays, n_beyond_ascii = len(STRAY.findall(text)), len(text) - len(text.encode("ascii", "ignore"))
    if 2 * n_strays > n_beyond_ascii:
        return Decoded(data.decode("cp1252", "replace"), "Windows-1252")
    return Decoded(text, encoding, has_strays=True)
