"""The slide of one area: a title that says the point, a picture, a few facts."""

import pandas as pd

from mapping.editions import INDICES
from mapping.render import profile_tables
from mapping.render.documents.model import Figure, Slide
from mapping.render.edition_words import NO_FIGURE
from mapping.render.profile_gap_words import Gap, gap_words
from mapping.render.profile_words import Living, Recorded, Standing, headline, kind_words
from mapping.render.summary import decile_words, edition_line

__all__ = ["Slide", "area_slide"]

SOURCES = "Sources, licences and what is not known: last slide."


def area_slide(
    standing: Standing,
    living: Living,
    recorded: Recorded,
    gap: Gap,
    *,
    figure: Figure | None,
    domains: pd.DataFrame,
    notes: str,
) -> Slide:
    """The slide of one area; `domains` is `analysis.profile.domains`, `notes` what its speaker says."""
    has_figures = not domains["rank"].isna().all()
    of = {"geography": standing.geography, "edition": standing.edition}
    return Slide(
        title=headline(standing),
        subtitle=kind_words(standing),
        facts=facts(standing, living, recorded, gap),
        figure=figure,
        chart=profile_tables.domain_chart(domains, name=standing.name, **of) if has_figures else None,
        footer=f"{edition_line(standing.edition, standing.geography)} {SOURCES}",
        notes=notes,
    )


def facts(standing: Standing, living: Living, recorded: Recorded, gap: Gap) -> tuple[tuple[str, str], ...]:
    """Four to six facts of one area."""
    rank = "Average rank" if standing.geography == "ward" else "Rank"
    of = f"{rank}, {INDICES[standing.index]}"
    known = standing.rank is not None
    told = [
        (of, f"{standing.rank:,.0f} of {standing.n:,}" if known else NO_FIGURE),
        ("Decile, 1 the most deprived", decile_words(standing.decile) if known else NO_FIGURE),
    ]
    if standing.n_lsoas:
        told.append(("LSOAs in decile 1", f"{standing.n_first:,} of {standing.n_lsoas:,}"))
    held = profile_tables.held_words(living.population) if known or living.population else NO_FIGURE
    told += [
        ("Population", held),
        ("Places recorded", f"{recorded.n_coops + recorded.n_assets:,}"),
        ("Largest gap, thin records aside" if gap.thin_aside else "Largest gap", gap_words(gap)),
    ]
    return tuple(told)
