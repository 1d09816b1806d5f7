"""The command line: the same functions as the pages, for scripts and for large files."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from mapping import gap_commands, report_commands
from mapping.editions import EDITIONS, INDICES
from mapping.errors import MappingError, UnusableFileError
from mapping.reporting import asking
from mapping.settings import PILOT, ROOT, Settings

UNUSABLE = 2
"""Exit status when the request as a whole could not be carried out."""

INTERRUPTED = 130
"""Exit status when the person at the keyboard stopped it, as shells have it."""


def main(argv: Sequence[str] | None = None) -> int:
    """The exit status of the command that `argv` names: 0, or 2 with the reason on standard error."""
    words = list(sys.argv[1:] if argv is None else argv)
    # A file says by which command it can be made again.
    asked = parser().parse_args(words, argparse.Namespace(words=words))
    try:
        print(asked.run(asked, Settings.from_env(os.environ)))
    except MappingError as exc:
        print(f"{asked.command}: {exc}", file=sys.stderr)
        return UNUSABLE
    except KeyboardInterrupt:
        print(f"{asked.command}: stopped. What was there before is whole.", file=sys.stderr)
        return INTERRUPTED
    return 0


def parser() -> argparse.ArgumentParser:
    """The commands and their options."""
    top = argparse.ArgumentParser(prog="python -m mapping", description=__doc__)
    commands = top.add_subparsers(dest="command", required=True)
    _add_fetch(commands.add_parser("fetch", help="bring the publishers' files for a council, or all England"))
    _add_build(commands.add_parser("build", help="make the built tables, each with its source card"))
    _add_place(commands.add_parser("place", help="say where each row of a table is, and in which areas"))
    _add_summarise(commands.add_parser("summarise", help="MHCLG's measures of districts, wards, drawn areas"))
    gap_commands.add_commands(commands)
    report_commands.add_commands(commands)
    _add_export(commands.add_parser("export", help="the places or areas of a view, as a file"))
    return top


def _add_fetch(fetch: argparse.ArgumentParser) -> None:
    which = fetch.add_mutually_exclusive_group(required=True)
    which.add_argument(
        "--council", action="append", default=[], metavar="NAME_OR_CODE", help="may be given several times"
    )
    which.add_argument("--england", action="store_true", help="every council")
    fetch.add_argument("--edition", action="append", choices=list(EDITIONS), help="both by default")
    fetch.add_argument("--again", action="store_true", help="also what is there already")
    fetch.set_defaults(run=run_fetch)


def _add_build(build: argparse.ArgumentParser) -> None:
    what = build.add_mutually_exclusive_group()
    what.add_argument("--pilot", action="store_true", help="the four councils that ship inside, again")
    what.add_argument(
        "--from", dest="folder", type=Path, metavar="DIR", help="files brought by hand; else what was fetched"
    )
    build.set_defaults(run=run_build)


def _add_place(place: argparse.ArgumentParser) -> None:
    place.add_argument("file", type=Path, help="CSV, XLSX, Parquet or GeoJSON of points")
    place.add_argument(
        "--out", type=Path, required=True, help="CSV, XLSX or Parquet; issues go to OUT.issues.csv"
    )
    place.add_argument("--postcode-column", metavar="NAME", help="where it is not headed Postcode")
    place.add_argument(
        "--crs", choices=["EPSG:27700", "EPSG:4326"], help="of a GeoJSON that does not say what it is in"
    )
    _add_engine(place)
    place.set_defaults(run=run_place)


def _add_summarise(summarise: argparse.ArgumentParser) -> None:
    summarise.add_argument("--edition", choices=list(EDITIONS), required=True)
    summarise.add_argument(
        "--by",
        required=True,
        metavar="lad|ward|lsoa|FILE.geojson",
        help="or polygons you drew",
    )
    summarise.add_argument("--index", choices=list(INDICES), default="imd")
    summarise.add_argument(
        "--weights",
        metavar="income=0.3,…",
        help="your own weights of domains: not official",
    )
    summarise.add_argument("--out", type=Path, required=True, help="CSV")
    summarise.set_defaults(run=run_summarise)


def _add_export(export: argparse.ArgumentParser) -> None:
    export.add_argument("link", help="a link to a view, or its query: 'council=Oxford&decile=1&decile=2'")
    export.add_argument("--what", choices=["places", "areas"], default="places")
    export.add_argument("--out", type=Path, required=True, help="ending in .csv, .xlsx, .geojson or .gpkg")
    export.add_argument("--date", type=asking.day, default=None, help="YYYY-MM-DD; today by default")
    export.set_defaults(run=run_export)


def _add_engine(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--engine",
        choices=["default", "dask"],
        default="default",
        help="docs/scale.md says when dask pays",
    )


def run_fetch(asked: argparse.Namespace, settings: Settings) -> str:
    """What was brought, and to where."""
    from mapping.build.fetch import fetch

    return fetch(
        councils=asked.council,
        england=asked.england,
        editions=asked.edition or list(EDITIONS),
        again=asked.again,
        settings=settings,
    )


def run_build(asked: argparse.Namespace, settings: Settings) -> str:
    """Which tables were built."""
    if not asked.pilot:
        from mapping.build.files import build

        return build(folder=asked.folder or settings.raw, settings=settings)
    from mapping.build.pilot import build_pilot

    cards = build_pilot(data=PILOT, boundaries_folder=ROOT / "boundaries")
    rows = sum(card.rows for card in cards)
    return f"Built {len(cards)} tables, {rows:,} rows, in {ROOT / 'boundaries'} and {PILOT}."


def run_summarise(asked: argparse.Namespace, settings: Settings) -> str:
    """How many areas were summarised, and to where."""
    from mapping import summarising

    return summarising.summarise_file(
        asked.edition, asked.by, asked.out, index=asked.index, weights=asked.weights, settings=settings
    )


def run_place(asked: argparse.Namespace, settings: Settings) -> str:
    """How many rows were placed, and where the issues are."""
    from mapping import placing
    from mapping.adapters.geojson import SAY_METRES

    options = {"postcode_column": asked.postcode_column, "crs": asked.crs, "engine": asked.engine}
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
