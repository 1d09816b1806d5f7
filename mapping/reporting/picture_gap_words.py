"""What a picture of gaps says: the answer as the Gaps page words it, and the plan or sites that are drawn."""

import datetime
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from mapping.analysis import scenarios
from mapping.analysis.filters import PLANS, Filters
from mapping.analysis.question import DECAYS, LACKS, NEEDS
from mapping.assessing import telling
from mapping.assessing.gap_files import areas_words
from mapping.editions import EDITIONS
from mapping.render import alt_text, legend, summary
from mapping.render.about import About
from mapping.render.documents.wording import short
from mapping.render.gap_words import (
    coverage_sentence,
    joined,
    lack_words,
    largest_sentence,
    metres_words,
    record_sentences,
)
from mapping.render.legend import Legend
from mapping.render.site_words import scenario_sentence, site_sentence
from mapping.reporting.held import Held
from mapping.reporting.picture_gaps import LETTERS, Answered
from mapping.reporting.picture_words import Words, boundaries_line, divided, named, pairs, shape_cards

NOT_KNOWN: Final = "Whether a site can be had, and at what cost, is not known here."


def gap_words(made: Answered, *, held: Held, link: str, date: datetime.date) -> Words:
    """What the picture of `made` says."""
    filters = made.filters
    title = f"{filters.council}: gaps in access to {made.what.title}{telling.under_plan(filters)}"
    told = telling.gap_filters(
        filters, areas=areas_words(made.view, filters), is_siting=made.sites is not None
    )
    unplaced = unplaced_words(made)
    said, rest = divided(sentences_of(made))
    lines = lines_of(made)
    return Words(
        title=title,
        subtitle=subtitle_of(made),
        summary=said,
        about=_about(made, title, told, held=held, link=link, date=date, notes=extra_lines(made)),
        # One that a line says in full is not said twice.
        lines=(*(each for each in rest if not any(line.startswith(each[:-1]) for line in lines)), *lines),
        unplaced=unplaced,
        alt=_alt(made, title, unplaced),
        places_title=f"{made.what.title[:1].upper()}{made.what.title[1:]}",
    )


def _about(
    made: Answered,
    title: str,
    told: tuple[tuple[str, str], ...],
    *,
    held: Held,
    link: str,
    date: datetime.date,
    notes: Sequence[str],
) -> About:
    base = telling.about_gaps(
        made.view, made.filters, atlas=held.atlas, areas="", link=link, date=date, notes=notes
    )
    cards = (*base.sources, *shape_cards(made.filters, atlas=held.atlas))
    return replace(base, title=title, filters=told, sources=tuple(dict.fromkeys(cards)))


def named_areas(made: Answered) -> pd.DataFrame:
    """The areas of the answer, an LSOA's name with the ward that fits it best."""
    own = made.council.areas
    if "ward_name" not in own:
        return made.view.areas
    wards = made.view.areas["code"].map(own.set_index("code")["ward_name"])
    return named(made.view.areas.assign(ward_name=wards)).drop(columns="ward_name")


def sentences_of(made: Answered) -> tuple[str, ...]:
    """The answer in plain words, what matters most first: who is near, what the plan changes, the gaps."""
    view, filters = made.view, made.filters
    near = coverage_sentence(view, council=filters.council, what=made.what)
    sited = made.sites and site_sentence(
        made.sites, question=view.question, what=made.what, candidates=filters.candidates
    )
    return (
        f"{PLANS[made.plan.name]}, not as recorded: {near}" if made.plan else near,
        plan_sentence(made) if made.plan else "",
        largest_sentence(replace(view, areas=named_areas(made).assign(gap_rank_low=float("nan")))),
        sited or "",
        *record_sentences(view.standing, n_left_out=view.n_left_out, what=made.what),
    )


def subtitle_of(made: Answered) -> str:
    """Which measure by which areas, who counts as in need, and what is near."""
    filters = made.filters
    plain = Filters(council=filters.council)
    told = (
        ("In need", NEEDS[filters.need]),
        ("Within", metres_words(filters.reach_m)),
        ("Lack", LACKS[filters.lack] if filters.lack != plain.lack else ""),
        ("Nearness", DECAYS[filters.decay] if filters.decay != plain.decay else ""),
    )
    by = f"{key_of(made).title} by {'ward' if filters.geography == 'ward' else 'LSOA'}"
    return f"{by}. {pairs([pair for pair in told if pair[1]])}"


