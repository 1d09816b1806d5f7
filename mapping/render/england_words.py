"""What the gaps of many councils come to, in plain words."""

from typing import Final

import pandas as pd

from mapping.render.gap_words import Asked, joined, metres_words, ordinal, share_words
from mapping.render.place_words import Noun
from mapping.render.summary import count

MOST_NAMED: Final = 3


def england_sentence(rows: pd.DataFrame, *, question: Asked, metric_words: str, what: Noun) -> str:
    """What share of the people of all councils is near, where the largest gaps are, and who is not counted.

    `rows` : the areas of all councils, `name, lad24cd, lad24nm, population, within_share, gap, gap_rank`.
    """
    known = rows[rows["within_share"].notna()]
    n_silent = rows["lad24cd"].nunique() - known["lad24cd"].nunique()
    within = f"within {metres_words(question.within_m)} of {what.a} ({metric_words})"
    if known.empty:
        return f"How near people live to {what.a} is not known anywhere: none is on record."
    told = [f"{_share(known)} live {within}.", _largest(known)]
    if n_silent:
        has = "council has" if n_silent == 1 else "councils have"
        told.append(f"{n_silent:,} {has} no figures: none is on record there.")
    return " ".join(filter(None, told))


def _share(known: pd.DataFrame) -> str:
    names = known["lad24nm"].unique()
    where = names[0] if len(names) == 1 else count(len(names), "council")
    if known["population"].isna().any():
        # Without populations every area counts as one.
        return f"On average {share_words(known['within_share'].mean())} of the people of an area of {where}"
    population = known["population"].astype(float)
    share = float((known["within_share"] * population).sum() / population.sum())
    return f"{share_words(share)} of the people of {where}"


def _largest(known: pd.DataFrame) -> str:
    gaps = known[(known["gap"] > 0) & (known["gap_rank"] <= MOST_NAMED)]
    if gaps.empty:
        return "No area has a gap by these choices."
    top = gaps.sort_values(["gap_rank", "name"], kind="stable").head(MOST_NAMED)
    named = [
        f"{name if name.startswith(council) else f'{name} in {council}'} ({ordinal(int(rank))})"
        for name, council, rank in zip(top["name"], top["lad24nm"], top["gap_rank"], strict=True)
    ]
    more = [f"{len(gaps) - len(top):,} more that tie"] if len(gaps) > len(top) else []
    return f"The largest gaps are {joined([*named, *more])}."
