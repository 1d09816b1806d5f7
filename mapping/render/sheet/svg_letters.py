"""An SVG that carries its own letters: real text that looks the same wherever it is opened."""

import base64
import io
import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from html import unescape
from typing import Final

from mapping.render.sheet import lettering
from mapping.render.sheet.lettering import FALLBACK, FAMILY, HEAVINESS, MM_PER_POINT, OWN
from mapping.render.sheet.pen import HALOED

ALWAYS: Final = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0£§©°²·×éô–—‘’“”…−□"
"""Letters that are always embedded: nearly every sheet is then served by the same few subsets, made once."""
ALWAYS_HELD: Final = frozenset(ALWAYS)
FEATURES: Final = ("kern", "liga", "mark", "ccmp")
TEXT: Final = re.compile(r'<text style="(?P<style>[^"]*)"(?P<rest>[^>]*)>(?P<text>[^<]*)</text>')
HALOED_GROUP: Final = re.compile(
    rf'<g id="{HALOED}_(?P<colour>[0-9a-f]{{6}})_(?P<mm>[0-9.]+)_\d+">\s*<text style="'
)
STILL: Final = re.compile(r' transform="rotate\(-?0 [^)]*\)"')
FAMILIES: Final = re.compile("'{}'(?:, '{}')?".format(*OWN.values()))


def with_letters(svg: str, *, embedded: bool) -> str:
    """`svg` as matplotlib wrote it, its texts in the fonts' real names and their halo as an outline.

    Where `embedded`, the letters come with it as subsets of the fonts: who lacks them would see others.
    """
    haloed = HALOED_GROUP.sub(_outlined, STILL.sub("", svg))
    named = FAMILIES.sub(f"'{FAMILY}', '{FALLBACK}', sans-serif", haloed)
    if not embedded:
        return named
    used = sorted(used_letters(named).items())
    faces = "".join(_face(weight, letters - ALWAYS_HELD) for weight, letters in used)
    return named.replace('<style type="text/css">', f'<style type="text/css">{faces}', 1)


def used_letters(svg: str) -> Mapping[str, frozenset[str]]:
    """The letters of all texts of `svg` by weight; those that only the font behind has as `fallback`."""
    used: defaultdict[str, set[str]] = defaultdict(set)
    for found in TEXT.finditer(svg):
        used[_weight(found["style"])].update(unescape(found["text"]))
    for weight in list(used):
        used["fallback"] |= {each for each in used[weight] if ord(each) not in lettering.letters_of(weight)}
    return {weight: frozenset(letters) for weight, letters in used.items() if letters}


def _outlined(group: re.Match[str]) -> str:
    """A halo is the outline of the letters, drawn before they are filled."""
    width = 2 * float(group["mm"]) / MM_PER_POINT
    halo = f"stroke: #{group['colour']}; stroke-width: {width:.3f}; stroke-linejoin: round"
    return f'<g>\n   <text style="paint-order: stroke; {halo}; '


def _weight(style: str) -> str:
    if "italic" in style:
        return "italic"
    heaviness = re.search(r"font-weight: (\d+)", style)
    wanted = int(heaviness[1]) if heaviness else HEAVINESS["regular"]
    return next(weight for weight, each in HEAVINESS.items() if each == wanted)


@lru_cache(maxsize=64)
def _face(weight: str, letters: frozenset[str]) -> str:
    """The rule that gives a browser the letters of one weight."""
    heaviness, style = HEAVINESS.get(weight, 400), "italic" if weight == "italic" else "normal"
    family = FALLBACK if weight == "fallback" else FAMILY
    body = base64.b64encode(_subset(weight, letters)).decode()
    return (
        f"@font-face{{font-family:'{family}';font-weight:{heaviness};font-style:{style};"
        f"src:url(data:font/woff;base64,{body}) format('woff')}}"
    )


def _subset(weight: str, letters: frozenset[str]) -> bytes:
    """A font file (WOFF) of `letters` and of those that are always embedded, as far as the font has them."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(
        layout_features=list(FEATURES), hinting=False, glyph_names=False, name_IDs=[1, 2], notdef_outline=True
    )
    options.drop_tables += ["FFTM"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(text="".join(sorted(letters | ALWAYS_HELD)))
    body = io.BytesIO()
    with TTFont(lettering.font_files()[weight], recalcTimestamp=False, lazy=True) as font:
        subsetter.subset(font)
        font.flavor = "woff"
        font.save(body)
    return body.getvalue()
