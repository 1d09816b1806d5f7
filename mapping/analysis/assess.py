"""One question about gaps answered for one council: who lacks what, where, and how sure that is."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from mapping.analysis import facets, gap_areas, gap_notes, gap_points, gaps
from mapping.analysis.distances import FloatArray, Metric, Reach
from mapping.analysis.gap_ground import Ground, ground
from mapping.analysis.question import Question
from mapping.analysis.record import Standing
from mapping.editions import EDITIONS

__all__ = ["COLUMNS", "Assessment", "Ground", "assess", "counted", "ground"]

COLUMNS: Final = (
    "code",
    "name",
    "population",
    "within_share",
    "mean_distance_m",
    "p90_distance_m",
    "n_within",
    "nearest_place",
    "nearest_id",
    "gap_rank",
    "gap_rank_low",
    "gap_rank_high",
    "note",
    "need_share",
    "lack",
    "gap",
    "people_beyond",
    "need_people_beyond",
    "n_inside",
    "per_10000",
    "catchment_ratio",
    "edge_share",
    "is_check_first",
    "decile",
    "rank",
    "n_points",
    "why",
)


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """The answer to one question about gaps. Never write to it."""

    question: Question
    lad24cd: str
    metric_words: str
    standing: Standing
    n_left_out: int
    """Places of the council that are asked for but have no published position: they are not counted."""
    demand: pd.DataFrame
    """`Ground.demand` with what `gap_points.measured` adds, and `is_edge` as in `gap_points`."""
    places: pd.DataFrame
    """Those counted, of any council."""
    tried: FloatArray
    """`gaps.tried`, a row for each of `areas`; NaN where it has no figures."""
    areas: pd.DataFrame
    """One row an area, `COLUMNS`, in the order of `Ground.areas`. Shares are 0 to 1, distances metres; NA is
    not known, never zero, and `why` says why a row has no figures."""
    total: "pd.Series[float]"
    """The figures of the whole council: `gap_areas.TOTALS`."""


def counted(
    places: pd.DataFrame,
    *,
    lad24cd: str,
    kinds: Collection[str] = (),
    categories: Collection[str] = (),
    ownerships: Collection[str] = (),
) -> tuple[pd.DataFrame, int]:
    """The places that count, in their order, and how many more of the council's own have no position.

    Those of every council count: people cross boundaries. A place counts that is not closed and has one of
    the values chosen in each facet that has any; "Not recorded" is a value.
    """
    chosen = {"kind": kinds, "category": categories, "ownership": ownerships}
    asked = places[facets.fits(places, chosen) & (places["status"] != "closed")]
    has_position = asked["easting"].notna() & asked["northing"].notna()
    is_left_out = (asked["lad24cd"] == lad24cd) & ~has_position
    return asked[has_position], int(is_left_out.sum())


def assess(
    base: Ground,
    places: pd.DataFrame,
    *,
    question: Question,
    metric: Metric,
    standing: Standing,
    recorded: Collection[str],
    left_out: int = 0,
    capacity: "pd.Series[float] | None" = None,
) -> Assessment:
    """The answer to `question` on the ground `base`.

    Parameters
    ----------
    places : as `counted` gives them.
    standing, recorded : `record.standing` of the council and `record.recorded_councils`, of the same choice.
    left_out : as `counted` gives it.
    capacity : what each place can serve, by `place_id`, for the E2SFCA; one without counts as their mean.
        None: all count alike.
    """
    reach = gap_points.reach_of(base.demand, places, question=question, metric=metric)
    supply = None if capacity is None else gap_points.supply_of(places, capacity)
    n = EDITIONS[base.edition].n_lsoas
    demand = gap_points.measured(
        base.demand, places, base.lsoas, n=n, metric=metric, supply=supply, question=question, reach=reach
    )
    edge = gap_points.is_edge(demand, base.around, recorded=recorded, question=question, metric=metric)
    demand = demand.assign(is_edge=edge)
    tried, ranked = _ranked(base, demand, question=question, reach=reach, n_places=len(places), supply=supply)
    areas, total = _figures(base, demand, places, question=question, reach=reach)
    rows = gap_areas.area_rows(base.areas, areas, ranked, names=places.set_index("place_id")["name"])
    n_places = _n_near(base, places, reach.within(question.within_m))
    return Assessment(
        question=question,
        lad24cd=base.lad24cd,
        metric_words=metric.words,
        standing=standing,
        n_left_out=left_out,
        demand=demand,
        places=places,
        tried=np.full_like(tried, np.nan) if standing.is_silent else tried,
        areas=_told(rows, standing=standing, n_places=n_places, is_peopled=_is_peopled(demand)),
        total=_known(total.assign(n_places=n_places), standing)[list(gap_areas.TOTALS)].iloc[0].astype(float),
    )


def _ranked(
    base: Ground,
    demand: pd.DataFrame,
    *,
    question: Question,
    reach: Reach,
    n_places: int,
    supply: FloatArray | None,
) -> tuple[FloatArray, pd.DataFrame]:
    """`gaps.tried` and `gaps.gap_table` of the areas of `base`, in their order."""
    area = np.asarray(pd.Index(base.areas["code"]).get_indexer(pd.Index(demand["area"])), dtype=np.int64)
    n, n_areas = EDITIONS[base.edition].n_lsoas, len(base.areas)
    needs = gaps.need_shares(base.lsoas, demand, area, n_areas=n_areas, index=question.index, n=n)
    weight: FloatArray = demand["weight"].to_numpy(dtype=float)
    metres: FloatArray = demand["distance_m"].to_numpy(dtype=float)
    lack = gaps.nearest_lack(metres, weight, area, n_areas=n_areas)
    if question.lack == "catchment":
        lack = gaps.catchment_lack(reach, weight, area, n_areas=n_areas, n_places=n_places, capacity=supply)
    tried = gaps.tried(needs, lack, question=question)
    return tried, gaps.gap_table(needs, lack, question=question, others=tried)


def _figures(
    base: Ground, demand: pd.DataFrame, places: pd.DataFrame, *, question: Question, reach: Reach
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`gap_areas.figures` of each area, and of the whole council in one row."""
    held_in = places[EDITIONS[base.edition].lsoa]
    inside = None if base.inside is None else held_in.map(base.inside)
    is_own = held_in.isin(base.lsoas["lsoa_code"])
    everywhere = pd.Series(base.lad24cd, index=demand.index, dtype="str")
    of_council = pd.Series(base.lad24cd, index=places.index, dtype="str").where(is_own)
    within_m = question.within_m
    return (
        gap_areas.figures(
            demand, demand["area"], places=places, inside=inside, within_m=within_m, reach=reach
        ),
        gap_areas.figures(
            demand, everywhere, places=places, inside=of_council, within_m=within_m, reach=reach
        ),
    )


