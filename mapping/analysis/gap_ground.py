"""What questions about gaps in one council are asked on, whatever they ask of places."""

from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.analysis.demand import demand_points, unplaced
from mapping.editions import EDITIONS

AROUND_M: Final = 5_000
"""How far around a council others matter, where nothing farther is asked."""


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What a council, edition, index and geography have, whatever is asked of places. Never write to it."""

    lad24cd: str
    edition: str
    lsoas: pd.DataFrame
    """`schemas.Deprivation`: those of the council."""
    demand: pd.DataFrame
    """`demand.demand_points`, with `area`, the code of the area of each point; NA for none."""
    areas: pd.DataFrame
    """`code, name, decile, rank, why, n_unplaced`, in the order given."""
    inside: "pd.Series[str] | None"
    """The code of the area of each LSOA, by its code; None where areas cut through LSOAs."""
    around: pd.DataFrame
    """Live postcodes of other councils near the people of this one: `easting, northing, is_live, lad24cd`."""
    unplaced: tuple[str, ...]
    """LSOAs of which no postcode is held: their people are in no figure."""


def ground(
    postcodes: pd.DataFrame,
    lsoas: pd.DataFrame,
    *,
    lad24cd: str,
    edition: str,
    areas: pd.DataFrame,
    area_of: "pd.Series[str]",
    around_m: float = AROUND_M,
) -> Ground:
    """The ground that questions about the council `lad24cd` are asked on.

    Parameters
    ----------
    postcodes : `schemas.Postcodes` on its `postcode`: the council's, and what is held around it.
    lsoas : `schemas.Deprivation` of the edition, the council's at least.
    areas : `code, name, decile, rank`, and `why` where some have no figure, as `view.area_table` gives them.
    area_of : the code of the area of each LSOA by its code, or, where areas are drawn through LSOAs, of each
        demand point by its postcode. Nobody outside `areas` is in any of their figures.
    around_m : the farthest distance that will be asked for: so far others matter.
    """
    vintage = EDITIONS[edition].lsoa
    mine = lsoas[lsoas["lad24cd"] == lad24cd]
    demand = demand_points(postcodes, mine, lsoa=vintage)
    by_point = bool(demand.index.isin(area_of.index).any())
    own = area_of.reindex(demand.index) if by_point else demand["lsoa_code"].map(area_of)
    lost = unplaced(mine, demand)
    n_lost = pd.Series(0) if by_point else area_of.reindex(lost).value_counts()
    named = areas[["code", "name", "decile", "rank"]].assign(
        why=areas["why"].fillna("") if "why" in areas else "",
        n_unplaced=areas["code"].map(n_lost).fillna(0).astype("int64"),
    )
    return Ground(
        lad24cd=lad24cd,
        edition=edition,
        lsoas=mine,
        demand=demand.assign(area=own.astype("str")),
        areas=named.reset_index(drop=True),
        inside=None if by_point else area_of,
        around=_around(postcodes, demand, lad24cd=lad24cd, around_m=around_m),
        unplaced=tuple(lost),
    )


def _around(postcodes: pd.DataFrame, demand: pd.DataFrame, *, lad24cd: str, around_m: float) -> pd.DataFrame:
    """Live postcodes of other councils that may be within `around_m` of this one's people."""
    held = postcodes[postcodes["is_live"] & (postcodes["lad24cd"] != lad24cd)]
    is_near = pd.Series(True, index=held.index)
    for axis in ("easting", "northing"):
        low, high = demand[axis].min() - around_m, demand[axis].max() + around_m
        is_near &= held[axis].between(low, high)
    return held.loc[is_near, ["easting", "northing", "is_live", "lad24cd"]]
