"""Where one more would help most, written as a file with its account beside it."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from mapping.analysis.assess import Assessment
from mapping.analysis.filters import Filters
from mapping.assessing.asking import Asked
from mapping.assessing.gap_files import answer, today, written
from mapping.assessing.inputs import read_inputs, refuse_out
from mapping.assessing.plans import sites_view
from mapping.assessing.telling import about_sites, summary
from mapping.atlas import Atlas
from mapping.errors import UnusableQuestionError
from mapping.render import download
from mapping.render.gap_columns import SITE_COLUMNS
from mapping.render.gaps_csv import gaps_csv, rounded
from mapping.render.place_words import what_words
from mapping.render.site_words import alternative_words, site_sentence
from mapping.render.summary import count
from mapping.settings import Settings

if TYPE_CHECKING:
    from mapping.analysis.siting import Sites

LONGEST_S = 3_600


def site_file(asked: Asked, out: Path, *, settings: Settings, time_limit_s: float = 20.0) -> str:
    """What was written to `out` and what it says, in one line: a row a site; beside it OUT.about.txt.

    `out` is a CSV of `SITE_COLUMNS`, the site that adds the most first. Both files are whole or not there.

    Raises UnusableFileError (`out` or a file brought cannot be used), UnusableQuestionError, or as
    `read_inputs` and `gap_view` do.
    """
    refuse_out(out, suffixes=(".csv",), brought=asked.brought)
    if not 0 < time_limit_s <= LONGEST_S:
        raise UnusableQuestionError(f"--time-limit is a number of seconds up to {LONGEST_S:,}.")
    held = read_inputs(asked, settings)
    if held.drawn is not None:
        raise UnusableQuestionError("Sites are looked for in a whole council: leave out --by.")
    found = answer(held)
    filters = held.filters
    if found.view.standing.is_silent:
        raise UnusableQuestionError(f"No site can be named. {summary(found.view, filters)}")
    sites = sites_view(
        filters,
        found.view,
        atlas=held.atlas,
        places=held.places,
        metric=held.metric,
        time_limit_s=time_limit_s,
    )
    about = about_sites(
        found.view,
        sites,
        filters,
        atlas=held.atlas,
        link=asked.command,
        date=today(),
        notes=held.problems,
    )
    table = site_table(sites, found.view, wards=held.atlas.wards)
    written(out, gaps_csv(table), about=about)
    what = what_words(filters.kinds, filters.categories, filters.ownerships)
    said = site_sentence(sites, question=found.view.question, what=what, candidates=filters.candidates)
    return " ".join([f"Wrote {count(len(table), 'site')} to {out}. {said}", *held.problems])


def site_table(sites: "Sites", view: Assessment, *, wards: pd.DataFrame) -> pd.DataFrame:
    """One row a site, in their order: `SITE_COLUMNS`.

    `within_share` is of the whole council's people, as it would be with this site and those before it.
    """
    chosen = sites.chosen
    population = view.total["population"]
    newly = chosen["newly_within"].cumsum() / population
    return chosen.assign(
        within_share=view.total["within_share"] + newly,
        is_proven=sites.is_proven,
        shortfall_share=sites.shortfall_share,
        alternatives=[alternative_words(sites.alternatives, int(order)) for order in chosen["order"]],
        note=_notes(chosen, sites, wards=wards),
    )[list(SITE_COLUMNS)]


def _notes(chosen: pd.DataFrame, sites: "Sites", *, wards: pd.DataFrame) -> "pd.Series[str]":
    """The ward of each site, and what is to be known of all of them."""
    names = chosen["wd24cd"].map(wards.set_index("wd24cd")["wd24nm"])
    told = [f"In {name} ward. {sites.why}" if pd.notna(name) else sites.why for name in names]
    return pd.Series([each.strip() for each in told], index=chosen.index, dtype="str")


def sites_download(
    sites: "Sites",
    filters: Filters,
    *,
    view: Assessment,
    atlas: Atlas,
    columns: Sequence[str],
    file_format: str,
    link: str,
    date: datetime.date,
) -> bytes:
    """The file of the best sites that a page gives: the rows shown, and inside what they are."""
    about = about_sites(view, sites, filters, atlas=atlas, link=link, date=date)
    table = rounded(site_table(sites, view, wards=atlas.wards))
    return download.download_file(table, about=about, columns=columns, file_format=file_format)
