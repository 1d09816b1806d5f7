"""The atlas that ships, read once for all the tests that look at it; and the same as a build leaves it."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from mapping import sources
from mapping.__main__ import main
from mapping.atlas import SHIPPED, Atlas, read_atlas
from mapping.directory import seed
from mapping.settings import PILOT, Settings
from tests.unit.downloaded import NAMES

NOTHING_ADDED = {"MAPPING_ADDED": str(PILOT / "nothing added")}


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings.from_env({"MAPPING_DATA": str(PILOT), **NOTHING_ADDED})


@pytest.fixture(scope="session")
def atlas(settings: Settings) -> Atlas:
    return read_atlas(settings)


@pytest.fixture(scope="session")
def places(settings: Settings) -> pd.DataFrame:
    return seed.read_places(settings)


@pytest.fixture
def built(settings: Settings, tmp_path: Path) -> Settings:
    """The pilot as a build leaves it: areas and postcodes by council, a row group each. Spoil it at will."""
    made = Settings.from_env({"MAPPING_DATA": str(tmp_path / "built"), **NOTHING_ADDED})
    made.boundaries.mkdir(parents=True)
    for path in settings.data.glob("*.parquet*"):
        shutil.copy(path, made.data)
    # No build writes England's outline: it ships.
    for path in {*settings.boundaries.glob("*_pilot.parquet")} - {SHIPPED}:
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


@pytest.fixture
def place(capsys):
    """Run the command: its exit status, what it said, and what it complained of."""

    def run(*arguments):
        status = main(["place", *map(str, arguments)])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def troubled() -> pd.DataFrame:
    """Places with nothing but trouble in their names; the second has no position."""
    n = len(NAMES)
    known = np.arange(n) != 1
    return pd.DataFrame(
        {
            "name": pd.Series(NAMES, dtype="str"),
            "postcode": pd.Series(["OX4 1BA"] * n, dtype="str").where(known),
            "decile": pd.Series(range(1, n + 1), dtype="Int64").where(known),
            "share": np.where(known, -0.12, np.nan),
            "is_open": True,
            "easting": np.where(known, 453_000.0 + np.arange(n), np.nan),
            "northing": np.where(known, 205_000.0, np.nan),
        }
    ).set_axis(range(100, 100 + n))
