"""Where one more would help most: the sites from which most people in need are newly within reach."""

from dataclasses import dataclass, replace
from time import monotonic
from typing import Final

import numpy as np
import pandas as pd

from mapping.analysis import siting_exact, siting_tables
from mapping.analysis.candidates import thinned
from mapping.analysis.distances import Metric, positions
from mapping.analysis.question import CANDIDATES, MOST_ADDED
from mapping.analysis.siting_exact import Best
from mapping.analysis.siting_model import Coverage, coverage, reduced

CURVE: Final = 5
"""The curve goes up to so many sites at least."""
FEW: Final = 4_000
"""So many candidates are all tried, however far they reach."""
MOST_PAIRS: Final = 6_000_000
"""Of more candidates than `FEW`, as many as have so many points within reach; one a square of a grid."""
SAMPLE: Final = 100
NONE: Final = Best(sites=(), value=0.0, bound=0.0, has_equal=None, prices=np.empty(0))
"""The best where no candidate reaches anybody."""


@dataclass(frozen=True, kw_only=True)
class Sites:
    """The best sites for a number of places more, and how sure it is that they are the best."""

    chosen: pd.DataFrame
    """`order` from 1, by what each adds to those before it; `candidate, name, postcode, easting, northing,
    wd24cd`; `newly_within, newly_within_need, newly_within_fifth`: the people it adds to those before it,
    those of them in need, and in the most deprived fifth. May have fewer rows than asked for: see `why`."""
    newly_within: float
    """People whom no place reaches now and one of `chosen` would; NaN where the population is not held."""
    newly_within_need: float
    """The same, each counted by the need of their LSOA."""
    newly_within_fifth: float
    """The same, of those in the most deprived fifth; NaN where demand does not tell."""
    curve: pd.DataFrame
    """One row a number of sites, `n_sites` from 1: `newly_within, newly_within_need, newly_within_fifth`;
    `value`, the weight newly reached times need; `within_share` of all weight, with what is reached now;
    `is_proven`, `shortfall_share` as below."""
    alternatives: pd.DataFrame
    """Candidates that could take the place of one of `chosen`, `site` by its `order`, at a loss of at most
    1 % of the value, nearest first: `candidate, name, postcode, easting, northing, away_m, loss_share`."""
    has_equal: bool | None
    """Whether other sites are exactly as good; None where that is not known."""
    is_proven: bool
    """Whether nothing better exists among the candidates."""
    shortfall_share: float
    """How much of the best possible value this may lack at most, 0 to 1; 0 where it is proven."""
    demand_total: float
    """The value of all who are in need, reached now or not: the sum of weight times need."""
    n_candidates: int
    """How many were offered."""
    why: str
    """Why there are fewer sites than asked for, or what else is to be known; blank where there is nothing."""


