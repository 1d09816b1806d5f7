"""One area and its counterparts in both editions, side by side and never subtracted."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from mapping.analysis import summarise
from mapping.analysis.codes_counterparts import lsoa11_of, lsoa21_of, ward_counterparts
from mapping.editions import EDITIONS

UNKNOWN: Final = "unknown"
"""What became of an LSOA, where neither a change nor the same code in the other edition is held."""
COLUMNS: Final = ["edition", "code", "name", "rank", "decile", "n_lsoas", "share", "why"]


@dataclass(frozen=True, kw_only=True)
class SideBySide:
    """What both editions say of one area."""

    areas: pd.DataFrame
    """The area and its counterparts, older edition first, then largest share: `edition, code, name, rank,
    decile, n_lsoas` (best-fit ones of a ward; NA for an LSOA), `share` (0 to 1 of the area; NA for an LSOA
    and for the area itself) and `why` it has no figure. `rank` and `decile` are NA where none is held."""
    changed: str
    """unchanged, split, merged or complex for an LSOA, `unknown` where that is not held; blank for a ward."""
    kin: Mapping[str, tuple[str, ...]]
    """By edition, the codes that the change of an LSOA is about, siblings too; empty for a ward."""


def lsoa_side_by_side(
    code: str, *, edition: str, figures: Mapping[str, pd.DataFrame], changes: pd.DataFrame
) -> SideBySide:
    """An LSOA of `edition` and those of the other that share its land.

    `figures` is `summarise.lsoa_figures` of one index, by edition held; `changes` is `schemas.Changes`.
    Raises VintageError where the code is one of the other edition's only.
    """
    other = other_edition(edition)
    there, back = (lsoa21_of, lsoa11_of) if edition == "2019" else (lsoa11_of, lsoa21_of)
    found = there(pd.Series([code]), changes).iloc[0]
    codes = found["counterparts"].split("; ")
    siblings = back(pd.Series(codes), changes)["counterparts"].str.split("; ").explode()
    changed = str(found["changed"])
    theirs = figures.get(other, figures[edition].iloc[:0])
    if changed == "unchanged" and code not in set(theirs["code"]):
        changed, codes = UNKNOWN, []
    chosen = _rows(figures[edition], [code], edition=edition)
    return SideBySide(
        areas=_ordered(chosen, _rows(theirs, codes, edition=other)),
        changed=changed,
        kin={edition: tuple(sorted(set(siblings))), other: tuple(codes)},
    )


def ward_side_by_side(
    code: str,
    *,
    edition: str,
    figures: Mapping[str, pd.DataFrame],
    best_fit: Mapping[str, pd.DataFrame],
    changes: pd.DataFrame,
    wards: pd.DataFrame,
) -> SideBySide:
    """A ward of `edition` and those of the other that share its LSOAs: approximate, by best fit.

    Parameters as in `lsoa_side_by_side`; `best_fit` is `schemas.BestFit` by edition, `wards` are
    `schemas.Wards`.
    """
    found = wards_side_by_side(
        [code], edition=edition, figures=figures, best_fit=best_fit, changes=changes, wards=wards
    )
    return found[code]


def wards_side_by_side(
    codes: Collection[str],
    *,
    edition: str,
    figures: Mapping[str, pd.DataFrame],
    best_fit: Mapping[str, pd.DataFrame],
    changes: pd.DataFrame,
    wards: pd.DataFrame,
) -> dict[str, SideBySide]:
    """`ward_side_by_side` of each of `codes`, sooner than one by one."""
    other = other_edition(edition)
    lsoas = figures[edition]
    mine = lsoas[lsoas["ward_code"].isin(codes)]
    both = {other: best_fit[edition].iloc[:0]} | dict(best_fit)
    pairs = ward_counterparts(both, changes, edition=edition, wards=codes, population=_weights(mine))
    named = wards[wards["wd24cd"].isin(codes)] if EDITIONS[edition].ward == "wd24cd" else None
    chosen = summarise.ward_figures(mine, edition=EDITIONS[edition])
    if named is not None:
        own = named.rename(columns={"wd24cd": "code", "wd24nm": "name"}).assign(n_lsoas=0)
        own = own[~own["code"].isin(chosen["code"])].assign(why=summarise.NO_LSOA)
        chosen = pd.concat([chosen, own[["code", "name", "n_lsoas", "why"]]]) if len(own) else chosen
    theirs = figures.get(other, lsoas.iloc[:0])
    theirs = theirs[theirs["ward_code"].isin(pairs["other_code"])]
    others = summarise.ward_figures(theirs, edition=EDITIONS[other])
    return {code: _ward_side(code, chosen, others, pairs, edition=edition) for code in codes}


def _weights(lsoas: pd.DataFrame) -> "pd.Series[Any]":
    """Residents by LSOA; of a ward where they are not known of all, each of its LSOAs counts as one."""
    people = lsoas["population"].astype("Float64")
    is_missing = people.isna().groupby(lsoas["ward_code"]).transform("any")
    return pd.Series(people.mask(is_missing, 1.0).to_numpy(float), index=pd.Index(lsoas["code"]))


def _ward_side(
    code: str, chosen: pd.DataFrame, others: pd.DataFrame, pairs: pd.DataFrame, *, edition: str
) -> SideBySide:
    own = pairs[pairs["ward_code"] == code]
    rows = _rows(others, own["other_code"].tolist(), edition=other_edition(edition))
    rows["name"] = rows["name"].fillna(rows["code"].map(own.set_index("other_code")["other_name"]))
    rows["share"] = own["share"].to_numpy()
    return SideBySide(areas=_ordered(_rows(chosen, [code], edition=edition), rows), changed="", kin={})


def other_edition(edition: str) -> str:
    """The edition that `edition` stands beside."""
    return next(year for year in EDITIONS if year != edition)


def _rows(figures: pd.DataFrame, codes: list[str], *, edition: str) -> pd.DataFrame:
    """`COLUMNS` of each of `codes`, NA where `figures` has none."""
    found = figures.set_index("code").reindex(codes).rename_axis("code").reset_index()
    rows = found.assign(edition=edition).reindex(columns=COLUMNS)
    return rows.assign(why=rows["why"].where(rows["why"] != ""))


def _ordered(*rows: pd.DataFrame) -> pd.DataFrame:
    """All rows, older edition first, else in the order given."""
    kept = sorted((each for each in rows if len(each)), key=lambda each: str(each["edition"].iloc[0]))
    types = {"rank": "Float64", "decile": "Int64", "n_lsoas": "Int64", "share": "Float64", "why": "str"}
    return pd.concat([each.astype(types) for each in kept], ignore_index=True)
