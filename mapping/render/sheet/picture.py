"""All that one picture of a map shows, as plain values: what is drawn, and every word on it."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import geopandas as gpd

from mapping.render.about import About

if TYPE_CHECKING:
    from PIL.Image import Image

Bounds = tuple[float, float, float, float]
"""West, south, east and north in metres, EPSG:27700."""
Sign = Literal[
    "fill", "hatch", "faded", "circle", "dashed", "co-operative", "community asset", "proposal", "site",
    "closed", "ring", "line",
]  # fmt: skip
"""What an entry of a key is drawn as."""


@dataclass(frozen=True, kw_only=True)
class KeyEntry:
    """One sign and what it stands for."""

    sign: Sign
    text: str
    colour: str = ""
    """Of a fill or circle: `#rrggbb`."""
    label: str = ""
    """What is written on it: the decile, a number or a letter."""
    size: float = 0.0
    """Of a circle: its radius on the map in metres; 0 where it has none."""


@dataclass(frozen=True, kw_only=True)
class KeyBlock:
    """One group of the key."""

    title: str
    entries: tuple[KeyEntry, ...] = ()
    lines: tuple[str, ...] = ()
    """Explanation, one sentence a line."""


@dataclass(frozen=True, kw_only=True)
class Circle:
    """One amount, drawn over the area it is of."""

    code: str
    easting: float
    northing: float
    radius_m: float
    label: str = ""
    """The rank of its gap, where it is one of the largest."""
    is_quiet: bool = False
    """Paler: people are far, and there is no gap."""
    is_unsure: bool = False
    """Dashed: to check first."""


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One spot that is no recorded place as it stands: a site, what a plan adds, what it closes."""

    sign: Literal["proposal", "site", "closed"]
    easting: float
    northing: float
    label: str
    """A letter, or blank."""
    name: str


@dataclass(frozen=True, kw_only=True)
class Ring:
    """A distance around a point."""

    easting: float
    northing: float
    radius_m: float


@dataclass(frozen=True, kw_only=True)
class Locator:
    """Where the map is, small."""

    outline: gpd.GeoSeries
    """Polygons of the larger land, EPSG:27700."""
    spot: gpd.GeoSeries
    """The polygons shown in the picture."""
    name: str
    """`England` or the council's name."""


@dataclass(frozen=True, kw_only=True)
class BaseMap:
    """A picture under the areas."""

    image: "Image"
    bounds: Bounds
    attribution: str
    """Plain text; it is printed on the sheet."""


@dataclass(frozen=True, kw_only=True)
class Picture:
    """One picture, whatever paper it is put on. All geometry is in EPSG:27700."""

    title: str
    subtitle: str
    """The choices behind it, in words."""
    summary: str
    """What it shows, in a sentence or two."""
    areas: gpd.GeoDataFrame
    """`code, name, fill, label, is_lit, geometry`: `fill` is `#rrggbb`, blank where no figure is (hatched);
    `label` is what is written in the area where it has room: the decile; faded where it is not lit."""
    names: gpd.GeoDataFrame
    """`code, name, geometry`: polygons whose outline is drawn over the areas and whose name is written."""
    places: gpd.GeoDataFrame
    """`number, place_id, name, kind, category, geometry`: points by `number`, 1 first; equal spots share."""
    focus: Bounds
    """What the map must show, whole."""
    key: tuple[KeyBlock, ...]
    about: About
    """Sources, licences, date, link; a picture is not made without an attribution for each source."""
    lines: tuple[str, ...]
    """Edition, vintages, what is our calculation: a line each, printed."""
    alt: str
    """The alternative text."""
    circles: tuple[Circle, ...] = ()
    marks: tuple[Mark, ...] = ()
    ring: Ring | None = None
    locator: Locator | None = None
    base_map: BaseMap | None = None
    owner: str = ""
    """Whose picture it is: the name that the installation was given."""
    places_title: str = "Places"
    """What the key to the numbers is headed."""
    unplaced: str = ""
    """How many places are not drawn, and why; blank where all are."""
