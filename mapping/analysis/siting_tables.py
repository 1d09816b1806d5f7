"""What the best sites mean for people: whom each newly reaches, and what could stand in for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from mapping.analysis.candidates import COLUMNS
from mapping.analysis.distances import FloatArray, Metric, positions
from mapping.analysis.siting_exact import Best
from mapping.analysis.siting_model import EQUAL, Coverage

NEWLY: Final = ("newly_within", "newly_within_need", "newly_within_fifth")
MOST_LOST: Final = 0.01
"""Of the value, by an alternative."""
MOST_ALTERNATIVES: Final = 5
"""For each site."""


@dataclass(frozen=True, eq=False)
class Newly:
    """Whom sites newly reach, of all who are beyond every place now."""

    reach: npt.NDArray[np.bool_]
    """A row a point beyond, a column a site."""
    column: dict[int, int]
    """The column of each site, by its position."""
    figures: FloatArray
    """A row a point; columns people, people by need, people of the most deprived fifth, weight, value."""

    def of(self, sites: Sequence[int]) -> FloatArray:
        """The sums of `figures` over all points that `sites` reach together."""
        columns = [self.column[site] for site in sites]
        summed: FloatArray = self.figures[self.reach[:, columns].any(axis=1)].sum(axis=0)
        # Where the population of one area is not held, no sum of people says what it seems to.
        return np.where(np.isnan(self.figures).any(axis=0), np.nan, summed)

    def people_of(self, sites: Sequence[int]) -> tuple[float, float, float]:
        """The people, those in need, and those of the most deprived fifth whom `sites` newly reach."""
        people, in_need, in_fifth = self.of(sites)[:3].tolist()
        return people, in_need, in_fifth


def newly_of(
    beyond: pd.DataFrame, offered: pd.DataFrame, bests: Sequence[Best], *, metric: Metric, within_m: float
) -> Newly:
    """Whom the sites of `bests`, positions in `offered`, newly reach of the points `beyond`."""
    sites = sorted({site for best in bests for site in best.sites})
    near = metric.pairs(positions(beyond), positions(offered.iloc[sites]), within_m=within_m)
    reach = np.zeros((len(beyond), len(sites)), dtype=bool)
    reach[near.origin, near.target] = True
    people = beyond["people"]
    in_fifth = people * beyond["is_fifth"].astype(float) if "is_fifth" in beyond else people * np.nan
    columns = [people, people * beyond["need"].fillna(0), in_fifth, beyond["weight"], beyond["value"]]
    figures = np.column_stack([column.to_numpy(float) for column in columns])
    return Newly(reach, {site: at for at, site in enumerate(sites)}, figures)


def in_order(whole: Coverage, sites: Sequence[int]) -> list[int]:
    """`sites` by what each adds to those before it, most first; of equals the first in `whole`."""
    left, rest, order = whole.value.copy(), sorted(sites), list[int]()
    while rest:
        added = [left[whole.points(site)].sum() for site in rest]
        site = rest.pop(int(np.argmax(added)))
        left[whole.points(site)] = 0
        order.append(site)
    return order


def chosen(order: Sequence[int], offered: pd.DataFrame, newly: Newly) -> pd.DataFrame:
    """`siting.Sites.chosen`: the sites in `order`, each with whom it adds to those before it."""
    together = [newly.people_of(order[:n]) for n in range(len(order) + 1)]
    added = np.diff(np.array(together).reshape(-1, len(NEWLY)), axis=0)
    table = _named(order, offered).assign(**dict(zip(NEWLY, added.T, strict=True)))
    table.insert(0, "order", np.arange(1, len(order) + 1))
    return table


def curve(bests: Sequence[Best], newly: Newly, demand: pd.DataFrame, *, within_m: float) -> pd.DataFrame:
    """`siting.Sites.curve`: what 1, 2, … of the best sites reach."""
    total = demand["weight"].sum()
    now = demand["weight"][demand["distance_m"] <= within_m].sum()
    sums = np.array([newly.of(best.sites) for best in bests]).reshape(-1, newly.figures.shape[1])
    return pd.DataFrame(
        {
            "n_sites": np.arange(1, len(bests) + 1),
            **{name: sums[:, at] for at, name in enumerate(NEWLY)},
            "value": sums[:, 4],
            "within_share": (now + sums[:, 3]) / (total or np.nan),
            "is_proven": np.array([best.is_proven for best in bests], dtype=bool),
            "shortfall_share": np.array([best.shortfall_share for best in bests], dtype=float),
        }
    )


def alternatives(whole: Coverage, order: Sequence[int], offered: pd.DataFrame) -> pd.DataFrame:
    """`siting.Sites.alternatives`: who could take the place of each site of `order`, nearest first."""
    value = whole.total(order)
    tables = []
    for at, site in enumerate(order):
        others = [other for other in order if other != site]
        left = whole.left(others)
        lost = 1 - (whole.value[left == 0].sum() + whole.gains(left)) / value
        lost = np.where(lost <= EQUAL, 0.0, lost)
        away = np.hypot(*(positions(offered) - positions(offered)[site]).T)
        fit = np.flatnonzero(lost <= MOST_LOST)
        fit = fit[~np.isin(fit, order)]
        fit = fit[np.argsort(away[fit], kind="stable")][:MOST_ALTERNATIVES]
        table = _named(fit.tolist(), offered).drop(columns="wd24cd")
        table.insert(0, "site", at + 1)
        tables.append(table.assign(away_m=away[fit], loss_share=lost[fit]))
    nobody = _named([], offered).drop(columns="wd24cd").assign(away_m=0.0, loss_share=0.0)
    nobody.insert(0, "site", np.empty(0, dtype=np.int64))
    return pd.concat(tables, ignore_index=True) if tables else nobody


def _named(sites: Sequence[int], offered: pd.DataFrame) -> pd.DataFrame:
    return offered.iloc[list(sites)][list(COLUMNS)].rename_axis("candidate").reset_index()
