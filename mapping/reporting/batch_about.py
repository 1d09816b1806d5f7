"""What is said of the profiles of a council: in one line when they are made, and in a file beside them."""

from pathlib import Path
from typing import Final

from mapping.editions import EDITIONS, INDICES
from mapping.render.about import date_in_words
from mapping.reporting.batch_list import FolderList
from mapping.reporting.batch_work import Council, Work

NAME: Final = "profiles.about.txt"
UNITS: Final = {"lsoa": ("LSOA", "LSOAs"), "ward": ("ward", "wards")}
CALLED: Final = {"pdf": "PDF", "docx": "Word files", "pptx": "slides", "html": "web pages"}


def areas_words(work: Work, council: Council) -> str:
    """How many areas of which kind: `24 wards`."""
    one, many = UNITS[work.by]
    n = len(council.areas)
    return f"{n:,} {one if n == 1 else many}"


def told(work: Work, council: Council, *, out: Path, n_written: int, n_there: int) -> str:
    """What was written where, in one line; `n_there` files are there now."""
    deck = " and a deck of all" if work.file_format == "pptx" else ""
    what = f"{areas_words(work, council)} of {council.name} and the overview{deck}"
    held = n_there - n_written
    there = f"; {held:,} {'was' if held == 1 else 'were'} there already" if held else ""
    files = "1 file" if n_written == 1 else f"{n_written:,} files"
    return f"Wrote {files} to {out}{there}: profiles of {what}, as {CALLED[work.file_format]}."


def about_text(work: Work, council: Council, *, listed: FolderList) -> bytes:
    """What the files are, by whom their facts are and under which licence, in UTF-8."""
    filters, edition = work.filters, EDITIONS[work.filters.edition]
    cards = [listed.sources[table] for table in sorted(listed.sources)]
    attributions = dict.fromkeys(card["attribution"] for card in cards)
    files = {name: listed.files[name].title for name in sorted(listed.files)}
    groups = (
        [
            f"Profiles of {areas_words(work, council)} of {council.name}, and the overview",
            f"Made on: {date_in_words(work.date)}",
            f"Edition: {edition.title}, {INDICES[filters.index]}",
            *([f"Made by: {work.settings.name}"] if work.settings.name else []),
        ],
        ["Show this with the facts:", *(f"- {sentence}" for sentence in attributions)],
        [
            "Sources and licences:",
            *(
                f"- {card['title']} ({card['publisher']}, {card['vintage']}). {card['licence']}"
                for card in cards
            ),
        ],
        ["Files:", *(f"- {name}: {title}" for name, title in files.items())],
    )
    return "\n\n".join("\n".join(group) for group in groups).encode() + b"\n"
