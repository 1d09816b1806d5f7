"""England ranked again with other weights for the seven domains, by MHCLG's own way of adding them up."""

from collections.abc import Mapping
from math import isfinite
from typing import Final

import numpy as np
import pandas as pd

from mapping.analysis.measures import DECIMALS, mean_ranks
from mapping.editions import DOMAINS, OFFICIAL_WEIGHTS
from mapping.errors import UnusableWeightsError

NOT_OFFICIAL: Final = "Your own weighting, not official."
SCALE: Final = 23
"""Gives the most deprived tenth the upper half of the scale. Source: MHCLG."""

ROUNDING: Final = 0.0015
"""What seven weights rounded to tenths of a per cent may add up to beside 1: the official ones to 0.999."""


def transformed(ranks: pd.Series, *, n: int) -> pd.Series:
    """The transformed score of each domain rank, 0 to 100, on the index of `ranks`; NA where the rank is.

    E = −23 · ln(1 − R · (1 − e^(−100 / 23))) with R = (n + 1 − rank) / n: half of England scores under 16,
    the most deprived tenth 50 to 100. Source: MHCLG, Indices of Deprivation 2019, technical report; File 9.
    `n`: LSOAs ranked in England. Ranks shared by several count as `measures.mean_ranks` says.
    """
    place = (n + 1 - mean_ranks(ranks, n=n).to_numpy(dtype=float, na_value=np.nan)) / n
    return pd.Series(-SCALE * np.log1p(-place * (1 - np.exp(-100 / SCALE))), index=ranks.index)


def reweighted(deprivation: pd.DataFrame, weights: Mapping[str, float], *, n: int) -> pd.DataFrame:
    """`lsoa_code, score, rank, decile, why` of each LSOA by `weights` of the domains, on the caller's index.

    `score` is the weighted mean of the seven transformed scores, 0 to 100; with the official weights the
    published ranks come out within 2 places. `rank` is 1 for the highest score, ties share the best rank;
    `decile` its tenth of England. Where `deprivation` is not all of the `n` LSOAs of England, `rank` is
    among those held, `decile` is NA, and `why` says so; otherwise `why` is "".

    Raises UnusableWeightsError as `normalised` does.
    """
    shares = normalised(weights)
    scores = pd.Series(0.0, index=deprivation.index)
    for domain, share in shares.items():
        scores += share * transformed(deprivation[f"{domain}_rank"], n=n)
    ranks = scores.round(DECIMALS).rank(method="min", ascending=False).astype("Int64")
    deciles = (-(-10 * ranks // n)).astype("Int64")
    is_whole = len(deprivation) == n
    return pd.DataFrame(
        {
            "lsoa_code": deprivation["lsoa_code"],
            "score": scores,
            "rank": ranks,
            "decile": deciles if is_whole else pd.array([pd.NA] * len(deprivation), dtype="Int64"),
            "why": pd.Series("" if is_whole else unranked(len(deprivation), n=n), scores.index, dtype="str"),
        }
    )


def unranked(n_held: int, *, n: int) -> str:
    """Why other weights give no rank in England where only `n_held` of its `n` LSOAs are held."""
    return (
        f"Other weights move every LSOA of England, and {n_held:,} of its {n:,} are held: no rank in England "
        "and no figure made of ranks."
    )


def parse_weights(text: str) -> dict[str, float]:
    """The weight of each domain that `text` names, as in `income=0.3,employment=0.7`.

    Raises UnusableWeightsError where a part of it is no weight of a domain, or a domain comes twice.
    """
    weights: dict[str, float] = {}
    for part in text.split(","):
        domain, equals, number = (piece.strip().casefold() for piece in part.partition("="))
        if not equals or domain in weights:
            what = f"“{part.strip()}” is not like income=0.3" if not equals else f"{domain} comes twice"
            raise UnusableWeightsError(f"{what}. Give each domain once: {_example()}.")
        try:
            weights[domain] = float(number)
        except ValueError as exc:
            raise UnusableWeightsError(f"“{number}” is no number for {domain}, such as 0.3.") from exc
    normalised(weights)
    return weights


def normalised(weights: Mapping[str, float]) -> dict[str, float]:
    """The share of each of the seven domains, in their order, adding up to 1; a domain not named has none.

    Weights that add up to 1 but for `ROUNDING` stay as they are: so do the official ones, with their 0.999.
    Raises UnusableWeightsError: a domain that there is not, a weight below zero or no number, or all zero.
    """
    if unknown := [domain for domain in weights if domain not in DOMAINS]:
        raise UnusableWeightsError(f"No such domain: {', '.join(unknown)}. There are: {', '.join(DOMAINS)}.")
    wrong = {domain: weight for domain, weight in weights.items() if not isfinite(weight) or weight < 0}
    if wrong:
        listed = ", ".join(f"{domain}={weight:g}" for domain, weight in wrong.items())
        raise UnusableWeightsError(f"A weight is a number from 0 up; not so: {listed}.")
    total = sum(weights.values())
    if not isfinite(total) or total <= 0:
        raise UnusableWeightsError("These weights add up to nothing: give one domain more than 0.")
    divisor = total if _is_scaled(total) else 1.0
    return {domain: float(weights.get(domain, 0)) / divisor for domain in DOMAINS}


def words(weights: Mapping[str, float]) -> str:
    """`weights` for a reader: each domain's share, and whether they were made to add up to 1."""
    shares = ", ".join(f"{domain} {100 * share:.1f} %" for domain, share in normalised(weights).items())
    total = sum(weights.values())
    scaled = f" (as given they added up to {total:g}; divided by that)" if _is_scaled(total) else ""
    return shares + scaled


def movers(before: pd.Series, after: pd.Series, *, most: int = 10) -> pd.DataFrame:
    """The `most` areas whose rank moves most, farthest first, then by code: `code, before, after, change`.

    `before, after` are ranks on the areas' codes, 1 = most deprived; `change` is below zero where an area
    comes out more deprived. Areas without both ranks are left out.
    """
    both = pd.DataFrame({"before": before, "after": after}).dropna().rename_axis("code").reset_index()
    both["change"] = both["after"] - both["before"]
    farthest = both.assign(by=-both["change"].abs()).sort_values(["by", "code"], ignore_index=True)
    return farthest.drop(columns="by").head(most)


def _is_scaled(total: float) -> bool:
    return abs(total - 1) > ROUNDING


def _example() -> str:
    return ",".join(f"{domain}={weight:g}" for domain, weight in OFFICIAL_WEIGHTS.items())
