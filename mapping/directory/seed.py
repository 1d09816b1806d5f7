"""The directory as it ships: the seed, read-only, until a store takes its place."""

import pandas as pd

from mapping import schemas
from mapping.errors import SourceMissingError
from mapping.settings import Settings


def read_places(settings: Settings) -> pd.DataFrame:
    """Every entry of the directory, meeting `schemas.Places`, by council and name.

    This is the only door to places: a store that replaces the seed replaces this function.
    Raises SourceMissingError or SourceChangedError.
    """
    path = settings.data / "places.parquet"
    try:
        seed = pd.read_parquet(path)
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No places at {path}. Run `python -m mapping build --pilot`.") from exc
    return schemas.conform(schemas.Places, seed, source=path.name)
