"""What a document about areas says of itself: from whom, by which method, and what is not known."""

import datetime
from collections.abc import Sequence
from typing import Final

from mapping.analysis.question import DECAYS, LACKS, NEEDS
from mapping.assessing.telling import IN_WARDS, added_cards
from mapping.editions import EDITIONS, INDICES
from mapping.errors import UnusableFileError
from mapping.export import filter_words
from mapping.render.about import About
from mapping.render.documents import logo
from mapping.render.gap_words import joined, lack_words, metres_words
from mapping.render.summary import NO_RECORD
from mapping.reporting.held import Held
from mapping.reporting.profile_basis import Basis
from mapping.settings import Settings
from mapping.sources import Card

READ_IT: Final = (
    "Rank 1 and decile 1 are the most deprived: decile 1 is the most deprived 10 % of England’s LSOAs."
)
METHOD: Final = (
    "Gaps are our calculation, not published by MHCLG.",
    "An LSOA’s people are spread evenly over its live small-user postcodes.",
    "A gap is need (the share of an area’s people who live in LSOAs in need) times lack. Rank 1 is the "
    "largest gap and ties share the best rank. A rank’s range is its best and its worst under other "
    "reasonable choices: 75, 100 and 125 % of the distance, each decay, each way to count need.",
)


def about_of(
    basis: Basis,
    *,
    title: str,
    areas: str,
    councils: Sequence[str] = (),
    held: Held,
    link: str,
    date: datetime.date,
    cards: Sequence[Card] = (),
) -> About:
    """The document's account of itself; `areas` and `councils` are what it tells of.

    `councils` is given where they are not the one of `basis`; `cards` are those of what else it shows.
    """
    filters, answer = basis.filters, next(iter(basis.answers.values()))
    edition = EDITIONS[filters.edition]
    chosen = dict(filter_words(filters)) | {"Areas": areas}
    chosen |= {"Council": joined(councils)} if councils else {}
    chosen |= {
        "In need": NEEDS[filters.need],
        "Lack": LACKS[filters.lack],
        "Nearness": DECAYS[filters.decay],
        "Within": metres_words(filters.reach_m),
    }
    return About(
        title=title,
        filters=tuple(chosen.items()),
        edition=f"{edition.title}, {INDICES[filters.index]}",
        date=date,
        link=link,
        sources=tuple(dict.fromkeys([*cards_of(basis, held=held), *cards])),
        notes=(
            READ_IT,
            *((IN_WARDS,) if filters.geography == "ward" else ()),
            lack_words(answer.question, metric_words=answer.metric_words),
            *METHOD,
            NO_RECORD,
        ),
    )


def cards_of(basis: Basis, *, held: Held) -> tuple[Card, ...]:
    """The cards of all tables that a document of `basis` is made from."""
    atlas, filters = held.atlas, basis.filters
    edition = EDITIONS[filters.edition]
    layer = getattr(edition, filters.geography)
    stems = [f"imd_{year}" for year in sorted(atlas.editions, reverse=True)]
    stems += [f"wards_20{EDITIONS[year].ward[2:4]}" for year in sorted(atlas.editions, reverse=True)]
    stems += ["ward_names", "changes_2021", "places", "completeness", "postcodes", "districts"]
    stems += [layer.removesuffix("cd")] if layer in atlas.layers else []
    found = [card for stem in stems for card in atlas.cards if card.table.startswith(stem)]
    return (*dict.fromkeys(found), *added_cards(basis.recorded))


def logo_bytes(settings: Settings) -> bytes:
    """The logo that `settings` names, as a small PNG; nothing where none is.

    Raises UnusableFileError: it cannot be read, or is no PNG or JPEG.
    """
    if settings.logo is None:
        return b""
    try:
        image = settings.logo.read_bytes()
    except OSError as exc:
        raise UnusableFileError(
            f"The logo {settings.logo} cannot be read. Correct MAPPING_LOGO, or leave it out."
        ) from exc
    return logo.logo_png(image)
