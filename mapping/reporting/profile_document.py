"""The profile of one ward or LSOA as a document: blocks in reading order, and its slide."""

import datetime

from mapping.render.documents.model import Block, Document, Figure, Paragraph, Slide
from mapping.render.profile_slides import area_slide
from mapping.render.profile_words import kind_words
from mapping.render.summary import edition_line
from mapping.reporting import profile_about, profile_map
from mapping.reporting import profile_sections as sections
from mapping.reporting.held import Held
from mapping.reporting.profile_area import Area
from mapping.reporting.profile_basis import Basis


def document(
    area: Area, basis: Basis, *, held: Held, link: str, date: datetime.date, with_map: bool
) -> Document:
    """The profile of `area`."""
    filters = basis.filters
    drawn = profile_map.without_map(area.places)
    if with_map:
        drawn = profile_map.map_of([area.code], basis, held=held, link=link, date=date)
    about = profile_about.about_of(
        basis,
        title=f"Profile of {area.name}",
        areas=f"{area.name} ({area.code})",
        held=held,
        link=link,
        date=date,
        cards=drawn.cards,
    )
    blocks: list[Block] = [
        Paragraph(text=area.point),
        *drawn.blocks,
        *sections.standing_blocks(area, basis, held=held),
        *sections.domain_blocks(area, basis),
        *sections.people_blocks(area, basis),
        *sections.place_blocks(area, drawn.numbers, is_mapped=with_map),
        *sections.gap_blocks(area, basis),
        *sections.neighbour_blocks(area, basis, held=held),
        *sections.unknown_blocks(area, basis),
    ]
    return Document(
        title=area.name,
        subtitle=f"{kind_words(area.standing)}: {edition_line(filters.edition, filters.geography)}",
        date=date,
        blocks=tuple(blocks),
        slides=(slide(area, figure=drawn.figure),),
        about=about,
        owner=held.settings.name,
        logo=profile_about.logo_bytes(held.settings),
    )


def slide(area: Area, *, figure: Figure | None) -> Slide:
    """The slide of `area`."""
    return area_slide(
        area.standing,
        area.living,
        area.recorded,
        area.gap,
        figure=figure,
        domains=area.domains,
        notes=area.point,
    )
