"""Words from records on a page: text, never Markdown, HTML or a link to follow unseen."""

import re
from typing import Final
from urllib.parse import urlsplit

import pandas as pd

PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")
BREAK: Final = "\u200b"
"""A space of no width. What the page makes of text after Markdown is read heeds no backslash:
addresses become links, `->` an arrow and `:streamlit:` a picture, unless something stands between."""
REMADE: Final = re.compile(
    r"(?<=http:)(?=//)|(?<=https:)(?=//)|(?<=www)(?=\.)|(?<=\S)(?=@)|(?<=:)(?=streamlit:)"
    r"|(?:(?<=^[-<>=~])|(?<=\s[-<>=~]))(?=[-<>=~](?:\s|$))",
    flags=re.IGNORECASE,
)


def plain(value: object) -> str:
    """`value` as Markdown that shows exactly its characters; blank for NA.

    Every ASCII mark is escaped, so that neither images, links, colours, formulas nor HTML start;
    what is remade all the same is broken unseen.
    """
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    return PUNCTUATION.sub(r"\\\1", REMADE.sub(BREAK, " ".join(str(value).split())))


def web_link(address: object, label: str) -> str:
    """`address` as a Markdown link named `label`; blank unless it is a plain http or https address."""
    text = "" if pd.isna(address) else str(address).strip()  # type: ignore[call-overload]
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    is_plain = re.fullmatch(r"[\w.~:/?#@!&'*+,;=%-]+", text, flags=re.ASCII)
    return (
        f"[{plain(label)}](<{text}>)"
        if is_plain and parts.scheme in {"http", "https"} and parts.netloc
        else ""
    )
