"""MHCLG's five summary measures, for any grouping of LSOAs; the method and its limits: docs/measures.md."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

MEASURES: Final = (
    "average_score",
    "average_rank",
    "proportion_most_deprived_share",
    "extent_share",
    "local_concentration",
)
"""In all five, the higher figure is the more deprived."""
COLUMNS: Final = ("code", "n_lsoas", "population", *MEASURES, "why")
RANK_COLUMNS: Final = tuple(f"rank_of_{measure}" for measure in MEASURES)
WEIGHED_BY: Final[Mapping[str, str]] = {"employment": "working_age_population"}
"""The column that MHCLG weighs an index by, where it is not `population`."""
CONCENTRATED: Final = 0.1
"""The share of its population that an area's local concentration looks at."""
DECIMALS: Final = 9
"""What two computed figures must differ in to differ: less is the order of adding up."""

Numbers = npt.NDArray[np.float64]


def summaries(lsoas: pd.DataFrame, *, by: str, n: int, index: str = "imd") -> pd.DataFrame:
    """One row a group, by code: `COLUMNS`. Source of the formulas: MHCLG, Indices of Deprivation, File 10.

    Parameters
    ----------
    lsoas : one row an LSOA (`schemas.Deprivation`) with its group in column `by`; an LSOA whose group is NA
        is in none. With a column `share`, 0 to 1, only that part of an LSOA counts, and an LSOA may be in
        several groups, in a row each. With a column `{index}_mean_rank`, as `mean_ranks` gives it, that
        is used; otherwise it is made of the table, where the table is all of England.
    n : LSOAs ranked in England.

    Returns
    -------
    `n_lsoas` counts those of which anything counts; `population` is of their parts, people; `average_score`
    is in the unit of `{index}_score`; `average_rank` and `local_concentration` are places from the least
    deprived, 1 to `n`; the shares are 0 to 1, `proportion_most_deprived_share` of LSOAs, `extent_share` of
    people. NA where something it needs is not held, and `why` says what; `why` is "" where nothing is NA.
    A group of which nothing counts has no row.
    """
    rows = _sorted_rows(lsoas, by=by, n=n, index=index)
    weight, total = rows.people * rows.share, rows.total(rows.people * rows.share)
    figures = {
        "average_score": rows.total(rows.score * weight) / total,
        "average_rank": rows.total(rows.place * weight) / total,
        "proportion_most_deprived_share": rows.total(rows.first * rows.share) / rows.total(rows.share),
        "extent_share": rows.total(extent_weights(rows.rank, n=n) * weight) / total,
        "local_concentration": _local_concentration(rows, weight),
    }
    people = rows.total(rows.population * rows.share)
    who = {"code": rows.codes, "n_lsoas": rows.sizes, "population": people}
    return pd.DataFrame({**who, **figures, "why": pd.array(_reasons(rows, index=index), dtype="str")})


def ranked(table: pd.DataFrame) -> pd.DataFrame:
    """`table` with `rank_of_…` for each of `MEASURES`: 1 is the most deprived, ties share the best rank.

    NA where the figure is. It ranks the rows it is given: give it all the areas of one kind in England.
    """
    ranks = {f"rank_of_{name}": _places(table[name]) for name in MEASURES}
    return pd.concat([table, pd.DataFrame(ranks, index=table.index)], axis="columns")


def mean_ranks(ranks: pd.Series, *, n: int) -> pd.Series:
    """The mean of the places that each LSOA shares with those of the same published rank, on their index.

    Published ranks give all of a tie the best of its places; MHCLG's summaries and transformed scores count
    with the mean. Who shares a rank shows only in a table of all `n`: another's ranks stay as they are.
    """
    if len(ranks) != n or ranks.isna().any():
        return ranks
    best = ranks.to_numpy(dtype=np.int64)
    return pd.Series(best + (np.bincount(best)[best] - 1) / 2, index=ranks.index)


def extent_weights(ranks: Numbers, *, n: int) -> Numbers:
    """How far the population of an LSOA of each rank counts for extent, 0 to 1; NaN where the rank is.

    The most deprived tenth counts in full, the next two tenths less with each hundredth, the rest nothing.
    """
    hundredth = np.ceil(100 * ranks / n)
    falling = 0.95 - (hundredth - 11) * 0.90 / 19
    weights: Numbers = np.where(hundredth <= 10, 1.0, np.where(hundredth <= 30, falling, 0.0))
    return np.where(np.isnan(ranks), np.nan, weights)


def _places(figures: pd.Series) -> pd.arrays.IntegerArray:
    values = figures.to_numpy(dtype=float, na_value=np.nan).round(DECIMALS)
    known = np.sort(values[~np.isnan(values)])
    better = len(known) - np.searchsorted(known, values, side="right")
    return pd.arrays.IntegerArray(better + 1, np.isnan(values))


