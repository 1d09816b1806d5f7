"""The options that say which view a command asks for."""

import argparse
import datetime
from typing import Any

from mapping.analysis.filters import GEOGRAPHIES
from mapping.analysis.question import NEEDS
from mapping.editions import EDITIONS, INDICES
from mapping.reporting.page_links import PAGES
from mapping.schemas import KINDS


def day(text: str) -> datetime.date:
    """The day that `text` names as an option. Raises argparse's own error, which the command prints."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no date. Write it as 2026-11-22.") from None


def add_view_options(command: argparse.ArgumentParser) -> None:
    """Add the options that say which view: a link, or the choices one by one."""
    several: dict[str, Any] = {"action": "append", "default": [], "metavar": "NAME"}
    command.add_argument("--council", metavar="NAME_OR_CODE")
    command.add_argument("--link", default="", help="a link to a view; other options count before it")
    command.add_argument("--page", choices=list(PAGES), help="the link’s, or explore, by default")
    command.add_argument("--ward", **several, help="this ward, or up to four of them side by side")
    command.add_argument(
        "--area", action="append", default=[], metavar="CODE", help="the same by code: LSOAs or wards"
    )
    command.add_argument("--index", choices=list(INDICES), help="imd by default")
    command.add_argument("--edition", choices=list(EDITIONS), help="the latest by default")
    command.add_argument("--by", choices=list(GEOGRAPHIES), default="", help="lsoa by default")
    command.add_argument("--kind", action="append", default=[], choices=list(KINDS))
    command.add_argument("--category", **several, help="may be given several times")
    command.add_argument("--ownership", **several, help="may be given several times")
    command.add_argument("--near", metavar="POSTCODE", help="explore: the places around it")
    command.add_argument("--within", type=int, metavar="METRES", help="how far is near")
    command.add_argument("--need", choices=list(NEEDS), help="gaps: whose LSOAs count as in need")
    command.add_argument(
        "--plan",
        action="append",
        default=[],
        metavar="'+POSTCODE;-PLACE_ID'",
        help="gaps: what if a place were added (+), or closed (-: write --plan=-ID)",
    )
    command.add_argument("--add", type=int, metavar="N", help="gaps: also the best sites for N more")
