"""Each thing that goes wrong at a publisher: got over where it can be, else named with its remedy."""

import io
import json
import time
import zipfile

import pytest

from mapping.errors import ServiceError, SourceChangedError
from mapping.registry import read_download
from tests.unit.publishers import faults, small
from tests.unit.publishers.server import publishers
from tests.unit.publishers.trial import held, refused, run

FILE = small.FILE_7["2019"]
LAYER = small.ARCGIS.format("LSOA21")
QUERY = f"{LAYER}/query"


@pytest.fixture
def served():
    with publishers() as started:
        yield small.serve(started)


CSV_2019, SHAPES, ZIP = "imd-2019/File_7_2019.csv", "lsoa21/lsoa21.geojson", "onspd/ONSPD.zip"


@pytest.mark.parametrize("path", [FILE, QUERY])
@pytest.mark.parametrize(
    "fault",
    [
        faults.status(429, Retry_After="0"),
        faults.status(429, Retry_After="soon"),
        faults.status(503),
        faults.status(500),
    ],
    ids=["429 with Retry-After", "429 that says soon", "503", "500"],
)
def test_a_busy_server_is_asked_again(served, tmp_path, path, fault):
    served.faults[path] = [fault, fault]
    run(served, tmp_path, "imd-2019", "lsoa21")
    assert held(tmp_path, CSV_2019).read_bytes() == small.file_7("2019")
    assert len(json.loads(held(tmp_path, SHAPES).read_text())["features"]) == 5
    assert served.faults[path] == []


def test_the_wait_that_a_server_asks_for_is_kept(served, tmp_path):
    served.faults[FILE] = [faults.status(429, Retry_After="1")]
    started = time.monotonic()
    run(served, tmp_path, "imd-2019")
    assert time.monotonic() - started >= 1.0


def test_a_wait_of_an_hour_is_left_to_the_person(served, tmp_path):
    served.faults[FILE] = [faults.status(429, Retry_After="3600")]
    started = time.monotonic()
    told = refused(served, tmp_path, "imd-2019")
    assert "HTTP 429" in told and "asks to wait 3600 s" in told and "Try again later" in told
    assert time.monotonic() - started < 30


def test_the_first_try_again_waits_too(served, tmp_path):
    served.faults[FILE] = [faults.status(503)]
    started = time.monotonic()
    run(served, tmp_path, "imd-2019", backoff_s=0.4)
    assert time.monotonic() - started >= 0.4


def test_two_requests_to_one_host_keep_the_pause(served, tmp_path):
    started = time.monotonic()
    run(served, tmp_path, "lsoa21", pause_s=0.05)
    assert time.monotonic() - started >= 0.05 * (len(served.asked) - 1)


def test_a_body_that_breaks_off_goes_on_from_there(served, tmp_path):
    served.files[FILE] = small.file_7("2019", n_rows=4000)
    served.faults[FILE] = [faults.hang_up(200_000), faults.hang_up(100_000)]
    run(served, tmp_path, "imd-2019", size_mb=10)
    assert held(tmp_path, CSV_2019).read_bytes() == served.files[FILE]
    ranges = [asked.headers.get("Range") for asked in served.asked]
    first, second = (int(asked.removeprefix("bytes=").rstrip("-")) for asked in ranges[1:])
    assert ranges[0] is None and 0 < first <= 200_000 < second <= 300_000


def test_a_server_without_ranges_gives_the_whole_again(served, tmp_path):
    served.has_ranges = False
    served.files[FILE] = small.file_7("2019", n_rows=4000)
    served.faults[FILE] = [faults.hang_up(200_000)]
    run(served, tmp_path, "imd-2019", size_mb=10)
    assert held(tmp_path, CSV_2019).read_bytes() == served.files[FILE]


def test_without_a_tag_the_rest_is_not_trusted(served, tmp_path):
    served.has_tags = False
    served.files[FILE] = small.file_7("2019", n_rows=4000)
    served.faults[FILE] = [faults.hang_up(200_000)]
    run(served, tmp_path, "imd-2019", size_mb=10)
    assert held(tmp_path, CSV_2019).read_bytes() == served.files[FILE]
    assert not any("Range" in asked.headers for asked in served.asked)


