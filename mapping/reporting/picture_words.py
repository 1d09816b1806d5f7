"""What a picture says: its title, what it shows, what it is made of; the same on every paper and page."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any, Final

import pandas as pd

from mapping import export
from mapping.analysis.filters import ANYWHERE, GEOGRAPHIES, Filters
from mapping.analysis.view import View
from mapping.assessing import telling
from mapping.atlas import Atlas
from mapping.editions import EDITIONS
from mapping.errors import UnusableQuestionError
from mapping.render import alt_text, legend, summary
from mapping.render.about import About
from mapping.render.legend import Legend
from mapping.render.place_words import what_words
from mapping.reporting.held import Held
from mapping.reporting.picture_parts import is_drawn, shown_codes
from mapping.sources import Card

EVERYTHING: Final = "co-operatives and community assets"
"""What is shown where nothing is chosen."""
MOST_SAID: Final = 340
"""Characters of a summary: three lines of the narrowest sheet."""
PALE: Final = "Areas of other deciles are pale."
DECILES: Final = "Decile 1 is the most deprived 10 % of England’s LSOAs."
WITHHELD: Final = "the registered office may be a home, so only the council is published"
NOT_PLACED: Final = "the source gives no usable postcode"


@dataclass(frozen=True, kw_only=True)
class Words:
    """All that a picture says beside its map and key: see `Picture`."""

    title: str
    subtitle: str
    summary: str
    about: About
    lines: tuple[str, ...]
    unplaced: str
    alt: str
    places_title: str = "Places"

    @property
    def printed(self) -> dict[str, Any]:
        """The same by the names that `Picture` has for them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def explore_words(view: View, filters: Filters, *, held: Held, link: str, date: datetime.date) -> Words:
    """What the picture of one view of the Explore page says.

    Raises UnusableQuestionError where the view could not be made as it was asked for.
    """
    if view.problem:
        raise UnusableQuestionError(view.problem)
    key, title = key_of(filters), f"{filters.council}: {told_of(filters)} over deprivation"
    drawn = view.places[is_drawn(view.places)]
    unplaced = unplaced_words(view.places)
    lit = named(view.areas[view.areas["code"].isin(shown_codes(view, filters))])
    missing = (
        f"Only what lies around {view.near.postcode} is in sight." if view.near else "",
        unplaced,
        PALE * (filters.deciles != ANYWHERE),
    )
    geography = filters.geography
    said, rest = divided(_sentences(view, filters))
    return Words(
        title=title,
        subtitle=subtitle_of(key, filters),
        summary=said,
        about=about_of(title, filters, atlas=held.atlas, places=view.places, link=link, date=date),
        lines=(*rest, *lines_of(filters, held=held)),
        unplaced=unplaced,
        alt=alt_text.map_alt(title, key=key, areas=lit, geography=geography, places=drawn, missing=missing),
        places_title=f"Places, by distance from {view.near.postcode}" if view.near else "Places",
    )


