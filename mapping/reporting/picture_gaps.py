"""The picture of one view of the Gaps page: need, lack and the largest gaps, as recorded or under a plan."""

from dataclasses import dataclass, replace
from math import isnan
from typing import TYPE_CHECKING, Final

import pandas as pd

from mapping import assessing
from mapping.analysis import scenarios
from mapping.analysis.assess import Assessment
from mapping.analysis.filters import Filters
from mapping.analysis.scenarios import PROPOSED, Scenario
from mapping.analysis.view import View
from mapping.render.place_words import Noun, what_words
from mapping.reporting.held import Held
from mapping.reporting.picture_explore import explored

if TYPE_CHECKING:
    from mapping.analysis.siting import Sites

LETTERS: Final = "ABCDEFGHIJ"
"""What sites are called on the map."""


@dataclass(frozen=True, kw_only=True)
class Answered:
    """What one view of the Gaps page shows."""

    filters: Filters
    """`on_map` is the letter of `plan`, or blank."""
    what: Noun
    base: Assessment
    """The answer as everything is recorded."""
    view: Assessment
    """The answer that is shown: `base`, or the one under the plan."""
    plan: Scenario | None
    problems: tuple[str, ...]
    """Steps of the plan that could not be carried out."""
    sites: "Sites | None"
    """The best sites for `filters.add` more; None where they are not asked for."""
    council: View
    """The council's places and areas, whatever counts."""

    @property
    def counted(self) -> pd.DataFrame:
        """The council's places that count, rows of `View.recorded`."""
        recorded = self.council.recorded
        return recorded[recorded["place_id"].isin(self.view.places["place_id"])]

    @property
    def closed(self) -> pd.DataFrame:
        """The council's places that the plan closes."""
        recorded = self.council.recorded
        return recorded[recorded["place_id"].isin(self.plan.closed if self.plan else ())]

    @property
    def proposals(self) -> pd.DataFrame:
        """What only the plan has, in the order it is written in."""
        places = self.view.places
        return places[places["place_id"].str.startswith(PROPOSED)]

    @property
    def n_elsewhere(self) -> int:
        """How many places of other councils are near somebody in this one; 0 where that is not known."""
        n_near, places = self.view.total["n_places"], self.view.places
        n_own = int((places["lad24cd"] == self.view.lad24cd).sum())
        return 0 if isnan(n_near) else max(int(n_near) - n_own, 0)


def answered(filters: Filters, held: Held, *, with_sites: bool = False) -> Answered:
    """The answer. Raises as `Held.answer` does."""
    plans = {plan.name: plan for plan in scenarios.read_scenarios(filters.plans)}
    plan = plans.get(filters.on_map)
    question = question_of(filters, plan)
    base, _ = held.answer(replace(question, plans=()))
    view, problems = held.answer(question)
    shown = replace(filters, on_map=plan.name if plan else "")
    sites = _sites(shown, view, held) if with_sites and not view.standing.is_silent else None
    return Answered(
        filters=shown,
        what=what_words(filters.kinds, filters.categories, filters.ownerships),
        base=base,
        view=view,
        plan=plan,
        problems=problems,
        sites=sites,
        council=explored(_council(filters), held),
    )


def question_of(filters: Filters, plan: Scenario | None = None) -> Filters:
    """What of the choices an answer depends on, with one plan or none."""
    plain = Filters(council=filters.council)
    kept = ("edition", "geography", "index", "kinds", "categories", "ownerships")
    asked = ("need", "lack", "decay", "reach_m", "way", "detour")
    text = () if plan is None else (scenarios.scenario_text(plan),)
    return replace(plain, plans=text, **{name: getattr(filters, name) for name in (*kept, *asked)})


def _council(filters: Filters) -> Filters:
    return Filters(
        council=filters.council,
        edition=filters.edition,
        geography=filters.geography,
        index=filters.index,
    )


def _sites(filters: Filters, view: Assessment, held: Held) -> "Sites":
    metric = assessing.metric_of(filters, held.settings)
    return assessing.sites_view(filters, view, atlas=held.atlas, places=held.places, metric=metric)
