"""The figures of a council as the tables and the chart of a document."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from mapping.editions import EDITIONS, INDICES, SUMMARY_MEASURES
from mapping.render import national_words
from mapping.render.documents.model import Bar, Chart, Column, Table
from mapping.render.gap_words import Asked, distance_words, joined, metres_words, share_words
from mapping.render.place_facts import KIND_NAMES
from mapping.render.place_words import Noun
from mapping.render.profile_council import MOST_NAMED, Largest
from mapping.render.profile_gaps import LEVELS, SILENT, UNKNOWN
from mapping.render.profile_tables import (
    FIRST_BAR,
    NOTHING,
    OTHER_BARS,
    measure_label,
    number_words,
)
from mapping.render.summary import date_words

OURS: Final = "Our calculation: the mean rank of the ward’s best-fit LSOAs, weighted by population."


def fifth_chart(shares: Mapping[str, float | None], *, name: str, edition: str) -> Chart:
    """A bar an index: what share of the council's residents live in England's most deprived fifth by it."""
    bars = tuple(
        Bar(
            label=INDICES[index],
            value=None if share is None else round(100 * share, 1),
            text="not known" if share is None else share_words(share),
            colour=FIRST_BAR if index == "imd" else OTHER_BARS,
        )
        for index, share in shares.items()
    )
    told = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return Chart(
        title=f"{name}: residents in England’s most deprived fifth, {edition}",
        unit="Residents in LSOAs of deciles 1 and 2, in per cent",
        bars=bars,
        most=100,
        alt=f"Bars from 0 to 100 per cent. Residents in England’s most deprived fifth: {told}.",
        note="Our calculation from published deciles and populations.",
    )


def measure_table(measures: pd.DataFrame, *, index: str, note: str) -> Table:
    """MHCLG's five measures of the council, a column a district it is made of in each edition.

    `measures` : rows of `national.district_figures` with `edition`, older edition first.
    """
    heads = [f"{year}, {name}" for year, name in zip(measures["edition"], measures["name"], strict=True)]
    columns = [Column(name="Measure", width=1.6), *(Column(name=head, is_number=True) for head in heads)]
    rows = tuple(
        (
            measure_label(measure, index),
            *(_measure(row, measure, index=index) for _, row in measures.iterrows()),
        )
        for measure in SUMMARY_MEASURES
    )
    return Table(caption="MHCLG’s summary measures", columns=tuple(columns), rows=rows, note=note)


def _measure(row: "pd.Series[Any]", measure: str, *, index: str) -> str:
    if pd.isna(row[measure]):
        return NOTHING
    value = national_words.value_words(pd.Series([float(row[measure])]), measure=measure, index=index).iloc[0]
    rank = row[f"rank_of_{measure}"]
    return str(value) if pd.isna(rank) else f"{value} (rank {rank:,})"


def ward_table(areas: pd.DataFrame, *, index: str, edition: str) -> Table:
    """The wards, the most deprived on average first: `Basis.areas`; those without a figure last."""
    ordered = areas.sort_values(["rank", "name"], na_position="last")
    rows = tuple(
        (
            str(row["name"]),
            number_words(row["rank"]),
            number_words(row["decile"]),
            f"{row['n_most_deprived']:,} of {row['n_lsoas']:,}" if row["n_lsoas"] else NOTHING,
            NOTHING
            if pd.isna(row["most_deprived_fifth_share"])
            else share_words(row["most_deprived_fifth_share"]),
            number_words(row["population"]),
            number_words(row["n_places"]),
        )
        for _, row in ordered.iterrows()
    )
    return Table(
        caption=f"Wards, {INDICES[index]} {edition}",
        columns=(
            Column(name="Ward", width=2),
            Column(name=f"Average rank of {EDITIONS[edition].n_lsoas:,}", is_number=True),
            Column(name="Decile", is_number=True, width=0.8),
            Column(name="LSOAs in decile 1", is_number=True),
            Column(name="In most deprived fifth", is_number=True),
            Column(name="Population", is_number=True),
            Column(name="Places recorded", is_number=True),
        ),
        rows=rows,
        note=f"{OURS} Rank 1 and decile 1 are the most deprived. {UNKNOWN}",
    )


def count_table(places: pd.DataFrame, *, caption: str, note: str) -> Table:
    """How many places are recorded, by kind and category, and how many of them have a position."""
    counted = places.assign(placed=places["easting"].notna()).groupby(["kind", "category"], dropna=False)
    table = counted["placed"].agg(["size", "sum"]).reset_index().sort_values(["kind", "category"])
    rows = tuple(
        (f"{KIND_NAMES[kind]}: {category}", f"{size:,}", f"{placed:,}")
        for kind, category, size, placed in table.itertuples(index=False)
    )
    total = ("All", f"{len(places):,}", f"{int(places['easting'].notna().sum()):,}")
    return Table(
        caption=caption,
        columns=(
            Column(name="Kind and category", width=3),
            Column(name="Recorded", is_number=True),
            Column(name="With a position", is_number=True),
        ),
        rows=(*rows, total),
        note=note,
    )


def largest_table(
    totals: Sequence["pd.Series[Any]"],
    largest: Sequence[Largest],
    *,
    question: Asked,
    metric: str,
    council: str,
) -> Table:
    """One row a kind of place: how near it is to the council's people, and which ward has the largest gap."""
    rows = tuple(
        (
            _capital(each.what),
            _share(total["within_share"]),
            distance_words(float(total["mean_distance_m"]))
            if pd.notna(total["mean_distance_m"])
            else NOTHING,
            number_words(total["need_people_beyond"]),
            areas_cell(each),
            level_cell(each),
        )
        for total, each in zip(totals, largest, strict=True)
    )
    within = metres_words(question.within_m)
    return Table(
        caption=f"How near places are to the people of {council} ({metric})",
        columns=(
            Column(name="Kind of place", width=1.4),
            Column(name=f"People within {within}", is_number=True),
            Column(name="Mean distance to the nearest", is_number=True),
            Column(name="In need and farther", is_number=True),
            Column(name="Ward with the largest gap", width=2),
            Column(name="Record", width=1.2),
        ),
        rows=rows,
        note=UNKNOWN,
    )


