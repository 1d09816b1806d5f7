"""What the pictures of one council's areas share: worked out once, however many wards are drawn."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from mapping.analysis.filters import Filters
from mapping.analysis.view import View
from mapping.crs import BNG
from mapping.editions import EDITIONS
from mapping.errors import UnknownAreaError
from mapping.reporting import picture_parts as parts
from mapping.reporting.held import Held
from mapping.reporting.picture_explore import explored
from mapping.reporting.picture_words import key_of, named


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """One ward or LSOA."""

    code: str
    name: str
    geography: str
    lsoas: pd.DataFrame
    """The LSOA itself, or those that fit the ward best: rows of `View.areas`; none for some wards."""
    why: str
    """Why it has no figure; blank where it has one."""

    @property
    def title(self) -> str:
        """What it is called in a title: "Littlemore ward", "Oxford 016F (Littlemore)"."""
        return f"{self.name} ward" if self.geography == "ward" else self.name


@dataclass(frozen=True, kw_only=True)
class Council:
    """One council by LSOA, in one edition and index, with the places that are kept. Never write to it."""

    filters: Filters
    """By LSOA, without the choices that the Area page does not have, and without areas."""
    lad24cd: str
    view: View
    lsoas: pd.DataFrame
    """`View.areas`, named with their wards."""
    wards: pd.DataFrame
    """`View.areas` by ward."""
    areas: gpd.GeoDataFrame
    """`Picture.areas`, all of them lit."""
    names: gpd.GeoDataFrame
    """`Picture.names`."""
    whole: gpd.GeoSeries
    """The council as one shape."""

    def chosen(self, code: str) -> Chosen:
        """The ward or LSOA of that `code`. Raises UnknownAreaError."""
        own = self.lsoas[self.lsoas["code"] == code]
        if len(own):
            return Chosen(code=code, name=str(own["name"].iloc[0]), geography="lsoa", lsoas=own, why="")
        ward = self.wards[self.wards["code"] == code]
        if ward.empty:
            edition = EDITIONS[self.filters.edition]
            raise UnknownAreaError(
                f"{code} is no LSOA of 20{edition.lsoa[4:6]} and no ward of 20{edition.ward[2:4]} in "
                f"{self.filters.council}. Choose the area again, by name."
            )
        why = ward["why"].iloc[0]
        return Chosen(
            code=code,
            name=str(ward["name"].iloc[0]),
            geography="ward",
            lsoas=self.lsoas[self.lsoas["ward_code"] == code],
            why="" if pd.isna(why) else str(why),
        )

    def lit(self, codes: Sequence[str]) -> gpd.GeoDataFrame:
        """`Picture.areas` with the LSOAs of those `codes` lit, and the others pale and without a number."""
        is_lit = self.areas["code"].isin(codes)
        return self.areas.assign(is_lit=is_lit, label=self.areas["label"].where(is_lit, ""))

    def spot(self, chosen: Sequence[Chosen]) -> gpd.GeoSeries:
        """The shapes of `chosen`: of a ward its own and those of its LSOAs, each where it is held."""
        lsoas = {code for each in chosen for code in each.lsoas["code"]}
        wards = {each.code for each in chosen}
        areas, names = self.areas, self.names
        shapes = [areas[areas["code"].isin(lsoas)].geometry, names[names["code"].isin(wards)].geometry]
        return gpd.GeoSeries(pd.concat(shapes, ignore_index=True), crs=BNG)

    def ground(self, chosen: Sequence[Chosen], held: Held) -> gpd.GeoSeries:
        """The live postcodes of wards that have no shape: there is where they are."""
        column = EDITIONS[self.filters.edition].ward
        postcodes = held.atlas.postcodes(lad24cd=self.lad24cd)
        if column not in postcodes:
            return gpd.GeoSeries([], crs=BNG)
        mine = postcodes[postcodes[column].isin([each.code for each in chosen]) & postcodes["is_live"]]
        return gpd.GeoSeries(gpd.points_from_xy(mine["easting"], mine["northing"]), crs=BNG)


def council_of(filters: Filters, held: Held) -> Council:
    """The council of `filters`, whatever areas of it they choose. Raises UnknownAreaError."""
    plain = Filters(council=filters.council)
    own = replace(
        filters, geography="lsoa", shade="decile", deciles=plain.deciles, near="", wards=(), codes=()
    )
    view, lad24cd = explored(own, held), held.atlas.lad24cd(own.council)
    areas = parts.shaded(view, own, atlas=held.atlas, key=key_of(own))
    return Council(
        filters=own,
        lad24cd=lad24cd,
        view=view,
        lsoas=named(view.areas),
        wards=explored(replace(own, geography="ward"), held).areas,
        areas=areas,
        names=parts.ward_outlines(own, atlas=held.atlas, lad24cd=lad24cd),
        whole=parts.whole(areas.geometry),
    )
