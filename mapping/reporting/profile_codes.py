"""Whose a code is: the council, the edition and the geography that it belongs to."""

from dataclasses import replace
from typing import Final

import pandas as pd

from mapping.analysis.filters import GEOGRAPHIES, Filters
from mapping.editions import EDITIONS, Edition
from mapping.errors import UnknownAreaError
from mapping.reporting.held import Held

GEOGRAPHY: Final = {"E01": "lsoa", "E05": "ward"}
"""By the first letters of a code, what it is one of."""
MANY: Final = {"lsoa": "LSOAs", "ward": "wards"}


def located(code: str, filters: Filters, *, held: Held) -> Filters:
    """`filters` of the council and geography that the area `code` is of, and of no other area.

    Raises UnknownAreaError: no such code in the edition of `filters`, or in no council that is built.
    """
    geography = GEOGRAPHY.get(code[:3])
    if geography is None:
        raise UnknownAreaError(
            f"“{code}” is no code of an area here: those of LSOAs begin with E01, those of wards with E05."
        )
    found = _council(code, filters.edition, geography=geography, held=held)
    if not found:
        raise UnknownAreaError(_not_found(code, filters.edition, geography=geography, held=held))
    names = held.atlas.council_names
    if found not in names:
        raise UnknownAreaError(
            f"{code} is in a council that is not built here ({found}). Held: {', '.join(names.values())}."
        )
    return replace(filters, council=names[found], geography=geography, codes=(code,))


def codes_of(filters: Filters, *, by: str, held: Held) -> tuple[tuple[str, str], ...]:
    """Code and name of each area of the council and edition, by name; wards without a figure too.

    `by` is `lsoa` or `ward`. Raises UnknownAreaError.
    """
    atlas = held.atlas
    lad24cd = atlas.lad24cd(filters.council)
    areas = _areas(filters.edition, geography=by, held=held)
    mine = areas[areas["lad24cd"] == lad24cd].sort_values(["name", "code"])
    return tuple(zip(mine["code"], mine["name"], strict=True))


def _council(code: str, edition: str, *, geography: str, held: Held) -> str:
    """The code of the council that the area is in today; blank where the edition has no such area."""
    areas = _areas(edition, geography=geography, held=held)
    found = areas.loc[areas["code"] == code, "lad24cd"]
    return "" if found.empty else str(found.iloc[0])


def _areas(edition: str, *, geography: str, held: Held) -> pd.DataFrame:
    """The areas of an edition, `code, name, lad24cd`; none where the edition is not held."""
    atlas, columns = held.atlas, ["code", "name", "lad24cd"]
    if edition not in atlas.editions:
        return pd.DataFrame(columns=columns, dtype="str")
    if geography == "lsoa":
        own = {"lsoa_code": "code", "lsoa_name": "name"}
        return atlas.deprivation[edition].rename(columns=own)[columns]
    own = {"ward_code": "code", "ward_name": "name"}
    fitted = atlas.best_fit[edition].drop_duplicates("ward_code").rename(columns=own)[columns]
    if EDITIONS[edition].ward != "wd24cd":
        return fitted
    in_force = atlas.wards.rename(columns={"wd24cd": "code", "wd24nm": "name"})[columns]
    return pd.concat([in_force, fitted[~fitted["code"].isin(in_force["code"])]], ignore_index=True)


def _not_found(code: str, edition: str, *, geography: str, held: Held) -> str:
    """Why there is no such area, and what to do."""
    one = GEOGRAPHIES[geography].lower() if geography == "ward" else "LSOA"
    for other in EDITIONS.values():
        if other.year != edition and _council(code, other.year, geography=geography, held=held):
            return (
                f"{code} is a {one} of {vintage(other, geography)}, which the edition of {edition} does not "
                f"have. Choose the edition of {other.year}."
            )
    of = vintage(EDITIONS[edition], geography)
    return f"No {one} of {of} has the code {code} in the councils held. Check the code."


def vintage(edition: Edition, geography: str) -> str:
    """The year of the areas of an edition: its LSOAs of 2021, its wards of 2024."""
    column: str = getattr(edition, geography)
    return f"20{''.join(filter(str.isdigit, column))}"
