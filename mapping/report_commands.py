"""The commands that make what people take to a meeting: `snapshot`, `profiles` and `map`."""

import argparse
from pathlib import Path

from mapping.render.sheet.paper import ORIENTATIONS, SIZES
from mapping.reporting import asking, map_command, profile_files
from mapping.settings import Settings

FORMATS = ("png", "svg", "pdf", "pack")


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `snapshot`, `profiles` and `map` to the commands there are."""
    _add_snapshot(commands.add_parser("snapshot", help="a view as a picture on paper, or a pack of it"))
    profile_files.add_options(
        commands.add_parser("profiles", help="a profile of each ward or LSOA of a council")
    )
    map_command.add_options(commands.add_parser("map", help="a view as a map that opens without a network"))


def _add_snapshot(snapshot: argparse.ArgumentParser) -> None:
    asking.add_view_options(snapshot)
    snapshot.add_argument("--paper", choices=list(SIZES), default="a4")
    snapshot.add_argument("--orientation", choices=list(ORIENTATIONS), default="landscape")
    snapshot.add_argument("--format", choices=list(FORMATS), help="by the end of --out by default")
    snapshot.add_argument("--date", type=asking.day, default=None, help="YYYY-MM-DD; today by default")
    snapshot.add_argument("--out", type=Path, required=True, help="ending in .png, .svg, .pdf or .zip")
    snapshot.set_defaults(run=run_snapshot)


def run_snapshot(asked: argparse.Namespace, settings: Settings) -> str:
    """What was drawn, and to where."""
    from mapping.reporting import snapshots

    return snapshots.snapshot_file(asked, asked.out, settings=settings)
