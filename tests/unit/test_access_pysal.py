"""Access against pysal's `access`: what both compute agrees to a billionth."""

from math import log, sqrt

import numpy as np
import pandas as pd
import pytest
from access import Access, weights

from mapping.analysis.access import at_points, catchment_ratio, reach_m
from mapping.analysis.demand import demand_points
from mapping.analysis.distances import StraightLine, positions
from mapping.analysis.question import DECAYS

WITHIN = 800
METRIC = StraightLine(detour=1.3)
PYSAL = {
    "step": weights.step_fn({WITHIN: 1}),
    "linear": lambda metres: max(0, 1 - metres / (2 * WITHIN)),
    "gaussian": weights.gaussian(WITHIN / sqrt(2 * log(2))),
}
OXFORD = "E07000178"


@pytest.fixture(scope="module", params=["random", "Oxford’s libraries"])
def case(request, atlas, places):
    """Demand points, places and their capacities."""
    rng = np.random.default_rng(4)
    if request.param == "random":
        demand = _scattered(rng, n=150).assign(weight=rng.uniform(1, 90, 150))
        return (
            demand,
            _scattered(rng, n=12).assign(place_id=[f"p{n:02d}" for n in range(12)]),
            rng.uniform(0, 9, 12),
        )
    lsoas = atlas.deprivation["2025"]
    demand = demand_points(atlas.postcodes(), lsoas[lsoas["lad24cd"] == OXFORD], lsoa="lsoa21cd")
    libraries = places[(places["category"] == "library") & (places["lad24cd"] == OXFORD)]
    return demand, libraries, rng.uniform(0, 9, len(libraries))


def _scattered(rng, *, n):
    return pd.DataFrame(rng.uniform(0, 6_000, (n, 2)), columns=["easting", "northing"])


@pytest.fixture(scope="module")
def pysal(case):
    """The same as pysal takes it, with the distance of every pair there is."""
    demand, places, capacity = case
    starts, ends = positions(demand), positions(places)
    apart = np.hypot(*(starts[:, None, :] - ends[None, :, :]).transpose(2, 0, 1)) * METRIC.detour
    origin, target = np.indices(apart.shape)
    cost = {"origin": origin.ravel(), "dest": target.ravel(), "cost": apart.ravel().round(6)}
    return Access(
        demand_df=_numbered(demand=demand["weight"]),
        demand_value="demand",
        supply_df=_numbered(capacity=capacity, one=np.ones(len(places))),
        supply_value=["capacity", "one"],
        cost_df=pd.DataFrame(cost),
        cost_origin="origin",
        cost_dest="dest",
        cost_name="cost",
    )


def _numbered(**columns):
    table = pd.DataFrame({name: np.asarray(values) for name, values in columns.items()})
    return table.rename_axis("geoid")


def _ours(case, *, decay, capacity):
    demand, places, _ = case
    limit = reach_m(WITHIN, decay)
    reach = METRIC.pairs(positions(demand), positions(places), within_m=limit)
    return catchment_ratio(
        demand["weight"].to_numpy(),
        reach,
        n_origins=len(demand),
        n_targets=len(places),
        capacity=capacity,
        within_m=WITHIN,
        decay=decay,
    )


@pytest.mark.parametrize("decay", DECAYS)
def test_the_enhanced_two_step_ratio(case, pysal, decay):
    limit = reach_m(WITHIN, decay)
    theirs = pysal.enhanced_two_stage_fca(name=decay, max_cost=limit, weight_fn=PYSAL[decay]).fillna(0)
    for capacity, column in ((case[2], f"{decay}_capacity"), (None, f"{decay}_one")):
        ours = _ours(case, decay=decay, capacity=capacity)
        assert (ours > 0).sum() > 50
        np.testing.assert_allclose(ours, theirs[column], rtol=1e-9, atol=0)


def test_the_two_step_ratio_is_that_of_in_or_out(case, pysal):
    theirs = pysal.two_stage_fca(name="2sfca", max_cost=WITHIN)["2sfca_capacity"].fillna(0)
    np.testing.assert_allclose(_ours(case, decay="step", capacity=case[2]), theirs, rtol=1e-9, atol=0)


def test_the_number_of_places_within(case, pysal):
    demand, places, _ = case
    theirs = pysal.weighted_catchment(name="n", supply_values="one", max_cost=WITHIN)["n_one"].fillna(0)
    ours = at_points(demand, places, metric=METRIC, within_m=WITHIN)["n_within"]
    assert ours.tolist() == theirs.tolist()
    assert ours.max() >= 1
