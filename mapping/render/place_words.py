"""What a choice of places is called in a sentence: one of them, and several."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

PLURALS: Final = {
    "all categories": ("recorded place", "recorded places"),
    "allotment": ("allotment site", "allotment sites"),
    "asset of community value": ("asset of community value", "assets of community value"),
    "childcare": ("childcare provider", "childcare providers"),
    "community energy": ("community energy group", "community energy groups"),
    "multi-stakeholder co-op": ("co-op of several kinds of member", "co-ops of several kinds of member"),
    "other": ("place of another category", "places of other categories"),
    "Not recorded": ("place of no recorded category", "places of no recorded category"),
}
"""Categories that are no plain noun, or whose last word is not the one that takes the ending."""
OWNERS: Final = {
    "Community of Interest": "owned by a community of interest",
    "Consumers": "owned by consumers",
    "Multi-stakeholder": "owned by several kinds of member",
    "Not recorded": "whose ownership is not recorded",
    "Public (local authority library)": "owned by the council",
    "Self-employed": "owned by self-employed people",
    "Tenants": "owned by tenants",
    "Workers": "owned by workers",
}
KINDS: Final = {
    "co-operative": ("co-operative", "co-operatives"),
    "community asset": ("community asset", "community assets"),
}
STANDING: Final = {"closed": "closed", "unknown": "may have closed"}
"""What a name alone would keep back, by status: "unknown" is one that later editions of its source lack."""
ANY: Final = ("recorded place", "recorded places")
MOST_NAMED: Final = 4
"""Of more categories than this, only some are listed."""
NAMED: Final = 2
"""So many of them are."""
HISSING: Final = re.compile(r"(s|x|z|ch|sh)$")
CONSONANT_Y: Final = re.compile(r"[^aeiou]y$")


@dataclass(frozen=True)
class Noun:
    """What is looked for: "library", "libraries"."""

    one: str
    many: str
    a: str
    """One of them, with its article: "a library or a GP surgery"."""
    title: str
    """Several of them in a heading, where many are named in part: "libraries, social clubs and 3 more"."""

    def __str__(self) -> str:
        return self.many

    def count(self, n: int) -> str:
        """`n` of them: "1 library", "12 libraries"."""
        return f"{n:,} {self.one if n == 1 else self.many}"


def what_words(
    kinds: Sequence[str] = (), categories: Sequence[str] = (), ownerships: Sequence[str] = ()
) -> Noun:
    """The places of those kinds, categories and ownerships; any recorded place where nothing is chosen.

    A category says more than a kind: with one, kinds are not named.
    """
    nouns = [_forms(category) for category in categories] or [KINDS.get(kind, ANY) for kind in kinds]
    # Both kinds are everything.
    if not nouns or (not categories and set(kinds) == set(KINDS)):
        nouns = [ANY]
    nouns, rest = list(dict.fromkeys(nouns)), 0
    if len(nouns) > MOST_NAMED:
        nouns, rest = nouns[:NAMED], len(nouns) - NAMED
    more = [(f"place of {rest} more categories", f"places of {rest} more categories")] if rest else []
    owners = _listed([_owned(each) for each in ownerships]).replace(" or owned by ", " or by ")
    owned = f" {owners}" if owners else ""
    one, many = (_listed(forms) for forms in zip(*nouns, *more, strict=True))
    a = _listed([with_article(noun) for noun, _ in (*nouns, *more)])
    title = f"{', '.join(noun for _, noun in nouns)} and {rest} more" if rest else many
    return Noun(one=one + owned, many=many + owned, a=a + owned, title=title + owned)


def with_article(noun: str) -> str:
    """ "a library", "an allotment site"."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"


def _forms(category: str) -> tuple[str, str]:
    if category in PLURALS:
        return PLURALS[category]
    if CONSONANT_Y.search(category):
        return category, f"{category[:-1]}ies"
    return category, f"{category}{'es' if HISSING.search(category) else 's'}"


def _owned(ownership: str) -> str:
    return OWNERS.get(ownership, f"owned by “{ownership}”")


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} or {words[-1]}" if len(words) > 1 else "".join(words)


def name_words(name: str, status: str) -> str:
    """A place's name, with what its source says of it where it is closed or may be."""
    said = STANDING.get(status, "")
    return f"{name} ({said})" if said else name