def divided(sentences: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """`sentences` as a summary that any sheet has room for, and those that it does not hold."""
    said, rest = "", list[str]()
    for sentence in filter(None, sentences):
        longer = f"{said} {sentence}".strip()
        if said and (rest or len(longer) > MOST_SAID):
            rest.append(sentence)
        else:
            said = longer
    return said, tuple(rest)


def key_of(filters: Filters) -> Legend:
    """The key to the shade that `filters` ask for."""
    return legend.legend(filters.edition, filters.index, geography=filters.geography, shade=filters.shade)


def told_of(filters: Filters) -> str:
    """What places are shown: "libraries"; both kinds by name where nothing is chosen."""
    chosen = filters.kinds or filters.categories or filters.ownerships
    return what_words(filters.kinds, filters.categories, filters.ownerships).title if chosen else EVERYTHING


def subtitle_of(key: Legend, filters: Filters) -> str:
    """Which measure by which areas, and the choices that leave places out."""
    by = f"{key.title} by {GEOGRAPHIES[filters.geography].replace('Ward', 'ward')}"
    return ". ".join([by, *filter(None, [pairs(export.narrowing(filters))])])


def pairs(told: Sequence[tuple[str, str]]) -> str:
    """Labels and values in one line."""
    return "; ".join(f"{label}: {value}" for label, value in told)


def _sentences(view: View, filters: Filters) -> tuple[str, str]:
    """What the Explore page says first, without a map beside a table in mind."""
    council = filters.council
    chosen = "; ".join(f"{label.lower()} {value}" for label, value in export.narrowing(filters))
    said = summary.places_sentence(view.places, view.recorded, council=council, chosen=chosen, on_map=False)
    is_elsewhere = filters.is_near or filters.text or filters.deciles != ANYWHERE
    told = "recorded place" if not chosen else "" if is_elsewhere else "place that these filters show"
    areas = summary.areas_sentence(
        view.areas,
        council=council,
        geography=filters.geography,
        index=filters.index,
        told="" if view.recorded.empty else told,
    )
    return said, areas


def named(areas: pd.DataFrame) -> pd.DataFrame:
    """`areas` with names that say where they are: an LSOA's with its ward, "Oxford 016F (Littlemore)"."""
    if "ward_name" not in areas:
        return areas
    return areas.assign(name=(areas["name"] + " (" + areas["ward_name"] + ")").fillna(areas["name"]))


def unplaced_words(places: pd.DataFrame) -> str:
    """How many of `places` are not drawn, and why; blank where all are."""
    hidden = places[~is_drawn(places)]
    n_withheld = int(hidden["is_withheld"].astype(bool).sum())
    told = ((n_withheld, WITHHELD), (len(hidden) - n_withheld, NOT_PLACED))
    said = [f"{summary.count(n, 'place is', 'places are')} not drawn: {why}." for n, why in told if n]
    return " ".join(said)


def lines_of(filters: Filters, *, held: Held) -> tuple[str, ...]:
    """Edition, vintages, what is our calculation, and how complete the record is."""
    edition = EDITIONS[filters.edition]
    lad24cd = held.atlas.lad24cd(filters.council)
    told = held.completeness[held.completeness["lad24cd"] == lad24cd]
    by_ward = filters.geography == "ward"
    return (
        summary.edition_line(filters.edition, filters.geography),
        *((f"Population: {edition.population}.",) if by_ward else ()),
        boundaries_line(filters),
        summary.thin_sentence(told, council=filters.council),
    )


def boundaries_line(filters: Filters) -> str:
    """The vintages of what is drawn."""
    edition = EDITIONS[filters.edition]
    lsoas = "" if filters.geography == "ward" else f"LSOAs of 20{edition.lsoa[4:6]}, "
    return f"Simplified boundaries: {lsoas}wards of 20{edition.ward[2:4]}."


def about_of(
    title: str,
    filters: Filters,
    *,
    atlas: Atlas,
    places: pd.DataFrame,
    link: str,
    date: datetime.date,
    notes: Sequence[str] = (),
) -> About:
    """What a picture of places over deprivation says of itself; `places` are those shown."""
    base = export.about_view(filters, atlas=atlas, subject="places", link=link, date=date)
    return About(
        title=title,
        filters=base.filters,
        edition=base.edition,
        date=date,
        link=link,
        sources=(*base.sources, atlas.card("completeness"), *shape_cards(filters, atlas=atlas),
                 *telling.added_cards(places)),
        notes=(*notes, export.NO_RECORD, DECILES),
    )  # fmt: skip


def shape_cards(filters: Filters, *, atlas: Atlas) -> tuple[Card, ...]:
    """The cards of the boundaries that a picture is drawn from."""
    edition = EDITIONS[filters.edition]
    layers = [getattr(edition, filters.geography), edition.ward]
    held = dict.fromkeys(layer.removesuffix("cd") for layer in layers if layer in atlas.layers)
    outline = ("england",) if atlas.outline_file is not None else ()
    return tuple(atlas.card(table) for table in (*held, *outline))
