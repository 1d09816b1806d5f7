"""The tables and cards of a map of gaps that travels: what the page of gaps says, as plain values."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from mapping.editions import EDITIONS, INDICES
from mapping.render import summary
from mapping.render.documents.model import Column
from mapping.render.gap_facts import fact_words
from mapping.render.gap_words import Asked, metres_words
from mapping.render.place_facts import KIND_NAMES
from mapping.render.place_words import Noun
from mapping.render.travelling_model import Details, Listing, Row
from mapping.render.travelling_rows import (
    NOTHING,
    Told,
    address_of,
    figure,
    is_known,
    known_facts,
    records,
    words,
)

Spots = Collection[tuple[str, str, str]]
"""Name, where and what it is, of what is drawn and is no recorded place."""
RANKED: Final = (
    "Rank 1 is the largest gap: need × lack. Range: its rank by other reasonable choices. Our calculation, "
    f"not published by MHCLG. {NOTHING} means not known, never none."
)
ORDER: Final = ("gap_rank", "need_people_beyond", "name")


@dataclass(frozen=True, kw_only=True)
class GapWords:
    """What every row of one answer about gaps is told with."""

    question: Asked
    what: Noun
    geography: str
    plan: str = ""
    """The plan that is shown; blank for none."""
    before: "pd.Series[Any] | None" = None
    """By code, the people who are farther as everything is recorded; None where no plan is shown."""

    @property
    def far(self) -> str:
        """How far is near: `800 m`."""
        return metres_words(self.question.within_m)


def area_listing(areas: pd.DataFrame, told: GapWords) -> Listing:
    """One row an area, the largest gap first; those without a figure last.

    `areas` is `Assessment.areas`, with names that say where they are.
    """
    one, many = summary.UNITS[told.geography]
    names = {
        "Rank": True,
        "Range": False,
        one[:1].upper() + one[1:]: False,
        "Decile": True,
        f"Farther than {told.far}": True,
        **({} if told.before is None else {"By the plan": True}),
        "Of them in need": True,
        "Mean distance (m)": True,
        f"Places within {told.far}": True,
        "What to check": False,
    }
    ordered = areas.sort_values([*ORDER], ascending=[True, False, True], na_position="last", kind="stable")
    return Listing(
        title=many[:1].upper() + many[1:],
        unit=(one, many),
        caption=f"Farther: people farther than {told.far} from {told.what.a}. {RANKED}",
        columns=tuple(Column(name=name, is_number=is_number) for name, is_number in names.items()),
        rows=tuple(_area_row(area, told) for area in records(ordered)),
        headed=2,
        sorted_by=0,
    )


def _area_row(area: Told, told: GapWords) -> Row:
    change = () if told.before is None else (_change(area, told.before),)
    cells = (
        figure(area["gap_rank"]),
        range_words(area),
        area["name"],
        figure(area["decile"]),
        figure(area["people_beyond"]),
        *change,
        figure(area["need_people_beyond"]),
        figure(area["mean_distance_m"], tens=True),
        figure(area["n_within"]),
        words(area["why"] or area["note"], ""),
    )
    return Row(id=f"area:{area['code']}", cells=cells)


def range_words(area: Told) -> str:
    """The best and the worst rank of a gap by other reasonable choices: "1 to 4"."""
    low, high = area["gap_rank_low"], area["gap_rank_high"]
    if not (is_known(low) and is_known(high)):
        return NOTHING
    return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"


def _change(area: Told, before: "pd.Series[Any]") -> str:
    """How many more or fewer people of the area are farther under the plan: "−120"."""
    now: Any = area["people_beyond"]
    then: Any = before.get(area["code"])
    if not (is_known(now) and is_known(then)):
        return NOTHING
    change = round(float(now)) - round(float(then))
    return f"{change:+,}".replace("-", "−") if change else "0"


def area_details(areas: pd.DataFrame, told: GapWords) -> tuple[Details, ...]:
    """What is told of each area: its gap, what to check, and how deprived it is."""
    return tuple(_area_details(area, told) for area in records(areas))


def _area_details(area: Told, told: GapWords) -> Details:
    note = area["why"] or (f"Check: {area['note']}" if area["note"] else "")
    facts: dict[str, Any] = dict(fact_words(area, question=told.question, what=told.what))
    if told.before is not None:
        facts[f"Change by {told.plan}"] = f"{_change(area, told.before)} people farther"
    return Details(
        id=f"area:{area['code']}",
        title=area["name"],
        subtitle=area["code"],
        notes=(note,) if note else (),
        facts=known_facts(facts | _standing(area, told)),
        said=(area["name"], rank_words(area)),
    )


def rank_words(area: Told) -> str:
    """The rank of a gap as it stands beside an area's name."""
    if not is_known(area["gap_rank"]):
        return "no figure"
    return f"gap rank {area['gap_rank']:,.0f}" if area["gap"] > 0 else "no gap"


