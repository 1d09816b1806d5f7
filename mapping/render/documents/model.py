"""What a document says, whatever file it becomes: blocks in reading order, and slides."""

import datetime
from dataclasses import dataclass
from typing import Literal

from mapping.render.about import About


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A heading below the title."""

    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True, kw_only=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Note:
    """What a reader must not miss: a warning, or what is not known."""

    text: str


@dataclass(frozen=True, kw_only=True)
class Bullets:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Facts:
    """Labels and their values; a table with row headings where there is no list of that kind."""

    caption: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a table."""

    name: str
    is_number: bool = False
    """Set right-aligned."""
    width: float = 1.0
    """Share of the room, relative to the others."""


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table with a heading a column; the first column heads its row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Bar:
    """One bar of a chart."""

    label: str
    value: float | None
    """None where there is no figure."""
    text: str
    """The value in words, written beside the bar."""
    colour: str = "#5d5aa0"


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Horizontal bars from zero: drawn as a picture, or as a chart that can be edited."""

    title: str
    unit: str
    """What the length of a bar is: it names the axis."""
    bars: tuple[Bar, ...]
    most: float
    """The end of the axis."""
    alt: str
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A picture, once as vectors and once as pixels."""

    svg: bytes
    png: bytes
    alt: str
    caption: str
    width_mm: float
    height_mm: float


Block = Heading | Paragraph | Note | Bullets | Facts | Table | Chart | Figure


@dataclass(frozen=True, kw_only=True)
class Slide:
    """One slide: a title that says the point, a picture, a few facts, and what must stand below."""

    title: str
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    figure: Figure | None = None
    chart: Chart | None = None
    bullets: tuple[str, ...] = ()
    footer: str = ""
    """Edition and attribution."""
    notes: str = ""
    """For who speaks: the same in full sentences."""


@dataclass(frozen=True, kw_only=True)
class Document:
    """One document; its sources, licences, link and notes come from `about` and are written at its end."""

    title: str
    subtitle: str
    date: datetime.date
    blocks: tuple[Block, ...]
    slides: tuple[Slide, ...]
    """The same for a screen; without the slides of title and sources, which every deck gets."""
    about: About
    language: str = "en-GB"
    owner: str = ""
    """The name that the installation was given."""
    logo: bytes = b""
    """PNG or JPEG; empty where there is none."""
