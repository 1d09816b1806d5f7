"""What to know of the figures of each area before they are used: plain sentences, each only where true."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from mapping.analysis.record import NOT_SURVEYED, THIN, Line, Standing

FEW_PEOPLE: Final = 1_000
FEW_PLACES: Final = 5
MOST_NAMED: Final = 3
"""More categories than this are counted, not named."""
NO_GAP: Final = "No gap by these choices."
NEAR_IN_NEED: Final = "None of its people in need is farther away."
NO_POPULATION: Final = "Population is not held: LSOAs count as one each."
NO_POSTCODES: Final = "No figure: no postcode of it is held, so nobody is counted in it."
ONE_LSOA: Final = "One LSOA only."


def notes(areas: pd.DataFrame, *, standing: Standing, n_places: int, is_peopled: bool) -> "pd.Series[str]":
    """The sentences of each area, joined by a space, on the index of `areas`; "" where there are none.

    Parameters
    ----------
    areas : `population, need_people_beyond, gap, edge_share, unreached_share, n_lsoas, n_unplaced, why`; one
        that has a reason why it has no figure has no other sentence.
    n_places : places counted in or near the council.
    is_peopled : whether the population of every LSOA of the council is held.
    """
    doubt, few = check_first(standing), few_places(n_places)
    weighed = "" if is_peopled else NO_POPULATION
    # Where every area is an LSOA, to be only one says nothing.
    alone = ONE_LSOA if (areas["n_lsoas"] > 1).any() else ""
    columns = ["why", "population", "gap", "edge_share", "unreached_share", "n_lsoas", "n_unplaced"]
    columns += ["need_people_beyond"]
    rows = zip(*(areas[column].tolist() for column in columns), strict=True)
    told = [
        why
        or _joined(
            doubt,
            edge_words(edge),
            unreached_words(unreached) if n_places else "",
            unplaced_words(n_unplaced),
            alone if n_lsoas == 1 else "",
            f"Fewer than {FEW_PEOPLE:,} people." if is_peopled and people < FEW_PEOPLE else "",
            few,
            NO_GAP if gap == 0 else "",
            NEAR_IN_NEED if gap > 0 and is_peopled and needy < 0.5 else "",
            weighed,
        )
        for why, people, gap, edge, unreached, n_lsoas, n_unplaced, needy in rows
    ]
    return pd.Series(told, index=areas.index, dtype="str")


def check_first(standing: Standing) -> str:
    """Why a gap may only be one of the record; "" where the record is believed to be complete."""
    return f"Check first: {_doubt(standing)}." if standing.is_check_first else ""


def no_figure(standing: Standing) -> str:
    """Why nothing is shown where nothing is known."""
    return f"No figure: none is on record, and {_doubt(standing)}."


def few_places(n_places: int) -> str:
    """That so few places decide the figures; "" where they are not few."""
    if n_places == 0:
        return "None is counted."
    return f"Few places: {n_places:,} counted." if n_places < FEW_PLACES else ""


def edge_words(share: float) -> str:
    """That some may be served by what nobody recorded; "" where `share`, 0 to 1, is nobody."""
    if not share > 0:
        return ""
    whom = f"{_percent(share)} of its people"
    return f"Near an edge: {whom} may be served from outside, where nothing is recorded."


def unreached_words(share: float) -> str:
    """That some have no way to any place in what is held of the streets; "" where `share` is nobody."""
    said = f"{_percent(share)} of its people can reach none in the streets held."
    return said[0].upper() + said[1:] if share > 0 else ""


def unplaced_words(n_unplaced: int) -> str:
    """That LSOAs are left out because no postcode of them is held; "" where there are none."""
    if not n_unplaced:
        return ""
    has, their = ("LSOA of it has", "its") if n_unplaced == 1 else ("LSOAs of it have", "their")
    return f"{n_unplaced:,} {has} no postcode here: {their} people are not counted."


def _doubt(standing: Standing) -> str:
    unasked = _named([line for line in standing.lines if line.level == NOT_SURVEYED], with_year=False)
    thin = _named([line for line in standing.lines if line.level == THIN], with_year=True)
    clauses = [f"{unasked} have not been surveyed"] if unasked else []
    clauses += [f"the record of {thin} is thin"] if thin else []
    return "; ".join(clauses) or "nothing has been surveyed here"


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.005 else "less than 1 %"


def _named(lines: Sequence[Line], *, with_year: bool) -> str:
    """What the lines are about: "food banks (2024), libraries (2016) and 2 more"."""
    years = {line.many: line.as_of[:4] for line in lines}
    named = [f"{many} ({year})" if with_year and year else many for many, year in years.items()]
    if len(named) > MOST_NAMED + 1:
        named = [*named[:MOST_NAMED], f"{len(named) - MOST_NAMED} more"]
    return f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else "".join(named)
