"""The card of what is chosen on the gaps page: an area's gap in full, or a place that a plan may close."""

import html
from typing import Any, Final

import pandas as pd
import streamlit as st

from mapping.analysis.filters import PLANS
from mapping.render import gap_words, summary
from mapping.ui import links
from mapping.ui.components import cards, gap_area, gap_map, gap_plans, gap_stories, gap_table, tables
from mapping.ui.components.gap_plans import Shown
from mapping.ui.components.text import plain

CARD_HEIGHT: Final = 514
AREA: Final = ("code", "name", "gap_rank", "gap")
FIRST: Final = 5
"""Areas named while none is chosen."""


def options(shown: Shown) -> dict[str, str]:
    """What may be chosen and how it is called: areas by rank, then the council's places that count."""
    areas = gap_table.ordered(gap_table.named(shown))
    named = {
        f"area:{code}": f"{name}, {gap_map.rank_words(rank, gap)}"
        for code, name, rank, gap in zip(*(areas[each] for each in AREA), strict=True)
    }
    mine = countable(shown)
    return named | {
        f"place:{place_id}": f"{name} ({category})"
        for place_id, name, category in zip(mine["place_id"], mine["name"], mine["category"], strict=True)
    }


def countable(shown: Shown) -> pd.DataFrame:
    """The council's places that the question counts as everything is recorded, by name."""
    recorded = shown.ground.recorded
    return recorded[recorded["place_id"].isin(shown.base.places["place_id"])].sort_values("name")


def chosen_of(shown: Shown) -> str:
    """What is chosen of what is shown; blank for nothing."""
    if st.session_state.get(links.CHOSEN) not in options(shown):
        st.session_state[links.CHOSEN] = None
    return st.session_state[links.CHOSEN] or ""


def draw(shown: Shown) -> None:
    """A box to choose by name, and under it the card of what is chosen there, on the map or in a table."""
    chosen = cards.details_box(options(shown))
    with st.container(border=True, height=CARD_HEIGHT):
        if chosen is None:
            council_card(shown)
        elif chosen.startswith("area:"):
            gap_area.draw(shown, code=chosen.removeprefix("area:"))
        else:
            place_card(shown, place_id=chosen.removeprefix("place:"))


def council_card(shown: Shown) -> None:
    """The whole council and the largest gaps, while nothing is chosen."""
    total, question = shown.view.total, shown.view.question
    st.markdown(f"#### {plain(shown.asked.council)}")
    gap_stories.question(shown.asked)
    if shown.plan:
        st.markdown(f"{PLANS[shown.plan.name]}, not as recorded.")
    if not shown.view.standing.is_silent:
        if table := first_table(shown):
            st.html(table)
        near = f"Within {gap_words.metres_words(question.within_m)}"
        facts = {
            near: share(total["within_share"], "of all people"),
            f"{near}, in need": share(total["need_within_share"], "of those in need"),
            "Mean distance": gap_words.distance_words(total["mean_distance_m"]),
            "9 in 10 have one within": gap_words.distance_words(total["p90_distance_m"]),
        }
        st.markdown("\n".join(cards.fact_lines(facts)))
    st.markdown("\n".join(["The record that counts here:", "", *record_lines(shown)]))
    st.caption("Choose an area or a place to read its card.")
    links.to_profile(f"Overview of {shown.asked.council}", shown.asked)


def first_table(shown: Shown) -> str:
    """The areas with the largest gaps, with the people who are far, as a small table; blank for none."""
    areas = gap_table.ordered(gap_table.named(shown))
    mark = areas["gap_rank"].duplicated(keep=False).map({True: "=", False: "."})
    label = areas["gap_rank"].astype("str") + mark + " " + areas["name"].map(html.escape)
    first = areas.assign(label=label)[areas["gap"] > 0].head(FIRST)
    cells = zip(first["label"], first["people_beyond"], first["need_people_beyond"], strict=True)
    rows = [(name, number(far), number(needy)) for name, far, needy in cells]
    return tables.small(("Largest gaps", "Farther", "In need"), rows) if rows else ""


def record_lines(shown: Shown) -> list[str]:
    """How complete the record of each category is believed to be, and how many places count."""
    mine = countable(shown)["place_id"]
    nearest = shown.base.demand["nearest"].dropna()
    outside = 0 if shown.base.standing.is_silent else nearest[~nearest.isin(mine)].nunique()
    near = f", and {outside:,} outside the council that {'is' if outside == 1 else 'are'} nearest to somebody"
    lines = [f"- {plain(shown.what.count(len(mine)) + ' here' + near * bool(outside))}"]
    for line in shown.view.standing.lines:
        when = f" ({summary.date_words(line.as_of)})" if line.as_of else ""
        # A basis may begin with the level itself.
        basis = line.basis[len(line.level) :] if line.basis.lower().startswith(line.level) else line.basis
        basis = basis.lstrip(";, ")
        lines.append(
            cards.list_item(
                f"{line.many}: {line.level}{when}. {basis[:1].upper()}{basis[1:]}".rstrip(". ") + "."
            )
        )
    return lines


def place_card(shown: Shown, *, place_id: str) -> None:
    """A place as on Explore, with the button that closes it in a plan, or opens it again."""
    is_closed = shown.plan is not None and place_id in shown.plan.closed
    name = PLANS[shown.plan.name] if shown.plan else "a new plan"
    if is_closed:
        st.button("Open it again", icon=":material/undo:", on_click=gap_plans.take_back, args=(place_id,))
    else:
        st.button(f"Close it in {name}", icon=":material/block:", on_click=gap_plans.close, args=(place_id,))
    rows = shown.ground.recorded
    cards.place_card(rows[rows["place_id"] == place_id].iloc[0], shown.asked)


def share(value: float, of: str) -> str:
    """A share and what it is of; blank where it is not known."""
    told = gap_words.share_words(value)
    return f"{told} {of}" if told else ""


def number(value: Any) -> str:
    """A whole number, or the sign for nothing known."""
    return tables.NOTHING if pd.isna(value) else f"{value:,.0f}"
