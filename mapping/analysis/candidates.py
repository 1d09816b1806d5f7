"""Where one more place could be: buildings that the public already uses, or any postcode."""

from typing import Final

import pandas as pd

BUILDINGS: Final = (
    "community centre",
    "leisure centre",
    "library",
    "social club",
    "sports club",
    "theatre",
)
"""Categories of community assets that are rooms the public comes to and that something more can be held in.

A GP surgery is not: its rooms are for care. Nor is a food bank: mostly a guest in a building of others.
"""
STEP_M: Final = 50
COLUMNS: Final = ("name", "postcode", "easting", "northing", "wd24cd")


def candidates_of(
    places: pd.DataFrame, postcodes: pd.DataFrame, *, source: str, lad24cd: str, taken: pd.DataFrame
) -> pd.DataFrame:
    """The sites offered in one council, on the sorted unique text index `candidate`: `COLUMNS`.

    Parameters
    ----------
    places : the directory, `schemas.Places`.
    postcodes : `schemas.Postcodes` on its `postcode`.
    source : `buildings`: community assets of the categories `BUILDINGS` that are open and have a position,
        indexed by `place_id`; or `postcodes`: live small-user postcodes, the first of those at one position.
    taken : the places that count already (`place_id`): no building is offered that is one of them.

    Returns
    -------
    `easting, northing` in metres, EPSG:27700; `postcode` and `wd24cd` NA where they are not known.
    Raises ValueError where there is no such `source`.
    """
    if source == "buildings":
        return _buildings(places[places["lad24cd"] == lad24cd], taken=taken)
    if source == "postcodes":
        return _postcodes(postcodes[postcodes["lad24cd"] == lad24cd])
    raise ValueError(f"Candidates are buildings or postcodes, not {source!r}.")


def _buildings(places: pd.DataFrame, *, taken: pd.DataFrame) -> pd.DataFrame:
    is_open = (places["kind"] == "community asset") & (places["status"] == "open")
    is_free = places["category"].isin(BUILDINGS) & ~places["place_id"].isin(taken["place_id"])
    is_placed = places["easting"].notna() & places["northing"].notna()
    return _offered(places[is_open & is_free & is_placed].set_index("place_id"))


def _postcodes(postcodes: pd.DataFrame) -> pd.DataFrame:
    is_home = postcodes["is_live"] & postcodes["is_small_user"].fillna(False).astype(bool)
    homes = postcodes[is_home].sort_index()
    first = homes[~homes.duplicated(["easting", "northing"])]
    codes = pd.Series(first.index, index=first.index, dtype="str")
    return _offered(first.assign(name=codes, postcode=codes))


def _offered(sites: pd.DataFrame) -> pd.DataFrame:
    columns = sites[list(COLUMNS)].astype({"easting": float, "northing": float})
    return columns.rename_axis("candidate").sort_index()


def thinned(sites: pd.DataFrame, *, most: int) -> tuple[pd.DataFrame, int]:
    """At most `most` of `sites`: the first in each square of a grid; and how wide the squares are in metres.

    All of them and 0 where they are no more than `most`. The squares are as narrow as they can be, in steps
    of 50 m.
    """
    width, kept = 0, sites
    while len(kept) > most:
        width += STEP_M
        squares = (sites[["easting", "northing"]] // width).astype("int64")
        kept = sites[~squares.duplicated()]
    return kept, width
