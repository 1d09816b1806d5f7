"""One area in plain sentences: each says only what its numbers say, by rules that tests pin down."""

from dataclasses import dataclass
from typing import Final

from mapping.editions import EDITIONS, INDICES
from mapping.render.gap_words import IN_NEED, joined
from mapping.render.profile_gap_words import Gap, gap_sentence, share_in
from mapping.render.summary import count

NOT_HELD: Final = "not in the files held"
FIRST, LAST = 1, 10
"""Deciles with a name of their own."""


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Where one area stands in one index of one edition."""

    name: str
    geography: str
    """`lsoa` or `ward`."""
    council: str
    edition: str
    index: str
    rank: float | None
    """1: most deprived. Published for an LSOA; a ward's is the mean of its LSOAs', weighed by population."""
    decile: int | None
    why: str = ""
    """Why there is no figure."""
    ward: str = ""
    """The ward of an LSOA."""
    n_lsoas: int = 0
    n_first: int = 0
    """Its LSOAs in England's most deprived tenth."""

    @property
    def n(self) -> int:
        """LSOAs ranked in England."""
        return EDITIONS[self.edition].n_lsoas


@dataclass(frozen=True, kw_only=True)
class Living:
    """Who lives in one area; None where it is not held."""

    edition: str
    index: str
    population: int | None
    fifth: int | None
    """Those of them in LSOAs of England's most deprived fifth; None too where its decile says it already."""


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What is recorded in one area."""

    n_coops: int
    n_assets: int
    chosen: str = ""
    """What the places were narrowed by, as "libraries"; blank: nothing."""
    n_closed: int = 0
    """Those of them that their source says are closed: still on record, and no help to anybody."""


def point(standing: Standing, living: Living, recorded: Recorded, gap: Gap) -> str:
    """The paragraph that opens a profile: where it stands, who lives there, what is recorded, what lacks."""
    told = (
        where_sentence(standing),
        standing_sentence(standing),
        within_sentence(standing),
        people_sentence(living),
        places_sentence(recorded),
        gap_sentence(gap),
    )
    return " ".join(filter(None, told))


def kind_words(standing: Standing) -> str:
    """What the area is: "Ward of Oxford", "LSOA in Littlemore, Oxford"."""
    if standing.geography == "ward":
        return f"Ward of {standing.council}"
    return f"LSOA in {standing.ward}, {standing.council}" if standing.ward else f"LSOA in {standing.council}"


def headline(standing: Standing) -> str:
    """The point about one area, for the title of its slide."""
    name, decile = standing.name, standing.decile
    if decile is None or standing.rank is None:
        return f"{name}: no figure of deprivation"
    of = "" if standing.index == "imd" else f" for {INDICES[standing.index].lower()}"
    if standing.geography == "ward" and standing.n_first:
        n = standing.n_lsoas
        which = "its one LSOA is" if n == 1 else f"{standing.n_first:,} of {n:,} LSOAs"
        return f"{name}: {which} among England’s most deprived 10 %{of}"
    if standing.geography == "ward":
        return f"{name}: average rank in decile {decile} of 10{of}"
    if decile in (FIRST, LAST):
        end = "most" if decile == FIRST else "least"
        return f"{name}: among England’s {end} deprived 10 %{of}"
    return f"{name}: decile {decile} of 10 in England{of}"


def where_sentence(standing: Standing) -> str:
    """Where the area is."""
    if standing.geography == "ward":
        return f"{standing.name} is a ward of {standing.council}."
    if standing.ward:
        return f"{standing.name} is an LSOA in {standing.ward} ward, {standing.council}, by best fit."
    return f"{standing.name} is an LSOA in {standing.council}."


def standing_sentence(standing: Standing) -> str:
    """Where it stands among England's LSOAs, which end is which, and that a ward's is our calculation."""
    if standing.rank is None or standing.decile is None:
        return why_sentence("It", standing.why) or "It has no figure."
    by = f"By the {INDICES['imd']} {standing.edition}"
    if standing.index != "imd":
        by = f"For {INDICES[standing.index].lower()} in the indices of {standing.edition}"
    rank = f"{standing.rank:,.0f} of {standing.n:,}, where 1 is the most deprived"
    if standing.geography == "ward":
        said = f"{by}, its LSOAs have an average rank of {rank}."
        return f"{said} {_ward_decile(standing.decile)} The average is our calculation."
    if standing.decile in (FIRST, LAST):
        end = "most" if standing.decile == FIRST else "least"
        return f"{by}, it is among the {end} deprived 10 % of England’s LSOAs: rank {rank}."
    return f"{by}, it ranks {rank}: decile {standing.decile} of 10."


def why_sentence(name: str, why: str) -> str:
    """That an area has no figure and why; blank where `why` is, of an area that has one."""
    because = why.removeprefix("No figure: ").rstrip(".")
    return f"{name} has no figure: {because}." if because else ""


def _ward_decile(decile: int) -> str:
    if decile == FIRST:
        return "That falls in decile 1 of 10, the most deprived."
    if decile == LAST:
        return "That falls in decile 10 of 10, the least deprived."
    return f"That falls in decile {decile} of 10."


def within_sentence(standing: Standing) -> str:
    """How many of a ward's LSOAs are among England's most deprived tenth; blank for an LSOA or no figure."""
    if standing.geography != "ward" or not standing.n_lsoas:
        return ""
    n, first, tenth = standing.n_lsoas, standing.n_first, "among England’s most deprived 10 %"
    tenth += "" if standing.index == "imd" else " for it"
    if n == 1:
        return f"Its one LSOA is {'' if first else 'not '}{tenth}."
    if first == n:
        return f"All {n:,} of its LSOAs are {tenth}."
    which = "None" if not first else f"{first:,}"
    return f"{which} of its {n:,} LSOAs {'is' if first <= 1 else 'are'} {tenth}."


def people_sentence(living: Living) -> str:
    """How many people live there, counted when, and how many of them in England's most deprived fifth."""
    if living.population is None:
        return "How many people live here is not known."
    said = f"Its population is {living.population:,} ({EDITIONS[living.edition].population})."
    if living.fifth is None:
        return said
    fifth = IN_NEED["fifth"]
    fifth += "" if living.index == "imd" else f" for {INDICES[living.index].lower()}"
    if living.fifth == 0:
        return f"{said} None of them live {fifth}."
    if living.fifth == living.population:
        return f"{said} All of them live {fifth}."
    lives = "lives" if living.fifth == 1 else "live"
    share = share_in(living.fifth / living.population)
    return f"{said} Of them {living.fifth:,} ({share}) {lives} {fifth}."


def places_sentence(recorded: Recorded, *, where: str = "here") -> str:
    """How many places are recorded, of which kind; that none recorded is not none there."""
    n = recorded.n_coops + recorded.n_assets
    only = f" Only {recorded.chosen} are counted." if recorded.chosen else ""
    if recorded.n_closed:
        only = f" {_closed_clause(recorded.n_closed, n)}{only}"
    if not n:
        return f"No place is recorded {where}; that does not mean that there is none.{only}"
    kinds = [
        count(number, name)
        for number, name in ((recorded.n_coops, "co-operative"), (recorded.n_assets, "community asset"))
        if number
    ]
    if len(kinds) == 1:
        return f"{kinds[0]} {'is' if n == 1 else 'are'} recorded {where}.{only}"
    return f"{n:,} places are recorded {where}: {joined(kinds)}.{only}"


def _closed_clause(closed: int, n: int) -> str:
    if n == 1:
        return "It is closed, by its source."
    is_are, its = ("is", "its source") if closed == 1 else ("are", "their sources")
    return f"{closed:,} of them {is_are} closed, by {its}."
