"""The sections of a profile, each a few blocks, in the order a reader wants them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

import pandas as pd

from mapping.analysis import profile
from mapping.assessing.telling import IN_WARDS, record_lines
from mapping.editions import INDICES
from mapping.render import (
    edition_words,
    national_words,
    profile_compared,
    profile_gaps,
    profile_lists,
    profile_tables,
    profile_unknown,
    profile_words,
)
from mapping.render.documents.model import Block, Bullets, Facts, Heading, Note, Paragraph
from mapping.render.profile_gap_words import gap_sentence
from mapping.render.summary import NO_RECORD, UNITS, count
from mapping.reporting.held import Held
from mapping.reporting.profile_area import Area, nouns_of
from mapping.reporting.profile_basis import Basis

MOST_COLUMNS: Final = 4
"""Areas side by side that a page has room for."""


def standing_blocks(area: Area, basis: Basis, *, held: Held) -> list[Block]:
    """Where it stands in both editions, and by which measures."""
    filters = basis.filters
    both = _cut(area, basis)
    names = _lsoa_names(area, basis)
    how = {"geography": filters.geography, "edition": filters.edition, "code": area.code}
    rows = edition_words.rows(both, **how)
    if filters.geography == "lsoa":
        rows.append(["Score", *_scores(both.areas, basis)])
    blocks: list[Block] = [
        Heading(text="Where it stands"),
        Paragraph(text=edition_words.relation(area.both, **how, names=names)),
        Note(text=edition_words.WHY),
        profile_tables.edition_table(rows, caption=f"Both editions: {INDICES[filters.index]}"),
    ]
    if missing := profile_unknown.edition_sentence(held.atlas.editions):
        blocks.append(Note(text=missing))
    if filters.geography == "ward" and area.people.n_lsoas:
        blocks += [_measure_table(both.areas, basis), _decile_table(area, basis)]
    return blocks


def _cut(area: Area, basis: Basis) -> Any:
    """Both editions of the area, no more of them than there is room for: those that share most of it."""
    areas = area.both.areas
    chosen = edition_words.is_chosen(area.both, edition=basis.filters.edition, code=area.code)
    others = areas[~chosen].head(MOST_COLUMNS - 1)
    return replace(area.both, areas=areas[chosen | areas.index.isin(others.index)])


def _lsoa_names(area: Area, basis: Basis) -> dict[str, dict[str, str]]:
    """Names of the LSOAs that the change is about, by edition held."""
    named = {}
    for year, codes in area.both.kin.items():
        if year in basis.kin:
            figures = basis.kin[year]
            mine = figures[figures["code"].isin(codes)]
            named[year] = dict(zip(mine["code"], mine["name"], strict=True))
    return named


def _scores(areas: pd.DataFrame, basis: Basis) -> list[str]:
    cells = []
    for year, code in zip(areas["edition"], areas["code"], strict=True):
        figures = basis.kin.get(year)
        found = [] if figures is None else figures.loc[figures["code"] == code, "score"].dropna().tolist()
        cells.append(f"{found[0]:.3g}" if found else edition_words.NOT_HELD)
    return cells


def _measure_table(areas: pd.DataFrame, basis: Basis) -> Block:
    """MHCLG's five measures of the ward and of those that share its LSOAs."""
    found, heads = [], []
    for year, code, name in zip(areas["edition"], areas["code"], areas["name"], strict=True):
        table = basis.measures.get(year)
        found.append(None if table is None or code not in table.index else table.loc[[code]].iloc[0])
        heads.append(f"{year}, {name}")
    years = list(areas["edition"])
    lacking = [
        profile_tables.lacking_words(year, str(each["why"]))
        for year, each in zip(years, found, strict=True)
        if each is not None and each["why"]
    ]
    higher = profile_tables.higher_words(list(dict.fromkeys(years)))
    return profile_compared.side_table(
        "MHCLG’s summary measures",
        heads,
        profile_tables.measure_rows(found, index=basis.filters.index),
        corner="Measure",
        note=" ".join([national_words.OURS, higher, *dict.fromkeys(lacking)]),
    )


def _decile_table(area: Area, basis: Basis) -> Block:
    filters = basis.filters
    counts = profile.by_decile(area.lsoas, index=filters.index)
    return profile_tables.decile_table(counts, edition=filters.edition, index=filters.index)


def domain_blocks(area: Area, basis: Basis) -> list[Block]:
    """The index and its domains, as a chart and as a table."""
    filters = basis.filters
    of = {"geography": filters.geography, "edition": filters.edition}
    if area.domains["rank"].isna().all():
        return []
    return [
        Heading(text="Its domains"),
        profile_tables.domain_chart(area.domains, name=area.name, **of),
        profile_tables.domain_table(area.domains, **of),
    ]


