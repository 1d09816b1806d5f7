"""What is taken away holds the rows on screen."""

import json
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import settle

VIEW = "/?council=Oxford&kind=Co-operative&decile=1&decile=3"
TRIES = 5


@pytest.fixture
def take(open_page: Callable[..., Page], tmp_path: Path) -> Callable[[str, str], Path]:
    def download(label: str, suffix: str) -> Path:
        page = open_page(VIEW)
        page.get_by_role("button", name="Download what is shown").click()
        page.get_by_text(label, exact=True).click()
        expect(page.get_by_role("radio", name=label, exact=True)).to_be_checked()
        settle(page)
        for _ in range(TRIES):
            with page.expect_download() as waiting:
                page.get_by_role("button", name="Download 6 places").click()
            path = tmp_path / waiting.value.suggested_filename
            # Who presses before the server has heard of the choice is given the file of before.
            if path.suffix == suffix:
                break
        waiting.value.save_as(path)
        return path

    return download


def test_csv(take: Callable[[str, str], Path]) -> None:
    path = take("CSV", ".csv")
    assert path.name.startswith("places-in-oxford-")
    rows = pd.read_csv(path)
    assert len(rows) == 6
    assert set(rows["kind"]) == {"co-operative"}
    assert rows["decile"].between(1, 3).all()
    text = path.read_text(encoding="utf-8-sig")
    assert "ODC-By" in text
    assert "council=Oxford&kind=Co-operative&decile=1&decile=3" in text


def test_xlsx(take: Callable[[str, str], Path]) -> None:
    book = openpyxl.load_workbook(take("Excel", ".xlsx"))
    assert book["Places"].max_row == 7
    about = "\n".join(str(cell.value) for row in book["About"].iter_rows() for cell in row if cell.value)
    assert "English Indices of Deprivation 2025" in about
    assert "Open Government Licence" in about


def test_geojson(take: Callable[[str, str], Path]) -> None:
    path = take("GeoJSON", ".geojson")
    rows = gpd.read_file(path)
    assert len(rows) == 6
    assert rows.crs.to_epsg() == 4326
    assert rows.geometry.notna().all()
    assert json.loads(path.read_text(encoding="utf-8"))["about"]["filters"]["Council"] == "Oxford"


def test_geopackage(take: Callable[[str, str], Path]) -> None:
    path = take("GeoPackage", ".gpkg")
    rows = gpd.read_file(path, layer="places")
    assert len(rows) == 6
    assert rows.crs.to_epsg() == 27700
    assert set(gpd.list_layers(path)["name"]) >= {"about"}
