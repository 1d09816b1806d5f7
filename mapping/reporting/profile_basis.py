"""What the profiles of one council share: its tables, the answers to its gaps, what lies around it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

import geopandas as gpd
import pandas as pd

from mapping.analysis import codes_editions, measures, national, profile, profile_gaps, summarise, view
from mapping.analysis.assess import Assessment
from mapping.analysis.codes_editions import SideBySide
from mapping.analysis.filters import Filters
from mapping.analysis.profile_gaps import Sought
from mapping.analysis.view import View
from mapping.assessing.ground import MANY, councils_around
from mapping.atlas import Atlas
from mapping.editions import EDITIONS
from mapping.errors import SourceMissingError, UnknownAreaError
from mapping.reporting.held import Held

if TYPE_CHECKING:
    from mapping.reporting.pictures import Council

KEPT: Final = (
    *("edition", "geography", "index", "kinds", "categories", "ownerships", "sectors", "text"),
    *("need", "lack", "decay", "reach_m", "way", "detour"),
)
"""The choices that a profile takes."""


@dataclass(frozen=True, kw_only=True)
class Basis:
    """One council in one edition, geography and index, ready to be told area by area. Never write to it.

    What only some documents need is worked out when the first asks for it.
    """

    filters: Filters
    """With the council's name of today, and without what chooses areas or looks near something."""
    lad24cd: str
    areas: pd.DataFrame
    """The areas of the council, by the index chosen, as Explore's table has them."""
    domains: pd.DataFrame
    """`profile.domains` of them."""
    lsoas: pd.DataFrame
    """`schemas.Deprivation` of the council, with `area`, the code of the area each belongs to."""
    recorded: pd.DataFrame
    """All places of the council, as `View.recorded`."""
    places: pd.DataFrame
    """Those of them that the filters keep, as `View.places`."""
    answers: Mapping[Sought, Assessment]
    """What is looked for, and how near it is to the council's people."""
    gaps: pd.DataFrame
    """`profile_gaps.area_gaps` of the answers."""
    unsurveyed: tuple[str, ...]
    """Categories that nobody has looked for."""
    figures: Mapping[str, pd.DataFrame]
    """By edition held: `summarise.lsoa_figures` of the index chosen, of all LSOAs held."""
    held: Held

    @cached_property
    def kin(self) -> Mapping[str, pd.DataFrame]:
        """By edition held: the `figures` of the council's LSOAs and of those that share their land."""
        return _of_kin(self.figures, self.held.atlas, codes=set(self.lsoas["lsoa_code"]))

    @cached_property
    def ward_sides(self) -> Mapping[str, SideBySide]:
        """By code: both editions of each ward of the council."""
        return _ward_sides(
            self.filters, self.held.atlas, codes=list(self.areas["code"]), figures=self.figures
        )

    @cached_property
    def measures(self) -> Mapping[str, pd.DataFrame]:
        """By edition held: MHCLG's five measures of the wards and of those that share LSOAs, by code."""
        return _measures(self.filters, self.held.atlas, sides=self.ward_sides)

    @cached_property
    def around(self) -> gpd.GeoDataFrame | None:
        """The areas of this council and of those beside it, with `rank, decile`; None: no boundaries."""
        figures = self.figures[self.filters.edition]
        return _around(self.filters, self.held.atlas, lad24cd=self.lad24cd, lsoas=figures)

    @cached_property
    def drawn(self) -> "Council":
        """The council as its maps are drawn, worked out when the first is asked for."""
        from mapping.reporting import pictures

        return pictures.council_of(self.filters, self.held)


def basis_of(filters: Filters, *, held: Held) -> Basis:
    """What all profiles of the council, edition, geography and index of `filters` are made from.

    Raises UnknownAreaError where the council or the edition is not held, and as `Held.answer` does.
    """
    atlas = held.atlas
    asked = asked_of(filters, held=held)
    lad24cd = atlas.lad24cd(asked.council)
    figures = _figures(asked, atlas)
    shown = _view(asked, held, lad24cd=lad24cd, lsoas=figures[asked.edition])
    looked_for = profile_gaps.sought(held.places, held.completeness, lad24cd=lad24cd, filters=asked)
    answers = {each: held.answer(profile_gaps.question_of(each, asked))[0] for each in looked_for}
    lsoas = _lsoas(asked, atlas, lad24cd=lad24cd)
    return Basis(
        filters=asked,
        lad24cd=lad24cd,
        areas=shown.areas,
        domains=profile.domains(lsoas, shown.areas["code"], edition=EDITIONS[asked.edition]),
        lsoas=lsoas,
        recorded=shown.recorded,
        places=shown.places,
        answers=answers,
        gaps=profile_gaps.area_gaps(answers.values()),
        unsurveyed=profile_gaps.not_surveyed(held.places, held.completeness, lad24cd=lad24cd),
        figures=figures,
        held=held,
    )


def _figures(filters: Filters, atlas: Atlas) -> dict[str, pd.DataFrame]:
    """By edition held: `summarise.lsoa_figures` of the index chosen."""
    return {
        year: summarise.lsoa_figures(table, atlas.best_fit[year], index=filters.index)
        for year, table in atlas.deprivation.items()
    }


