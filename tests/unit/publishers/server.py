"""The publishers on this machine: gov.uk, ArcGIS, Ordnance Survey as they behave, with faults to choose."""

import hashlib
import json
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

LOOPBACK = "127.0.0.1"
OBJECT_ID = "FID"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request as it came."""

    path: str
    params: Mapping[str, str]
    headers: Mapping[str, str]


@dataclass(kw_only=True)
class Service:
    """One feature service: rows with their geometries, a page at a time."""

    rows: Sequence[Mapping[str, Any]]
    geometries: Sequence[Mapping[str, Any] | None] = ()
    page: int = 2
    edited: int = 1
    count: int | None = None
    """What it says it has, where that is not the truth."""
    start: Callable[[int], int] = lambda offset: offset
    """Where it starts for an offset asked."""

    def layer(self) -> dict[str, Any]:
        names = list(self.rows[0]) if self.rows else []
        fields = [{"name": OBJECT_ID, "type": "esriFieldTypeOID"}]
        fields += [{"name": name, "type": "esriFieldTypeString"} for name in names]
        edited = {"lastEditDate": self.edited}
        return {
            "fields": fields,
            "maxRecordCount": self.page,
            "objectIdField": OBJECT_ID,
            "editingInfo": edited,
        }

    def query(self, params: Mapping[str, str]) -> dict[str, Any]:
        met = [number for number, row in enumerate(self.rows) if _meets(row, params["where"])]
        if params.get("returnCountOnly") == "true":
            return {"count": len(met) if self.count is None else self.count}
        start = self.start(int(params.get("resultOffset", 0)))
        size = min(self.page, int(params["resultRecordCount"]))
        taken, is_more = met[start : start + size], len(met) > start + size
        is_geojson = params["f"] == "geojson"
        reply: dict[str, Any] = {"type": "FeatureCollection"} if is_geojson else {}
        reply["features"] = [self._feature(n, params, is_geojson=is_geojson) for n in taken]
        if is_more:
            # On a GeoJSON collection the flag is among its properties, else beside the rows.
            reply |= (
                {"properties": {"exceededTransferLimit": True}}
                if is_geojson
                else {"exceededTransferLimit": True}
            )
        return reply

    def _feature(self, number: int, params: Mapping[str, str], *, is_geojson: bool) -> dict[str, Any]:
        wanted = params["outFields"].split(",")
        columns = {OBJECT_ID: number + 1, **self.rows[number]}
        columns = {name: columns[name] for name in columns if name in wanted or wanted == ["*"]}
        shown = self.geometries[number] if self.geometries and params["returnGeometry"] == "true" else None
        if is_geojson:
            return {"type": "Feature", "id": number + 1, "properties": columns, "geometry": shown}
        return {"attributes": columns, **({"geometry": shown} if shown else {})}


def _meets(row: Mapping[str, Any], where: str) -> bool:
    if where == "1=1":
        return True
    column, operator, value = re.fullmatch(r"(\w+) (IN|LIKE) (.+)", where).groups()
    held = str({name.upper(): cell for name, cell in row.items()}[column.upper()])
    if operator == "IN":
        return held in re.findall(r"'([^']*)'", value)
    return held.startswith(value.strip("'").removesuffix("%"))


@dataclass(kw_only=True)
class Publishers:
    """What is served, what was asked, and what goes wrong."""

    address: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    """Body by path."""
    services: dict[str, Service] = field(default_factory=dict)
    """By name: `/arcgis/NAME/FeatureServer/0`."""
    attachments: list[dict[str, str]] = field(default_factory=list)
    """What the page of gov.uk lists."""
    downloads: list[dict[str, Any]] = field(default_factory=list)
    """What Ordnance Survey lists."""
    redirects: dict[str, str] = field(default_factory=dict)
    faults: dict[str, list[Callable[["Handler"], bool]]] = field(default_factory=dict)
    """By path: each is used up by one request, and says whether it has answered."""
    asked: list[Asked] = field(default_factory=list)
    has_ranges: bool = True
    has_tags: bool = True

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def offer(self, name: str, body: bytes, *, product: str = "CodePointOpen") -> None:
        """List `body` as an OpenData download that redirects to a file, as Ordnance Survey does."""
        self.files[f"/os/{name}"] = body
        listed = f"/downloads/v1/products/{product}/downloads"
        self.redirects[f"{listed}/redirect"] = f"{self.address}/os/{name}"
        md5 = hashlib.md5(body, usedforsecurity=False).hexdigest().upper()
        for form, url in (
            ("GeoPackage", "/nowhere"),
            ("CSV", f"{listed}/redirect?area=GB&format=CSV&redirect"),
        ):
            entry = {"area": "GB", "format": form, "fileName": name, "size": len(body), "md5": md5}
            self.downloads.append({**entry, "url": f"{self.address}{url}"})


def tag_of(body: bytes) -> str:
    """The ETag of a file."""
    return f'"{hashlib.sha1(body, usedforsecurity=False).hexdigest()}"'


class Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    publishers: Publishers

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.params = dict(parse_qsl(parts.query, keep_blank_values=True))
        self.route = parts.path
        served = self.publishers
        served.asked.append(Asked(path=parts.path, params=self.params, headers=dict(self.headers)))
        faults = served.faults.get(parts.path, [])
        if faults and faults.pop(0)(self):
            return
        if parts.path in served.redirects:
            self.answer(302, b"", {"Location": served.redirects[parts.path]})
        elif parts.path in served.files:
            self.file(served.files[parts.path])
        elif parts.path.startswith("/api/content/"):
            self.json({"details": {"attachments": served.attachments}})
        elif parts.path.endswith("/downloads"):
            self.json(served.downloads)
        elif found := re.fullmatch(r"/arcgis/(\w+)/FeatureServer/0(/query)?", parts.path):
            self.service(found[1], is_query=bool(found[2]))
        else:
            self.answer(404, b"<!DOCTYPE html><p>Not found", {"Content-Type": "text/html"})

    def service(self, name: str, *, is_query: bool) -> None:
        service = self.publishers.services.get(name)
        if service is None:
            # ArcGIS says so with status 200.
            self.json({"error": {"code": 400, "message": "Invalid URL", "details": []}})
        else:
            self.json(service.query(self.params) if is_query else service.layer())

    def file(self, body: bytes) -> None:
        served = self.publishers
        tag = tag_of(body)
        headers = {"ETag": tag, "Accept-Ranges": "bytes"} if served.has_tags else {}
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        if not (found and served.has_ranges and self.headers.get("If-Range", tag) == tag):
            self.answer(200, body, headers)
        elif int(found[1]) >= len(body):
            self.answer(416, b"", {"Content-Range": f"bytes */{len(body)}"})
        else:
            start = int(found[1])
            headers["Content-Range"] = f"bytes {start}-{len(body) - 1}/{len(body)}"
            self.answer(206, body[start:], headers)

    def json(self, said: Any) -> None:
        self.answer(200, json.dumps(said).encode(), {"Content-Type": "application/json"})

    def answer(
        self, status: int, body: bytes, headers: Mapping[str, str] | None = None, *, cut: int | None = None
    ) -> None:
        """Send `body`; with `cut`, only so many bytes of it, and then hang up."""
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body if cut is None else body[:cut])
        self.close_connection = cut is not None

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests look at `Publishers.asked`."""


@contextmanager
def publishers() -> Iterator[Publishers]:
    """A server on this machine that serves nothing yet; stopped at the end."""
    served = Publishers()
    handler = type("Serving", (Handler,), {"publishers": served})
    with ThreadingHTTPServer((LOOPBACK, 0), handler) as server:
        server.daemon_threads = True
        served.address = f"http://{LOOPBACK}:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield served
        finally:
            server.shutdown()
            thread.join()
