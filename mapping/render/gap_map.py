"""Gaps on one map: need as the shade of each area, lack as a circle over it, the largest gaps by number."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isnan
from typing import Any, Final

import numpy as np
import pandas as pd
import shapely

from mapping.render import gap_key, legend
from mapping.render.gap_key import TIE, Key
from mapping.render.gap_words import Answer
from mapping.render.place_words import Noun
from mapping.render.shapes import DECIMALS, Bounds, GeoFile

MOST_RANKED: Final = 10
"""So many of the largest gaps are numbered."""
LARGE: Final = 0.9
"""The share of areas that have fewer people than the one that the circles are scaled by."""
NEAR_ENOUGH: Final = 3e-4
"""Degrees within which the middle of an area is looked for: some 30 m."""

Spot = tuple[str, float, float]
"""Name, longitude and latitude."""
Centre = tuple[float, float]


@dataclass(frozen=True, kw_only=True)
class GapState:
    """All that one view of the map of gaps shows, as plain values; areas in the order of their file."""

    areas: str
    """Address of the areas' file."""
    classes: tuple[int | None, ...]
    """Position of each area's shade in the key; `None` where it has no decile."""
    centres: tuple[Centre, ...]
    """Longitude and latitude of each area's circle."""
    amounts: tuple[float | None, ...]
    """People farther than the distance asked for; per cent where people are not held; `None`: no figure."""
    people: tuple[int | None, ...]
    """All who live in each area; empty where people are not held."""
    ranks: tuple[tuple[int, int, int] | None, ...]
    """Rank of each gap, 1 the largest, and its range under other choices; `None` where there is no gap."""
    numbered: tuple[tuple[int, str], ...]
    """Position of each of the largest gaps, and what its circle says: `3`, or `3=` where it is a tie."""
    unsure: tuple[int, ...]
    """Positions of the areas to check first: their record is thin."""
    why: tuple[tuple[str, tuple[int, ...]], ...]
    """Why areas have no figure, and the positions of those areas."""
    outlines: str | None
    """Address of the outlines drawn over the areas."""
    places: str
    """Address of the places' file."""
    shown: tuple[int, ...]
    """Positions in that file of the places that count."""
    kinds: tuple[str, ...]
    """The kinds among them."""
    closed: tuple[int, ...]
    """Positions in that file of the places that the plan drawn closes."""
    proposals: tuple[Spot, ...]
    """What the plan drawn adds."""
    sites: tuple[Spot, ...]
    """The best sites, the first first: they are lettered."""
    plan: str
    """Which plan is drawn, in a line; empty where none is."""
    bounds: Bounds
    selected: str
    """`area:CODE`, `place:ID` or empty."""
    said: tuple[str, ...]
    """What is selected in a line, part by part."""
    legend: Key


def gap_state(
    areas: GeoFile,
    view: Answer,
    *,
    key: legend.Legend,
    geography: str,
    what: Noun,
    places: GeoFile,
    proposals: Sequence[Spot] = (),
    sites: Sequence[Spot] = (),
    closed: Collection[str] = (),
    plan: str = "",
    outlines: GeoFile | None = None,
    selected: str = "",
    said: tuple[str, ...] = (),
) -> GapState:
    """One view of the gaps as plain values.

    Parameters
    ----------
    view : `analysis.assess.Assessment`; an area of the file that it does not have has no figure.
    key : the key to the deciles of the index that need is taken from.
    geography : `lsoa` or `ward`.
    places : those of `view` that are not in this file are passed over.
    closed : identifiers of places that the plan drawn closes; they are drawn crossed out.
    """
    rows = view.areas.set_index("code").reindex(list(areas.keys))
    counted = view.places[view.places["place_id"].isin({*places.keys} - {*closed})]
    amounts, people = _amounts(rows)
    ranks, numbered, unsure = _ranks(rows), _numbered(rows), _unsure(rows)
    return GapState(
        areas=areas.address,
        classes=tuple(None if pd.isna(decile) else int(decile) - 1 for decile in rows["decile"]),
        centres=centres(areas),
        amounts=amounts,
        people=people,
        ranks=ranks,
        numbered=numbered,
        unsure=unsure,
        why=_reasons(rows),
        outlines=outlines.address if outlines else None,
        places=places.address,
        shown=_positions(places, set(counted["place_id"])),
        kinds=tuple(sorted(counted["kind"].unique())),
        closed=_positions(places, {*closed}),
        proposals=tuple(map(_spot, proposals)),
        sites=tuple(map(_spot, sites)),
        plan=plan,
        bounds=areas.bounds,
        selected=selected,
        said=said,
        legend=gap_key.key(
            key,
            view.question,
            geography=geography,
            metric_words=view.metric_words,
            what=what,
            large=float(rows["population"].astype("Float64").quantile(LARGE)) if people else None,
            has_shares=not people and any(amount is not None for amount in amounts),
            has_numbers=bool(numbered),
            has_ties=any(word.endswith(TIE) for _, word in numbered),
            has_quiet=any(amount and not rank for amount, rank in zip(amounts, ranks, strict=True)),
            is_unsure=bool(unsure),
        ),
    )


