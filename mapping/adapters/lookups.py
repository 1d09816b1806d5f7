"""ONS's lookups between areas: LSOAs of 2011 and 2021, and the wards that LSOAs are best-fitted to."""

from typing import Final

import pandas as pd

from mapping.adapters import headings
from mapping.adapters.columns import read_columns
from mapping.adapters.faults import N_LSOAS, Faults
from mapping.adapters.recognise import Recognised
from mapping.schemas import CHANGES, DISTRICT, LSOA, WARD

ENGLAND: Final = "^[^WSN]"
"""Not of Wales, Scotland or Northern Ireland: a malformed code is to be seen, not passed over."""


def read_changes(found: Recognised) -> pd.DataFrame:
    """Pairs of LSOAs of 2011 and 2021 in England: `lsoa11cd, lsoa21cd, change`, by both codes.

    One row a pair; `change` is U unchanged, S split, M merged, X complex. Never NA.
    Source: ONS, LSOA (2011) to LSOA (2021) exact fit lookup; OGL v3.
    Raises SourceMissingError, or SourceChangedError (damaged, malformed codes, a pair that is there twice).
    """
    pairs = read_columns(found, headings.CHANGES, only=("lsoa21cd", ENGLAND))
    pairs = pairs.sort_values(["lsoa11cd", "lsoa21cd"], ignore_index=True)
    faults = Faults(found.path, rows=pairs["lsoa11cd"])
    for code in ("lsoa11cd", "lsoa21cd"):
        faults.malformed(pairs[code], LSOA, column=code)
    faults.where(~pairs["change"].isin(CHANGES), pairs["change"], column="change", reason="not U, S, M or X")
    faults.where(
        pairs.duplicated(["lsoa11cd", "lsoa21cd"]), pairs["lsoa21cd"], column="pair", reason="there twice"
    )
    faults.count(pairs["lsoa21cd"].nunique(), N_LSOAS["lsoa21cd"], what="LSOAs of 2021 in England")
    faults.raise_if_any()
    return pairs


def read_best_fit(found: Recognised) -> pd.DataFrame:
    """LSOAs of England and their wards: `lsoa_code, ward_code, ward_name, lad_code, lad_name`, by LSOA.

    One row an LSOA; codes are of the vintages in the file's headings. Never NA.
    Source: ONS, LSOA to ward to local authority district best fit lookup; OGL v3.
    Raises SourceMissingError, or SourceChangedError (damaged, malformed codes, an LSOA that is there twice).
    """
    fitted = read_columns(found, headings.BEST_FIT, only=("lsoa_code", ENGLAND))
    fitted = fitted.sort_values("lsoa_code", ignore_index=True)
    faults = Faults(found.path, rows=fitted["lsoa_code"])
    for code, pattern in (("lsoa_code", LSOA), ("ward_code", WARD), ("lad_code", DISTRICT)):
        faults.malformed(fitted[code], pattern, column=code)
    faults.repeated(fitted["lsoa_code"], column="lsoa_code")
    for name in ("ward_name", "lad_name"):
        faults.where(fitted[name].str.strip() == "", fitted[name], column=name, reason="empty")
    faults.count(len(fitted), max(N_LSOAS.values()), what="LSOAs in England")
    faults.raise_if_any()
    return fitted
