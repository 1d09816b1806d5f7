"""The directory: the seed that ships, and what this installation added; read-only until there is a store."""

import pandas as pd

from mapping import schemas, tables
from mapping.directory.added import read_added, unlisted
from mapping.settings import Settings


def read_places(settings: Settings) -> pd.DataFrame:
    """Every entry of the directory, meeting `schemas.Places`, by council and name.

    Of an entry that both hold, the seed's is kept. A list that cannot be used is left out: `added.read_added`
    says which. This is the only door to places: a store that replaces the seed replaces this function.
    Raises SourceMissingError or SourceChangedError.
    """
    seed = tables.read_table(settings.data / "places.parquet", schemas.Places)
    added = read_added(settings).places
    if added.empty:
        return seed
    both = pd.concat([seed, unlisted(added, seed)])
    ordered = both.sort_values(["lad24cd", "name", "place_id"], ignore_index=True)
    return schemas.conform(schemas.Places, ordered, source="places")
