"""GraphML as OSMnx saves it: graphs of any place, with the streets between two corners as one edge."""

import re
from itertools import product
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from mapping.adapters.kinds import refused
from mapping.adapters.plain import plain_text
from mapping.adapters.ways import CUT, TAGS, Ways, is_walked

LARGEST: Final = 500_000_000
"""Bytes: the streets of a large city have a tenth of them."""
PACKED: Final = (b"\x1f\x8b", b"BZh")
EPSG: Final = re.compile(r"EPSG:\d{4,6}", re.IGNORECASE)
SAVE: Final = "Save it with `osmnx.save_graphml`, its positions in EPSG:4326 or projected."

Positions = npt.NDArray[np.float64]


def ways_of_graphml(path: Path) -> Ways:
    """The edges of the graph at `path`, each with its bends and as long as the file says.

    Of two edges of one length between the same nodes one is kept: OSMnx has most streets once for each way.
    The file is XML that `street_extracts.ways_of_xml` has looked through.
    Raises UnusableFileError: too large, packed, without a CRS, or not as OSMnx saves it.
    """
    if path.stat().st_size > LARGEST:
        raise refused(path.name, f"is larger than {LARGEST // 1_000_000} MB", CUT)
    with path.open("rb") as file:
        if file.read(3).startswith(PACKED):
            raise refused(path.name, "is GraphML, but packed", "Unpack it first.")
    # A second to import: only who has brought such a file should wait for it.
    import osmnx
    from shapely.errors import ShapelyError

    unlike = (
        AttributeError,
        KeyError,
        MemoryError,
        RecursionError,
        SyntaxError,
        TypeError,
        ValueError,
        ShapelyError,
    )
    try:
        graph = osmnx.load_graphml(path)
        ways = _ways(graph, crs=str(graph.graph["crs"]))
    except unlike as exc:
        what = plain_text(f"{type(exc).__name__}: {exc}").replace("\n", " ")[:100]
        raise refused(path.name, f"is not GraphML as OSMnx saves it ({what})", SAVE) from exc
    if not EPSG.fullmatch(ways.crs):
        raise refused(path.name, f"says no CRS by its EPSG number ({plain_text(ways.crs)[:60]})", SAVE)
    return ways


def _ways(graph: Any, *, crs: str) -> Ways:
    """The edges that may be walked; a bend is a node of its own."""
    corners = np.array([(its["x"], its["y"]) for _, its in graph.nodes(data=True)], dtype=float)
    place = {node: at for at, node in enumerate(graph.nodes)}
    kept: dict[tuple[int, int, float], Positions] = {}
    for start, end, its in graph.edges(data=True):
        a, b = sorted((place[start], place[end]))
        if any(is_walked(*tags) for tags in product(*(_values(its, key) for key in TAGS))):
            kept.setdefault((a, b, float(its["length"])), _bends(its, corners[a], corners[b]))
    positions = [np.vstack([corners[a], bends, corners[b]]) for (a, b, _), bends in kept.items()]
    sizes = np.array([len(each) for each in positions], dtype=np.int64)
    last = np.cumsum(sizes) - 1
    node = len(corners) + np.arange(sizes.sum())
    node[last] = [b for _, b, _ in kept]
    node[last - sizes + 1] = [a for a, _, _ in kept]
    return Ways(
        positions=np.concatenate([np.empty((0, 2)), *positions]),
        node=node,
        way=np.repeat(np.arange(len(sizes)), sizes),
        metres=np.array([metres for *_, metres in kept], dtype=float),
        crs=crs,
    )


def _bends(its: dict[str, Any], start: Positions, end: Positions) -> Positions:
    """The vertices of an edge between its two nodes, from `start` on; none where it is drawn straight."""
    line = its.get("geometry")
    if line is None:
        return np.empty((0, 2))
    drawn = np.array(line.coords, dtype=float)[:, :2]
    is_turned = np.hypot(*(drawn[0] - start)) > np.hypot(*(drawn[0] - end))
    return drawn[::-1][1:-1] if is_turned else drawn[1:-1]


def _values(its: dict[str, Any], key: str) -> list[str]:
    """What an edge has under `key`: several values where OSMnx joined ways that differ."""
    value = its.get(key, "")
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]
