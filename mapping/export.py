"""What a view shows, as files to take away: the pages and the command line both come here."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import geopandas as gpd
import pandas as pd

from mapping.analysis import codes, summarise
from mapping.analysis.filters import ANYWHERE, GEOGRAPHIES, LABELS, Filters, from_query, to_query
from mapping.analysis.view import View, asked_postcodes, describe, ground
from mapping.atlas import Atlas, read_atlas
from mapping.crs import BNG
from mapping.directory import seed
from mapping.editions import EDITIONS, INDICES
from mapping.errors import UnknownAreaError, UnusableFileError
from mapping.render import download, summary
from mapping.settings import Settings
from mapping.written import written_whole

FORMATS: Final = {"csv": "CSV", "xlsx": "Excel", "geojson": "GeoJSON", "gpkg": "GeoPackage"}
SUBJECTS: Final = {"places": "Places", "areas": "Areas"}
LONDON: Final = ZoneInfo("Europe/London")
NO_RECORD: Final = (
    f"{summary.NO_RECORD.removesuffix('.')}: see how complete the record is in the app’s Sources page."
)


def export_view(
    view: View,
    filters: Filters,
    *,
    atlas: Atlas,
    subject: str,
    columns: list[str],
    file_format: str,
    link: str,
    date: datetime.date,
) -> bytes:
    """The file of one view's places or areas: exactly the rows shown, with the columns asked for.

    Inside it says its filters, date, edition, sources, licences and `link`.
    """
    table = view.places if subject == "places" else area_shapes(view, filters, atlas)
    about = about_view(filters, atlas=atlas, subject=subject, link=link, date=date)
    return download.download_file(table, about=about, columns=columns, file_format=file_format)


def area_shapes(view: View, filters: Filters, atlas: Atlas) -> gpd.GeoDataFrame:
    """The areas shown with their polygons, EPSG:27700; an area that is not drawn has none.

    Raises VintageError where the boundaries are of other areas than the figures.
    """
    layer = getattr(EDITIONS[filters.edition], filters.geography)
    codes.require_vintage(filters.edition, layer=layer)
    shapes = atlas.areas(layer, lad24cd=atlas.lad24cd(filters.council)).set_index("code").geometry
    redrawn = {edition.lsoa: set(atlas.changes[edition.lsoa]) for edition in EDITIONS.values()}
    codes.require_codes(shapes.index, layer=layer, known=redrawn)
    areas = areas_shown(view, filters)
    return gpd.GeoDataFrame(areas, geometry=shapes.reindex(areas["code"]).values, crs=BNG)


def areas_shown(view: View, filters: Filters) -> pd.DataFrame:
    """The areas of the deciles asked for; all of them, with or without a figure, where none is."""
    if filters.deciles == ANYWHERE:
        return view.areas
    return view.areas[view.areas["decile"].between(*filters.deciles).fillna(False).astype(bool)]


def offered_columns(view: View, subject: str) -> list[str]:
    """The columns a file of this view can hold, in the order a reader wants."""
    wanted, table = (
        (download.PLACE_COLUMNS, view.places) if subject == "places" else (download.AREA_COLUMNS, view.areas)
    )
    unasked = set() if view.near else {"distance_m"}
    return [column for column in wanted if column in table.columns and column not in unasked]


def about_view(
    filters: Filters, *, atlas: Atlas, subject: str, link: str, date: datetime.date
) -> download.About:
    """What the file says of itself."""
    edition = EDITIONS[filters.edition]
    tables = ["places", "postcodes", "ward_names", f"imd_{filters.edition}", f"wards_20{edition.ward[2:4]}"]
    if subject == "areas":
        layer = getattr(edition, filters.geography).removesuffix("cd")
        tables = [layer, f"imd_{filters.edition}", f"wards_20{edition.ward[2:4]}", "places"]
    return download.About(
        title=f"{SUBJECTS[subject]} in {filters.council}",
        filters=filter_words(filters),
        edition=f"{edition.title}, {INDICES[filters.index]}",
        date=date,
        link=link,
        sources=tuple(atlas.card(table) for table in tables),
        notes=(NO_RECORD, "Decile 1 is the most deprived 10 % of England’s LSOAs."),
    )


def filter_words(filters: Filters) -> tuple[tuple[str, str], ...]:
    """The choices behind a view, as label and value, without those that choose nothing."""
    what = {
        "Council": filters.council,
        "Areas": GEOGRAPHIES[filters.geography],
        "Index or domain": INDICES[filters.index],
    }
    return (*what.items(), *narrowing(filters))


def narrowing(filters: Filters) -> tuple[tuple[str, str], ...]:
    """The choices that leave places out, as label and value."""
    low, high = filters.deciles
    told = {
        "Kind": " or ".join(LABELS["kinds"][kind] for kind in filters.kinds),
        "Category": " or ".join(filters.categories),
        "Ownership": " or ".join(filters.ownerships),
        "Sector": " or ".join(filters.sectors),
        "Ward": " or ".join(filters.wards),
        "Search": f"“{filters.text}”" if filters.text else "",
        "Deprivation decile": "" if filters.deciles == ANYWHERE else f"{low} to {high}",
        "Near": f"{filters.near}, within {filters.within_m:,} m" if filters.is_near else "",
    }
    return tuple((label, value) for label, value in told.items() if value)


def export_link(
    link: str, out: Path, *, subject: str, settings: Settings, date: datetime.date | None = None
) -> str:
    """What was written to `out`, in one line: the rows that `link` shows, in the format of its suffix.

    Raises UnusableFileError (no such format, nothing to write), or as `read_atlas` and `Atlas.lad24cd` do.
    """
    file_format = out.suffix.removeprefix(".").lower()
    if file_format not in FORMATS:
        raise UnusableFileError(f"{out.name} ends in no format known here: .{', .'.join(FORMATS)}.")
    atlas = read_atlas(settings)
    filters = from_query(link, council=str(atlas.councils["lad24nm"].iloc[0]))
    # A link may hold a code; the file says the name.
    filters = replace(filters, council=atlas.council_names[atlas.lad24cd(filters.council)])
    view = view_of(filters, atlas=atlas, settings=settings)
    table = view.places if subject == "places" else areas_shown(view, filters)
    if view.problem or table.empty:
        raise UnusableFileError(
            view.problem or f"No recorded {subject} meet these filters: nothing was written."
        )
    body = export_view(
        view,
        filters,
        atlas=atlas,
        subject=subject,
        columns=offered_columns(view, subject),
        file_format=file_format,
        link=link_back(link, filters, settings),
        date=date or datetime.datetime.now(tz=LONDON).date(),
    )
    written_whole({out: lambda to: to.write_bytes(body)})
    return f"Wrote {len(table):,} {subject} in {filters.council} to {out}."


def view_of(filters: Filters, *, atlas: Atlas, settings: Settings) -> View:
    """The view that `filters` asks for, from the tables that `settings` names. Raises as `view_from` does."""
    return view_from(filters, atlas=atlas, places=seed.read_places(settings))


def view_from(filters: Filters, *, atlas: Atlas, places: pd.DataFrame) -> View:
    """The view that `filters` asks for, of `places` that are at hand.

    Raises UnknownAreaError where the council or the edition is not built.
    """
    if filters.edition not in atlas.editions:
        raise UnknownAreaError(
            f"The indices of {filters.edition} are not built here; held: {', '.join(atlas.editions)}. "
            f"Run `python -m mapping fetch --edition {filters.edition} …` and then `python -m mapping build`."
        )
    deprivation, best_fit = atlas.deprivation[filters.edition], atlas.best_fit[filters.edition]
    base = ground(
        places,
        summarise.lsoa_figures(deprivation, best_fit, index=filters.index),
        filters=filters,
        lad24cd=atlas.lad24cd(filters.council),
        wards=atlas.wards,
    )
    postcodes = atlas.postcodes(among=asked_postcodes(filters))
    return describe(base, filters=filters, postcodes=postcodes, councils=atlas.council_names)


def link_back(link: str, filters: Filters, settings: Settings) -> str:
    """The view's address, or, where the site's is not known, the command that makes the file again."""
    address = link.split("?")[0] if link.startswith(("http://", "https://")) else settings.address
    query = to_query(filters)
    return f"{address}?{query}" if address else f"python -m mapping export '{query}'"
