"""What a file of gaps or of sites says of itself: chosen how, from whom, by which method, how complete."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import pandas as pd

from mapping.analysis.assess import Assessment
from mapping.analysis.filters import LABELS, PLANS, Filters
from mapping.analysis.question import CANDIDATES, DECAYS, LACKS, NEEDS
from mapping.atlas import Atlas
from mapping.editions import EDITIONS, INDICES
from mapping.render.about import About
from mapping.render.gap_words import lack_words, metres_words, summary_sentence
from mapping.render.place_words import what_words
from mapping.render.site_words import site_sentence
from mapping.render.summary import date_words
from mapping.sources import Card

if TYPE_CHECKING:
    from mapping.analysis.siting import Sites

PAGE: Final = "Gaps"
ADDED: Final = "added-"
"""What the identifier of a place begins with that this installation brought."""
METHOD: Final = (
    "Our calculation, not published by MHCLG; its method and limits: page Method of the app (docs/gaps.md).",
    "An LSOA’s people are spread evenly over its live small-user postcodes.",
    "A gap is need (the share of an area’s people who live in LSOAs in need) times lack; rank 1 is the "
    "largest gap and ties share the best rank. gap_rank_low and gap_rank_high are the best and the worst "
    "rank under other reasonable choices: 75, 100 and 125 % of the distance, each decay, each way to count "
    "need.",
    "An empty cell is not known, never zero. “No record” does not mean “none there”.",
)
IN_WARDS: Final = (
    "LSOAs do not nest in wards: a ward’s figures are those of the LSOAs that the official best-fit lookup "
    "gives it, whole."
)
IN_DRAWN: Final = (
    "People are counted in a drawn area by the postcodes that lie in it; in the first of several. Only the "
    "council’s own people are counted."
)
STREETS: Final = (
    "Distances are along the streets of a file that was brought. Where it is of OpenStreetMap, show with it: "
    "© OpenStreetMap contributors, Open Database Licence 1.0."
)
SITED: Final = (
    "Sites are the ones that together bring the most people in need within the distance who are not so now, "
    "those recorded staying as they are (maximal covering). Each site’s figures are what it adds to those "
    "before it. is_proven says whether no other choice among the candidates can do better; where it is not, "
    "the sites may lack shortfall_share of the best possible at most.",
    "Whether a place can be had at a site, and at what cost, is not known here.",
)


def gap_filters(filters: Filters, *, areas: str, is_siting: bool = False) -> tuple[tuple[str, str], ...]:
    """The choices behind an answer about gaps, as label and value, those that choose nothing left out.

    `areas` is what people are counted in: "24 wards".
    """
    told = {
        "Council": filters.council,
        "Areas": areas,
        "Kind": " or ".join(LABELS["kinds"][kind] for kind in filters.kinds),
        "Category": " or ".join(filters.categories),
        "Ownership": " or ".join(filters.ownerships),
        "Index or domain": INDICES[filters.index],
        "In need": NEEDS[filters.need],
        "Lack": LACKS[filters.lack],
        "Nearness": DECAYS[filters.decay],
        "Within": metres_words(filters.reach_m),
        "Plans": " | ".join(filters.plans),
        "Candidates": CANDIDATES[filters.candidates] if is_siting else "",
        "Sites": str(filters.add) if is_siting else "",
    }
    return tuple((label, value) for label, value in told.items() if value)


def about_gaps(
    view: Assessment,
    filters: Filters,
    *,
    atlas: Atlas,
    areas: str,
    link: str,
    date: datetime.date,
    notes: Sequence[str] = (),
) -> About:
    """What a file of the areas of `view` says of itself; `notes` are put at the end."""
    what = what_words(filters.kinds, filters.categories, filters.ownerships)
    own = (IN_WARDS,) if filters.geography == "ward" else ()
    return About(
        title=f"Gaps in {filters.council}: {what}{under_plan(filters)}",
        filters=gap_filters(filters, areas=areas),
        edition=edition_words(filters),
        date=date,
        link=link,
        sources=(*gap_cards(filters, atlas=atlas), *added_cards(view.places)),
        notes=(
            summary(view, filters),
            lack_words(view.question, metric_words=view.metric_words),
            *own,
            *record_lines(view),
            *METHOD,
            *((STREETS,) if filters.way == "walking" else ()),
            *notes,
        ),
    )


def about_sites(
    view: Assessment,
    sites: "Sites",
    filters: Filters,
    *,
    atlas: Atlas,
    link: str,
    date: datetime.date,
    notes: Sequence[str] = (),
) -> About:
    """What a file of the best `sites` says of itself; `view` is the answer that they add to."""
    what = what_words(filters.kinds, filters.categories, filters.ownerships)
    said = site_sentence(sites, question=view.question, what=what, candidates=filters.candidates)
    base = about_gaps(view, filters, atlas=atlas, areas="", link=link, date=date, notes=notes)
    return replace(
        base,
        title=f"Best sites in {filters.council}: {what}{under_plan(filters)}",
        filters=gap_filters(filters, areas="", is_siting=True),
        notes=(said, *SITED, *base.notes),
    )


def summary(view: Assessment, filters: Filters) -> str:
    """The answer in plain words, and under which plan it is."""
    what = what_words(filters.kinds, filters.categories, filters.ownerships)
    said = summary_sentence(view, council=filters.council, what=what)
    return f"Under {PLANS[filters.on_map]}: {said}" if filters.on_map in PLANS else said


def under_plan(filters: Filters) -> str:
    """What a title ends with where the figures are those of a plan: its file is no file of the record."""
    return f", {PLANS[filters.on_map]}" if filters.on_map in PLANS else ""


def edition_words(filters: Filters) -> str:
    """The edition and index, and whom its population counts."""
    edition = EDITIONS[filters.edition]
    return f"{edition.title}, {INDICES[filters.index]}; population: {edition.population}"


def record_lines(view: Assessment) -> tuple[str, ...]:
    """How complete the record of each category is believed to be, and on what grounds."""
    return tuple(
        f"Record of {line.many}: {line.level}{f', {date_words(line.as_of)}' if line.as_of else ''} "
        f"({line.basis})."
        for line in view.standing.lines
    )


def gap_cards(filters: Filters, *, atlas: Atlas, layer: str = "") -> tuple[Card, ...]:
    """The cards of the tables that an answer about gaps is made from, with those of a `layer` of shapes."""
    edition = EDITIONS[filters.edition]
    names = ["places", "completeness", "postcodes", f"imd_{filters.edition}"]
    if filters.geography == "ward":
        names.append(f"wards_20{edition.ward[2:4]}")
    return tuple(atlas.card(name) for name in [*names, *([layer] if layer else [])])


def added_cards(places: pd.DataFrame) -> tuple[Card, ...]:
    """A card for each source of those of `places` that this installation brought."""
    brought = places[places["place_id"].str.startswith(ADDED)]
    told = brought[["source", "source_date", "licence"]].drop_duplicates()
    return tuple(
        Card(
            table=source,
            title=f"Places added: {source}",
            publisher="brought by this installation",
            vintage=date,
            licence=licence,
            attribution=f"Places from {source} ({date}); licence: {licence}.",
            source=source,
            made="Placed by `python -m mapping place`",
            pages=(PAGE,),
            rows=int((brought["source"] == source).sum()),
            columns=tuple(places.columns),
            checks=(),
            sha256="",
        )
        for source, date, licence in told.itertuples(index=False)
    )
