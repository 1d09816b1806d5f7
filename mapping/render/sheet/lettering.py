"""The letters of every sheet and document: which fonts, how wide a text is, where its lines break.

Source Sans Pro (SIL Open Font License 1.1) comes as a package, DejaVu Sans with matplotlib: what a machine
has installed changes nothing, so a text is as wide here as anywhere.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from typst import Fonts

FAMILY: Final = "Source Sans Pro"
FALLBACK: Final = "DejaVu Sans"
FILES: Final = {
    "regular": "SourceSansPro-Regular.ttf",
    "semibold": "SourceSansPro-Semibold.ttf",
    "bold": "SourceSansPro-Bold.ttf",
    "italic": "SourceSansPro-It.ttf",
}
HEAVINESS: Final = {"regular": 400, "semibold": 600, "bold": 700, "italic": 400}
OWN: Final = {FAMILY: "Atlas Source Sans Pro", FALLBACK: "Atlas DejaVu Sans"}
"""Names under which matplotlib knows our files, so that it never takes an installed font of the same name."""
INK: Final = "#14161f"
GREY: Final = "#565b66"
"""Of what is read second; 6.8:1 on white."""
HAIR: Final = "#c9ccd3"
"""Of lines that part."""
UNKNOWN: Final = "\u25a1"
"""Stands for a letter that no font has."""
TYPST_FONTS: Final = (FAMILY, FALLBACK)
"""What the same files are called in typst, in the order to look."""
ELLIPSIS: Final = "…"
MM_PER_POINT: Final = 25.4 / 72
ASCENT, DESCENT = 0.74, 0.24
"""How far letters reach above and below their baseline, in parts of their size."""
UNIT: Final = 100.0
"""The size in points at which a text is measured; widths go with the size."""
JOINTS: Final = "/?&=.,;:-_+% "
"""After which a word too long for its line is broken: the joints of an address."""
NO_BREAK: Final = "\u00a0"
VARIANTS: Final = frozenset(map(chr, (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))))
"""Signs that ask for another form of the sign before them, as a heart in colour."""
_naming = threading.Lock()


@dataclass(frozen=True, kw_only=True)
class TextBox:
    """Where one line of text was drawn, in millimetres from the sheet's lower left corner."""

    text: str
    kind: str
    """What it is: `title`, `name`, `number` …"""
    x0: float
    y0: float
    x1: float
    y1: float


@cache
def font_files() -> dict[str, Path]:
    """The font files by weight (`regular`, `semibold`, `bold`, `italic`) and the one behind them, `fallback`.

    Raises SettingsError where the package of the letters is not installed.
    """
    from matplotlib import get_data_path

    folder = Path(str(files("font_source_sans_pro"))) / "files"
    behind = Path(get_data_path()) / "fonts" / "ttf"
    own = {weight: folder / name for weight, name in FILES.items()}
    return own | {"fallback": behind / "DejaVuSans.ttf", "fallback bold": behind / "DejaVuSans-Bold.ttf"}


@cache
def typst_fonts() -> "Fonts":
    """The same files for typst, and no others, whatever the machine has."""
    import typst

    # Folders: of a file it is given, typst takes nothing and draws pages without letters.
    folders = sorted({file.parent for file in font_files().values()})
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


@cache
def letters_of(file: str) -> frozenset[int]:
    """The characters that one of `font_files` has."""
    from matplotlib.ft2font import FT2Font

    return frozenset(FT2Font(str(font_files()[file])).get_charmap())


def is_held(text: str, weight: str) -> bool:
    """Whether the font of `weight` has every letter of `text`."""
    return letters_of(weight).issuperset(map(ord, text))


@lru_cache(maxsize=256)
def font(weight: str = "regular", size_pt: float = 10.0, *, is_held: bool = False) -> "FontProperties":
    """The font for matplotlib; not to be changed, for it is shared.

    Where `is_held`, every letter is known to be in the font: the one behind it is not looked up.
    """
    from matplotlib.font_manager import FontProperties

    _name_files()
    style: Literal["italic", "normal"] = "italic" if weight == "italic" else "normal"
    names, file = ([OWN[FAMILY]], font_files()[weight]) if is_held else ([*OWN.values()], None)
    return FontProperties(family=names, weight=HEAVINESS[weight], style=style, size=size_pt, fname=file)


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """`text` in one line, as it can be drawn in every weight and written into any file.

    Controls, marks of writing direction and zero-width characters are left out, blanks are folded, a letter
    in fancy dress (as of mathematics) becomes the plain one, and what no font has becomes □.
    """
    bare = "".join(map(_bare, text))
    shown = "".join(map(_shown, unicodedata.normalize("NFC", bare)))
    folded = re.sub(" {2,}", " ", shown).strip(" ")
    # What was left out may have parted a letter from its accent.
    return folded if folded == text else clean(folded)


def width(text: str, size_pt: float, *, weight: str = "regular") -> float:
    """How wide `text`, already clean, stands in millimetres."""
    return _unit_width(text, weight) * size_pt


def extent_mm(text: str, size_pt: float, *, weight: str = "regular") -> tuple[float, float, float]:
    """Millimetres that `text`, already clean, is wide, and that it reaches above and below its baseline."""
    wide, above, below = _unit_extent(text, weight)
    return wide * size_pt, above * size_pt, below * size_pt


