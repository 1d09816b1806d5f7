"""A file somebody brought, placed and written beside its issues: the command and the page both come here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import cast

import geopandas as gpd
import pandas as pd

from mapping import parallel
from mapping.adapters.kinds import refused
from mapping.analysis.coordinates import Positions
from mapping.analysis.place import OURS, answer_rows, beside, typed_postcodes
from mapping.atlas import Atlas, read_atlas
from mapping.brought import Brought, atlas_gazetteer, read_file
from mapping.crs import BNG
from mapping.issues import all_issues
from mapping.render.neutral import neutral_frame
from mapping.schemas import LOCATED_BY
from mapping.settings import Settings
from mapping.written import written_whole


@dataclass(frozen=True, kw_only=True)
class Summary:
    """What became of a file; as text, one line."""

    n_rows: int
    located_by: dict[str, int]
    """Rows by how they were located; `schemas.LOCATED_BY`."""
    n_issues: int
    n_left_out: int
    """Rows of the file that could not be read as such, hence are not among `n_rows`."""
    form: str
    """What the file turned out to be."""
    issues: Path

    def __str__(self) -> str:
        ways = {way: n for way, n in self.located_by.items() if way != "nothing"}
        how = ", ".join(f"{n:,} by {way}" for way, n in ways.items())
        left_out = f"; left out as unreadable: {self.n_left_out:,}" if self.n_left_out else ""
        return (
            f"Placed {sum(ways.values()):,} of {self.n_rows:,} rows{f' ({how})' if how else ''}{left_out}. "
            f"Issues: {self.n_issues:,}, in {self.issues.name}. Read as {self.form}."
        )


def place_file(
    path: Path,
    out: Path,
    *,
    postcode_column: str | None = None,
    crs: str | None = None,
    engine: str = "default",
    settings: Settings,
) -> Summary:
    """What became of the table or GeoJSON of points at `path`, placed and written to `out`.

    A table is a CSV, an Excel workbook or Parquet, whatever its name. `out` is one of these, by its suffix:
    the same rows in their order with `place.OURS` added. The issues are written beside it, to
    `OUT.issues.csv`. Both files are whole or not there.

    Parameters
    ----------
    postcode_column : heading of the postcodes, where it does not say so itself.
    crs : `EPSG:27700` or `EPSG:4326`, where a GeoJSON does not say what its positions are in.
    engine : one of `parallel.ENGINES`; the answers are the same.

    Raises UnusableFileError, with what is wrong and what to do, where the file as a whole cannot be used or
    `out` cannot be written; SourceMissingError where the atlas's own tables are missing.
    """
    write = _writer(out, path)
    brought = read_file(path, postcode_column=postcode_column, crs=crs)
    placed, issues = place_brought(brought, settings=settings, engine=engine)
    beside = out.with_name(f"{out.name}.issues.csv")
    # The result last: where it is new, so are its issues.
    written_whole({beside: lambda to: _write_csv(issues, to), out: lambda to: write(placed, to)})
    counts = placed.iloc[:, len(brought.rows.columns) + OURS.index("located_by")].value_counts()
    return Summary(
        n_rows=len(placed),
        located_by={way: int(counts[way]) for way in LOCATED_BY if way in counts},
        n_issues=len(issues),
        n_left_out=brought.n_left_out,
        form=brought.form,
        issues=beside,
    )


def place_brought(
    brought: Brought, *, settings: Settings, engine: str = "default", workers: int | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows with their codes, and all issues, as `place.place_rows` gives them.

    With another engine than the default the rows are placed in parts, each as a file of its own would be.
    """
    if engine == "default":
        return beside(brought.rows, *_answered(brought, read_atlas(settings)))
    work = partial(_answered_part, brought=_without_rows(brought), settings=settings)
    done = parallel.mapped(work, _where(brought), engine=engine, workers=workers)
    placed, issues = (list(each) for each in zip(*done, strict=True))
    elsewhere = brought.issues[~brought.issues["row"].isin(brought.numbers)]
    return beside(brought.rows, pd.concat(placed), all_issues(elsewhere, *issues))


def _answered(brought: Brought, atlas: Atlas) -> tuple[pd.DataFrame, pd.DataFrame]:
    return answer_rows(
        typed_postcodes(brought.rows, brought.postcode_column),
        tables=atlas_gazetteer(atlas, brought),
        positions=brought.positions,
        numbers=brought.numbers,
        noted=brought.issues,
    )


def _where(brought: Brought) -> pd.DataFrame:
    """What says where each row is, on its number: the postcode `typed`, and the point where any is given."""
    typed = typed_postcodes(brought.rows, brought.postcode_column)
    said = pd.DataFrame({"typed": typed.array}, index=brought.numbers)
    if not brought.positions:
        return said
    given = brought.positions.table
    points = gpd.points_from_xy(given["easting"], given["northing"], crs=BNG)
    return cast(pd.DataFrame, gpd.GeoDataFrame(said, geometry=points))


def _without_rows(brought: Brought) -> Brought:
    """What is the same for every part of a file."""
    given = brought.positions and replace(brought.positions, table=brought.positions.table.iloc[:0])
    return replace(brought, rows=brought.rows.iloc[:0], numbers=brought.numbers[:0], positions=given)


def _answered_part(
    part: pd.DataFrame, *, brought: Brought, settings: Settings
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """`_answered` of one part of a file; `brought` is the whole of it but for the rows."""
    heading = brought.postcode_column
    given = None
    if brought.positions and isinstance(part, gpd.GeoDataFrame):
        issues = brought.positions.issues
        grid = pd.DataFrame({"easting": part.geometry.x, "northing": part.geometry.y})
        given = Positions(grid, issues[issues["row"].isin(part.index)])
    rows = pd.DataFrame({heading: part["typed"]} if heading else {}, index=part.index)
    noted = brought.issues[brought.issues["row"].isin(part.index)]
    its = replace(brought, rows=rows, numbers=part.index, positions=given, issues=noted)
    return _answered(its, read_atlas(settings))


def _writer(out: Path, path: Path) -> Callable[[pd.DataFrame, Path], None]:
    """What writes a table to `out`, by its suffix. Raises UnusableFileError where it may not be written."""
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx, ".parquet": _write_parquet}
    if out.suffix.casefold() not in writers:
        raise refused(str(out), "is no name for a result", "Let it end in .csv, .xlsx or .parquet.")
    if out.exists() and path.exists() and out.samefile(path):
        raise refused(str(out), "is the file to be placed", "Give the result another name.")
    if not out.parent.is_dir():
        raise refused(str(out), "is in a folder that is not there", "Make the folder first.")
    return writers[out.suffix.casefold()]


def _write_csv(table: pd.DataFrame, to: Path) -> None:
    """UTF-8 with the mark by which Excel knows it; no cell is a formula."""
    neutral_frame(table).to_csv(to, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _write_parquet(table: pd.DataFrame, to: Path) -> None:
    """Text is text and numbers of ours are numbers."""
    table.to_parquet(to, index=False)


def _write_xlsx(table: pd.DataFrame, to: Path) -> None:
    """Text cells hold text, whatever it looks like; numbers of ours are numbers."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(to, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        table.to_excel(writer, sheet_name="Placed", index=False)
