"""The picture of a ward, an LSOA or some to compare: lit among what surrounds them, with their places."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import geopandas as gpd
import pandas as pd

from mapping import export
from mapping.analysis.filters import Filters
from mapping.assessing.telling import IN_WARDS
from mapping.editions import EDITIONS
from mapping.render import alt_text, summary
from mapping.render.gap_words import joined
from mapping.render.picture_keys import place_block, scale_block
from mapping.render.sheet.picture import Picture
from mapping.reporting import picture_explore
from mapping.reporting import picture_parts as parts
from mapping.reporting.held import Held
from mapping.reporting.picture_council import Chosen, Council
from mapping.reporting.picture_words import (
    Words,
    about_of,
    divided,
    key_of,
    lines_of,
    subtitle_of,
    told_of,
)

AROUND: Final = "Surroundings"
AS_DRAWN: Final = "a place’s area is that of its postcode, and boundaries are simplified."
MOST_NUMBERS: Final = 6
"""More places than these are counted, not listed."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """What the picture is made from."""

    council: Council
    chosen: tuple[Chosen, ...]
    places: pd.DataFrame
    """The places of what is chosen that are kept."""
    recorded: pd.DataFrame
    """All recorded there."""
    numbered: gpd.GeoDataFrame
    """`Picture.places`."""

    @property
    def filters(self) -> Filters:
        """The choices, by LSOA."""
        return self.council.filters

    @property
    def lsoas(self) -> pd.DataFrame:
        """The LSOAs that are lit, each once: rows of `View.areas`."""
        return pd.concat([each.lsoas for each in self.chosen]).drop_duplicates("code")


def found(codes: Sequence[str], council: Council) -> Found:
    """The areas of those `codes`, and their places. Raises UnknownAreaError."""
    chosen = tuple(map(council.chosen, codes))
    places = inside(council.view.places, chosen)
    return Found(
        council=council,
        chosen=chosen,
        places=places,
        recorded=inside(council.view.recorded, chosen),
        numbered=parts.numbered(places),
    )


def inside(places: pd.DataFrame, chosen: Sequence[Chosen]) -> pd.DataFrame:
    """Those of `places` that any of `chosen` holds: by the place's LSOA, or its ward's official code."""
    codes = [each.code for each in chosen]
    return places[places["lsoa_code"].isin(codes) | places["ward_code"].isin(codes)]


def words(made: Found, *, held: Held, link: str, date: datetime.date) -> Words:
    """What the picture of `made` says."""
    filters, key = made.filters, key_of(made.filters)
    title = f"{_where(made)}: {told_of(filters)}"
    hidden = int((~parts.is_drawn(made.council.view.places)).sum())
    unplaced = " ".join(
        filter(None, (outside_words(made), _hidden(hidden, filters.council) if hidden else ""))
    )
    lit = made.lsoas
    drawn = made.places[parts.is_drawn(made.places)]
    whys = [_why(each) for each in made.chosen if each.why]
    by_ward = any(each.geography == "ward" for each in made.chosen)
    about = about_of(title, filters, atlas=held.atlas, places=made.places, link=link, date=date)
    said, rest = divided(sentences_of(made))
    return Words(
        title=title,
        subtitle=subtitle_of(key, filters),
        summary=said,
        about=replace(about, filters=(*about.filters, ("Area", joined([e.name for e in made.chosen])))),
        lines=(*rest, *lines_of(filters, held=held), *((IN_WARDS,) if by_ward else ())),
        unplaced=unplaced,
        alt=alt_text.map_alt(
            title, key=key, areas=lit, geography="lsoa", places=drawn, missing=(*whys, unplaced)
        ),
    )


def _where(made: Found) -> str:
    """The areas and, of wards, their council: an LSOA's name begins with it."""
    council, chosen = made.filters.council, made.chosen
    is_wards = len(chosen) > 1 and all(each.geography == "ward" for each in chosen)
    names = joined([each.name if is_wards else each.title for each in chosen]) + " wards" * is_wards
    return names if all(each.name.startswith(council) for each in chosen) else f"{names}, {council}"


def _hidden(n: int, council: str) -> str:
    many = summary.count(n, "place", "places")
    return (
        f"{many} recorded in {council} {'has' if n == 1 else 'have'} no published location: not drawn, and "
        "counted in no ward or LSOA."
    )


def outside_words(made: Found) -> str:
    """Which places lie outside what is lit, by number, and why; blank where none does."""
    spot = made.council.spot(made.chosen)
    if spot.empty:
        return ""
    n = made.numbered
    numbers = n.loc[~n.geometry.intersects(spot.union_all()), "number"].tolist()
    if not numbers:
        return ""
    if len(numbers) > MOST_NUMBERS:
        listed, lie = f"{len(numbers):,} places", "lie"
    else:
        listed, lie = joined([str(number) for number in numbers]), "lies" if len(numbers) == 1 else "lie"
    where = "the area" if len(made.chosen) == 1 else "the areas"
    return f"{listed} {lie} outside {where} as drawn: {AS_DRAWN}"


def _why(each: Chosen) -> str:
    return each.why.replace("No figure", f"{each.name} has no figure", 1)


def sentences_of(made: Found) -> list[str]:
    """Where each area stands, and how many places are shown there."""
    index, council = made.filters.index, joined([each.name for each in made.chosen])
    stands = [
        _why(each)
        if each.why
        else lsoa_sentence(each.lsoas.iloc[0], made.filters)
        if each.geography == "lsoa"
        else summary.areas_sentence(each.lsoas, council=each.name, geography="lsoa", index=index, told="")
        for each in made.chosen
    ]
    return [*stands, places_sentence(made, council)]


def places_sentence(made: Found, where: str) -> str:
    """How many places are recorded there, and which of them are shown."""
    n = len(made.recorded)
    if not n:
        return f"No place is recorded in {where}. {summary.NO_RECORD}"
    if len(made.places) == n:
        return f"{summary.count(n, 'place is', 'places are')} recorded in {where}."
    chosen = "; ".join(f"{label.lower()} {value}" for label, value in export.narrowing(made.filters))
    return summary.places_sentence(made.places, made.recorded, council=where, chosen=chosen)


def lsoa_sentence(row: "pd.Series[Any]", filters: Filters) -> str:
    """Decile and rank of one LSOA: "Oxford 016F is in decile 1 of 10 (…): rank 123 of 33,755."."""
    n = EDITIONS[filters.edition].n_lsoas
    return f"{row['name']} is in decile {summary.decile_words(row['decile'])}: rank {row['rank']:,} of {n:,}."


def picture(made: Found, *, held: Held, link: str, date: datetime.date) -> Picture:
    """The picture of `made`."""
    said, council = words(made, held=held, link=link, date=date), made.council
    areas, spot = council.lit(list(made.lsoas["code"])), council.spot(made.chosen)
    around = made.numbered.geometry if len(spot) else council.ground(made.chosen, held)
    scale = scale_block(
        key_of(made.filters),
        faded=AROUND,
        has_missing=bool((areas["fill"] == "").any()),
        outline=picture_explore.wards_words(made.filters),
    )
    return Picture(
        **said.printed,
        areas=areas,
        names=council.names,
        places=made.numbered,
        focus=parts.bounds_of(spot, around),
        key=picture_explore.blocks(scale, place_block(set(made.numbered["kind"]))),
        locator=parts.in_land(spot, council.whole, name=made.filters.council),
        owner=held.settings.name,
    )
