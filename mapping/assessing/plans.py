"""What a plan would change, and where one more place would help most."""

from typing import TYPE_CHECKING

import pandas as pd

from mapping.analysis import assess, record
from mapping.analysis.distances import Metric, StraightLine
from mapping.analysis.filters import Filters
from mapping.assessing.ground import gap_ground
from mapping.atlas import Atlas

if TYPE_CHECKING:
    from mapping.analysis.siting import Sites


def scenario_views(
    filters: Filters,
    base: assess.Assessment,
    *,
    atlas: Atlas,
    places: pd.DataFrame,
    ground: assess.Ground | None = None,
    metric: Metric | None = None,
    completeness: pd.DataFrame | None = None,
    capacity: "pd.Series[float] | None" = None,
) -> tuple[dict[str, assess.Assessment], pd.DataFrame, tuple[str, ...]]:
    """The answer under each plan of `filters` by its letter, all compared, and what could not be carried out.

    `base` is the answer as everything is recorded, `gap_view` of the same choices, and the other arguments
    are as for that. The comparison is as `scenarios.compared` gives it: "As recorded" first.
    """
    from mapping.analysis import scenarios

    plans = scenarios.read_scenarios(filters.plans)
    ground = ground or gap_ground(filters, atlas=atlas)
    told = atlas.completeness if completeness is None else completeness
    recorded = record.recorded_councils(
        told, kinds=filters.kinds, categories=filters.categories, places=places
    )
    postcodes = atlas.postcodes(among={each for plan in plans for each in plan.added})
    views: dict[str, assess.Assessment] = {}
    problems: list[str] = []
    for plan in plans:
        changed, wrong = scenarios.applied(base.places, plan, postcodes=postcodes)
        problems += wrong
        views[plan.name] = assess.assess(
            ground,
            changed,
            question=base.question,
            metric=metric or StraightLine(detour=filters.detour),
            standing=base.standing,
            recorded=recorded,
            left_out=base.n_left_out,
            capacity=capacity,
        )
    return views, scenarios.compared(base, views), tuple(problems)


def sites_view(
    filters: Filters,
    view: assess.Assessment,
    *,
    atlas: Atlas,
    places: pd.DataFrame,
    metric: Metric | None = None,
    time_limit_s: float = 20.0,
) -> "Sites":
    """The best sites for `filters.add` more places than `view` counts, among its candidates.

    `view` is the answer to the same choices, under a plan or none; `places` is the directory.
    """
    from mapping.analysis import candidates, siting

    offered = candidates.candidates_of(
        places,
        atlas.postcodes(lad24cd=view.lad24cd),
        source=filters.candidates,
        lad24cd=view.lad24cd,
        taken=view.places,
    )
    return siting.best_sites(
        view.demand,
        offered,
        metric=metric or StraightLine(detour=filters.detour),
        within_m=view.question.within_m,
        add=filters.add,
        time_limit_s=time_limit_s,
    )