def line_mm(size_pt: float, leading: float = 1.25) -> float:
    """From one baseline to the next in millimetres."""
    return size_pt * MM_PER_POINT * leading


def wrapped(
    text: str, width_mm: float, *, size_pt: float, weight: str = "regular", most_lines: int | None = None
) -> list[str]:
    """The lines of `text`, each at most `width_mm` wide; none where it is empty.

    A word wider than a line is broken, at the joints of an address where it has some. Of more than
    `most_lines` the last ends in “…”.
    """
    limit = width_mm / size_pt
    lines = list(_lines(clean(text), limit, weight))
    if most_lines is None or len(lines) <= most_lines:
        return lines
    rest = " ".join(lines[most_lines - 1 :])
    return [*lines[: most_lines - 1], shortened(rest, width_mm, size_pt=size_pt, weight=weight)]


def shortened(text: str, width_mm: float, *, size_pt: float, weight: str = "regular") -> str:
    """`text`, clean and in one line of at most `width_mm`; where it is cut it ends in “…”."""
    whole, limit = clean(text), width_mm / size_pt
    if _unit_width(whole, weight) <= limit:
        return whole
    return whole[: _n_fitting(whole, limit, weight, tail=ELLIPSIS)].rstrip(" ,;.(") + ELLIPSIS


def _lines(text: str, limit: float, weight: str) -> Iterator[str]:
    """Each word is measured once: no letter is set closer to a blank, so that widths of words add up."""
    blank = _unit_width(" ", weight)
    line, used = "", 0.0
    for word in text.split(" ") if text else ():
        wide = _unit_width(word, weight)
        if line and used + blank + wide <= limit:
            line, used = f"{line} {word}", used + blank + wide
        elif wide <= limit:
            yield from (line,) if line else ()
            line, used = word, wide
        else:
            *full, line = _broken(f"{line} {word}" if line else word, limit, weight)
            yield from full
            used = _unit_width(line, weight)
    if line:
        yield line


def _broken(text: str, limit: float, weight: str) -> Iterator[str]:
    """Pieces of `text`, none wider than `limit` unless it is one letter."""
    while _unit_width(text, weight) > limit and len(text) > 1:
        n = max(1, _n_fitting(text, limit, weight))
        joints = [end for end in range(n // 2 + 1, n + 1) if text[end - 1] in JOINTS]
        end = joints[-1] if joints else n
        yield text[:end].rstrip()
        text = text[end:].lstrip()
    yield text


def _n_fitting(text: str, limit: float, weight: str, *, tail: str = "") -> int:
    """How many of the first letters of `text`, with `tail` behind, are within `limit`."""
    fits, fails = 0, len(text) + 1
    while fails - fits > 1:
        middle = (fits + fails) // 2
        if _unit_width(text[:middle].rstrip() + tail, weight) <= limit:
            fits = middle
        else:
            fails = middle
    return fits


@lru_cache(maxsize=65536)
def _bare(character: str) -> str:
    """A blank for any blank, nothing for what cannot be seen."""
    if character.isspace() and character != NO_BREAK:
        return " "
    return "" if character in VARIANTS or unicodedata.category(character) in ("Cc", "Cf") else character


@lru_cache(maxsize=65536)
def _shown(character: str) -> str:
    plain = character if ord(character) in _letters_held() else unicodedata.normalize("NFKC", character)
    is_private = unicodedata.category(character) == "Co"
    return UNKNOWN if is_private or not _letters_held().issuperset(map(ord, plain)) else plain


@cache
def _letters_held() -> frozenset[int]:
    """The characters that can be drawn, plain and bold: typst takes the bold of the font behind."""
    own = letters_of("regular") & letters_of("semibold") & letters_of("bold")
    return own | (letters_of("fallback") & letters_of("fallback bold"))


def _unit_width(text: str, weight: str) -> float:
    """Millimetres that `text` is wide for each point of its size."""
    return _unit_extent(text, weight)[0]


@lru_cache(maxsize=16384)
def _unit_extent(text: str, weight: str) -> tuple[float, float, float]:
    from matplotlib.font_manager import get_font
    from matplotlib.ft2font import LoadFlags

    held = font_files()
    letters = get_font([str(held[weight]), str(held["fallback"])])
    letters.set_size(UNIT, 72)
    letters.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    (wide, high), below = letters.get_width_height(), letters.get_descent()
    each = MM_PER_POINT / UNIT / 64
    return wide * each, (high - below) * each, below * each


@cache
def _name_files() -> None:
    """Our files entered in matplotlib's list under our own names, once."""
    from matplotlib.font_manager import FontEntry, fontManager

    held = font_files()
    entries = [(OWN[FALLBACK], "fallback", heaviness, "normal") for heaviness in (400, 600, 700)]
    entries += [(OWN[FALLBACK], "fallback", 400, "italic")]
    for weight, heaviness in HEAVINESS.items():
        entries.append((OWN[FAMILY], weight, heaviness, "italic" if weight == "italic" else "normal"))
    with _naming:
        for name, file, heaviness, style in entries:
            fontManager.ttflist.append(
                FontEntry(fname=str(held[file]), name=name, style=style, weight=heaviness, size="scalable")
            )
