"""The sections of a council's overview, each a few blocks, in the order a reader wants them."""

from collections.abc import Mapping
from typing import Final

import pandas as pd

from mapping.analysis import profile
from mapping.analysis.assess import Assessment
from mapping.editions import EDITIONS, INDICES
from mapping.render import (
    edition_words,
    national_words,
    profile_gaps,
    profile_lists,
    profile_tables,
    profile_unknown,
)
from mapping.render import profile_council_tables as tables
from mapping.render.documents.model import Block, Bullets, Chart, Heading, Note, Paragraph
from mapping.render.place_words import Noun
from mapping.render.profile_council import RANKED_BY, Council, Largest, largest_sentence
from mapping.render.profile_words import Recorded
from mapping.render.summary import NO_RECORD, count
from mapping.reporting.held import Held
from mapping.reporting.profile_area import nouns_of, recorded_among
from mapping.reporting.profile_basis import Basis

MOST_DEPRIVED: Final = 10
"""LSOAs that are listed."""
MOST_LISTED: Final = 200
"""More places than this are counted, not listed."""


def council_of(basis: Basis, districts: Mapping[str, pd.DataFrame]) -> Council:
    """The council's figures, for sentences."""
    filters, lsoas = basis.filters, basis.lsoas
    people = profile.people(lsoas, index=filters.index)
    own = districts[filters.edition]
    # A council that was made of several since has no rank of its own in the edition.
    ranks = own[f"rank_of_{RANKED_BY}"].dropna() if len(own) == 1 else own["code"].iloc[:0]
    unfigured = basis.areas[basis.areas["decile"].isna()]
    return Council(
        name=filters.council,
        edition=filters.edition,
        index=filters.index,
        n_wards=len(basis.areas),
        n_lsoas=len(lsoas),
        n_first=int((lsoas[f"{filters.index}_decile"] == 1).sum()),
        population=people.population,
        fifth=people.fifth,
        rank=int(ranks.iloc[0]) if len(ranks) else None,
        is_joint=bool(own["is_joint"].any()),
        unfigured=tuple(unfigured["name"]),
    )


def recorded_of(basis: Basis) -> Recorded:
    """What is recorded in the council, for a sentence."""
    return recorded_among(basis.places, basis)


def largest_of(basis: Basis) -> tuple[Largest, ...]:
    """Where the largest gap of each kind of place looked for is."""
    return tuple(
        _largest(answer, noun) for answer, noun in zip(basis.answers.values(), nouns_of(basis), strict=True)
    )


def _largest(answer: Assessment, what: Noun) -> Largest:
    areas = answer.areas
    is_first = ((areas["gap_rank"] == 1) & areas["gap"].gt(0)).fillna(False).astype(bool)
    return Largest(
        what=what,
        areas=tuple(areas.loc[is_first, "name"]),
        within_m=answer.question.within_m,
        within_share=next(iter(answer.total[["within_share"]].dropna()), None),
        is_thin=answer.standing.level != "recorded",
        is_silent=answer.standing.is_silent,
    )


def standing_blocks(basis: Basis, districts: Mapping[str, pd.DataFrame]) -> list[Block]:
    """Where the council stands by MHCLG's measures, in both editions."""
    filters = basis.filters
    rows = pd.concat([table.assign(edition=year) for year, table in sorted(districts.items())])
    ranked = rows[f"rank_of_{RANKED_BY}"].notna()
    years = list(dict.fromkeys(rows["edition"]))
    counted = [f"{EDITIONS[year].n_districts:,} in {year}" for year in years]
    which = f"Rank 1 is the most deprived of England’s districts: {' and '.join(counted)}."
    none = "No ranks: not all of England is held."
    told = [
        profile_tables.lacking_words(year, why)
        for year, why in zip(rows["edition"], rows["why"], strict=True)
        if why
    ]
    why = list(dict.fromkeys(told))
    note = [national_words.OURS, profile_tables.higher_words(years), which if ranked.any() else none, *why]
    blocks: list[Block] = [Heading(text="Where it stands"), Note(text=edition_words.WHY)]
    if missing := profile_unknown.edition_sentence(tuple(districts)):
        blocks.append(Note(text=missing))
    return [
        *blocks,
        tables.measure_table(rows, index=filters.index, note=" ".join(note)),
        profile_tables.decile_table(
            profile.by_decile(basis.lsoas, index=filters.index), edition=filters.edition, index=filters.index
        ),
        fifth_chart(basis),
    ]


