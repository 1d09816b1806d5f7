"""One more: where another place, or several, would help most."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
import streamlit as st

from mapping.analysis.filters import PLANS, Filters
from mapping.analysis.question import CANDIDATES, MOST_ADDED
from mapping.render import site_words
from mapping.ui import cache, filters, links
from mapping.ui.components import gap_plans
from mapping.ui.components.gap_plans import Shown
from mapping.ui.components.text import plain

if TYPE_CHECKING:
    from mapping.analysis.siting import Sites

FOUND: Final = "gap-sites"
"""Where a session keeps which question it has sites for."""
LETTERS: Final = "ABCDEFGHIJ"
"""What sites are called on the map."""
SILENT: Final = "Nothing is known of these places here, so nobody can say where one more would help."
"""Said where the record is silent."""
NOT_KNOWN: Final = (
    "Whether a site can be had, at what cost, and who would run it, is not known here. A site stands for the "
    "streets around its postcode."
)


def found(shown: Shown) -> "Sites | None":
    """The sites that this session found for what is shown; None where it has yet to look."""
    if st.session_state.get(FOUND) != wanted(shown):
        return None
    return cache.gap_sites(shown.question, shown.asked.candidates, shown.asked.add)


def wanted(shown: Shown) -> Filters:
    """What sites are looked for."""
    return replace(shown.question, candidates=shown.asked.candidates, add=shown.asked.add)


def draw(shown: Shown) -> None:
    """How many, among which candidates, and the answer."""
    if shown.view.standing.is_silent:
        st.info(SILENT)
        return
    choices()
    sites = found(shown)
    if sites is None:
        look(shown)
    else:
        draw_sites(shown, sites)


def choices() -> None:
    """How many sites, and among what."""
    left, right = st.columns(2, gap="medium")
    names = CANDIDATES.__getitem__
    left.radio("Among", list(CANDIDATES), format_func=names, key=links.widget("candidates"), horizontal=True)
    right.slider("How many more", 1, MOST_ADDED, key=links.widget("add"))


def look(shown: Shown) -> None:
    """Nothing: the sites are looked for, among all postcodes when somebody asks for it, and then shown."""
    if shown.asked.candidates == "postcodes":
        st.markdown("Among all postcodes it takes some seconds to find the best sites, and to prove it.")
        if not st.button("Find the best sites", icon=":material/search:", type="primary", key="gap-look"):
            return
    with st.spinner("Looking for the best sites…"):
        cache.gap_sites(shown.question, shown.asked.candidates, shown.asked.add)
    st.session_state[FOUND] = wanted(shown)
    # The map stands above and was drawn without them.
    st.rerun()


def draw_sites(shown: Shown, sites: "Sites") -> None:
    """The answer in words, the sites, and what each further one would add."""
    question, asked = shown.view.question, shown.asked
    said = site_words.site_sentence(sites, question=question, what=shown.what, candidates=asked.candidates)
    st.markdown(f"**{plain(said)}**")
    if sites.chosen.empty:
        return
    left, right = st.columns([3, 1], gap="medium")
    with left:
        st.dataframe(rows(sites), hide_index=True, height="content", column_config=column_config())
        st.markdown("\n".join(others(sites)))
        postcodes = tuple(sites.chosen["postcode"].dropna())
        where = PLANS[shown.plan.name] if shown.plan else "a new plan"
        label = f"Put {'it' if len(postcodes) == 1 else 'these'} into {where}"
        st.button(
            label, icon=":material/playlist_add:", on_click=gap_plans.add, args=(postcodes,), key="gap-put"
        )
    with right:
        st.html(filters.bars("People newly near", curve(sites)))
    st.caption(NOT_KNOWN)


def rows(sites: "Sites") -> pd.DataFrame:
    """The sites as a reader's table, the first first."""
    chosen = sites.chosen
    wards = cache.atlas().wards.set_index("wd24cd")["wd24nm"]
    table = pd.DataFrame(
        {
            "Site": [LETTERS[order - 1] for order in chosen["order"]],
            "Name": chosen["name"],
            "Postcode": chosen["postcode"],
            "Ward": chosen["wd24cd"].map(wards),
            "Newly near": chosen["newly_within"].round(),
            "In need": chosen["newly_within_need"].round(),
            "Most deprived fifth": chosen["newly_within_fifth"].round(),
        }
    )
    # What says the same again is left out.
    again = {"Most deprived fifth": "In need", "Name": "Postcode"}
    return table.drop(columns=[heading for heading, of in again.items() if table[heading].equals(table[of])])


def others(sites: "Sites") -> list[str]:
    """One line a site that another could stand in for, as good or nearly, and how many fewer it reaches."""
    return [
        f"- **In place of {LETTERS[order - 1]}:** {plain(told)}"
        for order in sites.chosen["order"]
        if (told := site_words.alternative_words(sites.alternatives, order))
    ]


def column_config() -> dict[str, Any]:
    """How each column is shown and explained."""
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    more = "People who had none within the distance: what this site adds to those above it"
    return {
        "Site": text(width=40, help="Its letter on the map"),
        "Name": text(width=180),
        "Postcode": text(width=76),
        "Ward": text(width=130),
        "Newly near": number(format="%,d", width=82, help=more),
        "In need": number(format="%,d", width=66, help="Those of them who live in the LSOAs in need"),
        "Most deprived fifth": number(format="%,d", width=122, help="Those in England’s most deprived fifth"),
    }


def curve(sites: "Sites") -> dict[str, int]:
    """People newly near by the number of sites: what a further one would add."""
    known = sites.curve[sites.curve["newly_within"].notna()]
    pairs = zip(known["n_sites"], known["newly_within"], strict=True)
    return {f"{n:.0f} more": round(reached) for n, reached in pairs}
