"""Clusters: where areas with large gaps lie together. Exploratory."""

from typing import Final

import pandas as pd
import streamlit as st

from mapping.analysis import clusters
from mapping.render.summary import UNITS, count
from mapping.ui import cache
from mapping.ui.components import gap_table, tables
from mapping.ui.components.gap_plans import Shown
from mapping.ui.components.text import plain

KINDS: Final = {
    "high-high": "Large gap among large ones",
    "low-low": "Small gap among small ones",
    "high-low": "Large gap among small ones",
    "low-high": "Small gap among large ones",
}
SPOTS: Final = {"hot": "Hot: large gaps around", "cold": "Cold: small gaps around"}
NONE: Final = "No area stands out: gaps lie no more together than chance would have it."


def draw(shown: Shown) -> None:
    """The areas that stand out among their neighbours, and what that cannot say."""
    if shown.view.standing.is_silent:
        st.info("Nothing is known of these places here, so there are no gaps to compare.")
        return
    with st.spinner("Comparing each area with its neighbours…"):
        found = cache.gap_clusters(shown.question)
    st.markdown(plain(clusters.EXPLORATORY))
    if found.said:
        st.markdown(plain(found.said))
    table = rows(shown, found.table)
    if table.empty:
        st.info(NONE)
        return
    st.markdown(f"{count(len(table), *UNITS[shown.asked.geography])} of {len(found.table):,} stand out.")
    tables.chooser(
        table.drop(columns="code"),
        [f"area:{code}" for code in table["code"]],
        key="clusters-table",
        column_config={
            "Gap rank": st.column_config.NumberColumn(width=76),
            "p, local Moran": st.column_config.NumberColumn(format="%.4f"),
            "p, Gi*": st.column_config.NumberColumn(format="%.4f"),
        },
    )


def rows(shown: Shown, found: pd.DataFrame) -> pd.DataFrame:
    """The areas that stand out by either measure, the largest gap first."""
    both = gap_table.ordered(shown.view.areas)[["code", "name", "gap_rank"]].merge(
        found, on="code", how="left"
    )
    marked = both[both["cluster"].fillna("").ne("") | both["hot"].fillna("").ne("")]
    return pd.DataFrame(
        {
            "Area": marked["name"],
            "Gap rank": marked["gap_rank"],
            "Local Moran’s I": marked["cluster"].map(KINDS).fillna(tables.NOTHING),
            "p, local Moran": marked["p"],
            "Gi*": marked["hot"].map(SPOTS).fillna(tables.NOTHING),
            "p, Gi*": marked["p_g"],
            "code": marked["code"],
        }
    )
