"""(j) Gaps of one council: every measure by LSOA, a what-if, and catchments against pysal's `access`.

All tables are read beforehand, as they are in the app.
"""

import os
import statistics
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pandas as pd

from bench.figures import Figure, paired, rounded
from bench.national import seconds
from mapping import assessing
from mapping.analysis import access
from mapping.analysis.assess import Assessment
from mapping.analysis.distances import Reach, StraightLine, positions
from mapping.analysis.filters import Filters
from mapping.atlas import Atlas, read_atlas
from mapping.directory.seed import read_places
from mapping.settings import Settings

ROUNDS: Final = 7
MEASURES_TARGET_S: Final = 1.0
WHAT_IF_TARGET_S: Final = 0.3
CATCHMENT_TARGET: Final = 0.1
CATCHMENT_M: Final = 1_500
PLAN: Final = "+OX4 6JZ"
ASKED: Final = Filters(council="Oxford", categories=("library",), lack="catchment", decay="gaussian")


@dataclass(frozen=True, kw_only=True)
class Held:
    """What the app has in memory when somebody asks."""

    atlas: Atlas
    places: pd.DataFrame
    completeness: pd.DataFrame


def figures() -> Iterator[Figure]:
    """Three figures: all measures, a what-if, catchment ratios."""
    settings = Settings.from_env(os.environ)
    atlas = read_atlas(settings)
    held = Held(atlas=atlas, places=read_places(settings), completeness=atlas.completeness)
    yield all_measures(held)
    yield what_if(held)
    yield catchments(held)


def all_measures(held: Held) -> Figure:
    """From postcodes to every column of every LSOA, rank ranges by 36 catchments among them."""
    view = assessed(held, ASKED)
    assert len(view.areas) == 84 and view.areas["gap_rank"].notna().all()
    points, libraries = positions(view.demand), positions(view.places)

    def bare() -> None:
        from scipy.spatial import KDTree

        KDTree(libraries).query(points)

    turns = [(seconds(lambda: assessed(held, ASKED)), seconds(bare)) for _ in range(ROUNDS)]
    ours, theirs = (statistics.median(each) for each in zip(*turns, strict=True))
    return Figure(
        figure=f"all measures of Oxford's {len(view.areas)} LSOAs, {len(view.demand):,} demand points",
        value=rounded(ours),
        unit="s",
        target=MEASURES_TARGET_S,
        detail={
            "bare KD-tree query": rounded(theirs),
            "ratio to bare": rounded(ours / theirs),
            "rounds": ROUNDS,
        },
    )


def assessed(held: Held, asked: Filters) -> Assessment:
    """The answer, from its ground up."""
    return assessing.gap_view(asked, atlas=held.atlas, places=held.places, completeness=held.completeness)


def what_if(held: Held) -> Figure:
    """One place put on the map: both assessments side by side, the one as recorded being there."""
    asked = replace(ASKED, plans=(PLAN,))
    ground, metric = assessing.gap_ground(asked, atlas=held.atlas), StraightLine(detour=asked.detour)
    base = assessed(held, asked)

    def planned() -> pd.DataFrame:
        _, compared, problems = assessing.scenario_views(
            asked,
            base,
            ground=ground,
            atlas=held.atlas,
            places=held.places,
            metric=metric,
            completeness=held.completeness,
        )
        assert not problems
        return compared

    assert planned()["within_share"].is_monotonic_increasing
    return Figure(
        figure="a what-if: one library put on the map of Oxford",
        value=rounded(statistics.median(seconds(planned) for _ in range(ROUNDS))),
        unit="s",
        target=WHAT_IF_TARGET_S,
        detail={"rounds": ROUNDS},
    )


def catchments(held: Held) -> Figure:
    """E2SFCA of all recorded places over all demand points held; the distances are given to both."""
    views = [assessed(held, Filters(council=council)) for council in held.atlas.council_names.values()]
    demand, places = pd.concat([view.demand for view in views]), views[0].places
    reach = StraightLine().pairs(
        positions(demand), positions(places), within_m=access.reach_m(CATCHMENT_M, "gaussian")
    )
    weights = demand["weight"].to_numpy(dtype=float)

    def ours() -> object:
        return access.catchment_ratio(
            weights,
            reach,
            n_origins=len(demand),
            n_targets=len(places),
            capacity=None,
            within_m=CATCHMENT_M,
            decay="gaussian",
        )

    theirs = pysal(weights, reach, n_places=len(places))
    np.testing.assert_allclose(theirs(), ours(), rtol=1e-9)
    turns = [(seconds(ours), seconds(theirs)) for _ in range(ROUNDS)]
    name = f"catchment ratios of {len(reach.metres):,} pairs, against pysal access"
    return paired(name, *zip(*turns, strict=True), target=CATCHMENT_TARGET)


def pysal(weights: np.ndarray, reach: Reach, *, n_places: int) -> Callable[[], pd.Series]:
    """The same ratios by pysal's `access`, with its own bell curve."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from access import fca
        from access.weights import gaussian
    demand = pd.DataFrame({"people": weights})
    supply = pd.DataFrame({"places": np.ones(n_places)})
    costs = pd.DataFrame({"from": reach.origin, "to": reach.target, "metres": reach.metres})
    columns = {"cost_origin": "from", "cost_dest": "to", "cost_name": "metres", "max_cost": 2 * CATCHMENT_M}
    bell = gaussian(CATCHMENT_M / np.sqrt(2 * np.log(2)))

    def ratios() -> pd.Series:
        found = fca.two_stage_fca(
            demand,
            supply,
            costs,
            demand_index=True,
            demand_name="people",
            supply_index=True,
            supply_name="places",
            weight_fn=bell,
            **columns,
        )
        return found.reindex(demand.index, fill_value=0)

    return ratios
