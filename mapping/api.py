"""HTTP beside the app: the map's files, in a form a browser keeps, and the headers of every answer."""

import re
from collections.abc import Callable
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mapping.errors import MappingError, UnknownAreaError
from mapping.render.assets import Asset, assets
from mapping.render.shapes import GeoFile

FOR_EVER: Final = "public, max-age=31536000, immutable"
ASK_AGAIN: Final = "no-cache"
FIRST_PAGE: Final = "explore"
GEOJSON: Final = "application/geo+json"
GZIP: Final = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
"""That a browser takes gzip, and does not say so with weight 0."""
OURS_ONLY: Final = {"Cross-Origin-Resource-Policy": "same-origin"}

AreaFile = Callable[[str, str], GeoFile]
"""Layer and council's code to the file; UnknownAreaError where the atlas holds none."""
PlaceFile = Callable[[str], GeoFile]
"""Council's code to the file; UnknownAreaError where the atlas holds none."""
ValueFile = Callable[[str, str, str], Asset]
"""Edition, index and council's code to the file; UnknownAreaError where the atlas holds none."""


def routes(
    area_file: AreaFile, place_file: PlaceFile, value_file: ValueFile, *, base_path: str = ""
) -> list[BaseRoute]:
    """`/assets/…`, `/areas/LAYER/COUNCIL.json`, `/values/EDITION/INDEX/COUNCIL.json` and
    `/places/COUNCIL.json`, below `base_path`.

    Everything below these four is answered here: what is not known is 404, never a page. Each is
    mounted by itself: one mount at `base_path` would hide the pages that live there too.
    """
    base = base_path.strip("/")
    below = f"/{base}" if base else ""

    def asset(request: Request) -> Response:
        found = assets().get(request.path_params["name"])
        return _served(request, found, found.media_type) if found else _plain("No such file.", 404)

    def areas(request: Request) -> Response:
        return _found(request, lambda path: area_file(path["layer"], path["lad24cd"]))

    def places(request: Request) -> Response:
        return _found(request, lambda path: place_file(path["lad24cd"]))

    def values(request: Request) -> Response:
        return _found(request, lambda path: value_file(path["edition"], path["index"], path["lad24cd"]))

    def first_page(request: Request) -> Response:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"{below}/{query}")

    return [
        # The first page lives at the root alone: at its own name Streamlit would say that there is none.
        Route(f"{below}/{FIRST_PAGE}", first_page),
        Mount(f"{below}/assets", routes=[Route("/{name:path}", asset)]),
        Mount(f"{below}/areas", routes=[Route("/{layer}/{lad24cd}.json", areas)]),
        Mount(f"{below}/values", routes=[Route("/{edition}/{index}/{lad24cd}.json", values)]),
        Mount(f"{below}/places", routes=[Route("/{lad24cd}.json", places)]),
    ]


class Guard:
    """Headers on every answer: which origins a page may load from, and no guessing of types.

    `tile_origin` is the one origin beside our own that pictures may come from. Who may frame the
    app is left to the proxy before it.
    """

    def __init__(self, app: ASGIApp, tile_origin: str = "") -> None:
        self.app = app
        self.headers = {
            "Content-Security-Policy": content_policy(tile_origin),
            # Tile servers refuse a request that does not say which site it is from.
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "X-Content-Type-Options": "nosniff",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The wrapped app's answer, with the headers."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self.headers)
            await send(message)

        await self.app(scope, receive, send_guarded)


def content_policy(tile_origin: str) -> str:
    """The Content-Security-Policy: everything from us, pictures from `tile_origin` too.

    Streamlit itself needs inline script and style, `eval`, and workers from blobs.
    """
    return "; ".join(
        (
            "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'",
            f"img-src 'self' data: blob: {tile_origin}".strip(),
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
        )
    )


def _found(request: Request, find: Callable[[dict[str, str]], GeoFile | Asset]) -> Response:
    try:
        file = find(request.path_params)
        return _served(request, file, file.media_type if isinstance(file, Asset) else GEOJSON)
    except UnknownAreaError as exc:
        return _plain(str(exc), 404)
    except MappingError as exc:
        return _plain(str(exc), 503)


def _served(request: Request, file: Asset | GeoFile, media_type: str) -> Response:
    """`file`, or that the browser's copy still holds; for ever where the address names the content."""
    tag = f'W/"{file.version}"'
    named = request.query_params.get("v") == file.version
    headers = OURS_ONLY | {
        "Cache-Control": FOR_EVER if named else ASK_AGAIN,
        "ETag": tag,
        "Vary": "Accept-Encoding",
    }
    if tag in (each.strip() for each in request.headers.get("if-none-match", "").split(",")):
        return Response(status_code=304, headers=headers)
    if file.packed and _takes_gzip(request.headers.get("accept-encoding", "")):
        return Response(file.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=media_type)
    return Response(file.body, headers=headers, media_type=media_type)


def _takes_gzip(accepted: str) -> bool:
    return bool(GZIP.search(accepted.lower()))


def _plain(message: str, status: int) -> Response:
    return PlainTextResponse(message, status, headers=OURS_ONLY | {"Cache-Control": ASK_AGAIN})
