"""The map of gaps as it is drawn on paper: the circles, shades and numbers of the Gaps page, in metres."""

import datetime
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd

from mapping.crs import from_degrees
from mapping.editions import EDITIONS
from mapping.render import gap_map, legend, shapes
from mapping.render.gap_map import GapState
from mapping.render.picture_keys import lack_block, need_block, place_block, plan_entries
from mapping.render.sheet.picture import Bounds, Circle, KeyBlock, Mark, Picture
from mapping.reporting import picture_parts as parts
from mapping.reporting.held import Held
from mapping.reporting.picture_explore import blocks, wards_words
from mapping.reporting.picture_gap_words import gap_words, key_of
from mapping.reporting.picture_gaps import LETTERS, Answered

ROOM: Final = 0.5
"""Of the way to the next circle’s middle: large neighbours touch, as on the page."""
PIXELS: Final = 560.0
"""The page’s map is so high: what it bounds in pixels is bounded here in the same share of the map."""
SMALLEST, LARGEST, DOT = 7 / PIXELS, 17 / PIXELS, 1.6 / PIXELS


def picture(made: Answered, *, held: Held, link: str, date: datetime.date) -> Picture:
    """The picture of an answer about gaps."""
    filters, atlas = made.filters, held.atlas
    said = gap_words(made, held=held, link=link, date=date)
    key = key_of(made)
    areas = parts.shaded(made.council, filters, atlas=atlas, key=key)
    state = state_of(made, held=held, key=key)
    places = parts.numbered(made.counted)
    focus = parts.bounds_of(areas.geometry)
    middles = metres(state.centres)
    largest = largest_m(middles, focus)
    marks = marks_of(made)
    return Picture(
        **said.printed,
        areas=areas,
        names=parts.ward_outlines(filters, atlas=atlas, lad24cd=made.view.lad24cd),
        places=places,
        focus=focus,
        key=key_blocks(made, state, set(places["kind"]), largest=largest, areas=areas),
        circles=circles_of(made, state, middles, largest=largest, least=DOT * _height(focus), held=held),
        marks=marks,
        locator=parts.in_england(areas.geometry, atlas=atlas),
        owner=held.settings.name,
    )


def state_of(made: Answered, *, held: Held, key: legend.Legend) -> GapState:
    """The page’s own map of the same answer: its amounts, ranks, numbers and the words of its key."""
    filters, lad24cd = made.filters, made.view.lad24cd
    layer = getattr(EDITIONS[filters.edition], filters.geography)
    drawn = made.counted[parts.is_drawn(made.counted)]
    return gap_map.gap_state(
        shapes.area_file(held.atlas.areas(layer, lad24cd=lad24cd), layer=layer, lad24cd=lad24cd),
        made.view,
        key=key,
        geography=filters.geography,
        what=made.what,
        places=shapes.place_file(drawn, lad24cd=lad24cd),
    )


def metres(centres: tuple[gap_map.Centre, ...]) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """Easting and northing of each of `centres`."""
    return np.array([from_degrees(*centre) for centre in centres]).reshape(-1, 2)


def largest_m(middles: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]", focus: Bounds) -> float:
    """The radius of the circle of a large area: it leaves room for the next, as on the page."""
    height = _height(focus)
    if len(middles) < 2:
        return LARGEST * height
    away = np.hypot(*(middles[:, None, :] - middles[None, :, :]).transpose(2, 0, 1))
    np.fill_diagonal(away, np.inf)
    spacing = float(np.sort(away.min(axis=1))[len(middles) // 3])
    return float(np.clip(ROOM * spacing, SMALLEST * height, LARGEST * height))


def circles_of(
    made: Answered,
    state: GapState,
    middles: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    *,
    largest: float,
    least: float,
    held: Held,
) -> tuple[Circle, ...]:
    """A circle for each area of which the amount is known and not nothing, largest first."""
    layer = getattr(EDITIONS[made.filters.edition], made.filters.geography)
    codes = held.atlas.areas(layer, lad24cd=made.view.lad24cd)["code"]
    words, unsure = dict(state.numbered), set(state.unsure)
    rows = zip(codes, middles.tolist(), state.amounts, state.ranks, strict=True)
    circles = [
        Circle(
            code=str(code),
            easting=east,
            northing=north,
            radius_m=max(least, largest * (amount / state.legend.full) ** 0.5),
            label=words.get(at, ""),
            is_quiet=rank is None,
            is_unsure=at in unsure,
        )
        for at, (code, (east, north), amount, rank) in enumerate(rows)
        if amount
    ]
    # What is numbered is drawn last, over the rest; the small ones over the large.
    return tuple(sorted(circles, key=lambda each: (bool(each.label), -each.radius_m, each.code)))


def marks_of(made: Answered) -> tuple[Mark, ...]:
    """What the plan closes and adds, and the best sites by letter."""
    sites = pd.DataFrame(columns=["name", "easting", "northing"]) if made.sites is None else made.sites.chosen
    closed = made.closed[parts.is_drawn(made.closed)]
    told = (("closed", closed, ""), ("proposal", made.proposals, ""), ("site", sites, LETTERS))
    return tuple(
        Mark(
            sign=sign,  # type: ignore[arg-type]
            easting=float(east),
            northing=float(north),
            label=letters[at : at + 1],
            name=str(name),
        )
        for sign, rows, letters in told
        for at, (name, east, north) in enumerate(
            zip(rows["name"], rows["easting"], rows["northing"], strict=True)
        )
    )


def key_blocks(
    made: Answered, state: GapState, kinds: set[str], *, largest: float, areas: gpd.GeoDataFrame
) -> tuple[KeyBlock, ...]:
    """The key: need, lack, and what spots stand for."""
    need = need_block(
        state.legend,
        has_missing=bool((areas["fill"] == "").any()),
        outline=wards_words(made.filters),
    )
    n_sites = 0 if made.sites is None else len(made.sites.chosen)
    planned = plan_entries(n_closed=len(made.closed), n_proposed=len(made.proposals), n_sites=n_sites)
    spots = place_block(kinds, more=planned)
    return blocks(need, lack_block(state.legend, largest_m=largest), spots)


def _height(focus: Bounds) -> float:
    return max(focus[3] - focus[1], focus[2] - focus[0])
