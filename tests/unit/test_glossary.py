"""Every column has a meaning, and GLOSSARY.md has it in the same words."""

import datetime

import pandas as pd
import pytest

from mapping import glossary, issues, schemas
from mapping.analysis import place, summarise
from mapping.assessing import england_files, inputs
from mapping.editions import EDITIONS, INDICES
from mapping.render import comma_separated, download, gap_columns
from mapping.render.about import facts
from mapping.settings import ROOT


@pytest.mark.parametrize("model", schemas.Schema.__subclasses__(), ids=lambda model: model.__name__)
def test_every_column_of_every_schema_has_a_meaning(model):
    assert set(model.to_schema().columns) - set(glossary.COLUMNS) == set()


def test_every_column_of_every_file_has_a_meaning():
    about = download.About(
        title="", filters=(), edition="", date=datetime.date(2026, 11, 22), link="", sources=()
    )
    kept = {*download.PLACE_COLUMNS, *download.AREA_COLUMNS, *issues.COLUMNS, *place.OURS}
    kept |= {*gap_columns.GAP_COLUMNS, *gap_columns.MORE_COLUMNS, *gap_columns.SITE_COLUMNS}
    kept |= {*england_files.COUNCIL, *inputs.CAPACITY}
    told = {comma_separated.PREFIX + key for key in facts(about)}
    assert (kept | told) - set(glossary.COLUMNS) == set()


def test_files_can_hold_every_column_of_places_and_areas(atlas, places):
    assert set(schemas.Places.to_schema().columns) - set(download.PLACE_COLUMNS) == set()
    lsoas = summarise.lsoa_figures(atlas.deprivation["2025"], atlas.best_fit["2025"], index="imd")
    wards = summarise.ward_figures(lsoas, edition=EDITIONS["2025"], wards=atlas.wards)
    assert {*lsoas.columns, *wards.columns} - set(download.AREA_COLUMNS) == set()


def test_every_column_of_the_tables_on_disk_has_a_meaning():
    paths = [*(ROOT / "data" / "pilot").glob("*.parquet"), *(ROOT / "boundaries").glob("*.parquet")]
    columns = {column for path in paths for column in pd.read_parquet(path).columns}
    assert len(paths) > 10
    assert columns - set(glossary.COLUMNS) == set()


def test_the_page_is_written_from_the_glossary():
    assert (ROOT / "GLOSSARY.md").read_text(encoding="utf-8") == glossary.page()


def test_meanings_are_sentences_that_a_table_can_hold():
    for word, meaning in (glossary.COLUMNS | glossary.TERMS).items():
        assert meaning.endswith((".", "…")), word
        assert "|" not in meaning and "\n" not in meaning, word


@pytest.mark.parametrize("index", INDICES)
def test_a_rank_and_a_decile_say_which_end_is_deprived(index):
    for column in (f"{index}_rank", f"{index}_decile", "rank", "decile"):
        assert "1 is the most deprived" in glossary.COLUMNS[column]


def test_the_number_of_areas_of_each_edition_is_told():
    for edition in EDITIONS.values():
        assert f"{edition.n_lsoas:,} in {edition.year}" in glossary.TERMS["Rank"]
