"""Text as a web page takes it: escaped, without controls; and addresses as links."""

from collections.abc import Callable
from html import escape

from mapping.render.documents import wording


def text_html(text: str) -> str:
    """`text` escaped for an element or an attribute in double quotes; what no reader sees is left out."""
    return escape(wording.plain(text), quote=True)


def narrow_html(text: str) -> str:
    """`text` escaped for a column that keeps words whole: only what is too long for a word may be broken."""
    return escape(wording.breakable(wording.plain(text)), quote=True).replace(wording.BREAK, "<wbr>")


def linked(text: str, write: Callable[[str], str] = text_html) -> str:
    """`text` as `write` escapes it; a link where all of it is one address on the web."""
    is_link = wording.is_link(wording.plain(text))
    return f'<a href="{text_html(text)}" rel="noopener">{write(text)}</a>' if is_link else write(text)
