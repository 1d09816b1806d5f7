"""Where one more would help most, and what a plan would change, in plain words."""

from collections.abc import Mapping
from math import isnan
from typing import Any, Final, Protocol

import pandas as pd

from mapping.render.gap_words import Asked, distance_words, joined, metres_words, need_words, share_words
from mapping.render.place_words import Noun
from mapping.render.summary import count

NUMBERS: Final = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
OFFERED: Final = {
    "buildings": ("community building", "community buildings"),
    "postcodes": ("postcode", "postcodes"),
}
MOST_NAMED: Final = 3
"""More alternatives than this are not named in a sentence."""


class Sited(Protocol):
    """The best sites: see `analysis.siting.Sites`."""

    @property
    def chosen(self) -> pd.DataFrame: ...
    @property
    def newly_within(self) -> float: ...
    @property
    def newly_within_need(self) -> float: ...
    @property
    def newly_within_fifth(self) -> float: ...
    @property
    def alternatives(self) -> pd.DataFrame: ...
    @property
    def has_equal(self) -> bool | None: ...
    @property
    def is_proven(self) -> bool: ...
    @property
    def shortfall_share(self) -> float: ...
    @property
    def n_candidates(self) -> int: ...
    @property
    def why(self) -> str: ...


def site_sentence(sites: Sited, *, question: Asked, what: Noun, candidates: str) -> str:
    """How many more where, whom they would reach, how sure that is, and what would do as well.

    `candidates` is a key of `OFFERED`.
    """
    n = len(sites.chosen)
    if not n:
        return sites.why
    where = f", at {joined(list(sites.chosen['name']))}," if n <= len(NUMBERS) else ""
    noun = what.one if n == 1 else what.many
    within = metres_words(question.within_m)
    said = f"{NUMBERS[n]} more {noun}{where} would bring {_reached(sites)} within {within}"
    told = [f"{said}{_in_need(sites, question)}.", _proof(sites, candidates), _equals(sites), sites.why]
    return " ".join(filter(None, told))


def _reached(sites: Sited) -> str:
    if isnan(sites.newly_within):
        return "more people"
    return count(round(sites.newly_within), "person", "people")


def _in_need(sites: Sited, question: Asked) -> str:
    if isnan(sites.newly_within_need):
        return ""
    needy = round(sites.newly_within_need)
    who = f", {needy:,} of them {need_words(question)}"
    if question.need == "fifth" or isnan(sites.newly_within_fifth):
        return who
    return f"{who} ({round(sites.newly_within_fifth):,} in the most deprived fifth)"


def _proof(sites: Sited, candidates: str) -> str:
    among = count(sites.n_candidates, *OFFERED[candidates])
    if sites.is_proven:
        return f"Proven the best possible among {among}."
    lacks = f"at most {loss_words(sites.shortfall_share)}" if sites.shortfall_share < 1 else "an unknown part"
    return f"The best found among {among} in the time given: it lacks {lacks} of the best possible."


def _equals(sites: Sited) -> str:
    """Which single sites could stand for one of the chosen at no loss."""
    equal = sites.alternatives[sites.alternatives["loss_share"] <= 0] if len(sites.alternatives) else None
    if equal is None or equal.empty:
        return "Another choice of sites would do as well." if sites.has_equal else ""
    names = list(dict.fromkeys(equal["name"]))
    if len(names) > MOST_NAMED:
        return f"{len(names):,} other sites would do as well for one of them: the list names them."
    return f"{joined(names)} would do as well for one of them."


def alternative_words(alternatives: pd.DataFrame, order: int) -> str:
    """The other sites for the chosen one of that `order`, and what each would lose; blank for none."""
    if alternatives.empty:
        return ""
    own = alternatives[alternatives["site"] == order]
    return "; ".join(
        f"{name} ({'as good' if loss <= 0 else f'{loss_words(loss)} fewer'})"
        for name, loss in zip(own["name"], own["loss_share"], strict=True)
    )


def loss_words(share: float) -> str:
    """A small share in per cent, never nothing: "0.4 %"."""
    return "under 0.1 %" if share < 0.0005 else f"{100 * share:.1f} %"


def scenario_sentence(row: Mapping[str, Any], base: Mapping[str, Any], *, name: str, question: Asked) -> str:
    """What one plan changes: `row` and `base` are rows of `scenarios.compared`."""
    within = metres_words(question.within_m)
    if isnan(row["within_share"]) or isnan(base["within_share"]):
        return f"{name}: what it changes is not known."
    share, mean = (
        _instead(words(row[column]), words(base[column]))
        for words, column in ((share_words, "within_share"), (distance_words, "mean_distance_m"))
    )
    moved = _people_moved(row, base, question)
    said = f"{name}: {share_words(row['within_share'])} within {within}{share}{moved}"
    if not share and not moved and not mean:
        return f"{said}, as without it."
    if mean and not isnan(row["mean_distance_m"]) and not isnan(base["mean_distance_m"]):
        said += f"; mean distance {distance_words(row['mean_distance_m'])}{mean}"
    return f"{said}."


def _instead(after: str, before: str) -> str:
    """ " instead of 29 %"; blank where both read alike: to a reader they are the same."""
    return "" if after == before else f" instead of {before}"


def _people_moved(row: Mapping[str, Any], base: Mapping[str, Any], question: Asked) -> str:
    """How many more or fewer people are near, and how many in need; blank where none or unknown."""
    more = _nearer(row["people_beyond"], base["people_beyond"])
    needy = _nearer(row["need_people_beyond"], base["need_people_beyond"])
    if not more:
        return ""
    change = "more" if more > 0 else "fewer"
    said = f": {count(abs(more), f'{change} person', f'{change} people')} near one"
    if needy * more > 0:
        return f"{said}, {abs(needy):,} of them {need_words(question)}"
    if needy:
        return f"{said}, but {abs(needy):,} {'more' if needy > 0 else 'fewer'} {need_words(question)}"
    return said


def _nearer(after: float, before: float) -> int:
    return 0 if isnan(before) or isnan(after) else round(before) - round(after)