def best_sites(
    demand: pd.DataFrame,
    sites: pd.DataFrame,
    *,
    metric: Metric,
    within_m: float,
    add: int,
    time_limit_s: float = 20.0,
) -> Sites:
    """The `add` candidates from which most weight times need is newly at most `within_m` away.

    The maximal covering location problem of Church and ReVelle 1974 with what exists as it is; exact by
    HiGHS, and never worse than taking the best one after the other. Of equally good answers it is always the
    same, whatever the order of the rows.

    Parameters
    ----------
    demand : `easting, northing, people, weight, need`, `distance_m` to the nearest place that counts (NaN for
        none), and perhaps `is_fifth`; unique index.
    sites : `candidates.candidates_of`.
    add : 1 to `question.MOST_ADDED`; fewer and more are taken as these.
    time_limit_s : for all of it. With less than a second for a council, expect an answer that is not proven.
    """
    deadline = monotonic() + time_limit_s
    add = min(max(add, 1), MOST_ADDED)
    values = demand["weight"] * demand["need"].fillna(0)
    # NaN: there is no place to reach.
    beyond = demand.assign(value=values)[~(demand["distance_m"] <= within_m)].sort_index()
    wanting = beyond[beyond["value"] > 0]
    offered, thinning = _offered(sites, wanting, metric=metric, within_m=within_m)
    ends = positions(wanting), wanting["value"].to_numpy(float), positions(offered)
    whole = coverage(*ends, metric=metric, within_m=within_m)
    bests = _bests(whole, add, deadline=deadline)
    best = bests[add - 1]
    order = siting_tables.in_order(whole, best.sites)
    newly = siting_tables.newly_of(beyond, offered, bests, metric=metric, within_m=within_m)
    alternatives = siting_tables.alternatives(whole, order, offered)
    has_need = bool((values > 0).any())
    why = _why(
        len(order), add, n_offered=len(sites), n_wanting=len(wanting), has_need=has_need, within_m=within_m
    )
    return Sites(
        chosen=siting_tables.chosen(order, offered, newly),
        **dict(zip(siting_tables.NEWLY, newly.people_of(order), strict=True)),
        curve=siting_tables.curve(bests, newly, demand, within_m=within_m),
        alternatives=alternatives,
        has_equal=True if (alternatives["loss_share"] == 0).any() else best.has_equal,
        is_proven=best.is_proven,
        shortfall_share=best.shortfall_share,
        demand_total=float(values.sum()),
        n_candidates=len(sites),
        why=" ".join(filter(None, (why, thinning))),
    )


def _offered(
    sites: pd.DataFrame, wanting: pd.DataFrame, *, metric: Metric, within_m: float
) -> tuple[pd.DataFrame, str]:
    """The sites that reach any of `wanting`, by their index, and a sentence if not all of them are tried."""
    placed = sites[sites["easting"].notna() & sites["northing"].notna()].sort_index()
    _, metres = metric.nearest(positions(placed), positions(wanting))
    useful = placed[metres <= within_m]
    kept, width = thinned(useful, most=_most(useful, wanting, metric=metric, within_m=within_m))
    if not width:
        return kept, ""
    return kept, f"Of {len(useful):,} candidates one in each square of {width} m was tried: {len(kept):,}."


def _most(sites: pd.DataFrame, points: pd.DataFrame, *, metric: Metric, within_m: float) -> int:
    """How many of `sites` can be tried, judged by how many of `points` some of them reach."""
    if len(sites) <= FEW:
        return len(sites)
    some = sites.iloc[:: len(sites) // SAMPLE]
    reached = metric.pairs(positions(some), positions(points), within_m=within_m)
    return max(FEW, int(MOST_PAIRS * len(some) / max(len(reached.origin), 1)))


def _bests(whole: Coverage, add: int, *, deadline: float) -> list[Best]:
    """The best 1, 2, … sites by their positions in `whole`."""
    few, kept = reduced(whole)
    if not len(kept):
        return [NONE] * max(add, CURVE)
    bests = siting_exact.best_sets(few, max(add, CURVE), first=add, deadline=deadline)
    return [replace(best, sites=tuple(kept[list(best.sites)].tolist())) for best in bests]


def _why(n_chosen: int, add: int, *, n_offered: int, n_wanting: int, has_need: bool, within_m: float) -> str:
    if not has_need:
        return "Nobody here lives in an LSOA that counts as in need by this choice. Choose a wider one."
    if not n_wanting:
        return f"All who are in need have one within {within_m:,.0f} m already. Choose a shorter distance."
    if not n_offered:
        return f"There is no candidate to choose from. Choose “{CANDIDATES['postcodes']}” instead."
    if not n_chosen:
        return (
            f"No candidate is within {within_m:,.0f} m of anybody in need who has none there. "
            f"Choose “{CANDIDATES['postcodes']}”, or a longer distance."
        )
    if n_chosen < add:
        sites = "1 site reaches" if n_chosen == 1 else f"{n_chosen} sites reach"
        return f"{sites} everybody in need whom any candidate could: more would add nobody."
    return ""
