"""What is done to words before they become a document, and how every document ends."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.errors import AttributionError
from mapping.render.documents import ending, fitting, wording
from mapping.render.documents.model import Bullets, Facts, Heading, Table
from mapping.render.sheet import lettering
from tests.unit.office_document import ABOUT, DOCUMENT, card


@given(st.text())
def test_plain_text_holds_nothing_that_xml_or_a_reader_stumbles_over(text: str) -> None:
    plain = wording.plain(text)
    unseen = [*range(0x20), *range(0x7F, 0xA0), *range(0x200B, 0x2010), *range(0x2028, 0x202F), 0xFEFF]
    assert not set(map(ord, plain)) & set(unseen)
    plain.encode()
    assert wording.plain(plain) == plain


def test_plain_text_keeps_what_is_read() -> None:
    assert (
        wording.plain("Café\u00a0– co-op\n“No. 1”\t中文\u200b \U0001f9ff ")
        == "Café\u00a0– co-op “No. 1” 中文 \U0001f9ff"
    )


@given(st.text(alphabet="ab ,", max_size=60), st.integers(min_value=2, max_value=30))
def test_what_is_cut_says_so_and_fits(text: str, most: int) -> None:
    short = wording.short(text, most)
    assert len(short) <= most
    assert short == text or short.endswith("…")


def test_a_name_is_cut_between_words() -> None:
    assert wording.short("Oxford Community Land Trust Limited", 25) == "Oxford Community Land…"
    assert wording.short("O" * 300) == "O" * 159 + "…"


def test_a_long_word_may_break_and_is_else_unchanged() -> None:
    broken = wording.breakable("a " + "b" * 50, 24)
    assert broken.split(wording.BREAK) == ["a " + "b" * 24, "b" * 24, "bb"]


@pytest.mark.parametrize(
    ("text", "is_link"),
    [
        ("https://atlas.example.org/area?council=Oxford&area=E05013111", True),
        ("http://a.example", True),
        ("see https://a.example", False),
        ("javascript:alert(1)", False),
        ('https://a.example/"onclick="x', False),
        ("https://", False),
    ],
)
def test_only_a_whole_web_address_is_a_link(text: str, is_link: bool) -> None:
    assert wording.is_link(text) is is_link


def test_columns_take_their_shares_but_never_part_a_usual_word() -> None:
    texts = [["Number", "1"], ["Name", "Blackbird Leys Community Centre"], ["Category", "community centre"]]
    widths = fitting.column_widths((0.2, 5, 1), texts, width_mm=170, inset_mm=4, size_pt=9)
    assert sum(widths) == pytest.approx(170)
    assert widths[0] == pytest.approx(lettering.width("Number", 9, weight="semibold") + 4)
    assert widths[1] > 4 * widths[2]
    wide = fitting.column_widths((1, 1), [["W" * 99], ["W" * 99]], width_mm=60, inset_mm=4, size_pt=9)
    assert wide == [30, 30]


def test_no_piece_of_a_broken_word_is_wider_than_its_room() -> None:
    pieces = fitting.fitting("The " + "W" * 80, 20, 9).replace(" ", wording.BREAK).split(wording.BREAK)
    assert "".join(pieces) == "The" + "W" * 80
    assert max(lettering.width(piece, 9) for piece in pieces) <= 20


def test_the_ending_tells_choices_sources_and_every_sentence() -> None:
    blocks = ending.ending(DOCUMENT)
    facts = next(block for block in blocks if isinstance(block, Facts))
    assert facts.rows == (
        *ABOUT.filters,
        ("Edition", ABOUT.edition),
        ("Made by", "Oxford City Council"),
        ("Date", "22 November 2026"),
        ("To see it again", ABOUT.link),
    )
    sources = next(block for block in blocks if isinstance(block, Table))
    assert sources.rows[0] == ("Indices of Deprivation 2025", "MHCLG", "2025", "OGL v3")
    assert blocks[-1] == Bullets(items=ABOUT.attributions)


def test_two_tables_of_one_source_are_told_once() -> None:
    twice = replace(ABOUT, sources=(*ABOUT.sources, *ABOUT.sources), notes=())
    blocks = ending.ending(replace(DOCUMENT, about=twice, owner=""))
    assert len(next(block for block in blocks if isinstance(block, Table)).rows) == 2
    assert [block.text for block in blocks if isinstance(block, Heading)] == [
        "About this document", "Sources and licences", "Attribution",
    ]  # fmt: skip


def test_without_a_sentence_there_is_no_ending() -> None:
    with pytest.raises(AttributionError, match="no source at all"):
        ending.ending(replace(DOCUMENT, about=replace(ABOUT, sources=())))
    with pytest.raises(AttributionError, match="Bus stops"):
        ending.ending(replace(DOCUMENT, about=replace(ABOUT, sources=(card("Bus stops", "\t"),))))
