"""The page of data licences says what the source cards say."""

from pathlib import Path

import pytest

from mapping import sources

ROOT = Path(__file__).resolve().parents[2]
WORDS = " ".join((ROOT / "DATA-LICENCES.md").read_text(encoding="utf-8").split())
CARDS = sources.read_cards(ROOT / "boundaries", ROOT / "data" / "pilot")


def test_the_pilot_has_cards():
    assert len(CARDS) >= 12


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.table)
def test_each_table_stands_under_its_licence_with_its_sentences(card):
    name = card.table.removesuffix(".parquet")
    assert f"`{name}`" in WORDS
    for sentence in card.attribution.replace("v.3.0", "v·3·0").replace("v3.0", "v3·0").split(". "):
        assert sentence.replace("·", ".").rstrip(".") in WORDS
    assert card.licence.split(";")[0].split(":")[0] in WORDS