def test_a_file_that_changed_meanwhile_is_not_mixed(served, tmp_path):
    served.files[FILE] = b"old" * 100_000
    served.faults[FILE] = [faults.hang_up(40_000)] * 5
    refused(served, tmp_path, "imd-2019")
    served.faults.clear()
    served.files[FILE] = small.file_7("2019")
    run(served, tmp_path, "imd-2019")
    assert "Range" in served.asked[-1].headers
    assert held(tmp_path, CSV_2019).read_bytes() == served.files[FILE]


def test_the_rest_of_another_file_is_not_added(served, tmp_path):
    served.files[FILE] = small.file_7("2019", n_rows=3000)
    served.faults[FILE] = [faults.hang_up(40_000)] * 5
    refused(served, tmp_path, "imd-2019")
    served.files[FILE] = small.file_7("2019", n_rows=4000)
    served.faults[FILE] = [faults.overlook_if_range]
    run(served, tmp_path, "imd-2019", size_mb=10)
    assert held(tmp_path, CSV_2019).read_bytes() == served.files[FILE]


def test_a_body_that_always_breaks_off_is_said(served, tmp_path):
    served.faults[FILE] = [faults.hang_up(10)] * 20
    assert "broke off 5 times" in refused(served, tmp_path, "imd-2019")


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ([faults.page] * 9, "A web page came instead of the file"),
        ([faults.body(b"\n<?xml version='1.0'?><Error>no</Error>")], "A web page came instead of the file"),
        ([faults.status(302, Location="https://.example/file")], "which is not followed"),
        ([faults.status(404)], "HTTP 404, it is not there any more. Correct the address"),
        ([faults.status(410)], "HTTP 410"),
        ([faults.status(403)], "HTTP 403, access refused. Your network may not allow it"),
        ([faults.status(500)] * 9, "HTTP 500, the server is in trouble. Try again later"),
        ([faults.status(301, Location="/elsewhere")], "HTTP 404"),
        ([faults.status(302, Location=FILE)] * 20, "leads on more than 10 times"),
        ([faults.status(302, Location="ftp://127.0.0.1/file")], "not followed"),
    ],
)
def test_a_file_that_does_not_come_leaves_the_old_one(served, tmp_path, fault, words):
    run(served, tmp_path, "imd-2019")
    before = read_download(held(tmp_path, CSV_2019))
    served.faults[FILE] = fault
    assert words in refused(served, tmp_path, "imd-2019")
    assert read_download(held(tmp_path, CSV_2019)) == before
    assert held(tmp_path, CSV_2019).read_bytes() == small.file_7("2019")


def test_a_moved_address_is_followed(served, tmp_path):
    served.redirects[FILE] = "/media/new"
    served.files["/media/new"] = small.file_7("2019")
    run(served, tmp_path, "imd-2019")
    assert held(tmp_path, CSV_2019).read_bytes() == small.file_7("2019")


def test_an_address_that_is_none_is_said(served, tmp_path):
    told = r"https://\*/file: no sense can be made of it: .*Correct the address"
    with pytest.raises(ServiceError, match=told):
        run(served, tmp_path, "onspd", address="https://*/file")


def test_a_further_address_is_tried(served, tmp_path):
    served.files["/media/second"] = served.files.pop(FILE)
    run(served, tmp_path, "imd-2019", moved=[f"{served.address}/media/second"])
    assert read_download(held(tmp_path, CSV_2019)).address == f"{served.address}/media/second"


def test_a_changed_heading_is_named(served, tmp_path):
    served.files[FILE] = served.files[FILE].replace(b"LSOA code (2011)", b"LSOA code (2031)")
    told = refused(served, tmp_path, "imd-2019", error=SourceChangedError)
    assert 'It has no heading "LSOA code (2011)"' in told
    assert not held(tmp_path, CSV_2019).exists()


