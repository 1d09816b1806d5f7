"""GeoPackage: one layer in EPSG:27700, and a table `about` that says what it is."""

import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import geopandas as gpd
import pandas as pd
import pyogrio

from mapping.crs import BNG
from mapping.glossary import COLUMNS
from mapping.render.about import About, facts
from mapping.render.shape_column import shapes, subject

GEOMETRY: Final = {"places": "Point", "areas": "MultiPolygon"}


def gpkg_file(table: pd.DataFrame, about: About, columns: list[str]) -> bytes:
    """A GeoPackage of `columns` of `table`: layer `places` or `areas`, and table `about` (`key`, `value`).

    The geometry is NULL where a row has no position. The layer's description says how to attribute it.
    """
    name = subject(table)
    layer = gpd.GeoDataFrame(plain_types(pd.DataFrame(table[columns])), geometry=shapes(table), crs=BNG)
    told = facts(about) | {f"column {column}": COLUMNS.get(column, "") for column in columns}
    with TemporaryDirectory() as folder:
        path = Path(folder) / "download.gpkg"
        pyogrio.write_dataframe(
            layer,
            path,
            layer=name,
            driver="GPKG",
            geometry_type=GEOMETRY[name],
            promote_to_multi=name == "areas",
            dataset_metadata={key.upper(): value for key, value in facts(about).items() if value},
            layer_options={"IDENTIFIER": about.title, "DESCRIPTION": " ".join(about.attributions)},
        )
        rows = pd.DataFrame({"key": list(told), "value": list(told.values())}, dtype="str")
        pyogrio.write_dataframe(rows, path, layer="about", driver="GPKG", append=True)
        _date(path, about)
        return path.read_bytes()


def plain_types(rows: pd.DataFrame) -> pd.DataFrame:
    """`rows` with categories as the text they stand for."""
    categories = rows.select_dtypes("category").columns
    return rows.astype(dict.fromkeys(categories, "str"))


def _date(path: Path, about: About) -> None:
    """Put the day of `about` where GDAL put the time of writing: same input, same bytes."""
    # GDAL takes a date of ours only as a setting of the whole process, which other sessions share.
    noon = f"{about.date.isoformat()}T12:00:00.000Z"
    with closing(sqlite3.connect(path)) as store, store:
        store.execute("UPDATE gpkg_contents SET last_change = ?", (noon,))
        store.execute("UPDATE gpkg_metadata_reference SET timestamp = ?", (noon,))
