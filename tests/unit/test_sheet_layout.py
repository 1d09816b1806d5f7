"""Nothing on a sheet meets or leaves it, whatever it has to hold; what has no room is told."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from mapping.errors import AttributionError
from mapping.render.sheet import layout, lettering
from mapping.render.sheet.arranging import MAP_SHARE
from mapping.render.sheet.paper import ORIENTATIONS, SIZES, Paper
from mapping.render.sheet.picture import BaseMap, KeyBlock, KeyEntry
from mapping.render.sheet.sizes import LEAST_PT, sizes
from tests.unit import sheet_pictures as pictures

PAPERS = [Paper(size=size, orientation=turn) for size, turn in product(SIZES, ORIENTATIONS)]
A4 = Paper()
LONG = "Where one more library, community centre or food co-op would help most people in need "


def require_order(sheet: layout.Sheet, paper: Paper) -> None:
    """Nothing, if no text meets another, all are within the margins, and the map is large enough."""
    margin = sizes(paper).margin - 0.01
    boxes = np.array([(each.x0, each.y0, each.x1, each.y1) for each in sheet.texts])
    assert boxes[:, :2].min() >= margin
    assert boxes[:, 2].max() <= paper.width_mm - margin
    assert boxes[:, 3].max() <= paper.height_mm - margin
    assert sheet.map_box[3] >= MAP_SHARE * paper.height_mm
    left, bottom, right, top = (boxes[:, at] for at in range(4))
    # A hair of ascent over a hair of descent is no meeting: nothing is that tall.
    overlap = 0.3
    meets = (left[:, None] < right - overlap) & (right[:, None] - overlap > left)
    meets &= (bottom[:, None] < top - overlap) & (top[:, None] - overlap > bottom)
    np.fill_diagonal(meets, False)
    assert [(sheet.texts[a], sheet.texts[b]) for a, b in np.argwhere(meets)] == []
    on_the_map = set(sheet.drawn.texts)
    heights = [each.y1 - each.y0 for each in sheet.texts if each not in on_the_map]
    assert min(heights) > 0.975 * LEAST_PT * lettering.MM_PER_POINT


def words(sheet: layout.Sheet, kind: str) -> str:
    return " ".join(each.text for each in sheet.texts if each.kind == kind)


def with_sources(picture, sentences):
    card = picture.about.sources[0]
    cards = tuple(replace(card, title=f"Table {n}", attribution=each) for n, each in enumerate(sentences))
    return replace(picture, about=replace(picture.about, sources=cards))


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.words)
def test_a_picture_fits_on_every_paper(paper):
    sheet = layout.sheet(pictures.small(), paper=paper)
    require_order(sheet, paper)
    assert words(sheet, "title") == "Places in Oxford"
    assert words(sheet, "aside") == "Commons Atlas 22 November 2026"
    assert words(sheet, "link").replace(" ", "") == pictures.LINK
    assert "Place 10" in words(sheet, "place")
    assert "2 places are not drawn: their address is withheld." in words(sheet, "note")
    assert tuple(np.array(sheet.figure.get_size_inches()) * 300) == pytest.approx(paper.pixels)
    assert sheet.cut == ()


@pytest.mark.parametrize("paper", PAPERS, ids=lambda paper: paper.words)
def test_long_texts_take_room_from_the_map_and_from_nothing_else(paper):
    many = [
        f"Contains data of publisher {n} " + "© Crown copyright and database right 2025. " * 5
        for n in range(14)
    ]
    picture = replace(
        with_sources(pictures.small(), many),
        title=LONG * 4,
        subtitle=LONG * 5,
        summary=LONG * 12,
        unplaced=LONG * 3,
        owner=LONG * 2,
        lines=(LONG * 2,) * 4,
    )
    sheet = layout.sheet(picture, paper=paper)
    require_order(sheet, paper)
    assert words(sheet, "title").endswith("…")
    assert words(sheet, "title").startswith("Where one more library")
    written = words(sheet, "attribution").replace(" ", "")
    assert all(each.replace(" ", "") in written for each in many)
    assert words(sheet, "note").startswith("Where one more library")


@pytest.mark.parametrize(
    "paper", [A4, Paper(size="slide", orientation="portrait")], ids=lambda paper: paper.words
)
def test_the_whole_key_of_gaps_has_room(paper):
    sheet = layout.sheet(pictures.gaps_of_oxford(), paper=paper)
    require_order(sheet, paper)
    told = words(sheet, "key")
    for text in (
        "1,000 people",
        "500 people",
        "Gap rank",
        "Far, but no gap",
        "Check first",
        "Proposed",
        "800 m",
    ):
        assert text in told
    assert "Best site: OX3 8SB" in words(sheet, "place")


def test_a_sentence_that_no_room_is_left_for_stops_the_picture():
    many = [
        f"Publisher {n}: " + "all rights of the publisher are reserved and acknowledged here. " * 6
        for n in range(60)
    ]
    with pytest.raises(AttributionError, match=r"Slide, landscape.*Choose a larger paper"):
        layout.sheet(with_sources(pictures.small(), many), paper=Paper(size="slide"))


def test_a_source_without_a_sentence_stops_the_picture():
    with pytest.raises(AttributionError, match="must name its sources"):
        layout.sheet(with_sources(pictures.small(), ["OGL", " "]), paper=A4)


@pytest.mark.parametrize("paper", [A4, Paper(size="slide")], ids=lambda paper: paper.words)
def test_a_summary_is_cut_between_sentences(paper):
    sentences = [
        f"{n} of St. Mary’s LSOAs are among England’s most deprived fifth, as in 2019." for n in range(30)
    ]
    sheet = layout.sheet(replace(pictures.small(), summary=" ".join(sentences)), paper=paper)
    told = words(sheet, "summary")
    n = told.count("as in 2019.")
    assert 2 <= n < 30
    assert told == " ".join(sentences[:n])


def test_every_source_is_told_with_publisher_and_licence():
    sheet = layout.sheet(pictures.small(), paper=A4)
    told = words(sheet, "source").replace(" ", "")
    for card in pictures.small().about.sources:
        for fact in (card.title, card.publisher, card.vintage, card.licence):
            assert fact.replace(" ", "") in told


def test_the_base_map_is_attributed():
    from PIL import Image

    tiles = Image.new("RGB", (8, 8), "#dddddd")
    base = BaseMap(image=tiles, bounds=pictures.small().focus, attribution="© OpenStreetMap contributors")
    sheet = layout.sheet(replace(pictures.small(), base_map=base), paper=A4)
    assert "© OpenStreetMap contributors" in words(sheet, "attribution")


@pytest.mark.parametrize(
    "paper", [A4, Paper(size="a3", orientation="portrait")], ids=lambda paper: paper.words
)
def test_of_500_places_those_without_room_are_counted(paper):
    sheet = layout.sheet(crowd(500, "Community centre " * 18), paper=paper)
    require_order(sheet, paper)
    listed = [each for each in sheet.texts if each.kind == "place" and each.text.isdigit()]
    names = [each.text for each in sheet.texts if each.kind == "place" and not each.text.isdigit()]
    assert len(listed) + len(sheet.cut) == 500
    assert len(listed) > 15
    assert sheet.cut[0].label == str(len(listed) + 1)
    assert "A sign such as 1 +" in words(sheet, "note")
    sentence = f"Numbers {len(listed) + 1} to 500 are listed in places.csv and in the PDF."
    assert sentence in words(sheet, "note")
    assert {name[:16] for name in names} == {"Community centre"}
    assert all(name.endswith("…") for name in names)


def crowd(n, name):
    """The small picture with `n` places of the same name, spread over it."""
    places = pictures.small().places.iloc[[at % 10 for at in range(n)]].reset_index(drop=True)
    return replace(pictures.small(), places=places.assign(number=range(1, n + 1), name=name))


def test_a_ward_without_places_or_figures_is_still_a_sheet():
    small = pictures.small()
    picture = replace(
        small,
        areas=small.areas.assign(fill="", label=""),
        places=small.places.iloc[:0],
        names=small.names.iloc[:0],
        unplaced="",
        key=(KeyBlock(title="Index", entries=(KeyEntry(sign="hatch", text="No figure"),)),),
    )
    sheet = layout.sheet(picture, paper=A4)
    require_order(sheet, A4)
    assert "No figure" in words(sheet, "key")
    assert words(sheet, "place") == ""
    assert "Places" not in words(sheet, "heading")


def test_the_scale_runs_from_1_to_10_and_says_which_end_is_which():
    sheet = layout.sheet(pictures.small(), paper=A4)
    cells = [each for each in sheet.texts if each.kind == "key" and each.text.isdigit()]
    assert [each.text for each in sorted(cells, key=lambda each: each.x0)] == [str(n) for n in range(1, 11)]
    assert len({round(each.y0, 3) for each in cells}) == 1
    ends = {each.text: each for each in sheet.texts if "deprived 10 %" in each.text}
    assert ends["Most deprived 10 %"].x0 < ends["Least deprived 10 %"].x0
    assert "1 is the most deprived 10 % of England." in words(sheet, "key")


def test_names_without_room_on_the_map_are_told():
    small = pictures.small()
    tiny = small.areas.geometry.iloc[0].centroid.buffer(1)
    names = small.names.iloc[[0] * 24].reset_index(drop=True)
    names = names.assign(
        code=[f"W{n:02}" for n in range(24)], name=[f"A ward of the rather long name {n}" for n in range(24)]
    )
    sheet = layout.sheet(replace(small, names=names.set_geometry([tiny] * 24, crs=27700)), paper=A4)
    require_order(sheet, A4)
    assert len(sheet.drawn.hidden) > 10
    told = words(sheet, "note")
    assert sheet.drawn.hidden[0] in told
    assert told.endswith("more.")
