"""England's districts as a table, the equal of the map, and as a file to take away."""

import datetime
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from mapping import export
from mapping.analysis.filters import Filters
from mapping.editions import EDITIONS, INDICES, SUMMARY_MEASURES
from mapping.render import download, national_words, summary
from mapping.ui import cache, links
from mapping.ui.components import tables

SCALES: Final = dict.fromkeys(national_words.SHARES, 100)
HEADINGS: Final = {
    "proportion_most_deprived_share": "Most deprived 10 %",
    "average_rank": "Average rank",
    "average_score": "Average score",
    "extent_share": "Extent",
    "local_concentration": "Local concentration",
}
WIDTHS: Final = dict(zip(HEADINGS, (126, 88, 94, 62, 124), strict=True))
"""In pixels: the table fits beside the sidebar."""
COLUMNS: Final = ("code", "name", "lad24cd", "lad24nm", "n_lsoas", "population")


def draw(shown: pd.DataFrame, asked: Filters) -> None:
    """One row a district found, the most deprived first."""
    ordered = shown.sort_values([asked.measure, "name"], ascending=[False, True])
    tables.chooser(
        rows(ordered, asked),
        [f"area:{code}" for code in ordered["code"]],
        key="districts-table",
        column_config=column_config(asked),
    )


def rows(figures: pd.DataFrame, asked: Filters) -> pd.DataFrame:
    """Districts as a reader's table, in their order."""
    built = set(cache.atlas().councils["lad24cd"])
    table = pd.DataFrame({"District": figures["name"], "Rank": figures[f"rank_of_{asked.measure}"]})
    for measure, heading in HEADINGS.items():
        is_place = measure in ("average_rank", "local_concentration")
        table[heading] = figures[measure].round() if is_place else figures[measure] * SCALES.get(measure, 1)
    table["LSOAs"] = figures["n_lsoas"]
    table["In Explore"] = figures["lad24cd"].isin(built).map({True: "Yes", False: "Not built"})
    table["Population"] = figures["population"]
    table["Code"] = figures["code"]
    if figures[list(SUMMARY_MEASURES)].isna().any(axis=None):
        table["Why no figure"] = figures["why"]
    return table


def column_config(asked: Filters) -> dict[str, object]:
    """How each column is shown and explained."""
    edition = EDITIONS[asked.edition]
    number = st.column_config.NumberColumn
    score = f"%.{national_words.SCORE_DECIMALS.get(asked.index, 1)}f"
    formats = {"average_score": score} | dict.fromkeys(SCALES, "%.1f %%")
    config: dict[str, object] = {
        heading: number(
            format=formats.get(measure, "%,d"),
            width=WIDTHS[measure],
            help=national_words.unit_words(measure, index=asked.index, edition=asked.edition),
        )
        for measure, heading in HEADINGS.items()
    }
    most = f"By {SUMMARY_MEASURES[asked.measure].lower()}: 1 is the most deprived of {edition.n_districts}"
    return config | {
        "District": st.column_config.TextColumn(width=165),
        "Rank": number(help=most, width=48),
        "LSOAs": number(format="%,d", width=58),
        "In Explore": st.column_config.TextColumn(width=80),
        "Population": number(format="%,d", help=edition.population, width=84),
        "Code": st.column_config.TextColumn(width=90),
    }


def download_button(shown: pd.DataFrame, asked: Filters) -> None:
    """The districts found as a CSV file that says what it is."""
    today = datetime.datetime.now(tz=export.LONDON).date()
    columns = [*COLUMNS, *SUMMARY_MEASURES, *(f"rank_of_{measure}" for measure in SUMMARY_MEASURES), "why"]
    told = about(asked, title=f"Districts of England, {INDICES[asked.index]} {asked.edition}", date=today)
    st.download_button(
        f"Download {summary.count(len(shown), 'district')}",
        data=partial(download.download_file, shown, about=told, columns=columns, file_format="csv"),
        file_name=download.file_name(told, "csv"),
        on_click="ignore",
        disabled=shown.empty,
        icon=":material/download:",
        key="districts-file",
    )


def about(
    asked: Filters, *, title: str, date: datetime.date, notes: tuple[str, ...] = (), weights: str = ""
) -> download.About:
    """What a file of districts or of another weighting says of itself."""
    edition = EDITIONS[asked.edition]
    chosen = {"Index or domain": INDICES[asked.index], "Search": asked.find, "Weights": weights}
    return download.About(
        title=title,
        filters=tuple((label, value) for label, value in chosen.items() if value),
        edition=edition.title,
        date=date,
        link=links.link(asked, fields=("edition", "index", "measure", "find", "weights")),
        sources=tuple(cache.atlas().card(table) for table in (f"imd_{asked.edition}", "districts")),
        notes=(*notes, national_words.OURS, "Rank 1 is the most deprived."),
    )
