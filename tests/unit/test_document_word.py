"""A Word file, opened again: what it says, how it is built, and that bad words stay words."""

import datetime
import re
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document as Word
from docx.oxml.ns import qn

from mapping.errors import AttributionError
from mapping.render.about import About
from mapping.render.documents import word
from tests.unit.office_document import ABOUT, CHART, DOCUMENT, LONG, MAP, READ, TABLE, card, hostile

BODY = word.docx_file(DOCUMENT)


@pytest.fixture(scope="module")
def opened() -> Word:
    return docx.Document(BytesIO(BODY))


def rows(table: docx.table.Table) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


def parts(body: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(body)) as package:
        names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
        return {name: package.read(name).decode() for name in names}


def test_its_headings_are_headings_and_go_by_steps(opened: Word) -> None:
    outline = [(p.style.name, p.text) for p in opened.paragraphs if p.style.name.startswith("Heading")]
    assert outline == [
        ("Heading 1", "Blackbird Leys"),
        ("Heading 2", "Where it stands"),
        ("Heading 3", "Its domains"),
        ("Heading 2", "Its places"),
        ("Heading 2", "About this document"),
        ("Heading 3", "Notes"),
        ("Heading 3", "Sources and licences"),
        ("Heading 3", "Attribution"),
    ]


def test_its_words_and_numbers_are_those_of_the_document(opened: Word) -> None:
    told = [(p.style.name, p.text) for p in opened.paragraphs]
    assert ("Normal", "Three of its four LSOAs are in decile 1, the most deprived tenth of England.") in told
    assert ("Note", "Note: The editions of 2019 and 2025 do not compare.") in told
    assert ("Date", "22 November 2026") in told
    bullets = [text for style, text in told if style == "List Bullet"]
    assert bullets == ["One food bank within 800 m.", "No credit union.", *ABOUT.notes, *ABOUT.attributions]
    facts, chart, places, made, sources = map(rows, opened.tables)
    assert facts == [["Population", "13,010"], ["Average rank", "4,211.50"]]
    bars = [["Income", "2"], ["Employment", "3.5, twice the mean"], ["Crime", "No figure"]]
    assert chart == [["Bar", CHART.unit], *bars]
    assert places == [["Name", "Kind", "People"], *map(list, TABLE.rows)]
    assert ["Date", "22 November 2026"] in made and ["Council", "Oxford"] in made
    assert sources[1:] == [[each.title, "MHCLG", "2025", "OGL v3"] for each in ABOUT.sources]


def test_tables_have_captions_heading_rows_and_row_headings(opened: Word) -> None:
    for table in opened.tables:
        caption = docx.text.paragraph.Paragraph(table._tbl.getprevious(), None)
        assert caption._p.pPr.pStyle.val == "Caption" and caption.text
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == caption.text
        marked = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in table.rows]
        is_headed = table.rows[0].cells[0].text in ("Bar", "Name", "Source")
        assert marked == [is_headed, *[False] * (len(marked) - 1)]
        heads = {row.cells[0].paragraphs[0].style.name for row in table.rows[int(is_headed) :]}
        assert heads == {"Row heading"}
        widths = [column.width.mm for column in table.columns]
        assert sum(widths) == pytest.approx(170, abs=0.2)
    kept = [
        [cell.paragraphs[0].paragraph_format.keep_with_next for cell in row.cells]
        for row in opened.tables[2].rows
    ]
    assert kept[1:] == [[True] * 3] * 2, "rows of a short table, the last with its note, stay together"
    numbers = opened.tables[2].column_cells(2)
    assert [cell.paragraphs[0].style.name for cell in numbers] == [
        "Column heading of numbers", "Table number", "Table number",
    ]  # fmt: skip


