"""One view of the atlas as plain values, and the places and areas it shows.

A view is what a link holds: the pages, the command line and the files people take away all
start from the same `Filters`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from mapping.analysis import national
from mapping.analysis.question import CANDIDATES, DECAYS, DETOURS, LACKS, MOST_ADDED, MOST_PLANS, NEEDS, WAYS
from mapping.editions import EDITIONS, INDICES, SUMMARY_MEASURES

GEOGRAPHIES: Final = {"lsoa": "LSOA", "ward": "Ward"}
SHADES: Final = {"decile": "Decile", "rank": "National rank"}
ANYWHERE: Final = (1, 10)
DECILES: Final = frozenset(str(decile) for decile in range(ANYWHERE[0], ANYWHERE[1] + 1))
DISTANCES_M: Final = (250, 500, 800, 1000, 1500, 2000, 3000, 5000)
MAX_TEXT: Final = 100
MAX_POSTCODE: Final = 12
MAX_PLAN: Final = 1_500
MAX_CODE: Final = 9
MOST_COMPARED: Final = 4
"""Areas side by side."""
PLANS: Final = {letter: f"Plan {letter}" for letter in "ABCDEFGH"[:MOST_PLANS]}
"""What each of `Filters.plans` is called, in their order."""


@dataclass(frozen=True, kw_only=True)
class Filters:
    """The choices behind one view; defaults show everything recorded in one council."""

    council: str
    """Name of the council."""
    edition: str = "2025"
    geography: str = "lsoa"
    index: str = "imd"
    shade: str = "decile"
    kinds: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    ownerships: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    wards: tuple[str, ...] = ()
    text: str = ""
    deciles: tuple[int, int] = ANYWHERE
    """Lowest and highest decile of the chosen index; 1 is the most deprived."""
    near: str = ""
    """A postcode."""
    within_m: int = 1000
    measure: str = "proportion_most_deprived_share"
    """What districts are shaded by."""
    find: str = ""
    """Words of a district's name."""
    weights: str = ""
    """The reader's own weights of the domains, as `national.weights_text` writes them; blank: official."""

    need: str = "fifth"
    """Gaps: whose LSOAs count as in need."""
    lack: str = "nearest"
    decay: str = "step"
    reach_m: int = 800
    """Gaps: how far is near."""
    way: str = "straight"
    detour: float = 1.3
    """What a straight line is multiplied by."""
    candidates: str = "buildings"
    """Where one more place could be."""
    add: int = 3
    plans: tuple[str, ...] = ()
    """Scenarios, each as `scenarios.scenario_text` writes it."""
    on_map: str = ""
    """The letter of the plan that is shown; blank: what is recorded."""
    story: str = ""
    """The preset a view began with."""

    codes: tuple[str, ...] = ()
    """Area: codes of the LSOAs and wards shown, one or some to compare; none: the whole council."""

    @property
    def is_near(self) -> bool:
        """Whether places are kept by their distance from a postcode."""
        return bool(self.near)


def to_query(filters: Filters) -> str:
    """`filters` as the query of a link, defaults left out: `council=Oxford&decile=1&decile=3`."""
    plain = Filters(council=filters.council)
    pairs = [("council", filters.council)]
    for name, key in KEYS.items():
        value = getattr(filters, name)
        if name != "council" and value != getattr(plain, name):
            values = value if isinstance(value, tuple) else (value,)
            labels = LABELS.get(name, {})
            pairs += [(key, labels.get(str(each), str(each))) for each in values]
    return urlencode(pairs)


def from_query(link: str, *, council: str) -> Filters:
    """The filters of a link, or of its query alone; rubbish in it is ignored.

    `council` is taken where the link names none.
    """
    given: dict[str, list[str]] = {}
    for key, value in parse_qsl(urlsplit(link).query or link.lstrip("?")):
        given.setdefault(key, []).append(value)
    filters = Filters(council=council)
    for name, key in KEYS.items():
        if key in given:
            asked = _parsed(name, given[key])
            changed: dict[str, Any] = {} if asked is None else {name: asked}
            filters = replace(filters, **changed)
    return filters


def _parsed(name: str, given: Sequence[str]) -> object | None:
    """The value of field `name` that a link gives; None where it is rubbish."""
    if name in LABELS:
        spelt = {label: value for value, label in LABELS[name].items()}
        known = tuple(spelt[label] for label in given if label in spelt)
        return (known if name == "kinds" else known[0]) if known else None
    if name == "deciles":
        numbers = sorted(int(each) for each in given if each in DECILES)
        return (numbers[0], numbers[-1]) if len(numbers) == 2 else None
    if name in CHOICES:
        return next((choice for choice in CHOICES[name] if str(choice) == given[0]), None)
    if name == "plans":
        return tuple(plan[:MAX_PLAN] for plan in given[:MOST_PLANS])
    if name == "codes":
        return tuple(dict.fromkeys(code.strip().upper()[:MAX_CODE] for code in given))[:MOST_COMPARED]
    if name == "edition":
        return given[0] if given[0] in EDITIONS else None
    if name == "weights":
        weights = national.read_weights(given[0])
        return None if weights is None else national.weights_text(weights)
    if name == "near":
        return given[0][:MAX_POSTCODE]
    return tuple(given) if name in LISTS else given[0][:MAX_TEXT]


KEYS: Final = {
    "council": "council",
    "edition": "edition",
    "geography": "areas",
    "index": "index",
    "shade": "shade",
    "kinds": "kind",
    "categories": "category",
    "ownerships": "ownership",
    "sectors": "sector",
    "wards": "ward",
    "text": "q",
    "deciles": "decile",
    "near": "near",
    "within_m": "within",
    "measure": "measure",
    "find": "find",
    "weights": "weights",
    "need": "need",
    "lack": "lack",
    "decay": "decay",
    "reach_m": "reach",
    "way": "by",
    "detour": "detour",
    "candidates": "candidates",
    "add": "add",
    "plans": "plan",
    "on_map": "map",
    "story": "story",
    "codes": "area",
}
"""Each field and its key in a link."""

LABELS: Final[Mapping[str, Mapping[str, str]]] = {
    "geography": GEOGRAPHIES,
    "index": INDICES,
    "shade": SHADES,
    "measure": SUMMARY_MEASURES,
    "need": NEEDS,
    "lack": LACKS,
    "decay": DECAYS,
    "way": WAYS,
    "candidates": CANDIDATES,
    "on_map": PLANS,
    "kinds": {"co-operative": "Co-operative", "community asset": "Community asset"},
}
"""Fields whose values a link spells as the page does."""

CHOICES: Final[Mapping[str, Sequence[int | float]]] = {
    "within_m": DISTANCES_M,
    "reach_m": DISTANCES_M,
    "detour": DETOURS,
    "add": range(1, MOST_ADDED + 1),
}
"""Fields whose values are numbers of a list."""

LISTS: Final = {field.name for field in fields(Filters) if str(field.type).startswith("tuple[str")}
