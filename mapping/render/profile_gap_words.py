"""What one area's people lack most, in plain sentences: each says only what its numbers say."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mapping.render.gap_words import Asked, joined, metres_words, need_words, share_words
from mapping.render.place_words import Noun
from mapping.render.summary import count

MOST_NAMED: Final = 3
"""More kinds of place than this are counted, not named."""
HALF: Final = 0.5
"""Fewer people than this are nobody."""


@dataclass(frozen=True, kw_only=True)
class Gap:
    """The largest gap of one area: what its people lack most, all that tie."""

    question: Asked
    what: Sequence[Noun] = ()
    """None: the area has no gap."""
    people_beyond: float | None = None
    """Those farther away than the distance asked for; None where population is not held."""
    beyond_share: float | None = None
    """The same of all its people, 0 to 1."""
    need_beyond: float | None = None
    """Those of them who live where need is."""
    is_thin: bool = False
    """Whether the record of it is thin: the gap may be one in the record."""
    thin_aside: bool = False
    """Whether a kind of place whose record is thin lacks as much or more, and was left aside for that."""
    has_need: bool = True
    """Whether anybody in the area counts as in need."""
    is_known: bool = True
    """Whether anything is known of how near places are."""


def gap_sentence(gap: Gap) -> str:
    """What the area's people lack most, how many are far from it, and whether that is sure."""
    if not gap.is_known:
        return "How near its people are to places is not known."
    if not gap.what:
        return _no_gap(gap)
    named = [noun.many for noun in gap.what]
    if len(named) > MOST_NAMED:
        named = [*named[:MOST_NAMED], f"{len(named) - MOST_NAMED:,} more kinds of place"]
    lead = "Thin records aside, the" if gap.thin_aside else "The"
    told = [f"{lead} largest gap is in {joined(named)}{_far_clause(gap)}.", _needy_sentence(gap)]
    if gap.is_thin:
        told.append("Check that first: the record of it is thin.")
    return " ".join(filter(None, told))


def _far_clause(gap: Gap) -> str:
    share, people = gap.beyond_share, gap.people_beyond
    if share is None:
        return ""
    near, which = metres_words(gap.question.within_m), _which(gap)
    far = f"farther than {near} from {which}"
    if people is None:
        return f": {share_in(share)} of it lies {far}, each LSOA counting as one"
    n = round(people)
    if share == 1:
        return f": none of its {count(n, 'person', 'people')} live within {near} of {which}"
    if not n:
        return f": {'almost nobody' if people else 'nobody'} lives {far}"
    lives = "lives" if n == 1 else "live"
    return f": {count(n, 'person', 'people')} ({share_in(share)}) {lives} {far}"


def _which(gap: Gap) -> str:
    if len(gap.what) == 1:
        return gap.what[0].a
    # Several that tie may lack for other people each, unless everybody lacks all of them.
    return "any of them" if gap.beyond_share == 1 else "the nearest of each"


def _needy_sentence(gap: Gap) -> str:
    if gap.need_beyond is None or gap.people_beyond is None or round(gap.people_beyond) <= 1:
        return ""
    n, where = round(gap.need_beyond), need_words(gap.question)
    if gap.people_beyond - gap.need_beyond < HALF:
        return f"All of them live {where}."
    return f"Of them {n:,} {'lives' if n == 1 else 'live'} {where}." if n else f"None of them live {where}."


def _no_gap(gap: Gap) -> str:
    question = gap.question
    if not gap.has_need:
        return f"It has no gap by these choices: nobody here counts as living {need_words(question)}."
    if question.lack == "nearest" and question.decay == "step":
        near = f"lives within {metres_words(question.within_m)} of each kind of place that is counted"
        return f"It has no gap by these choices: everybody {near}."
    return "It has no gap by these choices."


def gap_words(gap: Gap) -> str:
    """The largest gap in a few words."""
    if not gap.is_known:
        return "not known"
    if not gap.what:
        return "none by these choices"
    more = f" and {len(gap.what) - 1:,} more" if len(gap.what) > 1 else ""
    said = f"{gap.what[0].many}{more}"
    if gap.beyond_share is None:
        return said
    return f"{said}: {share_in(gap.beyond_share)} live beyond {metres_words(gap.question.within_m)}"


def share_in(share: float) -> str:
    """A share in the middle of a sentence: "61 %", "under 1 %"."""
    said = share_words(share)
    return f"{said[:1].lower()}{said[1:]}"