def areas_cell(largest: Largest) -> str:
    """The areas with the largest gap; how many where they are many."""
    if largest.is_silent:
        return NOTHING
    if not largest.areas:
        return "no gap"
    if len(largest.areas) > MOST_NAMED:
        return f"{len(largest.areas):,} wards alike"
    return joined(list(largest.areas))


def level_cell(largest: Largest) -> str:
    """How complete the record is believed to be."""
    level = LEVELS["thin" if largest.is_thin else "recorded"]
    return f"{level}; {SILENT}" if largest.is_silent else level


def completeness_table(completeness: pd.DataFrame, *, council: str) -> Table:
    """How complete the record of each category is believed to be: `schemas.Completeness`, the best first."""
    order = {level: at for at, level in enumerate(LEVELS)}
    table = completeness.assign(order=completeness["completeness"].map(order))
    table = table.sort_values(["order", "kind", "category"])
    columns = ("kind", "category", "completeness", "as_of", "basis")
    rows = tuple(
        (f"{KIND_NAMES[kind]}: {category}", level, date_words(as_of), basis)
        for kind, category, level, as_of, basis in table[list(columns)].itertuples(index=False)
    )
    return Table(
        caption=f"How complete the record of {council} is believed to be",
        columns=(
            Column(name="Kind and category", width=2),
            Column(name="Record", width=0.9),
            Column(name="As of", width=1.4),
            Column(name="Why", width=3),
        ),
        rows=rows,
        note="Our judgement, from the sources read. “No record” does not mean “none there”.",
    )


def _capital(noun: Noun) -> str:
    return f"{noun.many[:1].upper()}{noun.many[1:]}"


def _share(value: Any) -> str:
    return NOTHING if pd.isna(value) else share_words(float(value))
