"""(k) The best three sites among all of Oxford's live postcodes, proven best."""

import os
import statistics
from collections.abc import Iterator
from functools import partial
from typing import Final

from bench.figures import Figure, rounded
from bench.national import seconds
from mapping import assessing
from mapping.analysis.filters import Filters
from mapping.analysis.question import CANDIDATES
from mapping.atlas import read_atlas
from mapping.directory.seed import read_places
from mapping.settings import Settings

ROUNDS: Final = 3
TARGET_S: Final = 5.0
ADD: Final = 3


def figures() -> Iterator[Figure]:
    """One figure for each kind of candidate; the gaps themselves are known beforehand."""
    settings = Settings.from_env(os.environ)
    atlas, places = read_atlas(settings), read_places(settings)
    for source, words in CANDIDATES.items():
        asked = Filters(council="Oxford", categories=("library",), candidates=source, add=ADD)
        view = assessing.gap_view(asked, atlas=atlas, places=places)
        sited = partial(assessing.sites_view, asked, view, atlas=atlas, places=places)
        best = sited()
        assert best.is_proven and len(best.chosen) == ADD
        yield Figure(
            figure=f"{ADD} sites proven best, candidates: {words.lower()}",
            value=rounded(statistics.median(seconds(sited) for _ in range(ROUNDS))),
            unit="s",
            target=TARGET_S,
            detail={
                "candidates": best.n_candidates,
                "demand points": len(view.demand),
                "people newly reached": round(best.newly_within),
                "of them in need": round(best.newly_within_need),
                "rounds": ROUNDS,
            },
        )
