"""A base map's tiles as one picture on the National Grid: fetched from the provider that is set, no other."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from mapping.errors import MappingError, ServiceError

if TYPE_CHECKING:
    import requests
    from PIL.Image import Image

Bounds = tuple[float, float, float, float]
"""West, south, east and north in metres, EPSG:27700."""
AGENT: Final = "Commons Atlas"
MOST: Final = 64
"""Tiles of one picture: more would burden who gives them."""
LARGEST: Final = 2_000_000
"""Bytes of one tile."""
WIDEST: Final = 1_024
"""Pixels of one tile's side."""
TIMEOUT_S: Final = (5.0, 15.0)
"""To be answered, and between two parts of an answer."""
CELLS: Final = 12
"""The picture is bent cell by cell, so many a side: the grids of Britain and of the web are turned."""
HALF_WORLD_M: Final = 20_037_508.342789244
"""Half the width of Web Mercator."""
DEEPEST: Final = 19
REMEDY: Final = "Try again later, or set MAPPING_PICTURE_BASE_MAP to `none`."


@dataclass(frozen=True, kw_only=True)
class Provider:
    """Where tiles come from."""

    name: str
    address: str
    """With `{x}`, `{y}` and `{z}`."""
    attribution: str
    """Plain text, shown with every picture."""
    deepest: int = DEEPEST


@dataclass(frozen=True, kw_only=True)
class Tiles:
    """A picture of the ground."""

    image: "Image"
    bounds: Bounds
    attribution: str
    n_tiles: int


def provider_of(name: str) -> Provider:
    """The provider that xyzservices knows as `name`. Raises MappingError: none is, or it wants a key."""
    import xyzservices

    try:
        found = xyzservices.providers.query_name(name)
    except ValueError as exc:
        raise MappingError(
            f"No base map is called {name!r}. Set MAPPING_PICTURE_BASE_MAP to a name such as "
            "OpenStreetMap.Mapnik, or to `none`."
        ) from exc
    if found.requires_token():
        raise MappingError(f"The base map {name!r} wants a key. Choose another, or `none`.")
    address = found.build_url(scale_factor="").replace("{s}", str(found.get("subdomains", "abc"))[:1])
    return Provider(
        name=found.name,
        address=address,
        attribution=found.attribution.replace("(C)", "©"),
        deepest=int(found.get("max_zoom", DEEPEST)),
    )


def base_map(provider: Provider, bounds: Bounds, *, width: int) -> Tiles:
    """The ground within `bounds`, some `width` pixels wide, north up.

    At most `MOST` tiles are asked for, one after the other: a coarser picture where more were needed.
    Raises ServiceError: a tile could not be had, or is no picture.
    """
    from PIL import Image

    zoom, tiles = covering(bounds, width=width, deepest=provider.deepest)
    west, north = tiles[0]
    east, south = tiles[-1]
    side = 0
    whole: Image.Image | None = None
    for (x, y), tile in zip(tiles, _fetched(provider, tiles, zoom), strict=True):
        if whole is None:
            side = tile.width
            whole = Image.new("RGB", ((east - west + 1) * side, (south - north + 1) * side), "white")
        if tile.size != (side, side):
            raise _refused(provider, "its tiles differ in size")
        whole.paste(tile, ((x - west) * side, (y - north) * side))
    assert whole is not None
    scale = side / (2 * HALF_WORLD_M / 2**zoom)
    corner = (west * side / scale - HALF_WORLD_M, HALF_WORLD_M - north * side / scale)
    image = warped(whole, bounds, width=width, corner=corner, scale=scale)
    return Tiles(image=image, bounds=bounds, attribution=provider.attribution, n_tiles=len(tiles))


def covering(bounds: Bounds, *, width: int, deepest: int) -> tuple[int, list[tuple[int, int]]]:
    """The zoom at which `width` pixels are filled, and its tiles over `bounds`, by column; `MOST` at most."""
    import mercantile
    import pyproj

    turn = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
    edges = turn.transform_bounds(*bounds, densify_pts=21)
    metres_a_pixel = (bounds[2] - bounds[0]) / width
    for zoom in range(deepest, -1, -1):
        # At 52° north a pixel of Web Mercator is some 0.6 of its size at the equator.
        own = 0.6 * 2 * HALF_WORLD_M / 2**zoom / 256
        upper = mercantile.tile(edges[0], edges[3], zoom)
        lower = mercantile.tile(edges[2], edges[1], zoom)
        n = (lower.x - upper.x + 1) * (lower.y - upper.y + 1)
        if n <= MOST and (own >= metres_a_pixel / 1.5 or zoom == 0):
            columns, rows = range(upper.x, lower.x + 1), range(upper.y, lower.y + 1)
            return zoom, [(x, y) for x in columns for y in rows]
    raise AssertionError("zoom 0 has one tile")


