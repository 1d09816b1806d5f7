"""The card of what is chosen: a place or an area, in full, beside the map."""

from typing import Any

import pandas as pd
import streamlit as st

from mapping.analysis.filters import Filters
from mapping.analysis.view import View
from mapping.editions import EDITIONS, INDICES
from mapping.render import summary
from mapping.render.place_facts import KIND_NAMES, NOT_PLACED, PRECISION, WITHHELD, known_parts
from mapping.ui import cache, links
from mapping.ui.components import editions
from mapping.ui.components.text import plain, web_link

KIND_SIGNS = {"co-operative": ":material/circle:", "community asset": ":material/square:"}
CARD_HEIGHT = 474
LICENCE_NAMES = {"Unlicense": "Unlicense (public domain)"}
"""Licences whose identifier does not say to a reader what it allows."""


def options(view: View) -> dict[str, str]:
    """What may be chosen and how it is called: areas by name, then places by name."""
    areas = {
        f"area:{code}": f"{name} (area)"
        for code, name in zip(view.areas["code"], view.areas["name"], strict=True)
    }
    recorded = view.recorded
    places = {
        f"place:{code}": f"{name} ({KIND_NAMES[kind].lower()})"
        for code, name, kind in zip(recorded["place_id"], recorded["name"], recorded["kind"], strict=True)
    }
    return areas | places


def chosen_of(view: View) -> str:
    """What is chosen of what the view holds; blank for nothing."""
    if st.session_state.get(links.CHOSEN) not in options(view):
        st.session_state[links.CHOSEN] = None
    return st.session_state[links.CHOSEN] or ""


def draw(view: View, filters: Filters) -> None:
    """A box to choose by name, and under it the card of what is chosen there, on the map or in a table."""
    chosen = details_box(options(view))
    with st.container(border=True, height=CARD_HEIGHT):
        if chosen is None:
            council_card(view, filters)
        elif chosen.startswith("area:"):
            area_card(view, filters, code=chosen.removeprefix("area:"))
        else:
            rows = view.recorded
            place_card(rows[rows["place_id"] == chosen.removeprefix("place:")].iloc[0], filters)


def details_box(named: dict[str, str]) -> str | None:
    """The box to choose by name what `named` calls so; nothing while nothing is chosen."""
    chosen: str | None = st.selectbox(
        "Details of",
        list(named),
        index=None,
        format_func=named.__getitem__,
        key=links.CHOSEN,
        placeholder="Choose on the map, in a table or here",
    )
    return chosen


def council_card(view: View, filters: Filters) -> None:
    """What the council's record holds, while nothing is chosen."""
    kinds = view.recorded["kind"].value_counts()
    lines = [f"#### {plain(filters.council)}", "The record of this council holds:"]
    lines += [
        f"- {summary.count(int(kinds.get(kind, 0)), name.lower())}" for kind, name in KIND_NAMES.items()
    ]
    st.markdown("\n".join(lines))
    links.to_profile(f"Overview of {filters.council}", filters)
    told = "" if view.recorded.empty else plain(cache.completeness_words(filters.council))
    st.markdown(f"{told}\n\nChoose an area or a place to read its card.".strip())


def place_card(place: pd.Series, filters: Filters) -> None:
    """Everything the record says of one place, and where it says it from."""
    registered = " ".join(str(place[c]) for c in ("registrar", "registered_number") if pd.notna(place[c]))
    decile = summary.decile_words(place["decile"])
    facts = {
        "Category": place["category"],
        "Address": WITHHELD if place["is_withheld"] else known_parts(place["address"], place["postcode"]),
        "Ward": place["ward_name"],
        f"Decile {filters.edition}, {INDICES[filters.index]}": decile if pd.notna(place["easting"]) else "",
        "Legal form": place["legal_form"],
        "Ownership": place["ownership"],
        "Sector": place["sector"],
        "Registered number": registered,
        "Co-operatives UK id": place["cuk_id"],
        "Status in the source": place["status"],
        "Source": f"{place['source']}, {summary.date_words(place['source_date'])}",
        "Licence": licence_words(place["licence"]),
        "Position": _position(place),
        "Note": place["note"],
    }
    if pd.notna(place["distance_m"]):
        facts = {"Distance": f"{place['distance_m']:,.0f} m in a straight line"} | facts
    kind = place["kind"]
    lines = [f"#### {plain(place['name'])}", f"{KIND_SIGNS[kind]} {KIND_NAMES[kind]}", "", *fact_lines(facts)]
    website = web_link(place["website"], "Website")
    st.markdown("\n".join([*lines, "", website] if website else lines))


