"""A file somebody brought, as rows that say where they are, and the tables they are placed with."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapping.adapters.columnar import is_columnar, read_columnar
from mapping.adapters.geojson import read_points
from mapping.adapters.kinds import kind_of
from mapping.adapters.spreadsheet import TableFile, read_bytes, table_from_bytes
from mapping.analysis import headings, postcode
from mapping.analysis.coordinates import Positions, position_columns, positions
from mapping.analysis.gazetteer import Gazetteer, gazetteer
from mapping.analysis.place import typed_postcodes
from mapping.atlas import Atlas
from mapping.schemas import BestFit
from mapping.tables import form_of

MANY: Final = 100_000
"""A file of more rows is likely to name most postcodes of England: all are read then."""
EDGE_M: Final = 1_000
"""Districts are drawn so roughly that what they hold may lie this far outside."""


@dataclass(frozen=True, kw_only=True)
class Brought:
    """The rows of a file, what says where they are, and what reading them found."""

    rows: pd.DataFrame
    numbers: pd.Index
    form: str
    postcode_column: str | None
    positions: Positions | None
    issues: pd.DataFrame
    n_left_out: int = 0


def read_file(path: Path, *, postcode_column: str | None = None, crs: str | None = None) -> Brought:
    """The rows of the file at `path`. Raises UnusableFileError."""
    if is_columnar(path):
        return _brought(read_columnar(path), postcode_column)
    return read_brought(read_bytes(path), name=path.name, postcode_column=postcode_column, crs=crs)


def read_brought(
    data: bytes, *, name: str, postcode_column: str | None = None, crs: str | None = None
) -> Brought:
    """The rows in `data`, the content of a file called `name`, with what says where they are.

    Raises UnusableFileError, with what is wrong and what to do, where the file as a whole cannot be used.
    """
    if kind_of(data, name=name) == "json":
        file = read_points(data, name=name, crs=crs)
        rows = pd.DataFrame(file.points.drop(columns="geometry"))
        grid = pd.DataFrame({"easting": file.points.geometry.x, "northing": file.points.geometry.y})
        of_points = file.issues["field"] == "geometry"
        return Brought(
            rows=rows,
            numbers=file.numbers,
            form=file.form,
            postcode_column=headings.postcode_column(rows, asked=postcode_column, is_needed=False),
            positions=Positions(grid, file.issues[of_points]),
            issues=file.issues[~of_points],
        )
    return _brought(table_from_bytes(data, name=name), postcode_column)


def _brought(table: TableFile, postcode_column: str | None) -> Brought:
    columns = position_columns(table.rows)
    return Brought(
        rows=table.rows,
        numbers=table.numbers,
        form=table.form,
        postcode_column=headings.postcode_column(table.rows, asked=postcode_column, is_needed=not columns),
        positions=positions(table.rows, columns, numbers=table.numbers) if columns else None,
        issues=table.issues,
        n_left_out=table.n_left_out,
    )


def atlas_gazetteer(atlas: Atlas, brought: Brought | None = None) -> Gazetteer:
    """The tables of `atlas` that the rows `brought` can be placed with; all of them where none are given.

    Of a long table of postcodes a short file needs a few rows, and of the areas those around its positions.
    """
    postcodes = atlas.postcodes() if brought is None else named_postcodes(atlas, brought)
    areas: dict[str, gpd.GeoDataFrame] = {}
    if brought is None or brought.positions is not None:
        councils = None if brought is None else councils_around(atlas, brought, placed=postcodes.index)
        areas = {
            code: atlas.areas(code, lad24cd=councils)
            for code in ("lsoa11cd", "lsoa21cd", "wd24cd")
            if code in atlas.layers
        }
    return gazetteer(
        postcodes,
        areas=areas,
        deprivation=atlas.deprivation,
        best_fit=atlas.best_fit.get("2025", pd.DataFrame(columns=list(form_of(BestFit)), dtype="str")),
        councils=atlas.councils,
    )


def named_postcodes(atlas: Atlas, brought: Brought) -> pd.DataFrame:
    """The postcodes of `atlas` that the rows name, or may mean; all of them where the rows are very many."""
    typed = typed_postcodes(brought.rows, brought.postcode_column)
    if len(typed) > MANY and brought.postcode_column:
        return atlas.postcodes()
    different = pd.Series(typed.unique(), dtype="str")
    canonical = postcode.normalise_all(different)
    found = atlas.postcodes(among=set(canonical.dropna()))
    unknown = different[~canonical.isin(found.index)]
    meant = set().union(*map(postcode.readings, unknown.dropna())) - set(found.index)
    return pd.concat([found, atlas.postcodes(among=meant)]) if meant else found


def councils_around(atlas: Atlas, brought: Brought, *, placed: pd.Index) -> list[str]:
    """The councils whose areas may hold the positions of rows that no postcode among `placed` places."""
    given = brought.positions.table if brought.positions else pd.DataFrame()
    typed = postcode.normalise_all(typed_postcodes(brought.rows, brought.postcode_column))
    asked = given[given["easting"].notna().to_numpy() & ~typed.isin(placed).to_numpy()]
    held = atlas.councils["lad24cd"]
    if "lad24cd" not in atlas.layers or len(asked) > MANY:
        return list(held)
    districts = atlas.areas("lad24cd", lad24cd=list(held))
    wider = np.array([-EDGE_M, -EDGE_M, EDGE_M, EDGE_M])
    boxes = shapely.box(*np.add(districts.bounds, wider).to_numpy().T)
    tree = shapely.STRtree(shapely.points(asked.to_numpy(float)))
    return sorted(districts["code"].iloc[np.unique(tree.query(boxes, predicate="intersects")[0])])
