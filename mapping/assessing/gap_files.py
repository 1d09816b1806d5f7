"""How well the people of each area of a council reach places, as a file with its account beside it."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import geopandas as gpd
import pandas as pd

from mapping.analysis.assess import Assessment
from mapping.analysis.filters import PLANS, Filters
from mapping.assessing.asking import Asked
from mapping.assessing.inputs import Inputs, read_inputs, refuse_out
from mapping.assessing.plans import scenario_views
from mapping.assessing.telling import IN_DRAWN, about_gaps, summary
from mapping.assessing.views import gap_view
from mapping.atlas import Atlas
from mapping.crs import BNG
from mapping.editions import EDITIONS
from mapping.render import download
from mapping.render.about import About
from mapping.render.gap_columns import GAP_COLUMNS, MORE_COLUMNS
from mapping.render.gaps_csv import gaps_csv, rounded
from mapping.render.measures_csv import about_text
from mapping.render.site_words import scenario_sentence
from mapping.render.summary import UNITS, count
from mapping.settings import Settings
from mapping.written import written_whole

SUFFIXES: Final = (".csv", ".xlsx", ".geojson", ".gpkg")
LONDON: Final = ZoneInfo("Europe/London")


def gaps_file(asked: Asked, out: Path, *, settings: Settings, all_columns: bool = False) -> str:
    """What was written to `out` and what it says, in one line: a row an area; beside it OUT.about.txt.

    Parameters
    ----------
    out : a CSV of `GAP_COLUMNS`, or by its suffix a workbook, GeoJSON or GeoPackage of the same, with shapes
        where a format has them. Both files are whole or not there.
    all_columns : also `MORE_COLUMNS`.

    Raises UnusableFileError (`out` or a file brought cannot be used), or as `read_inputs` and `gap_view` do.
    """
    refuse_out(out, suffixes=SUFFIXES, brought=asked.brought)
    held = read_inputs(asked, settings)
    found = answer(held)
    view, filters = found.view, held.filters
    areas = areas_words(view, filters, drawn=asked.drawn)
    about = about_gaps(
        view,
        filters,
        atlas=held.atlas,
        areas=areas,
        link=asked.command,
        date=today(),
        notes=(*((IN_DRAWN,) if held.drawn is not None else ()), *found.said, *held.problems),
    )
    columns = [*GAP_COLUMNS, *(MORE_COLUMNS if all_columns else ())]
    body = gaps_body(view, held, about=about, columns=columns, file_format=out.suffix.casefold()[1:])
    written(out, body, about=about)
    return " ".join([f"Wrote {areas} to {out}. {summary(view, filters)}", *found.said, *held.problems])


@dataclass(frozen=True, kw_only=True)
class Found:
    """What was asked, answered."""

    view: Assessment
    """As everything is recorded or, where one is asked for, under a plan."""
    said: tuple[str, ...]
    """What the plans change, a sentence each, and what of them could not be carried out."""


def answer(held: Inputs) -> Found:
    """The answer to what was asked, and what its plans would change."""
    filters, ground = held.filters, held.ground()
    tables: dict[str, Any] = {
        "atlas": held.atlas,
        "places": held.places,
        "metric": held.metric,
        "ground": ground,
        "completeness": held.completeness,
        "capacity": held.capacity,
    }
    base = gap_view(filters, **tables)
    if not filters.plans:
        return Found(view=base, said=())
    views, compared, problems = scenario_views(filters, base, **tables)
    rows = dict(zip(["", *views], _records(compared), strict=True))
    said = [
        scenario_sentence(rows[letter], rows[""], name=PLANS[letter], question=base.question)
        for letter in views
    ]
    return Found(view=views.get(filters.on_map, base), said=(*said, *problems))


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(name): value for name, value in row.items()} for row in table.to_dict("records")]


def written(out: Path, body: bytes, *, about: About) -> None:
    """Nothing: the result is at `out`, and what it is beside it; both whole, or neither."""
    said = about_text(about)
    beside = out.with_name(f"{out.name}.about.txt")
    # The result last: where it is new, so is what is said of it.
    written_whole({beside: lambda to: to.write_bytes(said), out: lambda to: to.write_bytes(body)})


def today() -> datetime.date:
    """The day in Britain."""
    return datetime.datetime.now(tz=LONDON).date()


def gaps_body(
    view: Assessment, held: Inputs, *, about: About, columns: Sequence[str], file_format: str
) -> bytes:
    """The file: a plain CSV, or as `download.download_file` makes it."""
    if file_format == "csv":
        return gaps_csv(view.areas[list(columns)])
    table = rounded(view.areas)
    if held.drawn is not None:
        table = gpd.GeoDataFrame(table, geometry=held.drawn.geometry.to_numpy(), crs=BNG)
    else:
        table = with_shapes(table, held.filters, atlas=held.atlas, lad24cd=view.lad24cd)
    return download.download_file(table, about=about, columns=columns, file_format=file_format)


def gaps_download(
    view: Assessment,
    filters: Filters,
    *,
    atlas: Atlas,
    columns: Sequence[str],
    file_format: str,
    link: str,
    date: datetime.date,
) -> bytes:
    """The file of the areas of `view` that a page gives: exactly the rows shown, and inside what they are."""
    areas = areas_words(view, filters)
    about = about_gaps(view, filters, atlas=atlas, areas=areas, link=link, date=date)
    table = with_shapes(rounded(view.areas), filters, atlas=atlas, lad24cd=view.lad24cd)
    return download.download_file(table, about=about, columns=columns, file_format=file_format)


def with_shapes(table: pd.DataFrame, filters: Filters, *, atlas: Atlas, lad24cd: str) -> gpd.GeoDataFrame:
    """`table` with the polygon of each area, EPSG:27700; one that is not drawn has none."""
    layer = getattr(EDITIONS[filters.edition], filters.geography)
    shapes = atlas.areas(layer, lad24cd=lad24cd).set_index("code").geometry
    return gpd.GeoDataFrame(table, geometry=shapes.reindex(table["code"]).values, crs=BNG)


def areas_words(view: Assessment, filters: Filters, *, drawn: Path | None = None) -> str:
    """How many areas there are, of what kind: "24 wards", "3 drawn areas of parks.geojson"."""
    n = len(view.areas)
    if drawn is not None:
        return f"{count(n, 'drawn area')} of {drawn.name}"
    return count(n, *UNITS[filters.geography])
