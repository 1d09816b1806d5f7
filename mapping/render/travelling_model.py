"""All that a map that travels holds, as plain values: what is drawn, its tables, what is said of each row."""

from dataclasses import dataclass
from typing import Literal

from mapping.render.about import About
from mapping.render.documents.model import Column
from mapping.render.gap_map import GapState
from mapping.render.layers import MapState
from mapping.render.shapes import GeoFile


@dataclass(frozen=True, kw_only=True)
class Row:
    """One row of a table, and what it is found by."""

    id: str
    """`area:CODE` or `place:ID`, as on the map."""
    cells: tuple[str, ...]
    kind: str = ""
    category: str = ""
    decile: int | None = None


@dataclass(frozen=True, kw_only=True)
class Listing:
    """One table; its second column heads its row where the first is a rank, else the first."""

    title: str
    unit: tuple[str, str]
    """What one row is called, and several: `place`, `places`."""
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    headed: int = 0
    """Position of the column that names the row."""
    sorted_by: int | None = None
    """Position of the column that the rows come sorted by, smallest first."""
    empty: str = ""
    """What is said where there is no row."""


@dataclass(frozen=True, kw_only=True)
class Details:
    """What is told of one thing that was chosen."""

    id: str
    title: str
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    """Label and value; an address on the web becomes a link."""
    said: tuple[str, ...] = ()
    """The same in a line, part by part, for the strip under the map of a phone."""


@dataclass(frozen=True, kw_only=True)
class Travelling:
    """One map that travels."""

    kind: Literal["atlas", "gaps"]
    title: str
    subtitle: str
    """The choices behind it, in words; blank where there are none."""
    summary: str
    state: MapState | GapState
    files: tuple[GeoFile, ...]
    """Each file that `state` names."""
    places: Listing
    areas: Listing
    details: tuple[Details, ...]
    opening: Details
    """What is told while nothing is chosen."""
    lines: tuple[str, ...]
    """Edition, vintages, what is our calculation."""
    about: About
    owner: str = ""
    logo: bytes = b""
    """PNG; empty where there is none."""
