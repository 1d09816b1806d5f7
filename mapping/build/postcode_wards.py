"""Wards of postcodes: as published, where they are wards of the edition's vintage."""

import pandas as pd

from mapping import schemas


def of_vintage(published: pd.DataFrame, fit: pd.DataFrame) -> "pd.Series[str]":
    """The published ward of each postcode, NA where it is not one of the vintage of `fit`; on its index.

    `published` has `wd24cd, lad24cd`, of a later date than the vintage; `fit` is `schemas.BestFit`. A council
    whose wards of the vintage are all still in use has not been given new ones: there a ward that `fit` does
    not name is one that no LSOA is best-fitted to. Elsewhere only the wards that `fit` names count.
    """
    in_use = set(published["wd24cd"].dropna())
    renewed = set(fit.loc[~fit["ward_code"].isin(in_use), "lad24cd"])
    is_known = published["wd24cd"].isin(fit["ward_code"])
    is_kept = published["lad24cd"].isin(fit["lad24cd"]) & ~published["lad24cd"].isin(renewed)
    return published["wd24cd"].where(is_known | is_kept)


def usual(live: pd.DataFrame, *, by: str) -> "pd.Series[str]":
    """The most common ward of the postcodes of each `by`; of equals the lowest code."""
    n = live.dropna(subset=["wd24cd", by]).groupby([by, "wd24cd"]).size().rename("n").reset_index()
    ordered = n.sort_values([by, "n", "wd24cd"], ascending=[True, False, True])
    return ordered.drop_duplicates(by).set_index(by)["wd24cd"]


def ward_table(live: pd.DataFrame, names: pd.DataFrame, fit: pd.DataFrame) -> pd.DataFrame:
    """Every ward that holds one of the `live` postcodes, meeting `schemas.Wards`, by code.

    `names` (`wd24cd, wd24nm`) name the wards that `fit` (`schemas.BestFit`) lacks.
    """
    table = live.groupby("wd24cd").agg(lad24cd=("lad24cd", "first"), n_postcodes=("postcode", "size"))
    fitted = fit.groupby("ward_code").agg(n_lsoas=("lsoa_code", "size"), name=("ward_name", "first"))
    table = table.join(fitted).join(names.set_index("wd24cd")["wd24nm"])
    # The lookup's spelling is the official one; the postcode code list names the wards it lacks.
    table["wd24nm"] = table["name"].fillna(table["wd24nm"])
    table["n_lsoas"] = table["n_lsoas"].fillna(0)
    columns = list(schemas.Wards.to_schema().columns)
    return schemas.conform(schemas.Wards, table.reset_index()[columns], source="ward names")
