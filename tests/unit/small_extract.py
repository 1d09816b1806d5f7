"""A few ways of OpenStreetMap, made up, as the XML and the PBF of an extract."""

import zlib
from collections.abc import Iterable, Mapping

Node = tuple[float, float]
"""Longitude and latitude."""
Way = tuple[list[int], dict[str, str]]
"""The ids of its nodes, and its tags."""


def osm_xml(nodes: Mapping[int, Node], ways: Iterable[Way]) -> str:
    """The extract as XML."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6" generator="by hand">']
    lines += [f'<node id="{n}" lon="{x:.7f}" lat="{y:.7f}" version="1"/>' for n, (x, y) in nodes.items()]
    for at, (refs, tags) in enumerate(ways, start=1):
        lines += [f'<way id="{at}" version="1">', *(f'<nd ref="{ref}"/>' for ref in refs)]
        lines += [*(f'<tag k="{key}" v="{value}"/>' for key, value in tags.items()), "</way>"]
    return "\n".join([*lines, "</osm>"])


def osm_pbf(nodes: Mapping[int, Node], ways: Iterable[Way]) -> bytes:
    """The extract as PBF: https://wiki.openstreetmap.org/wiki/PBF_Format."""
    listed = list(ways)
    words = ["", *sorted({word for _, tags in listed for pair in tags.items() for word in pair})]
    lon, lat = ([round(at[axis] * 10_000_000) for at in nodes.values()] for axis in (0, 1))
    dense = _bytes(1, _deltas(list(nodes))) + _bytes(8, _deltas(lat)) + _bytes(9, _deltas(lon))
    group = _bytes(2, dense)
    for at, (refs, tags) in enumerate(listed, start=1):
        keys, values = (
            b"".join(_varint(words.index(word)) for word in side) for side in (tags, tags.values())
        )
        way = _number(1, at) + _bytes(2, keys) + _bytes(3, values) + _bytes(8, _deltas(refs))
        group += _bytes(3, way)
    strings = b"".join(_bytes(1, word.encode()) for word in words)
    head = _bytes(4, b"OsmSchema-V0.6") + _bytes(4, b"DenseNodes")
    return _block(b"OSMHeader", head) + _block(b"OSMData", _bytes(1, strings) + _bytes(2, group))


def _block(kind: bytes, content: bytes) -> bytes:
    blob = _number(2, len(content)) + _bytes(3, zlib.compress(content))
    header = _bytes(1, kind) + _number(3, len(blob))
    return len(header).to_bytes(4, "big") + header + blob


def _deltas(numbers: list[int]) -> bytes:
    steps = [here - before for before, here in zip([0, *numbers], numbers, strict=False)]
    return b"".join(_varint(2 * step if step >= 0 else -2 * step - 1) for step in steps)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, value: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(value)) + value


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