def test_a_changed_heading_of_boundaries_is_named(served, tmp_path):
    feature = {"type": "Feature", "properties": {"LSOA31CD": "E01"}, "geometry": small.square(1)}
    document = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    served.files["/onspd.zip"] = document
    more = {"file": "areas.geojson", "members": []}
    told = refused(served, tmp_path, "onspd", error=SourceChangedError, columns=["LSOA21CD"], **more)
    assert 'It has no heading "LSOA21CD"' in told
    run(served, tmp_path, "onspd", columns=["LSOA31CD"], **more)
    assert held(tmp_path, "onspd/areas.geojson").read_bytes() == document


def test_what_is_no_table_is_refused(served, tmp_path):
    served.files[FILE] = b'"' + b"x" * 200_000
    assert "It is not a table with headings" in refused(
        served, tmp_path, "imd-2019", error=SourceChangedError
    )
    served.files[FILE] = small.file_7("2019") + b'"' + b"x" * 200_000
    assert "It is not a table in CSV" in refused(served, tmp_path, "imd-2019", error=SourceChangedError)


@pytest.mark.parametrize(("id", "rows"), [("imd-2025", 50), ("lsoa21", 50)])
def test_far_fewer_rows_than_expected_are_refused(served, tmp_path, id, rows):
    assert "It has 5 rows, where 50 were expected" in refused(
        served, tmp_path, id, error=SourceChangedError, rows=rows
    )


@pytest.mark.parametrize("cut", [-1, 40])
def test_a_zip_that_is_cut_short_is_refused(served, tmp_path, cut):
    served.files["/onspd.zip"] = served.files["/onspd.zip"][:cut]
    assert "The zip is cut short" in refused(served, tmp_path, "onspd")
    assert not held(tmp_path, ZIP).exists()


def test_a_zip_with_changed_bytes_is_refused(served, tmp_path):
    whole = served.files["/onspd.zip"]
    served.files["/onspd.zip"] = whole.replace(b"pcds", b"pcdz", 1)
    assert "The zip is damaged, in Data/ONSPD_MAY_2025_UK.csv" in refused(served, tmp_path, "onspd")


@pytest.mark.parametrize("harm", ["locked", "other bytes"])
def test_a_zip_that_cannot_be_unpacked_is_refused_and_not_kept(served, tmp_path, harm):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Data/a.csv", "pcds,doterm\r\n" * 1000)
    data = bytearray(body.getvalue())
    if harm == "locked":
        for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(mark) + at] |= 1
    else:
        data[40:44] = b"\xff" * 4
    served.files["/onspd.zip"] = bytes(data)
    assert "The zip is cut short, locked, or is none" in refused(served, tmp_path, "onspd")
    served.files["/onspd.zip"] = small.onspd()
    run(served, tmp_path, "onspd")
    assert held(tmp_path, ZIP).read_bytes() == small.onspd()


def test_a_zip_made_to_fill_the_disk_is_not_unpacked(served, tmp_path):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Data/a.csv", b"\0" * 5_000_000)
    served.files["/onspd.zip"] = body.getvalue()
    told = refused(served, tmp_path, "onspd", error=SourceChangedError)
    assert "The zip unpacks to far more than its size" in told


def test_a_zip_without_its_table_is_refused(served, tmp_path):
    told = refused(served, tmp_path, "onspd", error=SourceChangedError, members=["Data/*.parquet"])
    assert "There is no Data/*.parquet in the zip" in told


def test_another_checksum_than_published_is_refused(served, tmp_path):
    served.files["/os/codepo_gb.zip"] = small.code_point_open() + b"\0"
    assert "It differs from the checksum that its publisher gives" in refused(
        served, tmp_path, "code-point-open"
    )


def test_a_product_in_other_forms_only_is_named(served, tmp_path):
    served.downloads.pop()
    told = refused(served, tmp_path, "code-point-open", error=SourceChangedError)
    assert "offers GB GeoPackage, not GB CSV" in told


def test_a_body_far_larger_than_expected_is_refused(served, tmp_path):
    served.files[FILE] = b"x" * 6_000_000
    told = refused(served, tmp_path, "imd-2019")
    assert "more than 5 MB came, far more than expected" in told and "size_mb" in told