@lru_cache(maxsize=512)
def centres(areas: GeoFile) -> tuple[Centre, ...]:
    """Longitude and latitude of the middle of each area of the file: the centre of the largest circle in it.

    Every such point lies in its area, also where that is a crescent or has a hole.
    """
    shapes = shapely.get_parts(shapely.from_geojson(areas.body))
    # A degree of longitude is the shorter one: squeezed, a circle is a circle.
    wide = np.cos(np.radians((areas.bounds[1] + areas.bounds[3]) / 2))
    squeezed = shapely.transform(shapes, lambda xy: xy * [wide, 1])
    middles = shapely.get_point(shapely.maximum_inscribed_circle(squeezed, tolerance=NEAR_ENOUGH), 0)
    degrees = shapely.get_coordinates(middles) / [wide, 1]
    return tuple((float(lon), float(lat)) for lon, lat in np.round(degrees, DECIMALS))


def _amounts(rows: pd.DataFrame) -> tuple[tuple[float | None, ...], tuple[int | None, ...]]:
    """What sizes the circles, and all people; per cent of the postcodes where people are not held."""
    if rows["people_beyond"].notna().any():
        return _whole(rows["people_beyond"]), _whole(rows["population"])
    shares = 100 * (1 - rows["within_share"].astype(float))
    return tuple(None if isnan(share) else round(share, 1) for share in shares), ()


def _whole(figures: "pd.Series[Any]") -> tuple[int | None, ...]:
    return tuple(None if pd.isna(n) else round(float(n)) for n in figures)


def _ranks(rows: pd.DataFrame) -> tuple[tuple[int, int, int] | None, ...]:
    columns = (rows[name] for name in ("gap", "gap_rank", "gap_rank_low", "gap_rank_high"))
    return tuple(
        None if pd.isna(gap) or gap <= 0 else (int(rank), int(low), int(high))
        for gap, rank, low, high in zip(*columns, strict=True)
    )


def _numbered(rows: pd.DataFrame) -> tuple[tuple[int, str], ...]:
    """The largest gaps, the largest first; of those that tie, the ones with most people farther."""
    told = rows.assign(at=range(len(rows)))[(rows["gap"] > 0).fillna(False).astype(bool)]
    told = told.assign(tie=told["gap_rank"].duplicated(keep=False).map({True: TIE, False: ""}))
    # A fiftieth "1=" says no more than a tenth, and hides what is beneath it.
    first = told.sort_values(["gap_rank", "people_beyond"], ascending=[True, False], kind="stable")[
        :MOST_RANKED
    ]
    columns = (first[name] for name in ("at", "gap_rank", "tie"))
    return tuple((int(at), f"{int(rank)}{tie}") for at, rank, tie in zip(*columns, strict=True))


def _unsure(rows: pd.DataFrame) -> tuple[int, ...]:
    return tuple(i for i, each in enumerate(rows["is_check_first"]) if not pd.isna(each) and each)


def _reasons(rows: pd.DataFrame) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """Each reason once, in the order met."""
    reasons: dict[str, list[int]] = {}
    for position, why in enumerate(rows["why"]):
        if not pd.isna(why) and why:
            reasons.setdefault(str(why), []).append(position)
    return tuple((why, tuple(positions)) for why, positions in reasons.items())


def _positions(file: GeoFile, keys: Collection[str]) -> tuple[int, ...]:
    return tuple(position for position, key in enumerate(file.keys) if key in keys)


def _spot(spot: Spot) -> Spot:
    name, lon, lat = spot
    return str(name), round(float(lon), DECIMALS), round(float(lat), DECIMALS)
