"""How far the record of what is asked for can be trusted, in one council: unrecorded is not absent."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pandas as pd

from mapping.analysis import facets
from mapping.schemas import COMPLETENESS

RECORDED, THIN, NOT_SURVEYED = COMPLETENESS
WORST_LAST: Final = {level: place for place, level in enumerate(COMPLETENESS)}
ALL: Final = "all categories"
"""The category of a row of completeness that stands for every category of its kind."""
ROW: Final = ["kind", "category", "completeness", "as_of", "basis"]
NOT_STATED: Final = "Nobody has stated how complete this record is"

Pair = tuple[str, str]
"""A kind and a category."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """How complete the record of one category is believed to be."""

    kind: str
    """Blank where no place and no row of completeness has the category."""
    category: str
    """Of `ALL`: what is asked for is one or more categories of the kind, told of together."""
    level: str
    """One of `schemas.COMPLETENESS`."""
    as_of: str
    """A year, month or day, as the table has it; blank where nothing is stated."""
    basis: str
    """Without a full stop."""

    @property
    def many(self) -> str:
        """What it is about, as a noun of many: "community centres", "co-operatives"."""
        return plural(self.kind if self.category == ALL else self.category)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How far the record of what is asked for can be trusted, in one council."""

    level: str
    """The worst of `lines`; "not surveyed" where there are none."""
    lines: tuple[Line, ...]
    """The worst first, then by what they are about."""
    is_known: bool
    """Whether any such place of the council, not closed, has a position in the directory."""

    @property
    def is_check_first(self) -> bool:
        """Whether a gap may only be a gap in the record."""
        return self.level != RECORDED

    @property
    def is_silent(self) -> bool:
        """Whether there is no figure to show: none is on record, and the record is not complete."""
        return self.is_check_first and not self.is_known

    @property
    def doubtful(self) -> tuple[Line, ...]:
        """The lines that are not "recorded"."""
        return tuple(line for line in self.lines if line.level != RECORDED)


def standing(
    completeness: pd.DataFrame,
    *,
    lad24cd: str,
    kinds: Collection[str],
    categories: Collection[str],
    places: pd.DataFrame,
) -> Standing:
    """How far the record of `kinds` and `categories` can be trusted in the council `lad24cd`.

    Parameters
    ----------
    completeness : `schemas.Completeness`, of any councils.
    kinds, categories : none chosen: everything that somebody looked for, so not what is "not surveyed".
    places : the directory, `schemas.Places`, of any councils.

    The worst line counts. A category that has no row of completeness is thin where the council has a place
    of it, and not surveyed otherwise.
    """
    return _standings(completeness, [lad24cd], kinds=kinds, categories=categories, places=places)[lad24cd]


def recorded_councils(
    completeness: pd.DataFrame,
    *,
    kinds: Collection[str],
    categories: Collection[str],
    places: pd.DataFrame,
) -> frozenset[str]:
    """The codes of the councils whose record of what is asked for is held, full or thin."""
    councils = completeness["lad24cd"].unique().tolist()
    found = _standings(completeness, councils, kinds=kinds, categories=categories, places=places)
    return frozenset(code for code, its in found.items() if its.level != NOT_SURVEYED)


def plural(noun: str) -> str:
    """A category as a noun of many: "libraries", "food banks", "assets of community value"."""
    head, of, rest = noun.partition(" of ")
    if head.endswith("y") and head[-2:-1] not in tuple("aeiou"):
        return f"{head[:-1]}ies{of}{rest}"
    return f"{head}{'es' if head.endswith(('s', 'x', 'ch', 'sh')) else 's'}{of}{rest}"


def _standings(
    completeness: pd.DataFrame,
    councils: Iterable[str],
    *,
    kinds: Collection[str],
    categories: Collection[str],
    places: pd.DataFrame,
) -> dict[str, Standing]:
    """The standing of each of `councils`, by code."""
    rows: dict[str, dict[Pair, Line]] = {code: {} for code in councils}
    told = completeness.loc[completeness["lad24cd"].isin(list(rows)), ["lad24cd", *ROW]]
    for code, kind, category, level, as_of, basis in told.itertuples(index=False):
        line = Line(kind=kind, category=category, level=level, as_of=as_of, basis=basis)
        rows[code][kind, category] = line
    asked = places[facets.fits(places, {"kind": kinds, "category": categories})]
    anywhere = set(zip(asked["kind"], asked["category"], strict=True))
    counted = asked[(asked["status"] != "closed") & asked["easting"].notna()]
    held: dict[str, set[Pair]] = {}
    for code, kind, category in counted[["lad24cd", "kind", "category"]].itertuples(index=False):
        held.setdefault(code, set()).add((kind, category))
    return {
        code: _standing(its, held.get(code, set()), anywhere, kinds=kinds, categories=categories)
        for code, its in rows.items()
    }


def _standing(
    rows: Mapping[Pair, Line],
    held: set[Pair],
    anywhere: set[Pair],
    *,
    kinds: Collection[str],
    categories: Collection[str],
) -> Standing:
    """The standing of one council: its `rows`, the pairs it has places of, those that any council has."""
    found: dict[Pair, Line] = {}
    for pair in _pairs(rows, held if not categories else anywhere, kinds=kinds, categories=categories):
        line = rows.get(pair) or rows.get((pair[0], ALL)) or _unstated(pair, is_held=pair in held)
        found[line.kind, line.category] = line
    lines = list(found.values())
    if not categories and any(line.level != NOT_SURVEYED for line in lines):
        lines = [line for line in lines if line.level != NOT_SURVEYED]
    lines.sort(key=lambda line: (-WORST_LAST[line.level], line.category == ALL, line.many, line.kind))
    level = lines[0].level if lines else NOT_SURVEYED
    return Standing(level=level, lines=tuple(lines), is_known=bool(held))


def _pairs(
    rows: Mapping[Pair, Line],
    known: set[Pair],
    *,
    kinds: Collection[str],
    categories: Collection[str],
) -> list[Pair]:
    """What is asked for, as pairs of a kind and a category."""
    stated = {pair for pair in rows if not kinds or pair[0] in kinds}
    if not categories:
        return sorted(known | stated)
    pairs = known | {pair for pair in stated if pair[1] in categories}
    # What nobody has a place or a row of is still asked for; a chosen kind says under which row it falls.
    found = {category for _, category in pairs}
    pairs |= {(kind, category) for category in set(categories) - found for kind in kinds or [""]}
    return sorted(pairs)


def _unstated(pair: Pair, *, is_held: bool) -> Line:
    level = THIN if is_held else NOT_SURVEYED
    return Line(kind=pair[0], category=pair[1], level=level, as_of="", basis=NOT_STATED)
