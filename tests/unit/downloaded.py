"""A table with every trouble, made into a file and read back."""

import datetime
from io import BytesIO

import geopandas as gpd
import pandas as pd

from mapping.render import download
from mapping.sources import Card

DATE = datetime.date(2026, 11, 22)
LINK = "https://atlas.example/?council=Oxford&q=co-op"


def card(**changed: object) -> Card:
    fields = {"table": "t.parquet", "title": "A list", "publisher": "A council", "vintage": "2025"}
    fields |= {"licence": "OGL-UK-3.0", "attribution": "Contains facts of a council.", "source": "Its page"}
    fields |= {"made": "By hand.", "pages": (), "rows": 1, "columns": (), "checks": (), "sha256": ""}
    return Card(**(fields | changed))


def about(**changed: object) -> download.About:
    fields = {"title": "Places in Oxford", "filters": (("Council", "Oxford"), ("Search", "=1+1"))}
    fields |= {"edition": "English Indices of Deprivation 2025", "date": DATE, "link": LINK}
    other = card(title="Another", licence="ODC-By-1.0", attribution="Contains open data.")
    fields |= {"sources": (card(), other, card()), "notes": ("No record is not none.",)}
    return download.About(**(fields | changed))


NAMES = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "${alert(1)}",
    "back`tick \\ slash",
    "</script><b>",
    '=HYPERLINK("http://x.example","Co-op")',
    "=1+1",
    "@SUM(1)",
    "-1+1",
    "\t=1",
    "+44 20 7946 0000",
    "007",
    "two\nlines",
    "right\u202eleft",
    "'; DROP TABLE places; --",
    "../../x",
    'Café ☕, "quoted"',
    "_x0041_",
    "javascript:alert(1)",
]


def made(table: pd.DataFrame, file_format: str, columns: list[str] | None = None, **changed: object) -> bytes:
    chosen = columns or [column for column in table.columns if column != "geometry"]
    return download.download_file(table, about=about(**changed), columns=chosen, file_format=file_format)


def read(body: bytes, file_format: str, layer: str, tmp_path) -> pd.DataFrame:
    """The file as its reader would open it, with nothing but the library they use."""
    if file_format == "csv":
        return pd.read_csv(BytesIO(body), dtype={"name": str, "code": str})
    if file_format == "xlsx":
        return pd.read_excel(BytesIO(body), sheet_name=0, dtype={"name": str, "code": str})
    path = tmp_path / f"download.{file_format}"
    path.write_bytes(body)
    return gpd.read_file(path, layer=layer if file_format == "gpkg" else None)
