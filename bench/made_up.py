"""An England of the right size where none is built: the pilot's councils many times over, side by side."""

from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from mapping import sources
from mapping.atlas import Atlas, read_atlas
from mapping.editions import EDITIONS
from mapping.settings import PILOT, Settings

YEAR: Final = "2025"
APART_M: Final = 1_000_000
"""How far each copy is from the next: no copy reaches another's places."""
CODES: Final = ("lsoa_code", "lsoa11cd", "lsoa21cd", "wd24cd", "ward_code", "lad24cd", "lad_code", "postcode")


def made_up_england(folder: Path) -> Atlas:
    """An atlas of at least as many LSOAs as England has; its postcodes are written to `folder`."""
    pilot = read_atlas(Settings.from_env({"MAPPING_DATA": str(PILOT)}))
    n = -(-EDITIONS[YEAR].n_lsoas // len(pilot.deprivation[YEAR]))
    path = folder / pilot.postcode_file.name
    # Without those around the councils, as England has hardly any: it would be too large by a fifth.
    held = pilot.postcodes().reset_index()
    copies(held[held["lad24cd"].isin(pilot.councils["lad24cd"])], n).to_parquet(path, index=False)
    card = sources.read_card(pilot.postcode_file)
    # As long as the card says that it is as made, its values are not checked: no postcode looks like these.
    sources.write_card(replace(card, sha256=sources.sha256(path)), folder)
    names = copies(pilot.councils, n)
    return replace(
        pilot,
        councils=names.assign(lad24nm=names["lad24nm"] + " " + names["lad24cd"]),
        deprivation={YEAR: copies(pilot.deprivation[YEAR], n)},
        best_fit={YEAR: copies(pilot.best_fit[YEAR], n)},
        postcode_file=path,
    )


def copies(table: pd.DataFrame, n: int) -> pd.DataFrame:
    """`table` `n` times, each time with other codes and `APART_M` farther east."""
    whole = pd.concat([table] * n, ignore_index=True)
    copy = np.repeat(np.arange(n), len(table))
    suffix = pd.Series(copy, index=whole.index).astype("str")
    moved = {code: whole[code] + "-" + suffix for code in CODES if code in whole}
    if "easting" in whole:
        moved["easting"] = (whole["easting"] + copy * APART_M).astype(whole["easting"].dtype)
    return whole.assign(**moved)


def made_up_places(atlas: Atlas, like: pd.DataFrame, *, category: str, n: int) -> pd.DataFrame:
    """`n` places of `category` at live postcodes of `atlas`, by chance, with columns `like` the pilot’s."""
    postcodes = atlas.postcodes()
    at = postcodes[postcodes["is_live"]].sample(n, random_state=1).reset_index()
    columns = ["postcode", "easting", "northing", "lsoa11cd", "lsoa21cd", "wd24cd", "lad24cd"]
    places = like.iloc[[0] * n].reset_index(drop=True)
    ids = pd.Series([f"made-up-{number}" for number in range(n)], dtype="str")
    own = {"place_id": ids, "name": ids, "category": category, "kind": "community asset", "status": "open"}
    return places.assign(**own, **{name: at[name] for name in columns})


def complete_record(atlas: Atlas, *, category: str) -> pd.DataFrame:
    """A record in which every council's places of `category` are believed to be complete."""
    row = atlas.completeness.iloc[[0] * len(atlas.councils)].reset_index(drop=True)
    told = {"kind": "community asset", "category": category, "completeness": "recorded"}
    return row.assign(lad24cd=atlas.councils["lad24cd"].array, **told)
