"""LSOAs, places and neighbours of an area, a row each, as the tables of a document."""

from collections.abc import Hashable, Mapping
from typing import Any, Final

import pandas as pd

from mapping.editions import EDITIONS, INDICES
from mapping.render.documents.model import Column, Table
from mapping.render.place_facts import KIND_NAMES, known_parts
from mapping.render.place_words import name_words
from mapping.render.profile_tables import NOTHING, held_words, number_words, ours_words
from mapping.render.summary import date_words, decile_words

WITHHELD: Final = "not published"


def lsoa_table(lsoas: pd.DataFrame, *, index: str, edition: str, of: str, with_ward: bool = False) -> Table:
    """The LSOAs of a ward or a council, the most deprived first: `schemas.Deprivation` with `ward_name`."""
    ordered = lsoas.sort_values([f"{index}_rank", "lsoa_code"])
    rows = tuple(
        (
            str(row["lsoa_name"]),
            str(row["lsoa_code"]),
            *((_text(row["ward_name"]),) if with_ward else ()),
            number_words(row[f"{index}_decile"]),
            number_words(row[f"{index}_rank"]),
            held_words(row["population"]),
        )
        for _, row in ordered.iterrows()
    )
    return Table(
        caption=f"{of}, {INDICES[index]} {edition}",
        columns=(
            Column(name="LSOA", width=2),
            Column(name="Code", width=1.2),
            *((Column(name="Ward, by best fit", width=1.6),) if with_ward else ()),
            Column(name="Decile", is_number=True, width=0.8),
            Column(name=f"Rank of {EDITIONS[edition].n_lsoas:,}", is_number=True),
            Column(name="Population", is_number=True),
        ),
        rows=rows,
        note="As published by MHCLG; 1 is the most deprived.",
    )


def place_table(places: pd.DataFrame, numbers: Mapping[str, int], *, caption: str, note: str = "") -> Table:
    """Places by the number that the map gives them, those without last; no address where it is withheld."""
    return Table(
        caption=caption,
        columns=(
            Column(name="Number", is_number=True, width=0.6),
            Column(name="Name", width=2.2),
            Column(name="Kind", width=1.2),
            Column(name="Category", width=1.2),
            Column(name="Ownership", width=1.2),
            Column(name="Address", width=2),
            Column(name="Source date", width=1.3),
        ),
        rows=tuple(
            (
                number_words(place["number"]),
                _name(place),
                KIND_NAMES[place["kind"]],
                _text(place["category"]),
                _text(place["ownership"]),
                _address(place),
                date_words(place["source_date"]),
            )
            for place in _numbered(places, numbers)
        ),
        note=note,
    )


def key_table(places: pd.DataFrame, numbers: Mapping[str, int], *, caption: str) -> Table:
    """The same places in less room, with the ward that each is in."""
    return Table(
        caption=caption,
        columns=(
            Column(name="Number", is_number=True, width=0.6),
            Column(name="Name", width=3),
            Column(name="Kind", width=1.5),
            Column(name="Category", width=1.6),
            Column(name="Ward", width=1.8),
        ),
        rows=tuple(
            (
                number_words(place["number"]),
                _name(place),
                KIND_NAMES[place["kind"]],
                _text(place["category"]),
                _text(place["ward_name"]),
            )
            for place in _numbered(places, numbers)
        ),
    )


def _numbered(places: pd.DataFrame, numbers: Mapping[str, int]) -> list[dict[Hashable, Any]]:
    order = places["place_id"].map(numbers).astype("Float64")
    return places.assign(number=order).sort_values(["number", "name", "place_id"]).to_dict("records")


def _name(place: Mapping[Hashable, Any]) -> str:
    return name_words(str(place["name"]), str(place["status"]))


def _address(place: Mapping[Hashable, Any]) -> str:
    if place["is_withheld"]:
        return WITHHELD
    return known_parts(place["address"], place["postcode"]) or "not recorded"


def neighbour_table(near: pd.DataFrame, *, geography: str, edition: str, index: str) -> Table:
    """The areas beside one, the most deprived first: `name, council, decile, rank, population`."""
    rank = "Average rank" if geography == "ward" else "Rank"
    ordered = near.sort_values(["rank", "name"], na_position="last")
    columns = ("name", "council", "decile", "rank")
    rows = tuple(
        (name, council, decile_words(decile), number_words(value))
        for name, council, decile, value in zip(*(ordered[each] for each in columns), strict=True)
    )
    return Table(
        caption=f"Areas beside it, {INDICES[index]} {edition}",
        columns=(
            Column(name="Ward" if geography == "ward" else "LSOA", width=2),
            Column(name="Council", width=1.4),
            Column(name="Decile", width=2),
            Column(name=f"{rank} of {EDITIONS[edition].n_lsoas:,}", is_number=True),
        ),
        rows=rows,
        note=ours_words(geography),
    )


def _text(value: Any) -> str:
    return NOTHING if pd.isna(value) else str(value)
