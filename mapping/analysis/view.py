"""What one view shows: its places, its areas, and how many of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from mapping.analysis import facets, postcode, search, summarise
from mapping.analysis.filters import ANYWHERE, Filters
from mapping.editions import EDITIONS

FACETS: Final = {
    "kinds": "kind",
    "categories": "category",
    "ownerships": "ownership",
    "sectors": "sector",
    "wards": "ward_name",
}
"""Fields of `Filters` that keep places by the value of one column."""


@dataclass(frozen=True, kw_only=True)
class Near:
    """The postcode a view looks around."""

    postcode: str
    easting: float
    northing: float
    lad24cd: str
    within_m: int


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What one council, edition, index and geography have before any filter."""

    lad24cd: str
    recorded: pd.DataFrame
    """All places of the council: `schemas.Places`, with `lsoa_code, lsoa_name, ward_code, ward_name,
    rank, decile` of the chosen index and edition, and `area_decile`, of the chosen geography."""
    areas: pd.DataFrame
    """Figures of the chosen geography, with `n_recorded`."""


@dataclass(frozen=True, kw_only=True)
class View:
    """The tables behind one page."""

    places: pd.DataFrame
    """The places the filters keep; `distance_m` in metres, NA where nothing is near."""
    recorded: pd.DataFrame
    """All places of the council, with the same columns."""
    areas: pd.DataFrame
    """Figures of the chosen geography with `n_places` shown and `n_recorded`."""
    near: Near | None
    problem: str
    """Why part of the request could not be followed, in words; blank where all was."""


def ground(
    places: pd.DataFrame, lsoas: pd.DataFrame, *, filters: Filters, lad24cd: str, wards: pd.DataFrame
) -> Ground:
    """Places and areas of the council before any filter.

    Parameters
    ----------
    places : the directory, meeting `schemas.Places`.
    lsoas : `summarise.lsoa_figures` of the edition and index of `filters`.
    wards : `schemas.Wards`.
    """
    mine = lsoas[lsoas["lad24cd"] == lad24cd]
    recorded = with_areas(places[places["lad24cd"] == lad24cd], mine, wards, edition=filters.edition)
    areas = area_table(mine, filters, wards[wards["lad24cd"] == lad24cd])
    by = counted_by(filters)
    return Ground(
        lad24cd=lad24cd,
        recorded=recorded.assign(area_decile=recorded[by].map(areas.set_index("code")["decile"])),
        areas=areas.assign(n_recorded=summarise.count_places(areas, recorded, by=by)),
    )


def describe(base: Ground, *, filters: Filters, postcodes: pd.DataFrame, councils: Mapping[str, str]) -> View:
    """The view that `filters` asks for over its `ground`.

    `postcodes` is `schemas.Postcodes` on its key, those of `asked_postcodes` at least; `councils` names by
    code those whose places are held.
    """
    near, problem = find_near(filters, postcodes)
    if near and near.lad24cd != base.lad24cd and near.lad24cd in councils:
        problem = f"{near.postcode} is in {councils[near.lad24cd]}: choose that council."
        near = None
    recorded = base.recorded
    if near is not None:
        recorded = recorded.assign(distance_m=distances_m(recorded, near))
    is_kept = keep(recorded, filters, near)
    kept = recorded if is_kept.all() else recorded[is_kept]
    kept = kept.sort_values("distance_m", kind="stable") if near else kept
    n_places = summarise.count_places(base.areas, kept, by=counted_by(filters))
    return View(
        places=kept, recorded=recorded, areas=base.areas.assign(n_places=n_places), near=near, problem=problem
    )


def counted_by(filters: Filters) -> str:
    """The column of places that holds the code of the geography asked for."""
    return "lsoa_code" if filters.geography == "lsoa" else "ward_code"


