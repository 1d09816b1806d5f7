"""Each table has its card, and the card is true."""

from pathlib import Path

import pandas as pd
import pytest

from mapping import sources
from mapping.errors import SourceChangedError, SourceMissingError
from mapping.settings import PILOT, Settings

SHIPPED = Settings.from_env({"MAPPING_DATA": str(PILOT)})
TABLES = sorted([*SHIPPED.boundaries.glob("*.parquet"), *SHIPPED.data.glob("*.parquet")])


@pytest.mark.parametrize("table", TABLES, ids=lambda path: path.name)
def test_a_card_tells_the_truth_of_its_table(table: Path) -> None:
    card = sources.read_card(table)
    rows = pd.read_parquet(table)
    assert card.rows == len(rows)
    assert list(card.columns) == list(rows.columns)
    assert card.sha256 == sources.sha256(table)
    assert card.attribution
    assert card.pages


def test_the_pilot_is_under_six_megabytes() -> None:
    assert len(TABLES) == 16
    assert sum(table.stat().st_size for table in TABLES) < 6_000_000


def test_a_missing_card_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceMissingError, match=r"none\.parquet\.card\.json"):
        sources.read_card(tmp_path / "none.parquet")


@pytest.mark.parametrize("text", ["{", "{}", '{"pages": [], "columns": [], "checks": [], "colour": 1}'])
def test_a_file_that_is_no_card_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "t.parquet.card.json").write_text(text, encoding="utf-8")
    with pytest.raises(SourceChangedError, match="not a source card"):
        sources.read_card(tmp_path / "t.parquet")


def test_a_card_written_is_the_card_read(tmp_path: Path) -> None:
    card = sources.read_card(TABLES[0])
    sources.write_card(card, tmp_path)
    assert sources.read_cards(tmp_path) == (card,)
