"""Slides, opened again: what they say and show, that nothing overlaps, and that bad words stay words."""

import re
from dataclasses import replace
from io import BytesIO
from itertools import combinations
from zipfile import ZipFile

import openpyxl
import pptx
import pytest
from pptx.enum.shapes import PP_PLACEHOLDER

from mapping.errors import AttributionError
from mapping.render.documents import slides
from mapping.render.documents.model import Bar, Document
from tests.unit.office_document import ABOUT, CHART, DOCUMENT, LONG, MAP, READ, SLIDE, card, hostile

FULL = replace(SLIDE, title="Picture, facts and chart", chart=CHART)
WORDS = replace(SLIDE, title="Words alone", figure=None, footer="", subtitle="")
SHOWN = replace(DOCUMENT, slides=(*DOCUMENT.slides, FULL, WORDS))
BODY = slides.pptx_file([SHOWN])
MANY = tuple(card(f"Table {n}", f"Source {n} asks for this sentence. " * 6) for n in range(40))


def opened(*documents: Document, **named: str) -> pptx.presentation.Presentation:
    return pptx.Presentation(BytesIO(slides.pptx_file(documents, **named)))


@pytest.fixture(scope="module")
def deck() -> pptx.presentation.Presentation:
    return pptx.Presentation(BytesIO(BODY))


@pytest.fixture(scope="module")
def bad() -> pptx.presentation.Presentation:
    return opened(hostile())


def texts(slide: pptx.slide.Slide) -> dict[str, str]:
    return {shape.name: shape.text_frame.text for shape in slide.shapes if shape.has_text_frame}


def by_name(slide: pptx.slide.Slide, name: str) -> pptx.shapes.base.BaseShape:
    return next(shape for shape in slide.shapes if shape.name == name)


def described(slide: pptx.slide.Slide, name: str) -> str:
    return by_name(slide, name)._element.xpath(".//p:cNvPr")[0].get("descr")


def box(shape: pptx.shapes.base.BaseShape) -> tuple[int, int, int, int]:
    return shape.left, shape.top, shape.left + shape.width, shape.top + shape.height


def test_each_slide_says_its_point_in_its_title(deck: pptx.presentation.Presentation) -> None:
    titles = [slide.shapes.title.text for slide in deck.slides]
    points = [slide.title for slide in SHOWN.slides]
    assert titles == ["Blackbird Leys", *points, "Sources and licences"]
    assert texts(deck.slides[0])["Subtitle 2"].split("\n") == [
        "Ward profile, Oxford", "Oxford City Council", "22 November 2026",
    ]  # fmt: skip
    assert (deck.slide_width.mm, deck.slide_height.mm) == pytest.approx((338.667, 190.5), abs=0.01)
    told = deck.core_properties
    assert (told.title, told.author, told.last_modified_by) == (
        "Blackbird Leys", "Oxford City Council", "Oxford City Council",
    )  # fmt: skip


