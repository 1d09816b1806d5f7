"""Packages are the same bytes whenever they were made."""

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from mapping.render.documents import zipped

CREATED = b'<dcterms:created a="b">%s</dcterms:created>'
CORE = b'<c xmlns:dcterms="d">' + CREATED + b"<dcterms:modified>%s</dcterms:modified></c>"


def package(parts: dict[str, bytes], hour: int) -> bytes:
    body = BytesIO()
    with ZipFile(body, "w", ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(ZipInfo(name, (2026, 11, 22, hour, 0, 0)), part)
    return body.getvalue()


def workbook(day: bytes, hour: int) -> bytes:
    return package({"docProps/core.xml": CORE % (day, day), "xl/a.xml": b"<a/>"}, hour)


def test_neither_hour_nor_order_is_left() -> None:
    parts = {"word/b.xml": b"<b/>", "docProps/core.xml": b"<c/>", "_rels/.rels": b"r", "a.png": b"\x89PNG"}
    types = {"[Content_Types].xml": b"<Types/>"}
    one = zipped.repacked(package(parts | types, 9))
    assert one == zipped.repacked(package(types | dict(reversed(parts.items())), 17)) == zipped.repacked(one)
    with ZipFile(BytesIO(one)) as read:
        names = ["[Content_Types].xml", "_rels/.rels", "a.png", "docProps/core.xml", "word/b.xml"]
        assert read.namelist() == names
        assert {info.date_time for info in read.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert read.read("word/b.xml") == b"<b/>" and read.testzip() is None


def test_a_workbook_inside_is_of_the_day_of_what_is_around_it() -> None:
    bodies = [
        zipped.repacked(
            package(
                {
                    "docProps/core.xml": CORE % (b"2026-11-22T12:00:00Z", b"2026-11-23T00:00:00Z"),
                    "ppt/embeddings/Sheet1.xlsx": workbook(day, hour),
                },
                hour,
            )
        )
        for day, hour in ((b"2026-01-01T07:00:00Z", 8), (b"2030-02-02T09:30:00Z", 22))
    ]
    assert bodies[0] == bodies[1]
    with ZipFile(BytesIO(bodies[0])) as outer, ZipFile(outer.open("ppt/embeddings/Sheet1.xlsx")) as inner:
        told = inner.read("docProps/core.xml")
    assert told == CORE % (b"2026-11-22T12:00:00Z", b"2026-11-22T12:00:00Z")


def test_a_folder_is_a_package_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "word" / "_rels").mkdir(parents=True)
    (tmp_path / "word" / "a.xml").write_bytes(b"<a/>")
    (tmp_path / "word" / "_rels" / "a.xml.rels").write_bytes(b"<r/>")
    with ZipFile(BytesIO(zipped.package_of(tmp_path))) as read:
        assert read.namelist() == ["word/_rels/a.xml.rels", "word/a.xml"]
