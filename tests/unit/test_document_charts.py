"""The picture of a chart: its words, and the length of its bars as they are seen."""

from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from mapping.render import palette
from mapping.render.documents import charts, scale
from mapping.render.documents.model import Bar, Chart, Figure
from tests.unit.office_document import CHART

COLOURS = ("#3c1348", "#2bc4a0", "#f7a11a")
THREE = Chart(
    title="People near a library",
    unit="Per cent of people",
    bars=(
        *(Bar(label=f"Ward {n}", value=value, text=f"{value} %", colour=colour)
          for n, (value, colour) in enumerate(zip((20, 40, 80), COLOURS, strict=True))),
        Bar(label="Holywell", value=None, text="no figure"),
    ),
    most=80,
    alt="Bars of four wards.",
)  # fmt: skip


@pytest.fixture(scope="module")
def drawn() -> Figure:
    return charts.chart_figure(THREE)


def pixels(figure: Figure, mode: str = "RGB") -> np.ndarray:
    with Image.open(BytesIO(figure.png)) as read:
        return np.asarray(read.convert(mode)).astype(int)


def lengths(figure: Figure) -> list[int]:
    """How many pixels wide each bar is, by its colour."""
    seen = pixels(figure)
    wanted = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for colour in COLOURS]
    return [int((np.abs(seen - colour).sum(axis=2) < 12).sum(axis=1).max()) for colour in wanted]


def words(svg: bytes) -> list[str]:
    texts = (each for each in ElementTree.fromstring(svg).iter() if each.tag.endswith("}text"))
    return ["".join(each.itertext()) for each in texts]


def test_bars_are_as_long_as_their_values(drawn: Figure) -> None:
    quarter, half, whole = lengths(drawn)
    assert whole > 600
    assert half == pytest.approx(whole / 2, abs=3)
    assert quarter == pytest.approx(whole / 4, abs=3)


def test_all_its_words_are_text_in_the_order_they_are_read(drawn: Figure) -> None:
    said = words(drawn.svg)
    assert said[:8] == ["Ward 0", "20 %", "Ward 1", "40 %", "Ward 2", "80 %", "Holywell", "no figure"]
    assert said[8:] == ["0", "80", "Per cent of people"]
    assert drawn.alt == "Bars of four wards." and drawn.caption == "People near a library"
    assert b"Bars of four wards." in drawn.svg


def test_where_there_is_no_figure_the_bar_is_hatched_not_filled(drawn: Figure) -> None:
    seen = pixels(drawn, "L")
    height = len(seen)
    row = seen[int(height * (1 - charts.AXIS_MM / drawn.height_mm) * 7 / 8)]
    middle = row[len(row) // 3 : len(row) // 2]
    assert (middle > 240).sum() > 40 and (middle < 200).sum() > 10


def test_a_pale_bar_is_seen_in_grey() -> None:
    pale = replace(THREE, bars=(Bar(label="Pale", value=80, text="80 %", colour=palette.RAMP[-1]),))
    seen = pixels(charts.chart_figure(pale), "L")
    across = seen[: len(seen) // 2, seen.shape[1] // 2]
    assert (across < 100).sum() >= 2  # the outline, above and below
    assert palette.contrast(palette.RAMP[-1], "#ffffff") < 1.5  # which its colour alone would not be


def test_the_picture_is_as_wide_as_asked_and_the_same_each_time(drawn: Figure) -> None:
    again = charts.chart_figure(THREE)
    assert (again.svg, again.png) == (drawn.svg, drawn.png)
    narrow = charts.chart_figure(THREE, width_mm=90)
    assert pixels(narrow).shape[1] == pytest.approx(90 / 25.4 * charts.DPI, abs=1)
    assert lengths(narrow)[2] < lengths(drawn)[2]


def test_words_too_long_for_their_room_are_cut_and_nothing_leaves_the_picture() -> None:
    long = Bar(label="W" * 300, value=1e9, text="Co-operative " * 30)
    figure = charts.chart_figure(replace(THREE, bars=(long,), unit="Per cent " * 40))
    said = words(figure.svg)
    assert [text[-1] for text in said if text.startswith("W")][-1] == "…"
    seen = pixels(figure, "L")
    assert seen[:, [0, -1]].min() > 250 and seen[[0, -1], :].min() > 250


def test_a_chart_without_a_bar_is_its_axis() -> None:
    assert words(charts.chart_figure(replace(CHART, bars=())).svg) == ["0", "10", CHART.unit]


@pytest.mark.parametrize(
    ("value", "most", "share"),
    [(5, 10, 0.5), (50, 10, 1.0), (-5, 10, 0.0), (5, 0, 0.0), (None, 10, None), (float("nan"), 10, None)],
)
def test_a_share_is_within_the_axis(value: float | None, most: float, share: float | None) -> None:
    bar = Bar(label="", value=value, text="")
    assert scale.share(bar, replace(CHART, most=most)) == share


@pytest.mark.parametrize(("most", "said"), [(100, "100"), (1.0, "1"), (0.5, "0.5"), (32844, "32,844")])
def test_the_end_of_the_axis_is_a_plain_number(most: float, said: str) -> None:
    assert scale.end_of(replace(CHART, most=most)) == said
