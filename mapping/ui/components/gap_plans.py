"""What the gaps page shows: the answer as everything is recorded, or as it would be under a plan."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd
import streamlit as st

from mapping import crs
from mapping.analysis import postcode, scenarios
from mapping.analysis.assess import Assessment
from mapping.analysis.filters import PLANS, Filters
from mapping.analysis.scenarios import PROPOSED, Scenario
from mapping.analysis.view import Ground
from mapping.render.place_words import Noun, what_words
from mapping.ui import cache, links
from mapping.ui.components.text import plain

PROBLEM: Final = "gap-plan-problem"
"""Where a session keeps why the last step was not taken."""
FULL: Final = f"All {len(PLANS)} plans are in use. Show one of them, or take its steps back."


@dataclass(frozen=True, kw_only=True)
class Shown:
    """What one run of the page shows."""

    asked: Filters
    """The choices, with something to look for."""
    question: Filters
    """What of them the answer depends on, and the plan that is shown."""
    what: Noun
    ground: Ground
    """The council's places and areas."""
    base: Assessment
    """The answer as everything is recorded."""
    view: Assessment
    """The answer that is shown: `base`, or the one under the plan."""
    plan: Scenario | None
    problems: tuple[str, ...]

    @property
    def proposals(self) -> pd.DataFrame:
        """The places that only the plan has."""
        places = self.view.places
        return places[places["place_id"].str.startswith(PROPOSED)]


def shown(asked: Filters) -> Shown:
    """What the page shows for `asked`. Raises MappingError where it cannot be answered."""
    plan = plan_of(asked)
    base, _ = cache.gap_view(question(asked))
    own = question(asked, plan)
    view, problems = cache.gap_view(own)
    return Shown(
        asked=asked,
        question=own,
        what=what_words(asked.kinds, asked.categories, asked.ownerships),
        ground=cache.council_ground(asked.council, asked.edition, asked.index, asked.geography),
        base=base,
        view=view,
        plan=plan,
        problems=problems,
    )


def question(asked: Filters, plan: Scenario | None = None) -> Filters:
    """What of the choices an answer depends on, with one plan or none."""
    plain = Filters(council=asked.council)
    text = () if plan is None else (scenarios.scenario_text(plan),)
    return replace(
        asked,
        plans=text,
        on_map="",
        story="",
        candidates=plain.candidates,
        add=plain.add,
        within_m=plain.within_m,
    )


def warn(shown: Shown) -> None:
    """Why the last step was not taken, and which steps of the plan could not be."""
    for problem in (st.session_state.get(PROBLEM), *shown.problems):
        if problem:
            st.warning(plain(problem))


def plan_of(asked: Filters) -> Scenario | None:
    """The plan that is shown; None for what is recorded."""
    named = {plan.name: plan for plan in scenarios.read_scenarios(asked.plans)}
    return named.get(asked.on_map)


def add_postcode(typed: str) -> None:
    """Nothing: a place at the postcode that somebody typed is in the plan, or why not is told."""
    canonical = postcode.normalise(typed)
    if canonical is None:
        st.session_state[PROBLEM] = f"“{typed}” is not a postcode. Type one like OX4 1BA."
    elif cache.postcodes((canonical,)).empty:
        st.session_state[PROBLEM] = (
            f"{canonical} is not a postcode of the councils held here, live or terminated."
        )
    else:
        add((canonical,))


def add_point(lon: float, lat: float) -> None:
    """Nothing: a place is in the plan at the live postcode nearest to where somebody clicked."""
    view: Filters = st.session_state[links.STATE]
    postcodes = cache.council_postcodes(cache.atlas().lad24cd(view.council))
    nearest = scenarios.nearest_postcode(*crs.from_degrees(lon, lat), postcodes)
    if nearest is None:
        st.session_state[PROBLEM] = "No live postcode of this council is near there."
    else:
        add((nearest,))


def add(postcodes: Iterable[str]) -> None:
    """Nothing: places are added to the plan at `postcodes`."""

    def added(plan: Scenario) -> Scenario:
        for each in postcodes:
            plan = scenarios.with_added(plan, each)
        return plan

    change(added)


def close(place_id: str) -> None:
    """Nothing: the plan closes a place."""
    change(lambda plan: scenarios.with_closed(plan, place_id))


def take_back(step: str) -> None:
    """Nothing: the plan no longer adds a postcode, or no longer closes a place."""
    change(lambda plan: scenarios.without(plan, step))


def change(edit: Callable[[Scenario], Scenario]) -> None:
    """Nothing: the plan that is shown is changed; while the record is shown, the next free plan begins.

    Where all plans are in use, that is told.
    """
    st.session_state[PROBLEM] = ""
    held: Filters = st.session_state[links.STATE]
    plans = {plan.name: plan for plan in scenarios.read_scenarios(held.plans)}
    free = next((letter for letter in PLANS if letter not in plans), "")
    name = held.on_map if held.on_map in plans else free
    if not name:
        st.session_state[PROBLEM] = FULL
        return
    plans[name] = edit(plans.get(name) or Scenario(name=name, added=(), closed=()))
    texts = {letter: scenarios.scenario_text(plan) for letter, plan in plans.items()}
    # A plan without steps is none, and those after it move up.
    links.choose(plans=tuple(filter(None, texts.values())), on_map=name if texts[name] else "")
