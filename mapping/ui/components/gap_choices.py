"""The sidebar of the gaps page, and the question it opens with."""

from dataclasses import replace
from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis import facets, scenarios
from mapping.analysis.filters import DISTANCES_M, LABELS, Filters
from mapping.analysis.question import DECAYS, DETOURS, LACKS, NEEDS, WAYS
from mapping.analysis.record import ALL, NOT_SURVEYED
from mapping.editions import EDITIONS
from mapping.reporting import page_links
from mapping.stories import story_of
from mapping.ui import cache, filters, links
from mapping.ui.components import gap_plans
from mapping.ui.links import widget

FIELDS: Final = (
    "council", "edition", "geography", "index", "kinds", "categories", "ownerships", "need", "lack", "decay",
    "reach_m", "way", "detour", "candidates", "add", "plans", "on_map", "story",
)  # fmt: skip
KEPT: Final = frozenset({"plans", "on_map", "candidates", "add"})
"""What clearing the filters leaves alone: somebody made it."""
METRES_A_MINUTE: Final = 80
HELP: Final = {
    "need": "Gap is need × lack. Need is the share of an area’s people who live in such LSOAs.",
    "detour": "Streets are not straight: a way on foot in a town is often a quarter to a third longer.",
    "lack": "The distance to one place, or how many places there are for all the people around them.",
    "decay": "In or out: a place counts up to the distance chosen. The others count it less with distance, "
    "a half at the distance chosen and nothing beyond twice that.",
}


def known() -> dict[str, frozenset[str]]:
    """By field, the values a link may ask for: also categories that are not surveyed, and every edition."""
    held = {field: values for field, values in cache.known_values().items() if field != "edition"}
    return held | {"categories": held["categories"] | frozenset(cache.completeness()["category"])}


def opened(asked: Filters) -> Filters:
    """`asked`; where nothing is looked for, about a category that the council's record holds well.

    Steps of a plan that are none, a plan that is not there and a story of another council are left out.
    """
    plans = {plan.name: scenarios.scenario_text(plan) for plan in scenarios.read_scenarios(asked.plans)}
    story = story_of(cache.stories(), asked.story)
    is_told = story is not None and story.council == asked.council
    asked = replace(
        asked,
        plans=tuple(plans.values()),
        on_map=asked.on_map if asked.on_map in plans else "",
        story=asked.story if is_told else "",
    )
    if asked.kinds or asked.categories or asked.ownerships:
        return asked
    first = opening_category(asked.council)
    return replace(asked, categories=(first,)) if first else asked


def opening_category(council: str) -> str:
    """What the page asks about where nothing is chosen; a picture of it does the same."""
    return page_links.opening_category(council, cache.held())


def placed(council: str) -> pd.DataFrame:
    """The council's places that can count: not closed, with a published position."""
    places = cache.places()
    mine = places[places["lad24cd"] == cache.atlas().lad24cd(council)]
    return mine[mine["easting"].notna() & (mine["status"] != "closed")]


def draw(asked: Filters) -> None:
    """The sidebar, for what the page `asked` for."""
    filters.council_choice(cache.atlas().councils, on_change=leave)
    what_choices(asked)
    st.subheader("For whom")
    filters.index_choices(EDITIONS)
    named = NEEDS.__getitem__
    st.selectbox("In need", list(NEEDS), format_func=named, key=widget("need"), help=HELP["need"])
    reach_choices(asked)
    with st.expander("More choices"):
        one_of("Lack", "lack", LACKS)
        one_of("Nearness counts", "decay", DECAYS)
    filters.reset_button(tuple(field for field in FIELDS if field not in KEPT))


def one_of(label: str, field: str, names: dict[str, str]) -> None:
    """One choice of a few."""
    named = names.__getitem__
    st.radio(label, list(names), format_func=named, key=widget(field), help=HELP.get(field))


def leave() -> None:
    """Nothing: plans and stories of one council are none of another's."""
    links.choose(plans=(), on_map="", story="")
    st.session_state[gap_plans.PROBLEM] = ""


def what_choices(asked: Filters) -> None:
    """Category, kind and ownership, each with the places of the council that would count."""
    st.subheader("What")
    chosen = {"kind": asked.kinds, "category": asked.categories, "ownership": asked.ownerships}
    counts = facets.facet_counts(placed(asked.council), list(chosen), chosen)
    standing = category_standing(asked.council)
    first = "" if asked.kinds or asked.ownerships else opening_category(asked.council)
    filters.facet(
        "Category",
        "categories",
        dict.fromkeys(standing, 0) | counts["category"],
        spelt={name: f"{name}, not surveyed" for name, level in standing.items() if level == NOT_SURVEYED},
        placeholder=f"{first.capitalize()}, as nothing is chosen" if first else "All",
    )
    filters.facet("Kind", "kinds", counts["kind"], spelt=LABELS["kinds"])
    filters.facet("Ownership", "ownerships", counts["ownership"])


def category_standing(council: str) -> dict[str, str]:
    """The categories that the council has or somebody spoke of, and how complete each is; blank: not known.

    Those with most places come first, those that nobody has surveyed last.
    """
    rows = cache.completeness()
    mine = rows[(rows["lad24cd"] == cache.atlas().lad24cd(council)) & (rows["category"] != ALL)]
    told = dict(zip(mine["category"], mine["completeness"], strict=True))
    held = dict.fromkeys(placed(council)["category"].value_counts().index, "")
    both = held | told
    return dict(sorted(both.items(), key=lambda each: each[1] == NOT_SURVEYED))


def reach_choices(asked: Filters) -> None:
    """How far is near, and how distance is measured."""
    st.subheader("How far")
    left, right = st.columns(2)
    left.selectbox("Near is up to", DISTANCES_M, format_func=lambda m: f"{m:,} m", key=widget("reach_m"))
    right.selectbox(
        "Detour", DETOURS, format_func=lambda n: f"× {n:.1f}", key=widget("detour"), help=HELP["detour"]
    )
    # A link may ask for a network that is not held here: then this is the way back.
    if cache.settings().streets or asked.way != "straight":
        one_of("Distance by", "way", WAYS)
    st.caption(f"About {asked.reach_m / METRES_A_MINUTE:.0f} minutes on foot.")
