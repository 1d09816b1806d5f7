"""What a file really is, by how it begins, whatever its name says."""

from typing import Final, Literal

from mapping.adapters.plain import plain_text
from mapping.errors import UnusableFileError

Kind = Literal["workbook", "json", "text"]

LARGEST: Final = 20_000_000
"""Bytes: the most that is read of a file someone brought."""
BINARY: Final = {
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file (gzip)",
    b"Rar!": "a compressed file (RAR)",
    b"7z\xbc\xaf\x27\x1c": "a compressed file (7z)",
    b"BZh": "a compressed file (bzip2)",
    b"SQLite format 3": "a database (GeoPackage or SQLite)",
    b"PAR1": "a Parquet file",
    b"fgb\x03": "a FlatGeobuf file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "a text document (RTF)",
    b"\x00\x00\x27\x0a": "a shapefile",
}
DOCUMENTS: Final = (
    "<?xml",
    "<!doctype",
    "<html",
    "<ogrvrtdatasource",
    "<ogrwfsdatasource",
    "<kml",
    "<gpx",
    "<svg",
)
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Begins an old .xls, and a workbook locked with a password."""
UTF16_MARKS: Final = (b"\xff\xfe", b"\xfe\xff")
ADVICE: Final = "Save the table as CSV or as an Excel workbook (.xlsx) and bring that."


def kind_of(data: bytes, *, name: str) -> Kind:
    """Whether `data` is an Excel workbook (or another zip), a JSON document or text, perhaps a CSV.

    Raises UnusableFileError, with what it is and what to do, where it is none of them or too large.
    """
    if len(data) > LARGEST:
        raise refused(name, f"is larger than {LARGEST // 1_000_000} MB", "Split it and bring the parts.")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        raise refused(name, "is empty", "Bring a table with one line of headings and a line for each row.")
    if data.startswith(b"PK\x03\x04") or data.startswith(b"PK\x05\x06"):
        return "workbook"
    if data.startswith(OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        what = "is locked with a password" if locked else "is an Excel file of before 2007 (.xls)"
        raise refused(
            name, what, "Open it in Excel and save it as .xlsx" + (" without one." if locked else ".")
        )
    for magic, what in BINARY.items():
        if data.startswith(magic):
            raise refused(name, f"is {what}, not a table", ADVICE)
    return _kind_of_text(data, name=name)


def refused(name: str, what: str, remedy: str) -> UnusableFileError:
    """The error that refuses the file called `name`: what happened, then what to do."""
    shown = plain_text(name).replace("\n", " ")
    return UnusableFileError(f"{shown} {what}. {remedy}")


def _kind_of_text(data: bytes, *, name: str) -> Kind:
    """A CSV may begin with `<b>Name</b>` or `{`: only what also ends like a document is one."""
    plain = data.replace(b"\x00", b"") if data.startswith(UTF16_MARKS) else data
    text = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    head = text[:200].decode("latin-1").casefold()
    end = text.rstrip(b" \t\r\n\x00")[-1:]
    if head.startswith(DOCUMENTS) or (head.startswith("<") and end == b">"):
        raise refused(name, "is an XML or HTML document (such as VRT, KML, GML or GPX), not a table", ADVICE)
    if head.startswith(("{", "[")) and end in (b"}", b"]"):
        return "json"
    return "text"
