"""Alternative text of a map, made from its numbers: for who cannot see it, and for who checks it."""

from collections.abc import Sequence
from typing import Final

import pandas as pd

from mapping.render.documents.wording import short
from mapping.render.gap_words import joined, ordinal
from mapping.render.legend import Legend
from mapping.render.place_words import KINDS
from mapping.render.summary import UNITS, count

LONGEST: Final = 1_200
"""Characters: a screen reader reads all of it in one go."""
LONGEST_NAME: Final = 60
MOST_NAMED: Final = 3
SIGNS: Final = {"co-operative": "circle", "community asset": "diamond"}


def map_alt(
    title: str,
    *,
    key: Legend,
    areas: pd.DataFrame,
    geography: str,
    places: pd.DataFrame,
    missing: Sequence[str] = (),
) -> str:
    """What a map of places over deprivation shows.

    Parameters
    ----------
    areas : those that are lit: `name, rank, decile`, NA without a figure.
    places : those drawn: `kind`.
    missing : what is not on the map, in sentences.
    """
    told = (
        f"Map. {short(title, 200)}.",
        shade_sentence(areas, key=key, geography=geography),
        most_deprived_sentence(areas, geography=geography),
        unfigured_sentence(areas, geography=geography),
        places_drawn(places),
        *missing,
    )
    return fitted(told)


def gaps_alt(
    title: str,
    *,
    key: Legend,
    areas: pd.DataFrame,
    geography: str,
    circles: str,
    answer: str,
    places: pd.DataFrame,
    missing: Sequence[str] = (),
) -> str:
    """What a map of gaps shows.

    Parameters
    ----------
    areas : `name, rank, decile, gap, gap_rank, people_beyond`.
    circles : what a circle stands for: "people farther than 800 m from a library".
    answer : who is near and who is not, in a sentence.
    places, missing : as for `map_alt`.
    """
    told = (
        f"Map. {short(title, 200)}.",
        shade_sentence(areas, key=key, geography=geography),
        f"Circles, larger for more, show {short(circles, 200)}."
        if circles
        else "No circles: there are no figures.",
        short(answer, 300),
        largest_gaps(areas),
        unfigured_sentence(areas, geography=geography),
        places_drawn(places),
        *missing,
    )
    return fitted(told)


def shade_sentence(areas: pd.DataFrame, *, key: Legend, geography: str) -> str:
    """How many areas are in each decile: "Of 83 LSOAs 10 are in decile 1, 7 in decile 2, …"."""
    deciles = areas["decile"].dropna().astype(int)
    scale = f"Shaded by the {key.title}, darker for more deprived; decile 1 is the most deprived 10 %."
    if deciles.empty:
        return f"{scale} None of its areas has a figure."
    counts = deciles.value_counts().sort_index()
    parts = [f"{n:,} in decile {decile}" for decile, n in counts.items()]
    if len(deciles) == 1:
        return f"{scale} 1 {UNITS[geography][0]}, in decile {counts.index[0]}."
    return f"{scale} Of {count(len(deciles), *UNITS[geography])}: {joined(parts)}."


def most_deprived_sentence(areas: pd.DataFrame, *, geography: str) -> str:
    """The areas of the lowest rank by name; blank where fewer than two have one."""
    ranked = areas[areas["rank"].notna()].sort_values(["rank", "name"], kind="stable")
    if len(ranked) < 2:
        return ""
    top = ranked.head(min(MOST_NAMED, len(ranked) - 1))
    one = "average rank" if geography == "ward" else "rank"
    named = [
        f"{short(name, LONGEST_NAME)} ({one if at == 0 else 'rank'} {rank:,.0f})"
        for at, (name, rank) in enumerate(zip(top["name"], top["rank"], strict=True))
    ]
    return f"Most deprived: {joined(named)}."


def largest_gaps(areas: pd.DataFrame) -> str:
    """The areas with the largest gaps by name and how many people are far there."""
    gaps = areas[(areas["gap"] > 0).fillna(False).astype(bool)]
    if gaps.empty:
        return "No area has a gap." if areas["gap"].notna().any() else ""
    top = gaps.sort_values(["gap_rank", "name"], kind="stable").head(MOST_NAMED)
    named = [
        f"{ordinal(int(rank))} {short(name, LONGEST_NAME)}"
        + ("" if pd.isna(people) else f" ({count(round(people), 'person', 'people')})")
        for name, rank, people in zip(top["name"], top["gap_rank"], top["people_beyond"], strict=True)
    ]
    lead = "Largest gap" if len(named) == 1 else f"Largest of {len(gaps):,} gaps"
    return f"{lead}: {joined(named)}."


def unfigured_sentence(areas: pd.DataFrame, *, geography: str) -> str:
    """Which areas have no figure; blank where all have one."""
    missing = areas.loc[areas["decile"].isna(), "name"]
    if missing.empty:
        return ""
    one, many = UNITS[geography]
    named = (
        f": {joined([short(name, LONGEST_NAME) for name in missing])}" if len(missing) <= MOST_NAMED else ""
    )
    return f"No figure for {count(len(missing), one, many)}{named}."


def places_drawn(places: pd.DataFrame) -> str:
    """How many places are drawn, by kind and sign."""
    counts = places["kind"].value_counts()
    parts = [
        f"{count(int(counts[kind]), *KINDS[kind])} ({sign}{'' if counts[kind] == 1 else 's'})"
        for kind, sign in SIGNS.items()
        if kind in counts
    ]
    return f"Places drawn: {joined(parts)}." if parts else "No place is drawn."


def fitted(sentences: Sequence[str]) -> str:
    """`sentences` as one text, blank ones left out; the last ones are left out where there is no room."""
    told = ""
    for sentence in filter(None, sentences):
        longer = f"{told} {sentence}".strip()
        if len(longer) > LONGEST:
            break
        told = longer
    return told
