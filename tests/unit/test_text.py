"""Text from records is shown as written: no mark of it starts Markdown, a link or a directive."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.ui.components.text import BREAK, plain, web_link


def unbroken(text: str) -> str:
    return " ".join(text.split()).replace(BREAK, "")


@given(st.text())
def test_every_mark_is_escaped_and_no_character_lost(text: str) -> None:
    shown = plain(text)
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown).replace(BREAK, "") == unbroken(text)
    assert not re.search(r"(?<!\\)(?:\\\\)*[$<\[!`*_:|]", shown)


@pytest.mark.parametrize(
    ("text", "apart"),
    [
        ("see https://evil.example", "https:|//"),
        ("WWW.evil.example", "WWW|."),
        ("a@evil.example", "a|@"),
        (":streamlit:", ":|streamlit"),
        ("a -> b", "-|>"),
    ],
)
def test_what_the_page_would_remake_is_broken_unseen(text: str, apart: str) -> None:
    assert apart.replace("|", BREAK) in plain(text).replace("\\", "")


def test_a_command_can_be_copied() -> None:
    command = "python -m mapping build --pilot"
    assert plain(command).replace("\\", "") == command


@pytest.mark.parametrize("address", ["http://a.example/x?y=1", "https://www.oxford.gov.uk/a_b-c"])
def test_a_plain_address_is_a_link(address: str) -> None:
    assert web_link(address, "Website") == f"[Website](<{address}>)"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://a.example/`x",
        "https://a.example/> <b>",
        "//a.example",
        "http://",
        None,
    ],
)
def test_anything_else_is_no_link(address: str | None) -> None:
    assert web_link(address, "Website") == ""