def with_areas(
    places: pd.DataFrame, lsoas: pd.DataFrame, wards: pd.DataFrame, *, edition: str
) -> pd.DataFrame:
    """`places` with `lsoa_code, lsoa_name, ward_code, ward_name, rank, decile` of the edition's vintage,
    and `distance_m`, NA until a view looks near something.

    The ward is the official one of the postcode where the edition's wards are those of 2024, and
    the best fit of the LSOA otherwise. NA where the place has no position.
    """
    vintage = EDITIONS[edition]
    figures = lsoas.set_index("code")
    codes = places[vintage.lsoa]
    if vintage.ward in places:
        ward_codes = places[vintage.ward]
        ward_names = ward_codes.map(wards.set_index("wd24cd")["wd24nm"])
    else:
        ward_codes, ward_names = codes.map(figures["ward_code"]), codes.map(figures["ward_name"])
    return places.assign(
        lsoa_code=codes,
        lsoa_name=codes.map(figures["name"]),
        ward_code=ward_codes,
        ward_name=ward_names,
        rank=codes.map(figures["rank"]).astype("Int64"),
        decile=codes.map(figures["decile"]).astype("Int64"),
        distance_m=np.nan,
    )


def area_table(lsoas: pd.DataFrame, filters: Filters, wards: pd.DataFrame) -> pd.DataFrame:
    """Figures of the geography asked for; a ward in force that has none says why."""
    if filters.geography == "lsoa":
        return lsoas.reset_index(drop=True)
    edition = EDITIONS[filters.edition]
    in_force = wards if edition.ward == "wd24cd" else None
    return summarise.ward_figures(lsoas, edition=edition, wards=in_force)


def asked_postcodes(filters: Filters) -> tuple[str, ...]:
    """The postcode to look around, as the tables write it; none where none is asked for or it is not one."""
    canonical = postcode.normalise(filters.near) if filters.is_near else None
    return () if canonical is None else (canonical,)


def find_near(filters: Filters, postcodes: pd.DataFrame) -> tuple[Near | None, str]:
    """The point to look around and a blank, or nothing and the reason in words."""
    if not filters.is_near:
        return None, ""
    if not asked_postcodes(filters):
        return None, f"“{filters.near}” is not a postcode. Type one like OX4 1BA."
    (canonical,) = asked_postcodes(filters)
    if canonical not in postcodes.index:
        return None, f"{canonical} is not a postcode of this area, live or terminated."
    easting, northing = postcodes.loc[[canonical], ["easting", "northing"]].to_numpy(dtype=float)[0]
    lad24cd = str(postcodes.loc[[canonical], "lad24cd"].iloc[0])
    return Near(
        postcode=canonical, easting=easting, northing=northing, lad24cd=lad24cd, within_m=filters.within_m
    ), ""


def distances_m(places: pd.DataFrame, near: Near) -> pd.Series:
    """Straight-line metres from `near` to each place, on its index; NA where it has no position."""
    away = np.hypot(places["easting"] - near.easting, places["northing"] - near.northing)
    return pd.Series(away, index=places.index).round()


def keep(places: pd.DataFrame, filters: Filters, near: Near | None) -> pd.Series:
    """Whether each place meets every filter, on its index.

    The decile is that of the area drawn: the place's LSOA, or its ward. A place without a position
    meets no filter by decile, ward or distance.
    """
    kept = facets.fits(places, chosen_facets(filters))
    if filters.text.strip():
        kept &= search.matches(places, filters.text)
    if filters.deciles != ANYWHERE:
        kept &= places["area_decile"].between(*filters.deciles).fillna(False).astype(bool)
    if near is not None:
        kept &= places["distance_m"].le(near.within_m)
    return kept


def chosen_facets(filters: Filters) -> dict[str, tuple[str, ...]]:
    """Each facet's column and the values that `filters` keep; none keeps all."""
    return {column: getattr(filters, field) for field, column in FACETS.items()}


def facet_table(view: View, filters: Filters, columns: Sequence[str]) -> dict[str, dict[str, int]]:
    """By column and value, how many places each choice would show given all the others.

    Words, decile and distance count as choices already made. A value of the council's record that
    nothing would show stands with 0. The commonest in the whole record come first.
    """
    free = replace(filters, kinds=(), categories=(), ownerships=(), sectors=(), wards=())
    among = keep(view.recorded, free, view.near)
    return facets.facet_counts(view.recorded, columns, chosen_facets(filters), among=among)


def decile_counts(view: View, filters: Filters) -> dict[str, int]:
    """How many places each decile would show given all the other choices; the last is those in none."""
    free = replace(filters, deciles=ANYWHERE)
    kept = view.recorded[keep(view.recorded, free, view.near)]["area_decile"]
    counted = {str(decile): int((kept == decile).sum()) for decile in range(ANYWHERE[0], ANYWHERE[1] + 1)}
    return counted | {"no location": int(kept.isna().sum())}
