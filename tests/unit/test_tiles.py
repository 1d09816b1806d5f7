"""The base map of a picture: only what was asked for, from where it was asked, in its right place."""

import datetime
import http.server
import struct
import threading
import zlib
from dataclasses import replace
from io import BytesIO

import mercantile
import numpy as np
import pyproj
import pytest
from PIL import Image

from mapping.adapters import tiles
from mapping.adapters.tiles import HALF_WORLD_M, MOST, Provider
from mapping.analysis.filters import Filters
from mapping.errors import MappingError, ServiceError
from mapping.render.sheet.paper import Paper
from mapping.reporting import pictures
from mapping.reporting.held import read_held
from mapping.reporting.picture_base import with_base_map

OXFORD = (447_764.0, 201_257.0, 457_386.0, 211_471.0)
SPIRE = (451_500.0, 206_200.0)
"""A spot of Oxford, EPSG:27700."""
TO_DEGREES = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:4326", always_xy=True)
TO_WEB = pyproj.Transformer.from_crs("EPSG:27700", "EPSG:3857", always_xy=True)


def picture(colour="white", side=256, file_format="PNG"):
    body = BytesIO()
    Image.new("RGB", (side, side), colour).save(body, file_format)
    return body.getvalue()


def bomb(side: int = 20_000) -> bytes:
    """A tile of few bytes that says it has so many pixels a side."""
    body = picture()
    told = b"IHDR" + struct.pack(">II", side, side) + body[24:29]
    return body[:12] + told + struct.pack(">I", zlib.crc32(told)) + body[33:]


def marked(x, y, z):
    """A white tile, with a red spot where `SPIRE` lies in it."""
    tile = Image.new("RGB", (256, 256), "white")
    longitude, latitude = TO_DEGREES.transform(*SPIRE)
    if mercantile.tile(longitude, latitude, z) == mercantile.Tile(x, y, z):
        across, up = TO_WEB.transform(*SPIRE)
        size = 2 * HALF_WORLD_M / 2**z / 256
        at = (across + HALF_WORLD_M) / size - 256 * x, (HALF_WORLD_M - up) / size - 256 * y
        for left in range(int(at[0]) - 2, int(at[0]) + 3):
            for top in range(int(at[1]) - 2, int(at[1]) + 3):
                if 0 <= left < 256 and 0 <= top < 256:
                    tile.putpixel((left, top), (255, 0, 0))
    body = BytesIO()
    tile.save(body, "PNG")
    return body.getvalue()


