"""Words from records on a page: text, never Markdown, HTML or a link to follow unseen."""

import re
from typing import Final
from urllib.parse import urlsplit

import pandas as pd

PUNCTUATION: Final = re.compile(r"([!-/:-@\[-`{-~])")


def plain(value: object) -> str:
    """`value` as Markdown that shows exactly its characters; blank for NA.

    Every ASCII mark is escaped, so that neither images, links, colours, formulas nor HTML start.
    """
    if pd.isna(value):  # type: ignore[call-overload]
        return ""
    return PUNCTUATION.sub(r"\\\1", " ".join(str(value).split()))


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
