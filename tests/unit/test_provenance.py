"""Every table in use is named by a figure, and every page's report line is complete."""

import pytest

from mapping import provenance
from mapping.atlas import Atlas

PAGES = sorted({figure.page for figure in provenance.FIGURES})


def test_every_table_feeds_a_figure_of_each_page_its_card_names(atlas: Atlas) -> None:
    for card in atlas.cards:
        told = {
            figure.page for figure in provenance.FIGURES if card in provenance.cards_of(figure, atlas.cards)
        }
        assert told <= set(card.pages), card.table
        assert told, card.table


def test_a_figure_has_at_least_one_table_among_those_in_use(atlas: Atlas) -> None:
    for figure in provenance.FIGURES:
        assert provenance.cards_of(figure, atlas.cards), figure.figure


@pytest.mark.parametrize("page", PAGES)
def test_a_report_line_carries_each_attribution_once(page: str, atlas: Atlas) -> None:
    line = provenance.report_line(page, atlas.cards)
    for figure in provenance.FIGURES:
        if figure.page == page:
            for card in provenance.cards_of(figure, atlas.cards):
                assert line.count(card.attribution) >= 1
    assert line.count("Indices of Deprivation 2025") == (page != "Pictures")
