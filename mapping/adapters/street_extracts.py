"""Extracts of OpenStreetMap: XML, plain or packed, and PBF.

OSMnx reads such XML too, but all of it at once, buildings and rivers as well: of a county that is more than a
laptop holds. Here it runs by, and only ways with the tag `highway` are kept. XML that declares a document
type, hence perhaps entities, is refused. GDAL is given nothing but what begins as a PBF does.
"""

import bz2
import gzip
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final, cast
from xml.parsers import expat

import numpy as np
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError

from mapping.adapters.kinds import refused
from mapping.adapters.ways import CUT, HOW, TAGS, Ways, is_walked
from mapping.crs import WGS84
from mapping.errors import UnusableFileError

LARGEST_XML: Final = 4_000_000_000
"""Bytes of XML, unpacked: a county of England has about one in four of them."""
LARGEST_PBF: Final = 250_000_000
"""Bytes: Greater London has half as many."""
CHUNK: Final = 1 << 20
LONGEST_TAG: Final = 4 * CHUNK
"""Bytes without an end that are waited for: expat looks through them again with each chunk."""
PBF_OPENS: Final = b"\n\tOSMHeader"
DEGREE: Final = 10_000_000
"""OpenStreetMap's positions are whole numbers of so small a part of a degree."""
PACKED_BADLY: Final = (EOFError, OSError, zlib.error)
"""What the standard library raises for a packed file that is cut short or changed."""
UNREADABLE: Final = (DataSourceError, DataLayerError, FeatureError, GeometryError)


def is_pbf(path: Path) -> bool:
    """Whether the file at `path` begins as an extract in PBF does."""
    with path.open("rb") as file:
        return file.read(4 + len(PBF_OPENS))[4:] == PBF_OPENS


def ways_of_pbf(path: Path) -> Ways:
    """The ways of the extract at `path`; what shares a position is one vertex, as GDAL tells no more.

    Raises UnusableFileError: too large, cut short or damaged.
    """
    if path.stat().st_size > LARGEST_PBF:
        raise refused(path.name, f"is larger than {LARGEST_PBF // 1_000_000} MB", CUT)
    try:
        lines = pyogrio.read_dataframe(
            path, layer="lines", columns=["highway", "other_tags"], where="highway IS NOT NULL"
        )
    except UNREADABLE as exc:
        raise _damaged(path) from exc
    others = lines["other_tags"].astype("str").fillna("")
    tags = [others.str.extract(rf'"{key}"=>"([^"]*)"', expand=False).fillna("") for key in TAGS[1:]]
    walked = [is_walked(*each) for each in zip(lines["highway"].astype("str"), *tags, strict=True)]
    positions, way = shapely.get_coordinates(lines.geometry.array[walked], return_index=True)
    grains = np.rint(positions * DEGREE).astype(np.int64)
    node = grains[:, 0] * 2**32 + grains[:, 1]
    return Ways(positions=positions, node=node, way=way.astype(np.int64), metres=None, crs=WGS84)


def ways_of_xml(path: Path) -> Ways | None:
    """The ways of the extract at `path`; None where it is whole XML of another kind, GraphML.

    Raises UnusableFileError: neither of the two, with a document type, too large, cut short or damaged.
    """
    document = _Document(path.name)
    try:
        with _unpacked(path) as file:
            n_bytes = 0
            while chunk := file.read(CHUNK):
                n_bytes += len(chunk)
                if n_bytes > LARGEST_XML:
                    raise refused(path.name, f"holds more than {LARGEST_XML // 1_000_000_000} GB", CUT)
                document.parser.Parse(chunk, False)
                if n_bytes - document.parser.CurrentByteIndex > LONGEST_TAG:
                    raise refused(path.name, "has a tag that does not end", HOW)
            document.parser.Parse(b"", True)
    except UnusableFileError:
        raise
    except expat.ExpatError as exc:
        raise refused(path.name, f"is no file of streets, or not all of one ({exc})", HOW) from exc
    except (*PACKED_BADLY, KeyError, ValueError, OverflowError) as exc:
        raise _damaged(path) from exc
    return document.ways() if document.root == "osm" else None


class _Document:
    """What is kept of a document as it runs by: three numbers a node, and the ways."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.root = ""
        self.ids, self.x, self.y = array("q"), array("d"), array("d")
        self.nodes, self.sizes = array("q"), array("q")
        self._tags: dict[str, str] = {}
        self._is_way = False
        self._first = 0
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._refuse_type
        self.parser.StartElementHandler = self._open

    def ways(self) -> Ways:
        """The ways that ran by, each with the positions of its nodes."""
        ids, node = np.array(self.ids, dtype=np.int64), np.array(self.nodes, dtype=np.int64)
        order = np.argsort(ids, kind="stable")
        positions = np.full((len(node), 2), np.nan)
        if len(ids):
            place = order[np.minimum(np.searchsorted(ids[order], node), len(ids) - 1)]
            is_held = ids[place] == node
            positions[is_held] = np.column_stack([np.array(self.x), np.array(self.y)])[place[is_held]]
        way = np.repeat(np.arange(len(self.sizes)), np.array(self.sizes, dtype=np.int64))
        return Ways(positions=positions, node=node, way=way, metres=None, crs=WGS84)

    def _refuse_type(self, *_: object) -> None:
        raise refused(self.name, "declares a document type, as no file of streets does", HOW)

    def _open(self, element: str, _: dict[str, str]) -> None:
        if element not in ("osm", "graphml"):
            raise refused(self.name, f"is an XML document of another kind (<{element[:40]}>)", HOW)
        self.root = element
        self.parser.StartElementHandler = self._start if element == "osm" else None
        self.parser.EndElementHandler = self._end if element == "osm" else None

    def _start(self, element: str, its: dict[str, str]) -> None:
        # One that was deleted has no position.
        if element == "node" and "lat" in its:
            self.ids.append(int(its["id"]))
            self.x.append(float(its["lon"]))
            self.y.append(float(its["lat"]))
        elif element == "way":
            self._is_way, self._tags, self._first = True, {}, len(self.nodes)
        elif self._is_way and element == "nd":
            self.nodes.append(int(its["ref"]))
        elif self._is_way and element == "tag":
            self._tags[its["k"]] = its["v"]

    def _end(self, element: str) -> None:
        if element != "way":
            return
        self._is_way = False
        if "highway" in self._tags and is_walked(*(self._tags.get(key, "") for key in TAGS)):
            self.sizes.append(len(self.nodes) - self._first)
        else:
            del self.nodes[self._first :]


@contextmanager
def _unpacked(path: Path) -> Iterator[IO[bytes]]:
    with path.open("rb") as plain:
        head = plain.read(3)
        plain.seek(0)
        if head.startswith(b"\x1f\x8b"):
            with gzip.open(plain) as file:
                yield cast(IO[bytes], file)
        elif head == b"BZh":
            with bz2.open(plain) as file:
                yield cast(IO[bytes], file)
        else:
            yield plain


def _damaged(path: Path) -> UnusableFileError:
    return refused(path.name, "is cut short or damaged", "Fetch or copy it again.")
