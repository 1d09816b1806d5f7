"""Two to four areas side by side as a document: a column each, the same rows."""

import datetime
from collections.abc import Sequence
from typing import Any

import pandas as pd

from mapping.editions import INDICES
from mapping.render import national_words, profile_compared, profile_gaps, profile_tables
from mapping.render.documents.model import Block, Bullets, Document, Heading, Note, Paragraph
from mapping.render.gap_words import joined, metres_words
from mapping.render.profile_words import Standing
from mapping.render.summary import NO_RECORD, edition_line
from mapping.reporting import profile_about, profile_map
from mapping.reporting.held import Held
from mapping.reporting.profile_area import (
    Area,
    noun_of,
    nouns_of,
)
from mapping.reporting.profile_basis import Basis
from mapping.reporting.profile_council_sections import key_blocks
from mapping.reporting.profile_document import slide
from mapping.reporting.profile_sections import unknown_lines

Side = tuple[Area, Basis]
"""An area and the basis of its council."""


def document(
    areas: Sequence[Side], *, held: Held, link: str, date: datetime.date, with_map: bool
) -> Document:
    """The areas side by side, each with the basis of its council; all of one edition and geography."""
    _, basis = areas[0]
    filters = basis.filters
    names = joined([area.name for area, _ in areas])
    councils = tuple(dict.fromkeys(each.filters.council for _, each in areas))
    drawn = profile_map.without_map(pd.concat([area.places for area, _ in areas]))
    each_drawn = [profile_map.Map()] * len(areas)
    if with_map:
        each_drawn = [_map([each], held=held, link=link, date=date) for each in areas]
    if with_map and len(councils) == 1:
        drawn = _map(areas, held=held, link=link, date=date)
    return Document(
        title=names,
        subtitle=f"Side by side: {edition_line(filters.edition, filters.geography)}",
        date=date,
        blocks=tuple(_blocks(areas, drawn)),
        slides=tuple(
            slide(area, figure=its.figure) for (area, _), its in zip(areas, each_drawn, strict=True)
        ),
        about=profile_about.about_of(
            basis,
            title=f"{names} side by side",
            areas="; ".join(f"{area.name} ({area.code})" for area, _ in areas),
            councils=councils,
            held=held,
            link=link,
            date=date,
            cards=[card for each in each_drawn for card in each.cards],
        ),
        owner=held.settings.name,
        logo=profile_about.logo_bytes(held.settings),
    )


def _map(areas: Sequence[Side], *, held: Held, link: str, date: datetime.date) -> profile_map.Map:
    codes, (_, basis) = [area.code for area, _ in areas], areas[0]
    return profile_map.map_of(codes, basis, held=held, link=link, date=date)


def _blocks(areas: Sequence[Side], drawn: profile_map.Map) -> list[Block]:
    standings = [area.standing for area, _ in areas]
    edition = standings[0].edition
    return [
        Paragraph(text=profile_compared.order_sentence(standings)),
        Bullets(items=tuple(area.point for area, _ in areas)),
        Note(text=profile_compared.SAME_EDITION.format(edition=edition)),
        *drawn.blocks,
        *_standing_blocks(areas, standings),
        *_domain_blocks(areas, standings),
        *_people_blocks(areas, standings),
        *_place_blocks(areas, standings),
        *_gap_blocks(areas, standings),
        *_unknown_blocks(areas),
        *key_blocks(pd.concat([area.places for area, _ in areas]), drawn.numbers),
    ]


def _heads(areas: Sequence[Side], standings: Sequence[Standing]) -> list[str]:
    return profile_compared.heads_of(standings, [area.code for area, _ in areas])


def _standing_blocks(areas: Sequence[Side], standings: Sequence[Standing]) -> list[Block]:
    """Where each stands, and, of wards, MHCLG's measures."""
    filters, heads = areas[0][1].filters, _heads(areas, standings)
    table = profile_compared.side_table(
        f"{INDICES[filters.index]} {filters.edition}",
        heads,
        profile_compared.standing_rows(standings),
        corner="Figure",
        note=profile_tables.ours_words(filters.geography),
    )
    blocks: list[Block] = [Heading(text="Where they stand"), table]
    if filters.geography != "ward":
        return blocks
    found = [_measures(area, basis) for area, basis in areas]
    measures = profile_compared.side_table(
        "MHCLG’s summary measures",
        heads,
        profile_tables.measure_rows(found, index=filters.index),
        corner="Measure",
        note=f"{national_words.OURS} {profile_tables.higher_words([filters.edition])}",
    )
    return [*blocks, measures]


