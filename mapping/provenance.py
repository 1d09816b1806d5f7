"""Which figure on which page comes from which table, and whether it is official or our calculation."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mapping.sources import Card

OFFICIAL: Final = "As published"
OURS: Final = "Our calculation"


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One thing that a page shows, and what it is made from."""

    page: str
    figure: str
    tables: tuple[str, ...]
    """What the tables' file names begin with, up to an underscore or the suffix."""
    made: str
    """`OFFICIAL` or `OURS`, and how where that needs saying."""


DEPRIVATION: Final = ("imd_2019", "imd_2025")
BEST_FIT: Final = ("wards_2019", "wards_2024")
MEASURED: Final = f"{OURS}, by MHCLG’s published definitions"

FIGURES: Final = (
    Figure(
        page="Explore",
        figure="Rank and decile of an LSOA, its IMD score and population",
        tables=DEPRIVATION,
        made=f"{OFFICIAL}; the decile follows from the rank and equals the published one",
    ),
    Figure(
        page="Explore",
        figure="Average rank, decile and share in the most deprived fifth of a ward",
        tables=(*DEPRIVATION, *BEST_FIT, "ward_names_2024"),
        made=f"{OURS}, weighted by population, from the LSOAs best-fitted to the ward",
    ),
    Figure(
        page="Explore",
        figure="Both editions of an area side by side, and its counterparts",
        tables=(*DEPRIVATION, *BEST_FIT, "changes_2021", "ward_names_2024"),
        made=f"{OFFICIAL} for LSOAs; wards correspond by shared best-fit LSOAs, our calculation",
    ),
    Figure(
        page="Explore",
        figure="Shapes on the map",
        tables=("lsoa11", "lsoa21", "wd19", "wd24"),
        made=f"{OFFICIAL} or dissolved from LSOAs, as the table’s card says. For drawing, not for deciding",
    ),
    Figure(
        page="Explore",
        figure="Where a place is, its LSOA and ward; distance to a postcode",
        tables=("places", "postcodes"),
        made="Position and codes of its postcode as published; distances in a straight line, our calculation",
    ),
    Figure(
        page="Explore",
        figure="Number of places in an area; what is not surveyed",
        tables=("places", "completeness"),
        made=f"{OURS}: a count of what is recorded, which is not what exists",
    ),
    Figure(
        page="Gaps",
        figure="People within a distance of a place, distances, need, lack, gap and its rank",
        tables=("places", "postcodes", *DEPRIVATION, *BEST_FIT, "ward_names_2024"),
        made=f"{OURS}: an LSOA’s people spread over its postcodes, distances as the page says",
    ),
    Figure(
        page="Gaps",
        figure="What to check first: how complete the record is believed to be",
        tables=("completeness",),
        made="Our judgement, from the sources read",
    ),
    Figure(
        page="Gaps",
        figure="Where one more would help most; what a plan changes",
        tables=("places", "postcodes", *DEPRIVATION),
        made=f"{OURS}, proven the best among the candidates where the page says so",
    ),
    Figure(
        page="Gaps",
        figure="Shapes on the map",
        tables=("lsoa11", "lsoa21", "wd19", "wd24"),
        made=f"{OFFICIAL} or dissolved from LSOAs, as the table’s card says. For drawing, not for deciding",
    ),
    Figure(
        page="Area",
        figure="Rank, decile and domains of an area, in both editions; its counterparts",
        tables=(*DEPRIVATION, *BEST_FIT, "ward_names_2024", "changes_2021"),
        made=f"{OFFICIAL} for LSOAs; for wards {OURS[0].lower()}{OURS[1:]}, weighted by population",
    ),
    Figure(
        page="Area",
        figure="MHCLG’s five summary measures of a ward or a council; who lives in the most deprived areas",
        tables=(*DEPRIVATION, *BEST_FIT, "districts"),
        made=MEASURED,
    ),
    Figure(
        page="Area",
        figure="Places of an area; how near the nearest are, gaps and their ranks",
        tables=("places", "completeness", "postcodes", *DEPRIVATION, *BEST_FIT),
        made=f"{OURS}, as on the page of gaps; a count of what is recorded is not what exists",
    ),
    Figure(
        page="Area",
        figure="Shapes on the map, and which areas lie beside each other",
        tables=("lsoa11", "lsoa21", "wd19", "wd24"),
        made=f"{OFFICIAL} or dissolved from LSOAs, as the table’s card says. For drawing, not for deciding",
    ),
    Figure(
        page="Pictures",
        figure="The small map that says where in England the council is",
        tables=("england",),
        made="Dissolved and simplified for a drawing as small as a stamp",
    ),
    Figure(
        page="England",
        figure="Average rank and score, proportion in the most deprived 10 %, extent, local concentration",
        tables=(*DEPRIVATION, "districts"),
        made=MEASURED,
    ),
    Figure(
        page="England",
        figure="Shapes of districts",
        tables=("lad19", "lad24"),
        made="Simplified for a national drawing",
    ),
    Figure(
        page="England",
        figure="Your own weighting of the domains",
        tables=DEPRIVATION,
        made=f"{OURS}, by MHCLG’s method with the reader’s weights: not official",
    ),
    Figure(
        page="Directory",
        figure="Every entry, its identifiers, source and date",
        tables=("places",),
        made="As its source said at its date",
    ),
    Figure(
        page="Directory",
        figure="Ward and deprivation decile of an entry",
        tables=("postcodes", "ward_names_2024", *DEPRIVATION, *BEST_FIT),
        made=f"{OFFICIAL}, through its postcode",
    ),
)


def cards_of(figure: Figure, cards: Iterable[Card]) -> tuple[Card, ...]:
    """The cards of the tables that `figure` is made from, among those in use."""
    return tuple(card for card in cards if _stem(card.table) in figure.tables)


def pages_of(table: str) -> tuple[str, ...]:
    """The pages with a figure that is made from the table of that file name."""
    pages = (figure.page for figure in FIGURES if _stem(table) in figure.tables)
    return tuple(dict.fromkeys(pages))


def report_line(page: str, cards: Iterable[Card]) -> str:
    """What a report that shows figures of `page` must carry: each attribution once."""
    held = tuple(cards)
    used = (card for figure in FIGURES if figure.page == page for card in cards_of(figure, held))
    return " ".join(dict.fromkeys(card.attribution for card in used))


def _stem(table: str) -> str:
    """`lsoa21_pilot.parquet` and `lsoa21.parquet` → `lsoa21`."""
    return table.removesuffix(".parquet").removesuffix("_pilot")
