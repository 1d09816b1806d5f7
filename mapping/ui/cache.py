"""What the process keeps between runs: shared by everybody, so nothing that belongs to one person."""

import datetime
import gc
import os
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from mapping import assessing
from mapping.analysis import assess, clusters, national, summarise
from mapping.analysis.distances import Metric
from mapping.analysis.facets import NOT_RECORDED
from mapping.analysis.filters import Filters
from mapping.analysis.view import Ground, ground
from mapping.atlas import Atlas, read_atlas
from mapping.directory import seed
from mapping.directory.added import Added, completeness_with, read_added
from mapping.editions import EDITIONS, INDICES
from mapping.errors import UnknownAreaError
from mapping.render import shapes, summary, values
from mapping.render.assets import Asset
from mapping.reporting.held import Held
from mapping.settings import Settings
from mapping.stories import Story, read_stories

if TYPE_CHECKING:
    from mapping.analysis.siting import Sites
    from mapping.render.documents.model import Document
    from mapping.reporting.profiles import Basis

FIRST = "Oxford"
ENGLAND = "england"
"""What the files of all districts are called."""


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The settings of this installation."""
    return Settings.from_env(os.environ)


@st.cache_resource(show_spinner="Opening the atlas…")
def atlas() -> Atlas:
    """The atlas. Never write to its tables: every visitor reads the same ones."""
    read = read_atlas(settings())
    # Streamlit looks through every object for garbage after each run of a page: that took two thirds
    # of a busy server's time. What is loaded by now stays, so it need not be looked through again.
    gc.collect()
    gc.freeze()
    return read


@st.cache_resource(show_spinner=False)
def places() -> pd.DataFrame:
    """Every entry of the directory. Never write to it."""
    return seed.read_places(settings())


@st.cache_resource(show_spinner=False)
def completeness() -> pd.DataFrame:
    """How complete the record is believed to be: `schemas.Completeness`. Never write to it."""
    return completeness_with(atlas().completeness, added().completeness)


@st.cache_resource(show_spinner=False)
def added() -> Added:
    """The lists of places that this installation brought."""
    return read_added(settings())


@st.cache_resource(show_spinner=False)
def stories() -> tuple[Story, ...]:
    """The stories that the page of gaps can begin with."""
    return read_stories()


@st.cache_resource(show_spinner=False)
def lsoa_figures(edition: str, index: str) -> pd.DataFrame:
    """`summarise.lsoa_figures` of one edition and index. Never write to it."""
    return summarise.lsoa_figures(atlas().deprivation[edition], atlas().best_fit[edition], index=index)


@st.cache_resource(show_spinner=False)
def known_values() -> dict[str, frozenset[str]]:
    """By field of the filters, the values a link may ask for."""
    columns = {"categories": "category", "ownerships": "ownership", "sectors": "sector"}
    recorded = {field: {*places()[column].dropna(), NOT_RECORDED} for field, column in columns.items()}
    named = {"council": set(atlas().councils["lad24nm"]), "wards": {*atlas().wards["wd24nm"], NOT_RECORDED}}
    named["edition"] = set(atlas().editions)
    return {field: frozenset(values) for field, values in (recorded | named).items()}


@st.cache_resource(show_spinner=False)
def redrawn_codes() -> dict[str, frozenset[str]]:
    """By code column, the codes that only LSOAs of that vintage have."""
    return {edition.lsoa: frozenset(atlas().changes[edition.lsoa]) for edition in EDITIONS.values()}


def first_council() -> str:
    """The council a page opens on: the first of the pilot's, or of those built where it is not among them."""
    names = atlas().councils["lad24nm"]
    return FIRST if FIRST in set(names) else str(names.iloc[0])


@st.cache_resource(show_spinner=False, max_entries=512)
def council_ground(council: str, edition: str, index: str, geography: str) -> Ground:
    """The places and areas of one council before any filter. Never write to them."""
    return ground(
        places(),
        lsoa_figures(edition, index),
        filters=Filters(council=council, edition=edition, index=index, geography=geography),
        lad24cd=atlas().lad24cd(council),
        wards=atlas().wards,
    )


@st.cache_resource(show_spinner=False, max_entries=512)
def postcodes(among: tuple[str, ...]) -> pd.DataFrame:
    """What is known of the few postcodes asked for. Never write to it."""
    return atlas().postcodes(among=among)


@st.cache_data(show_spinner=False, max_entries=512)
def completeness_words(council: str) -> str:
    """What the record is known not to hold in one council."""
    told = completeness()
    mine = told[told["lad24cd"] == atlas().lad24cd(council)]
    return summary.thin_sentence(mine, council=council)


@st.cache_resource(show_spinner=False, max_entries=512)
def area_file(layer: str, lad24cd: str) -> shapes.GeoFile:
    """The shapes of one layer in one council, or of all districts in `ENGLAND`, ready to serve.

    Raises UnknownAreaError where the atlas holds no such layer or council.
    """
    if lad24cd == ENGLAND and layer in {each.district for each in EDITIONS.values()} & {*atlas().layers}:
        return shapes.area_file(atlas().areas(layer), layer=layer, lad24cd=ENGLAND)
    if layer not in atlas().layers or lad24cd not in set(atlas().councils["lad24cd"]):
        raise UnknownAreaError(f"No areas {layer} of {lad24cd} here.")
    return shapes.area_file(atlas().areas(layer, lad24cd=lad24cd), layer=layer, lad24cd=lad24cd)


