"""What the process keeps between runs: shared by everybody, so nothing that belongs to one person."""

import gc
import os

import pandas as pd
import streamlit as st

from mapping.analysis import summarise
from mapping.analysis.facets import NOT_RECORDED
from mapping.analysis.filters import Filters
from mapping.analysis.view import Ground, ground
from mapping.atlas import LAYERS, Atlas, read_atlas
from mapping.directory import seed
from mapping.errors import UnknownAreaError
from mapping.render import shapes, summary
from mapping.settings import Settings


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
def lsoa_figures(edition: str, index: str) -> pd.DataFrame:
    """`summarise.lsoa_figures` of one edition and index. Never write to it."""
    return summarise.lsoa_figures(atlas().deprivation[edition], atlas().best_fit[edition], index=index)


@st.cache_resource(show_spinner=False)
def known_values() -> dict[str, frozenset[str]]:
    """By field of the filters, the values a link may ask for."""
    columns = {"categories": "category", "ownerships": "ownership", "sectors": "sector"}
    recorded = {field: {*places()[column].dropna(), NOT_RECORDED} for field, column in columns.items()}
    named = {"council": set(atlas().councils["lad24nm"]), "wards": {*atlas().wards["wd24nm"], NOT_RECORDED}}
    return {field: frozenset(values) for field, values in (recorded | named).items()}


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


@st.cache_data(show_spinner=False, max_entries=512)
def completeness_words(council: str) -> str:
    """What the record is known not to hold in one council."""
    completeness = atlas().completeness
    mine = completeness[completeness["lad24cd"] == atlas().lad24cd(council)]
    return summary.thin_sentence(mine, council=council)


@st.cache_resource(show_spinner=False, max_entries=2048)
def area_file(layer: str, lad24cd: str) -> shapes.GeoFile:
    """The shapes of one layer in one council, ready to serve.

    Raises UnknownAreaError where the atlas holds no such layer or council.
    """
    if layer not in LAYERS or lad24cd not in set(atlas().councils["lad24cd"]):
        raise UnknownAreaError(f"No areas {layer} of {lad24cd} here.")
    areas = atlas().areas[layer]
    return shapes.area_file(areas[areas["lad24cd"] == lad24cd], layer=layer, lad24cd=lad24cd)


@st.cache_resource(show_spinner=False, max_entries=512)
def place_file(lad24cd: str) -> shapes.GeoFile:
    """The places of one council that have a position, ready to serve.

    Raises UnknownAreaError where the atlas does not hold the council.
    """
    if lad24cd not in set(atlas().councils["lad24cd"]):
        raise UnknownAreaError(f"No council {lad24cd} here.")
    mine = places()
    return shapes.place_file(mine[mine["lad24cd"] == lad24cd], lad24cd=lad24cd)
