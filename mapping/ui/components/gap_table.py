"""The areas by the rank of their gap, as a table: choosing a row is choosing on the map."""

from typing import Any

import pandas as pd
import streamlit as st

from mapping.editions import EDITIONS
from mapping.render.gap_words import metres_words
from mapping.render.summary import UNITS
from mapping.ui.components import tables
from mapping.ui.components.gap_plans import Shown


def draw(shown: Shown) -> None:
    """One row an area, the largest gap first; those without a figure last."""
    areas = ordered(shown.view.areas)
    tables.chooser(
        rows(areas, shown),
        [f"area:{code}" for code in areas["code"]],
        key="gaps-table",
        column_config=column_config(shown),
    )


def ordered(areas: pd.DataFrame) -> pd.DataFrame:
    """`areas` as they are ranked: by gap, then by the people in need who are far, then by name."""
    return areas.sort_values(
        ["gap_rank", "need_people_beyond", "name"],
        ascending=[True, False, True],
        na_position="last",
        kind="stable",
    )


def named(shown: Shown) -> pd.DataFrame:
    """The areas with names that say where they are: an LSOA's with its ward, "Oxford 016F (Littlemore)"."""
    areas = shown.view.areas
    return areas.assign(name=(areas["name"] + " (" + wards(shown, areas) + ")").fillna(areas["name"]))


def wards(shown: Shown, areas: pd.DataFrame) -> "pd.Series[str]":
    """The ward that fits each LSOA of `areas` best, on their index; NA for a ward."""
    if shown.asked.geography == "ward":
        return pd.Series(pd.NA, index=areas.index, dtype="str")
    return areas["code"].map(shown.ground.areas.set_index("code")["ward_name"])


def rows(areas: pd.DataFrame, shown: Shown) -> pd.DataFrame:
    """Areas as a reader's table, in their order."""
    one, _ = UNITS[shown.asked.geography]
    table = {
        "Rank": areas["gap_rank"],
        "Range": ranges(areas),
        one[0].upper() + one[1:]: areas["name"],
        "Ward (best fit)": wards(shown, areas),
        "Farther": areas["people_beyond"].round(),
        "In need": areas["need_people_beyond"].round(),
        "Need (%)": 100 * areas["need_share"],
        "Lack (%)": 100 * areas["lack"],
        "What to check": areas["note"].where(areas["why"] == "", areas["why"]),
        "Near (%)": 100 * areas["within_share"],
        "Mean (m)": areas["mean_distance_m"].round(-1),
        "9 in 10 (m)": areas["p90_distance_m"].round(-1),
        "Places near": areas["n_within"],
        "Nearest": areas["nearest_place"],
        "Population": areas["population"],
        "Code": areas["code"],
    }
    if shown.asked.geography == "ward":
        del table["Ward (best fit)"]
    if shown.plan:
        before = shown.base.areas.set_index("code")["people_beyond"].reindex(areas["code"]).to_numpy()
        table = _after(table, "Farther", {"By the plan": (areas["people_beyond"] - before).round()})
    if shown.asked.lack == "catchment":
        table = _after(table, "Lack (%)", {"Per 10,000 (E2SFCA)": 10_000 * areas["catchment_ratio"]})
    return pd.DataFrame(table)


def ranges(areas: pd.DataFrame) -> list[str]:
    """The best and worst rank of each area under other reasonable choices; blank where it has none."""
    pairs = zip(areas["gap_rank_low"], areas["gap_rank_high"], strict=True)
    return [
        "" if pd.isna(low) else f"{low:.0f} to {high:.0f}" if low != high else f"{low:.0f}"
        for low, high in pairs
    ]


def column_config(shown: Shown) -> dict[str, Any]:
    """How each column is shown and explained."""
    far, what = metres_words(shown.view.question.within_m), shown.what.a
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    one, _ = UNITS[shown.asked.geography]
    return {
        "Rank": number(width=48, help="1 is the largest gap: need × lack. Equal gaps share the best rank."),
        "Range": text(width=66, help="Best and worst rank under other distances, decays and lines of need"),
        one[0].upper() + one[1:]: text(width=104 if one == "LSOA" else 170),
        "Farther": number(format="%,d", width=68, help=f"People farther than {far} from {what}"),
        "By the plan": number(format="%+,d", width=86, help="Change in the people farther away"),
        "In need": number(format="%,d", width=66, help="Those of them who live in the LSOAs in need"),
        "Need (%)": number(format="%.0f", width=74, help="Share of its people who live in LSOAs in need"),
        "Lack (%)": number(format="%.0f", width=72, help="What is lacking, by the choices in the sidebar"),
        "Near (%)": number(format="%.0f", width=72, help=f"Share of people within {far} of {what}"),
        "Per 10,000 (E2SFCA)": number(format="%.2f", help="Places for each 10,000 people around them"),
        "Mean (m)": number(format="%,d", width=76, help=f"To the nearest: {shown.view.metric_words}"),
        "9 in 10 (m)": number(format="%,d", width=84, help="Nine in ten people have one this near"),
        "Places near": number(width=84, help=f"Within {far} of anybody in the area"),
        "Nearest": text(width=170, help="The place nearest to most of its people"),
        "Ward (best fit)": text(width=134),
        "Population": number(format="%,d", width=84, help=EDITIONS[shown.asked.edition].population),
        "What to check": text(width=320),
        "Code": text(width=92),
    }


def _after(table: dict[str, Any], name: str, more: dict[str, Any]) -> dict[str, Any]:
    """`table` with the columns `more` after the one called `name`."""
    told: dict[str, Any] = {}
    for heading, column in table.items():
        told[heading] = column
        if heading == name:
            told |= more
    return told