def test_it_is_read_in_the_order_it_is_seen(deck: pptx.presentation.Presentation) -> None:
    names = ["Title 1", "Subtitle", "Picture", "Caption", "Facts", "Points", "Source", "Slide Number"]
    assert [shape.name for shape in deck.slides[1].shapes] == names
    kinds = [shape.placeholder_format.type for shape in deck.slides[1].placeholders]
    assert kinds == [PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.SLIDE_NUMBER]
    ids = [shape.shape_id for shape in deck.slides[1].shapes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("of", ["deck", "bad"])
def test_nothing_leaves_the_slide_or_lies_on_something_else(of: str, request) -> None:
    shown = request.getfixturevalue(of)
    for slide in shown.slides:
        boxes = {shape.name: box(shape) for shape in slide.shapes}
        for left, top, right, bottom in boxes.values():
            assert 0 <= left < right <= shown.slide_width and 0 < top < bottom <= shown.slide_height
        for (one, a), (other, b) in combinations(boxes.items(), 2):
            apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
            assert apart, f"{one} and {other} of “{slide.shapes.title.text[:40]}”"


def test_words_are_large_enough_to_read(deck: pptx.presentation.Presentation, bad) -> None:
    for slide in [*deck.slides, *bad.slides]:
        for shape in slide.shapes:
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames = [cell.text_frame for row in shape.table.rows for cell in row.cells]
            runs = [run for frame in frames for line in frame.paragraphs for run in line.runs]
            least = 9 if shape.name == "Source" else 12
            assert all(run.font.size is None or run.font.size.pt >= least for run in runs), shape.name


def test_pictures_and_charts_say_what_they_show(deck: pptx.presentation.Presentation) -> None:
    assert described(deck.slides[0], "Logo") == "Logo of Oxford City Council"
    assert described(deck.slides[1], "Picture") == MAP.alt
    assert described(deck.slides[2], "Chart") == described(deck.slides[3], "Chart") == CHART.alt
    picture = by_name(deck.slides[1], "Picture")
    assert picture.width / picture.height == pytest.approx(MAP.width_mm / MAP.height_mm, rel=0.01)


def test_facts_are_a_table_and_points_a_list(deck: pptx.presentation.Presentation) -> None:
    table = by_name(deck.slides[1], "Facts").table
    assert [tuple(cell.text for cell in row.cells) for row in table.rows] == list(SLIDE.facts)
    assert table.first_col and not table.first_row
    points = by_name(deck.slides[1], "Points").text_frame
    assert tuple(line.text for line in points.paragraphs) == SLIDE.bullets
    assert all(line._p.pPr.find("{*}buChar") is not None for line in points.paragraphs)
    assert texts(deck.slides[1])["Source"] == SLIDE.footer


def test_a_chart_can_be_edited_and_shows_the_numbers(deck: pptx.presentation.Presentation) -> None:
    chart = by_name(deck.slides[2], "Chart").chart
    plot = chart.plots[0]
    assert list(plot.categories) == ["Income", "Employment", "Crime: no figure"]
    assert plot.series[0].values == (2, 3.5, None) and plot.series[0].name == CHART.unit
    assert chart.value_axis.minimum_scale == 0 and chart.value_axis.maximum_scale == CHART.most
    assert chart.value_axis.axis_title.text_frame.text == CHART.unit
    axes = [int(each.get("val")) for each in chart._chartSpace.iter("{*}axId", "{*}crossAx")]
    assert len(axes) == 6 and len(set(axes)) == 2 and min(axes) > 0
    labels = [plot.series[0].points[n].data_label.text_frame.text for n in range(2)]
    assert labels == ["2", "3.5, twice the mean"]
    assert str(plot.series[0].points[1].format.fill.fore_color.rgb) == "3C1348"
    assert texts(deck.slides[2])["Chart title"] == CHART.title
    book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    told = [[cell.value for cell in row] for row in book["Sheet1"].iter_rows()]
    assert told == [[None, CHART.unit], ["Income", 2], ["Employment", 3.5], ["Crime: no figure", None]]


def test_labels_that_are_numbers_follow_what_is_edited() -> None:
    bars = (Bar(label="Ark T", value=1204, text="1,204"), Bar(label="Leys", value=88, text="88"))
    chart = replace(CHART, bars=bars, most=2000)
    shown = opened(replace(DOCUMENT, slides=(replace(SLIDE, chart=chart, figure=None),)))
    plot = by_name(shown.slides[1], "Chart").chart.plots[0]
    assert plot.data_labels.number_format == "#,##0" and plot.data_labels.show_value
    assert not plot.series[0].points[0].data_label.has_text_frame


def test_who_speaks_has_the_notes_and_what_found_no_room(deck, bad) -> None:
    notes = deck.slides[1].notes_slide.notes_text_frame.text.split("\n")
    assert notes == [SLIDE.title, SLIDE.notes, f"To see it again: {ABOUT.link}"]
    spoken = bad.slides[1].notes_slide.notes_text_frame.text
    assert spoken.count(LONG.strip()) >= 1 + 2 * 9 + 4, "all that was cut on the slide is said in full"


def test_the_last_slides_name_every_source() -> None:
    shown = opened(replace(SHOWN, about=replace(ABOUT, sources=MANY)))
    last = [slide for slide in shown.slides if slide.shapes.title.text.startswith("Sources and licences (")]
    assert [slide.shapes.title.text[-8:] for slide in last] == [
        f"({n} of {len(last)})" for n in range(1, len(last) + 1)
    ]
    told = " ".join(texts(slide)["Sources"] for slide in last)
    assert all(each.attribution.strip() in told and each.title in told for each in MANY)
    assert "Licence: OGL v3." in told and ABOUT.notes[0] in told and ABOUT.link in told
    for slide in last:
        assert box(by_name(slide, "Sources"))[3] <= box(by_name(slide, "Slide Number"))[1]


def test_a_deck_has_the_slides_of_all_documents_in_order() -> None:
    other = replace(DOCUMENT, title="Cowley", slides=(replace(SLIDE, title="Cowley is next"),))
    shown = opened(DOCUMENT, other, title="Oxford: 2 wards", subtitle="2 profiles")
    titles = [slide.shapes.title.text for slide in shown.slides]
    points = [slide.title for slide in (*DOCUMENT.slides, *other.slides)]
    assert titles == ["Oxford: 2 wards", *points, "Sources and licences"]
    assert shown.core_properties.title == "Oxford: 2 wards"
    assert texts(shown.slides[0])["Subtitle 2"].startswith("2 profiles\n")


def test_bad_words_stay_words(bad: pptx.presentation.Presentation) -> None:
    title = bad.slides[1].shapes.title.text
    assert title.startswith(READ) and title.endswith("…") and len(title) < 200
    chart = by_name(bad.slides[2], "Chart").chart
    book = openpyxl.load_workbook(BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    cell = book["Sheet1"]["A2"]
    assert cell.data_type == "s" and str(cell.value).startswith("=HYPERLINK")
    with ZipFile(BytesIO(slides.pptx_file([hostile()]))) as package:
        told = "".join(package.read(name).decode() for name in package.namelist() if name.endswith(".xml"))
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u200b\u202e]", told)


def test_it_is_the_same_bytes_again_and_all_in_british_english() -> None:
    assert slides.pptx_file([SHOWN]) == BODY
    with ZipFile(BytesIO(BODY)) as package:
        told = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
        (book,) = {name for name in package.namelist() if name.endswith("1.xlsx")}
        with ZipFile(package.open(book)) as inside:
            assert "2026-11-22T12:00:00Z" in inside.read("docProps/core.xml").decode()
    assert not [name for name, text in told.items() if re.search("en-US|python-pptx|Steve", text)]
    assert 'lang="en-GB"' in told["ppt/slides/slide2.xml"] and 'lang="en-GB"' in told["ppt/charts/chart1.xml"]


def test_without_its_attribution_there_is_no_file() -> None:
    with pytest.raises(AttributionError, match="sentence to show is missing"):
        slides.pptx_file([DOCUMENT, replace(DOCUMENT, about=replace(ABOUT, sources=()))])
