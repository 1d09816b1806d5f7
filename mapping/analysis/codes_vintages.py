"""Of which vintage areas are, and that figures of one vintage never meet areas of another."""

from collections.abc import Collection, Iterable, Mapping
from typing import Final

from mapping.editions import EDITIONS, Edition
from mapping.errors import UnknownAreaError, VintageError

KINDS: Final = {"lsoa": "LSOAs", "wd": "wards", "lad": "districts"}
COLUMNS: Final = ("lsoa11cd", "lsoa21cd", "wd19cd", "wd24cd", "lad19cd", "lad24cd")
VINTAGES: Final = {column: f"{KINDS[column[:-4]]} of 20{column[-4:-2]}" for column in COLUMNS}
"""What each code column holds codes of, in words."""


def vintage_of(column: str) -> str:
    """What the codes of `column` are, in words: "LSOAs of 2011" for `lsoa11cd`.

    Raises UnknownAreaError where no such column is known.
    """
    if column not in VINTAGES:
        raise UnknownAreaError(f"No areas are called {column!r}. Known: {', '.join(VINTAGES)}.")
    return VINTAGES[column]


def vintage_of_codes(codes: Iterable[str], known: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """The code columns among `known` that have every one of `codes`.

    Codes of two vintages look alike, and unchanged areas have the same in both: then both are given. None is
    where codes of several vintages are mixed, or one is not known. `known` has all codes by code column.
    """
    wanted = set(codes)
    return tuple(column for column, its in known.items() if wanted.issubset(its))


def require_vintage(edition: str, *, layer: str) -> None:
    """Nothing, where the areas of `layer` (a code column such as `lsoa21cd`) are those of the edition.

    Raises VintageError where they are of another vintage; UnknownAreaError where either is not known.
    """
    if edition not in EDITIONS:
        raise UnknownAreaError(f"No edition {edition!r}. Known: {', '.join(EDITIONS)}.")
    chosen = EDITIONS[edition]
    areas = vintage_of(layer)
    if layer in _layers(chosen):
        return
    own = next(column for column in _layers(chosen) if column[:-4] == layer[:-4])
    others = [each.year for each in EDITIONS.values() if layer in _layers(each)]
    instead = f", or take the figures of {others[0]}" if others else ""
    raise VintageError(
        f"The indices of {edition} are of {vintage_of(own)}, and these areas are {areas}: a figure would "
        f"stand on land it is not about. Use the areas of column {own}{instead}."
    )


def require_codes(codes: Iterable[str], *, layer: str, known: Mapping[str, Collection[str]]) -> None:
    """Nothing, where none of `codes` is only of another vintage than `layer`, as `known` has them.

    `known` has codes by code column: all, or those that tell vintages apart. A code that none has is not a
    matter of vintage, and passes. Raises VintageError with both vintages.
    """
    strangers = set(codes).difference(known.get(layer, ()))
    for column in known:
        if found := sorted(strangers.intersection(known[column])):
            raise VintageError(
                f"{len(found):,} of these codes, such as {found[0]}, are {vintage_of(column)}, and not among "
                f"the {vintage_of(layer)}. Bring figures and areas of one vintage: those of column {layer}."
            )


def _layers(edition: Edition) -> tuple[str, str, str]:
    return edition.lsoa, edition.ward, edition.district
