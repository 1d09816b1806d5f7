"""Sources: every table in use, who published it, and what was verified of it."""

import pandas as pd
import streamlit as st

from mapping import provenance
from mapping.render import summary
from mapping.sources import Card
from mapping.ui import cache
from mapping.ui.components.cards import licence_words
from mapping.ui.components.text import plain


def page() -> None:
    """The tables, the sources of the directory's entries, and how complete the record is."""
    atlas = cache.atlas()
    st.markdown("# Sources: where every figure and entry comes from")
    st.markdown(
        f"{len(atlas.cards)} tables are in use. Each says who published it, as of when, under which licence, "
        "how it was made and what was verified. A report that uses a figure must carry its attribution."
    )
    draw_report_lines(atlas.cards)
    draw_tables(atlas.cards)
    draw_figures(atlas.cards)
    draw_entries(cache.places())
    for problem in cache.added().problems:
        st.warning(plain(problem))
    draw_completeness(cache.completeness(), atlas.councils)


def draw_report_lines(cards: tuple[Card, ...]) -> None:
    """The sentences a report must carry, ready to copy, for the page its figures are from."""
    st.subheader("For your report")
    pages = list(dict.fromkeys(figure.page for figure in provenance.FIGURES))
    page = st.radio("A report that shows figures of", pages, horizontal=True, key="report-page")
    st.code(provenance.report_line(page, cards), language=None, wrap_lines=True)


def draw_figures(cards: tuple[Card, ...]) -> None:
    """Which figure on which page comes from which table."""
    st.subheader("Which figure comes from which table")
    st.dataframe(
        pd.DataFrame(
            [
                {
                    "Page": figure.page,
                    "Figure": figure.figure,
                    "Official or ours": figure.made,
                    "Tables": "; ".join(card.title for card in provenance.cards_of(figure, cards)),
                }
                for figure in provenance.FIGURES
            ]
        ),
        hide_index=True,
        height="content",
        row_height=58,
        column_config={
            "Page": st.column_config.TextColumn(width=90),
            "Figure": st.column_config.TextColumn(width=380),
            "Official or ours": st.column_config.TextColumn(width=380),
            "Tables": st.column_config.TextColumn(width=420),
        },
    )


def draw_tables(cards: tuple[Card, ...]) -> None:
    """One line a table, and each in full below."""
    st.subheader("Tables")
    st.dataframe(
        pd.DataFrame(
            {
                "Table": [card.title for card in cards],
                "Rows": [card.rows for card in cards],
                "Checks": [len(card.checks) for card in cards],
                "Issues": [len(card.issues) for card in cards],
                "Shown on": [", ".join(card.pages) for card in cards],
                "Vintage": [card.vintage for card in cards],
                "Licence": [card.licence for card in cards],
                "Publisher": [card.publisher for card in cards],
            }
        ),
        hide_index=True,
        height="content",
        column_config={
            "Table": st.column_config.TextColumn(width=430),
            "Rows": st.column_config.NumberColumn(format="%,d", width=70),
            "Checks": st.column_config.NumberColumn(width=70, help="Verified as the table was made"),
            "Issues": st.column_config.NumberColumn(width=70, help="Known faults, told in full below"),
            "Shown on": st.column_config.TextColumn(width=170),
            "Vintage": st.column_config.TextColumn(width=125),
            "Licence": st.column_config.TextColumn(width=110),
            "Publisher": st.column_config.TextColumn(width=240),
        },
    )
    for card in cards:
        with st.expander(f"{plain(card.title)} ({card.rows:,} rows)"):
            st.markdown(card_text(card))


def card_text(card: Card) -> str:
    """One card as Markdown."""
    facts = {
        "Publisher": card.publisher,
        "Vintage": card.vintage,
        "Source": card.source,
        "Fetched": card.fetched,
        "How it was made": card.made,
        "Licence": card.licence,
        "Attribution": card.attribution,
        "Shown on": ", ".join(card.pages),
        "File": f"{card.table}, {card.rows:,} rows",
        "Columns": ", ".join(card.columns),
        "SHA-256": card.sha256,
    }
    lines = [f"**{label}**: {plain(value)}" for label, value in facts.items() if value]
    lines += [
        f"**{heading}**:\n\n" + "\n".join(f"- {plain(each)}" for each in told)
        for heading, told in {"Verified": card.checks, "Issues found": card.issues}.items()
        if told
    ]
    return "\n\n".join(lines)


def draw_entries(places: pd.DataFrame) -> None:
    """Where the directory's entries come from, one line a source and date."""
    st.subheader("Sources of the directory’s entries")
    grouped = places.groupby(["source", "source_date", "licence"]).size().reset_index(name="n")
    st.dataframe(
        pd.DataFrame(
            {
                "Source": grouped["source"],
                "Date": grouped["source_date"].map(summary.date_words),
                "Licence": grouped["licence"].map(licence_words),
                "Entries": grouped["n"],
            }
        ),
        hide_index=True,
        height="content",
    )


def draw_completeness(completeness: pd.DataFrame, councils: pd.DataFrame) -> None:
    """What the record holds, holds thinly, or has not surveyed, by council."""
    st.subheader("How complete the record is")
    st.markdown("“No record” does not mean “none there”. Before reading a gap, look here.")
    names = councils.set_index("lad24cd")["lad24nm"]
    # A list that somebody brought may reach into councils that are not built here.
    completeness = completeness[completeness["lad24cd"].isin(names.index)]
    st.dataframe(
        pd.DataFrame(
            {
                "Council": completeness["lad24cd"].map(names),
                "Kind": completeness["kind"].str.capitalize(),
                "Category": completeness["category"],
                "Record": completeness["completeness"],
                "As of": completeness["as_of"].map(summary.date_words),
                "Why we say so": completeness["basis"],
            }
        ),
        hide_index=True,
        height="content",
    )
