"""What a document about areas does not know, in sentences: it is said, never left to be guessed."""

from collections.abc import Sequence
from typing import Final

from mapping.editions import EDITIONS
from mapping.render.gap_words import joined
from mapping.render.summary import count

SIMPLE: Final = (
    "Boundaries on the map are simplified. A place close to a line may seem to lie on its other side; which "
    "area a place is in comes from its postcode."
)
NOT_DRAWN: Final = "Which areas lie beside it is not known: its boundary is not held here."
NONE_BESIDE: Final = "No other area whose boundary is held here touches it."


def many_sentence(n: int) -> str:
    """That so many places are not listed, and where a list of them is."""
    return (
        f"{count(n, 'place')} have a position: too many to list here. The Explore page gives them as a file."
    )


def withheld_sentence(n: int, *, council: str) -> str:
    """How many places of the council have no published address, so that no area counts them."""
    if not n:
        return ""
    has, it = ("has", "It is") if n == 1 else ("have", "They are")
    may = "its registered office may be a home" if n == 1 else "their registered offices may be homes"
    return (
        f"{count(n, 'place')} of {council} {has} no published address, as {may}. "
        f"{it} counted with the council only."
    )


def unplaced_sentence(n: int, *, council: str) -> str:
    """How many more places of the council could not be placed."""
    if not n:
        return ""
    has = "has" if n == 1 else "have"
    them = "it" if n == 1 else "them"
    return f"{count(n, 'more place')} of {council} {has} no usable postcode, so no area counts {them}."


def unfigured_sentence(names: Sequence[str], *, geography: str, why: str = "") -> str:
    """Which areas have no figure of deprivation, and why where that is known; blank for none."""
    if not names:
        return ""
    one = "ward" if geography == "ward" else "LSOA"
    said = (
        f"{count(len(names), one)} {'has' if len(names) == 1 else 'have'} no figure: {joined(list(names))}."
    )
    because = why.removeprefix("No figure: ")
    return f"{said} {because[:1].upper()}{because[1:]}".rstrip()


def population_sentence(*, has_people: bool, has_workers: bool, edition: str) -> str:
    """Which populations the files of the edition do not hold; blank where they hold both."""
    known = {"population": has_people, "working-age population": has_workers}
    missing = [name for name, is_held in known.items() if not is_held]
    if not missing:
        return ""
    named, is_are = " and the ".join(missing), "is" if len(missing) == 1 else "are"
    return f"The {named} of {edition} {is_are} not in the files held."


def edition_sentence(held: Sequence[str]) -> str:
    """Which edition is not held; blank where all are."""
    missing = [year for year in EDITIONS if year not in held]
    return f"The edition of {joined(sorted(missing))} is not held here." if missing else ""
