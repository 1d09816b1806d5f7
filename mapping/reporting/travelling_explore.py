"""The map that travels of places over deprivation: of a council, or of some of its areas."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import pandas as pd

from mapping import export
from mapping.analysis.filters import ANYWHERE, Filters
from mapping.analysis.view import Near, View
from mapping.crs import WGS84, to_degrees
from mapping.render import layers, travelling_rows
from mapping.render.gap_words import joined
from mapping.render.layers import MapState
from mapping.render.place_facts import KIND_NAMES
from mapping.render.shapes import DECIMALS, Bounds
from mapping.render.summary import count
from mapping.render.travelling_model import Details, Travelling
from mapping.reporting import picture_explore, travelling_shapes
from mapping.reporting.held import Held
from mapping.reporting.picture_area import AROUND, Found, found
from mapping.reporting.picture_council import council_of
from mapping.reporting.picture_words import Words, key_of
from mapping.reporting.profile_about import logo_bytes

CHOOSE: Final = "Choose an area or a place, on the map or in a table, to read its card."


def travelling(filters: Filters, words: Words, *, held: Held, kept_m: float) -> Travelling:
    """The map of one view; shapes within `kept_m` metres of what is held."""
    if filters.codes:
        return _of_areas(filters, words, held=held, kept_m=kept_m)
    view = picture_explore.explored(filters, held)
    lit = None if filters.deciles == ANYWHERE else set(export.areas_shown(view, filters)["code"])
    return _made(view, filters, words, held=held, kept_m=kept_m, lit=lit)


def _of_areas(filters: Filters, words: Words, *, held: Held, kept_m: float) -> Travelling:
    """The map of some areas, among what is around them."""
    made = found_of(filters, held)
    view = replace(made.council.view, places=made.places)
    told = _made(view, made.filters, words, held=held, kept_m=kept_m, lit=lit_codes(made) or None)
    assert isinstance(told.state, MapState)
    title = joined([each.name for each in made.chosen])
    return replace(
        told,
        state=focused(told.state, made, told.files[0].keys, held=held),
        opening=opening(title, made.recorded),
    )


def found_of(filters: Filters, held: Held) -> Found:
    """The areas that `filters.codes` name, and their places. Raises UnknownAreaError."""
    return found(filters.codes, council_of(filters, held))


def lit_codes(made: Found) -> set[str]:
    """The codes of the LSOAs that are chosen, or that fit a chosen ward best."""
    return {code for each in made.chosen for code in each.lsoas["code"]}


def focused(state: MapState, made: Found, codes: Sequence[str], *, held: Held) -> MapState:
    """The map of a council's LSOAs with those that are chosen shaded, all where there are none, and in view.

    `codes` are those of the file that `state` draws, in its order.
    """
    lit, only = lit_codes(made), [each.code for each in made.chosen]
    return replace(
        state,
        lit=tuple(at for at, code in enumerate(codes) if code in lit) if lit else None,
        ringed=tuple(only),
        unlit=AROUND,
        bounds=_bounds(made, held=held) or state.bounds,
        selected=state.selected or (f"area:{only[0]}" if {*only} == lit and len(only) == 1 else ""),
    )


def _bounds(made: Found, *, held: Held) -> Bounds | None:
    """What must be seen: the areas, or where a ward is that has no shape, and the places; None: not known."""
    spot = made.council.spot(made.chosen)
    around = spot if len(spot) else made.council.ground(made.chosen, held)
    if around.empty:
        return None
    seen = pd.concat([around, made.numbered.geometry]).to_crs(WGS84)
    west, south, east, north = (round(float(edge), DECIMALS) for edge in seen.total_bounds)
    return west, south, east, north


def _made(
    view: View, filters: Filters, words: Words, *, held: Held, kept_m: float, lit: Collection[str] | None
) -> Travelling:
    lad24cd = held.atlas.lad24cd(filters.council)
    areas, outlines = travelling_shapes.files(filters, atlas=held.atlas, lad24cd=lad24cd, kept_m=kept_m)
    places = travelling_shapes.place_file(view.places, lad24cd=lad24cd)
    told = {"edition": filters.edition, "index": filters.index}
    by = {"edition": filters.edition, "geography": filters.geography}
    state = layers.map_state(
        areas,
        view.areas,
        key=key_of(filters),
        places=places,
        shown=places.keys,
        lit=lit,
        outlines=outlines,
        near=_circle(view.near),
    )
    shown = view.areas if lit is None else view.areas[view.areas["code"].isin(lit)]
    return Travelling(
        kind="atlas",
        title=words.title,
        subtitle=words.subtitle,
        summary=words.summary,
        state=state,
        files=(areas, *((outlines,) if outlines else ()), places),
        places=travelling_rows.place_listing(view.places, **told, empty=_empty(view)),
        areas=travelling_rows.area_listing(shown, **by),
        details=(
            *travelling_rows.place_details(view.places, **told),
            *travelling_rows.area_details(
                view.areas, **by, index=filters.index, deprivation=held.atlas.deprivation[filters.edition]
            ),
        ),
        opening=opening(filters.council, view.recorded),
        lines=(*words.lines, *filter(None, [words.unplaced])),
        about=words.about,
        owner=held.settings.name,
        logo=logo_bytes(held.settings),
    )


def opening(title: str, recorded: pd.DataFrame) -> Details:
    """What is told while nothing is chosen: what the record holds there."""
    kinds = recorded["kind"].value_counts()
    facts = tuple((f"{name}s", f"{int(kinds.get(kind, 0)):,} recorded") for kind, name in KIND_NAMES.items())
    return Details(id="", title=title, notes=(CHOOSE,), facts=facts)


def _empty(view: View) -> str:
    if view.recorded.empty:
        return "No place is recorded yet, which does not mean that none is there."
    return f"None of the {count(len(view.recorded), 'place')} recorded meets the choices."


def _circle(near: Near | None) -> layers.Near | None:
    if near is None:
        return None
    lon, lat = to_degrees(near.easting, near.northing)
    return layers.Near(lon=lon, lat=lat, radius_m=near.within_m)
