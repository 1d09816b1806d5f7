"""The commands about gaps: their options, and what runs them."""

import argparse
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mapping.analysis.question import CANDIDATES, DECAYS, LACKS, MOST_ADDED, NEEDS
from mapping.editions import EDITIONS, INDICES
from mapping.errors import UnusableQuestionError
from mapping.parallel import ENGINES
from mapping.schemas import KINDS
from mapping.settings import Settings

if TYPE_CHECKING:
    from mapping.assessing import Asked


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `gaps` and `site` to the commands there are."""
    _add_gaps(commands.add_parser("gaps", help="who is far from what, by LSOA, ward or drawn area"))
    _add_site(commands.add_parser("site", help="where one more would bring most people in need near"))


def _add_gaps(gaps: argparse.ArgumentParser) -> None:
    _add_question(gaps)
    gaps.add_argument("--england", action="store_true", help="all councils held, ranked together")
    gaps.add_argument("--all-columns", action="store_true", help="also need, lack, gap and more")
    gaps.add_argument("--engine", choices=list(ENGINES), default="default", help="for --england")
    gaps.add_argument(
        "--out", type=Path, required=True, help="CSV; for a council also .xlsx, .geojson or .gpkg"
    )
    gaps.set_defaults(run=run_gaps)


def _add_site(site: argparse.ArgumentParser) -> None:
    _add_question(site)
    site.add_argument("--add", type=int, metavar="N", help=f"how many more, up to {MOST_ADDED}; 3 by default")
    site.add_argument(
        "--candidates", choices=list(CANDIDATES), help="where they could be; community buildings by default"
    )
    site.add_argument(
        "--time-limit", type=float, default=20.0, metavar="S", help="seconds for the proof; 20 by default"
    )
    site.add_argument("--out", type=Path, required=True, help="CSV")
    site.set_defaults(run=run_site)


def _add_question(command: argparse.ArgumentParser) -> None:
    """The options that say what is asked."""
    several: dict[str, Any] = {"action": "append", "default": [], "metavar": "NAME"}
    command.add_argument("--council", metavar="NAME_OR_CODE")
    command.add_argument("--link", default="", help="a link to the Gaps page; other options count before it")
    command.add_argument("--kind", action="append", default=[], choices=list(KINDS))
    command.add_argument("--category", **several, help="may be given several times")
    command.add_argument("--ownership", **several, help="may be given several times")
    command.add_argument("--edition", choices=list(EDITIONS), help="2025 by default")
    command.add_argument("--index", choices=list(INDICES), help="imd by default")
    command.add_argument("--need", choices=list(NEEDS), help="whose LSOAs count as in need; fifth by default")
    command.add_argument("--lack", choices=list(LACKS), help="nearest by default")
    command.add_argument(
        "--decay", choices=list(DECAYS), help="how a place counts less with distance; step by default"
    )
    command.add_argument("--within", type=int, metavar="METRES", help="how far is near; 800 by default")
    command.add_argument("--detour", type=float, help="what a straight line is multiplied by; 1.3 by default")
    command.add_argument(
        "--by", default="", metavar="lsoa|ward|FILE.geojson", help="lsoa by default; or polygons you drew"
    )
    command.add_argument(
        "--plan",
        action="append",
        default=[],
        metavar="'+POSTCODE;-PLACE_ID'",
        help="what if a place were added (+), or closed (-: write --plan=-ID); may be given several times",
    )
    command.add_argument("--streets", type=Path, metavar="FILE", help="measure on foot along these")
    command.add_argument(
        "--places", type=Path, metavar="FILE", help="places of your own, as `place` wrote them"
    )
    command.add_argument("--capacity", type=Path, metavar="FILE", help="CSV of place_id, capacity")


def run_gaps(asked: argparse.Namespace, settings: Settings) -> str:
    """How many areas were written, to where, and what they say."""
    from mapping import assessing

    told = _asked(asked, "gaps")
    if not asked.england:
        return assessing.gaps_file(told, asked.out, settings=settings, all_columns=asked.all_columns)
    if asked.council:
        raise UnusableQuestionError("Give --council or --england, not both.")
    return assessing.england_file(
        told, asked.out, settings=settings, all_columns=asked.all_columns, engine=asked.engine
    )


def run_site(asked: argparse.Namespace, settings: Settings) -> str:
    """Which sites were written, to where, and whom they would reach."""
    from mapping import assessing

    told = _asked(asked, "site")
    return assessing.site_file(told, asked.out, settings=settings, time_limit_s=asked.time_limit)


def _asked(asked: argparse.Namespace, command: str) -> "Asked":
    """What was asked, for `assessing`."""
    from mapping import assessing

    choices = {
        "council": asked.council,
        "kinds": tuple(asked.kind),
        "categories": tuple(asked.category),
        "ownerships": tuple(asked.ownership),
        "edition": asked.edition,
        "index": asked.index,
        "need": asked.need,
        "lack": asked.lack,
        "decay": asked.decay,
        "reach_m": asked.within,
        "detour": asked.detour,
        "plans": tuple(asked.plan),
        "candidates": getattr(asked, "candidates", None),
        "add": getattr(asked, "add", None),
    }
    return assessing.Asked(
        choices=choices,
        link=asked.link,
        by=asked.by,
        streets=asked.streets,
        places=asked.places,
        capacity=asked.capacity,
        command=typed(asked.words),
    )


def typed(words: Sequence[str]) -> str:
    """The command as a person types it."""
    return f"python -m mapping {shlex.join(words)}"
