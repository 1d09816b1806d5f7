"""docs/data.md says what the program says, and what is fetched is in it."""

import re
from pathlib import Path

import pytest

from mapping.registry import read_registry
from mapping.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DOCS = (ROOT / "docs" / "data.md").read_text(encoding="utf-8")
CODE = "".join(
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "mapping/build/fetch").glob("*.py"))
)
SOURCES = [source for source in read_registry(Settings.from_env({}).registry) if source.is_wanted]


def sayings() -> list[str]:
    """What stands under "it says", in pieces."""
    table = DOCS[DOCS.index("| it says |") :].split("\n\n")[0].splitlines()[2:]
    cells = [line.split("|")[1] for line in table]
    pieces = [piece.strip(" ,") for cell in cells for piece in re.split(r"[;…]|\(404\)", cell)]
    return [piece for piece in pieces if piece]


@pytest.mark.parametrize("words", sayings())
def test_every_message_explained_is_one_of_the_program(words):
    assert words in CODE


def test_the_messages_are_all_there():
    assert len(sayings()) >= 15


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)
def test_every_file_fetched_can_be_found_by_hand(source):
    assert source.page.split("/datasets/")[0].rstrip("/") in DOCS
    assert source.publisher in DOCS


def test_the_sizes_told_are_those_of_the_registry():
    told = sum(int(size) for size in re.findall(r"\| (\d+) MB \|", DOCS.split("## When")[0]))
    assert told == pytest.approx(sum(source.size_mb for source in SOURCES), rel=0.1)


@pytest.mark.parametrize("name", ["MAPPING_RAW", "MAPPING_REGISTRY", "MAPPING_DATA"])
def test_the_settings_told_are_those_there_are(name):
    assert f"`{name}`" in DOCS and name in (ROOT / "mapping/settings.py").read_text(encoding="utf-8")
