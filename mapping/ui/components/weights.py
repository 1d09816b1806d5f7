"""The reader's own weighting of the seven domains: what it would move, and always that it is not official."""

import datetime
from dataclasses import replace
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from mapping import export
from mapping.analysis import national, weighting
from mapping.analysis.filters import Filters
from mapping.editions import DOMAINS, INDICES, OFFICIAL_WEIGHTS, SUMMARY_MEASURES
from mapping.errors import UnusableWeightsError
from mapping.render import download, summary
from mapping.ui import cache, links
from mapping.ui.components import england_table
from mapping.ui.components.text import plain

TITLE: Final = "Your own weighting"
MOST_SHOWN: Final = 15
WAYS: Final = "Rank 1 is the most deprived; a plus is a move towards it."
HELD: Final = "Rank among held"
"""What a rank is called where not all of England is held: it is not the published one."""
MOST_IN_FILE: Final = 2_000
"""Each row carries the account of the file: all of England would be 30 MB."""
COLUMNS: Final = (
    "lsoa_code", "lsoa_name", "lad_code", "official_rank", "own_rank", "official_decile", "own_decile",
    "own_score", "weighting",
)  # fmt: skip
INTRO: Final = """
The Index of Multiple Deprivation weighs seven domains together. The weights are MHCLG’s judgement; here you
can try others. Every LSOA is scored again by MHCLG’s own method (its ranks in the seven domains,
exponentially transformed) and ranked again. What comes out is **your own weighting, not official**.
"""


def draw(asked: Filters, *, chosen: str) -> None:
    """Seven sliders, and which areas they move most."""
    st.markdown(INTRO)
    left, right = st.columns([1, 2], gap="large")
    with left:
        weights = draw_sliders(asked)
    with right:
        if not asked.weights:
            st.info("These are the official weights: nothing moves. Move a slider to see what would.")
            return
        try:
            draw_result(asked, weights, chosen=chosen)
        except UnusableWeightsError as exc:
            st.warning(plain(exc))


def draw_sliders(asked: Filters) -> dict[str, float]:
    """The weights of this view, a slider each, from 0 to half; and their sum."""
    weights = national.read_weights(asked.weights) or dict(OFFICIAL_WEIGHTS)
    for domain in DOMAINS:
        # The link holds the weights: a slider shows what it says, also after Back. It is set only where it
        # differs: what is sent to a slider while it moves would undo its next step.
        per_cent = round(100 * weights[domain], 1)
        if st.session_state.get(key(domain)) != per_cent:
            st.session_state[key(domain)] = per_cent
        st.slider(
            INDICES[domain],
            0.0,
            100 * national.MOST,
            step=0.1,
            format="%.1f %%",
            key=key(domain),
            on_change=hold,
        )
    total = 100 * sum(weights.values())
    said = f"Sum: {total:.1f} %." + ("" if abs(total - 100) < 0.15 else " Each counts as its share of that.")
    st.markdown(plain(said))
    st.button(
        "Back to the official weights",
        on_click=forget,
        icon=":material/undo:",
        disabled=not asked.weights,
        key="weights-back",
    )
    return weights


def key(domain: str) -> str:
    """The key of the slider of `domain`."""
    return f"weight-{domain}"


def hold() -> None:
    """Nothing: the sliders' weights are the view's from now on."""
    weights = {domain: st.session_state[key(domain)] / 100 for domain in DOMAINS}
    st.session_state[links.widget("weights")] = national.weights_text(weights)


def forget() -> None:
    """Nothing: the view's weights are the official ones."""
    st.session_state[links.widget("weights")] = ""


def draw_result(asked: Filters, weights: dict[str, float], *, chosen: str) -> None:
    """The label, then the LSOAs and the districts that move most."""
    lsoas = cache.own_lsoas(asked.edition, asked.weights)
    is_whole = cache.atlas().is_national(asked.edition)
    told = plain(capital(weighting.words(weights))).replace(" \\%", "\u00a0\\%")
    st.markdown(f"**{plain(weighting.NOT_OFFICIAL)}** {told}. {WAYS}")
    if not is_whole:
        st.markdown(
            f"Ranks are among the {len(lsoas):,} LSOAs held here only: all of England’s are needed to rank "
            "England again, and to compare districts."
        )
    code = chosen.removeprefix("area:")
    draw_lsoas(lsoas, asked, code=code)
    if is_whole:
        draw_districts(asked)
    file_button(lsoas, asked, weights, code=code)


