"""The key to the map of gaps: what shade, circle and number stand for, in words."""

from dataclasses import dataclass
from typing import Final

from mapping.render.gap_words import Asked, lack_words, metres_words
from mapping.render.legend import Legend
from mapping.render.place_words import Noun

DECILES_IN_NEED: Final = {"tenth": 1, "fifth": 2, "third": 3, "extent": 3}
"""By need asked for, how many of the most deprived deciles count; `extent` the last of them in part."""
PEOPLE: Final = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000)
"""Round numbers to show circles for."""
PER_CENT: Final = (100, 50, 20)
SHOWN: Final = 3
PLAIN: Final = ("nearest", "step")
"""The way of asking by which lack is what the circles show."""
TIE: Final = "="
TIED: Final = "= marks a rank that several share."
OURS: Final = "Circles and gaps: our calculation."


@dataclass(frozen=True, kw_only=True)
class Key:
    """The key to one map of gaps."""

    need: str
    """What the shade stands for."""
    scale: Legend
    """The deciles."""
    in_need: int
    """How many of the first entries of `scale` count as in need; 0 where a shade does not tell."""
    lack: str
    """What the circles stand for."""
    far: str
    """The same with what it is far from, after a number."""
    unit: str
    """`people`, or `%` where people are not held."""
    sizes: tuple[int, ...]
    """What the circles of the key stand for, the largest first."""
    full: float
    """The amount whose circle is as large as the areas of the map give room for."""
    gap: str
    """What the numbers stand for; empty where there are none."""
    quiet: str
    """What a pale circle stands for; empty where there is none."""
    unsure: str
    """What a dashed circle stands for; empty where there is none."""
    lines: tuple[str, ...]
    """Explanation, one sentence a line."""
    no_figure: str
    source: str
    credit: str
    """The sentence owed for the boundaries."""


def key(
    scale: Legend,
    question: Asked,
    *,
    geography: str,
    metric_words: str,
    what: Noun,
    large: float | None,
    has_shares: bool,
    has_numbers: bool,
    has_ties: bool,
    has_quiet: bool,
    is_unsure: bool,
) -> Key:
    """The key.

    Parameters
    ----------
    scale : the key to the deciles of the index that need is taken from.
    geography : `lsoa` or `ward`.
    large : people of a large area; None where people are not held.
    has_shares : whether circles show per cent instead.
    """
    who, far = "People" if large else "Postcodes", f"farther than {metres_words(question.within_m)}"
    is_drawn = large is not None or has_shares
    is_lack = (question.lack, question.decay) == PLAIN
    return Key(
        need=f"Need: {scale.title}",
        scale=scale,
        in_need=DECILES_IN_NEED[question.need] if geography == "lsoa" else 0,
        lack=f"{'Lack: ' + who.lower() if is_lack else who} {far}" if is_drawn else "Lack: no figures",
        far=f"{who.lower()} {far} from {what.a}",
        unit="people" if large else "%",
        sizes=sizes(large) if large else PER_CENT if is_drawn else (),
        full=large or float(PER_CENT[0]),
        gap="Gap rank: need × lack" if has_numbers else "",
        quiet="Far, but no gap" if has_quiet else "",
        unsure="Check first" if is_unsure else "",
        lines=(
            f"{scale.measure}. {' '.join(scale.lines)}",
            f"In need: {_in_need(question.need, geography)}.",
            f"Circles: {who.lower()} {far} from {what.a} ({metric_words}).",
            *((TIED,) if has_ties else ()),
            *(() if is_lack else (lack_words(question, metric_words=metric_words),)),
        ),
        no_figure=scale.no_figure,
        source=f"{scale.source} {OURS}",
        credit=scale.credit,
    )


def sizes(typical: float) -> tuple[int, ...]:
    """Round numbers of people up to `typical`, the largest first; at least one."""
    below = [n for n in PEOPLE if n <= typical] or [PEOPLE[0]]
    return tuple(reversed(below[-SHOWN:]))


def _in_need(need: str, geography: str) -> str:
    deciles = DECILES_IN_NEED[need]
    among = {1: "decile 1", 2: "deciles 1 and 2"}.get(deciles, f"deciles 1 to {deciles}")
    among += ", by the weights of MHCLG’s extent" if need == "extent" else ""
    return f"people of LSOAs in {among}" if geography == "ward" else f"LSOAs in {among}"
