"""What if: places put somewhere or closed, in up to four plans side by side."""

import html
from typing import Any, Final

import pandas as pd
import streamlit as st

from mapping.analysis import scenarios
from mapping.analysis.filters import MAX_POSTCODE, PLANS
from mapping.analysis.scenarios import RECORDED, Scenario
from mapping.render import gap_words, site_words
from mapping.ui import cache, links
from mapping.ui.components import gap_card, gap_plans, tables
from mapping.ui.components.gap_plans import Shown
from mapping.ui.components.text import plain

ON_MAP: Final = "gap-on-map"
TYPED: Final = "gap-add-postcode"
MINUS: Final = "\u2212"


def draw(shown: Shown) -> None:
    """Which plan is shown, its steps, what may be added or closed, and all plans compared."""
    plans = scenarios.read_scenarios(shown.asked.plans)
    choose_plan(shown, plans)
    left, right = st.columns(2, gap="medium")
    with left:
        add_form(shown)
    with right:
        close_choice(shown)
    gap_plans.warn(shown)
    if shown.plan:
        steps(shown, shown.plan)
    if plans:
        comparison(shown, plans)


def choose_plan(shown: Shown, plans: tuple[Scenario, ...]) -> None:
    """What is shown: the record, or one of the plans; and where the next step goes."""
    st.session_state[ON_MAP] = shown.plan.name if shown.plan else ""
    names = {"": RECORDED} | {plan.name: PLANS[plan.name] for plan in plans}
    if plans:
        st.segmented_control(
            "Shown on the map and in all figures",
            list(names),
            format_func=names.__getitem__,
            key=ON_MAP,
            required=True,
            on_change=lambda: links.choose(on_map=st.session_state[ON_MAP] or ""),
        )
    free = [letter for letter in PLANS if letter not in names]
    goes = PLANS[shown.plan.name] if shown.plan else f"a new plan, {PLANS[free[0]]}" if free else ""
    st.markdown(f"The next step goes into {goes}. The link holds every plan." if goes else gap_plans.FULL)


def add_form(shown: Shown) -> None:
    """A postcode to put one more place at."""
    with st.form("gap-add", clear_on_submit=True, border=False):
        left, right = st.columns([3, 1], vertical_alignment="bottom")
        left.text_input(
            "Add a place at a postcode",
            key=TYPED,
            max_chars=MAX_POSTCODE,
            placeholder=f"In {shown.asked.council}",
            help="Or press “Put a place here” on the map: it goes to the nearest live postcode.",
        )
        right.form_submit_button("Add", icon=":material/add_location_alt:", on_click=add_typed)


def add_typed() -> None:
    """Nothing: the place that somebody typed is in the plan, or the reason why not is told."""
    gap_plans.add_postcode(st.session_state[TYPED])


def close_choice(shown: Shown) -> None:
    """The council's places that count, of which some may close."""
    mine = gap_card.countable(shown)
    names = dict(zip(mine["place_id"], mine["name"], strict=True))
    closed = [each for each in (shown.plan.closed if shown.plan else ()) if each in names]
    key = f"gap-close-{shown.plan.name if shown.plan else 'new'}"
    st.session_state[key] = closed
    st.multiselect(
        "Close what is recorded",
        list(names),
        format_func=names.__getitem__,
        key=key,
        placeholder="None closed",
        on_change=close_chosen,
        args=(key, tuple(closed)),
    )


def close_chosen(key: str, before: tuple[str, ...]) -> None:
    """Nothing: the plan closes what is chosen, and no longer what was."""
    wanted = st.session_state[key]

    def closing(plan: Scenario) -> Scenario:
        for place_id in before:
            if place_id not in wanted:
                plan = scenarios.without(plan, place_id)
        for place_id in wanted:
            plan = scenarios.with_closed(plan, place_id)
        return plan

    gap_plans.change(closing)


def steps(shown: Shown, plan: Scenario) -> None:
    """The steps of the plan that is shown, each of which can be taken back."""
    places = shown.ground.recorded.set_index("place_id")["name"]
    told = {postcode: f"Place at {postcode}" for postcode in plan.added}
    told |= {each: f"{places.get(each, each)} closed" for each in plan.closed}
    st.markdown(f"**Steps of {PLANS[plan.name]}**, each to be taken back by a click:")
    with st.container(horizontal=True):
        for step, words in told.items():
            st.button(
                plain(words),
                icon=":material/undo:",
                key=f"gap-undo-{step}",
                on_click=gap_plans.take_back,
                args=(step,),
                help="Take this step back",
            )


def comparison(shown: Shown, plans: tuple[Scenario, ...]) -> None:
    """What each plan changes, in a sentence and side by side."""
    views = {plan.name: cache.gap_view(gap_plans.question(shown.asked, plan))[0] for plan in plans}
    table = scenarios.compared(shown.base, views)
    rows: dict[Any, dict[Any, Any]] = table.to_dict("index")
    base = rows.pop(RECORDED)
    told = [
        site_words.scenario_sentence(row, base, name=PLANS[name], question=shown.view.question)
        for name, row in rows.items()
    ]
    st.html(compared_table(table, shown))
    st.markdown("\n".join(f"- {plain(each)}" for each in told))


def compared_table(table: pd.DataFrame, shown: Shown) -> str:
    """All plans side by side, what is recorded first, with the change in brackets."""
    near = gap_words.metres_words(shown.view.question.within_m)
    head = (
        "Plan",
        "Places",
        f"Within {near}",
        "In need, within",
        "Farther",
        "In need, farther",
        "Mean distance",
    )
    base = table.loc[RECORDED]
    # Places of other councils count everywhere: how many there are would say nothing.
    outside = len(shown.base.places) - len(gap_card.countable(shown))
    rows = []
    for name, row in table.iterrows():
        cells = (
            f"{row['n_places'] - outside:,.0f}",
            gap_words.share_words(row["within_share"]),
            gap_words.share_words(row["need_within_share"]),
            changed(row, base, "people_beyond"),
            changed(row, base, "need_people_beyond"),
            gap_words.distance_words(row["mean_distance_m"]),
        )
        rows.append(
            (PLANS.get(str(name), RECORDED), *(html.escape(cell) or tables.NOTHING for cell in cells))
        )
    bold = PLANS[shown.plan.name] if shown.plan else RECORDED
    # On a phone it is wider than the page: it is moved by itself, by finger or by key.
    return (
        '<div class="wide" role="region" tabindex="0" aria-label="Plans compared">'
        f"{tables.small(head, rows, bold=bold)}</div>"
    )


def changed(row: Any, base: Any, column: str) -> str:
    """A number of people and, where it is another than as recorded, by how much."""
    if pd.isna(row[column]):
        return ""
    change = round(row[column]) - round(base[column])
    told = f"{row[column]:,.0f}"
    return told if not change else f"{told} ({'+' if change > 0 else MINUS}{abs(change):,})"