@st.cache_resource(show_spinner=False, max_entries=512)
def place_file(lad24cd: str) -> shapes.GeoFile:
    """The places of one council that have a position, ready to serve.

    Raises UnknownAreaError where the atlas does not hold the council.
    """
    if lad24cd not in set(atlas().councils["lad24cd"]):
        raise UnknownAreaError(f"No council {lad24cd} here.")
    return shapes.place_file(places()[places()["lad24cd"] == lad24cd], lad24cd=lad24cd)


@st.cache_resource(show_spinner=False, max_entries=2048)
def value_file(edition: str, index: str, lad24cd: str) -> Asset:
    """The figures of the LSOAs of one council, ready to serve.

    Raises UnknownAreaError where the atlas holds no such edition, index or council.
    """
    held = atlas().deprivation
    if edition not in held or index not in INDICES or lad24cd not in set(atlas().councils["lad24cd"]):
        raise UnknownAreaError(f"No values of {index} {edition} in {lad24cd} here.")
    lsoas = held[edition]
    return values.value_file(lsoas[lsoas["lad24cd"] == lad24cd], index=index, n=EDITIONS[edition].n_lsoas)


@st.cache_resource(show_spinner=False, max_entries=64)
def districts(edition: str, index: str) -> pd.DataFrame:
    """`national.district_figures` of one edition and index. Never write to it."""
    held = atlas()
    return national.district_figures(
        held.deprivation[edition], held.districts, edition=EDITIONS[edition], index=index
    )


@st.cache_resource(show_spinner=False, max_entries=32)
def own_lsoas(edition: str, weights: str) -> pd.DataFrame:
    """`national.own_lsoas` with the weights that a link holds. Never write to it."""
    return national.own_lsoas(
        atlas().deprivation[edition], national.read_weights(weights) or {}, edition=EDITIONS[edition]
    )


@st.cache_resource(show_spinner=False, max_entries=32)
def own_districts(edition: str, weights: str) -> pd.DataFrame:
    """`national.own_districts` with the weights that a link holds. Never write to it."""
    held, own = atlas(), national.read_weights(weights) or {}
    return national.own_districts(held.deprivation[edition], held.districts, own, edition=EDITIONS[edition])


@st.cache_resource(show_spinner=False, max_entries=8)
def gap_metric(way: str, detour: float) -> Metric:
    """How distances are measured. Raises as `assessing.metric_of` does."""
    return assessing.metric_of(Filters(council="", way=way, detour=detour), settings())


@st.cache_resource(show_spinner=False, max_entries=64)
def gap_ground(council: str, edition: str, index: str, geography: str) -> assess.Ground:
    """What every question about gaps in one council stands on. Never write to it."""
    asked = Filters(council=council, edition=edition, index=index, geography=geography)
    return assessing.gap_ground(asked, atlas=atlas())


@st.cache_resource(show_spinner=False, max_entries=128)
def gap_view(asked: Filters) -> tuple[assess.Assessment, tuple[str, ...]]:
    """The answer to one question about gaps, and what of its plan could not be carried out.

    As everything is recorded, or, where `asked` has one plan, as it would be then. Never write to it.
    """
    tables = _gap_tables(asked)
    if not asked.plans:
        return assessing.gap_view(asked, **tables), ()
    base, _ = gap_view(replace(asked, plans=()))
    views, _, problems = assessing.scenario_views(asked, base, **tables)
    return next(iter(views.values()), base), problems


@st.cache_resource(show_spinner=False, max_entries=64)
def gap_sites(asked: Filters, candidates: str, add: int) -> "Sites":
    """The best sites for so many places more than the answer to the same question has."""
    return assessing.sites_view(
        replace(asked, candidates=candidates, add=add),
        gap_view(asked)[0],
        atlas=atlas(),
        places=places(),
        metric=gap_metric(asked.way, asked.detour),
    )


@st.cache_resource(show_spinner=False, max_entries=32)
def gap_clusters(asked: Filters) -> clusters.Clusters:
    """Where areas with large gaps lie together."""
    view, _ = gap_view(asked)
    layer = getattr(EDITIONS[asked.edition], asked.geography)
    shapes = atlas().areas(layer, lad24cd=view.lad24cd)
    return clusters.clusters(shapes, view.areas.set_index("code")["gap"])


@st.cache_resource(show_spinner=False)
def held() -> Held:
    """What reports are made from: the tables of this process, and its own answers about gaps."""
    return Held(
        atlas=atlas(),
        places=places(),
        completeness=completeness(),
        settings=settings(),
        # Of whichever areas a report is, the question about gaps is that of their council.
        answer=lambda asked: gap_view(replace(asked, codes=())),
    )


@st.cache_resource(show_spinner=False, max_entries=4)
def profile_basis(asked: Filters) -> "Basis":
    """What the profiles of one council share. Never write to it."""
    from mapping.reporting import profiles

    return profiles.basis_of(asked, held=held())


@st.cache_resource(show_spinner=False, max_entries=64)
def document(asked: Filters, link: str, date: datetime.date) -> "Document":
    """The profile, comparison or overview that `asked` names. Raises as `profiles.document_of` does."""
    from mapping.reporting import profiles

    basis = profile_basis(replace(asked, codes=()))
    return profiles.document_of(asked, held=held(), link=link, date=date, basis=basis)


@st.cache_resource(show_spinner=False, max_entries=8)
def council_postcodes(lad24cd: str) -> pd.DataFrame:
    """The postcodes of one council. Never write to them."""
    return atlas().postcodes(lad24cd=lad24cd)


def _gap_tables(asked: Filters) -> dict[str, Any]:
    return {
        "atlas": atlas(),
        "places": places(),
        "metric": gap_metric(asked.way, asked.detour),
        "ground": gap_ground(asked.council, asked.edition, asked.index, asked.geography),
        "completeness": completeness(),
    }
