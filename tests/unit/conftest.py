"""The atlas that ships, read once for all the tests that look at it."""

import pandas as pd
import pytest

from mapping.atlas import Atlas, read_atlas
from mapping.directory import seed
from mapping.settings import Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings.from_env({})


@pytest.fixture(scope="session")
def atlas(settings: Settings) -> Atlas:
    return read_atlas(settings)


@pytest.fixture(scope="session")
def places(settings: Settings) -> pd.DataFrame:
    return seed.read_places(settings)
