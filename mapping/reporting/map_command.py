"""The command `map`: its options, and what runs it."""

import argparse
from pathlib import Path

from mapping.reporting import asking
from mapping.settings import Settings


def add_options(command: argparse.ArgumentParser) -> None:
    """Add the options of `map` to `command`."""
    asking.add_view_options(command)
    command.add_argument("--date", type=asking.day, default=None, help="YYYY-MM-DD; today by default")
    command.add_argument("--out", type=Path, required=True, help="ending in .html")
    command.set_defaults(run=run)


def run(asked: argparse.Namespace, settings: Settings) -> str:
    """What was made, and to where."""
    from mapping.reporting import travelling

    return travelling.map_file(asked, asked.out, settings=settings)
