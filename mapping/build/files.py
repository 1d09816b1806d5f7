"""From publishers' files to the built tables: any number of councils, one edition or both."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tqdm import tqdm

from mapping.analysis import codes
from mapping.build.area_layers import Layer
from mapping.build.area_tables import make_area_tables
from mapping.build.cards import Desk
from mapping.build.indices_tables import gather_best_fits, make_indices_tables
from mapping.build.inventory import BETTER_WITH, edition_lines, editions_of, inventory_lines, take_inventory
from mapping.build.making import Making
from mapping.build.place_tables import make_place_tables
from mapping.build.whole_folder import require_ours, whole_folder
from mapping.registry import read_registry
from mapping.settings import Settings

STEPS: Final = {"2025": 8, "2019": 3}
"""How many steps the progress bar has, for the editions built."""
NAMED: Final = 5
"""How many councils the report names before it counts them."""


def build(*, folder: Path, settings: Settings) -> str:
    """What was built from the publishers' files in `folder`, and what was not: lines for a person to read.

    Files are recognised by their content. Tables and their cards go to `settings.built`, boundaries to
    `boundaries` in it: all of them, or none. A council is built where all of its LSOAs of 2021 have a
    boundary.

    Raises SourceMissingError (not enough to build from: what was found, what is missing, how to get it),
    SourceChangedError (a file contradicts what it should hold) or UnusableFileError (cannot write there).
    """
    require_ours(settings.built)
    inventory = take_inventory(folder)
    editions = editions_of(inventory)
    desk = Desk(read_registry(settings.registry))
    n_steps = STEPS["2025"] + (STEPS["2019"] if "2019" in editions else 0)
    with whole_folder(settings.built) as to, tqdm(total=n_steps, unit="step", disable=None) as progress:
        making = Making(inventory=inventory, editions=editions, desk=desk, to=to, progress=progress)
        layers = _make(making)
    return "\n".join(_report(making, layers["lsoa21cd"], settings.built))


def _make(making: Making) -> dict[str, Layer]:
    """Every table, written to `making.to`; the layers by code column."""
    with making.step("Indices of Deprivation"):
        fits = gather_best_fits(making)
        deprivation = make_indices_tables(making, fits)
    layers = make_area_tables(making, fits, deprivation)
    make_place_tables(making, layers, fits["2025"])
    return layers


def _report(making: Making, lsoas: Layer, to: Path) -> Iterator[str]:
    """What was found and passed over, what is missing, and what was built."""
    yield from inventory_lines(making.inventory)
    yield from (f"Passed over: {words}" for words in making.passed_over)
    yield from (*edition_lines(making.inventory), *making.not_built)
    yield from (f"Built without: {words}" for words in making.inventory.lacks(BETTER_WITH))
    yield from (f"{card.table}: {issue}" for card in making.cards for issue in card.issues)
    known = codes.districts_in_force().set_index("lad24cd")["lad24nm"]
    names = sorted(known.reindex(lsoas.areas["lad24cd"].unique()))
    which = ", ".join(names) if len(names) <= NAMED else f"{len(names):,} councils"
    rows = sum(card.rows for card in making.cards)
    yield (
        f"Built {which} for the indices of {' and '.join(sorted(making.editions))}: "
        f"{len(making.cards)} tables, {rows:,} rows, in {to}."
    )
