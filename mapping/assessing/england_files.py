"""The gaps of every council held, written as one file with its account beside it."""

from pathlib import Path
from typing import Final

import pandas as pd

from mapping.analysis import assess
from mapping.analysis.filters import Filters
from mapping.assessing.asking import Asked
from mapping.assessing.england import england_gaps
from mapping.assessing.gap_files import today, written
from mapping.assessing.inputs import Inputs, read_inputs, refuse_out
from mapping.assessing.telling import METHOD, added_cards, edition_words, gap_cards, gap_filters
from mapping.assessing.views import asked_question
from mapping.errors import UnusableQuestionError
from mapping.render.about import About
from mapping.render.england_words import england_sentence
from mapping.render.gap_columns import GAP_COLUMNS, MORE_COLUMNS
from mapping.render.gap_words import lack_words
from mapping.render.gaps_csv import gaps_csv
from mapping.render.place_words import what_words
from mapping.render.summary import UNITS, count
from mapping.settings import Settings

COUNCIL: Final = ("lad24cd", "lad24nm")
TOGETHER: Final = (
    "Ranks are among all the areas of the file. With the catchment measure, lack is against the mean of each "
    "council’s own people."
)


def england_file(
    asked: Asked,
    out: Path,
    *,
    settings: Settings,
    all_columns: bool = False,
    engine: str = "default",
) -> str:
    """What was written to `out` and what it says, in one line: a row an area of every council held.

    `out` is a CSV of `GAP_COLUMNS` and the council, beside it OUT.about.txt; see `gap_files.gaps_file`.
    """
    refuse_out(out, suffixes=(".csv",), brought=asked.brought)
    if asked.drawn or asked.choices.get("plans"):
        raise UnusableQuestionError("With --england, --by is lsoa or ward and there are no plans.")
    held = read_inputs(asked, settings, needs_council=False)
    rows = england_gaps(
        held.filters,
        atlas=held.atlas,
        places=held.places,
        completeness=held.completeness,
        metric=held.metric,
        capacity=held.capacity,
        engine=engine,
        is_shown=True,
    )
    told = _told(rows, held)
    columns = [*GAP_COLUMNS, *(MORE_COLUMNS if all_columns else ()), *COUNCIL]
    written(out, gaps_csv(rows[columns]), about=_about(rows, held, told=told, link=asked.command))
    return " ".join([f"Wrote {_areas(rows, held.filters)} to {out}. {told}", *held.problems])


def _told(rows: pd.DataFrame, held: Inputs) -> str:
    filters = held.filters
    return england_sentence(
        rows,
        question=asked_question(filters),
        metric_words=held.metric.words,
        what=what_words(filters.kinds, filters.categories, filters.ownerships),
    )


def _areas(rows: pd.DataFrame, filters: Filters) -> str:
    return f"{count(len(rows), *UNITS[filters.geography])} of {count(rows['lad24cd'].nunique(), 'council')}"


def _about(rows: pd.DataFrame, held: Inputs, *, told: str, link: str) -> About:
    filters = held.filters
    what = what_words(filters.kinds, filters.categories, filters.ownerships)
    counted, _ = assess.counted(
        held.places,
        lad24cd="",
        kinds=filters.kinds,
        categories=filters.categories,
        ownerships=filters.ownerships,
    )
    lack = lack_words(asked_question(filters), metric_words=held.metric.words)
    return About(
        title=f"Gaps in all councils held: {what}",
        filters=gap_filters(filters, areas=_areas(rows, filters)),
        edition=edition_words(filters),
        date=today(),
        link=link,
        sources=(*gap_cards(filters, atlas=held.atlas), *added_cards(counted)),
        notes=(told, lack, TOGETHER, *METHOD, *held.problems),
    )
