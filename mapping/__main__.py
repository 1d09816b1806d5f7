"""The command line: the same functions as the pages, for scripts and for large files."""

import argparse
import datetime
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mapping.errors import MappingError, UnusableFileError
from mapping.settings import Settings

UNUSABLE = 2
"""Exit status when the request as a whole could not be carried out."""


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status of the command that `argv` names: 0, or 2 with the reason on standard error."""
    asked = parser().parse_args(argv)
    try:
        print(asked.run(asked, Settings.from_env(os.environ)))
    except MappingError as exc:
        print(f"{asked.command}: {exc}", file=sys.stderr)
        return UNUSABLE
    return 0


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="python -m mapping", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="make the built tables, each with its source card")
    build.add_argument(
        "--pilot", action="store_true", required=True, help="the four councils that ship inside"
    )
    build.set_defaults(run=run_build)
    place = commands.add_parser("place", help="say where each row of a table is, and in which areas")
    place.add_argument("file", type=Path, help="CSV, XLSX or GeoJSON of points")
    place.add_argument("--out", type=Path, required=True, help="CSV or XLSX; issues go to OUT.issues.csv")
    place.add_argument("--postcode-column", metavar="NAME", help="where it is not headed Postcode")
    place.add_argument(
        "--crs", choices=["EPSG:27700", "EPSG:4326"], help="of a GeoJSON that does not say what it is in"
    )
    place.set_defaults(run=run_place)
    export = commands.add_parser("export", help="the places or areas of a view, as a file")
    export.add_argument("link", help="a link to a view, or its query: 'council=Oxford&decile=1&decile=2'")
    export.add_argument("--what", choices=["places", "areas"], default="places")
    export.add_argument("--out", type=Path, required=True, help="ending in .csv, .xlsx, .geojson or .gpkg")
    export.add_argument(
        "--date", type=datetime.date.fromisoformat, default=None, help="YYYY-MM-DD; today by default"
    )
    export.set_defaults(run=run_export)
    return top


def run_build(asked: argparse.Namespace, settings: Settings) -> str:
    """Which tables were built."""
    from mapping.build import build_pilot

    cards = build_pilot(data=settings.data, boundaries_folder=settings.boundaries)
    rows = sum(card.rows for card in cards)
    return f"Built {len(cards)} tables, {rows:,} rows, in {settings.boundaries} and {settings.data}."


def run_place(asked: argparse.Namespace, settings: Settings) -> str:
    """How many rows were placed, and where the issues are."""
    from mapping import placing
    from mapping.adapters.geojson import SAY_METRES

    options = {"postcode_column": asked.postcode_column, "crs": asked.crs}
    try:
        return str(placing.place_file(asked.file, asked.out, settings=settings, **options))
    except UnusableFileError as exc:
        # Only a command has options: the page offers the same in its own way.
        if asked.crs or not str(exc).endswith(SAY_METRES):
            raise
        raise UnusableFileError(f"{exc} Or, for eastings and northings, add `--crs EPSG:27700`.") from exc


def run_export(asked: argparse.Namespace, settings: Settings) -> str:
    """How many rows were written, and to where."""
    from mapping import export

    return export.export_link(asked.link, asked.out, subject=asked.what, settings=settings, date=asked.date)


if __name__ == "__main__":
    sys.exit(main())
