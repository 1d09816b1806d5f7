"""The registry that ships, what is said of a malformed one, and the cards of fetched files."""

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.editions import EDITIONS
from mapping.errors import SourceChangedError, SourceMissingError
from mapping.registry import (
    ENGLAND,
    KINDS,
    Download,
    read_download,
    read_registry,
    source_of,
    write_download,
)
from mapping.settings import Settings
from mapping.sources import sha256
from tests.unit.publishers import headings

REGISTRY = read_registry(Settings.from_env({}).registry)
ENTRY = """
[[source]]
id = "imd"
kind = "indices"
vintage = "2025"
title = "Indices"
publisher = "A publisher"
licence = "OGL-UK-3.0"
attribution = "Source: A publisher."
page = "https://example.org/"
form = "file"
address = "https://example.org/file.csv"
file = "file.csv"
columns = ["code"]
size_mb = 1
"""
AREAS = {"lsoa11cd", "lsoa21cd", "wd24cd", "wd19cd", "lad24cd", "lad19cd"}
VINTAGES = [
    *product(["indices", "district summaries", "best fit"], EDITIONS),
    *product(["areas"], sorted(AREAS)),
    *product(["centroids"], ["lsoa11cd", "lsoa21cd"]),
    *product(["postcode lookup"], ["2011", "2021", "both"]),
    ("changes", "2021"),
    ("postcodes", ""),
]


@pytest.mark.parametrize(("kind", "vintage"), VINTAGES)
def test_every_kind_of_source_has_an_entry_with_its_licence(kind, vintage):
    source = source_of(REGISTRY, kind=kind, vintage=vintage)
    assert source.licence == "OGL-UK-3.0" and source.attribution.endswith(".") and source.title


def test_the_registry_knows_nothing_else():
    assert {(source.kind, source.vintage) for source in REGISTRY} == set(VINTAGES)
    assert {source.kind for source in REGISTRY} == set(KINDS)


def test_one_file_of_each_is_fetched():
    wanted = [(source.kind, source.vintage) for source in REGISTRY if source.is_wanted]
    assert len(wanted) == len(set(wanted))
    assert {("indices", "2019"), ("indices", "2025"), ("postcodes", ""), ("areas", "lsoa21cd")} <= set(wanted)


def test_the_rows_expected_are_those_of_the_editions():
    for year, edition in EDITIONS.items():
        assert source_of(REGISTRY, kind="indices", vintage=year).rows == edition.n_lsoas
        assert source_of(REGISTRY, kind="areas", vintage=edition.lsoa).rows == edition.n_lsoas
        assert source_of(REGISTRY, kind="areas", vintage=edition.district).rows == edition.n_districts


@pytest.mark.parametrize("year", EDITIONS)
def test_the_headings_expected_are_the_publishers(year):
    expected = source_of(REGISTRY, kind="indices", vintage=year).columns
    assert set(expected) <= {heading.strip() for heading in headings.file_7(year).values()}


def test_shapes_come_with_the_codes_they_are_asked_by():
    for source in REGISTRY:
        if source.by:
            assert source.by in source.columns and source.where.startswith(source.columns[0])


def test_the_file_says_at_its_top_that_nobody_reached_the_services():
    top = Settings.from_env({}).registry.read_text(encoding="utf-8")[:600]
    assert "NOBODY HAS REACHED THE LIVE SERVICES" in top


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "registry.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_plain_entry_is_read(tmp_path):
    (source,) = read_registry(written(tmp_path, ENTRY))
    assert (source.id, source.columns, source.size_mb, source.is_wanted) == ("imd", ("code",), 1.0, True)


