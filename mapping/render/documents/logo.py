"""A logo as every document takes it: a small PNG, whatever the file was."""

from functools import lru_cache
from io import BytesIO
from typing import Final

from mapping.errors import UnusableFileError

MOST_PIXELS: Final = (900, 300)
"""Width and height a logo is made to fit: more than paper shows."""


def alternative(owner: str) -> str:
    """What a logo is called where it cannot be seen."""
    return f"Logo of {owner}" if owner else "Logo"


def size(body: bytes) -> tuple[int, int]:
    """Width and height in pixels of `logo_png(body)`; 0 and 0 for none."""
    png = logo_png(body)
    return (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) if png else (0, 0)


@lru_cache(maxsize=4)
def logo_png(body: bytes) -> bytes:
    """The picture in `body`, a PNG or JPEG, as a PNG of no more than `MOST_PIXELS`; empty for none.

    Raises UnusableFileError where it cannot be read.
    """
    from PIL import Image

    if not body:
        return b""
    try:
        with Image.open(BytesIO(body), formats=("PNG", "JPEG")) as read:
            small = read.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as exc:
        raise UnusableFileError(
            "The logo could not be read. Give MAPPING_LOGO a PNG or a JPEG, or leave it out."
        ) from exc
    small.thumbnail(MOST_PIXELS)
    written = BytesIO()
    small.save(written, "PNG")
    return written.getvalue()