def fifth_chart(basis: Basis) -> Chart:
    """What share of the council's residents live in England's most deprived fifth, by index."""
    filters = basis.filters
    shares = {index: profile.people(basis.lsoas, index=index).fifth_share for index in INDICES}
    return tables.fifth_chart(shares, name=filters.council, edition=filters.edition)


def people_blocks(basis: Basis) -> list[Block]:
    """Who lives in the council."""
    filters = basis.filters
    people = profile.people(basis.lsoas, index=filters.index)
    of = {"edition": filters.edition, "geography": filters.geography, "index": filters.index}
    return [Heading(text="Its people"), profile_tables.people_facts(people, **of)]


def area_blocks(basis: Basis) -> list[Block]:
    """Its most deprived LSOAs, and its wards."""
    filters = basis.filters
    first = basis.lsoas.nsmallest(MOST_DEPRIVED, f"{filters.index}_rank", keep="all")
    of = f"The {count(len(first), 'most deprived LSOA', 'most deprived LSOAs')} of {filters.council}"
    lsoas = profile_lists.lsoa_table(
        first, index=filters.index, edition=filters.edition, of=of, with_ward=True
    )
    wards = tables.ward_table(basis.areas, index=filters.index, edition=filters.edition)
    return [Heading(text="Its most deprived LSOAs"), lsoas, Heading(text="Its wards"), wards]


def place_blocks(basis: Basis) -> list[Block]:
    """What is recorded, by kind and category."""
    filters, recorded = basis.filters, basis.places
    blocks: list[Block] = [Heading(text="Its places")]
    if recorded.empty:
        return [*blocks, Paragraph(text="No place is recorded here."), Note(text=NO_RECORD)]
    caption = f"{count(len(recorded), 'place')} recorded in {filters.council}"
    return [*blocks, tables.count_table(recorded, caption=caption, note=NO_RECORD)]


def key_blocks(places: pd.DataFrame, numbers: Mapping[str, int]) -> list[Block]:
    """The places that have a number, as a list; that they are too many, where they are."""
    placed = places[places["place_id"].isin(numbers)]
    if placed.empty:
        return []
    blocks: list[Block] = [Heading(text="Places by number")]
    if len(placed) > MOST_LISTED:
        return [*blocks, Note(text=profile_unknown.many_sentence(len(placed)))]
    return [*blocks, profile_lists.key_table(placed, numbers, caption="Places that have a position")]


def gap_blocks(basis: Basis, largest: tuple[Largest, ...]) -> list[Block]:
    """How near each kind of place is, and where its largest gap is."""
    filters = basis.filters
    answers = list(basis.answers.values())
    table = tables.largest_table(
        [answer.total for answer in answers],
        largest,
        question=answers[0].question,
        metric=answers[0].metric_words,
        council=filters.council,
    )
    thin = profile_gaps.thin_sentence(
        pd.DataFrame({"level": [answer.standing.level for answer in answers]}), nouns_of(basis)
    )
    said = largest_sentence(largest)
    told: list[Block] = [Paragraph(text=said)] if said else []
    warned = (thin, profile_gaps.unsurveyed_sentence(basis.unsurveyed, council=filters.council))
    return [
        Heading(text="Gaps and nearest help"),
        *told,
        table,
        *(Note(text=text) for text in warned if text),
    ]


def unknown_blocks(basis: Basis, council: Council, *, held: Held) -> list[Block]:
    """What is not known of the council, of its record, and of the map."""
    filters, recorded = basis.filters, basis.recorded
    told = held.completeness
    mine = told[told["lad24cd"] == basis.lad24cd]
    withheld = int(recorded["is_withheld"].sum())
    unplaced = int((recorded["easting"].isna() & ~recorded["is_withheld"]).sum())
    people = profile.people(basis.lsoas, index=filters.index)
    why = basis.areas.loc[basis.areas["decile"].isna(), "why"].drop_duplicates()
    sentences = (
        profile_unknown.unfigured_sentence(
            council.unfigured, geography=filters.geography, why=str(why.iloc[0]) if len(why) == 1 else ""
        ),
        profile_unknown.population_sentence(
            has_people=people.population is not None,
            has_workers=people.working_age is not None,
            edition=filters.edition,
        ),
        profile_unknown.withheld_sentence(withheld, council=filters.council),
        profile_unknown.unplaced_sentence(unplaced, council=filters.council),
        profile_unknown.SIMPLE,
    )
    blocks: list[Block] = [
        Heading(text="What is not known"),
        Bullets(items=tuple(filter(None, sentences))),
    ]
    if len(mine):
        blocks.append(tables.completeness_table(mine, council=filters.council))
    return blocks
