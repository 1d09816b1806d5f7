"""The tables and cards of a map of places over deprivation that travels, as plain values."""

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from mapping.editions import EDITIONS, INDICES
from mapping.render import summary
from mapping.render.documents.model import Column
from mapping.render.place_facts import KIND_NAMES, NOT_PLACED, PRECISION, WITHHELD, known_parts
from mapping.render.shapes import web_address
from mapping.render.travelling_model import Details, Listing, Row

NOTHING: Final = "–"
"""What stands where nothing is known: a blank could be read as zero."""
STATUS: Final = {
    "closed": "Closed, by its source",
    "unknown": "Not in later editions of its source: may have closed",
}
Told = Mapping[str, Any]


def place_listing(places: pd.DataFrame, *, edition: str, index: str, empty: str) -> Listing:
    """One row a place, in the order given; `places` has the columns of `view.View.places`."""
    is_near = bool(places["distance_m"].notna().any())
    columns = [_text("Name"), _text("Kind"), _text("Category"), _text("Ward")]
    columns += [_number("Decile"), _text("Address")] + [_number("Distance (m)")] * is_near
    rows = tuple(_place_row(place, is_near=is_near) for place in records(places))
    return Listing(
        title="Places",
        unit=("place", "places"),
        caption=f"Decile of the LSOA, {INDICES[index]} {edition}: 1 is the most deprived 10 % of England’s "
        f"LSOAs. {NOTHING} means not known.",
        columns=tuple(columns),
        rows=rows,
        empty=empty,
    )


def _place_row(place: Told, *, is_near: bool) -> Row:
    hidden = "not published" if place["is_withheld"] else "not recorded"
    cells = [
        place["name"],
        KIND_NAMES[place["kind"]],
        words(place["category"]),
        words(place["ward_name"]),
        figure(place["decile"]),
        words(address_of(place), hidden),
    ]
    return Row(
        id=f"place:{place['place_id']}",
        cells=(*cells, *([figure(place["distance_m"])] if is_near else [])),
        kind=place["kind"],
        category=words(place["category"], ""),
        decile=_decile(place["area_decile"]),
    )


def place_details(places: pd.DataFrame, *, edition: str, index: str) -> tuple[Details, ...]:
    """What is told of each place: all that its record says, and from where."""
    return tuple(_place_details(place, edition=edition, index=index) for place in records(places))


def _place_details(place: Told, *, edition: str, index: str) -> Details:
    has_position = is_known(place["easting"])
    known = summary.decile_words(place["decile"]) if has_position else ""
    facts = {
        "Address": WITHHELD if place["is_withheld"] else address_of(place),
        "Ward": place["ward_name"],
        f"Decile {edition}, {INDICES[index]}": known,
        "Distance": f"{figure(place['distance_m'])} m in a straight line"
        if is_known(place["distance_m"])
        else "",
        "Legal form": place["legal_form"],
        "Ownership": place["ownership"],
        "Sector": place["sector"],
        "Registered number": known_parts(place["registrar"], place["registered_number"], by=" "),
        "Website": web_address(place["website"]),
        "Source": f"{place['source']}, {summary.date_words(place['source_date'])}",
        "Licence": place["licence"],
        "Position": _position(place),
        "Note": place["note"],
    }
    status = STATUS.get(place["status"], "")
    return Details(
        id=f"place:{place['place_id']}",
        title=place["name"],
        subtitle=f"{KIND_NAMES[place['kind']]}: {words(place['category'], 'no recorded category')}",
        notes=(status,) if status else (),
        facts=known_facts(facts),
        said=(place["name"], "" if not is_known(place["decile"]) else f"decile {place['decile']}"),
    )


def _distance(metres: Any) -> str:
    return f"{figure(metres)} m in a straight line" if is_known(metres) else ""


def area_listing(areas: pd.DataFrame, *, edition: str, geography: str) -> Listing:
    """One row an area, the most deprived first; `areas` has the columns of `view.View.areas`."""
    one, many = summary.UNITS[geography]
    is_ward = geography == "ward"
    columns = [_text(one[:1].upper() + one[1:]), _number("Decile")]
    columns += [_number("Average rank" if is_ward else "Rank"), _number("Population")]
    columns += [_number("Places shown"), _number("Places recorded")]
    columns += [_number("LSOAs"), _number("LSOAs in decile 1")] if is_ward else [_text("Ward (best fit)")]
    ordered = areas.sort_values(["rank", "name"], kind="stable", na_position="last")
    return Listing(
        title=many[:1].upper() + many[1:],
        unit=(one, many),
        caption=f"{summary.edition_line(edition, geography)} Rank 1 is the most deprived.",
        columns=tuple(columns),
        rows=tuple(_area_row(area, is_ward=is_ward) for area in records(ordered)),
        sorted_by=2,
        empty=f"No {one} is in the deciles that were chosen.",
    )