def _view(filters: Filters, held: Held, *, lad24cd: str, lsoas: pd.DataFrame) -> View:
    """The council's areas and places as Explore shows them."""
    ground = view.ground(held.places, lsoas, filters=filters, lad24cd=lad24cd, wards=held.atlas.wards)
    return view.describe(ground, filters=filters, postcodes=pd.DataFrame(), councils={})


def asked_of(filters: Filters, *, held: Held) -> Filters:
    """`filters` of the council as a whole: no areas, deciles, postcode or plan, which no profile takes.

    Raises UnknownAreaError where the council or the edition is not held.
    """
    atlas = held.atlas
    if filters.edition not in atlas.editions:
        raise UnknownAreaError(
            f"The indices of {filters.edition} are not built here; held: {', '.join(atlas.editions)}. "
            f"Run `python -m mapping fetch --edition {filters.edition} …` and then `python -m mapping build`."
        )
    council = atlas.council_names[atlas.lad24cd(filters.council)]
    plain = Filters(council=council)
    return replace(plain, **{name: getattr(filters, name) for name in KEPT})


def _lsoas(filters: Filters, atlas: Atlas, *, lad24cd: str) -> pd.DataFrame:
    table = atlas.deprivation[filters.edition]
    mine = table[table["lad24cd"] == lad24cd]
    fit = atlas.best_fit[filters.edition].set_index("lsoa_code")
    wards = {name: mine["lsoa_code"].map(fit[name]) for name in ("ward_code", "ward_name")}
    area = mine["lsoa_code"] if filters.geography == "lsoa" else wards["ward_code"]
    return mine.assign(**wards, area=area)


def _of_kin(figures: Mapping[str, pd.DataFrame], atlas: Atlas, *, codes: set[str]) -> dict[str, pd.DataFrame]:
    """By edition, the figures of the LSOAs `codes` and of those that share their land."""
    changes, kin = atlas.changes, codes
    # Twice: what became of an LSOA names its siblings too.
    for _ in range(2):
        is_theirs = changes["lsoa11cd"].isin(kin) | changes["lsoa21cd"].isin(kin)
        kin = kin.union(changes.loc[is_theirs, "lsoa11cd"], changes.loc[is_theirs, "lsoa21cd"])
    return {year: table[table["code"].isin(kin)] for year, table in figures.items()}


def _ward_sides(
    filters: Filters, atlas: Atlas, *, codes: list[str], figures: Mapping[str, pd.DataFrame]
) -> dict[str, SideBySide]:
    return codes_editions.wards_side_by_side(
        codes,
        edition=filters.edition,
        figures=figures,
        best_fit=atlas.best_fit,
        changes=atlas.changes,
        wards=atlas.wards,
    )


def _measures(filters: Filters, atlas: Atlas, *, sides: Mapping[str, SideBySide]) -> dict[str, pd.DataFrame]:
    """By edition held: MHCLG's five measures of the wards in `sides`, on their codes."""
    wards = {code for side in sides.values() for code in side.areas["code"]}
    index, found = filters.index, {}
    for year, table in atlas.deprivation.items():
        n = EDITIONS[year].n_lsoas
        fit = atlas.best_fit[year].set_index("lsoa_code")["ward_code"]
        fit = fit[fit.isin(wards)]
        # Who shares a rank shows in all of England only: before the wards are picked out.
        ranks = measures.mean_ranks(table[f"{index}_rank"], n=n)
        mine = table.assign(**{f"{index}_mean_rank": ranks})[table["lsoa_code"].isin(fit.index)]
        grouped = mine.assign(ward=mine["lsoa_code"].map(fit))
        found[year] = measures.summaries(grouped, by="ward", n=n, index=index).set_index("code")
    return found


def district_measures(filters: Filters, atlas: Atlas) -> dict[str, pd.DataFrame]:
    """By edition held: `national.district_figures` of those that are in the council of `filters` today.

    A rank is NA where not all of England is held; `is_joint` where another shares that by average rank.
    """
    lad24cd = atlas.lad24cd(filters.council)
    found = {}
    for year in sorted(atlas.editions):
        table = atlas.deprivation[year]
        if not atlas.is_national(year):
            table = table[table["lad24cd"] == lad24cd]
        figures = national.district_figures(
            table, atlas.districts, edition=EDITIONS[year], index=filters.index
        )
        joint = figures["rank_of_average_rank"].duplicated(keep=False)
        found[year] = figures.assign(is_joint=joint)[figures["lad24cd"] == lad24cd]
    return found


def _around(filters: Filters, atlas: Atlas, *, lad24cd: str, lsoas: pd.DataFrame) -> gpd.GeoDataFrame | None:
    """The areas of the council and of those beside it that are held, with their figures."""
    layer = getattr(EDITIONS[filters.edition], filters.geography)
    if layer not in atlas.layers:
        return None
    councils = list(atlas.councils["lad24cd"])
    if len(councils) >= MANY and "lad24cd" in atlas.layers:
        councils = councils_around(atlas.areas("lad24cd"), lad24cd, around_m=0)
    try:
        shapes = atlas.areas(layer, lad24cd=councils)
    except SourceMissingError:
        return None
    near = lsoas[lsoas["lad24cd"].isin(councils)]
    wards = atlas.wards[atlas.wards["lad24cd"].isin(councils)]
    figures = view.area_table(near, filters, wards).set_index("code")
    told = {name: shapes["code"].map(figures[name]) for name in ("rank", "decile")}
    return shapes.assign(**told)