def licence_words(licence: str) -> str:
    """A place's licence as every page spells it."""
    return LICENCE_NAMES.get(licence, licence)


def address_words(places: pd.DataFrame) -> "pd.Series[str]":
    """The address of each place, or why there is none, on the same index."""
    missing = places["is_withheld"].map({True: "not published", False: "not recorded"})
    return places["address"].fillna(missing)


def _position(place: pd.Series) -> str:
    if place["is_withheld"]:
        return ""
    return NOT_PLACED if pd.isna(place["easting"]) else PRECISION[place["location_precision"]].capitalize()


def area_card(view: View, filters: Filters, *, code: str) -> None:
    """Where one area stands, in every domain, and what is recorded in it."""
    area = view.areas[view.areas["code"] == code].iloc[0]
    edition = EDITIONS[filters.edition]
    by = "lsoa_code" if filters.geography == "lsoa" else "ward_code"
    inside = view.recorded[view.recorded[by] == code]
    kinds = inside["kind"].value_counts()
    recorded = ", ".join(summary.count(int(kinds.get(k, 0)), n.lower()) for k, n in KIND_NAMES.items())
    st.markdown(f"#### {plain(area['name'])}\n{plain(code)}")
    with st.container(horizontal=True):
        editions.button(filters, code=code)
        links.to_profile("Profile of this area", filters, code)
    lines: list[str] = []
    if filters.geography == "ward":
        lines += _ward_facts(area, filters)
    else:
        lines += fact_lines(
            {
                f"{INDICES[filters.index]} {filters.edition}": f"decile {_decile(area)}",
                "Ward (best fit)": area["ward_name"],
                f"Population ({edition.population})": _population(area),
                f"Score, {INDICES[filters.index]}": f"{area['score']:.3g}" if pd.notna(area["score"]) else "",
                "Recorded here": f"{recorded}; {area['n_places']:,} shown",
            }
        )
        lines += ["", *_domains(code, filters)]
    lines += ["", plain(summary.edition_line(filters.edition, filters.geography))]
    st.markdown("\n".join(lines))


def _ward_facts(area: pd.Series, filters: Filters) -> list[str]:
    if area["why"]:
        return [plain(area["why"]), "", f"Recorded here: {summary.count(int(area['n_recorded']), 'place')}."]
    n = EDITIONS[filters.edition].n_lsoas
    return fact_lines(
        {
            f"Average rank, {INDICES[filters.index]}": f"{area['rank']:,.0f} of {n:,} (1: most deprived)",
            "Which falls in decile": summary.decile_words(area["decile"]),
            "Best-fit LSOAs": f"{area['n_lsoas']}, of which {area['n_most_deprived']} in decile 1",
            "Residents in the most deprived fifth": f"{100 * area['most_deprived_fifth_share']:.0f} %",
            f"Population ({EDITIONS[filters.edition].population})": _population(area),
            "Recorded here": f"{summary.count(int(area['n_recorded']), 'place')}; {area['n_places']:,} shown",
        }
    )


def _domains(code: str, filters: Filters) -> list[str]:
    deprivation = cache.atlas().deprivation[filters.edition].set_index("lsoa_code").loc[code]
    n = EDITIONS[filters.edition].n_lsoas
    lines = [f"**Decile, and rank of {n:,}**, 1 being the most deprived:", ""]
    for index, name in INDICES.items():
        said = f"{name}: decile {deprivation[f'{index}_decile']}, rank {deprivation[f'{index}_rank']:,}"
        lines.append(f"- **{said}**" if index == filters.index else f"- {said}")
    return lines


def fact_lines(facts: dict[str, Any]) -> list[str]:
    """One line a fact; facts that are blank or NA are left out."""
    return [
        f"**{plain(label)}:** {plain(value)}  "
        for label, value in facts.items()
        if pd.notna(value) and value != ""
    ]


def list_item(text: str) -> str:
    """One line of a list, with a capital."""
    return f"- {plain(text[:1].upper() + text[1:])}"


def _population(area: pd.Series) -> str:
    return "not in the files held" if pd.isna(area["population"]) else f"{area['population']:,}"


def _decile(row: pd.Series) -> str:
    return summary.decile_words(row["decile"])
