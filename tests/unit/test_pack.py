"""The pack: whole, dated, checkable, the same bytes when it is made again by the command that it names."""

import datetime
import hashlib
import shlex
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pandas as pd
import pytest
from PIL import Image

from mapping import __version__
from mapping.__main__ import main
from mapping.analysis.filters import Filters
from mapping.errors import AttributionError
from mapping.render.documents.zipped import zipped
from mapping.render.sheet.paper import Paper
from mapping.render.sheet.picture import BaseMap
from mapping.reporting import pack, pictures
from mapping.reporting.held import read_held

DATE = datetime.date(2026, 11, 22)
SLUG = "littlemore-ward-oxford-co-operatives-and-community-assets-2026-11-22"
ASKED = Filters(council="Oxford", codes=("E05013107",))


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("packs")


@pytest.fixture(scope="module")
def body(folder) -> bytes:
    """The pack of one ward, as the command writes it."""
    out = folder / "littlemore.zip"
    words = ["snapshot", "--council", "oxford", "--ward", "littlemore", "--date", "2026-11-22"]
    assert main([*words, "--out", str(out)]) == 0
    return out.read_bytes()


@pytest.fixture(scope="module")
def files(body) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(body)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.fixture(scope="module")
def picture(settings):
    return pictures.picture_of(ASKED, page="area", held=read_held(settings), link="x", date=DATE)


def test_it_holds_the_picture_in_three_formats_its_tables_and_what_they_are(body, files):
    assert list(files) == [
        "README.txt", "alt-text.txt", "areas.csv", f"{SLUG}.pdf", f"{SLUG}.png", f"{SLUG}.svg", "places.csv",
    ]  # fmt: skip
    with zipfile.ZipFile(BytesIO(body)) as opened:
        assert opened.testzip() is None
        assert {entry.date_time for entry in opened.infolist()} == {(2026, 11, 22, 12, 0, 0)}
        assert {entry.external_attr >> 16 for entry in opened.infolist()} == {0o644}
    assert Image.open(BytesIO(files[f"{SLUG}.png"])).size == Paper().pixels == (3508, 2480)
    assert files[f"{SLUG}.pdf"].startswith(b"%PDF-")
    assert "Littlemore Library" in files[f"{SLUG}.svg"].decode()


def test_the_tables_have_the_numbers_of_the_picture_and_the_figures_of_its_areas(files, picture, atlas):
    places = pd.read_csv(BytesIO(files["places.csv"]))
    assert places.columns[0] == "number"
    assert places["number"].tolist() == [1, 2, 3]
    drawn = picture.places.set_index("number")["place_id"]
    assert places["place_id"].tolist() == drawn.tolist()
    areas = pd.read_csv(BytesIO(files["areas.csv"])).set_index("code")
    lit = picture.areas[picture.areas["is_lit"]].set_index("code")
    assert areas["decile"].astype(str).to_dict() == lit["label"].to_dict()
    deprivation = atlas.deprivation["2025"].set_index("lsoa_code")["imd_rank"]
    assert areas["rank"].to_dict() == deprivation.loc[areas.index].to_dict()
    assert (places["about_title"] == picture.title).all()
    assert files["alt-text.txt"].decode() == f"{picture.alt}\n"


def test_the_readme_says_how_it_was_chosen_from_whom_and_by_what(files, picture):
    told = files["README.txt"].decode()
    assert told.startswith(f"{picture.title}\n====")
    for each in (
        *picture.about.attributions, *picture.about.licences, *picture.lines, picture.unplaced,
        f"Commons Atlas {__version__}", "matplotlib 3.", "typst 0.", "Council: Oxford", "Area: Littlemore",
        "Made on: 22 November 2026", "English Indices of Deprivation 2025", "3,508 × 2,480 pixels",
    ):  # fmt: skip
        assert each in told, each
    assert "(version not known)" not in told
    assert pack.TILED not in told


def test_every_file_is_the_one_that_its_checksum_is_of(files):
    told = files["README.txt"].decode().partition("Checksums (SHA-256)")[2]
    sums = dict(reversed(line.split("  ")) for line in told.splitlines() if line.count("  ") == 1)
    assert set(sums) == set(files) - {"README.txt"}
    assert all(hashlib.sha256(files[name]).hexdigest() == total for name, total in sums.items())


def test_the_command_that_it_names_makes_the_same_bytes_again(files, body, folder, monkeypatch):
    line = next(each for each in files["README.txt"].decode().splitlines() if each.startswith("To make it"))
    words = shlex.split(line.partition(": ")[2])
    assert words[:3] == ["python", "-m", "mapping"]
    monkeypatch.chdir(folder)
    assert main(words[3:]) == 0
    assert (folder / "pack.zip").read_bytes() == body


def test_a_pack_that_may_not_be_shown_is_not_made(picture):
    silent = replace(picture, about=replace(picture.about, sources=()))
    with pytest.raises(AttributionError, match="Littlemore ward"):
        pack.pack_file(silent, drawn={"png": b"x"}, tables={}, paper=Paper(), command="c")


def test_with_a_base_map_the_readme_says_whose_it_is_and_that_it_may_change(picture):
    base = BaseMap(image=Image.new("RGB", (1, 1)), bounds=picture.focus, attribution="© Tile makers")
    owned = replace(picture, base_map=base, owner="Oxford City Council")
    made = pack.pack_file(owned, drawn={"png": b"x"}, tables={}, paper=Paper(size="slide"), command="c d")
    told = zipfile.ZipFile(BytesIO(made)).read("README.txt").decode()
    assert "- © Tile makers\n" in told
    assert pack.TILED in told
    assert "Oxford City Council" in told
    assert "Slide, landscape: 4,000 × 2,250 pixels" in told
    assert "To make it again: c d\n" in told


def test_a_zip_is_sorted_and_holds_days_before_zips_were_made():
    made = zipped({"b": b"2", "a": b"1"}, day=datetime.date(1970, 5, 6))
    assert made == zipped({"a": b"1", "b": b"2"}, day=datetime.date(1970, 5, 6))
    entries = zipfile.ZipFile(BytesIO(made)).infolist()
    assert [(entry.filename, entry.date_time[:3]) for entry in entries] == [
        ("a", (1980, 5, 6)), ("b", (1980, 5, 6)),
    ]  # fmt: skip