def _area_row(area: Told, *, is_ward: bool) -> Row:
    counted = [figure(area[name]) for name in ("population", "n_places", "n_recorded")]
    more = (
        [figure(area["n_lsoas"]), figure(area["n_most_deprived"])] if is_ward else [words(area["ward_name"])]
    )
    cells = [area["name"], figure(area["decile"]), figure(area["rank"]), *counted, *more]
    return Row(id=f"area:{area['code']}", cells=tuple(cells), decile=_decile(area["decile"]))


def area_details(
    areas: pd.DataFrame, *, edition: str, geography: str, index: str, deprivation: pd.DataFrame
) -> tuple[Details, ...]:
    """What is told of each area; `deprivation` holds the ranks and deciles of every domain by `lsoa_code`."""
    domains = deprivation.set_index("lsoa_code")
    named = {"edition": edition, "index": index}
    return tuple(
        _ward_details(area, **named) if geography == "ward" else _lsoa_details(area, domains, **named)
        for area in records(areas)
    )


def _lsoa_details(area: Told, domains: pd.DataFrame, *, edition: str, index: str) -> Details:
    held = EDITIONS[edition]
    own = domains.loc[area["code"]]
    facts = {
        f"{INDICES[index]} {edition}": f"decile {summary.decile_words(area['decile'])}, "
        f"rank {figure(area['rank'])} of {held.n_lsoas:,}",
        "Ward (best fit)": area["ward_name"],
        f"Population ({held.population})": figure(area["population"], "not in the files held"),
        "Places": _recorded(area),
        **{
            name: f"decile {own[f'{each}_decile']}, rank {own[f'{each}_rank']:,} of {held.n_lsoas:,}"
            for each, name in INDICES.items()
            if each != index
        },
    }
    return _area(area, facts)


def _ward_details(area: Told, *, edition: str, index: str) -> Details:
    held = EDITIONS[edition]
    if area["why"]:
        return _area(area, {"Places": _recorded(area)}, note=area["why"])
    facts = {
        f"Average rank, {INDICES[index]}": f"{figure(area['rank'])} of {held.n_lsoas:,} (1: most deprived)",
        "Which falls in decile": summary.decile_words(area["decile"]),
        "Best-fit LSOAs": f"{area['n_lsoas']}, of which {area['n_most_deprived']} in decile 1",
        "Residents in the most deprived fifth": f"{100 * area['most_deprived_fifth_share']:.0f} %",
        f"Population ({held.population})": figure(area["population"], "not in the files held"),
        "Places": _recorded(area),
    }
    return _area(area, facts)


def _area(area: Told, facts: Mapping[str, Any], *, note: str = "") -> Details:
    return Details(
        id=f"area:{area['code']}",
        title=area["name"],
        subtitle=area["code"],
        notes=(note,) if note else (),
        facts=known_facts(facts),
        said=(area["name"], "no figure" if not is_known(area["decile"]) else f"decile {area['decile']}"),
    )


def _recorded(area: Told) -> str:
    return f"{figure(area['n_recorded'])} recorded here; {figure(area['n_places'])} shown"


def known_facts(facts: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Labels and values; what is blank or NA is left out."""
    return tuple((label, str(value)) for label, value in facts.items() if pd.notna(value) and value != "")


def figure(value: Any, missing: str = NOTHING, *, tens: bool = False) -> str:
    """A whole number as a reader writes it; no finer than `tens` where so asked."""
    return missing if not is_known(value) else f"{round(float(value), -1 if tens else None):,.0f}"


def words(value: Any, missing: str = NOTHING) -> str:
    """A text that may not be known."""
    return missing if not is_known(value) or value == "" else str(value)


def is_known(value: Any) -> bool:
    """Whether there is a value at all."""
    return bool(pd.notna(value))


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of `table`, each by the names of its columns."""
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def _decile(value: Any) -> int | None:
    return int(value) if is_known(value) else None


def address_of(place: Told) -> str:
    """Address and postcode; blank where they are not known, or not to be told whatever else is known."""
    return "" if place["is_withheld"] else known_parts(place["address"], place["postcode"])


def _position(place: Told) -> str:
    if place["is_withheld"]:
        return ""
    return PRECISION[place["location_precision"]].capitalize() if is_known(place["easting"]) else NOT_PLACED


def _text(name: str) -> Column:
    return Column(name=name)


def _number(name: str) -> Column:
    return Column(name=name, is_number=True)
