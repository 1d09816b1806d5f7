"""The pack: a picture in three formats, the tables behind it, its alternative text, and what they are."""

import hashlib
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Final

from mapping import __version__
from mapping.render.about import About, date_in_words, file_name, require_attribution
from mapping.render.documents.zipped import zipped
from mapping.render.sheet.paper import DPI, Paper
from mapping.render.sheet.picture import Picture

DRAWN_BY: Final = ("matplotlib", "typst", "pillow", "fonttools", "font-source-sans-pro", "geopandas",
                   "shapely", "pyproj")  # fmt: skip
"""The libraries whose versions decide what a picture looks like to the last pixel."""
README: Final = "README.txt"
ALT: Final = "alt-text.txt"
TABLES: Final = {
    "places.csv": "the places of the picture; column `number` is the number on the map",
    "areas.csv": "the areas of the picture, with the figures behind their shade",
    "sites.csv": "the best sites, the first first",
}
SAME: Final = (
    "The same view, data, date and versions make the same files, byte by byte: the checksums below tell."
)
TILED: Final = (
    "Under the areas lies a base map whose tiles come from its publisher: when the publisher changes them, "
    "the picture changes, and its checksums with it."
)


def pack_file(
    picture: Picture,
    *,
    drawn: Mapping[str, bytes],
    tables: Mapping[str, bytes],
    paper: Paper,
    command: str,
) -> bytes:
    """A zip of all that belongs to `picture`, whose bytes are the same each time.

    Parameters
    ----------
    drawn : the picture by format, as `formats.picture_files` gives it.
    tables : the files beside it, by name.
    command : what makes the pack again.

    Raises AttributionError as `require_attribution` does.
    """
    require_attribution(picture.about)
    files = {file_name(picture.about, each): body for each, body in drawn.items()}
    files |= dict(tables) | {ALT: f"{picture.alt}\n".encode()}
    said = readme(picture, files, paper=paper, command=command)
    return zipped(files | {README: said.encode()}, day=picture.about.date)


def readme(picture: Picture, files: Mapping[str, bytes], *, paper: Paper, command: str) -> str:
    """What the pack is: plain text, a fact a line."""
    about = picture.about
    parts = (
        _heading(picture.title, rule="="),
        *((f"{picture.owner}\n",) if picture.owner else ()),
        f"{picture.summary}\n",
        _heading("Files"),
        *_file_lines(files, paper),
        _heading("How it was chosen"),
        *(f"{label}: {value}" for label, value in about.filters),
        f"Edition: {about.edition}",
        f"Made on: {date_in_words(about.date)}",
        f"The same view: {about.link}",
        f"To make it again: {command}\n",
        _heading("Please note"),
        *(f"- {line}" for line in dict.fromkeys((*picture.lines, picture.unplaced, *about.notes)) if line),
        _heading("Show this with the picture"),
        *(f"- {sentence}" for sentence in about.attributions),
        *((f"- {picture.base_map.attribution}",) if picture.base_map else ()),
        _heading("Sources"),
        *_source_lines(about),
        _heading("Made with"),
        *made_with(),
        _heading("Checksums (SHA-256)"),
        f"{SAME}{f' {TILED}' if picture.base_map else ''}\n",
        *(f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)),
    )
    return "\n".join(parts).replace("\n\n\n", "\n\n").lstrip("\n") + "\n"


def made_with() -> list[str]:
    """Name and version of what draws."""
    return [f"Commons Atlas {__version__}", *(f"{name} {_version(name)}" for name in DRAWN_BY)]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(version not known)"


def _heading(text: str, *, rule: str = "-") -> str:
    return f"\n{text}\n{rule * min(len(text), 72)}"


def _file_lines(files: Mapping[str, bytes], paper: Paper) -> list[str]:
    width, height = paper.pixels
    told = {
        "png": f"the picture, {paper.words}: {width:,} × {height:,} pixels, {DPI} an inch",
        "svg": "the same as vectors, its words as text",
        "pdf": "the same as a tagged document, with the whole list of places",
        ALT: "alternative text, to go with the picture wherever it goes",
        **TABLES,
    }
    return [f"{name}: {told.get(name) or told.get(name.rpartition('.')[2], '')}" for name in sorted(files)]


def _source_lines(about: About) -> list[str]:
    lines = [
        f"- {card.title}. {card.publisher}, {card.vintage}. Licence: {card.licence}."
        for card in dict.fromkeys(about.sources)
    ]
    return [*lines, f"Licences: {'; '.join(about.licences)}."]
