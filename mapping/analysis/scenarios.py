"""What if: places put at postcodes and places closed, kept in a link, and what they would change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import isfinite
from typing import Final

import numpy as np
import pandas as pd

from mapping.analysis import postcode
from mapping.analysis.assess import Assessment
from mapping.analysis.distances import positions
from mapping.analysis.filters import PLANS

MOST_ADDED_EACH: Final = 20
MOST_CLOSED_EACH: Final = 30
NEAR_M: Final = 1_000
"""A click farther than this from every live postcode is nowhere."""
PROPOSED: Final = "plan:"
"""What the identifier of a place begins with that only a scenario has; its postcode follows."""
RECORDED: Final = "As recorded"
MEASURES: Final = (
    "n_places",
    "within_share",
    "need_within_share",
    "people_beyond",
    "need_people_beyond",
    "mean_distance_m",
)


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One set of changes to what is recorded."""

    name: str
    """A letter, "A" for the first."""
    added: tuple[str, ...] = ()
    """Postcodes that a place is put at, as the tables write them; each once."""
    closed: tuple[str, ...] = ()
    """`place_id` of places that close; each once."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes."""
        return not (self.added or self.closed)


def read_scenarios(texts: Sequence[str]) -> tuple[Scenario, ...]:
    """The scenarios that `texts` spell, named in their order; what is no postcode and no closure is left out.

    A text in which nothing is left is no scenario. No more than there are letters for.
    """
    read = [_read(text) for text in texts]
    kept = [scenario for scenario in read if not scenario.is_empty]
    return tuple(replace(scenario, name=name) for name, scenario in zip(PLANS, kept, strict=False))


def scenario_text(scenario: Scenario) -> str:
    """`scenario` as `read_scenarios` reads it: `+OX4 1BA;-place_id`; blank where nothing changes."""
    added = (f"+{each}" for each in scenario.added)
    closed = ("-" + each.replace("%", "%25").replace(";", "%3B") for each in scenario.closed)
    return ";".join([*added, *closed])


def with_added(scenario: Scenario, at: str) -> Scenario:
    """`scenario` with a place at the postcode `at`.

    As it was where `at` is no postcode, has one already, or would be one of more than `MOST_ADDED_EACH`.
    """
    canonical = postcode.normalise(at)
    is_new = canonical is not None and canonical not in scenario.added
    if canonical is None or not is_new or len(scenario.added) >= MOST_ADDED_EACH:
        return scenario
    return replace(scenario, added=(*scenario.added, canonical))


def with_closed(scenario: Scenario, place_id: str) -> Scenario:
    """`scenario` with one place closed; a place that only the scenario has is taken back instead."""
    if place_id.startswith(PROPOSED):
        return without(scenario, place_id)
    is_new = place_id not in scenario.closed
    if not place_id or not is_new or len(scenario.closed) >= MOST_CLOSED_EACH:
        return scenario
    return replace(scenario, closed=(*scenario.closed, place_id))


def without(scenario: Scenario, step: str) -> Scenario:
    """`scenario` without one of its steps: a postcode added, or a `place_id` closed or proposed."""
    at = postcode.normalise(step.removeprefix(PROPOSED))
    return replace(
        scenario,
        added=tuple(each for each in scenario.added if each != at),
        closed=tuple(each for each in scenario.closed if each != step),
    )


