"""What a command was asked about gaps, made into the choices of a view: checked, and near names offered."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pandas as pd
from rapidfuzz import fuzz, process

from mapping.analysis.facets import NOT_RECORDED
from mapping.analysis.filters import GEOGRAPHIES, PLANS, Filters, from_query
from mapping.analysis.question import MOST_ADDED, MOST_PLANS
from mapping.analysis.words import plain_text
from mapping.atlas import Atlas
from mapping.errors import UnknownAreaError, UnusableFileError, UnusableQuestionError

DRAWN: Final = (".geojson", ".json")
BOUNDS: Final[Mapping[str, tuple[str, float, float]]] = {
    "reach_m": ("--within", 1, 50_000),
    "detour": ("--detour", 1, 3),
    "add": ("--add", 1, MOST_ADDED),
}
"""Choices that are numbers: what the option is called, and between what it may be."""
NEAR: Final = 3
"""How many names that look alike an error offers."""
LIKE: Final = 60
"""How alike, of 100, a name must look to be offered."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a command was told."""

    choices: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `Filters` that were given; they count before those of `link`."""
    link: str = ""
    by: str = ""
    """`lsoa`, `ward` or the name of a GeoJSON; blank: as the link has it."""
    streets: Path | None = None
    places: Path | None = None
    """A file that `place` wrote, of places to count besides those of the directory."""
    capacity: Path | None = None
    command: str = ""
    """The command as typed, to make the file again."""

    @property
    def brought(self) -> tuple[Path | None, ...]:
        """The files that were brought, which no result may replace."""
        return self.drawn, self.streets, self.places, self.capacity

    @property
    def drawn(self) -> Path | None:
        """The file of areas to count in; None for LSOAs and wards. Raises UnusableFileError."""
        if not self.by or self.by in GEOGRAPHIES:
            return None
        if Path(self.by).suffix.casefold() not in DRAWN:
            raise UnusableFileError(
                f"No such kind of area: {self.by}. Give lsoa, ward, or a file ending in .geojson."
            )
        return Path(self.by)


def given_filters(asked: Asked) -> Filters:
    """The choices that `asked` holds, its link's first; the council is blank where none is named.

    Raises UnusableQuestionError: a number is out of bounds.
    """
    given = {name: value for name, value in asked.choices.items() if value not in (None, [], ())}
    filters = replace(from_query(asked.link, council=""), **given)
    if asked.by in GEOGRAPHIES:
        filters = replace(filters, geography=asked.by)
    if asked.streets:
        filters = replace(filters, way="walking")
    if asked.choices.get("plans"):
        filters = replace(filters, on_map=next(iter(PLANS)))
    _refuse_out_of_bounds(filters)
    return filters


def known_filters(
    filters: Filters,
    *,
    atlas: Atlas,
    places: pd.DataFrame,
    completeness: pd.DataFrame,
    needs_council: bool = True,
) -> Filters:
    """`filters` with names as the record writes them, and the council's name of today.

    Raises UnknownAreaError (no council is named, or none of that name is held) or UnusableQuestionError.
    """
    if filters.council:
        filters = replace(filters, council=atlas.council_names[atlas.lad24cd(filters.council)])
    elif needs_council:
        raise UnknownAreaError(
            f"Which council? Give `--council NAME`. Held: {_some(atlas.councils['lad24nm'])}."
        )
    known: dict[str, Any] = _known_choices(filters, places=places, completeness=completeness)
    return replace(filters, **known)


def known_name(asked: str, known: Collection[str], *, what: str) -> str:
    """The one of `known` that `asked` means: capitals, hyphens and accents do not matter, nor a plural.

    Raises UnusableQuestionError with names that look alike; `what` is what they are names of.
    """
    plain = {plain_text(name): name for name in known}
    text = plain_text(asked)
    for spelt in (text, text.removesuffix("s"), f"{text[:-3]}y" if text.endswith("ies") else text):
        if spelt in plain:
            return plain[spelt]
    alike = process.extract(text, list(plain), scorer=fuzz.WRatio, score_cutoff=LIKE, limit=NEAR)
    names = [plain[spelt] for spelt, _, _ in alike]
    told = f"Did you mean {_listed(names)}?" if names else f"There are: {', '.join(sorted(known))}."
    raise UnusableQuestionError(f"No {what} is called {asked!r}. {told}")


def _known_choices(
    filters: Filters, *, places: pd.DataFrame, completeness: pd.DataFrame
) -> dict[str, tuple[str, ...]]:
    """The categories and ownerships of `filters` as the record writes them."""
    surveyed = set(completeness["category"]) - {"all categories"}
    known = {
        "categories": ("category", {*places["category"].dropna(), *surveyed, NOT_RECORDED}),
        "ownerships": ("kind of ownership", {*places["ownership"].dropna(), NOT_RECORDED}),
    }
    return {
        name: tuple(dict.fromkeys(known_name(each, names, what=what) for each in getattr(filters, name)))
        for name, (what, names) in known.items()
    }


def _refuse_out_of_bounds(filters: Filters) -> None:
    for name, (option, low, high) in BOUNDS.items():
        value = getattr(filters, name)
        if not low <= value <= high:
            raise UnusableQuestionError(f"{option} is a number from {low:,} to {high:,}, not {value:,}.")
    if len(filters.plans) > MOST_PLANS:
        raise UnusableQuestionError(f"At most {MOST_PLANS} plans can be compared at once.")


def _some(names: Sequence[str] | pd.Series) -> str:
    first = list(names)[:8]
    more = f" and {len(names) - len(first):,} more" if len(names) > len(first) else ""
    return f"{', '.join(first)}{more}"


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else names[0]
