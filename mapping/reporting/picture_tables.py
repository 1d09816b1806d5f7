"""The tables behind a picture, as files beside it: its places by their numbers, and its areas."""

from collections.abc import Iterable, Mapping
from typing import Final

import pandas as pd

from mapping import assessing, export
from mapping.analysis.filters import Filters
from mapping.analysis.view import View
from mapping.assessing.site_files import site_table
from mapping.render import download
from mapping.render.gaps_csv import rounded
from mapping.render.sheet.picture import Picture
from mapping.reporting.held import Held
from mapping.reporting.picture_area import Found
from mapping.reporting.picture_gaps import Answered

NUMBER: Final = "number"
"""The column that holds the number a place has in the picture; empty where it is not drawn."""


def explore_tables(view: View, filters: Filters, picture: Picture, *, held: Held) -> Mapping[str, bytes]:
    """The tables behind the picture of one view of the Explore page, by file name."""
    areas = export.areas_shown(view, filters)
    return {
        "places.csv": _places(view.places, picture, columns=export.offered_columns(view, "places")),
        "areas.csv": _file(areas, picture, export.offered_columns(view, "areas")),
    }


def area_tables(made: Found, picture: Picture, *, held: Held) -> Mapping[str, bytes]:
    """The tables behind the picture of some areas: their places, and the LSOAs that are lit."""
    columns = {name: export.offered_columns(made.council.view, name) for name in ("places", "areas")}
    return {
        "places.csv": _places(made.places, picture, columns=columns["places"]),
        "areas.csv": _file(made.lsoas, picture, columns["areas"]),
    }


def gap_tables(made: Answered, picture: Picture, *, held: Held) -> Mapping[str, bytes]:
    """The tables behind a picture of gaps: the places that count, the ranked areas, the best sites."""
    areas = rounded(made.view.areas).sort_values(["gap_rank", "name"], na_position="last", kind="stable")
    columns = [*assessing.GAP_COLUMNS, *assessing.MORE_COLUMNS]
    files = {
        "places.csv": _places(made.counted, picture, columns=export.offered_columns(made.council, "places")),
        "areas.csv": _file(areas, picture, columns),
    }
    if made.sites is not None:
        sites = rounded(site_table(made.sites, made.view, wards=held.atlas.wards))
        files["sites.csv"] = _file(sites, picture, assessing.SITE_COLUMNS)
    return files


def _places(places: pd.DataFrame, picture: Picture, *, columns: Iterable[str]) -> bytes:
    """`places` with their numbers, in the order of these; those that are not drawn last, by name."""
    numbers = picture.places.set_index("place_id")[NUMBER]
    told = places.assign(**{NUMBER: places["place_id"].map(numbers).astype("Int64")})
    ordered = told.sort_values([NUMBER, "name", "place_id"], na_position="last", kind="stable")
    return _file(ordered, picture, [NUMBER, *columns])


def _file(table: pd.DataFrame, picture: Picture, columns: Iterable[str]) -> bytes:
    return download.download_file(table, about=picture.about, columns=columns, file_format="csv")
