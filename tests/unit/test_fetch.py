"""`fetch` against publishers on this machine that behave as they should."""

import csv
import json
from pathlib import Path

import pytest

from mapping.build.fetch import fetch
from mapping.build.fetch.alone import alone
from mapping.errors import ServiceError, UnknownAreaError
from mapping.registry import read_download
from mapping.sources import sha256
from tests.unit.publishers import small
from tests.unit.publishers.server import Publishers, publishers
from tests.unit.publishers.small import OXFORD, STEVENAGE

BOTH = ["2025", "2019"]


@pytest.fixture
def served():
    with publishers() as started:
        yield small.serve(started)


def run(served: Publishers, folder: Path, *councils: str, entries=None, **more):
    listed = small.entries(served.address) if entries is None else entries
    folder.mkdir(exist_ok=True)
    settings = small.settings_for(folder, listed)
    asked = {"councils": councils, "england": not councils, "editions": BOTH, "progress": False}
    return fetch(**{**asked, **more}, settings=settings)


def rows(path: Path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def codes(path: Path, column: str):
    return [feature["properties"][column] for feature in json.loads(path.read_text())["features"]]


def test_a_council_arrives_whole_and_each_file_has_its_card(served, tmp_path):
    told = run(served, tmp_path, "Oxford")
    raw = tmp_path / "raw"
    assert (
        told.startswith("Fetched 11 files (") and "for Oxford" in told and "python -m mapping build" in told
    )
    assert codes(raw / "lsoa21/lsoa21.geojson", "LSOA21CD") == small.LSOAS[OXFORD]
    assert codes(raw / "lsoa11/lsoa11.geojson", "LSOA11CD") == ["E01800002", "E01900001"]
    assert codes(raw / "wards/wards.geojson", "LAD24CD") == [OXFORD]
    assert codes(raw / "districts/districts.geojson", "LAD24CD") == [OXFORD, STEVENAGE], (
        "districts come whole"
    )
    assert (raw / "imd-2025/File_7_2025.csv").read_bytes() == small.file_7("2025")
    assert (raw / "code-point-open/codepo_gb.zip").read_bytes() == served.files["/os/codepo_gb.zip"]
    assert (raw / "onspd/ONSPD.zip").read_bytes() == served.files["/onspd.zip"]
    cards = {path.parent.name: read_download(path) for path in raw.glob("*/*") if ".card." not in path.name}
    assert len(cards) == 11 and None not in cards.values()
    assert cards["lsoa21"].scope == (OXFORD,) and cards["districts"].scope == ("England",)
    assert cards["imd-2025"].sha256 == sha256(raw / "imd-2025/File_7_2025.csv")
    assert not list(raw.rglob("*.part*"))


def test_lookups_keep_their_values_and_centroids_their_metres(served, tmp_path):
    run(served, tmp_path, "Oxford")
    fit = rows(tmp_path / "raw/fit/fit.csv")
    assert [row["LSOA21CD"] for row in fit] == [*small.LSOAS[OXFORD], *small.LSOAS[STEVENAGE]]
    assert fit[0]["WD24NM"] == "St Mary’s & Co" and fit[-1]["LAD24CD"] == STEVENAGE
    assert [float(row["x"]) for row in rows(tmp_path / "raw/centroids/centroids.csv")][:2] == [
        450_000.5,
        450_001.5,
    ]
    assert {asked.params["outSR"] for asked in served.asked if "resultOffset" in asked.params} == {
        "4326",
        "27700",
    }


def test_the_shapes_are_those_served(served, tmp_path):
    run(served, tmp_path)
    features = json.loads((tmp_path / "raw/lsoa21/lsoa21.geojson").read_text())["features"]
    assert [feature["geometry"] for feature in features] == [small.square(n) for n in range(5)]


def test_what_is_there_is_not_asked_for_again(served, tmp_path):
    run(served, tmp_path, "Oxford")
    served.asked.clear()
    assert run(served, tmp_path, "E07000178").startswith("Fetched 0 files")
    assert served.asked == []
    assert run(served, tmp_path, "Oxford", again=True).startswith("Fetched 11 files")


def test_a_changed_or_foreign_file_is_fetched_again(served, tmp_path):
    run(served, tmp_path, "Oxford")
    path = tmp_path / "raw/imd-2019/File_7_2019.csv"
    path.write_text("cut")
    assert "Fetched 1 files" in run(served, tmp_path, "Oxford")
    assert path.read_bytes() == small.file_7("2019")


def test_another_council_is_added_to_those_held(served, tmp_path):
    run(served, tmp_path, "Oxford")
    served.asked.clear()
    run(served, tmp_path, "Stevenage")
    path = tmp_path / "raw/lsoa21/lsoa21.geojson"
    assert codes(path, "LSOA21CD") == [*small.LSOAS[OXFORD], *small.LSOAS[STEVENAGE]]
    assert read_download(path).scope == (OXFORD, STEVENAGE)
    assert not any("FIT" in path or "LAD24" in path for path in served.paths()), "what is national stays"


def test_an_old_code_means_the_council_of_today(served, tmp_path):
    assert "for Stevenage to" in run(served, tmp_path, "E07000101")
    assert read_download(tmp_path / "raw/lsoa21/lsoa21.geojson").scope == (STEVENAGE,)


def test_england_covers_every_council(served, tmp_path):
    assert "for all England" in run(served, tmp_path)
    assert len(codes(tmp_path / "raw/lsoa21/lsoa21.geojson", "LSOA21CD")) == 5
    served.asked.clear()
    run(served, tmp_path, "Oxford")
    assert served.asked == []


def test_an_unknown_council_is_said_before_anything_is_asked(served, tmp_path):
    with pytest.raises(UnknownAreaError, match="Oxford"):
        run(served, tmp_path, "Oxfrod")
    with pytest.raises(UnknownAreaError, match="--england"):
        run(served, tmp_path, england=False)
    assert served.asked == []


def test_one_edition_leaves_out_what_only_the_other_needs(served, tmp_path):
    run(served, tmp_path, "Oxford", editions=["2025"])
    held = {path.name for path in (tmp_path / "raw").iterdir()}
    assert {"imd-2025", "fit", "changes", "lsoa21"} <= held and not held & {"imd-2019", "lsoa11"}


def test_what_is_only_known_is_not_fetched(served, tmp_path):
    known = [entry | {"is_wanted": entry["id"] != "onspd"} for entry in small.entries(served.address)]
    assert "Fetched 10 files" in run(served, tmp_path, "Oxford", entries=known)


def test_the_page_is_asked_before_the_pinned_address(served, tmp_path):
    run(served, tmp_path, "Oxford")
    assert "/media/old.csv" not in served.paths() and "/wrong" not in served.paths()
    served.attachments.clear()
    served.files["/media/old.csv"] = small.file_7("2025", n_rows=5)
    run(served, tmp_path, "Oxford", again=True)
    assert (
        read_download(tmp_path / "raw/imd-2025/File_7_2025.csv").address == f"{served.address}/media/old.csv"
    )


def test_one_source_that_fails_does_not_stop_the_others(served, tmp_path):
    del served.files[small.FILE_7["2019"]], served.services["WD24"]
    with pytest.raises(ServiceError) as raised:
        run(served, tmp_path, "Oxford")
    told = str(raised.value)
    assert told.startswith("2 of 11 sources did not arrive; 9 are in ")
    assert "The imd-2019 (imd-2019)" in told and "HTTP 404" in told and "data/registry.toml" in told
    assert "The wards (wards)" in told and "400 Invalid URL" in told
    assert len(list((tmp_path / "raw").glob("*/*.card.json"))) == 9


def test_without_the_lookup_the_areas_say_what_they_wait_for(served, tmp_path):
    del served.services["FIT"]
    with pytest.raises(ServiceError, match=r"The lsoa21 \(lsoa21\): .*The fit is not there"):
        run(served, tmp_path, "Oxford")
    assert (tmp_path / "raw/imd-2025/File_7_2025.csv").is_file()


def test_a_host_that_does_not_answer_is_asked_once(tmp_path):
    with publishers() as gone:
        listed = small.entries(gone.address)
    settings = small.settings_for(tmp_path, listed)
    with pytest.raises(ServiceError, match="11 of 11 sources did not arrive") as raised:
        fetch(councils=["Oxford"], england=False, editions=BOTH, settings=settings, progress=False)
    assert "cannot be reached" in str(raised.value) and "bring the file by hand" in str(raised.value)


def test_requests_are_polite(served, tmp_path):
    run(served, tmp_path, "Oxford")
    assert all(asked.headers["User-Agent"].startswith("CommonsAtlas/") for asked in served.asked)


def test_bars_show_what_arrives_where_they_are_asked_for(served, tmp_path, capsys):
    run(served, tmp_path / "quiet", "Oxford")
    assert capsys.readouterr().err == ""
    run(served, tmp_path / "told", "Oxford", progress=True)
    told = capsys.readouterr().err
    assert "imd-2025: 100%" in told and "lsoa21: 100%" in told and "3.00/3.00" in told


def test_two_fetches_into_one_folder_are_one_too_many(served, tmp_path):
    with (
        alone(tmp_path / "raw"),
        pytest.raises(ServiceError, match=r"Another fetch is running in .*raw\. Wait until it has ended"),
    ):
        run(served, tmp_path, "Oxford")
    assert served.asked == []
    assert run(served, tmp_path, "Oxford").startswith("Fetched 11 files")


def test_a_folder_that_cannot_be_written_is_said(served, tmp_path):
    (tmp_path / "raw").write_text("a file, where a folder is wanted")
    with pytest.raises(ServiceError, match=r"it cannot be written to .*Make room there, or set MAPPING_RAW"):
        run(served, tmp_path, "Oxford")
