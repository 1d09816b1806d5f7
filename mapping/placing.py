"""A file somebody brought, placed and written beside its issues: the command and the page both come here."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from mapping.adapters.geojson import read_points
from mapping.adapters.kinds import kind_of, refused
from mapping.adapters.spreadsheet import read_bytes, table_from_bytes
from mapping.analysis import headings
from mapping.analysis.coordinates import Positions, position_columns, positions
from mapping.analysis.gazetteer import Gazetteer, gazetteer
from mapping.analysis.place import OURS, place_rows
from mapping.atlas import Atlas, read_atlas
from mapping.render.neutral import neutral_frame
from mapping.schemas import LOCATED_BY
from mapping.settings import Settings


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
    path: Path, out: Path, *, postcode_column: str | None = None, crs: str | None = None, settings: Settings
) -> Summary:
    """What became of the CSV, Excel workbook or GeoJSON of points at `path`, placed and written to `out`.

    `out` is a CSV or an Excel workbook, by its suffix: the same rows in their order with `place.OURS` added.
    The issues are written beside it, to `OUT.issues.csv`. Both files are whole or not there.

    Parameters
    ----------
    postcode_column : heading of the postcodes, where it does not say so itself.
    crs : `EPSG:27700` or `EPSG:4326`, where a GeoJSON does not say what its positions are in.

    Raises UnusableFileError, with what is wrong and what to do, where the file as a whole cannot be used or
    `out` cannot be written; SourceMissingError where the atlas's own tables are missing.
    """
    write = _writer(out, path)
    brought = read_brought(read_bytes(path), name=path.name, postcode_column=postcode_column, crs=crs)
    tables = atlas_gazetteer(read_atlas(settings))
    placed, issues = place_brought(brought, tables=tables)
    beside = out.with_name(f"{out.name}.issues.csv")
    # The result last: where it is new, so are its issues.
    _written_whole({beside: lambda to: _write_csv(issues, to), out: lambda to: write(placed, to)})
    counts = placed.iloc[:, len(brought.rows.columns) + OURS.index("located_by")].value_counts()
    return Summary(
        n_rows=len(placed),
        located_by={way: int(counts[way]) for way in LOCATED_BY if way in counts},
        n_issues=len(issues),
        n_left_out=brought.n_left_out,
        form=brought.form,
        issues=beside,
    )


def read_brought(
    data: bytes, *, name: str, postcode_column: str | None = None, crs: str | None = None
) -> Brought:
    """The rows in `data`, the content of a file called `name`, with what says where they are.

    Raises UnusableFileError as `place_file` does.
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
    table = table_from_bytes(data, name=name)
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


def place_brought(brought: Brought, *, tables: Gazetteer) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The rows with their codes, and all issues: see `place.place_rows`."""
    return place_rows(
        brought.rows,
        tables=tables,
        postcode_column=brought.postcode_column,
        positions=brought.positions,
        numbers=brought.numbers,
        noted=brought.issues,
    )


def atlas_gazetteer(atlas: Atlas) -> Gazetteer:
    """The tables of `atlas`, ready to place rows with; half a second's work, to be done once."""
    return gazetteer(
        atlas.postcodes,
        areas=atlas.areas,
        deprivation=atlas.deprivation,
        best_fit=atlas.best_fit["2025"],
        councils=atlas.councils,
    )


def _writer(out: Path, path: Path) -> Callable[[pd.DataFrame, Path], None]:
    """What writes a table to `out`, by its suffix. Raises UnusableFileError where it may not be written."""
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx}
    if out.suffix.casefold() not in writers:
        raise refused(str(out), "is no name for a result", "Let it end in .csv or .xlsx.")
    if out.exists() and path.exists() and out.samefile(path):
        raise refused(str(out), "is the file to be placed", "Give the result another name.")
    if not out.parent.is_dir():
        raise refused(str(out), "is in a folder that is not there", "Make the folder first.")
    return writers[out.suffix.casefold()]


def _written_whole(tables: dict[Path, Callable[[Path], None]]) -> None:
    """Each file written beside its place, then all put there: one that is cut short never is."""
    parts = {out: out.with_name(f".{out.name}.part{out.suffix}") for out in tables}
    try:
        for out, write in tables.items():
            write(parts[out])
        for out, part in parts.items():
            part.replace(out)
    except OSError as exc:
        where = str(exc.filename2 or exc.filename or next(iter(tables)))
        raise refused(where, f"cannot be written ({exc.strerror})", "Choose another place.") from exc
    finally:
        for part in parts.values():
            part.unlink(missing_ok=True)


def _write_csv(table: pd.DataFrame, to: Path) -> None:
    """UTF-8 with the mark by which Excel knows it; no cell is a formula."""
    neutral_frame(table).to_csv(to, index=False, encoding="utf-8-sig", lineterminator="\r\n")


def _write_xlsx(table: pd.DataFrame, to: Path) -> None:
    """Text cells hold text, whatever it looks like; numbers of ours are numbers."""
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with pd.ExcelWriter(to, engine="xlsxwriter", engine_kwargs={"options": options}) as writer:
        table.to_excel(writer, sheet_name="Placed", index=False)
