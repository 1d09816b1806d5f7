"""The rows of a feature service into a part with one row a line, from where the last try stopped."""

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from tqdm import tqdm

from mapping.build.fetch import parts
from mapping.build.fetch.client import Client
from mapping.build.fetch.feature_service import Layer, count_rows, pages
from mapping.build.fetch.remedies import CHANGED, LATER
from mapping.errors import ServiceError, SourceChangedError
from mapping.registry import Source


def download_rows(
    client: Client, layer: Layer, wheres: Sequence[str], part: Path, *, bar: "tqdm[Any]"
) -> int:
    """How many rows meet any of `wheres`; each is a line of JSON in `part`.

    What an earlier run left there is kept where the same was asked and the service has not changed since.
    Raises ServiceError; what arrived stays, unless it contradicts the service.
    """
    source = client.source
    asked = {"address": source.address, "wheres": list(wheres), "layer": repr(layer)}
    state = parts.read_state(part)
    arrived = part.stat().st_size if state else 0
    if {key: state.get(key) for key in asked} != asked or arrived < state["bytes"]:
        state = {**asked, "done": 0, "received": 0, "last": None, "rows": 0, "bytes": 0}
        part.write_bytes(b"")
        parts.write_state(part, state)
    # Lines after the last note are of a page that was not finished.
    with part.open("r+b") as file:
        file.truncate(state["bytes"])
    bar.n = state["rows"]
    for where in wheres[state["done"] :]:
        for page in pages(client, layer, where, start=state["received"]):
            state |= _kept(page, source, layer, part, state=state)
            parts.write_state(part, state)
            bar.update(len(page))
        count = count_rows(client, where)
        if state["received"] != count:
            parts.discard(part)
            raise ServiceError(
                f"{source.address}: it counts {count:,} rows and gave {state['received']:,}. {LATER}"
            )
        state |= {"done": state["done"] + 1, "received": 0, "last": None}
        parts.write_state(part, state)
    return int(state["rows"])


def _kept(
    page: Sequence[dict[str, Any]], source: Source, layer: Layer, part: Path, *, state: dict[str, Any]
) -> dict[str, Any]:
    """How far it is with `page` added to `part`; raises ServiceError where it has rows of the page before."""
    ids = [_columns(feature).get(layer.object_id) for feature in page]
    known = [number for number in (state["last"], *ids) if number is not None]
    if any(later <= earlier for earlier, later in pairwise(known)):
        parts.discard(part)
        raise ServiceError(f"{source.address}: its pages overlap, as if it changed meanwhile. {LATER}")
    with part.open("ab") as file:
        file.write("".join(f"{_line(feature, source)}\n" for feature in page).encode())
    return {
        "received": state["received"] + len(page),
        "rows": state["rows"] + len(page),
        "last": known[-1] if known else None,
        "bytes": part.stat().st_size,
    }


def _line(feature: dict[str, Any], source: Source) -> str:
    """One row as it is kept: a GeoJSON feature, or its columns with `x` and `y`."""
    geometry = feature.get("geometry")
    if source.geometry != "none" and not geometry:
        raise SourceChangedError(f"{source.address} gives {source.geometry} without any shape. {CHANGED}")
    if source.geometry == "areas":
        kept = {"type": "Feature", "properties": _columns(feature), "geometry": geometry}
    else:
        at = {"x": geometry.get("x"), "y": geometry.get("y")} if geometry else {}
        kept = _columns(feature) | at
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def _columns(feature: dict[str, Any]) -> dict[str, Any]:
    held = feature.get("properties") or feature.get("attributes")
    return held if isinstance(held, dict) else {}
