"""The PDF of a document, as who opens it finds it: its words, its tags, its pages, its bytes."""

import datetime
from dataclasses import replace
from io import BytesIO

import numpy as np
import pikepdf
import pytest
from PIL import Image

from mapping.errors import AttributionError, UnusableFileError
from mapping.render.documents import pdf
from mapping.render.documents.model import (
    Bar,
    Bullets,
    Chart,
    Column,
    Document,
    Facts,
    Heading,
    Note,
    Paragraph,
    Table,
)
from tests.unit.office_document import ABOUT, CHART, DOCUMENT, LONG, MAP, TABLE, card
from tests.unit.tagged import links, tags, texts, without_artifacts

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 100">'
    b'<path d="M5 5L110 20L90 95Z" fill="#5d5aa0"/>'
    b'<text x="30" y="40" font-family="Source Sans Pro" font-size="8">Windrush Drive</text></svg>'
)
SHOWN = tuple(replace(block, svg=SVG) if block is MAP else block for block in DOCUMENT.blocks)
WHOLE = replace(DOCUMENT, blocks=SHOWN)
MARKUP = (
    '#panic() $x^2$ <script>alert(1)</script> */ ``` \\u{41} @ref <label> [a](b) #link("http://evil.example")'
)


@pytest.fixture(scope="module")
def body() -> bytes:
    return pdf.pdf_file(WHOLE)


@pytest.fixture(scope="module")
def text(body: bytes) -> str:
    return " ".join(texts(body))


def with_blocks(*blocks: object) -> Document:
    return replace(WHOLE, blocks=blocks, logo=b"")


def test_every_word_and_number_is_in_the_text(text: str) -> None:
    cells = [cell for row in TABLE.rows for cell in row] + [column.name for column in TABLE.columns]
    bars = [words for bar in CHART.bars for words in (bar.label, bar.text)]
    for said in [
        *cells, *bars, TABLE.caption, TABLE.note, CHART.title, CHART.unit, CHART.note, MAP.caption,
        "Blackbird Leys Ward profile, Oxford 22 November 2026", "Where it stands", "Its domains",
        "Three of its four LSOAs are in decile 1", "Note: The editions of 2019 and 2025 do not compare.",
        "Population 13,010 Average rank 4,211.50", "One food bank within 800 m.", "Oxford City Council",
    ]:  # fmt: skip
        assert said in text, said


def test_it_ends_with_where_it_comes_from(text: str, body: bytes) -> None:
    end = text[text.index("About this document") :]
    for sentence in [*ABOUT.attributions, *ABOUT.licences, *ABOUT.notes]:
        assert sentence in end
    assert "Council Oxford Areas Ward Edition Indices of Deprivation 2025, Index of Multiple" in end
    assert "Indices of Deprivation 2025 MHCLG 2025 OGL v3" in end
    assert links(body) == [ABOUT.link]


def test_the_words_of_a_picture_can_be_selected(text: str) -> None:
    assert "Windrush Drive" in text


def test_the_tags_say_what_everything_is(body: bytes) -> None:
    found = tags(body)
    headings = [tag.name for tag in found if tag.name.startswith("H")]
    assert headings == ["H1", "H2", "H3", "H2", "H2", "H3", "H3", "H3"]
    assert [tag.alt for tag in found if tag.name == "Figure"] == [
        "Logo of Oxford City Council", CHART.alt, MAP.alt,
    ]  # fmt: skip
    assert sum(tag.name == "LI" and tag.within[-1] == "L" for tag in found) == 2 + 1 + 2
    assert sum(tag.name == "Link" for tag in found) == 1
    assert [tag.within[-1] for tag in found if tag.name == "Caption"].count("Table") == 4


def test_tables_have_headings_for_columns_and_rows(body: bytes) -> None:
    found = [tag for tag in tags(body) if tag.name in ("TH", "TD") and tag.within[-1] == "TR"]
    scopes = [tag.scope or tag.name for tag in found]
    places = ["Column"] * 3 + ["Row", "TD", "TD"] * 2
    assert scopes[:4] == ["Row", "TD"] * 2  # In short
    assert scopes[4 : 4 + len(places)] == places
    assert scopes.count("TD") == 2 + 4 + 6 + 6  # In short, places, how it was made, sources
    assert all("Table" in tag.within for tag in found)


def test_it_declares_the_standard_the_language_and_itself(body: bytes) -> None:
    with pikepdf.open(BytesIO(body)) as read:
        assert read.check_pdf_syntax() == []
        assert str(read.Root.Lang) == "en-GB"
        assert bool(read.Root.MarkInfo.Marked)
        assert bool(read.Root.ViewerPreferences.DisplayDocTitle)
        described = read.open_metadata()
        assert described["pdfuaid:part"] == "1"
        assert described["dc:title"] == "Blackbird Leys"
        assert list(described["dc:creator"]) == ["Oxford City Council"]
        assert described["xmp:CreateDate"] == "2026-11-22T00:00:00Z"


def test_the_margins_say_where_one_is_and_are_not_read_as_text(body: bytes) -> None:
    pages = texts(body)
    assert len(pages) > 1
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
    assert pages[1].startswith("Blackbird Leys 22 November 2026")
    read_out = texts(without_artifacts(body))
    assert "Page" not in " ".join(read_out)
    assert not read_out[1].startswith("Blackbird Leys 22 November")


