"""What is no table, too large or made to harm is refused, and says why."""

import codecs
import gzip
import sys

import pytest

from mapping.adapters.spreadsheet import read_table
from mapping.errors import UnusableFileError
from tests.unit.brought_files import (
    refusal,
    table,
    workbook,
)
from tests.unit.plain_table import PLAIN

# Any file: refused as a whole (35 to 37)


@pytest.mark.parametrize(
    "data", [b"", b"\n\n \n", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, b"\x00\x00\x00", b",,\n,,\n"]
)
def test_an_empty_file_is_refused(data):
    assert "is empty" in refusal(data)


@pytest.mark.parametrize(
    "data", [b"name,postcode", b"name,postcode\n\n,\n", workbook([["name", "postcode"]])]
)
def test_headings_alone_are_refused(data):
    assert "has headings but no rows" in refusal(data)


@pytest.mark.parametrize("data", [b"a,b, a\n1,2,3\n", workbook([["a", "b", "a"], [1, 2, 3]])])
def test_duplicate_headings_are_refused(data):
    assert 'more than one column headed "a"' in refusal(data)


@pytest.mark.parametrize("n", [101, 200])
def test_too_many_columns_are_refused(n):
    headings, cells = [f"c{at}" for at in range(n)], ["x"] * n
    assert f"{n} columns; 100 are the most" in refusal(",".join(headings) + "\n" + ",".join(cells))
    assert "more than 100 columns (a cell in column 101 of row 1)" in refusal(workbook([headings, cells]))


def test_a_hundred_columns_are_read():
    assert table(",".join(f"c{at}" for at in range(100)) + "\n" + ",".join("x" * 100)).rows.shape == (1, 100)


@pytest.mark.parametrize(
    "cell", ["x" * 10_000_000, '"' + "x" * 10_000_000 + '"', '"' + "x\n" * 5_000_000 + '"']
)
def test_a_cell_of_10_mb_is_refused(cell):
    refusal(f"name,postcode\nA,OX4 1BA\n{cell},OX1 1AA\n")


def test_too_many_rows_are_refused():
    assert "more than 100,000 rows" in refusal("a\n" + "1\n" * 100_001)
    assert len(table("a\n" + "1\n" * 100_000).rows) == 100_000


def test_more_than_20_mb_are_refused(tmp_path):
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    with pytest.raises(UnusableFileError, match="larger than 20 MB"):
        read_table(path)
    assert "larger than 20 MB" in refusal(b"a" * 20_000_001)


def test_columns_without_a_heading_are_kept_where_they_hold_anything():
    file = table("name,,\nA,x,\nB,,\n")
    assert list(file.rows.columns) == ["name", "column 2"]
    assert file.issues[["row", "field", "reason"]].to_numpy().tolist() == [[1, "column 2", "No heading"]]


touched: list[str] = []
sys.addaudithook(lambda event, _: touched.append(event) if event in TOUCHES else None)
TOUCHES = frozenset(
    {"open", "os.listdir", "os.scandir", "socket.connect", "socket.getaddrinfo", "subprocess.Popen"}
)
"""What a document would have the reader do; Python tells of each before it is done."""


# Any file: what it really is (13 to 16, 18, 20)

VRT = (
    '<OGRVRTDataSource><OGRVRTLayer name="passwd"><SrcDataSource>CSV:/etc/passwd</SrcDataSource>'
    "</OGRVRTLayer></OGRVRTDataSource>"
)
GDALG = '{"type": "gdal_streamed_alg", "command_line": "gdal vector read /etc/passwd"}'
WFS = "<OGRWFSDataSource><URL>http://x.example/wfs?a=1,2</URL></OGRWFSDataSource>"
KML = '<?xml version="1.0"?>\n<kml xmlns="http://www.opengis.net/kml/2.2"><Placemark/></kml>'
GPX = '<gpx version="1.1"><wpt lat="51.7" lon="-1.2"/></gpx>'


@pytest.mark.parametrize(
    "document", [VRT, GDALG, WFS, KML, GPX, "\ufeff  " + VRT, VRT.encode("utf-16"), "[[1, 2]]"]
)
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.geojson"])
def test_documents_that_could_read_other_files_are_refused_unread(document, name):
    touched.clear()
    message = refusal(document, name)
    assert touched == []
    assert "not a table" in message


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF"),
        (gzip.compress(PLAIN.encode(), mtime=0), "a compressed file"),
        (b"SQLite format 3\x00" + bytes(100), "a database"),
        (b"PAR1" + bytes(20), "a Parquet file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(20), "a picture"),
        (b"{\\rtf1 hello}", "a text document"),
        (bytes(range(1, 32)) * 50, "is not text"),
    ],
)
def test_files_of_another_kind_are_refused_by_their_content(data, what):
    assert what in refusal(data)


def test_there_must_be_a_file(tmp_path):
    with pytest.raises(UnusableFileError, match="is not a file"):
        read_table(tmp_path / "none.csv")
    with pytest.raises(UnusableFileError, match="is not a file"):
        read_table(tmp_path)
