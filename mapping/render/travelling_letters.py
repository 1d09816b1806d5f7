"""The letters of a map that travels: a part of Source Sans, inside the file, for it cannot ask for a font."""

import base64
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Final

from mapping.render.sheet.lettering import font_files

FAMILY: Final = "Source Sans Travelling"
WEIGHTS: Final = {"regular": 400, "semibold": 600}
SIGNS: Final = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),  # Western and Central European names
    *range(0x1E80, 0x1E86),  # Welsh
    0x1EF2,
    0x1EF3,
    *range(0x2010, 0x2028),
    *(0x2030, 0x2032, 0x20AC, 0x2116, 0x2122, 0x2212, 0x2248, 0x2264, 0x2265),
)
"""The characters that are taken along; a reader's own font has the others."""
FEATURES: Final = ("kern", "liga", "mark", "mkmk", "ccmp", "locl", "tnum")


@cache
def faces() -> str:
    """The `@font-face` rules, each with its letters as WOFF; the same text each time."""
    return "\n".join(
        f'@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-display: block; '
        f"src: url(data:font/woff;base64,{base64.b64encode(_woff(font_files()[name])).decode()}) "
        f'format("woff"); }}'
        for name, weight in WEIGHTS.items()
    )


def _woff(path: Path) -> bytes:
    from fontTools import subset

    options = subset.Options()
    options.flavor = "woff"
    options.layout_features = list(FEATURES)
    options.hinting = False
    options.recalc_timestamp = False
    part, out = subset.Subsetter(options), BytesIO()
    part.populate(unicodes=SIGNS)
    with subset.load_font(str(path), options) as font:
        part.subset(font)
        subset.save_font(font, out, options)
    return out.getvalue()
