"""What an ArcGIS feature service says: of itself, how many rows it has, and the rows, page by page."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any, Final

from mapping.build.fetch.client import Client
from mapping.build.fetch.remedies import CHANGED, CORRECT, LATER
from mapping.errors import ServiceError, SourceChangedError
from mapping.registry import Source

PAGE: Final = 1000
"""Rows asked for at once where the service does not say how many it gives."""
NOTE_BYTES: Final = 5_000_000
"""More than any description, count or error."""
OVERLOADED: Final = (429, 498, 500, 503, 504)
GRID: Final = "27700"
DEGREES: Final = "4326"


@dataclass(frozen=True, kw_only=True)
class Layer:
    """What a service says of itself."""

    columns: tuple[str, ...]
    """Its own spelling of the columns the registry asks for."""
    object_id: str
    """The column that orders its rows."""
    page: int
    """Rows it gives at once."""
    edited: int
    """When it was last changed, in its own count."""


def read_layer(client: Client) -> Layer:
    """The service at the entry's address.

    Raises SourceChangedError where a column is gone, ServiceError where it does not answer as one does.
    """
    source = client.source
    said = _asked(client, source.address, {"f": "json"}, most_bytes=NOTE_BYTES)
    held = [str(field.get("name")) for field in said.get("fields") or []]
    if not held:
        raise ServiceError(f"{source.address}: this is not a table of a feature service. {CORRECT}")
    object_id = said.get("objectIdField") or _object_id(said["fields"])
    return Layer(
        columns=tuple(_own_name(wanted, held, source) for wanted in source.columns),
        object_id=str(object_id),
        page=min(int(said.get("maxRecordCount") or PAGE), 2 * PAGE),
        edited=int((said.get("editingInfo") or {}).get("lastEditDate") or 0),
    )


def _object_id(fields: Sequence[dict[str, Any]]) -> str:
    found = [field["name"] for field in fields if field.get("type") == "esriFieldTypeOID"]
    return str(found[0]) if found else "FID"


def _own_name(wanted: str, held: Sequence[str], source: Source) -> str:
    """The service's own spelling of a column; raises SourceChangedError."""
    for pattern in wanted.casefold().split("|"):
        for name in held:
            if fnmatchcase(name.casefold(), pattern):
                return name
    raise SourceChangedError(f"{source.address} has no column {wanted}. It has {', '.join(held)}. {CHANGED}")


def count_rows(client: Client, where: str) -> int:
    """How many rows meet a condition. Raises ServiceError."""
    query = f"{client.source.address}/query"
    params = {"f": "json", "where": where, "returnCountOnly": "true"}
    said = _asked(client, query, params, most_bytes=NOTE_BYTES)
    if not isinstance(said.get("count"), int):
        raise ServiceError(f"{query}: it does not say how many rows it has. {LATER}")
    return int(said["count"])


def pages(client: Client, layer: Layer, where: str, *, start: int) -> Iterator[list[dict[str, Any]]]:
    """The rows from the `start`-th on, as many at a time as the service gives."""
    source = client.source
    params = {
        "where": where,
        "outFields": ",".join(dict.fromkeys((layer.object_id, *layer.columns))),
        "returnGeometry": "false" if source.geometry == "none" else "true",
        "outSR": DEGREES if source.geometry == "areas" else GRID,
        "orderByFields": layer.object_id,
        "resultRecordCount": str(layer.page),
        "f": "geojson" if source.geometry == "areas" else "json",
    }
    most_bytes = int(4e6 * source.size_mb) + NOTE_BYTES
    while True:
        asked = params | {"resultOffset": str(start)}
        said = _asked(client, f"{source.address}/query", asked, most_bytes=most_bytes)
        listed = said.get("features")
        page = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
        # On a GeoJSON collection the flag is among its properties, else beside the rows.
        flags = (said, said.get("properties") or {})
        is_more = any(flag.get("exceededTransferLimit") for flag in flags)
        if listed is None or (is_more and not page):
            raise ServiceError(f"{source.address}/query: it says there are rows, and gives none. {LATER}")
        yield page
        start += len(page)
        if not is_more:
            return


def _asked(client: Client, address: str, params: dict[str, str], *, most_bytes: int) -> dict[str, Any]:
    """What the service says; an error can come with status 200. Raises ServiceError."""
    error: dict[str, Any] = {}
    for _ in client.tries():
        said = client.read_json(address, params=params, most_bytes=most_bytes)
        if not isinstance(said, dict):
            raise ServiceError(f"{address}: this is not a feature service. {CORRECT}")
        if "error" not in said:
            return said
        error = said["error"] if isinstance(said["error"], dict) else {"message": said["error"]}
        if error.get("code") not in OVERLOADED:
            break
    told = " ".join(str(error[key]) for key in ("code", "message") if error.get(key))
    raise ServiceError(f"{address}: the service says error {told or 'without a reason'}. {LATER} {CORRECT}")