def _standing(area: Told, told: GapWords) -> dict[str, str]:
    """Where the area stands by MHCLG's measures, and how many live there."""
    edition, index = EDITIONS[told.question.edition], INDICES[told.question.index]
    people = {f"Population ({edition.population})": figure(area["population"], "")}
    if not is_known(area["rank"]):
        return people | {f"{index} {edition.year}": "no figure"}
    kind, ours = "Rank", ""
    if told.geography == "ward":
        kind, ours = "Average rank", ", our calculation from best-fit LSOAs"
    return people | {
        f"{index} {edition.year}": f"decile {summary.decile_words(area['decile'])}",
        kind: f"{figure(area['rank'])} of {edition.n_lsoas:,}, 1 the most deprived{ours}",
    }


def place_listing(places: pd.DataFrame, *, what: Noun, spots: Spots, closed: Collection[str]) -> Listing:
    """One row a place that counts, then what is drawn besides; `closed` are closed in the plan shown."""
    has_plan = bool(spots or closed)
    names = ("Name", "Category", "Ward", "Address", *(("On this map",) if has_plan else ()))
    rows = [_place_row(place, closed=closed, has_plan=has_plan) for place in records(places)]
    rows += [
        Row(id=f"spot:{name}", cells=(name, what.one, NOTHING, where, told)) for name, where, told in spots
    ]
    return Listing(
        title=f"{what.title[:1].upper()}{what.title[1:]} that count",
        unit=("place", "places"),
        caption="Places of other councils near here count too, but are not listed.",
        columns=tuple(Column(name=name) for name in names),
        rows=tuple(rows),
        empty="None is on record, which does not mean that none is there.",
    )


def _place_row(place: Told, *, closed: Collection[str], has_plan: bool) -> Row:
    standing = "Closed in this plan" if place["place_id"] in closed else "Counts"
    cells = (
        place["name"],
        words(place["category"]),
        words(place["ward_name"]),
        words(address_of(place), "not recorded"),
        *((standing,) if has_plan else ()),
    )
    return Row(
        id=f"place:{place['place_id']}",
        cells=cells,
        kind=place["kind"],
        category=words(place["category"], ""),
    )


def place_details(places: pd.DataFrame, *, spots: Spots) -> tuple[Details, ...]:
    """What is told of each place that counts, and of what is drawn besides."""
    others = (
        Details(id=f"spot:{name}", title=name, subtitle=told, facts=(("Where", where),), said=(name,))
        for name, where, told in spots
    )
    return (*map(_place_details, records(places)), *others)


def _place_details(place: Told) -> Details:
    facts = {
        "Address": address_of(place),
        "Ward": place["ward_name"],
        "Ownership": place["ownership"],
        "Source": f"{place['source']}, {summary.date_words(place['source_date'])}",
        "Licence": place["licence"],
    }
    return Details(
        id=f"place:{place['place_id']}",
        title=place["name"],
        subtitle=f"{KIND_NAMES[place['kind']]}: {words(place['category'], 'no recorded category')}",
        facts=known_facts(facts),
        said=(place["name"],),
    )