def applied(
    places: pd.DataFrame, scenario: Scenario, *, postcodes: pd.DataFrame
) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The places that count under `scenario`, and what of it cannot be, in words.

    Parameters
    ----------
    places : those that count as recorded (`assess.counted`).
    postcodes : `schemas.Postcodes` on its `postcode`, those of the scenario at least.

    Returns
    -------
    `places` in their order without those closed, and then a row for each place added, with the same columns:
    `place_id` is `plan:` and the postcode. What is the same of all places, such as their category, is theirs
    too; what is not known of them is NA.
    """
    name = PLANS.get(scenario.name, scenario.name)
    counted = set(places["place_id"])
    strange = [each for each in scenario.closed if each not in counted]
    problems = [
        f"{name} closes “{each}”, which is none of the places that count here. Take that step back."
        for each in strange
    ]
    live = [at for at in scenario.added if at in postcodes.index and bool(postcodes.loc[at, "is_live"])]
    problems += [_unusable(at, postcodes, name=name) for at in scenario.added if at not in live]
    kept = places[~places["place_id"].isin(scenario.closed)]
    return pd.concat([kept, _proposals(live, places, postcodes)]) if live else kept, tuple(problems)


def compared(base: Assessment, others: Mapping[str, Assessment]) -> pd.DataFrame:
    """One row an answer, `base` first as "As recorded", on the index `scenario`: `MEASURES`.

    `n_places` counts all that the answer counts, of any council. Beside each measure its `…_change` against
    `base`: above zero where it is more than recorded. NaN where the measure is not known.
    """
    answers = {RECORDED: base, **others}
    rows = [
        {"n_places": float(len(each.places))} | {name: float(each.total[name]) for name in MEASURES[1:]}
        for each in answers.values()
    ]
    table = pd.DataFrame(rows, index=pd.Index(list(answers), name="scenario"), columns=list(MEASURES))
    changes = (table - table.loc[RECORDED]).add_suffix("_change")
    return pd.concat([table, changes], axis=1)


def nearest_postcode(easting: float, northing: float, postcodes: pd.DataFrame) -> str | None:
    """The live postcode nearest to a point (EPSG:27700); None where none is within 1 km.

    `postcodes` is `schemas.Postcodes` on its `postcode`. Of those equally near it is the first by name.
    """
    live = postcodes[postcodes["is_live"]].sort_index()
    if live.empty or not (isfinite(easting) and isfinite(northing)):
        return None
    away = np.hypot(*(positions(live) - np.array([easting, northing])).T)
    nearest = int(away.argmin())
    return str(live.index[nearest]) if away[nearest] <= NEAR_M else None


def _read(text: str) -> Scenario:
    scenario = Scenario(name="")
    for part in text.split(";"):
        if part.startswith("-"):
            place_id = part[1:].replace("%3B", ";").replace("%25", "%")
            scenario = with_closed(scenario, place_id)
        else:
            # A plus that was typed into an address bar arrives as a blank.
            scenario = with_added(scenario, part.removeprefix("+"))
    return scenario


def _unusable(at: str, postcodes: pd.DataFrame, *, name: str) -> str:
    if at not in postcodes.index:
        return f"{name} adds a place at {at}, which is no postcode held here. Take it back, or correct it."
    ended = postcodes.loc[at, "terminated"]
    when = f" ended in {ended}" if isinstance(ended, str) else " has ended"
    return f"{name} adds a place at {at}, a postcode that{when}. Choose a live postcode near it."


def _proposals(at: Sequence[str], places: pd.DataFrame, postcodes: pd.DataFrame) -> pd.DataFrame:
    """A row for each postcode of `at`, with the columns and types of `places`."""
    found = postcodes.loc[list(at)]
    codes = pd.Series(list(at), index=found.index, dtype="str")
    known = {
        "place_id": PROPOSED + codes,
        "name": "Proposed at " + codes,
        "postcode": codes,
        **{
            name: found[name] for name in ("easting", "northing", "lsoa11cd", "lsoa21cd", "wd24cd", "lad24cd")
        },
        **{
            "status": "open",
            "located_by": "postcode",
            "location_precision": "postcode",
            "is_withheld": False,
        },
    }
    shared = {
        name: places[name].iloc[0]
        for name in ("kind", "category")
        if name in places and places[name].nunique(dropna=False) == 1
    }
    table = pd.DataFrame(known | shared, index=found.index).reindex(columns=places.columns)
    first = int(places.index.max()) + 1 if len(places) and places.index.dtype.kind == "i" else 0
    return table.astype(places.dtypes.to_dict()).set_axis(range(first, first + len(table)))