@dataclass(frozen=True, kw_only=True)
class _Rows:
    """The rows that count, by group and then from the most deprived: an array a column."""

    codes: pd.Index
    """Of the groups, sorted."""
    starts: npt.NDArray[np.intp]
    """Where each group begins."""
    sizes: npt.NDArray[np.intp]
    place: Numbers
    """From the least deprived: the higher, the more deprived."""
    rank: Numbers
    score: Numbers
    first: Numbers
    """1 in decile 1, else 0."""
    share: Numbers
    people: Numbers
    """Whom this index is weighed by."""
    population: Numbers

    def total(self, values: Numbers) -> Numbers:
        """The sum of `values` in each group; NaN where one of them is."""
        return np.add.reduceat(values, self.starts) if len(self.starts) else np.empty(0)

    def spread(self, totals: Numbers) -> Numbers:
        """What belongs to each group, for each of its rows."""
        return np.repeat(totals, self.sizes)


def _sorted_rows(lsoas: pd.DataFrame, *, by: str, n: int, index: str) -> _Rows:
    group, codes = pd.factorize(lsoas[by], sort=True)
    given = f"{index}_mean_rank"
    mean_rank = lsoas[given] if given in lsoas else mean_ranks(lsoas[f"{index}_rank"], n=n)
    decile = _numbers(lsoas[f"{index}_decile"])
    columns = {
        "place": n + 1 - _numbers(mean_rank),
        "rank": _numbers(lsoas[f"{index}_rank"]),
        "score": _numbers(lsoas[f"{index}_score"]),
        "first": np.where(np.isnan(decile), np.nan, decile == 1),
        "share": _numbers(lsoas["share"]) if "share" in lsoas else np.ones(len(lsoas)),
        "people": _numbers(lsoas.get(WEIGHED_BY.get(index, "population"), pd.Series(np.nan, lsoas.index))),
        "population": _numbers(lsoas["population"]),
    }
    order = _order(group, columns)
    group = group[order]
    starts = np.flatnonzero(np.diff(group, prepend=-1))
    sizes = np.diff(starts, append=len(group))
    arrays = {name: values[order] for name, values in columns.items()}
    # An LSOA by itself is its own mean, however many live there.
    alone = np.repeat(sizes == 1, sizes) & ~(arrays["people"] > 0)
    arrays["people"][alone] = 1.0
    return _Rows(codes=pd.Index(codes).take(group[starts]), starts=starts, sizes=sizes, **arrays)


def _order(group: npt.NDArray[np.intp], columns: Mapping[str, Numbers]) -> npt.NDArray[np.intp]:
    """Those that count, by group and then from the most deprived, whatever the order of the rows."""
    counts = (group >= 0) & (columns["share"] > 0)
    place = np.nan_to_num(columns["place"])
    # One whole number sorts far faster than two columns; the halves of places are whole when doubled.
    key = (group + 1) * (2 * int(place.max(initial=0)) + 2) - np.rint(2 * place).astype(np.int64)
    key[~counts] = np.iinfo(np.int64).max
    order = np.argsort(key)[: np.count_nonzero(counts)]
    same = np.diff(key[order]) == 0
    if same.any():
        tied = np.append(same, False) | np.insert(same, 0, False)
        # Among equals by every other figure: the order of adding up shows in the last digits of a sum.
        few = order[tied]
        rest = [columns[name][few] for name in ("share", "score", "population", "people", "rank")]
        order[tied] = few[np.lexsort((*rest, -place[few], key[few]))]
    return order


def _numbers(column: pd.Series) -> Numbers:
    return column.to_numpy(dtype=float, na_value=np.nan)


def _local_concentration(rows: _Rows, weight: Numbers) -> Numbers:
    """The mean place of the most deprived tenth of each group's people; the last LSOA counts in part."""
    # One group's gaps must not run on into the next: they are put back at the end.
    known = np.where(np.isnan(weight), 0.0, weight)
    wanted = rows.spread(CONCENTRATED * rows.total(known))
    up_to = np.cumsum(known)
    before_group = rows.spread(up_to[rows.starts] - known[rows.starts]) if len(known) else up_to
    before = up_to - known - before_group
    part = np.clip(wanted - before, 0.0, known)
    with np.errstate(invalid="ignore"):
        mean = rows.total(np.where(part > 0, part * rows.place, 0.0)) / rows.total(part)
    is_known = ~np.isnan(rows.total(weight) + rows.total(rows.place))
    return np.where(is_known, mean, np.nan)


def _reasons(rows: _Rows, *, index: str) -> list[str]:
    """For each group what is not held, and what it leaves without a figure."""
    people = "working-age population" if index in WEIGHED_BY else "population"
    gaps = {
        "No average score: the score": rows.score,
        "No average rank, extent or local concentration: the rank in England": rows.rank,
        "No proportion: the decile": rows.first,
        f"No figure weighed by people: the {people}": rows.people,
        "No population: it": np.where(np.isnan(rows.people), 0.0, rows.population),
    }
    reasons = np.full(len(rows.sizes), "", dtype=object)
    for words, values in gaps.items():
        if not (missing := np.isnan(values)).any():
            continue
        n_missing = rows.total(missing.astype(float))
        alone, whole = rows.sizes == 1, n_missing == rows.sizes
        reasons[whole & alone] += f" {words} is not known."
        reasons[whole & ~alone] += f" {words} is not known of any of its LSOAs."
        for at in np.flatnonzero((n_missing > 0) & ~whole):
            reasons[at] += f" {words} is not known of {n_missing[at]:.0f} of its {rows.sizes[at]:,} LSOAs."
    return [reason.lstrip() for reason in reasons]
