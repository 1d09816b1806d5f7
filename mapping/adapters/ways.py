"""The ways that a file of streets holds, and which of them may be walked."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

HOW: Final = (
    "Bring GraphML as OSMnx saves it, or an OpenStreetMap extract: .osm, .osm.gz, .osm.bz2 or .osm.pbf."
)
CUT: Final = "Cut your council and 3 km around it out of it, with `osmium extract`."

TAGS: Final = ("highway", "foot", "access")
ROADS_WITHOUT_FOOTWAY: Final = ("motorway", "motorway_link")
NO_WAYS: Final = (
    "abandoned",
    "bus_guideway",
    "construction",
    "no",
    "planned",
    "platform",
    "proposed",
    "raceway",
    "razed",
    "rest_area",
    "services",
)
"""Values of `highway` that lead nowhere on foot, as OSMnx has them; in Britain a cycleway does."""
WELCOME: Final = ("yes", "designated", "permissive")
BARRED: Final = ("no", "private")


@dataclass(frozen=True, eq=False, kw_only=True)
class Ways:
    """Ways that may be walked, each a row of vertices."""

    positions: npt.NDArray[np.float64]
    """x and y of each vertex, way by way; NaN where the file was cut and has none."""
    node: npt.NDArray[np.int64]
    """Vertices of one number are one: there it goes on from way to way."""
    way: npt.NDArray[np.int64]
    """The way that each vertex is of, from 0."""
    metres: npt.NDArray[np.float64] | None
    """How long each way is; None where the file does not say: then its pieces are straight."""
    crs: str
    """Such as EPSG:4326; x is the longitude or easting."""


def is_walked(highway: str, foot: str, access: str) -> bool:
    """Whether a way with these tags of OpenStreetMap may be walked; "" is a tag it does not have."""
    if highway in NO_WAYS or foot in BARRED:
        return False
    return foot in WELCOME or not (highway in ROADS_WITHOUT_FOOTWAY or access in BARRED)
