"""ONS's postcode directories and lookups, and the population-weighted centroids of LSOAs."""

from typing import Final

import numpy as np
import pandas as pd
import pyproj
import shapely

from mapping.adapters import headings, shapes
from mapping.adapters.columns import read_columns
from mapping.adapters.faults import N_LSOAS, OTHERS, Faults
from mapping.adapters.recognise import Recognised
from mapping.bounds import BRITAIN_DEGREES, BRITAIN_METRES
from mapping.crs import BNG, WGS84
from mapping.schemas import DISTRICT, LSOA, POSTCODE

OUTPUT_AREA: Final = r"^E00\d{6}$"
ENGLAND: Final = "^E0"
NONE: Final = "99999999"
MOST: Final = 5_000_000
MOST_ODD: Final = 0.001
MONTH: Final = r"^(?:19|20)\d\d(?:0[1-9]|1[0-2])$"
COLUMNS: Final = (
    "postcode", "is_small_user", "terminated", "oa_code",
    "lsoa11cd", "lsoa21cd", "lad_code", "easting", "northing",
)  # fmt: skip


def read_postcode_lookup(found: Recognised) -> pd.DataFrame:
    """Every postcode of England in an ONS directory or lookup, live or terminated, by postcode.

    Columns `postcode` (one blank before the last three characters), `is_small_user`, `terminated` (YYYY-MM,
    NA while live), `oa_code` (of 2021 where the file has it, else of 2011), `lsoa11cd`, `lsoa21cd`,
    `lad_code` (of the file's own date), `easting`, `northing` (EPSG:27700, whole metres). All are there; NA
    where the file has none. Key `postcode`. Wales, Scotland and Northern Ireland are left out.

    Source: ONS Postcode Directory, National Statistics Postcode Lookup, or Postcode to OA to LSOA to MSOA to
    LAD lookup; OGL v3 with the sentences of Ordnance Survey and Royal Mail.
    Raises SourceMissingError, or SourceChangedError (damaged, malformed, a postcode that is there twice).
    """
    read = read_columns(found, headings.POSTCODES, only=("lad_code", ENGLAND))
    read["postcode"], is_odd = _postcodes(read["postcode"])
    # ONS lists a few that no address has, such as GIR 0AA, once Girobank's.
    odd, read = read[is_odd], read[~is_odd].sort_values("postcode", ignore_index=True)
    faults = Faults(found.path, rows=read["postcode"])
    if len(odd) > MOST_ODD * len(is_odd):
        faults.say(f"{len(odd):,} of {len(is_odd):,} postcodes are none, such as {odd['postcode'].iloc[0]!r}")
    faults.count(len(read), MOST, what="postcodes in England at most")
    faults.repeated(read["postcode"], column="postcode")
    faults.malformed(read["lad_code"], DISTRICT, column="lad_code")
    table = pd.DataFrame({column: _column(read, column, faults) for column in COLUMNS})
    faults.raise_if_any()
    return table


def _postcodes(written: pd.Series) -> tuple[pd.Series, pd.Series]:
    """The same with one blank before the last three characters, and which are no postcodes."""
    is_odd = ~written.str.fullmatch(POSTCODE)
    spaceless = written[is_odd].str.replace(" ", "", regex=False)
    written = written.mask(is_odd, spaceless.str[:-3] + " " + spaceless.str[-3:])
    is_odd[is_odd] = ~written[is_odd].str.fullmatch(POSTCODE)
    return written, is_odd


def _column(read: pd.DataFrame, column: str, faults: Faults) -> pd.Series:
    """One column of the lookup as it is given away; faults in it are noted."""
    if column in ("postcode", "lad_code"):
        return read[column]
    if column == "oa_code":
        newest = "oa21cd" if "oa21cd" in read else "oa11cd"
        return _optional(read, newest, OUTPUT_AREA, faults)
    if column == "is_small_user":
        values = read[column]
        faults.where(~values.isin(["0", "1", ""]), values, column=column, reason="neither 0 nor 1")
        return (values == "0").astype("boolean").mask(values == "")
    if column == "terminated":
        months = _optional(read, column, MONTH, faults)
        return months.str[:4] + "-" + months.str[4:]
    if column in ("easting", "northing"):
        return _metres(read, column, faults)
    return _optional(read, column, LSOA, faults)


def _optional(read: pd.DataFrame, column: str, pattern: str, faults: Faults) -> pd.Series:
    """A column that need not be there, and cells that need not be filled: NA then."""
    if column not in read:
        return pd.Series(pd.NA, index=read.index, dtype="str")
    values = read[column]
    # ONS writes E99999999 where there is none.
    values = values.mask((values == "") | values.str.endswith(NONE))
    known = pd.Series(values.dropna().unique(), dtype="str")
    malformed = known[~known.str.fullmatch(pattern)]
    if len(malformed):
        faults.where(values.isin(malformed), values, column=column, reason="malformed")
    return values


def _metres(read: pd.DataFrame, column: str, faults: Faults) -> pd.Series:
    if column not in read:
        return pd.Series(pd.NA, index=read.index, dtype="Int64")
    values = read[column]
    numbers = pd.to_numeric(values, errors="coerce")
    faults.where(numbers.isna() & (values != ""), values, column=column, reason="not a number")
    return numbers.round().astype("Int64")


def read_centroids(found: Recognised) -> pd.DataFrame:
    """Population-weighted centroids of the LSOAs of England: `lsoa_code, easting, northing`, by code.

    Metres in EPSG:27700, to the millimetre. Never NA. A table has `x` and `y` and does not say in which CRS:
    no pair of degrees is on the National Grid, so its numbers tell. Points of a GeoJSON are as it says.

    Source: ONS, LSOA population weighted centroids; OGL v3.
    Raises SourceMissingError; SourceChangedError (damaged; codes malformed or there twice; positions that are
    not in Great Britain); UnusableFileError where the CRS is another or contradicts the numbers.
    """
    lsoa = {"lsoa_code": headings.CENTROIDS["lsoa_code"]}
    if found.form.startswith("Geo"):
        points = shapes.read_shapes(found, lsoa)
        middle = shapely.centroid(points.geometry.to_numpy())
        read = pd.DataFrame(
            {"lsoa_code": points["lsoa_code"], "x": shapely.get_x(middle), "y": shapely.get_y(middle)}
        )
    else:
        read = read_columns(found, headings.CENTROIDS).rename(columns={"easting": "x", "northing": "y"})
    mine = read[~read["lsoa_code"].str.startswith(OTHERS)].sort_values("lsoa_code", ignore_index=True)
    faults = Faults(found.path, rows=mine["lsoa_code"])
    faults.malformed(mine["lsoa_code"], LSOA, column="lsoa_code")
    faults.repeated(mine["lsoa_code"], column="lsoa_code")
    faults.count(len(mine), N_LSOAS[found.vintage], what="LSOAs in England")
    x, y = (faults.numbers(mine[column], column=column).to_numpy() for column in ("x", "y"))
    if len(x) and BRITAIN_DEGREES.holds(x, y).all():
        x, y = pyproj.Transformer.from_crs(WGS84, BNG, always_xy=True).transform(x, y)
    outside = ~BRITAIN_METRES.holds(x, y)
    faults.where(outside, mine["x"].astype("str"), column="x, y", reason="not in Great Britain")
    faults.raise_if_any()
    return pd.DataFrame(
        {"lsoa_code": mine["lsoa_code"], "easting": np.round(x, 3), "northing": np.round(y, 3)}
    )
