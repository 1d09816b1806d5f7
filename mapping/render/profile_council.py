"""One council in plain sentences: where it stands, who lives there, what is recorded, where help is far."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mapping.editions import EDITIONS, INDICES, SUMMARY_MEASURES
from mapping.render.gap_words import IN_NEED, joined, metres_words, share_words
from mapping.render.place_words import Noun
from mapping.render.profile_gap_words import share_in
from mapping.render.profile_words import NOT_HELD, Recorded, places_sentence
from mapping.render.summary import count

MOST_NAMED: Final = 3
RANKED_BY: Final = "average_rank"
"""The measure whose rank is said in a sentence."""


@dataclass(frozen=True, kw_only=True)
class Council:
    """What the sentences of one council are made from; None where it is not held."""

    name: str
    edition: str
    index: str
    n_wards: int
    n_lsoas: int
    n_first: int
    """LSOAs in England's most deprived tenth."""
    population: int | None
    fifth: int | None
    """Residents of LSOAs in England's most deprived fifth."""
    rank: int | None = None
    """Of the council among England's districts by `RANKED_BY`; 1 is the most deprived."""
    is_joint: bool = False
    """Whether another district shares that rank."""
    unfigured: tuple[str, ...] = ()
    """Wards that have no figure."""


@dataclass(frozen=True, kw_only=True)
class Largest:
    """Where the largest gap of one kind of place is."""

    what: Noun
    areas: tuple[str, ...]
    """All that tie; none: no area has a gap, or nothing is known."""
    within_m: float
    within_share: float | None
    """Of the council's people, 0 to 1; None where nothing is known."""
    is_thin: bool = False
    is_silent: bool = False


def point(council: Council, recorded: Recorded, largest: Sequence[Largest]) -> str:
    """The paragraph that opens an overview."""
    told = (
        what_sentence(council),
        rank_sentence(council),
        first_sentence(council),
        people_sentence(council),
        places_sentence(recorded, where=f"in {council.name}"),
        largest_sentence(largest),
    )
    return " ".join(filter(None, told))


def what_sentence(council: Council) -> str:
    """How many wards and LSOAs the council has."""
    parts = [count(council.n_wards, "ward"), count(council.n_lsoas, "LSOA")]
    return f"{council.name} has {joined(parts)} in the edition of {council.edition}."


def rank_sentence(council: Council) -> str:
    """Where it stands among England's districts; that it is not known where not all are held."""
    n = EDITIONS[council.edition].n_districts
    if council.rank is None:
        return "How it ranks among England’s districts is not known here: not all of England is held."
    joint = "joint " if council.is_joint else ""
    by = f"{SUMMARY_MEASURES[RANKED_BY].lower()}{of_index(council.index)}"
    return f"Of England’s {n:,} districts it ranks {joint}{council.rank:,} by {by}; 1 is the most deprived."


def first_sentence(council: Council) -> str:
    """How many of its LSOAs are among England's most deprived tenth."""
    n, first = council.n_lsoas, council.n_first
    if not n:
        return ""
    tenth = f"among England’s most deprived 10 %{of_index(council.index)}"
    if first == n:
        return f"All its LSOAs are {tenth}."
    which = "None" if not first else f"{first:,}"
    return f"{which} of its LSOAs {'is' if first <= 1 else 'are'} {tenth}."


def people_sentence(council: Council) -> str:
    """How many people live there, and how many of them in England's most deprived fifth."""
    if council.population is None:
        return "How many people live here is not known."
    said = f"Its population is {council.population:,} ({EDITIONS[council.edition].population})."
    if council.fifth is None:
        return said
    where = f"{IN_NEED['fifth']}{of_index(council.index)}"
    if not council.fifth:
        return f"{said} None of them live {where}."
    if council.fifth == council.population:
        return f"{said} All of them live {where}."
    lives = "lives" if council.fifth == 1 else "live"
    share = share_in(council.fifth / council.population)
    return f"{said} Of them {council.fifth:,} ({share}) {lives} {where}."


def largest_sentence(largest: Sequence[Largest]) -> str:
    """Which ward has the largest gap of each kind whose record is not thin, by ward; blank for none."""
    found: dict[tuple[str, ...], list[str]] = {}
    for each in largest:
        if each.areas and not each.is_thin and len(each.areas) <= MOST_NAMED:
            found.setdefault(each.areas, []).append(each.what.many)
    told = [f"{joined(list(areas))} for {joined(what)}" for areas, what in found.items()]
    return f"The largest gaps are in {'; in '.join(told)}." if told else ""


def gap_line(largest: Largest) -> str:
    """One kind of place on a slide: how near it is, and where its largest gap is; blank for not known."""
    if largest.is_silent or largest.within_share is None or not largest.areas:
        return ""
    near = f"{share_in(largest.within_share)} live within {metres_words(largest.within_m)}"
    named = list(largest.areas)
    where = f"{len(named):,} wards" if len(named) > MOST_NAMED else joined(named)
    what = f"{largest.what.many[:1].upper()}{largest.what.many[1:]}"
    thin = " Check first: thin record." if largest.is_thin else ""
    gap = "the largest gap is" if len(named) == 1 else "the largest gaps are"
    return f"{what}: {near}; {gap} in {where}.{thin}"


def facts(council: Council, recorded: Recorded) -> tuple[tuple[str, str], ...]:
    """Four to six facts of one council."""
    n = EDITIONS[council.edition].n_districts
    joint = "joint " if council.is_joint else ""
    fifth = (
        ""
        if council.fifth is None or not council.population
        else share_words(council.fifth / council.population)
    )
    ranked = "" if council.rank is None else f"{joint}{council.rank:,} of {n:,}"
    told = (
        ("Rank among districts, by average rank", ranked),
        ("LSOAs in decile 1", f"{council.n_first:,} of {council.n_lsoas:,}"),
        ("Population", NOT_HELD if council.population is None else f"{council.population:,}"),
        ("In England’s most deprived fifth", fifth),
        ("Co-operatives recorded", f"{recorded.n_coops:,}"),
        ("Community assets recorded", f"{recorded.n_assets:,}"),
    )
    return tuple((label, value) for label, value in told if value)


def headline(council: Council) -> str:
    """The point about a council, for the title of its slide."""
    if not council.n_lsoas:
        return f"{council.name}: no figure of deprivation"
    which = f"{council.n_first:,} of {count(council.n_lsoas, 'LSOA')}"
    return f"{council.name}: {which} among England’s most deprived 10 %{of_index(council.index)}"


def of_index(index: str) -> str:
    """ " for income"; blank for the Index of Multiple Deprivation."""
    return "" if index == "imd" else f" for {INDICES[index].lower()}"
