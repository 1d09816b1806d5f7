"""The figures of areas as the tables and charts of a document."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, Protocol

import pandas as pd

from mapping.editions import EDITIONS, INDICES, SUMMARY_MEASURES
from mapping.render import national_words
from mapping.render.documents.model import Bar, Chart, Column, Facts, Table
from mapping.render.edition_words import NO_FIGURE
from mapping.render.gap_words import joined, share_words
from mapping.render.palette import RAMP
from mapping.render.profile_words import NOT_HELD

NOTHING: Final = "–"
"""What stands where nothing is known: a blank could be read as zero."""
AHEAD: Final = "Share of England’s LSOAs that are less deprived, in per cent"
FIRST_BAR, OTHER_BARS = RAMP[1], RAMP[3]
"""The index itself, and its domains."""
READ_IT: Final = "The longer the bar, the more deprived."


def domain_chart(domains: pd.DataFrame, *, name: str, geography: str, edition: str) -> Chart:
    """A bar an index: what share of England's LSOAs is less deprived than the area.

    `domains` is `analysis.profile.domains` of the area.
    """
    bars = tuple(
        Bar(
            label=row["name"],
            value=None if pd.isna(row["rank"]) else round(100 * float(row["less_deprived_share"]), 1),
            text=_ahead(row),
            colour=FIRST_BAR if row["index"] == "imd" else OTHER_BARS,
        )
        for _, row in domains.iterrows()
    )
    ours = f" {ours_words(geography)}" if geography == "ward" else ""
    told = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return Chart(
        title=f"{name}: more deprived than what share of England’s LSOAs, {edition}",
        unit=AHEAD,
        bars=bars,
        most=100,
        alt=f"Bars from 0 to 100 per cent. More deprived than: {told}.",
        note=f"{READ_IT}{ours}",
    )


def ours_words(geography: str) -> str:
    """How the figures of an area of that geography come about."""
    if geography == "lsoa":
        return "Ranks and deciles are as MHCLG published them."
    return "Our calculation: the mean rank of the ward’s best-fit LSOAs, weighted by population."


def _ahead(row: "pd.Series[Any]") -> str:
    if pd.isna(row["rank"]):
        return NO_FIGURE
    return f"{share_words(float(row['less_deprived_share']))}, decile {row['decile']}"


def domain_table(domains: pd.DataFrame, *, geography: str, edition: str) -> Table:
    """The same as a table: rank, decile and share of each index."""
    n = EDITIONS[edition].n_lsoas
    rank = "Average rank" if geography == "ward" else "Rank"
    rows = tuple(
        (
            row["name"],
            number_words(row["rank"]),
            number_words(row["decile"]),
            _share(row["less_deprived_share"]),
        )
        for _, row in domains.iterrows()
    )
    return Table(
        caption=f"The index and its seven domains, {edition}",
        columns=(
            Column(name="Index or domain", width=3),
            Column(name=f"{rank} of {n:,}", is_number=True),
            Column(name="Decile", is_number=True, width=0.7),
            Column(name="More deprived than", is_number=True, width=1.2),
        ),
        rows=rows,
        note=f"Rank 1 and decile 1 are the most deprived. {ours_words(geography)}",
    )


def edition_table(rows: Sequence[Sequence[str]], *, caption: str, note: str = "") -> Table:
    """Rows as `edition_words.rows` gives them, the first of which heads the columns."""
    (corner, *heads), *body = rows
    columns = [Column(name=corner, width=1.4), *(Column(name=head) for head in _told_apart(heads))]
    return Table(caption=caption, columns=tuple(columns), rows=tuple(tuple(row) for row in body), note=note)


def _told_apart(heads: Sequence[str]) -> list[str]:
    """`heads`, numbered where some are the same: a column is known by its heading."""
    seen: dict[str, int] = {}
    named = []
    for head in heads:
        seen[head] = seen.get(head, 0) + 1
        named.append(f"{head}, {seen[head]}" if heads.count(head) > 1 else head)
    return named


def measure_rows(measures: Sequence["pd.Series[Any] | None"], *, index: str) -> list[list[str]]:
    """A label and a cell an area for each of MHCLG's five measures; None: the area's are not held."""
    rows = []
    for measure in SUMMARY_MEASURES:
        cells = [_measure(each, measure, index=index) for each in measures]
        rows.append([measure_label(measure, index), *cells])
    return rows


def measure_label(measure: str, index: str) -> str:
    """What a table calls a measure; which way the one goes whose name is that of another figure here."""
    name = national_words.measure_name(measure, index)
    return f"{name} (higher: more deprived)" if measure == "average_rank" else name


def higher_words(editions: Sequence[str]) -> str:
    """Which way the five measures go, and how far up those go that count LSOAs."""
    up_to = joined([f"{EDITIONS[year].n_lsoas:,} in {year}" for year in editions])
    return (
        "The higher a value, the more deprived: average rank and local concentration count LSOAs up to the "
        f"most deprived, {up_to}."
    )


def lacking_words(edition: str, why: str) -> str:
    """Of which edition a measure is missing, and why: "2019: no average score: ..."."""
    return f"{edition}: {why[:1].lower()}{why[1:]}"


def _measure(row: "pd.Series[Any] | None", measure: str, *, index: str) -> str:
    if row is None or pd.isna(row[measure]):
        return NOTHING
    values = pd.Series([float(row[measure])])
    return str(national_words.value_words(values, measure=measure, index=index).iloc[0])


def decile_table(counts: Mapping[int, int], *, edition: str, index: str) -> Table:
    """How many of an area's LSOAs are in each decile."""
    return Table(
        caption=f"Its LSOAs by decile of England, {INDICES[index]} {edition}",
        columns=(
            Column(name="Decile", width=1.6),
            *(Column(name=str(decile), is_number=True, width=0.6) for decile in counts),
        ),
        rows=(("LSOAs", *(f"{n:,}" for n in counts.values())),),
        note="Decile 1 is the most deprived 10 % of England’s LSOAs.",
    )


