"""What a profile asks about gaps, one question a kind of place, and what the answers say of one area."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Final

import pandas as pd

from mapping.analysis.assess import Assessment
from mapping.analysis.filters import ANYWHERE, Filters
from mapping.analysis.gaps import DECIMALS
from mapping.analysis.record import ALL, NOT_SURVEYED, RECORDED

CO_OPERATIVE: Final = "co-operative"
COLUMNS: Final = (
    "code",
    "population",
    "need_share",
    "within_share",
    "people_beyond",
    "need_people_beyond",
    "mean_distance_m",
    "nearest_place",
    "n_inside",
    "gap",
    "gap_rank",
    "gap_rank_low",
    "gap_rank_high",
    "note",
    "why",
)


@dataclass(frozen=True, kw_only=True)
class Sought:
    """What is looked for: places of these kinds and categories; none chosen: any."""

    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    ownerships: tuple[str, ...] = ()


def sought(
    places: pd.DataFrame, completeness: pd.DataFrame, *, lad24cd: str, filters: Filters
) -> tuple[Sought, ...]:
    """What is looked for in the council `lad24cd`, without repetition.

    First what `filters` choose, if anything; then co-operatives of any category; then each category of
    community assets that has a position on record or that somebody looked for, by name.

    Parameters
    ----------
    places : `schemas.Places`.
    completeness : `schemas.Completeness`.
    """
    mine = places[(places["lad24cd"] == lad24cd) & (places["status"] != "closed")]
    placed = mine[mine["easting"].notna() & (mine["kind"] != CO_OPERATIVE)]
    told = completeness[(completeness["lad24cd"] == lad24cd) & (completeness["kind"] != CO_OPERATIVE)]
    looked_for = told[(told["completeness"] != NOT_SURVEYED) & (told["category"] != ALL)]
    named = sorted({*placed["category"], *looked_for["category"]})
    chosen = Sought(kinds=filters.kinds, categories=filters.categories, ownerships=filters.ownerships)
    found = [Sought(kinds=(CO_OPERATIVE,)), *(Sought(categories=(name,)) for name in named)]
    return tuple(dict.fromkeys([chosen, *found] if chosen != Sought() else found))


def not_surveyed(places: pd.DataFrame, completeness: pd.DataFrame, *, lad24cd: str) -> tuple[str, ...]:
    """The categories that nobody has looked for in the council and of which it has no place, by name."""
    told = completeness[(completeness["lad24cd"] == lad24cd) & (completeness["completeness"] == NOT_SURVEYED)]
    held = set(places.loc[places["lad24cd"] == lad24cd, "category"])
    return tuple(sorted(set(told["category"]) - held - {ALL}))


def question_of(each: Sought, filters: Filters) -> Filters:
    """The choices of a view that ask how near `each` is, in the areas and by the choices of `filters`.

    What chooses places or areas otherwise is left out: the same question is the same view.
    """
    return replace(
        Filters(council=filters.council),
        edition=filters.edition,
        geography=filters.geography,
        index=filters.index,
        kinds=each.kinds,
        categories=each.categories,
        ownerships=each.ownerships,
        need=filters.need,
        lack=filters.lack,
        decay=filters.decay,
        reach_m=filters.reach_m,
        way=filters.way,
        detour=filters.detour,
        deciles=ANYWHERE,
    )


def area_gaps(answers: Collection[Assessment]) -> pd.DataFrame:
    """What the answers say of each area: one row an answer and area, in the order of the answers.

    Columns `COLUMNS`, as in `assess.COLUMNS`; `answer`, from 0; `level` of the record, `is_silent` where
    nothing is known; `n_areas`, the number ranked; `is_joint` where another area shares the rank.
    """
    tables = []
    for at, answer in enumerate(answers):
        areas, standing = answer.areas[list(COLUMNS)], answer.standing
        ranks = areas["gap_rank"]
        table = areas.assign(
            answer=at,
            level=standing.level,
            is_silent=standing.is_silent,
            n_areas=int(ranks.notna().sum()),
            is_joint=ranks.duplicated(keep=False) & ranks.notna(),
        )
        tables.append(table)
    return pd.concat(tables, ignore_index=True)


def largest(gaps: pd.DataFrame) -> tuple[int, ...]:
    """The numbers of the answers with an area's largest gap, all that tie; none where it has none.

    `gaps` are the rows of `area_gaps` of the area. Those whose record is not thin come before those whose
    record is: what is not recorded is no gap. Of equal gaps the one that fewest people are near to counts as
    the larger.
    """
    known = gaps[gaps["gap"].astype(float) > 0]
    sure = known[known["level"] == RECORDED]
    rows = sure if len(sure) else known
    size = rows["gap"].astype(float).round(DECIMALS)
    near = rows["within_share"].astype(float).round(DECIMALS)[size == size.max()]
    return tuple(int(at) for at in rows.loc[near.index[near == near.min()], "answer"])


def has_thin_aside(gaps: pd.DataFrame) -> bool:
    """Whether `largest` left aside a gap as large or larger, as the record of it is thin.

    `gaps` are the rows of `area_gaps` of the area.
    """
    size = gaps["gap"].astype(float).round(DECIMALS)
    is_sure = gaps["level"] == RECORDED
    sure, thin = size[is_sure & (size > 0)], size[~is_sure & (size > 0)]
    return bool(len(sure) and len(thin) and thin.max() >= sure.max())
