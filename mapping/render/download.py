"""Files of exactly what is filtered, with the columns chosen: CSV, XLSX, GeoJSON, GeoPackage."""

from collections.abc import Callable, Iterable
from typing import Final

import pandas as pd

from mapping.errors import UnknownColumnError, UnusableFileError
from mapping.render import comma_separated, geojson, geopackage, workbook
from mapping.render.about import About, file_name, require_attribution

__all__ = [
    "AREA_COLUMNS",
    "AREA_DEFAULTS",
    "COLUMN_NAMES",
    "FORMATS",
    "PLACE_COLUMNS",
    "PLACE_DEFAULTS",
    "About",
    "download_file",
    "file_name",
]

PLACE_COLUMNS: Final = (
    "name",
    "kind",
    "category",
    "address",
    "postcode",
    "ward_name",
    "decile",
    "rank",
    "distance_m",
    "website",
    "ownership",
    "sector",
    "legal_form",
    "registered_number",
    "registrar",
    "cuk_id",
    "sic_code",
    "status",
    "easting",
    "northing",
    "located_by",
    "location_precision",
    "is_withheld",
    "lsoa_name",
    "lsoa11cd",
    "lsoa21cd",
    "ward_code",
    "wd24cd",
    "lad24cd",
    "place_id",
    "source",
    "source_id",
    "source_date",
    "licence",
    "note",
)
"""What a table of places can hold, in the order a reader wants."""

AREA_COLUMNS: Final = (
    "name",
    "code",
    "n_places",
    "n_recorded",
    "decile",
    "rank",
    "score",
    "population",
    "n_lsoas",
    "n_most_deprived",
    "most_deprived_fifth_share",
    "why",
    "ward_name",
    "ward_code",
    "lad24cd",
)
"""What a table of areas can hold, LSOAs or wards, in the order a reader wants."""

PLACE_DEFAULTS: Final = (
    "name",
    "kind",
    "category",
    "address",
    "postcode",
    "ward_name",
    "decile",
    "distance_m",
    "website",
    "ownership",
    "registered_number",
    "source",
    "source_date",
    "licence",
)
"""The columns of places that most readers want."""

AREA_DEFAULTS: Final = (
    "name",
    "code",
    "n_places",
    "n_recorded",
    "decile",
    "rank",
    "population",
    "n_lsoas",
    "n_most_deprived",
    "most_deprived_fifth_share",
    "why",
    "ward_name",
)
"""The columns of areas that most readers want."""

COLUMN_NAMES: Final = {
    "name": "Name",
    "kind": "Kind",
    "category": "Category",
    "address": "Address",
    "postcode": "Postcode",
    "ward_name": "Ward",
    "ward_code": "Ward (code)",
    "decile": "Decile",
    "rank": "Rank",
    "score": "Score of the IMD",
    "distance_m": "Distance (m)",
    "website": "Website",
    "ownership": "Ownership",
    "sector": "Sector",
    "legal_form": "Legal form",
    "registered_number": "Registered number",
    "registrar": "Registrar",
    "cuk_id": "Co-operatives UK id",
    "sic_code": "Trade (SIC code)",
    "status": "Status in the source",
    "easting": "Easting (m)",
    "northing": "Northing (m)",
    "located_by": "Located by",
    "location_precision": "Precision of the position",
    "is_withheld": "Address withheld",
    "lsoa_name": "LSOA",
    "lsoa11cd": "LSOA of 2011 (code)",
    "lsoa21cd": "LSOA of 2021 (code)",
    "wd24cd": "Ward of 2024 (code)",
    "lad24cd": "Council (code)",
    "place_id": "Entry’s id",
    "source": "Source",
    "source_id": "Id in the source",
    "source_date": "Date of the source",
    "licence": "Licence",
    "note": "Note",
    "code": "Code",
    "n_places": "Places shown",
    "n_recorded": "Places recorded",
    "population": "Population",
    "n_lsoas": "LSOAs",
    "n_most_deprived": "LSOAs in decile 1",
    "most_deprived_fifth_share": "Share in the most deprived fifth",
    "why": "Why no figure",
}
"""What a reader calls each column; the files keep the columns' own names."""

Maker = Callable[[pd.DataFrame, About, list[str]], bytes]
FORMATS: Final[dict[str, Maker]] = {
    "csv": comma_separated.csv_file,
    "xlsx": workbook.xlsx_file,
    "geojson": geojson.geojson_file,
    "gpkg": geopackage.gpkg_file,
}
"""Each format by the suffix of its files."""


def download_file(table: pd.DataFrame, *, about: About, columns: Iterable[str], file_format: str) -> bytes:
    """The rows of `table` in their order with `columns` in theirs, and inside what they are.

    Parameters
    ----------
    table : places with `easting`, `northing` (EPSG:27700, NA where unknown), or a GeoDataFrame of areas in
        EPSG:27700. A row without position or shape is in every format; on a map it has no geometry.
    file_format : `csv`, `xlsx`, `geojson` or `gpkg`.

    Text is as its source wrote it, but nothing in it runs: see `neutral`. Same input, same bytes.

    Raises
    ------
    AttributionError : a source of `about` has no sentence to show, or there is no source.
    UnknownColumnError : `table` lacks one of `columns`.
    UnusableFileError : no such format.
    CrsError : areas are not in EPSG:27700.
    """
    require_attribution(about)
    if file_format not in FORMATS:
        raise UnusableFileError(f"No such format: {file_format}. There are: {', '.join(FORMATS)}.")
    chosen = [column for column in dict.fromkeys(columns) if column != "geometry"]
    if unknown := [column for column in chosen if column not in table.columns]:
        raise UnknownColumnError(
            f"No such column: {', '.join(unknown)}. There are: {', '.join(map(str, table.columns))}."
        )
    return FORMATS[file_format](table, about, chosen)