def people_blocks(area: Area, basis: Basis) -> list[Block]:
    """Who lives there, and in which LSOAs; of an LSOA, its ward."""
    filters = basis.filters
    of = {"edition": filters.edition, "geography": filters.geography}
    blocks: list[Block] = [
        Heading(text="Its people"),
        profile_tables.people_facts(area.people, **of, index=filters.index),
    ]
    if filters.geography == "lsoa":
        row = area.row
        ward = "not held" if pd.isna(row["ward_name"]) else f"{row['ward_name']} ({row['ward_code']})"
        return [*blocks, Facts(caption="Its ward, by best fit", rows=(("Ward", ward),))]
    if area.lsoas.empty:
        return blocks
    table = profile_lists.lsoa_table(
        area.lsoas, index=filters.index, edition=filters.edition, of=f"LSOAs best-fitted to {area.name}"
    )
    return [*blocks, Heading(text="Its LSOAs"), Paragraph(text=IN_WARDS), table]


def place_blocks(area: Area, numbers: Mapping[str, int], *, is_mapped: bool) -> list[Block]:
    """The places recorded in it."""
    said = profile_words.places_sentence(area.recorded)
    blocks: list[Block] = [Heading(text="Its places"), Paragraph(text=said)]
    if area.places.empty:
        return blocks
    caption = f"Places recorded in {area.name}"
    note = "Numbers are those on the map. " if is_mapped else ""
    note += NO_RECORD
    return [*blocks, profile_lists.place_table(area.places, numbers, caption=caption, note=note)]


def gap_blocks(area: Area, basis: Basis) -> list[Block]:
    """How near its people are to each kind of place, and what they lack most."""
    filters, nouns = basis.filters, nouns_of(basis)
    blocks: list[Block] = [Heading(text="Gaps and nearest help")]
    if area.gaps["why"].ne("").all() and area.gaps["within_share"].isna().all():
        why = str(area.gaps["why"].iloc[0])
        return [*blocks, Note(text=why)]
    answer = next(iter(basis.answers.values()))
    n = int(area.gaps["n_areas"].max())
    figured = "" if n == len(basis.areas) else " that have a figure"
    table = profile_gaps.gap_table(
        area.gaps,
        nouns,
        question=answer.question,
        metric=answer.metric_words,
        of=f"{count(n, *UNITS[filters.geography])} of {filters.council}{figured}",
    )
    said = [Paragraph(text=gap_sentence(area.gap))]
    warned = (
        profile_gaps.thin_sentence(area.gaps, nouns),
        profile_gaps.unsurveyed_sentence(basis.unsurveyed, council=filters.council),
    )
    return [*blocks, *said, table, *(Note(text=text) for text in warned if text)]


def neighbour_blocks(area: Area, basis: Basis, *, held: Held) -> list[Block]:
    """The areas beside it."""
    filters = basis.filters
    blocks: list[Block] = [Heading(text="Its neighbours")]
    if area.near is None:
        return [*blocks, Note(text=profile_unknown.NOT_DRAWN)]
    if area.near.empty:
        return [*blocks, Paragraph(text=profile_unknown.NONE_BESIDE)]
    names = held.atlas.council_names
    near = area.near.assign(council=area.near["lad24cd"].map(names).fillna("not built here"))
    table = profile_lists.neighbour_table(
        near, geography=filters.geography, edition=filters.edition, index=filters.index
    )
    return [*blocks, table]


def unknown_blocks(area: Area, basis: Basis) -> list[Block]:
    """What is not known of it, of its council's record, and of the map."""
    return [Heading(text="What is not known"), Bullets(items=unknown_lines(area, basis))]


def unknown_lines(area: Area, basis: Basis) -> tuple[str, ...]:
    """What is not known of it, of its council's record, and of the map: a sentence or two each."""
    filters, recorded = basis.filters, basis.recorded
    withheld = int(recorded["is_withheld"].sum())
    unplaced = int((recorded["easting"].isna() & ~recorded["is_withheld"]).sum())
    is_ward = filters.geography == "ward"
    lines = [line for answer in basis.answers.values() for line in record_lines(answer)]
    told = [
        profile_words.why_sentence(area.name, str(area.row["why"])) if is_ward else "",
        profile_unknown.population_sentence(
            has_people=area.people.population is not None or area.lsoas.empty,
            has_workers=area.people.working_age is not None or area.lsoas.empty,
            edition=filters.edition,
        ),
        profile_unknown.withheld_sentence(withheld, council=filters.council),
        profile_unknown.unplaced_sentence(unplaced, council=filters.council),
        profile_gaps.unsurveyed_sentence(basis.unsurveyed, council=filters.council),
        *dict.fromkeys(lines),
        profile_unknown.SIMPLE,
    ]
    return tuple(filter(None, told))
