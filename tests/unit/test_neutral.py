"""Text that no spreadsheet evaluates, and nothing of it lost."""

# ruff: noqa: RUF001 the look-alikes are the point

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import Point

from mapping.render.neutral import is_formula, neutral_frame, neutral_text

FORMULAS = [
    '=HYPERLINK("http://x.example","Co-op")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "-Oxford",
    "\t=1",
    "\rname",
    "  =1+1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff+1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "=-0.12",
]
AS_WRITTEN = [
    "",
    "-0.12",
    "-1",
    "-1.5e-07",
    "007",
    "3.14",
    "OX4 1BA",
    "Co-op = best",
    "a@b.example",
    "'=1",
    "<script>alert(1)</script>",
    "${alert(1)}",
    "`",
    "\\",
    "Café ☕",
    "1 - 2",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_evaluate_is_led_by_an_apostrophe(text):
    assert neutral_text(text) == "'" + text


@pytest.mark.parametrize("text", AS_WRITTEN)
def test_what_it_would_not_is_as_written(text):
    assert neutral_text(text) == text


@pytest.mark.parametrize("number", ["+44 20 7946 0000", "+442079460000"])
def test_a_telephone_number_keeps_its_plus_and_is_text(number):
    assert neutral_text(number) == "'" + number


@given(st.text())
def test_twice_is_once_and_nothing_is_lost(text):
    once = neutral_text(text)
    assert neutral_text(once) == once
    assert once.removeprefix("'") == text.removeprefix("'")
    assert not is_formula(once)


@given(st.text(alphabet=" \t\r\n\u200b=+-@＝＋－＠'1a.", max_size=6))
def test_no_neutral_text_opens_a_formula_once_blanks_are_stripped(text):
    seen = neutral_text(text).lstrip(" \t\r\n\u200b")
    assert seen[:1] not in set("=+-@＝＋－＠") or float(seen) <= 0


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_written_as_text_stay_numbers(number):
    assert neutral_text(str(number)) == str(number)


def test_a_frame_has_neutral_headings_and_text_and_its_own_numbers():
    frame = pd.DataFrame(
        {"=1+1": ["=2", None, "x"], "longitude": [-0.12, 0.1, None], 5: [1, 2, 3], "kind": ["@a", "b", "b"]},
        index=[7, 3, 9],
    ).astype({"kind": "category"})
    neutral = neutral_frame(frame)
    assert list(neutral.columns) == ["'=1+1", "longitude", 5, "kind"]
    assert neutral["'=1+1"].iloc[0] == "'=2"
    assert neutral["'=1+1"].isna().tolist() == [False, True, False]
    assert neutral["kind"].tolist() == ["'@a", "b", "b"]
    pd.testing.assert_series_equal(neutral["longitude"], frame["longitude"])
    assert neutral.index.tolist() == [7, 3, 9]
    assert frame.columns[0] == "=1+1"
    assert frame.iloc[0, 0] == "=2", "the caller's frame is not written to"


def test_two_columns_may_share_a_heading():
    frame = pd.DataFrame([["=1", "=2"]], columns=["note", "note"])
    assert neutral_frame(frame).iloc[0].tolist() == ["'=1", "'=2"]


def test_geometry_is_left_alone():
    areas = gpd.GeoDataFrame({"name": ["=1"]}, geometry=[Point(1, 2)], crs="EPSG:27700")
    neutral = neutral_frame(areas)
    assert neutral.crs == areas.crs
    assert neutral.geometry.iloc[0].equals(Point(1, 2))
    assert neutral["name"].tolist() == ["'=1"]


def test_an_empty_frame_has_neutral_headings():
    assert list(neutral_frame(pd.DataFrame(columns=["=1", "name"])).columns) == ["'=1", "name"]
