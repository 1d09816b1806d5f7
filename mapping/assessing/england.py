"""How well the people of every council held reach places: each answered on its own, ranked together."""

from collections.abc import Collection
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
import pandas as pd

from mapping import parallel
from mapping.analysis import assess, gaps, record
from mapping.analysis.distances import FloatArray, Metric, StraightLine
from mapping.analysis.filters import Filters
from mapping.analysis.gap_ground import AROUND_M
from mapping.assessing.ground import council_lsoas, official_areas
from mapping.assessing.views import asked_question
from mapping.atlas import Atlas

RANKS: Final = ("gap_rank", "gap_rank_low", "gap_rank_high")
NEEDED: Final = ["easting", "northing", "is_live", "is_small_user", "lsoa11cd", "lsoa21cd", "lad24cd"]


@dataclass(frozen=True, kw_only=True)
class National:
    """What is the same for every council."""

    filters: Filters
    lsoas: pd.DataFrame
    """`schemas.Deprivation` of the councils held."""
    areas: pd.DataFrame
    """`code, name, decile, rank, why, lad24cd` of every area."""
    area_of: "pd.Series[str]"
    places: pd.DataFrame
    counted: pd.DataFrame
    completeness: pd.DataFrame
    recorded: Collection[str]
    unrecorded: pd.DataFrame
    """Live postcodes of councils whose record is not held."""
    metric: Metric
    capacity: "pd.Series[float] | None"


def england_gaps(
    filters: Filters,
    *,
    atlas: Atlas,
    places: pd.DataFrame,
    completeness: pd.DataFrame | None = None,
    metric: Metric | None = None,
    capacity: "pd.Series[float] | None" = None,
    engine: str = "default",
    workers: int | None = None,
    is_shown: bool = False,
) -> pd.DataFrame:
    """One row an area of every council of `atlas`, by council: `assess.COLUMNS`, `lad24cd`, `lad24nm`.

    The figures are those of each council's own answer; `gap_rank`, `gap_rank_low` and `gap_rank_high` are
    among all the rows.

    Parameters
    ----------
    filters : what is asked; its council is passed over.
    engine, workers : as in `parallel.mapped`; the answers are the same.
    is_shown : whether a bar on standard error shows how far it is.

    Raises UnknownAreaError (the edition is not held), or as `Atlas.postcodes` does.
    """
    postcodes = atlas.postcodes()[NEEDED]
    shared = _national(
        filters,
        atlas=atlas,
        postcodes=postcodes,
        places=places,
        completeness=atlas.completeness if completeness is None else completeness,
        metric=metric or StraightLine(detour=filters.detour),
        capacity=capacity,
    )
    mine = postcodes[postcodes["lad24cd"].isin(atlas.councils["lad24cd"])]
    work = partial(_answered, shared=shared, is_shown=is_shown and engine == "default")
    done = parallel.mapped(work, mine, engine=engine, by="lad24cd", workers=workers)
    rows = pd.concat([rows for rows, _ in done], ignore_index=True)
    ranked = gaps.ranked(rows["gap"].to_numpy(dtype=float), np.concatenate([tried for _, tried in done]))
    for name in RANKS:
        rows[name] = ranked[name].array
    return rows.assign(lad24nm=rows["lad24cd"].map(atlas.council_names))


def _national(
    filters: Filters,
    *,
    atlas: Atlas,
    postcodes: pd.DataFrame,
    places: pd.DataFrame,
    completeness: pd.DataFrame,
    metric: Metric,
    capacity: "pd.Series[float] | None",
) -> National:
    held = list(atlas.councils["lad24cd"])
    lsoas = council_lsoas(atlas, filters, lad24cd=held)
    areas, area_of = official_areas(filters, lsoas, atlas=atlas)
    recorded = record.recorded_councils(
        completeness, kinds=filters.kinds, categories=filters.categories, places=places
    )
    counted, _ = assess.counted(
        places,
        lad24cd="",
        kinds=filters.kinds,
        categories=filters.categories,
        ownerships=filters.ownerships,
    )
    is_unknown = postcodes["is_live"] & ~postcodes["lad24cd"].isin(recorded)
    return National(
        filters=filters,
        lsoas=lsoas,
        areas=areas,
        area_of=area_of,
        places=places,
        counted=counted,
        completeness=completeness,
        recorded=recorded,
        unrecorded=postcodes[is_unknown],
        metric=metric,
        capacity=capacity,
    )


def _answered(
    postcodes: pd.DataFrame, *, shared: National, is_shown: bool
) -> tuple[pd.DataFrame, FloatArray]:
    """The areas of the councils that `postcodes` are of, and their gaps by every choice tried."""
    from tqdm import tqdm

    councils = postcodes.groupby("lad24cd", sort=True)
    told = [
        _council(own, shared=shared, lad24cd=str(code))
        for code, own in tqdm(councils, desc="Councils", unit="", disable=not is_shown)
    ]
    rows = [view.areas.assign(lad24cd=view.lad24cd) for view in told]
    return pd.concat(rows, ignore_index=True), np.concatenate([view.tried for view in told])


def _council(postcodes: pd.DataFrame, *, shared: National, lad24cd: str) -> assess.Assessment:
    filters = shared.filters
    lsoas = shared.lsoas[shared.lsoas["lad24cd"] == lad24cd]
    areas = shared.areas[shared.areas["lad24cd"] == lad24cd]
    around_m = max(AROUND_M, filters.reach_m)
    near = _near(shared.unrecorded, postcodes, lad24cd=lad24cd, around_m=around_m)
    ground = assess.ground(
        pd.concat([postcodes, near]),
        lsoas,
        lad24cd=lad24cd,
        edition=filters.edition,
        areas=areas,
        area_of=shared.area_of.reindex(lsoas["lsoa_code"]),
        around_m=around_m,
    )
    standing = record.standing(
        shared.completeness,
        lad24cd=lad24cd,
        kinds=filters.kinds,
        categories=filters.categories,
        places=shared.places,
    )
    return assess.assess(
        ground,
        shared.counted,
        question=asked_question(filters),
        metric=shared.metric,
        standing=standing,
        recorded=shared.recorded,
        capacity=shared.capacity,
    )


def _near(others: pd.DataFrame, postcodes: pd.DataFrame, *, lad24cd: str, around_m: float) -> pd.DataFrame:
    """Those of `others`, of other councils, that may be near any of `postcodes`."""
    is_near = np.ones(len(others), dtype=bool)
    for axis in ("easting", "northing"):
        low, high = postcodes[axis].min() - around_m, postcodes[axis].max() + around_m
        is_near &= others[axis].between(low, high).to_numpy()
    near = others[is_near]
    return near[near["lad24cd"] != lad24cd]
