"""The shipped registry against the publishers' own files, also served on this machine as they serve them."""

import json

import pandas as pd
import pytest

from mapping.adapters.recognise import recognise
from mapping.build.fetch import fetch
from mapping.build.fetch.arrivals import check_arrival
from mapping.registry import read_download, read_registry
from mapping.settings import Settings
from tests.unit.publishers import files, real
from tests.unit.publishers.server import publishers

OXFORD = "E07000178"
HERE = {"LSOA11_LSOA21_LAD22_EW_LU_V1.csv": "lsoa11-lsoa21", "LSOA21_PWC_EW.csv": "lsoa21-centroids"}
"""Files that are here in another release, or under another name, than the registry has."""
NOT_SERVED = ("iod2025-file10", "lsoa21-centroids", "lsoa11-lsoa21")


@pytest.fixture(scope="module")
def folder(realdata, tmp_path_factory):
    return files.write_publishers_files(realdata, tmp_path_factory.mktemp("published"), councils=[OXFORD])


def test_every_file_is_what_its_entry_says(folder):
    registry = read_registry(Settings.from_env({}).registry)
    entries = {source.file: source for source in registry} | {
        name: source for name, id in HERE.items() for source in registry if source.id == id
    }
    looked_at = set()
    for path in folder.iterdir():
        source = entries[path.name]
        check_arrival(path, source)
        assert {(found.kind, found.vintage) for found in recognise(path)} == {(source.kind, source.vintage)}
        looked_at.add(source.kind)
    assert len(looked_at) == 8


def test_oxford_arrives_as_published(realdata, folder, tmp_path):
    with publishers() as served:
        real.serve_folder(served, folder)
        served.attachments = [each for each in served.attachments if "IoD2025" in each["url"]]
        settings = real.settings_for(served, tmp_path, without=NOT_SERVED)
        told = fetch(councils=["Oxford"], england=False, editions=["2025"], settings=settings, progress=False)
    assert told.startswith("Fetched 7 files")
    held = {path.parent.name: path for path in settings.raw.glob("*/*") if ".card." not in path.name}
    assert all(read_download(path) for path in held.values())
    assert held["iod2025-file7"].read_bytes() == (folder / files.FILE_7["2025"]).read_bytes()
    published = json.loads((realdata / f"boundaries/lsoa21_{OXFORD}.geojson").read_text())["features"]
    assert shapes(features(held["lsoa21-boundaries"])) == shapes(published)
    assert len(features(held["ward24-boundaries"])) == 24
    assert len(features(held["district24-boundaries"])) == 296
    fit = pd.read_csv(held["lsoa21-ward24"], dtype=str, encoding="utf-8-sig")
    theirs = pd.read_csv(realdata / "lookups/lookup_lsoa21_ward24_ltla24.csv", dtype=str)
    assert fit["WD24CD"].tolist() == theirs["ward24_code"].tolist()


def features(path):
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def shapes(of):
    return {feature["properties"]["LSOA21CD"]: feature["geometry"] for feature in of}