def _measures(area: Area, basis: Basis) -> "pd.Series[Any] | None":
    table = basis.measures[basis.filters.edition]
    return table.loc[[area.code]].iloc[0] if area.code in table.index else None


def _domain_blocks(areas: Sequence[Side], standings: Sequence[Standing]) -> list[Block]:
    """The index and its domains: a table of all, and a chart each."""
    filters = areas[0][1].filters
    of = {"geography": filters.geography, "edition": filters.edition}
    table = profile_compared.side_table(
        f"More deprived than what share of England’s LSOAs, {filters.edition}",
        _heads(areas, standings),
        profile_compared.domain_rows([area.domains for area, _ in areas]),
        corner="Index or domain",
        note=profile_tables.ours_words(filters.geography),
    )
    charts = [
        profile_tables.domain_chart(area.domains, name=name, **of)
        for (area, _), name in zip(areas, _heads(areas, standings), strict=True)
        if area.domains["rank"].notna().any()
    ]
    return [Heading(text="Their domains"), table, *charts]


def _people_blocks(areas: Sequence[Side], standings: Sequence[Standing]) -> list[Block]:
    filters = areas[0][1].filters
    rows = profile_compared.people_rows(
        [area.people for area, _ in areas], edition=filters.edition, is_ward=filters.geography == "ward"
    )
    table = profile_compared.side_table("People", _heads(areas, standings), rows, corner="Figure")
    return [Heading(text="Their people"), table]


def _place_blocks(areas: Sequence[Side], standings: Sequence[Standing]) -> list[Block]:
    counts = [
        {str(name): int(n) for name, n in area.places["category"].value_counts().items()} for area, _ in areas
    ]
    rows = profile_compared.place_rows([area.recorded for area, _ in areas], counts)
    table = profile_compared.side_table(
        "Places recorded",
        _heads(areas, standings),
        rows,
        corner="Kind or category",
        note=NO_RECORD,
    )
    return [Heading(text="Their places"), table]


def _gap_blocks(areas: Sequence[Side], standings: Sequence[Standing]) -> list[Block]:
    """How near each kind of place is: of several councils, every kind that one of them is asked about."""
    asked = list(dict.fromkeys(each for _, basis in areas for each in basis.answers))
    answer = next(iter(areas[0][1].answers.values()))
    tables = [area.gaps.set_axis(pd.Index(list(basis.answers), tupleize_cols=False)) for area, basis in areas]
    gaps = [table.reindex(pd.Index(asked, tupleize_cols=False)) for table in tables]
    table = profile_compared.side_table(
        f"How near places are ({answer.metric_words})",
        _heads(areas, standings),
        profile_compared.gap_rows([noun_of(each) for each in asked], gaps),
        corner="Kind of place",
        note=profile_compared.gaps_note(metres_words(answer.question.within_m)),
    )
    return [Heading(text="Gaps and nearest help"), table, *_warnings(areas)]


def _warnings(areas: Sequence[Side]) -> list[Block]:
    """What to check first, of each council once."""
    found: dict[str, None] = {}
    has_many = len({basis.filters.council for _, basis in areas}) > 1
    for area, basis in areas:
        council = basis.filters.council
        thin = profile_gaps.thin_sentence(area.gaps, nouns_of(basis))
        found[f"{council}. {thin}" if thin and has_many else thin] = None
        found[profile_gaps.unsurveyed_sentence(basis.unsurveyed, council=council)] = None
    return [Note(text=text) for text in found if text]


def _unknown_blocks(areas: Sequence[Side]) -> list[Block]:
    lines = dict.fromkeys(line for side in areas for line in unknown_lines(*side))
    return [Heading(text="What is not known"), Bullets(items=tuple(lines))]
