"""Tables under the names of their own vintage, as they are kept."""

import pandas as pd

from mapping.editions import Edition


def deprivation(table: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """`table` (`schemas.Deprivation`) under the names of its edition's vintage."""
    kept = table.drop(columns="lad_code") if edition.district == "lad24cd" else table
    own = {"lsoa_code": edition.lsoa, "lsoa_name": _name(edition.lsoa), "lad_code": edition.district}
    return kept.rename(columns=own)


def best_fit(fit: pd.DataFrame, edition: Edition) -> pd.DataFrame:
    """`fit` (`schemas.BestFit`) under the names of its edition's vintage."""
    own = {"lsoa_code": edition.lsoa, "ward_code": edition.ward, "ward_name": _name(edition.ward)}
    return fit.rename(columns=own)


def areas(layer: pd.DataFrame, code: str) -> pd.DataFrame:
    """`layer` (`code, name, lad24cd, geometry`) with `code` as what it is a code of."""
    kept = layer.drop(columns="lad24cd") if code == "lad24cd" else layer
    return kept.rename(columns={"code": code, "name": _name(code)})


def _name(code: str) -> str:
    return f"{code.removesuffix('cd')}nm"