def _n_near(base: Ground, places: pd.DataFrame, near: Reach) -> int:
    """How many of `places` are in the council or near anybody in it."""
    is_counted = (places["lad24cd"] == base.lad24cd).to_numpy(dtype=bool, copy=True)
    is_counted[near.target] = True
    return int(is_counted.sum())


def _told(rows: pd.DataFrame, *, standing: Standing, n_places: int, is_peopled: bool) -> pd.DataFrame:
    """`rows` with their notes, and with nothing but the reason where nothing is known, as `COLUMNS`."""
    empty = rows["n_points"].isna()
    why = rows["why"].where(empty, "").mask(empty & (rows["why"] == ""), gap_notes.NO_POSTCODES)
    if standing.is_silent:
        why = why.mask(~empty, gap_notes.no_figure(standing))
    rows = rows.assign(why=why, is_check_first=standing.is_check_first)
    note = gap_notes.notes(rows, standing=standing, n_places=n_places, is_peopled=is_peopled)
    return _known(rows.assign(note=note), standing)[list(COLUMNS)]


def _known(rows: pd.DataFrame, standing: Standing) -> pd.DataFrame:
    return gap_areas.without_places(rows) if standing.is_silent else rows


def _is_peopled(demand: pd.DataFrame) -> bool:
    return bool(demand["people"].notna().all())