class Server(http.server.ThreadingHTTPServer):
    """Gives tiles as `answer` has them, and keeps what it was asked."""

    def __init__(self):
        self.asked = []
        self.answer = lambda x, y, z: (200, {}, marked(x, y, z))
        super().__init__(("127.0.0.1", 0), Handler)

    def handle_error(self, *told):
        """Nothing: who asks hangs up on what is no tile."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self):
        z, x, y = (int(part.partition(".")[0]) for part in self.path.strip("/").split("/"))
        self.server.asked.append((z, x, y, self.headers["User-Agent"]))
        status, headers, body = self.server.answer(x, y, z)
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *told):
        """Nothing."""


@pytest.fixture(scope="module")
def running():
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def server(running):
    running.asked.clear()
    running.answer = lambda x, y, z: (200, {}, marked(x, y, z))
    return running


@pytest.fixture
def provider(server):
    address = f"http://127.0.0.1:{server.server_port}/{{z}}/{{x}}/{{y}}.png"
    return Provider(name="Ours", address=address, attribution="© Ours")


def test_the_ground_lies_where_it_is(server, provider):
    found = tiles.base_map(provider, OXFORD, width=400)
    assert (found.bounds, found.attribution) == (OXFORD, "© Ours")
    assert found.image.size == (400, 425)
    pixels = np.asarray(found.image).astype(int)
    red = (pixels[..., 0] > 200) & (pixels[..., 1] < 120)
    rows, columns = np.nonzero(red)
    metre = 400 / (OXFORD[2] - OXFORD[0])
    wanted = (SPIRE[0] - OXFORD[0]) * metre, (OXFORD[3] - SPIRE[1]) * metre
    assert np.hypot(columns.mean() + 0.5 - wanted[0], rows.mean() + 0.5 - wanted[1]) < 1.5
    assert found.n_tiles == len(server.asked) <= MOST
    assert {agent for *_, agent in server.asked} == {"Commons Atlas"}
    assert len(set(server.asked)) == len(server.asked)


def test_every_pixel_is_within_one_of_the_exact_turn():
    zoom, side = 13, 256
    scale = side / (2 * HALF_WORLD_M / 2**zoom)
    corner = TO_WEB.transform(OXFORD[0] - 2_000, OXFORD[3] + 2_000)
    # Pictures whose values say where they are: a ramp stays exact when it is resampled.
    ramps = np.meshgrid(np.arange(1_600) + 0.5, np.arange(1_600) + 0.5)
    width, height = 900, 956
    seen = [
        np.asarray(
            tiles.warped(
                Image.fromarray(ramp.astype("float32")), OXFORD, width=width, corner=corner, scale=scale
            )
        )
        for ramp in ramps
    ]
    # Edges, corners and what lies between: where cells meet and where they bend most.
    columns, rows = np.meshgrid(
        np.linspace(2, width - 3, 97, dtype=int), np.linspace(2, height - 3, 97, dtype=int)
    )
    east = OXFORD[0] + (columns + 0.5) * (OXFORD[2] - OXFORD[0]) / width
    north = OXFORD[3] - (rows + 0.5) * (OXFORD[3] - OXFORD[1]) / height
    across, up = TO_WEB.transform(east, north)
    drawn_x, drawn_y = (ramp[rows, columns] for ramp in seen)
    off = np.hypot(drawn_x - (across - corner[0]) * scale, drawn_y - (corner[1] - up) * scale)
    assert off.max() < 0.6


def test_the_tiles_cover_the_ground_and_are_few():
    for bounds, width in ((OXFORD, 600), (OXFORD, 20_000), ((283_800, 53_100, 295_700, 70_400), 1_500)):
        zoom, chosen = tiles.covering(bounds, width=width, deepest=19)
        assert 1 <= len(chosen) <= MOST
        corners = [(x, y) for x in (bounds[0], bounds[2]) for y in (bounds[1], bounds[3])]
        for corner in corners:
            at = mercantile.tile(*TO_DEGREES.transform(*corner), zoom)
            assert (at.x, at.y) in chosen
    assert tiles.covering(OXFORD, width=600, deepest=9)[0] == 9


def test_the_same_tiles_make_the_same_picture(provider):
    one, other = (tiles.base_map(provider, OXFORD, width=120).image for _ in range(2))
    assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        ((404, {}, b"no"), "404 at http://127.0.0.1"),
        ((302, {"Location": "http://127.0.0.1:9/1/1/1.png"}, b""), "302 at"),
        ((200, {}, b"<html>tiles</html>"), "something else than a picture"),
        ((200, {}, picture(file_format="GIF")), "something else than a picture"),
        ((200, {}, picture()[:60]), "something else than a picture"),
        ((200, {}, bomb()), "something else than a picture"),
        ((200, {}, picture(side=1_025)), "a tile of 1025 × 1025 pixels"),
        ((200, {}, b"\0" * 2_000_001), "more than 2,000,000 bytes"),
        ((200, {"Content-Length": "99999"}, b""), "no answer at"),
    ],
)
def test_what_is_no_tile_is_refused_with_what_to_do(server, provider, answer, told):
    def answered(x, y, z):
        return answer

    server.answer = answered
    if answer[1].get("Content-Length"):
        # The answer breaks off.
        server.answer = lambda x, y, z: (200, {"Content-Length": "99999", "Connection": "close"}, b"")
    with pytest.raises(ServiceError, match="MAPPING_PICTURE_BASE_MAP to `none`") as raised:
        tiles.base_map(provider, OXFORD, width=300)
    assert told in str(raised.value)
    assert len(server.asked) == 1


def test_a_jpeg_will_do_and_tiles_of_different_sizes_will_not(server, provider):
    server.answer = lambda x, y, z: (200, {}, picture("#336699", file_format="JPEG"))
    red, green, blue = tiles.base_map(provider, OXFORD, width=200).image.getpixel((100, 100))
    assert abs(red - 0x33) + abs(green - 0x66) + abs(blue - 0x99) < 12
    server.answer = lambda x, y, z: (200, {}, picture(side=256 if x % 2 else 512))
    with pytest.raises(ServiceError, match="differ in size"):
        tiles.base_map(provider, OXFORD, width=300)


def test_a_server_that_is_not_there_is_told_of(provider):
    gone = replace(provider, address="http://127.0.0.1:9/{z}/{x}/{y}.png")
    with pytest.raises(ServiceError, match=r"127\.0\.0\.1:9 gave no answer .*ConnectionError"):
        tiles.base_map(gone, OXFORD, width=300)
    with pytest.raises(MappingError, match="at no web address"):
        tiles.base_map(replace(provider, address="file:///{z}/{x}/{y}.png"), OXFORD, width=300)


def test_under_a_picture_lies_the_ground_of_its_map_and_whose_it_is(server, provider, settings):
    one = picture("#dddddd")
    server.answer = lambda x, y, z: (200, {}, one)
    drawn = pictures.picture_of(
        Filters(council="Oxford", codes=("E05013106",)),
        page="area",
        held=read_held(settings),
        link="x",
        date=datetime.date(2026, 11, 22),
    )
    based = with_base_map(drawn, settings, paper=Paper(), provider=provider).base_map
    assert based.attribution == "© Ours"
    assert based.bounds[0] < drawn.focus[0] < drawn.focus[2] < based.bounds[2]
    assert based.bounds[1] < drawn.focus[1] < drawn.focus[3] < based.bounds[3]
    # Some 150 pixels an inch: letters on tiles can still be read.
    assert based.image.width == 6 * 297


def test_a_provider_is_known_by_its_name_and_needs_no_key():
    osm = tiles.provider_of("OpenStreetMap.Mapnik")
    assert osm.address == "https://tile.openstreetmap.org/{z}/{x}/{y}.png"
    assert osm.attribution == "© OpenStreetMap contributors"
    assert "{s}" not in tiles.provider_of("OpenTopoMap").address
    with pytest.raises(MappingError, match="No base map is called 'Nowhere'"):
        tiles.provider_of("Nowhere")
    with pytest.raises(MappingError, match="wants a key"):
        tiles.provider_of("Thunderforest.Transport")
