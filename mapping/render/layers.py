"""The map: a shell that never changes, and the state that is drawn in it.

The shell's script is the same for every council, measure and filter, so a browser runs it once.
What changes travels as a `MapState`: addresses of shapes, numbers and positions in those files.
No text that came from a record is ever part of a script: names reach the map as GeoJSON
properties and are shown with `textContent`.
"""

import json
import re
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

import folium
import numpy as np
import pandas as pd
import xyzservices.providers
from branca.element import MacroElement
from folium.template import Template

from mapping.errors import MappingError
from mapping.render import assets, legend
from mapping.render.gap_map import GapState
from mapping.render.national import NationalState
from mapping.render.shapes import Bounds, GeoFile

FRAME_TO_APP: Final = "../../"
"""From the map's frame at `component/NAME/index.html` to the app, wherever a proxy mounts it."""
LABEL: Final = "Map: the same content is in the tables below"
INERT: Final = str.maketrans({mark: f"\\u{ord(mark):04x}" for mark in "<>&'`$"})
"""Marks that mean something to HTML, templates or template literals, as JSON escapes."""
METRES_A_DEGREE: Final = 111_320.0
SELECTABLE: Final = ("area", "place")
POINT: Final = re.compile(r"point:(-?\d{1,2}\.\d{5}),(-?\d{1,3}\.\d{5})", re.ASCII)
"""Latitude and longitude of a click that puts a place."""


class AtlasMap(folium.Map):
    """A folium map that loads only our own script and style, and draws with `CommonsAtlas`."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }} ></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = CommonsAtlas.create({{ this.get_name()|tojson }}, {{ this.shell }});
        {% endmacro %}
        """
    )

    def __init__(self, shell: str) -> None:
        super().__init__(tiles=None)
        self.shell = shell
        self.default_js = [("atlas", FRAME_TO_APP + assets.address(assets.SCRIPT))]
        self.default_css = []

    def render(self, **kwargs: Any) -> str:
        """Blank: `st_folium` takes the script as it is, and a page of folium's own is never made.

        Rendering one would compile a dozen templates at every run of the page.
        """
        return ""


class _Group(folium.FeatureGroup):
    """A feature group whose script alone is taken."""

    def render(self, **kwargs: Any) -> str:
        """Blank, as for `AtlasMap`."""
        return ""


class _Update(MacroElement):
    """The call that draws one state."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            CommonsAtlas.update({{ this._parent._parent.get_name() }}, {{ this.state }});
        {% endmacro %}
        """
    )

    def __init__(self, state: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Update"
        self.state = state


@dataclass(frozen=True, kw_only=True)
class Near:
    """A circle around a point: degrees, and metres."""

    lon: float
    lat: float
    radius_m: float


@dataclass(frozen=True, kw_only=True)
class MapState:
    """All that one view of the map shows, as plain values."""

    areas: str
    """Address of the areas' file; the next three follow its order, `None` where no figure is."""
    ranks: tuple[float | None, ...]
    deciles: tuple[int | None, ...]
    classes: tuple[int | None, ...]
    """Position of each area's colour in the legend."""
    lit: tuple[int, ...] | None
    """Positions of the areas that are shaded; `None` shades all."""
    outlines: str | None
    """Address of the outlines drawn over the areas."""
    places: str
    """Address of the places' file."""
    shown: tuple[int, ...]
    """Positions in that file of the places that are shown."""
    bounds: Bounds
    selected: str
    """`area:CODE`, `place:ID` or empty."""
    near: Near | None
    legend: legend.Legend
    said: tuple[str, ...] = ()
    """What is selected in a line, part by part; a phone shows it, for the card is out of its sight."""
    ringed: tuple[str, ...] = ()
    """Codes of areas that keep a ring, whatever is selected."""
    unlit: str = "Other deciles"
    """What the areas are that are not shaded."""


AnyState = MapState | NationalState | GapState
"""What any of the maps can show."""


def atlas_map(base_map: str, *, kind: str = "atlas", is_still: bool = False) -> AtlasMap:
    """The shell of the map: fresh each time, because `st_folium` changes the map it is given.

    `base_map` is an xyzservices provider's name, or `none` for a plain background; `kind` says what it draws:
    `atlas` a `MapState`, `england` a `NationalState`, `gaps` a `GapState`; where it `is_still`, nothing can
    be put on it.
    Raises MappingError when there is no such provider, or it wants a key.
    """
    return AtlasMap(script_json(shell(base_map, kind=kind, is_still=is_still)))


def map_state(
    areas: GeoFile,
    figures: pd.DataFrame,
    *,
    key: legend.Legend,
    places: GeoFile,
    shown: Collection[str],
    lit: Collection[str] | None = None,
    outlines: GeoFile | None = None,
    selected: str = "",
    near: Near | None = None,
    said: tuple[str, ...] = (),
) -> MapState:
    """One view as plain values; it opens on `near` where given, else on `areas`.

    Parameters
    ----------
    figures : columns `code, rank, decile`; NA, or no row, where no figure is.
    shown : identifiers of places; those without a position are passed over.
    lit : codes of the areas to shade; all where not given.
    """
    figures = figures.set_index("code").reindex(list(areas.keys))
    return MapState(
        areas=areas.address,
        ranks=_plain(figures["rank"].astype("Float64").round(1)),
        deciles=_plain(figures["decile"]),
        classes=_plain(legend.classes(key, figures["rank"], figures["decile"])),
        lit=None if lit is None else _positions(areas, lit),
        outlines=outlines.address if outlines else None,
        places=places.address,
        shown=_positions(places, shown),
        bounds=_around(near) if near else areas.bounds,
        selected=selected,
        near=near,
        legend=key,
        said=said,
    )


def state_group(state: AnyState) -> folium.FeatureGroup:
    """What to give `st_folium` as `feature_group_to_add`: the browser draws `state` in place."""
    group = _Group(control=False)
    group.add_child(_Update(state_json(state)))
    return group


def state_json(state: AnyState) -> str:
    """`state` as `CommonsAtlas.update` takes it: JSON that is also JavaScript, and inert in HTML."""
    # Field by field: `asdict` would copy every number of every tuple first.
    return script_json({each.name: _told(getattr(state, each.name)) for each in fields(state)})


def script_json(value: object) -> str:
    """`value` as JSON that is also JavaScript, and inert in HTML and in template literals."""
    return json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":")).translate(INERT)


