"""One question about gaps, from the choices of a view to its answer, its scenarios and its best sites."""

from pathlib import Path

import pandas as pd

from mapping.analysis import assess, record
from mapping.analysis.distances import Metric, StraightLine, positions
from mapping.analysis.filters import Filters
from mapping.analysis.question import Question
from mapping.assessing.ground import gap_ground
from mapping.atlas import Atlas
from mapping.errors import SourceMissingError
from mapping.settings import Settings

NO_STREETS = (
    "There is no street file here to measure along. Set MAPPING_STREETS to an OpenStreetMap extract or "
    "GraphML of the streets, or choose straight lines."
)


def asked_question(filters: Filters) -> Question:
    """The question that a view asks."""
    return Question(
        edition=filters.edition,
        index=filters.index,
        need=filters.need,
        lack=filters.lack,
        decay=filters.decay,
        within_m=float(filters.reach_m),
    )


def metric_of(filters: Filters, settings: Settings, *, streets: Path | None = None) -> Metric:
    """How distances are measured: straight lines times the detour, or along the file of `streets`.

    `streets` counts before the one that `settings` names. Streets take seconds to read: keep them.
    Raises SourceMissingError (no street file is named) or UnusableFileError (it cannot be read).
    """
    if filters.way == "straight":
        return StraightLine(detour=filters.detour)
    path = streets or settings.streets
    if path is None:
        raise SourceMissingError(NO_STREETS)
    from mapping.adapters.streets import read_streets
    from mapping.analysis.walking import walking_network

    return walking_network(read_streets(path), detour=filters.detour)


def gap_view(
    filters: Filters,
    *,
    atlas: Atlas,
    places: pd.DataFrame,
    metric: Metric | None = None,
    ground: assess.Ground | None = None,
    completeness: pd.DataFrame | None = None,
    capacity: "pd.Series[float] | None" = None,
) -> assess.Assessment:
    """The answer to what `filters` asks about gaps, whatever scenarios they hold.

    Parameters
    ----------
    places : the directory, `schemas.Places`.
    metric : as `metric_of` gives it; None: straight lines times the detour.
    ground : as `gap_ground` gives it for the same council, edition, index and geography, if at hand.
    completeness : `schemas.Completeness`; None: that of `atlas`.
    capacity : what each place can serve, by `place_id`; see `assess.assess`.

    Raises as `gap_ground` does, or UnusableFileError where the streets of `metric` are of elsewhere.
    """
    ground = ground or gap_ground(filters, atlas=atlas)
    metric = metric or StraightLine(detour=filters.detour)
    require_near(metric, ground, council=filters.council)
    chosen, left_out = assess.counted(
        places,
        lad24cd=ground.lad24cd,
        kinds=filters.kinds,
        categories=filters.categories,
        ownerships=filters.ownerships,
    )
    told = atlas.completeness if completeness is None else completeness
    kinds, categories = filters.kinds, filters.categories
    return assess.assess(
        ground,
        chosen,
        question=asked_question(filters),
        metric=metric,
        standing=record.standing(
            told, lad24cd=ground.lad24cd, kinds=kinds, categories=categories, places=places
        ),
        recorded=record.recorded_councils(told, kinds=kinds, categories=categories, places=places),
        left_out=left_out,
        capacity=capacity,
    )


def require_near(metric: Metric, ground: assess.Ground, *, council: str) -> None:
    """Nothing, if `metric` can measure where the council's people are. Raises UnusableFileError."""
    if isinstance(metric, StraightLine):
        return
    from mapping.analysis.walking import WalkingNetwork, require_streets

    if isinstance(metric, WalkingNetwork):
        require_streets(metric, positions(ground.demand), council=council)
