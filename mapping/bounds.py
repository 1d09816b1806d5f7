"""Where a position can be, and what is wrong with one that is not there."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyproj

from mapping.crs import BNG, WGS84

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Box:
    """A range of x and of y, ends included."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, x: Numbers, y: Numbers) -> Flags:
        """Whether each position is inside; a NaN is not."""
        return (x >= self.west) & (x <= self.east) & (y >= self.south) & (y <= self.north)


BRITAIN_DEGREES: Final = Box(-9.0, 49.0, 3.0, 61.0)
"""Longitude and latitude of Great Britain, roughly."""
BRITAIN_METRES: Final = Box(0.0, 1_000.0, 700_000.0, 1_300_000.0)
"""The same on the National Grid: no pair of degrees falls in it."""
ENGLAND_METRES: Final = (
    Box(80_000.0, 5_000.0, 656_000.0, 260_000.0),
    Box(290_000.0, 260_000.0, 656_000.0, 658_000.0),
)
"""Two boxes that hold England on the National Grid, south and north; with much of Wales, without Ireland."""

FAULTS: Final[Mapping[str, tuple[str, str]]] = {
    "not finite": ("Position is not a number", "Give two ordinary numbers, or leave both cells empty."),
    "zero": ("Position stands for 'not known'", "Give the real position or a postcode."),
    "swap": (
        "Latitude and longitude: swap?",
        "The latitude looks like a longitude and the longitude like a latitude. Swap them.",
    ),
    "grid": (
        "National Grid metres given as degrees",
        "These look like eastings and northings (EPSG:27700). Say so: head the columns easting and northing, "
        "or declare EPSG:27700 in a GeoJSON.",
    ),
    "degrees": (
        "Degrees given as National Grid metres",
        "These look like longitude and latitude (EPSG:4326). Say so: head the columns longitude and "
        "latitude, or declare no CRS in a GeoJSON.",
    ),
    "outside": ("Position outside England", "Check the numbers; the atlas covers England only."),
}
"""Each fault: the reason and the remedy."""


def national_grid(x: Numbers, y: Numbers, *, metres: bool) -> tuple[Numbers, Numbers, npt.NDArray[Any]]:
    """Eastings and northings (EPSG:27700) of n positions, and the key in `FAULTS` of what is wrong with each.

    `x, y` are eastings and northings where `metres`, else longitudes and latitudes. The fault is "" where
    there is none; a faulty position is NaN.
    """
    faults = _faults(x, y, metres=metres)
    usable = faults == ""
    easting, northing = np.full(len(x), np.nan), np.full(len(x), np.nan)
    if metres:
        easting[usable], northing[usable] = x[usable], y[usable]
    elif usable.any():
        to_grid = pyproj.Transformer.from_crs(WGS84, BNG, always_xy=True)
        easting[usable], northing[usable] = to_grid.transform(x[usable], y[usable])
    outside = usable & ~np.any([box.holds(easting, northing) for box in ENGLAND_METRES], axis=0)
    easting[outside], northing[outside] = np.nan, np.nan
    return easting, northing, np.where(outside, "outside", faults)


def _faults(x: Numbers, y: Numbers, *, metres: bool) -> npt.NDArray[Any]:
    # ONS postcode directories write latitude 99.999999 and longitude 0 where there is no position.
    zero = ((x == 0) & (y == 0)) | ((x == 0) & (y >= 99.9) & (y < 100))
    if metres:
        other = {"degrees": BRITAIN_DEGREES.holds(x, y) | BRITAIN_DEGREES.holds(y, x)}
    else:
        other = {"swap": BRITAIN_DEGREES.holds(y, x), "grid": BRITAIN_METRES.holds(x, y)}
    tests = {"not finite": ~(np.isfinite(x) & np.isfinite(y)), "zero": zero, **other}
    if not metres:
        tests["outside"] = (np.abs(x) > 180) | (np.abs(y) > 90)
    return np.select(list(tests.values()), list(tests), default="")
