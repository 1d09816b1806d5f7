"""Postcodes as Ordnance Survey and ONS publish them."""

import re
from pathlib import Path
from typing import Final
from zipfile import ZipFile

import pandas as pd
import pyarrow as pa
from pyarrow import csv

from mapping.adapters import archives
from mapping.errors import SourceChangedError, SourceMissingError

NO_POSITION: Final = 90
CODE_POINT: Final = (
    "postcode", "quality", "easting", "northing", "country",
    "region", "health", "county", "lad24cd", "wd24cd",
)  # fmt: skip
CODE_POINT_TYPES: Final = {
    "postcode": pa.string(),
    **dict.fromkeys(("quality", "easting", "northing"), pa.int64()),
    **dict.fromkeys(("wd24cd", "lad24cd"), pa.string()),
}
"""What is read of `CODE_POINT`."""
METADATA: Final = "Doc/metadata.txt"
COUNT: Final = re.compile(r"^[ \t]*[A-Z]{1,2}[ \t]+(\d+)\s*$", re.MULTILINE)
"""A line of it: how many postcodes an area has."""
CODE_LIST: Final = "Doc/Codelist.xlsx"
WARD_SHEETS: Final = ("DIW", "UTW", "LBW", "MTW")


def read_code_point_open(path: Path) -> pd.DataFrame:
    """Live postcodes of Great Britain with a position.

    Columns `postcode` (one blank before the last three characters), `easting`, `northing`
    (EPSG:27700, metres), `wd24cd`, `lad24cd`; by postcode. Rows without a position are left out.
    Source: Ordnance Survey, Code-Point Open (zip of CSV without headings); OGL v3.
    Raises SourceMissingError, or SourceChangedError (cut short, other columns, other values, other rows than
    its papers say).
    """
    try:
        with ZipFile(path) as archive:
            said = _rows_said(archive)
            members = [
                name for name in archive.namelist() if name.startswith("Data/CSV/") and name[-4:] == ".csv"
            ]
            areas = [_read_area(archive.read(member)) for member in sorted(members)]
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No Code-Point Open at {path}. Install requirements-build.txt.") from exc
    except (pa.ArrowInvalid, *archives.DAMAGED) as exc:
        raise SourceChangedError(f"{path.name} is cut short or changed: {exc}. Fetch it again.") from exc
    every = pd.DataFrame(pa.concat_tables(areas).to_pandas())
    if said and len(every) != said:
        raise SourceChangedError(
            f"{path.name} holds {len(every):,} postcodes, and its {METADATA} says {said:,}: parts are gone. "
            "Fetch it again."
        )
    placed = every[every["quality"] != NO_POSITION]
    spaceless = placed["postcode"].str.replace(" ", "", regex=False)
    spaced = placed.assign(postcode=spaceless.str[:-3] + " " + spaceless.str[-3:])
    columns = ["postcode", "easting", "northing", "wd24cd", "lad24cd"]
    return spaced[columns].sort_values("postcode", ignore_index=True)


def _rows_said(archive: ZipFile) -> int:
    """How many postcodes the papers in a Code-Point Open count; 0 where they do not say."""
    if METADATA not in archive.namelist():
        return 0
    return sum(map(int, COUNT.findall(archive.read(METADATA).decode("latin-1"))))


def _read_area(data: bytes) -> pa.Table:
    return csv.read_csv(
        pa.py_buffer(data),
        read_options=csv.ReadOptions(column_names=list(CODE_POINT)),
        convert_options=csv.ConvertOptions(
            include_columns=list(CODE_POINT_TYPES),
            column_types=CODE_POINT_TYPES,
            null_values=[""],
            strings_can_be_null=True,
        ),
    )


def read_release(path: Path) -> str:
    """The month (YYYY-MM) that a Code-Point Open is of; blank where it does not say."""
    with ZipFile(path) as archive:
        if METADATA not in archive.namelist():
            return ""
        said = re.search(r"COPYRIGHT DATE:\s*(\d{4})(\d{2})\d{2}", archive.read(METADATA).decode("latin-1"))
    return f"{said[1]}-{said[2]}" if said else ""


def read_ward_names(path: Path) -> pd.DataFrame:
    """Wards in force when Code-Point Open was made: `wd24cd, wd24nm`, by code.

    Source: its code list (a workbook inside the zip); the word "Ward" is left off the names.
    Raises SourceChangedError (no code list, or other sheets).
    """
    try:
        with ZipFile(path) as archive, archive.open(CODE_LIST) as file:
            sheets = pd.read_excel(
                file, sheet_name=list(WARD_SHEETS), header=None, names=["wd24nm", "wd24cd"]
            )
    except (KeyError, ValueError, *archives.DAMAGED) as exc:
        raise SourceChangedError(
            f"{path.name}: the names of wards cannot be read from its {CODE_LIST}, sheets "
            f"{', '.join(WARD_SHEETS)}: {exc}. Fetch or copy Code-Point Open again."
        ) from exc
    names = pd.concat(sheets.values(), ignore_index=True)
    names["wd24nm"] = names["wd24nm"].str.replace(r"(?: Ward)?(?: \(B\)| \(DET\))*$", "", regex=True)
    return names[["wd24cd", "wd24nm"]].drop_duplicates("wd24cd").sort_values("wd24cd", ignore_index=True)


def read_postcode_lookup(path: Path) -> pd.DataFrame:
    """Every postcode of England and Wales, live or terminated, with its 2011 areas.

    Columns `postcode, is_small_user, terminated` (YYYY-MM, NA while live), `oa_code, lsoa11cd,
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
            "oa_code": mine["oa11cd"],
            "lsoa11cd": mine["lsoa11cd"],
            "lad24cd": mine["ladcd"],
        }
    )
    return table.sort_values("postcode", ignore_index=True)


def output_area_positions(lookup: pd.DataFrame, positions: pd.DataFrame) -> pd.DataFrame:
    """Middle of the live postcodes of each output area: index `oa_code`, `easting`, `northing` (m).

    The median is taken, so that one far-off postcode does not drag it away.
    """
    of_areas = lookup[["postcode", "oa_code"]]
    live = of_areas.merge(positions[["postcode", "easting", "northing"]], on="postcode")
    middle = live.groupby("oa_code")[["easting", "northing"]].median()
    return middle.floordiv(1).astype("int64")