def draw_lsoas(lsoas: pd.DataFrame, asked: Filters, *, code: str) -> None:
    """The LSOAs that move most: of the district chosen, else of all that are held."""
    names = cache.districts(asked.edition, "imd").set_index("code")["name"]
    mine = lsoas[lsoas["lad_code"] == code] if code else lsoas
    everything = "all of England" if cache.atlas().is_national(asked.edition) else "all that are held"
    of = names[code] if code else everything
    st.markdown(f"##### LSOAs that move most, {plain(of)}")
    indexed = mine.set_index("lsoa_code")
    moved = weighting.movers(indexed["official_rank"], indexed["own_rank"], most=MOST_SHOWN)
    rows = indexed.loc[moved["code"]]
    of_what = "Rank" if cache.atlas().is_national(asked.edition) else HELD
    table = pd.DataFrame({"LSOA": rows["lsoa_name"], **ranks(moved.set_index("code"), of_what)})
    if rows["own_decile"].notna().any():
        table["Decile"] = [
            f"{was} to {now}" for was, now in zip(rows["official_decile"], rows["own_decile"], strict=True)
        ]
    show(table, n=len(lsoas))


def draw_districts(asked: Filters) -> None:
    """The districts of England that move most, by the measure that the map shades."""
    rank = f"rank_of_{asked.measure}"
    before = cache.districts(asked.edition, "imd").set_index("code")
    after = cache.own_districts(asked.edition, asked.weights).set_index("code")
    st.markdown(
        f"##### Districts that move most, by {plain(SUMMARY_MEASURES[asked.measure].lower())} of the IMD"
    )
    moved = weighting.movers(before[rank], after[rank], most=MOST_SHOWN).set_index("code")
    if moved.empty:
        st.markdown("No rank: the measure is not known of every district.")
        return
    show(pd.DataFrame({"District": before["name"].reindex(moved.index), **ranks(moved)}), n=len(before))


def ranks(moved: pd.DataFrame, of_what: str = "Rank") -> dict[str, "pd.Series[int]"]:
    """The columns that say how far each area moves; a rank among some of England’s is called `HELD`."""
    return {
        f"{of_what}, official": moved["before"],
        f"{of_what}, yours": moved["after"],
        "Moves": -moved["change"],
    }


def show(table: pd.DataFrame, *, n: int) -> None:
    """One table of movers."""
    rank = st.column_config.NumberColumn(format="%,d", help=f"1 is the most deprived of {n:,}")
    st.dataframe(
        table,
        hide_index=True,
        height="content",
        placeholder="–",
        column_config={
            **{f"{name}, {whose}": rank for name in ("Rank", HELD) for whose in ("official", "yours")},
            "Moves": st.column_config.NumberColumn(
                format="%+,d", help="Places; plus is more deprived by your weighting than officially"
            ),
        },
    )


def file_button(lsoas: pd.DataFrame, asked: Filters, weights: dict[str, float], *, code: str) -> None:
    """The LSOAs of the district chosen, ranked again, as a file."""
    mine = lsoas[lsoas["lad_code"] == code] if code else lsoas
    if len(mine) > MOST_IN_FILE:
        st.caption("Choose a district to download its LSOAs with your weighting.")
        return
    names = cache.districts(asked.edition, "imd").set_index("code")["name"]
    told = about(asked, weights, n=len(lsoas), of=names[code] if code else "")
    st.download_button(
        f"Download {summary.count(len(mine), 'LSOA')} (your own weighting, not official)",
        data=partial(own_file, mine, told),
        file_name=download.file_name(told, "csv"),
        on_click="ignore",
        icon=":material/download:",
        key="weights-file",
    )


def about(asked: Filters, weights: dict[str, float], *, n: int, of: str = "") -> download.About:
    """What the file says of itself: its LSOAs are those `of` a district, or all held; ranks are among `n`."""
    whose = f" of {of}" if of else ""
    return england_table.about(
        replace(asked, index="imd", find=""),  # a search finds districts, and these are LSOAs
        title=f"{TITLE}, not official: LSOAs{whose}, Index of Multiple Deprivation {asked.edition}",
        date=datetime.datetime.now(tz=export.LONDON).date(),
        notes=(weighting.NOT_OFFICIAL, f"Ranks are among {n:,} LSOAs."),
        weights=weighting.words(weights),
    )


def own_file(lsoas: pd.DataFrame, told: download.About) -> bytes:
    """CSV whose every row says that it is not official."""
    labelled = lsoas.assign(weighting=weighting.NOT_OFFICIAL)
    return download.download_file(labelled, about=told, columns=COLUMNS, file_format="csv")


def capital(text: str) -> str:
    """`text` with a capital first."""
    return text[:1].upper() + text[1:]
