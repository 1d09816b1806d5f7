"""`python -m bench [NAME…]`: one JSON line a figure. Exit status 1 when a target is missed."""

import argparse
import sys
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Final

from playwright.sync_api import Browser, sync_playwright

from bench import (
    building,
    changing,
    england,
    gaps,
    gaps_england,
    opening,
    pictures,
    placing,
    reports,
    scale,
    siting,
    summaries,
    users,
)
from bench.figures import Figure, show
from tests.browser import chromium


def in_browser(measure: Callable[[Browser], Iterator[Figure]]) -> Callable[[], Iterator[Figure]]:
    """`measure` with a Chromium of its own."""

    def measured() -> Iterator[Figure]:
        executable = chromium.find()
        if executable is None:
            raise SystemExit(chromium.REMEDY)
        with sync_playwright() as playwright:
            browser = chromium.launch(playwright, executable)
            yield from measure(browser)
            browser.close()

    return measured


MEASURES: Final[dict[str, Callable[[], Iterator[Figure]]]] = {
    "opening": in_browser(opening.figures),
    "changing": in_browser(changing.figures),
    "users": users.figures,
    "placing": placing.figures,
    "england": england.figures,
    "building": building.figures,
    "summaries": summaries.figures,
    "gaps": gaps.figures,
    "siting": siting.figures,
    "gaps_england": gaps_england.figures,
    "pictures": pictures.figures,
    "reports": reports.figures,
}
"""What `make bench` measures; what needs files that are not there says so and is passed over."""
ALONE: Final[dict[str, Callable[[], Iterator[Figure]]]] = {"scale": scale.figures}
"""Measured only when asked for by name: minutes long."""


def main() -> int:
    """Measure what is named, or everything."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "names", nargs="*", choices=[[], *MEASURES, *ALONE], help="what to measure; everything if not given"
    )
    names = parser.parse_args().names or list(MEASURES)
    return 0 if show(chain.from_iterable((MEASURES | ALONE)[name]() for name in names)) else 1


if __name__ == "__main__":
    sys.exit(main())
