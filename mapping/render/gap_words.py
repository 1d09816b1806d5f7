"""Gaps in plain words: who is near what, where the largest gaps are, and what the record does not know."""

from collections.abc import Hashable, Mapping, Sequence
from math import isnan
from typing import Any, Final, Protocol

import pandas as pd

from mapping.editions import INDICES
from mapping.render.place_words import Noun
from mapping.render.summary import count, date_words

MOST_NAMED: Final = 3
"""More areas than this are counted, not named."""
IN_NEED: Final = {
    "tenth": "in England’s most deprived tenth",
    "fifth": "in England’s most deprived fifth",
    "third": "in England’s most deprived 30 %",
    "extent": "in need by MHCLG’s extent, which counts the most deprived 30 % by degrees",
}
"""Who counts as in need, after "people" or "live"."""
LACKING: Final = {
    "nearest": "how far people are from the nearest",
    "catchment": "how many places there are for the people around them (two-step floating catchment, E2SFCA)",
}
NEARNESS: Final = {
    "step": "a place counts in full up to {d} and not at all beyond",
    "linear": "a place counts less evenly with distance: a half at {d}, nothing from {far}",
    "gaussian": "a place counts less with distance along a bell curve: a half at {d}, nothing beyond {far}",
}
UNSURE: Final = "under other reasonable choices"


class Asked(Protocol):
    """What a question about gaps says of itself: see `analysis.question.Question`."""

    @property
    def edition(self) -> str: ...
    @property
    def index(self) -> str: ...
    @property
    def need(self) -> str: ...
    @property
    def lack(self) -> str: ...
    @property
    def decay(self) -> str: ...
    @property
    def within_m(self) -> float: ...


class Line(Protocol):
    """How complete the record of one category is believed to be: see `analysis.record.Line`."""

    @property
    def many(self) -> str: ...
    @property
    def level(self) -> str: ...
    @property
    def as_of(self) -> str: ...
    @property
    def basis(self) -> str: ...


class Standing(Protocol):
    """How far the record of what is asked for can be trusted: see `analysis.record.Standing`."""

    @property
    def is_silent(self) -> bool: ...
    @property
    def doubtful(self) -> Sequence[Line]: ...


class Answer(Protocol):
    """An answer about gaps: see `analysis.assess.Assessment`."""

    @property
    def question(self) -> Asked: ...
    @property
    def metric_words(self) -> str: ...
    @property
    def standing(self) -> Standing: ...
    @property
    def n_left_out(self) -> int: ...
    @property
    def places(self) -> pd.DataFrame: ...
    @property
    def areas(self) -> pd.DataFrame: ...
    @property
    def total(self) -> "pd.Series[Any]": ...


def summary_sentence(view: Answer, *, council: str, what: Noun) -> str:
    """Who is near, how many are not, where the gaps are largest, and what the record does not know."""
    return " ".join(
        filter(
            None,
            (
                coverage_sentence(view, council=council, what=what),
                largest_sentence(view),
                *record_sentences(view.standing, n_left_out=view.n_left_out, what=what),
            ),
        )
    )


def coverage_sentence(view: Answer, *, council: str, what: Noun) -> str:
    """What share of the council's people live near, how many do not, and how many of them are in need."""
    total, within = view.total, f"within {metres_words(view.question.within_m)}"
    share = total["within_share"]
    if pd.isna(share):
        return f"How near {council}’s people live to {what.a} is not known: none is on record."
    if not total["n_places"]:
        return f"No {what.one} is recorded in or near {council}, so nobody counts as living {within} of one."
    if pd.isna(total["population"]):
        return (
            f"{share_words(share)} of {council} is {within} of {what.a} ({view.metric_words}), each LSOA "
            "counting as one: how many people live in them is not held."
        )
    said = f"{share_words(share)} of {council}’s people live {within} of {what.a} ({view.metric_words})"
    beyond = round(total["people_beyond"])
    if not beyond:
        return f"{said}."
    needy = round(total["need_people_beyond"])
    of_them = f"{needy:,}" if needy else "none"
    lives = "lives" if beyond == 1 else "live"
    return f"{said}; {beyond:,} {lives} farther away, {of_them} of them {need_words(view.question)}."


def largest_sentence(view: Answer) -> str:
    """The areas with the largest gaps by name, and how sure their ranks are; blank where nothing is known."""
    known = view.areas[view.areas["gap"].notna()]
    if known.empty:
        return ""
    gaps = known[known["gap"] > 0].sort_values(["gap_rank", "name"], kind="stable")
    if gaps.empty:
        nobody = not known["need_share"].gt(0).any()
        why = f": nobody here counts as living {need_words(view.question)}" if nobody else ""
        return f"No area has a gap by these choices{why}."
    top = gaps[gaps["gap_rank"] <= MOST_NAMED]
    named = top.head(MOST_NAMED)
    more = [f"{len(top) - len(named):,} more that tie"] if len(top) > len(named) else []
    lead = "The largest gap is" if len(top) == 1 else "The largest gaps are"
    sure = "" if more else _how_sure(named)
    return f"{lead} {joined([*named['name'], *more])}{sure}."