def key_of(made: Answered) -> Legend:
    """The key to the shade."""
    filters = made.filters
    return legend.legend(filters.edition, filters.index, geography=filters.geography, shade="decile")


def plan_sentence(made: Answered) -> str:
    """What the plan changes against what is recorded."""
    rows: list[dict[str, Any]] = [
        {str(name): value for name, value in row.items()}
        for row in scenarios.compared(made.base, {"": made.view}).to_dict("records")
    ]
    name = f"Change by {PLANS[made.filters.on_map]}"
    return scenario_sentence(rows[1], rows[0], name=name, question=made.view.question)


def lines_of(made: Answered) -> tuple[str, ...]:
    """Edition, vintages, what is our calculation, how it is measured, and what is drawn besides."""
    filters, view = made.filters, made.view
    edition = EDITIONS[filters.edition]
    return (
        summary.edition_line(filters.edition, filters.geography),
        f"Population: {edition.population}. {boundaries_line(filters)}",
        "Circles, gaps and their ranks: our calculation (page Method), not published by MHCLG.",
        lack_words(view.question, metric_words=view.metric_words),
        *sure_lines(made),
        *((telling.IN_WARDS,) if filters.geography == "ward" else ()),
        *((telling.STREETS,) if filters.way == "walking" else ()),
        *extra_lines(made),
    )


def sure_lines(made: Answered) -> tuple[str, ...]:
    """How sure the ranks of the largest gaps are: the summary has no room for it."""
    areas = named_areas(made)
    plain, full = (
        largest_sentence(replace(made.view, areas=each))
        for each in (areas.assign(gap_rank_low=float("nan")), areas)
    )
    return (full,) if full != plain else ()


def extra_lines(made: Answered) -> tuple[str, ...]:
    """What is drawn beside the record: a plan and what of it cannot be, the best sites."""
    return (
        *((steps_line(made),) if made.plan else ()),
        *((sites_line(made.sites.chosen), NOT_KNOWN) if made.sites and len(made.sites.chosen) else ()),
        *made.problems,
    )


def steps_line(made: Answered) -> str:
    """What the plan adds and closes: "Plan A: a place added at OX4 1BA; Cowley Library closed."."""
    added = [str(postcode) for postcode in made.proposals["postcode"]]
    counted = made.base.places
    gone = counted["place_id"].isin(made.plan.closed if made.plan else ())
    closed = [short(str(name), alt_text.LONGEST_NAME) for name in counted.loc[gone, "name"]]
    steps = (
        (f"{'a place' if len(added) == 1 else 'places'} added at {joined(added)}" if added else ""),
        f"{joined(closed)} closed" if closed else "",
    )
    return f"{PLANS[made.filters.on_map]}: {'; '.join(filter(None, steps)) or 'nothing changes'}."


def sites_line(chosen: pd.DataFrame) -> str:
    """The sites by their letters: "Sites: A, Leys Centre (OX4 6JW); B, …"."""
    rows = zip(chosen["name"], chosen["postcode"], strict=True)
    told = [
        f"{letter}, {short(str(name), alt_text.LONGEST_NAME)}"
        + ("" if pd.isna(code) or code == name else f" ({code})")
        for letter, (name, code) in zip(LETTERS, rows, strict=False)
    ]
    return f"{'Site' if len(told) == 1 else 'Sites'}: {'; '.join(told)}."


def unplaced_words(made: Answered) -> str:
    """Which places that were chosen, or that count, are not drawn; blank where all are."""
    n, elsewhere = made.view.n_left_out, made.n_elsewhere
    hidden = f"{made.what.count(n)} with no published position: not drawn and not counted." if n else ""
    outside = f"{made.what.count(elsewhere)} in other councils near here: counted, not drawn."
    return " ".join(filter(None, (hidden, outside if elsewhere else "")))


def _alt(made: Answered, title: str, unplaced: str) -> str:
    filters, view = made.filters, made.view
    areas = named_areas(made)
    who = "people" if view.areas["people_beyond"].notna().any() else "the share of postcodes"
    is_drawn = view.areas["within_share"].notna().any()
    far = f"{who} farther than {metres_words(view.question.within_m)} from {made.what.a}"
    answer = coverage_sentence(view, council=filters.council, what=made.what)
    return alt_text.gaps_alt(
        title,
        key=key_of(made),
        areas=areas,
        geography=filters.geography,
        circles=far if is_drawn else "",
        answer=answer,
        places=made.counted,
        missing=(*extra_lines(made), unplaced),
    )
