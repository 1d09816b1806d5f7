"""What a file of streets holds, before anybody walks along it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False, kw_only=True)
class Streets:
    """The ways that somebody may walk, in pieces from node to node; every piece is walked both ways.

    Raises ValueError where the arrays do not fit one another, or a number in them is none or below zero.
    """

    name: str
    """Of the file they are from."""
    eastings: npt.NDArray[np.float64]
    """Of each node, metres, EPSG:27700."""
    northings: npt.NDArray[np.float64]
    starts: npt.NDArray[np.int64]
    """The node that each piece begins at, as its position among the nodes."""
    ends: npt.NDArray[np.int64]
    metres: npt.NDArray[np.float64]
    """How long each piece is. A piece may lead back to its own node, and two may join the same pair."""

    def __post_init__(self) -> None:
        n = len(self.eastings)
        if len(self.northings) != n or not len(self.starts) == len(self.ends) == len(self.metres):
            raise ValueError("Nodes need an easting and a northing each, pieces two ends and a length.")
        both = np.concatenate([self.starts, self.ends])
        if len(both) and (both.min() < 0 or both.max() >= n):
            raise ValueError("A piece begins or ends at a node that is not there.")
        if not all(np.isfinite(each).all() for each in (self.eastings, self.northings, self.metres)):
            raise ValueError("A position or a length is no number.")
        if len(self.metres) and self.metres.min() < 0:
            raise ValueError("A piece is shorter than nothing.")
