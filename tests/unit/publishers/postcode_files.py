"""Code-Point Open and ONS's postcode files, in their publishers' forms, from the pilot's own postcodes."""

import csv
import io
import zipfile
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from pyproj import Transformer

from tests.unit.publishers import headings

PILOT = Path(__file__).resolve().parents[3] / "data" / "pilot"
AREAS = {"DIW": "E05", "UTW": "E05", "LBW": "E05", "MTW": "E05"}
LICENCE = """ORDNANCE SURVEY DATA LICENCE\r
\r
Your use of data is subject to terms at www.ordnancesurvey.co.uk/opendata/licence.\r
\r
Contains Ordnance Survey data © Crown copyright and database right 2025.\r
\r
Contains Royal Mail data © Royal Mail copyright and database right 2025.\r
Contains National Statistics data © Crown copyright and database right 2025.\r
"""


def pilot_postcodes() -> pd.DataFrame:
    """The postcodes that ship with the project: four councils and 3 km around."""
    return pd.read_parquet(PILOT / "postcodes.parquet")


def write_code_point_open(to: Path, postcodes: pd.DataFrame, *, wards: pd.DataFrame) -> Path:
    """`to`, the zip of Ordnance Survey with the live, placed rows of `postcodes` (`schemas.Postcodes`).

    `wards` (`wd24cd, wd24nm`) fills the code list.
    """
    live = postcodes[postcodes["is_live"] & (postcodes["position"] == "postcode")].sort_values("postcode")
    area = live["postcode"].str.extract(r"^([A-Z]{1,2})")[0].str.lower()
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in live.groupby(area):
            archive.writestr(f"Data/CSV/{name}.csv", _code_point_rows(rows))
        columns = "PC,PQ,EA,NO,CY,RH,LH,CC,DC,WC\r\nPostcode,Positional_quality_indicator,Eastings,Northings,"
        archive.writestr("Doc/Code-Point_Open_Column_Headers.csv", columns + "…\r\n")
        archive.writestr("Doc/Codelist.xlsx", _code_list(wards))
        archive.writestr("Doc/licence.txt", LICENCE.encode("latin-1"))
        archive.writestr("Doc/metadata.txt", _metadata(area.value_counts().sort_index()))
        archive.writestr("Doc/readme.txt", "Code-Point Open\r\n")
    return to


def _code_point_rows(rows: pd.DataFrame) -> str:
    table = pd.DataFrame({"PC": rows["postcode"], "PQ": 10, "EA": rows["easting"], "NO": rows["northing"]})
    table = table.assign(CY="E92000001", RH="E19000002", LH="E18000009", CC="", DC=rows["lad24cd"])
    table["WC"] = rows["wd24cd"].fillna("")
    quoted = csv.QUOTE_NONNUMERIC
    return table.to_csv(index=False, header=False, quoting=quoted, lineterminator="\r\n")


def _code_list(wards: pd.DataFrame) -> bytes:
    book = Workbook()
    book.active.title = "AREA_CODES"
    for sheet in ("DIW", "UTW", "LBW", "MTW"):
        page = book.create_sheet(sheet)
        # No headings, and "Ward" after each name, as the publisher has it.
        for code, name in wards[["wd24cd", "wd24nm"]].itertuples(index=False):
            page.append([f"{name} Ward", code])
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _metadata(counts: pd.Series) -> str:
    head = ["ORDNANCE SURVEY", "PRODUCT: OS CODE-POINT_03.02", "DATASET VERSION NUMBER: 2025.2.0"]
    dates = ["COPYRIGHT DATE: 20250422", "RM UPDATE DATE: 20250417"]
    areas = [f"{area.upper():>8}\t{count}" for area, count in counts.items()]
    return "\r\n".join([*head, *dates, *areas]) + "\r\n"


