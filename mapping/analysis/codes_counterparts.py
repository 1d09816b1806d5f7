"""What an LSOA or a ward of one vintage is in the other: its counterparts, many to many.

LSOAs of 2011 were redrawn for 2021 where their population had grown or shrunk: 31,810 of England's kept code
and land, the others were split (S), merged (M) or redrawn in a way that is neither (X). Wards are redrawn at
any time, for reasons of their own.
"""

from collections.abc import Collection, Mapping
from typing import Final

import pandas as pd

from mapping.editions import EDITIONS
from mapping.errors import VintageError

CHANGED: Final = {"U": "unchanged", "S": "split", "M": "merged", "X": "complex"}
"""What the letters of the Office for National Statistics mean."""
LSOAS: Final = {edition.lsoa: f"LSOAs of 20{edition.lsoa[4:6]}" for edition in EDITIONS.values()}


def lsoa21_of(codes: "pd.Series[str]", changes: pd.DataFrame) -> pd.DataFrame:
    """The LSOAs of 2021 that have the land of each LSOA of 2011, on the index of `codes`.

    Columns `changed` (unchanged, split, merged, complex) and `counterparts` (codes of 2021, joined by "; ").
    NA where no code is given; a code that no change names is unchanged, and its own counterpart.
    `changes` is `schemas.Changes`. Raises VintageError where a code is one that only 2021 has.
    Source: Office for National Statistics, LSOA (2011) to LSOA (2021) lookup; OGL v3.
    """
    return _counterparts(codes, changes, of="lsoa11cd", to="lsoa21cd")


def lsoa11_of(codes: "pd.Series[str]", changes: pd.DataFrame) -> pd.DataFrame:
    """The LSOAs of 2011 that had the land of each LSOA of 2021: see `lsoa21_of`.

    `changed` tells what became of those of 2011: where it is "split", this area is one of the parts.
    """
    return _counterparts(codes, changes, of="lsoa21cd", to="lsoa11cd")


def lsoa_pairs(lsoas11: Collection[str], lsoas21: Collection[str], changes: pd.DataFrame) -> pd.DataFrame:
    """Every pair of an LSOA of 2011 and one of 2021 that share land: `schemas.Changes` with "U".

    A pair is there where both of its codes are among those given.
    """
    redrawn = changes[changes["lsoa11cd"].isin(lsoas11) & changes["lsoa21cd"].isin(lsoas21)]
    kept = sorted(set(lsoas11) & set(lsoas21) - set(changes["lsoa11cd"]))
    same = pd.DataFrame({"lsoa11cd": kept, "lsoa21cd": kept, "change": "U"}, dtype="str")
    pairs = pd.concat([redrawn[["lsoa11cd", "lsoa21cd", "change"]], same], ignore_index=True)
    return pairs.sort_values(["lsoa11cd", "lsoa21cd"], ignore_index=True)


def ward_counterparts(
    best_fit: Mapping[str, pd.DataFrame],
    changes: pd.DataFrame,
    *,
    edition: str,
    wards: Collection[str] | None = None,
    population: "pd.Series[int] | None" = None,
) -> pd.DataFrame:
    """The wards of the other edition that share LSOAs with each ward of `edition`: approximate, by best fit.

    One row a pair: `ward_code, other_code, other_name, n_lsoas` (of the ward's own, shared wholly or partly)
    and `share`, 0 to 1, of the ward's LSOAs, or of its residents where `population` by LSOA code is given; an
    LSOA that was split counts in equal parts. By ward, largest share first. A ward without a best-fit LSOA
    has no row, and shares sum to less than 1 where an LSOA's counterpart is not held.

    Parameters
    ----------
    best_fit : `schemas.BestFit` of both editions; changes : `schemas.Changes`.
    wards : codes of the wards asked for; all where not given.
    """
    other = next(year for year in EDITIONS if year != edition)
    mine, to = EDITIONS[edition].lsoa, EDITIONS[other].lsoa
    fit = (
        best_fit[edition] if wards is None else best_fit[edition][best_fit[edition]["ward_code"].isin(wards)]
    )
    asked = fit.assign(weight=1.0 if population is None else fit["lsoa_code"].map(population).astype(float))
    asked["total"] = asked.groupby("ward_code")["weight"].transform("sum")
    # Only what can be met, so that one ward of England is quick.
    reach = {*fit["lsoa_code"], *changes.loc[changes[mine].isin(fit["lsoa_code"]), to]}
    theirs = best_fit[other][best_fit[other]["lsoa_code"].isin(reach)]
    codes = {mine: set(fit["lsoa_code"]), to: set(theirs["lsoa_code"])}
    pairs = lsoa_pairs(codes["lsoa11cd"], codes["lsoa21cd"], changes)
    pairs = pairs[[mine, to]].rename(columns={mine: "lsoa_code", to: "other_lsoa"})
    pairs["part"] = 1 / pairs.groupby("lsoa_code")["other_lsoa"].transform("size")
    named = theirs.rename(
        columns={"lsoa_code": "other_lsoa", "ward_code": "other_code", "ward_name": "other_name"}
    )
    shared = asked[["lsoa_code", "ward_code", "weight", "total"]].merge(pairs, on="lsoa_code")
    shared = shared.merge(named[["other_lsoa", "other_code", "other_name"]], on="other_lsoa")
    shared["share"] = shared["weight"] * shared["part"] / shared["total"]
    found = shared.groupby(["ward_code", "other_code"], as_index=False).agg(
        other_name=("other_name", "first"), n_lsoas=("lsoa_code", "nunique"), share=("share", "sum")
    )
    return found.sort_values(
        ["ward_code", "share", "other_code"], ascending=[True, False, True], ignore_index=True
    )


def _counterparts(codes: "pd.Series[str]", changes: pd.DataFrame, *, of: str, to: str) -> pd.DataFrame:
    wrong = codes[codes.isin(changes[to])].dropna()
    if len(wrong):
        raise VintageError(
            f"{wrong.iloc[0]} is one of the {LSOAS[to]}, and {LSOAS[of]} were expected. "
            f"Ask the other way round, or bring codes of the {LSOAS[of]}."
        )
    redrawn = changes.sort_values(to).groupby(of).agg(letter=("change", "first"), joined=(to, "; ".join))
    letters = codes.map(redrawn["letter"]).where(codes.isin(redrawn.index), "U").mask(codes.isna())
    joined = codes.map(redrawn["joined"]).where(codes.isin(redrawn.index), codes)
    return pd.DataFrame({"changed": letters.map(CHANGED), "counterparts": joined}, index=codes.index).astype(
        "str"
    )
