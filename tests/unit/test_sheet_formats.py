"""PNG, SVG and PDF of one picture: exact, readable by programs, inert, and the same bytes again."""

import base64
import hashlib
import io
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from xml.etree import ElementTree

import pikepdf
import pypdf
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from mapping.errors import UnusableQuestionError
from mapping.render.sheet import formats, layout, svg_letters
from mapping.render.sheet.paper import Paper
from mapping.settings import ROOT
from tests.unit import sheet_pictures as pictures
from tests.unit.tagged import tags

SVG = "{http://www.w3.org/2000/svg}"
UPRIGHT = Paper(orientation="portrait")
NASTY = '<script>alert(1)</script> & "$x$" `${1}` \u202e#let x\x0b ʭ 日本'
SHOWN = '<script>alert(1)</script> & "$x$" `${1}` #let x ʭ □□'


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    """Oxford's gaps, upright: more places than the sheet has room for."""
    return formats.picture_files(pictures.gaps_of_oxford(), paper=UPRIGHT)


@pytest.fixture(scope="module")
def svg(files) -> ElementTree.Element:
    return ElementTree.fromstring(files["svg"])


@pytest.fixture(scope="module")
def pdf(files) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(files["pdf"]))


@pytest.fixture(scope="module")
def pages(pdf) -> list[str]:
    return [page.extract_text() for page in pdf.pages]


def test_in_threads_and_in_another_process_it_is_the_same_bytes():
    def make(kind: str) -> bytes:
        return formats.picture_file(pictures.small(), paper=Paper(), file_format=kind)

    with ThreadPoolExecutor(2) as pool:
        made = list(pool.map(make, ("svg", "pdf")))
    told = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        cwd=ROOT,
        env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split() == [hashlib.sha256(body).hexdigest() for body in made]


ELSEWHERE = """
import hashlib
from mapping.render.sheet import formats
from mapping.render.sheet.paper import Paper
from tests.unit import sheet_pictures as pictures
for kind in ("svg", "pdf"):
    body = formats.picture_file(pictures.small(), paper=Paper(), file_format=kind)
    print(hashlib.sha256(body).hexdigest())
"""


def test_a_png_drawn_again_is_the_same_bytes(files):
    drawn = [layout.sheet(pictures.small(), paper=UPRIGHT).figure for _ in range(2)]
    first, again = (formats.png_bytes(figure, dpi=60, told={"Title": "“A”"}) for figure in drawn)
    assert first == again
    assert len(first) < len(files["png"])


def test_the_png_has_300_dots_an_inch_and_says_what_it_is(files):
    with Image.open(io.BytesIO(files["png"])) as image:
        image.load()
        assert image.size == UPRIGHT.pixels == (2480, 3508)
        assert image.mode == "RGB"
        assert image.info["dpi"] == pytest.approx((300, 300), abs=0.01)
        assert image.text["Title"] == "Where a library would help most in Oxford"
        assert image.text["Description"].startswith("Map of Oxford: LSOAs shaded by decile")
        assert "Co-operatives UK open dataset" in image.text["Copyright"]
    assert b"tIME" not in files["png"]


def test_the_svg_is_named_and_asks_nothing_of_anybody(files, svg):
    assert (svg.get("width"), svg.get("height")) == ("210.0mm", "297.0mm")
    assert (svg.get("role"), svg.get("lang")) == ("img", "en-GB")
    assert svg.find(f"{SVG}title").text == "Where a library would help most in Oxford"
    assert svg.find(f"{SVG}desc").text == pictures.oxford().alt
    assert not svg.findall(f".//{SVG}script")
    assert not svg.findall(f".//{SVG}metadata")
    addresses = [
        value
        for each in svg.iter()
        for name, value in each.attrib.items()
        if name.endswith("href") or "url(" in value
    ]
    assert all(re.match(r"#|url\(#|[^(]*data:", value) or "url(#" in value for value in addresses)
    style = svg.find(f".//{SVG}style").text
    assert set(re.findall(r"url\((.{15})", style)) == {"data:font/woff;"}
    assert b"<!DOCTYPE" not in files["svg"]


def test_the_svg_has_its_words_as_text(svg):
    said = [each.text for each in svg.iter(f"{SVG}text")]
    for words in (
        "Where a library would help most in Oxford",
        "Most deprived 10 %",
        "Headington",
        "22 November 2026",
    ):
        assert words in said
    assert "Contains public sector information licensed under the Open Government" in " ".join(said)


