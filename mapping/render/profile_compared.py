"""Areas side by side: which stands where, in sentences and in a column each."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from mapping.editions import EDITIONS, INDICES
from mapping.render.documents.model import Column, Table
from mapping.render.gap_words import distance_words, joined, share_words
from mapping.render.place_words import Noun
from mapping.render.profile_gaps import UNKNOWN, rank_cell
from mapping.render.profile_tables import NOTHING, number_words, people_words
from mapping.render.profile_words import Recorded, Standing
from mapping.render.summary import decile_words

DECIMALS: Final = 6
"""What two ranks must differ in to differ: less is the order of adding up."""
SAME_EDITION: Final = (
    "All figures are of the edition of {edition}. What the other edition says of an area is in its profile: "
    "the editions are not compared."
)


def order_sentence(standings: Sequence[Standing]) -> str:
    """Which area ranks as the most deprived and which as the least; those that tie, and without a figure."""
    known = [each for each in standings if each.rank is not None]
    missing = [each.name for each in standings if each.rank is None]
    if len(known) <= 1:
        return _without(missing)
    ranks = [round(each.rank or 0.0, DECIMALS) for each in known]
    by = "by average rank" if known[0].geography == "ward" else "by rank"
    if len(set(ranks)) == 1:
        said = f"{joined([each.name for each in known])} stand alike {by}."
        return f"{said} {_without(missing)}".rstrip()
    most = [each.name for each, rank in zip(known, ranks, strict=True) if rank == min(ranks)]
    least = [each.name for each, rank in zip(known, ranks, strict=True) if rank == max(ranks)]
    said = f"Of these, {joined(most)} {_is(most)} the most deprived {by} and {joined(least)} the least."
    return f"{said} {_without(missing)}".rstrip()


def _is(names: Sequence[str]) -> str:
    return "is" if len(names) == 1 else "are"


def _without(names: Sequence[str]) -> str:
    return f"{joined(list(names))} {'has' if len(names) == 1 else 'have'} no figure." if names else ""


def side_table(
    caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]], *, corner: str, note: str = ""
) -> Table:
    """A column an area; `heads` are their names, told apart where they are the same."""
    columns = [Column(name=corner, width=1.6), *(Column(name=head, is_number=True) for head in heads)]
    return Table(caption=caption, columns=tuple(columns), rows=tuple(tuple(row) for row in rows), note=note)


def heads_of(standings: Sequence[Standing], codes: Sequence[str]) -> list[str]:
    """What each column is headed: the area's name, with its code where two have the same."""
    names = [each.name for each in standings]
    return [
        f"{name} ({code})" if names.count(name) > 1 else name for name, code in zip(names, codes, strict=True)
    ]


def standing_rows(standings: Sequence[Standing]) -> list[list[str]]:
    """Where each area is and where it stands."""
    is_ward = standings[0].geography == "ward"
    n = standings[0].n
    rank = "Average rank" if is_ward else "Rank"
    rows = [["Council", *(each.council for each in standings)]]
    if not is_ward:
        rows.append(["Ward, by best fit", *(each.ward or NOTHING for each in standings)])
    rows += [
        [f"{rank} of {n:,}, 1 the most deprived", *(number_words(each.rank) for each in standings)],
        ["Decile", *(decile_words(each.decile) for each in standings)],
    ]
    if is_ward:
        rows.append(["LSOAs in decile 1", *(_first(each) for each in standings)])
    return rows


def _first(standing: Standing) -> str:
    return f"{standing.n_first:,} of {standing.n_lsoas:,}" if standing.n_lsoas else NOTHING


def domain_rows(domains: Sequence[pd.DataFrame]) -> list[list[str]]:
    """What share of England's LSOAs each area is more deprived than, an index a row, with the decile."""
    by_index = [table.set_index("index") for table in domains]
    return [
        [name, *(_ahead(table.loc[[index]].iloc[0]) for table in by_index)] for index, name in INDICES.items()
    ]


def _ahead(row: "pd.Series[Any]") -> str:
    if pd.isna(row["rank"]):
        return NOTHING
    return f"{share_words(float(row['less_deprived_share']))} (decile {row['decile']})"


def people_rows(people: Sequence[Any], *, edition: str, is_ward: bool) -> list[list[str]]:
    """Who lives in each area: `analysis.profile.People`."""
    rows = [
        [
            f"Population ({EDITIONS[edition].population})",
            *(people_words(each, each.population) for each in people),
        ],
        ["Population of working age", *(people_words(each, each.working_age) for each in people)],
    ]
    if is_ward:
        fifths = [NOTHING if each.fifth_share is None else share_words(each.fifth_share) for each in people]
        rows.append(["Live in England’s most deprived fifth", *fifths])
    return rows


def place_rows(recorded: Sequence[Recorded], counts: Sequence[Mapping[str, int]]) -> list[list[str]]:
    """How many places are recorded in each area, by kind and by category."""
    rows = [
        ["Co-operatives", *(f"{each.n_coops:,}" for each in recorded)],
        ["Community assets", *(f"{each.n_assets:,}" for each in recorded)],
    ]
    categories = sorted({category for each in counts for category in each})
    return rows + [
        [f"Of the category “{category}”", *(f"{each.get(category, 0):,}" for each in counts)]
        for category in categories
    ]


def gap_rows(nouns: Sequence[Noun], gaps: Sequence[pd.DataFrame]) -> list[list[str]]:
    """How near each kind of place is to the people of each area, and the rank of the gap there."""
    return [
        [f"{noun.many[:1].upper()}{noun.many[1:]}", *(_near(table.iloc[at]) for table in gaps)]
        for at, noun in enumerate(nouns)
    ]


def _near(row: "pd.Series[Any]") -> str:
    if pd.isna(row["within_share"]):
        return NOTHING
    metres = "" if pd.isna(row["mean_distance_m"]) else f"; {distance_words(float(row['mean_distance_m']))}"
    return f"{share_words(float(row['within_share']))}{metres}; {rank_cell(row)}"


GAPS_NOTE: Final = (
    "Share of people within {within}; mean distance to the nearest; rank of the gap in its council with the "
    "range under other reasonable choices. {unknown}"
)


def gaps_note(within: str) -> str:
    """What the cells of `gap_rows` hold."""
    return GAPS_NOTE.format(within=within, unknown=UNKNOWN)