class Dwelling(Protocol):
    """Who lives in an area: see `analysis.profile.People`."""

    @property
    def n_lsoas(self) -> int: ...
    @property
    def population(self) -> int | None: ...
    @property
    def working_age(self) -> float | None: ...
    @property
    def tenth(self) -> int | None: ...
    @property
    def fifth(self) -> int | None: ...
    @property
    def tenth_share(self) -> float | None: ...
    @property
    def fifth_share(self) -> float | None: ...


def people_facts(people: Dwelling, *, edition: str, geography: str, index: str) -> Facts:
    """Who lives in an area, and in which of England's LSOAs by the `index`."""
    rows = [
        ("Population", people_words(people, people.population)),
        ("Counted as", EDITIONS[edition].population),
        ("Population of working age", people_words(people, people.working_age)),
    ]
    if geography != "lsoa":
        of = "" if index == "imd" else f" for {INDICES[index].lower()}"
        rows += [
            (f"Live in England’s most deprived tenth{of}", _part(people, people.tenth, people.tenth_share)),
            (f"Live in England’s most deprived fifth{of}", _part(people, people.fifth, people.fifth_share)),
        ]
    return Facts(caption="People", rows=tuple(rows))


def held_words(value: Any) -> str:
    """A number, or that the files do not hold it."""
    return NOT_HELD if value is None or pd.isna(value) else f"{float(value):,.0f}"


def people_words(people: Dwelling, value: float | None) -> str:
    """A number of people; that there is no figure where there is no LSOA to take it from."""
    return held_words(value) if people.n_lsoas else NO_FIGURE


def _part(people: Dwelling, value: int | None, share: float | None) -> str:
    said = people_words(people, value)
    return said if share is None else f"{said} ({share_words(share)})"


def number_words(value: Any) -> str:
    """A whole number, or the sign for nothing known."""
    return NOTHING if pd.isna(value) else f"{float(value):,.0f}"


def _share(value: Any) -> str:
    return NOTHING if pd.isna(value) else share_words(float(value))