def test_the_svg_carries_every_letter_it_uses(files, svg):
    style = svg.find(f".//{SVG}style").text
    faces = re.findall(r"font-family:'([^']+)';font-weight:(\d+);[^}]*base64,([A-Za-z0-9+/=]+)", style)
    held = {}
    for family, weight, body in faces:
        with TTFont(io.BytesIO(base64.b64decode(body))) as font:
            held[family, weight] = set(font.getBestCmap())
    used = svg_letters.used_letters(files["svg"].decode())
    assert {"regular", "semibold"} <= set(used)
    assert set(map(ord, used["regular"])) <= held["Source Sans Pro", "400"]
    assert set(map(ord, used["semibold"])) <= held["Source Sans Pro", "600"]


def test_a_halo_is_the_outline_of_letters_that_stay_text(svg):
    names = [each for each in svg.iter(f"{SVG}text") if each.text == "Marston"]
    assert len(names) == 1
    assert "paint-order: stroke" in names[0].get("style")
    assert "stroke: #ffffff" in names[0].get("style")


def test_the_pdf_is_the_sheet_with_its_words(pdf, pages):
    first = pdf.pages[0]
    assert [float(side) for side in first.mediabox[2:]] == pytest.approx([595.276, 841.89], abs=0.01)
    for told in (
        "Where a library would help most in Oxford",
        "Most deprived 10 %",
        "Co-operatives UK open dataset",
    ):
        assert told in pages[0]
    assert pdf.metadata.title == "Where a library would help most in Oxford"
    assert pdf.metadata.creation_date.date() == pictures.DATE


def test_the_pdf_is_tagged_and_described(files):
    with pikepdf.open(io.BytesIO(files["pdf"])) as document:
        assert str(document.Root.Lang) == "en-GB"
        assert bool(document.Root.MarkInfo.Marked)
        assert "pdfuaid" in document.Root.Metadata.read_bytes().decode()
        fonts = {
            str(font.BaseFont)
            for page in document.pages
            for font in page.get("/Resources").get("/Font", {}).values()
        }
    assert any("SourceSansPro" in font for font in fonts)
    found = tags(files["pdf"])
    figures = [each for each in found if each.name == "Figure"]
    assert [each.alt for each in figures] == [pictures.oxford().alt]


def test_where_the_key_was_cut_the_pdf_lists_all_in_a_table(files, pages):
    later = "\n".join(pages[1:])
    rows = pictures.oxford().places
    for number, name in zip(rows["number"], rows["name"], strict=True):
        assert f"{number} {name}"[:40] in later
    assert "A Best site: OX3 8SB" in later
    headings = [each.scope for each in tags(files["pdf"]) if each.name == "TH"]
    assert headings[:4] == ["Column"] * 4
    assert headings.count("Row") == len(rows) + 3


def test_where_all_are_listed_the_pdf_is_one_page():
    body = formats.picture_file(pictures.small(), paper=Paper(size="slide"), file_format="pdf")
    pages = pypdf.PdfReader(io.BytesIO(body)).pages
    assert len(pages) == 1
    assert [float(side) for side in pages[0].mediabox[2:]] == pytest.approx([960.0, 540.0], abs=0.1)


@pytest.mark.parametrize("file_format", ["svg", "pdf"])
def test_a_name_is_text_and_never_markup(file_format):
    small = pictures.small()
    places = small.places.assign(name=NASTY, category=NASTY)
    nasty = replace(small, title=NASTY, subtitle=NASTY, alt=NASTY, owner=NASTY, places=places)
    body = formats.picture_file(nasty, paper=Paper(), file_format=file_format)
    if file_format == "svg":
        root = ElementTree.fromstring(body)
        assert SHOWN in [each.text for each in root.iter(f"{SVG}text")]
        assert root.find(f"{SVG}title").text == SHOWN
    else:
        reader = pypdf.PdfReader(io.BytesIO(body))
        assert reader.metadata.title == SHOWN
        assert "<script>alert(1)</script> & " in reader.pages[0].extract_text()


def test_another_format_is_refused():
    with pytest.raises(UnusableQuestionError, match="Choose one of png, svg, pdf"):
        formats.picture_file(pictures.small(), paper=Paper(), file_format="jpeg")
