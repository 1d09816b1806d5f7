"""The keys of maps as pictures show them: the same words and colours, sign by sign."""

from collections.abc import Collection
from typing import Final

from mapping.render.gap_key import Key
from mapping.render.legend import Legend
from mapping.render.place_facts import KIND_NAMES
from mapping.render.sheet.picture import KeyBlock, KeyEntry, Ring, Sign

KINDS: Final[tuple[Sign, ...]] = ("co-operative", "community asset")
QUIET: Final = "quiet"
"""In place of a colour: the paler circle of an area where people are far and no gap is."""
NUMBERS: Final = "The numbers are those of the list."


def scale_block(key: Legend, *, faded: str = "", has_missing: bool = False, outline: str = "") -> KeyBlock:
    """The scale of `key`, most deprived first, and what an area can be besides.

    Parameters
    ----------
    faded : what a pale area is; blank where there is none.
    has_missing : whether any area has no figure.
    outline : what the lines over the areas bound; blank where there are none.
    """
    rest = _rest(key.no_figure if has_missing else "", faded=faded, outline=outline)
    return KeyBlock(title=key.title, entries=(*_scale(key), *rest), lines=(key.measure, *key.lines))


def place_block(
    kinds: Collection[str],
    *,
    ring: Ring | None = None,
    around: str = "",
    more: tuple[KeyEntry, ...] = (),
) -> KeyBlock | None:
    """The sign of each of `kinds`, the `ring` and what it is drawn `around`, and `more`; None without any."""
    signs = tuple(KeyEntry(sign=kind, text=KIND_NAMES[kind]) for kind in KINDS if kind in kinds)
    near = (KeyEntry(sign="ring", text=f"{ring.radius_m:,.0f} m around {around}"),) if ring else ()
    entries = (*signs, *more, *near)
    if not entries:
        return None
    return KeyBlock(title="Places", entries=entries, lines=(NUMBERS,) if signs else ())


def need_block(key: Key, *, has_missing: bool, outline: str) -> KeyBlock:
    """What the shade of a map of gaps stands for."""
    rest = _rest(key.no_figure if has_missing else "", faded="", outline=outline)
    return KeyBlock(title=key.need, entries=(*_scale(key.scale), *rest), lines=key.lines[:2])


def lack_block(key: Key, *, largest_m: float) -> KeyBlock:
    """What the circles of a map of gaps stand for; `largest_m` is the radius of one that shows `key.full`."""
    if not key.sizes:
        return KeyBlock(title=key.lack)
    per_cent = key.unit == "%"
    sizes = tuple(
        KeyEntry(
            sign="circle",
            text=f"{amount} %" if per_cent else f"{amount:,} {key.unit}",
            size=largest_m * (amount / key.full) ** 0.5,
        )
        for amount in key.sizes
    )
    told = (
        (KeyEntry(sign="circle", text=key.gap, label="1"), key.gap),
        (KeyEntry(sign="circle", text=key.quiet, colour=QUIET), key.quiet),
        (KeyEntry(sign="dashed", text=key.unsure), key.unsure),
    )
    signs = tuple(entry for entry, text in told if text)
    return KeyBlock(title=key.lack, entries=(*sizes, *signs), lines=key.lines[2:])


def plan_entries(*, n_closed: int, n_proposed: int, n_sites: int) -> tuple[KeyEntry, ...]:
    """The signs of what a plan closes and adds, and of the best sites, each where there is one."""
    told = (
        (KeyEntry(sign="closed", text="Closed in this plan"), n_closed),
        (KeyEntry(sign="proposal", text="Proposed"), n_proposed),
        (KeyEntry(sign="site", text="Best sites, best first", label="A"), n_sites),
    )
    return tuple(entry for entry, n in told if n)


def _scale(key: Legend) -> tuple[KeyEntry, ...]:
    """The colours, the first and the last by what they stand for."""
    last = len(key.entries) - 1
    texts = [entry.meaning for entry in key.entries]
    texts[0], texts[last] = key.low, key.high
    return tuple(
        KeyEntry(sign="fill", text=text, colour=entry.colour, label=entry.label)
        for text, entry in zip(texts, key.entries, strict=True)
    )


def _rest(missing: str, *, faded: str, outline: str) -> tuple[KeyEntry, ...]:
    told = (
        KeyEntry(sign="hatch", text=missing),
        KeyEntry(sign="faded", text=faded),
        KeyEntry(sign="line", text=outline),
    )
    return tuple(entry for entry in told if entry.text)
