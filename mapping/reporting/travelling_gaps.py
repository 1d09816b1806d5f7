"""The map that travels of gaps: as everything is recorded, under a plan, or with the best sites."""

from dataclasses import replace
from math import isnan
from typing import Final

import pandas as pd

from mapping.analysis.filters import PLANS
from mapping.assessing import telling
from mapping.crs import to_degrees
from mapping.export import NO_RECORD
from mapping.render import gap_map, legend, travelling_gap_rows
from mapping.render.gap_key import TIE
from mapping.render.gap_map import GapState, Spot
from mapping.render.gap_words import distance_words, metres_words, share_words
from mapping.render.shapes import GeoFile
from mapping.render.travelling_gap_rows import GapWords
from mapping.render.travelling_model import Details, Travelling
from mapping.render.travelling_rows import figure, known_facts
from mapping.reporting import picture_parts, travelling_shapes
from mapping.reporting.held import Held
from mapping.reporting.picture_gap_words import named_areas
from mapping.reporting.picture_gaps import LETTERS, Answered
from mapping.reporting.picture_words import Words
from mapping.reporting.profile_about import logo_bytes
from mapping.reporting.travelling_explore import CHOOSE

SPREAD: Final = telling.METHOD[1]
FIRST: Final = 3
"""Areas named while none is chosen."""


def travelling(made: Answered, words: Words, *, held: Held, kept_m: float) -> Travelling:
    """The map of one answer; shapes within `kept_m` metres of what is held."""
    filters, lad24cd = made.filters, made.view.lad24cd
    areas, outlines = travelling_shapes.files(filters, atlas=held.atlas, lad24cd=lad24cd, kept_m=kept_m)
    mine = (
        pd.concat([made.counted, made.closed]).drop_duplicates("place_id").sort_values(["name", "place_id"])
    )
    places = travelling_shapes.place_file(mine[picture_parts.is_drawn(mine)], lad24cd=lad24cd)
    named = named_areas(made)
    told = GapWords(
        question=made.view.question,
        what=made.what,
        geography=filters.geography,
        plan=PLANS[made.plan.name] if made.plan else "",
        before=made.base.areas.set_index("code")["people_beyond"] if made.plan else None,
    )
    spots = besides(made)
    return Travelling(
        kind="gaps",
        title=words.title,
        subtitle=words.subtitle,
        summary=words.summary,
        state=_state(made, areas, outlines, places=places),
        files=(areas, *((outlines,) if outlines else ()), places),
        places=travelling_gap_rows.place_listing(
            mine, what=made.what, spots=spots, closed=set(made.closed["place_id"])
        ),
        areas=travelling_gap_rows.area_listing(named, told),
        details=(
            *travelling_gap_rows.place_details(mine, spots=spots),
            *travelling_gap_rows.area_details(named, told),
        ),
        opening=opening(made),
        lines=(*words.lines, *filter(None, [words.unplaced])),
        about=replace(words.about, notes=(*telling.record_lines(made.view), SPREAD, NO_RECORD)),
        owner=held.settings.name,
        logo=logo_bytes(held.settings),
    )


def _state(made: Answered, areas: GeoFile, outlines: GeoFile | None, *, places: GeoFile) -> GapState:
    """What the map draws: need, lack and what the plan and the sites add."""
    filters = made.filters
    return gap_map.gap_state(
        areas,
        made.view,
        key=legend.legend(filters.edition, filters.index, geography=filters.geography, shade="decile"),
        geography=filters.geography,
        what=made.what,
        places=places,
        proposals=_spots(made.proposals),
        sites=() if made.sites is None else _spots(made.sites.chosen),
        closed=made.closed["place_id"].tolist(),
        plan=f"{PLANS[made.plan.name]} is shown" if made.plan else "",
        outlines=outlines,
    )


def opening(made: Answered) -> Details:
    """What is told while nothing is chosen: how near the whole council is."""
    total = made.view.total
    near = f"Within {metres_words(made.view.question.within_m)}"
    facts = {
        **{label: f"{figure(far)} people farther" for label, far in first_gaps(made)},
        near: _share(total["within_share"], "of all people"),
        f"{near}, in need": _share(total["need_within_share"], "of those in need"),
        "Mean distance": _distance(total["mean_distance_m"]),
        "9 in 10 have one within": _distance(total["p90_distance_m"]),
    }
    return Details(id="", title=made.filters.council, notes=(CHOOSE,), facts=known_facts(facts))


def first_gaps(made: Answered) -> list[tuple[str, float]]:
    """The areas with the largest gaps, each by rank and name, and their people who are farther."""
    areas = named_areas(made)
    areas = areas[(areas["gap"] > 0).fillna(False).astype(bool) & areas["people_beyond"].notna()]
    first = areas.sort_values(["gap_rank", "need_people_beyond", "name"], ascending=[True, False, True])[
        :FIRST
    ]
    tie = areas["gap_rank"].duplicated(keep=False).map({True: TIE, False: ""})
    labels = "Gap " + first["gap_rank"].astype("Int64").astype("str") + tie[first.index]
    labels += ": " + first["name"].astype("str")
    return list(zip(labels, first["people_beyond"], strict=True))


def besides(made: Answered) -> list[tuple[str, str, str]]:
    """Name, where and what of what is drawn and is not recorded: what the plan adds, and the best sites."""
    rows = [
        (str(name), str(code), f"Proposed in {PLANS[made.filters.on_map]}")
        for name, code in zip(made.proposals["name"], made.proposals["postcode"], strict=True)
    ]
    if made.sites is None:
        return rows
    chosen = made.sites.chosen
    sited = zip(LETTERS, chosen["name"], chosen["postcode"], strict=False)
    return [
        *rows,
        *((f"{letter}: {name}", str(code), "One of the best sites") for letter, name, code in sited),
    ]


def _spots(places: pd.DataFrame) -> list[Spot]:
    rows = zip(places["name"], places["easting"], places["northing"], strict=True)
    return [(str(name), *to_degrees(easting, northing)) for name, easting, northing in rows]


def _share(value: float, of: str) -> str:
    told = share_words(value)
    return f"{told} {of}" if told else ""


def _distance(value: float) -> str:
    return "" if isnan(value) else distance_words(value)