def directory_rows(postcodes: pd.DataFrame, *, changes: pd.DataFrame | None = None) -> pd.DataFrame:
    """What ONS's directory would say of `postcodes` (`schemas.Postcodes`), under our own names.

    The pilot holds no output areas: they are made up, one for each LSOA. Where it holds no LSOA of
    2021, the first child in `changes` (`lsoa11cd, lsoa21cd`) stands in.
    """
    rows = postcodes.sort_values("postcode", ignore_index=True)
    if changes is not None:
        first = changes.sort_values("lsoa21cd").drop_duplicates("lsoa11cd").set_index("lsoa11cd")["lsoa21cd"]
        rows["lsoa21cd"] = rows["lsoa21cd"].fillna(rows["lsoa11cd"].map(first))
    rows["lsoa21cd"] = rows["lsoa21cd"].fillna("")
    ended = rows["terminated"].str.replace("-", "").fillna("").where(~rows["is_live"], "")
    return rows.assign(
        oa11cd="E00" + rows["lsoa11cd"].str[3:],
        oa21cd=("E00" + rows["lsoa21cd"].str[3:]).where(rows["lsoa21cd"] != "", ""),
        doterm=ended,
        usertype=rows["is_small_user"].fillna(True).map({True: "0", False: "1"}),
        pcd7=rows["postcode"].str[:-4].str.ljust(4) + rows["postcode"].str[-3:],
        pcd8=rows["postcode"].str[:-4].str.ljust(4) + " " + rows["postcode"].str[-3:],
    )


def write_onspd(to: Path, rows: pd.DataFrame, *, is_renamed: bool = False) -> Path:
    """`to`, the zip of the ONS Postcode Directory with `rows` (`directory_rows`).

    `is_renamed` writes the column names of November 2025, else those of May 2025.
    """
    names = (headings.ONSPD_RENAMED if is_renamed else headings.ONSPD).split(",")
    held = _onspd_columns(rows, is_renamed=is_renamed)
    table = pd.DataFrame({name: held.get(name, "") for name in names}, index=rows.index)
    text = table.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    stem = "ONSPD_NOV_2025_UK" if is_renamed else "ONSPD_MAY_2025_UK"
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(f"Data/{stem}.csv", text)
        area = rows["postcode"].str.extract(r"^([A-Z]{1,2})")[0]
        for name, lines in table.groupby(area):
            part = lines.to_csv(index=False, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
            archive.writestr(f"Data/multi_csv/{stem}_{name}.csv", part)
        archive.writestr("Documents/readme.txt", "ONS Postcode Directory\r\n")
    return to


def _onspd_columns(rows: pd.DataFrame, *, is_renamed: bool) -> dict[str, pd.Series]:
    to_degrees = Transformer.from_crs(27700, 4326, always_xy=True)
    longitude, latitude = to_degrees.transform(rows["easting"], rows["northing"])
    same = {"pcds": rows["postcode"], "dointr": "198001", "doterm": rows["doterm"]}
    same |= {"lat": latitude.round(6), "long": longitude.round(6)}
    old = {
        "pcd": "pcd7", "pcd2": "pcd8", "oslaua": "lad25cd", "osward": "wd25cd", "usertype": "usrtypind",
        "oseast1m": "east1m", "osnrth1m": "north1m", "osgrdind": "gridind", "ctry": "ctry25cd",
        "oa11": "oa11cd", "lsoa11": "lsoa11cd", "oa21": "oa21cd", "lsoa21": "lsoa21cd",
    }  # fmt: skip
    new = {
        "pcd7": rows["pcd7"],
        "pcd8": rows["pcd8"],
        "lad25cd": rows["lad24cd"],
        "wd25cd": rows["wd24cd"].fillna(""),
        "usrtypind": rows["usertype"],
        "east1m": rows["easting"].astype(str),
        "north1m": rows["northing"].astype(str).str.zfill(7),
        "gridind": rows["is_live"].map({True: "1", False: "8"}),
        "ctry25cd": "E92000001",
        **{name: rows[name] for name in ("oa11cd", "lsoa11cd", "oa21cd", "lsoa21cd")},
    }
    return same | (new if is_renamed else {name: new[now] for name, now in old.items()})


def write_lookup(to: Path, rows: pd.DataFrame, *, year: str) -> Path:
    """`to`, ONS's postcode to OA, LSOA, MSOA and district of census `year` (2011 or 2021), zipped."""
    names = (headings.PCD_2021 if year == "2021" else headings.PCD_2011).split(",")
    held = rows.assign(pcds=rows["postcode"], dointr="198001", ladcd=rows["lad24cd"])
    table = pd.DataFrame({name: held.get(name, "") for name in names})
    text = table.to_csv(index=False, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    stem = "PCD_OA21_LSOA21_MSOA21_LAD_MAY25_UK_LU" if year == "2021" else "PCD_OA_LSOA_MSOA_LAD_MAY22_UK_LU"
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(f"{stem}.csv", text)
    return to