def test_pictures_say_what_they_show(opened: Word) -> None:
    told = [
        (shape._inline.docPr.get("descr"), shape._inline.docPr.get("title")) for shape in opened.inline_shapes
    ]
    assert told == [(CHART.alt, CHART.title), (MAP.alt, MAP.caption)]
    assert opened.inline_shapes[1].width.mm == pytest.approx(MAP.width_mm, abs=0.1)
    header = opened.sections[0].first_page_header._element
    logo = header.find(f".//{qn('wp:docPr')}")
    assert logo.get("descr") == "Logo of Oxford City Council"
    assert all(shape.width.mm <= 170 for shape in opened.inline_shapes)
    numbers = [shape._inline.docPr.get("id") for shape in opened.inline_shapes] + [logo.get("id")]
    assert len(set(numbers)) == 3, "Word repairs a file in which two pictures have one number"


def test_only_the_address_is_a_link(opened: Word) -> None:
    links = [part for part in opened.part.rels.values() if part.is_external]
    assert [link.target_ref for link in links] == [ABOUT.link]
    (shown,) = opened.element.body.iter(qn("w:hyperlink"))
    assert "".join(text.text for text in shown.iter(qn("w:t"))) == ABOUT.link


def test_nothing_is_blank_and_each_page_has_its_number(opened: Word) -> None:
    blank = [p for p in opened.paragraphs if not p.text and not p._p.findall(f".//{qn('w:drawing')}")]
    assert not blank
    page = opened.sections[0]
    assert (page.page_width.mm, page.page_height.mm) == pytest.approx((210, 297), abs=0.2)
    for footer in (page.first_page_footer, page.footer):
        fields = [field.get(qn("w:instr")) for field in footer._element.iter(qn("w:fldSimple"))]
        assert fields == ["PAGE", "NUMPAGES"]
        assert footer.paragraphs[0].text.startswith("Oxford City Council\tPage ")


def test_it_is_of_the_document_s_day_and_names_no_program(opened: Word) -> None:
    told = opened.core_properties
    assert (told.title, told.author, told.language) == ("Blackbird Leys", "Oxford City Council", "en-GB")
    assert told.created == told.modified == datetime.datetime(2026, 11, 22, 12, tzinfo=told.created.tzinfo)
    assert ABOUT.attributions[0] in told.comments
    everything = parts(BODY)
    assert 'w:lang w:val="en-GB"' in everything["word/styles.xml"]
    assert not [name for name, text in everything.items() if re.search("python-docx|en-US|Macintosh", text)]
    assert word.docx_file(DOCUMENT) == BODY


def test_bad_words_stay_words() -> None:
    body = word.docx_file(hostile())
    told = docx.Document(BytesIO(body))
    assert told.paragraphs[0].text == READ + LONG.strip()
    facts, places, chart, *_ = map(rows, told.tables)
    assert facts == [[READ, "javascript:alert(1)"]] and chart[1] == [READ, READ]
    assert places[1] == [READ + LONG.strip(), READ, "-1+1"]
    assert told.paragraphs[3].style.name == "Heading 2", "no level is skipped"
    assert {link.target_ref for link in told.part.rels.values() if link.is_external} == {ABOUT.link}
    fields = [field.get(qn("w:instr")) for field in told.sections[0].footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u202e]", "".join(parts(body).values()))


def test_a_table_of_500_rows_is_whole() -> None:
    long = tuple((f"Place {n}", "community asset", f"{n:,}") for n in range(500))
    told = docx.Document(
        BytesIO(word.docx_file(replace(DOCUMENT, blocks=(replace(TABLE, rows=long), TABLE))))
    )
    table = told.tables[0]._tbl
    texts = ["".join(t.text for t in row.iter(qn("w:t"))) for row in table.tr_lst]
    assert texts == ["NameKindPeople", *("".join(row) for row in long)]
    assert len(list(table.iter(qn("w:tblHeader")))) == 1
    assert len(list(table.iter(qn("w:cantSplit")))) == 501


@pytest.mark.parametrize("sources", [(), (card("Places", " "),)])
def test_without_its_attribution_there_is_no_file(sources: tuple[object, ...]) -> None:
    about: About = replace(ABOUT, sources=sources)
    with pytest.raises(AttributionError, match="sentence to show is missing"):
        word.docx_file(replace(DOCUMENT, about=about))