@cache
def shell(base_map: str, *, kind: str, is_still: bool) -> dict[str, Any]:
    """What `CommonsAtlas.create` is told; never write to it."""
    return {"label": LABEL, "tiles": base_tiles(base_map), "kind": kind, "still": is_still}


def base_tiles(base_map: str) -> dict[str, Any] | None:
    """Address, attribution and deepest zoom of a base map; none for `none`."""
    if base_map.lower() == "none":
        return None
    try:
        provider = xyzservices.providers.query_name(base_map)
    except ValueError as exc:
        raise MappingError(f"No base map is called {base_map!r}. Set MAPPING_BASE_MAP to `none`.") from exc
    if provider.requires_token():
        raise MappingError(f"The base map {base_map!r} wants a key. Choose another, or `none`.")
    return {
        "url": provider.build_url(fill_subdomain=False, scale_factor="{r}"),
        "attribution": provider.html_attribution,
        "maxNativeZoom": provider.get("max_zoom", 18),
        "subdomains": provider.get("subdomains", "abc"),
    }


def tile_origin(base_map: str) -> str:
    """Where the base map's pictures come from, as a content policy names it; empty for `none`."""
    tiles = base_tiles(base_map)
    if not tiles:
        return ""
    parts = urlsplit(tiles["url"].replace("{s}", "*"))
    return f"{parts.scheme}://{parts.netloc}"


def selection(answer: object) -> str:
    """`area:CODE`, `place:ID` or `point:LAT,LON` from what the map's frame sent; empty for anything else."""
    chosen = answer.get("selected") if isinstance(answer, Mapping) else None
    if not isinstance(chosen, str):
        return ""
    kind, mark, name = chosen.partition(":")
    return chosen if (kind in SELECTABLE and mark and name) or point(chosen) else ""


def point(chosen: str) -> tuple[float, float] | None:
    """Longitude and latitude of a `point:LAT,LON`; None of anything else."""
    found = POINT.fullmatch(chosen)
    if found is None:
        return None
    lat, lon = map(float, found.groups())
    return (lon, lat) if abs(lat) <= 90 and abs(lon) <= 180 else None


def _told(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def _positions(file: GeoFile, keys: Collection[str]) -> tuple[int, ...]:
    wanted = set(keys)
    return tuple(position for position, key in enumerate(file.keys) if key in wanted)


def _plain(figures: pd.Series) -> tuple[Any, ...]:
    """Python numbers, whole ones as `int`; `None` for NA."""
    return tuple(None if pd.isna(n) else int(n) if float(n).is_integer() else float(n) for n in figures)


def _around(near: Near) -> Bounds:
    high = near.radius_m / METRES_A_DEGREE
    wide = high / np.cos(np.radians(near.lat))
    west, south, east, north = near.lon - wide, near.lat - high, near.lon + wide, near.lat + high
    return round(float(west), 5), round(float(south), 5), round(float(east), 5), round(float(north), 5)
