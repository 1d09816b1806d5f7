"""What every report is made from: the tables that are held, and the way to an answer about gaps."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Final

import pandas as pd

from mapping import assessing
from mapping.analysis.assess import Assessment, Ground
from mapping.analysis.distances import Metric
from mapping.analysis.filters import Filters
from mapping.atlas import Atlas, read_atlas
from mapping.directory import added, seed
from mapping.settings import Settings

Answer = Callable[[Filters], tuple[Assessment, tuple[str, ...]]]
"""The answer to what a view asks about gaps, under its plan or none, and what of that could not be done."""
KEPT: Final = 64
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
    def ground(council: str, edition: str, index: str, geography: str) -> Ground:
        asked = Filters(council=council, edition=edition, index=index, geography=geography)
        return assessing.gap_ground(asked, atlas=atlas)

    @lru_cache(maxsize=KEPT)
    def metric(way: str, detour: float) -> Metric:
        return assessing.metric_of(Filters(council="", way=way, detour=detour), settings)

    @lru_cache(maxsize=KEPT)
    def answer(filters: Filters) -> tuple[Assessment, tuple[str, ...]]:
        tables: dict[str, Any] = {
            "atlas": atlas,
            "places": places,
            "metric": metric(filters.way, filters.detour),
            "ground": ground(filters.council, filters.edition, filters.index, filters.geography),
            "completeness": completeness,
        }
        base = assessing.gap_view(replace(filters, plans=()), **tables)
        if not filters.plans:
            return base, ()
        views, _, problems = assessing.scenario_views(filters, base, **tables)
        return next(iter(views.values()), base), problems

    return Held(atlas=atlas, places=places, completeness=completeness, settings=settings, answer=answer)