def test_shared_fields_are_taken_over_and_own_ones_win(tmp_path):
    shared = '[defaults]\npause_s = 3\n[publishers.ons]\ntitle = "Theirs"\nrows = 7\n'
    own = ENTRY.replace('title = "Indices"\n', "").replace("size_mb", 'of = "ons"\nrows = 8\nsize_mb')
    (source,) = read_registry(written(tmp_path, shared + own))
    assert (source.title, source.rows, source.pause_s) == ("Theirs", 8, 3.0)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('title = "Indices"\n', "", '"title" is missing'),
        ("size_mb = 1", 'size_mb = "big"', "\"size_mb\" must be a number, not 'big'"),
        ("size_mb = 1", "size_mb = true", '"size_mb" must be a number'),
        ("size_mb = 1", "size_mb = -1", '"size_mb" must be a number'),
        ("size_mb = 1", "size_mb = 1\nrows = 1.5", '"rows" must be a whole number'),
        ("size_mb = 1", "size_mb = 1\nis_wanted = 1", '"is_wanted" must be true or false'),
        ("size_mb = 1", "size_mb = 1\ncolour = 1", 'no field is called "colour"'),
        ("size_mb = 1", 'size_mb = 1\nof = "nobody"', '"of" names no'),
        ('["code"]', '"code"', '"columns" must be a list of texts'),
        ('["code"]', "[1]", '"columns" must be a list of texts'),
        ('"indices"', '"index"', '"kind" must be one of indices'),
        ('"file"', '"zip"', '"form" must be one of file'),
        ('"file.csv"', '"../file.csv"', '"file" must be a plain name'),
        ('id = "imd"', 'id = "a/b"', '"id" must be a plain name'),
        ("https://example.org/file.csv", "http://example.org/file.csv", "must begin with https://"),
        ("https://example.org/file.csv", "file:///etc/passwd", "must begin with https://"),
        ("https://example.org/file.csv", "", '"address" is blank'),
        ("size_mb = 1", 'size_mb = 1\nmoved = ["ftp://example.org/"]', "must begin with https://"),
    ],
)
def test_a_malformed_entry_is_named_with_its_field(tmp_path, old, new, words):
    assert old in ENTRY
    path = written(tmp_path, ENTRY.replace(old, new, 1))
    with pytest.raises(SourceChangedError) as raised:
        read_registry(path)
    assert words in str(raised.value) and str(path) in str(raised.value) and "entry 1" in str(raised.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[source]\n", "is not TOML"),
        ("", r"holds \[\[source\]\]"),
        ("[sources]\n", r"holds \[\[source\]\]"),
        (ENTRY + ENTRY, 'two entries have the id "imd"'),
    ],
)
def test_a_malformed_file_is_said(tmp_path, text, words):
    with pytest.raises(SourceChangedError, match=words):
        read_registry(written(tmp_path, text))


def test_a_missing_file_or_entry_is_said(tmp_path):
    with pytest.raises(SourceMissingError, match="MAPPING_REGISTRY"):
        read_registry(tmp_path / "none.toml")
    with pytest.raises(SourceMissingError, match='kind "areas", vintage "lad30cd"'):
        source_of(REGISTRY, kind="areas", vintage="lad30cd")


def card(path: Path, *scope: str) -> Download:
    return Download(
        source="imd",
        address="https://example.org/",
        fetched="2026-11-22",
        sha256=sha256(path),
        bytes=path.stat().st_size,
        scope=scope,
    )


def test_a_card_comes_back_as_long_as_its_file_is_the_same(tmp_path):
    path = tmp_path / "file.csv"
    path.write_text("Cyngor Ynys Môn")
    written_card = card(path, "E07000178", "E07000243")
    assert write_download(written_card, path).name == "file.csv.card.json"
    assert read_download(path) == written_card
    path.write_text("Cyngor Ynys Mon")
    assert read_download(path) is None


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"scope": null}', '{"scope": [], "other": 1}', "\x00"])
def test_what_is_no_card_is_none(tmp_path, text):
    path = tmp_path / "file.csv"
    path.write_text("a")
    assert read_download(path) is None
    path.with_name("file.csv.card.json").write_text(text)
    assert read_download(path) is None


@given(held=st.sets(st.sampled_from("ABCD")), asked=st.sets(st.sampled_from("ABCD")))
def test_a_file_covers_what_it_holds(held, asked):
    download = Download(source="", address="", fetched="", sha256="", bytes=0, scope=tuple(sorted(held)))
    assert download.covers(asked) == (asked <= held) and not download.covers(None)
    whole = Download(source="", address="", fetched="", sha256="", bytes=0, scope=(ENGLAND,))
    assert whole.covers(asked) and whole.covers(None)
