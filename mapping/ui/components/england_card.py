"""The card of one district beside the map of England: its measures, its ranks, and the way into it."""

import html
from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis.filters import Filters, to_query
from mapping.analysis.gazetteer import held_words
from mapping.editions import EDITIONS, INDICES, SUMMARY_MEASURES
from mapping.render import national_words as words
from mapping.render import summary
from mapping.ui import cache, links
from mapping.ui.components import tables
from mapping.ui.components.cards import details_box
from mapping.ui.components.tables import NOTHING
from mapping.ui.components.text import plain

CARD_HEIGHT: Final = 504
BUILD: Final = "python -m mapping build"
FIRST: Final = 6
"""Districts named while none is chosen."""


def chosen_of(figures: pd.DataFrame) -> str:
    """What is chosen of the districts held, as `area:CODE`; blank for nothing."""
    code = str(st.session_state.get(links.CHOSEN) or "").removeprefix("area:")
    if code not in set(figures["code"]):
        st.session_state[links.CHOSEN] = None
    return st.session_state[links.CHOSEN] or ""


def draw(figures: pd.DataFrame, asked: Filters) -> None:
    """A box to choose by name, and under it the card of what is chosen there, on the map or in the table."""
    chosen = details_box(dict(zip("area:" + figures["code"], figures["name"], strict=True)))
    with st.container(border=True, height=CARD_HEIGHT):
        if chosen is None:
            england_card(figures, asked)
        else:
            row = figures[figures["code"] == chosen.removeprefix("area:")].iloc[0]
            district_card(row, figures, asked)


def england_card(figures: pd.DataFrame, asked: Filters) -> None:
    """What is held, and who comes first, while nothing is chosen."""
    n, edition = len(figures), EDITIONS[asked.edition]
    built = held_words(cache.atlas().council_names)
    is_whole = n == edition.n_districts
    title = "England" if is_whole else f"{summary.count(n, 'district')} held"
    st.markdown(f"#### {title}\nBuilt here, so that Explore shows their places: {plain(built)}.")
    if is_whole:
        st.html(first_table(figures, asked))
    else:
        st.markdown(f"To see all {edition.n_districts} districts of {edition.district_year} here:")
        commands(f"python -m mapping fetch --england --edition {asked.edition}")
    st.markdown("Choose a district to read its five measures.")


def first_table(figures: pd.DataFrame, asked: Filters) -> str:
    """The districts with the highest values of what is shaded, as a small table."""
    known = figures[figures[asked.measure].notna()].sort_values(asked.measure, ascending=False)
    first = known.head(FIRST)
    values = words.value_words(first[asked.measure], measure=asked.measure, index=asked.index)
    ranks = words.rank_words(figures[f"rank_of_{asked.measure}"])[first.index]
    rows = zip(first["name"].map(html.escape), values, ranks.where(ranks != "", NOTHING), strict=True)
    return tables.small(("Highest values", "Value", "Rank"), rows, caption="")


def district_card(row: pd.Series, figures: pd.DataFrame, asked: Filters) -> None:
    """One district's measures with their ranks, and where to go from here."""
    edition = EDITIONS[asked.edition]
    st.markdown(f"#### {plain(row['name'])}\n{row['code']}, district of {edition.district_year}")
    st.html(measure_table(row, figures, asked))
    way_in(row)
    people = "" if pd.isna(row["population"]) else f", {row['population']:,.0f} {edition.population}"
    lines = [f"{summary.count(int(row['n_lsoas']), 'LSOA')}{people}.", str(row["why"])]
    st.markdown("\n\n".join(plain(line) for line in lines if line))


def measure_table(row: pd.Series, figures: pd.DataFrame, asked: Filters) -> str:
    """The five measures as a small table, the one that is shaded in bold."""
    mine = figures["code"] == row["code"]
    rows = []
    for measure, name in SUMMARY_MEASURES.items():
        value = words.value_words(figures.loc[mine, measure], measure=measure, index=asked.index)
        rank = words.rank_words(figures[f"rank_of_{measure}"])[mine]
        rows.append((name, value.iloc[0] or "no figure", rank.iloc[0] or NOTHING))
    n_ranked = sum(rank != NOTHING for _, _, rank in rows)
    ways = words.HIGHER.format(n=EDITIONS[asked.edition].n_lsoas)
    ranked = ranks_words(asked, some=n_ranked < len(rows)) if n_ranked else unranked_words(figures, asked)
    caption = f"{INDICES[asked.index]} {asked.edition}. {words.OURS} {ways} {ranked}"
    return tables.small(
        ("Measure", "Value", "Rank"), rows, caption=caption, bold=SUMMARY_MEASURES[asked.measure]
    )


def ranks_words(asked: Filters, *, some: bool) -> str:
    """What a rank is of, and, where only some measures have one, what stands for none."""
    n = EDITIONS[asked.edition].n_districts
    none = f"; {NOTHING}: not known of every district" if some else ""
    return f"Rank 1 is the most deprived of {n} districts{none}."


def unranked_words(figures: pd.DataFrame, asked: Filters) -> str:
    """Why no measure of a district has a rank."""
    n = EDITIONS[asked.edition].n_districts
    if len(figures) == n:
        return words.NO_RANK
    return f"No rank: {len(figures):,} of England’s {n:,} districts are held."


def way_in(row: pd.Series) -> None:
    """The link that opens the district's council in Explore, or how to build it."""
    names = cache.atlas().council_names
    council = row["lad24nm"]
    if row["lad24cd"] != row["code"]:
        st.markdown(plain(f"Part of {council} today."))
    if row["lad24cd"] in names:
        council = names[row["lad24cd"]]
        query = to_query(Filters(council=council))
        links.to_page("explore", f"Open {council} in Explore", icon=":material/map:", query=query)
        links.to_profile(f"Overview of {council}", Filters(council=council))
        return
    st.markdown(f"{plain(council)} is not built here. To see its LSOAs and places:")
    commands(f'python -m mapping fetch --council "{council}"')


def commands(fetch: str) -> None:
    """`fetch` and then the build, to copy."""
    st.code(f"{fetch}\n{BUILD}", "sh", wrap_lines=True)
