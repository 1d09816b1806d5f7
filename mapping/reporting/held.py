"""What every report is made from: the tables that are held, and the way to an answer about gaps."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from mapping import assessing
from mapping.analysis.assess import Assessment
from mapping.analysis.filters import Filters
from mapping.atlas import Atlas, read_atlas
from mapping.directory import added, seed
from mapping.settings import Settings

Answer = Callable[[Filters], tuple[Assessment, tuple[str, ...]]]
"""The answer to what a view asks about gaps, under its plan or none, and what of that could not be done."""
KEPT: int = 64
"""Answers that are kept: a report asks the same of every ward."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """The tables, never written to."""

    atlas: Atlas
    places: pd.DataFrame
    """`schemas.Places`."""
    completeness: pd.DataFrame
    """`schemas.Completeness`."""
    settings: Settings
    answer: Answer
    """Asked with at most one plan; it keeps what it has answered."""


def read_held(settings: Settings) -> Held:
    """The tables that `settings` names.

    Raises as `read_atlas` and the readers of places do.
    """
    atlas = read_atlas(settings)
    places = seed.read_places(settings)
    completeness = added.completeness_with(atlas.completeness, added.read_added(settings).completeness)

    @lru_cache(maxsize=KEPT)
    def answer(filters: Filters) -> tuple[Assessment, tuple[str, ...]]:
        metric = assessing.metric_of(filters, settings)
        base = assessing.gap_view(
            replace(filters, plans=()), atlas=atlas, places=places, metric=metric, completeness=completeness
        )
        if not filters.plans:
            return base, ()
        views, _, problems = assessing.scenario_views(
            filters, base, atlas=atlas, places=places, metric=metric, completeness=completeness
        )
        return next(iter(views.values()), base), problems

    return Held(atlas=atlas, places=places, completeness=completeness, settings=settings, answer=answer)
