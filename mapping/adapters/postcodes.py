"""Postcodes as Ordnance Survey and ONS publish them."""

from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pandas as pd

from mapping.errors import SourceMissingError

NO_POSITION: Final = 90
CODE_POINT: Final = (
    "postcode", "quality", "easting", "northing", "country",
    "region", "health", "county", "lad24cd", "wd24cd",
)  # fmt: skip
WARD_SHEETS: Final = ("DIW", "UTW", "LBW", "MTW")


def read_code_point_open(path: Path) -> pd.DataFrame:
    """Live postcodes of Great Britain with a position.

    Columns `postcode` (one blank before the last three characters), `easting`, `northing`
    (EPSG:27700, metres), `wd24cd`, `lad24cd`; by postcode. Rows without a position are left out.
    Source: Ordnance Survey, Code-Point Open (zip of CSV without headings); OGL v3.
    Raises SourceMissingError.
    """
    try:
        with ZipFile(path) as archive:
            members = [
                name for name in archive.namelist() if name.startswith("Data/CSV/") and name[-4:] == ".csv"
            ]
            tables = [_read_area(archive, member) for member in sorted(members)]
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No Code-Point Open at {path}. Install requirements-build.txt.") from exc
    every = pd.concat(tables, ignore_index=True)
    placed = every[every["quality"] != NO_POSITION]
    columns = ["postcode", "easting", "northing", "wd24cd", "lad24cd"]
    return placed[columns].sort_values("postcode", ignore_index=True)


def _read_area(archive: ZipFile, member: str) -> pd.DataFrame:
    with archive.open(member) as file:
        table = pd.read_csv(file, header=None, names=list(CODE_POINT), dtype={"wd24cd": str, "lad24cd": str})
    spaceless = table["postcode"].str.replace(" ", "")
    return table.assign(postcode=spaceless.str[:-3] + " " + spaceless.str[-3:])


def read_ward_names(path: Path) -> pd.DataFrame:
    """Wards in force when Code-Point Open was made: `wd24cd, wd24nm`, by code.

    Source: its code list (a workbook inside the zip); the word "Ward" is left off the names.
    """
    with ZipFile(path) as archive, archive.open("Doc/Codelist.xlsx") as file:
        sheets = pd.read_excel(file, sheet_name=list(WARD_SHEETS), header=None, names=["wd24nm", "wd24cd"])
    names = pd.concat(sheets.values(), ignore_index=True)
    names["wd24nm"] = names["wd24nm"].str.replace(r"(?: Ward)?(?: \(B\)| \(DET\))*$", "", regex=True)
    return names[["wd24cd", "wd24nm"]].drop_duplicates("wd24cd").sort_values("wd24cd", ignore_index=True)


def read_postcode_lookup(path: Path) -> pd.DataFrame:
    """Every postcode of England and Wales, live or terminated, with its 2011 areas.

    Columns `postcode, is_small_user, terminated` (YYYY-MM, NA while live), `oa11cd, lsoa11cd,
    lad24cd`; by postcode. Source: ONS, Postcode to OA to LSOA to MSOA to LAD (May 2022) best-fit
    lookup; OGL v3. Raises SourceMissingError.
    """
    wanted = ["pcds", "doterm", "usertype", "oa11cd", "lsoa11cd", "ladcd"]
    try:
        every = pd.read_csv(path, usecols=wanted, dtype=str, encoding="utf-8")
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No postcode lookup at {path}. Install requirements-build.txt.") from exc
    mine = every[every["oa11cd"].str.match("[EW]00", na=False)]
    table = pd.DataFrame(
        {
            "postcode": mine["pcds"],
            "is_small_user": mine["usertype"] == "0",
            "terminated": mine["doterm"].str[:4] + "-" + mine["doterm"].str[4:],
            "oa11cd": mine["oa11cd"],
            "lsoa11cd": mine["lsoa11cd"],
            "lad24cd": mine["ladcd"],
        }
    )
    return table.sort_values("postcode", ignore_index=True)


def output_area_positions(lookup: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Middle of the live postcodes of each output area: index `oa11cd`, `easting`, `northing` (m).

    The median is taken, so that one far-off postcode does not drag it away.
    """
    live = lookup.merge(positions[["postcode", "easting", "northing"]], on="postcode")
    middle = live.groupby("oa11cd")[["easting", "northing"]].median()
    return middle.floordiv(1).astype("int64")