def _how_sure(named: pd.DataFrame) -> str:
    """What the ranks of the areas `named` become under other choices, as the end of a sentence."""
    if named[["gap_rank_low", "gap_rank_high"]].isna().any(axis=None):
        return ""
    if (named["gap_rank_low"] == named["gap_rank_high"]).all():
        return ", under every choice tried"
    ranges = [
        ordinal(int(low)) if low == high else f"{ordinal(int(low))} to {ordinal(int(high))}"
        for low, high in zip(named["gap_rank_low"], named["gap_rank_high"], strict=True)
    ]
    return f"; {UNSURE} {'it ranks' if len(named) == 1 else 'they rank'} {joined(ranges)}"


def record_sentences(standing: Standing, *, n_left_out: int = 0, what: Noun | None = None) -> tuple[str, ...]:
    """What the record does not know: how complete it is, and how many places have no position."""
    told = []
    thin = [line for line in standing.doubtful if line.level == "thin"]
    if len(thin) > MOST_NAMED:
        told.append(f"Check first: the record of {joined([line.many for line in thin])} is thin.")
    else:
        told += [f"Check first: the record of {line.many} is thin{_known_by(line)}." for line in thin]
    told += [_unsurveyed(line) for line in standing.doubtful if line.level != "thin"]
    if n_left_out:
        has, are = ("has", "is") if n_left_out == 1 else ("have", "are")
        noun = what.count(n_left_out) if what else count(n_left_out, "place")
        told.append(f"{noun} {has} no published position and {are} not counted.")
    return tuple(told)


def _unsurveyed(line: Line) -> str:
    # "Not surveyed …", "Nobody has stated …": the sentence goes on. Names keep their capitals.
    goes_on = line.basis.startswith(("Not ", "Nobody "))
    basis = line.basis[:1].lower() + line.basis[1:] if goes_on else f"not surveyed. {line.basis}"
    return f"{line.many[:1].upper()}{line.many[1:]}: {basis}."


def _known_by(line: Line) -> str:
    when = f" ({date_words(line.as_of)})" if line.as_of else ""
    return f"{when}: {line.basis}"


def rank_words(row: "pd.Series[Any] | Mapping[Hashable, Any]") -> str:
    """ "3rd; 2nd to 5th under other reasonable choices", "1st under every choice tried", "No rank"."""
    rank, low, high = (row[name] for name in ("gap_rank", "gap_rank_low", "gap_rank_high"))
    if pd.isna(rank):
        return "No rank"
    if pd.isna(low) or pd.isna(high):
        return ordinal(int(rank))
    if low == high:
        return f"{ordinal(int(rank))} under every choice tried"
    return f"{ordinal(int(rank))}; {ordinal(int(low))} to {ordinal(int(high))} {UNSURE}"


def ordinal(n: int) -> str:
    """ "1st", "22nd", "113th"."""
    ending = {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th") if n % 100 not in (11, 12, 13) else "th"
    return f"{n:,}{ending}"


def need_words(question: Asked) -> str:
    """Who counts as in need: "in England’s most deprived fifth for crime"."""
    of = "" if question.index == "imd" else f" for {INDICES[question.index].lower()}"
    where, *rest = IN_NEED[question.need].split(",", 1)
    return where + of + "".join(f",{each}" for each in rest)


def lack_words(question: Asked, *, metric_words: str) -> str:
    """What is lacking, how nearness counts, and how distance is measured, in one sentence."""
    d, far = metres_words(question.within_m), metres_words(2 * question.within_m)
    near = NEARNESS[question.decay].format(d=d, far=far)
    return f"Lack is {LACKING[question.lack]}: {near}. Distances: {metric_words}."


def edge_words(share: float) -> str:
    """How many of an area's people may be served from where nothing is recorded; blank for none."""
    if isnan(share) or share <= 0:
        return ""
    may = f"{share_words(share)} of its people may be served from outside"
    return f"Near an edge: {may}, where nothing is recorded."


def share_words(share: float) -> str:
    """A share of 0 to 1 as "61 %"; what is not quite nothing or all never reads as such; blank for NA."""
    if isnan(share):
        return ""
    percent = round(100 * share)
    if percent == 0 and share > 0:
        return "Under 1 %"
    return "Over 99 %" if percent == 100 and share < 1 else f"{percent} %"


def metres_words(metres: float) -> str:
    """A distance that somebody chose, as it is: "800 m", "1,500 m"."""
    return f"{metres:,.0f} m"


def distance_words(metres: float) -> str:
    """A distance that was measured, no finer than it is known: "640 m", "1.2 km"; "none" for NA."""
    if isnan(metres):
        return "none"
    return f"{round(metres, -1):,.0f} m" if metres < 995 else f"{metres / 1000:,.1f} km"


def joined(words: Sequence[str]) -> str:
    """`words` as a list in a sentence: "A, B and C"."""
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
