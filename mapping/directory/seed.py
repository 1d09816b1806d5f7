"""The directory as it ships: the seed, read-only, until a store takes its place."""

import pandas as pd

from mapping import schemas, tables
from mapping.settings import Settings


def read_places(settings: Settings) -> pd.DataFrame:
    """Every entry of the directory, meeting `schemas.Places`, by council and name.

    This is the only door to places: a store that replaces the seed replaces this function.
    Raises SourceMissingError or SourceChangedError.
    """
    return tables.read_table(settings.data / "places.parquet", schemas.Places)
