"""The atlas that ships, read once for all the tests that look at it; and the same as a build leaves it."""

import shutil
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from mapping import sources
from mapping.atlas import Atlas, read_atlas
from mapping.directory import seed
from mapping.settings import PILOT, Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings.from_env({"MAPPING_DATA": str(PILOT)})


@pytest.fixture(scope="session")
def atlas(settings: Settings) -> Atlas:
    return read_atlas(settings)


@pytest.fixture(scope="session")
def places(settings: Settings) -> pd.DataFrame:
    return seed.read_places(settings)


@pytest.fixture
def built(settings: Settings, tmp_path: Path) -> Settings:
    """The pilot as a build leaves it: areas and postcodes by council, a row group each. Spoil it at will."""
    made = Settings.from_env({"MAPPING_DATA": str(tmp_path / "built")})
    made.boundaries.mkdir(parents=True)
    for path in settings.data.glob("*.parquet*"):
        shutil.copy(path, made.data)
    for path in settings.boundaries.glob("*_pilot.parquet"):
        by_council(path, made.boundaries / path.name.replace("_pilot", ""))
    by_council(settings.data / "postcodes.parquet", made.data / "postcodes.parquet")
    return made


def by_council(path: Path, out: Path) -> None:
    """Write the table at `path` to `out` by council, a row group for each, with its card."""
    table = pq.read_table(path).sort_by("lad24cd")
    codes = table.column("lad24cd").to_pandas()
    with pq.ParquetWriter(out, table.schema, compression="zstd") as writer:
        for code in codes.unique():
            mine = codes.index[codes == code]
            writer.write_table(table.slice(mine[0], len(mine)))
    with_card(out, card=sources.read_card(path))


def with_card(path: Path, *, card: sources.Card | None = None) -> None:
    """Make the card beside the table at `path` say that it is as it was made."""
    its = card or sources.read_card(path)
    sources.write_card(replace(its, table=path.name, sha256=sources.sha256(path)), path.parent)