def test_the_same_document_is_the_same_bytes(body: bytes) -> None:
    assert pdf.pdf_file(WHOLE) == body
    assert pdf.pdf_file(replace(WHOLE, date=datetime.date(2026, 11, 23))) != body


def test_markup_is_text() -> None:
    facts = Facts(
        caption="Link", rows=(("Address", "javascript:alert(1)"), (MARKUP, "\u202eabc\u200b \U0001f9ff"))
    )
    blocks = (Heading(text=MARKUP, level=3), Paragraph(text=MARKUP), Note(text=MARKUP), facts)
    dressed = "\U0001d5d5old \u2764\ufe0f \ue001 \u0301a\u0327 \u0639\u0631 \u05e2"
    listed = Bullets(items=(MARKUP,)), Heading(text=dressed), Paragraph(text=dressed)
    body = pdf.pdf_file(replace(with_blocks(*blocks, *listed), title=MARKUP, owner=MARKUP))
    text = " ".join(texts(body))
    assert text.count("#panic() $x^2$ <script>alert(1)</script> */ ``` \\u{41} @ref <label>") >= 6
    assert text.count("Bold ❤ □") == 2
    assert "abc □" in text and "\u202e" not in text and "\u200b" not in text
    assert links(body) == [ABOUT.link]


def test_a_name_of_300_letters_stays_within_its_room() -> None:
    one = "W" * 300
    columns = (Column(name=one), Column(name=LONG, is_number=True), Column(name="Kind"))
    bars = (Bar(label=one, value=2, text=LONG), Bar(label=LONG, value=12, text=one))
    crowded = with_blocks(
        Paragraph(text=one),
        Note(text=one),
        Table(caption=one, columns=columns, rows=((one, LONG, "a"), (LONG, one, "b"))),
        Chart(title=one, unit=LONG, bars=bars, most=10, alt="Bars."),
    )
    for page in pdf.page_pictures(replace(crowded, title=one, subtitle=one, owner=one), ppi=40):
        with Image.open(BytesIO(page)) as read:
            inked = np.asarray(read.convert("L")) < 200
        margin = round(19 / 25.4 * 40)
        assert inked[:, margin:-margin].any()
        assert not inked[:, :margin].any() and not inked[:, -margin:].any()


def test_a_document_without_a_block_still_says_what_it_is() -> None:
    body = pdf.pdf_file(replace(WHOLE, blocks=(), subtitle="", owner="", logo=b""))
    assert [tag.name for tag in tags(body) if tag.name.startswith("H")] == ["H1", "H2", "H3", "H3", "H3"]
    assert "Blackbird Leys 22 November 2026 About this document" in texts(body)[0]


def test_what_is_empty_says_so_and_no_level_of_heading_is_skipped() -> None:
    empty = (
        Heading(text="Places", level=3),
        replace(TABLE, rows=()),
        replace(CHART, bars=()),
        Bullets(items=()),
    )
    body = pdf.pdf_file(with_blocks(*empty, Facts(caption="None", rows=())))
    assert "Places in Blackbird Leys: nothing to list. Deprivation by domain: no figures." in texts(body)[0]
    assert [tag.name for tag in tags(body) if tag.name.startswith("H")][:3] == ["H1", "H2", "H2"]


def test_500_rows_break_over_pages_with_their_headings() -> None:
    columns = tuple(Column(name=f"Column {n}", is_number=n > 0) for n in range(5))
    rows = tuple(tuple(f"{row}.{n}" for n in range(5)) for row in range(500))
    long = with_blocks(Heading(text="All"), Table(caption="All of them", columns=columns, rows=rows))
    body = pdf.pdf_file(long)
    pages = texts(body)
    words = set(" ".join(pages).split())
    assert {cell for row in rows for cell in row} <= words
    assert sum("Column 0 Column 1 Column 2" in page for page in pages) > 8
    assert sum(tag.scope == "Column" for tag in tags(body)) == 5 + 4
    assert sum(tag.scope == "Row" for tag in tags(body)) == 500 + 6 + 2


def test_a_short_table_is_not_parted_from_its_heading() -> None:
    rows = tuple((f"Ward {n}", str(n)) for n in range(18))
    table = Table(caption="Wards", columns=(Column(name="Ward"), Column(name="Score")), rows=rows)
    filler = (Paragraph(text="A line of text. " * 12),) * 14
    pages = texts(pdf.pdf_file(with_blocks(*filler, Heading(text="Its neighbours"), table)))
    (with_table,) = (page for page in pages if "Its neighbours" in page)
    assert all(f"Ward {n} {n}" in with_table for n in range(18))


def test_nothing_leaves_without_its_attribution() -> None:
    silent = replace(ABOUT, sources=(*ABOUT.sources, card("Bus stops", " ")))
    with pytest.raises(AttributionError, match="Bus stops"):
        pdf.pdf_file(replace(WHOLE, about=silent))


def test_a_logo_that_is_no_picture_is_refused() -> None:
    with pytest.raises(UnusableFileError, match="logo could not be read"):
        pdf.pdf_file(replace(WHOLE, logo=b"\x89PNG\r\n\x1a\n and nothing more"))


def test_there_is_a_picture_of_each_page(body: bytes) -> None:
    pictures = pdf.page_pictures(WHOLE, ppi=50)
    assert len(pictures) == len(texts(body))
    with Image.open(BytesIO(pictures[0])) as read:
        assert read.size == (413, 585)
