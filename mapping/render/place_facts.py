"""What is told of one place, whoever tells it: card, table, document or map."""

from typing import Any, Final

import pandas as pd

KIND_NAMES: Final = {"co-operative": "Co-operative", "community asset": "Community asset"}
WITHHELD: Final = "Not published: the registered office may be a home. It is listed with its council only."
NOT_PLACED: Final = "Not placed: the source gives no usable postcode"
PRECISION: Final = {
    "postcode": "the middle of its postcode",
    "output area": "the middle of the output area of a postcode no longer in use",
    "exact": "its own coordinates",
}
"""What a position is, by `location_precision`."""


def known_parts(*parts: Any, by: str = ", ") -> str:
    """The parts that are not NA, as one text."""
    return by.join(str(part) for part in parts if pd.notna(part))