def warped(
    whole: "Image", bounds: Bounds, *, width: int, corner: tuple[float, float], scale: float
) -> "Image":
    """`whole`, a picture in Web Mercator, as one of `bounds` on the National Grid.

    Parameters
    ----------
    corner : the upper left of `whole` in metres of Web Mercator (EPSG:3857).
    scale : pixels of `whole` a metre there.
    """
    from PIL import Image

    height = max(1, ceil(width * (bounds[3] - bounds[1]) / (bounds[2] - bounds[0])))
    mesh = list(_mesh(bounds, (width, height), corner=corner, scale=scale))
    return whole.transform((width, height), Image.Transform.MESH, mesh, Image.Resampling.BICUBIC)


Cell = tuple[tuple[int, int, int, int], tuple[float, ...]]
"""A rectangle of the picture, and the corners in the source that go into it, from the upper left round."""


def _mesh(
    bounds: Bounds, size: tuple[int, int], *, corner: tuple[float, float], scale: float
) -> Iterator[Cell]:
    import pyproj

    turn = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:3857", always_xy=True)
    (width, height), (west, south, east, north) = size, bounds
    columns = [round(width * at / CELLS) for at in range(CELLS + 1)]
    rows = [round(height * at / CELLS) for at in range(CELLS + 1)]
    for left, right in pairwise(columns):
        for top, bottom in pairwise(rows):
            x = [west + at * (east - west) / width for at in (left, left, right, right)]
            y = [north - at * (north - south) / height for at in (top, bottom, bottom, top)]
            across, up = turn.transform(x, y)
            inside = [
                pixel
                for metres_x, metres_y in zip(across, up, strict=True)
                for pixel in ((metres_x - corner[0]) * scale, (corner[1] - metres_y) * scale)
            ]
            yield (left, top, right, bottom), tuple(inside)


def _fetched(provider: Provider, tiles: list[tuple[int, int]], zoom: int) -> Iterator["Image"]:
    """Each tile, in their order."""
    import requests

    if urlsplit(provider.address).scheme not in ("http", "https"):
        raise MappingError(f"The base map {provider.name!r} is at no web address. Choose another, or `none`.")
    with requests.Session() as session:
        session.headers.update({"User-Agent": AGENT, "Accept": "image/png, image/jpeg"})
        for x, y in tiles:
            address = provider.address.replace("{x}", str(x)).replace("{y}", str(y)).replace("{z}", str(zoom))
            yield _opened(provider, _body(provider, session, address))


def _body(provider: Provider, session: "requests.Session", address: str) -> bytes:
    """What is at `address` itself: a server that leads elsewhere is not followed."""
    import requests

    try:
        with session.get(address, timeout=TIMEOUT_S, stream=True, allow_redirects=False) as answer:
            if answer.status_code != 200:
                raise _refused(provider, f"{answer.status_code} at {address}")
            body = b""
            for part in answer.iter_content(1 << 16):
                body += part
                if len(body) > LARGEST:
                    raise _refused(provider, f"more than {LARGEST:,} bytes at {address}")
    except requests.RequestException as exc:
        raise _refused(provider, f"no answer at {address} ({type(exc).__name__})") from exc
    return body


def _opened(provider: Provider, body: bytes) -> "Image":
    from PIL import Image

    try:
        # Only what reads these two formats is started, whatever the file says it is.
        with Image.open(BytesIO(body), formats=("PNG", "JPEG")) as tile:
            if tile.width != tile.height or tile.width > WIDEST:
                raise _refused(provider, f"a tile of {tile.width} × {tile.height} pixels")
            return tile.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as exc:
        if isinstance(exc, ServiceError):
            raise
        raise _refused(provider, "something else than a picture") from exc


def _refused(provider: Provider, why: str) -> ServiceError:
    host = urlsplit(provider.address).netloc
    return ServiceError(f"The base map {provider.name} could not be drawn: {host} gave {why}. {REMEDY}")
