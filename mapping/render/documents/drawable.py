"""Text that the letters at hand can show in every weight: the standard of the PDF refuses any other."""

import unicodedata
from functools import cache, lru_cache
from typing import Final

from mapping.render.sheet import lettering

BEHIND_BOLD: Final = "DejaVuSans-Bold.ttf"
"""What typst takes for a heading where our own letters lack one: it has fewer than the plain one."""
VARIANTS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Signs that ask for another form of the sign before them, as a heart in colour."""


@lru_cache(maxsize=16384)
def drawable(text: str) -> str:
    """`text` in one line, clean as `lettering.clean` has it, of letters that can be drawn.

    A letter in fancy dress, as of mathematics, becomes the plain one; what has none becomes □.
    """
    return lettering.clean("".join(map(_drawable, unicodedata.normalize("NFC", text))))


@lru_cache(maxsize=4096)
def _drawable(sign: str) -> str:
    if sign in VARIANTS:
        return ""
    kind = unicodedata.category(sign)
    if kind in ("Cc", "Cf") or sign.isspace():
        return sign
    plain = sign if ord(sign) in _held() else unicodedata.normalize("NFKC", sign)
    return plain if kind != "Co" and _held().issuperset(map(ord, plain)) else lettering.UNKNOWN


@cache
def _held() -> frozenset[int]:
    """The characters that have a letter in the plain and in the heavy fonts."""
    from matplotlib.ft2font import FT2Font

    bold = FT2Font(str(lettering.font_files()["fallback"].with_name(BEHIND_BOLD))).get_charmap()
    own = lettering.letters_of("regular") & lettering.letters_of("semibold") & lettering.letters_of("bold")
    return own | (lettering.letters_of("fallback") & frozenset(bold))
