"""The card of one area on the gaps page: its gap, its deprivation, what is near, and what is planned."""

from typing import Final

import numpy as np
import pandas as pd
import streamlit as st

from mapping.analysis.distances import positions
from mapping.analysis.filters import PLANS, Filters, to_query
from mapping.analysis.scenarios import PROPOSED
from mapping.analysis.view import counted_by
from mapping.editions import EDITIONS, INDICES
from mapping.render import gap_words, summary
from mapping.render.gap_facts import fact_words
from mapping.ui import cache, links
from mapping.ui.components import cards, gap_table
from mapping.ui.components.gap_plans import Shown
from mapping.ui.components.text import plain

NEAREST: Final = 3
FAR_M: Final = 20_000
"""Farther places are not named as near ones."""


def draw(shown: Shown, *, code: str) -> None:
    """One area: what to check, what is planned, its gap, what is near, and how deprived it is."""
    areas = gap_table.named(shown)
    row = areas[areas["code"] == code].iloc[0]
    st.markdown(f"#### {plain(row['name'])}\n{plain(code)}")
    facts = dict(fact_words(row, question=shown.view.question, what=shown.what))
    # Those that the card says in another place, or that say nothing.
    for label in ("Nearest to most people", *(["Gap"] if row["gap"] == 0 else [])):
        facts.pop(label, None)
    lines = [plain(row["why"])] if row["why"] else []
    if not row["why"] and row["note"]:
        lines += [f"**Check:** {plain(row['note'])}", ""]
    lines += planned_lines(shown, code=code)
    lines += cards.fact_lines(facts)
    lines += near_lines(shown, code=code)
    lines += ["", *cards.fact_lines(standing_facts(shown, row, code=code))]
    st.markdown("\n".join(lines))
    asked = shown.asked
    view = Filters(council=asked.council, edition=asked.edition, geography=asked.geography, index=asked.index)
    query = f"{to_query(view)}&{links.SELECT}=area:{code}"
    links.to_page("explore", "Open it in Explore", icon=":material/map:", query=query)
    links.to_profile("Profile of this area", asked, code)


def standing_facts(shown: Shown, row: pd.Series, *, code: str) -> dict[str, str]:
    """Where the area stands by MHCLG's measures, and how many live there."""
    edition, index = EDITIONS[shown.asked.edition], INDICES[shown.asked.index]
    people = "" if pd.isna(row["population"]) else f"{row['population']:,.0f}"
    facts = {f"Population ({edition.population})": people}
    if pd.isna(row["rank"]):
        return facts | {f"{index} {edition.year}": "no figure"}
    kind = "Average rank" if shown.asked.geography == "ward" else "Rank"
    ours = ", our calculation from best-fit LSOAs" if shown.asked.geography == "ward" else ""
    return facts | {
        f"{index} {edition.year}": f"decile {summary.decile_words(row['decile'])}",
        kind: f"{row['rank']:,.0f} of {edition.n_lsoas:,}, 1 the most deprived{ours}",
    }


def near_lines(shown: Shown, *, code: str) -> list[str]:
    """The nearest places by name, from the middle of where the area's people live."""
    demand, places = shown.view.demand, shown.view.places
    mine = demand[demand["area"] == code]
    if mine.empty or places.empty:
        return []
    middle = np.average(positions(mine), axis=0, weights=mine["weight"])[np.newaxis, :]
    metric = cache.gap_metric(shown.asked.way, shown.asked.detour)
    reach = metric.pairs(middle, positions(places), within_m=FAR_M)
    names = places["name"].to_numpy()[reach.target[:NEAREST]]
    told = [
        cards.list_item(f"{name}, {gap_words.distance_words(metres)}")
        for name, metres in zip(names, reach.metres[:NEAREST], strict=True)
    ]
    return ["", "**Nearest, from the middle of where its people live:**", "", *told] if told else []


def planned_lines(shown: Shown, *, code: str) -> list[str]:
    """What the plan that is shown does in the area, and changes for it."""
    if shown.plan is None:
        return []
    own, recorded = shown.proposals, shown.ground.recorded
    at = own["place_id"].str.removeprefix(PROPOSED).map(areas_of(shown, shown.plan.added))
    shut = recorded["place_id"].isin(shown.plan.closed) & (recorded[counted_by(shown.asked)] == code)
    steps = [*own.loc[at == code, "name"], *(f"{name} closed" for name in recorded.loc[shut, "name"])]
    told = f"{'; '.join(steps) or 'no step in this area'}. {change_words(shown, code=code)}"
    return [f"**{PLANS[shown.plan.name]}:** {plain(told)}", ""]


def areas_of(shown: Shown, postcodes: tuple[str, ...]) -> "pd.Series[str]":
    """The area of each of `postcodes` that is in one, by postcode: that of its LSOA."""
    lsoas = cache.postcodes(postcodes)[EDITIONS[shown.asked.edition].lsoa]
    of_lsoa = shown.view.demand.drop_duplicates("lsoa_code").set_index("lsoa_code")["area"]
    return lsoas.map(of_lsoa)


def change_words(shown: Shown, *, code: str) -> str:
    """What the plan changes for the people of one area."""
    both = pd.concat([view.areas.set_index("code").loc[[code]] for view in (shown.base, shown.view)])
    if both["people_beyond"].isna().any():
        return ""
    before, after = both.to_dict("records")
    fewer = round(before["people_beyond"] - after["people_beyond"])
    if not fewer:
        return "As many of its people are farther away as without it."
    word = "fewer" if fewer > 0 else "more"
    needy = abs(round(before["need_people_beyond"] - after["need_people_beyond"]))
    return f"{abs(fewer):,} {word} of its people are farther away, {needy:,} of them in need."
