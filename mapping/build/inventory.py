"""What a folder of publishers' files holds, what is not known of it, and what is still missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tqdm import tqdm

from mapping import sources
from mapping.adapters.recognise import Recognised, recognise
from mapping.editions import EDITIONS
from mapping.errors import SourceChangedError, SourceMissingError

UNFINISHED: Final = (".part", ".partial", ".tmp", ".crdownload")
"""How half a download is called."""
FETCH: Final = (
    "Get it with `python -m mapping fetch --council NAME` (or --england), or by hand: docs/data.md."
)
ALWAYS: Final = {
    ("areas", "lsoa21cd"): "boundaries of the LSOAs of 2021 (a council is built where all of its are there)",
    ("best fit", "2025"): "the lookup from LSOA 2021 to ward and district 2024",
    ("postcodes", ""): "Code-Point Open, or an ONS postcode directory with positions",
}
"""What no atlas can be built without, by kind and vintage."""
OF_EDITION: Final = {
    "2025": {("indices", "2025"): "File 7 (or Files 2, 5 and 6) of the Indices of Deprivation 2025"},
    "2019": {
        ("indices", "2019"): "File 7 (or Files 2, 5 or 9, and 6) of the Indices of Deprivation 2019",
        ("best fit", "2019"): "the lookup from LSOA 2011 to ward and district 2019",
        ("areas", "lsoa11cd"): "boundaries of the LSOAs of 2011",
    },
}
"""What an edition is built from, by kind and vintage."""
BETTER_WITH: Final = {
    ("postcode lookup", ""): "an ONS postcode lookup: the LSOA of every postcode is estimated from the map",
    (
        "changes",
        "",
    ): "the lookup from LSOA 2011 to 2021: what no postcode lookup gives is estimated from the map",
}
"""What is built without, and what that costs."""


@dataclass(frozen=True, kw_only=True)
class Inventory:
    """The files of one folder, by what they are."""

    folder: Path
    found: tuple[Recognised, ...]
    unknown: tuple[str, ...]
    """Names of files that are none of the publishers' that this build knows."""
    faults: tuple[str, ...]
    """What is wrong with files that should be known."""

    def of(self, kind: str, vintage: str = "") -> tuple[Recognised, ...]:
        """The files of a kind, of one vintage or (where it is blank) of any."""
        return tuple(each for each in self.found if each.kind == kind and vintage in ("", each.vintage))

    def lacks(self, wanted: dict[tuple[str, str], str]) -> tuple[str, ...]:
        """In words, what of `wanted` is not there."""
        return tuple(words for (kind, vintage), words in wanted.items() if not self.of(kind, vintage))


def take_inventory(folder: Path) -> Inventory:
    """The files in `folder` and below, each recognised by its content, in the order of their paths.

    Raises SourceMissingError where there is no such folder or it holds no file.
    """
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not _is_aside(path, folder))
    if not paths:
        raise SourceMissingError(f"No publishers' files in {folder}. {FETCH}")
    found: list[Recognised] = []
    unknown, faults = [], []
    for path in tqdm(paths, desc="Looking at files", unit="file", disable=None):
        try:
            known = recognise(path)
        except SourceChangedError as exc:
            faults.append(str(exc))
            continue
        found.extend(_wholes(known))
        if not known:
            unknown.append(str(path.relative_to(folder)))
    return Inventory(folder=folder, found=tuple(found), unknown=tuple(unknown), faults=tuple(faults))


def _wholes(known: Sequence[Recognised]) -> list[Recognised]:
    """`known`, tables of one file, without those in folders of a zip that has the same whole further up."""
    depths = {each: each.member.count("/") for each in known}
    return [
        each
        for each in known
        if depths[each] == min(depths[other] for other in known if other.kind == each.kind)
    ]


def _is_aside(path: Path, folder: Path) -> bool:
    """Whether it is a card, half a download or hidden."""
    is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return is_hidden or path.name.endswith((sources.SUFFIX, *UNFINISHED))


def editions_of(inventory: Inventory) -> tuple[str, ...]:
    """The editions that can be built, newest first.

    Raises SourceMissingError with what was found, what is missing and how to get it, where there is none.
    """
    # A directory may have positions too: reading it will tell.
    has_lookup = bool(inventory.of("postcode lookup"))
    wanted = {key: words for key, words in ALWAYS.items() if key[0] != "postcodes" or not has_lookup}
    missing = inventory.lacks(wanted)
    editions = tuple(year for year, needs in OF_EDITION.items() if not inventory.lacks(needs))
    if missing or not editions:
        lines = [
            *inventory_lines(inventory),
            *(f"Missing: {words}" for words in missing),
            *edition_lines(inventory),
        ]
        raise SourceMissingError(
            "\n".join([f"{inventory.folder} is not enough to build from.", *lines, FETCH])
        )
    return editions


def edition_lines(inventory: Inventory) -> Iterable[str]:
    """For each edition that cannot be built, what it lacks."""
    for year, needs in OF_EDITION.items():
        missing = inventory.lacks(needs)
        if missing:
            yield f"Missing for the {EDITIONS[year].title}: {'; '.join(missing)}"


def inventory_lines(inventory: Inventory) -> Iterable[str]:
    """What was found, file by file, and what is not known."""
    for each in inventory.found:
        where = f"{each.path.name}, {each.member}" if each.member else each.path.name
        yield f"Found: {' '.join(filter(None, (each.kind, each.vintage)))}: {where} ({each.form})"
    yield from (f"Not usable: {fault}" for fault in inventory.faults)
    if inventory.unknown:
        yield f"Not known, left alone: {', '.join(inventory.unknown)}"
