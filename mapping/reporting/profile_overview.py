"""The overview of one council as a document: blocks in reading order, and its slides."""

import datetime

from mapping.render import profile_council
from mapping.render.documents.model import Block, Document, Figure, Paragraph, Slide
from mapping.render.profile_slides import SOURCES
from mapping.render.summary import edition_line
from mapping.reporting import profile_about, profile_map
from mapping.reporting import profile_council_sections as sections
from mapping.reporting.held import Held
from mapping.reporting.profile_basis import Basis, district_measures


def document(basis: Basis, *, held: Held, link: str, date: datetime.date, with_map: bool) -> Document:
    """The overview of the council of `basis`, whose areas are wards."""
    filters = basis.filters
    districts = district_measures(filters, held.atlas)
    council, largest = sections.council_of(basis, districts), sections.largest_of(basis)
    recorded = sections.recorded_of(basis)
    point = profile_council.point(council, recorded, largest)
    drawn = profile_map.without_map(basis.places)
    if with_map:
        drawn = profile_map.map_of([], basis, held=held, link=link, date=date)
    blocks: list[Block] = [
        Paragraph(text=point),
        *drawn.blocks,
        *sections.standing_blocks(basis, districts),
        *sections.people_blocks(basis),
        *sections.area_blocks(basis),
        *sections.place_blocks(basis),
        *sections.gap_blocks(basis, largest),
        *sections.unknown_blocks(basis, council, held=held),
        *sections.key_blocks(basis.places, drawn.numbers),
    ]
    return Document(
        title=filters.council,
        subtitle=f"Overview: {edition_line(filters.edition, filters.geography)}",
        date=date,
        blocks=tuple(blocks),
        slides=slides(basis, council, largest, figure=drawn.figure, notes=point),
        about=profile_about.about_of(
            basis,
            title=f"Overview of {filters.council}",
            areas="The whole council",
            held=held,
            link=link,
            date=date,
            cards=drawn.cards,
        ),
        owner=held.settings.name,
        logo=profile_about.logo_bytes(held.settings),
    )


def slides(
    basis: Basis,
    council: profile_council.Council,
    largest: tuple[profile_council.Largest, ...],
    *,
    figure: Figure | None,
    notes: str,
) -> tuple[Slide, ...]:
    """One slide of where the council stands, one of its gaps."""
    filters, recorded = basis.filters, sections.recorded_of(basis)
    footer = f"{edition_line(filters.edition, filters.geography)} {SOURCES}"
    first = Slide(
        title=profile_council.headline(council),
        subtitle=f"Overview of {council.name}",
        facts=profile_council.facts(council, recorded),
        figure=figure,
        chart=sections.fifth_chart(basis),
        footer=footer,
        notes=notes,
    )
    told = tuple(filter(None, (profile_council.gap_line(each) for each in largest)))
    if not told:
        return (first,)
    gaps = Slide(
        title=f"Where help is farthest in {council.name}",
        bullets=told,
        footer=footer,
        notes=profile_council.largest_sentence(largest),
    )
    return first, gaps
