"""A file of streets to walk along: GraphML as OSMnx saves it, or an extract of OpenStreetMap."""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyproj

from mapping.adapters.kinds import refused
from mapping.adapters.plain import plain_text
from mapping.adapters.street_extracts import is_pbf, ways_of_pbf, ways_of_xml
from mapping.adapters.street_graphml import ways_of_graphml
from mapping.adapters.ways import HOW, Ways
from mapping.bounds import ENGLAND_METRES
from mapping.crs import BNG
from mapping.errors import SourceMissingError
from mapping.streets import Streets

Numbers = npt.NDArray[np.float64]
Positions = npt.NDArray[np.int64]


def read_streets(path: Path) -> Streets:
    """The streets in the file at `path` that may be walked, whichever way cars may drive.

    Left out are motorways, what is closed to all or to people on foot (`access`, `foot`), and what is not
    built; trunk roads count. Every bend is a node. Lengths are those of a GraphML, else straight lines on the
    National Grid from bend to bend. Nothing but the file is opened.

    Raises SourceMissingError (no file), or UnusableFileError with what is wrong and what to do: not a file of
    streets, too large, damaged, with a document type, without a street to walk on, or not of England.
    """
    if not path.is_file():
        raise SourceMissingError(
            f"No file of streets at {path}. Correct the name (`--streets` or `MAPPING_STREETS`), or leave it "
            "out: then distances are straight lines."
        )
    try:
        ways = ways_of_pbf(path) if is_pbf(path) else ways_of_xml(path) or ways_of_graphml(path)
    except OSError as exc:
        raise refused(path.name, f"cannot be read ({exc.strerror})", "Check who may read it.") from exc
    return _streets(ways, name=path.name)


def _streets(ways: Ways, *, name: str) -> Streets:
    """The pieces of `ways` from vertex to vertex, with the nodes that they need, on the National Grid."""
    is_known = np.isfinite(ways.positions[:, 0]) & np.isfinite(ways.positions[:, 1])
    first = np.flatnonzero((ways.way[:-1] == ways.way[1:]) & is_known[:-1] & is_known[1:])
    if not len(first):
        raise refused(name, "holds no street that may be walked", HOW)
    ends = np.concatenate([first, first + 1])
    _, whose, node = np.unique(ways.node[ends], return_index=True, return_inverse=True)
    eastings, northings = _on_grid(ways.positions[ends[whose]], ways.crs, name=name)
    is_placed = np.isfinite(eastings).all() and np.isfinite(northings).all()
    if not is_placed or not any(box.holds(eastings, northings).any() for box in ENGLAND_METRES):
        what = f"says its positions are in {ways.crs.upper()}, and by that no street of it is in England"
        raise refused(name, what, "Bring a file of your council and 3 km around it.")
    starts, ends = node.reshape(2, -1)
    straight = np.hypot(eastings[starts] - eastings[ends], northings[starts] - northings[ends])
    metres = straight if ways.metres is None else _shared(ways.metres, ways.way[first], straight)
    if not (np.isfinite(metres).all() and metres.min() >= 0):
        raise refused(name, "has a street of a length that cannot be", HOW)
    return Streets(
        name=plain_text(name).replace("\n", " "),
        eastings=eastings,
        northings=northings,
        starts=starts,
        ends=ends,
        metres=metres,
    )


def _on_grid(positions: Numbers, crs: str, *, name: str) -> Numbers:
    """Eastings, then northings; infinity for what PROJ cannot place."""
    try:
        to_grid = pyproj.Transformer.from_crs(crs, BNG, always_xy=True)
    except pyproj.exceptions.CRSError as exc:
        raise refused(name, f"says its positions are in {crs}, which is no known CRS", HOW) from exc
    return np.array(to_grid.transform(*positions.T))


def _shared(metres: Numbers, way: Positions, straight: Numbers) -> Numbers:
    """The length of each way shared among its pieces as their straight lines are long."""
    whole = np.bincount(way, weights=straight, minlength=len(metres))[way]
    n_pieces = np.bincount(way, minlength=len(metres))[way]
    share = np.divide(straight, whole, out=1 / n_pieces, where=whole > 0)
    return np.asarray(metres[way] * share)
