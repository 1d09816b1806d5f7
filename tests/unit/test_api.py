"""The map's files over HTTP: compressed, kept by a browser, and nothing else within reach."""

import asyncio
import gzip
from dataclasses import dataclass

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from mapping import api
from mapping.errors import SourceMissingError, UnknownAreaError
from mapping.render.assets import Asset, assets
from mapping.render.shapes import GeoFile

BODY = b'{"type":"FeatureCollection","features":[]}'
FILE = GeoFile(
    path="areas/lsoa21cd/E07000178.json", keys=(), bounds=(0, 0, 0, 0), body=BODY,
    packed=gzip.compress(BODY), version="0123456789abcdef",
)  # fmt: skip
FIGURES = b'{"n":33755,"figures":{}}'
VALUES = Asset(body=FIGURES, packed=gzip.compress(FIGURES), media_type="application/json", version="fedcba")
AREAS = "/areas/lsoa21cd/E07000178.json"
PLACES = "/places/E07000178.json"


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


def area_file(layer: str, lad24cd: str) -> GeoFile:
    if (layer, lad24cd) != ("lsoa21cd", "E07000178"):
        raise UnknownAreaError(f"No areas {layer} of {lad24cd} here.")
    return FILE


def place_file(lad24cd: str) -> GeoFile:
    if lad24cd != "E07000178":
        raise SourceMissingError("No places here. Run `python -m mapping build --pilot`.")
    return FILE


def value_file(edition: str, index: str, lad24cd: str) -> Asset:
    if (edition, index, lad24cd) != ("2025", "imd", "E07000178"):
        raise UnknownAreaError(f"No values of {index} {edition} in {lad24cd} here.")
    return VALUES


APP = Starlette(
    routes=api.routes(area_file, place_file, value_file),
    middleware=[Middleware(api.Guard, tile_origin="https://tile.openstreetmap.org")],
)


def ask(path: str, *, method: str = "GET", app: Starlette = APP, **headers: str) -> Answer:
    """What the app answers, asked as a server does: path decoded, raw path as it came."""
    path, _, query = path.partition("?")
    sent: list[dict] = []

    async def receive() -> dict:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict) -> None:
        sent.append(message)

    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {
        "type": "http", "http_version": "1.1", "method": method, "scheme": "http", "root_path": "",
        "server": ("localhost", 80), "client": ("localhost", 1),
        "path": path.replace("%2f", "/").replace("%5c", "\\"), "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": named,
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    start, *parts = sent
    names = {name.decode(): value.decode() for name, value in start["headers"]}
    return Answer(start["status"], names, b"".join(part.get("body", b"") for part in parts))


def test_areas_arrive_compressed_for_who_takes_it():
    answer = ask(AREAS, accept_encoding="br, gzip")
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert gzip.decompress(answer.body) == BODY
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.headers["content-length"] == str(len(FILE.packed))
    assert answer.headers["vary"] == "Accept-Encoding"


def test_values_arrive_by_edition_index_and_council():
    answer = ask("/values/2025/imd/E07000178.json", accept_encoding="gzip")
    assert (gzip.decompress(answer.body), answer.headers["content-type"]) == (FIGURES, "application/json")
    assert answer.headers["etag"] == f'W/"{VALUES.version}"'
    assert ask("/values/2019/imd/E07000178.json").status == 404
    assert ask("/values/2025/E07000178.json").status == 404


@pytest.mark.parametrize("accepted", ["", "br", "identity", "gzip;q=0", "gzip; q=0.0, br"])
def test_areas_arrive_plain_for_who_does_not_take_gzip(accepted):
    answer = ask(AREAS, accept_encoding=accepted)
    assert answer.body == BODY
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize("accepted", ["gzip;q=0.5", "deflate,gzip ; q=1.0", "GZIP"])
def test_weights_above_nothing_take_gzip(accepted):
    assert ask(AREAS, accept_encoding=accepted).headers["content-encoding"] == "gzip"


def test_an_address_with_its_content_is_kept_for_ever():
    assert ask(f"{AREAS}?v={FILE.version}").headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize("query", ["", "?v=", "?v=older", "?w=0123456789abcdef"])
def test_an_address_without_its_content_is_asked_again(query):
    assert ask(AREAS + query).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", [AREAS, PLACES])
def test_a_copy_that_still_holds_is_not_sent_again(path):
    tag = ask(path).headers["etag"]
    answer = ask(path, if_none_match=f'"other", {tag}')
    assert (answer.status, answer.body, answer.headers["etag"]) == (304, b"", tag)
    assert ask(path, if_none_match='W/"other"').status == 200


def test_head_tells_the_same_headers():
    assert ask(AREAS, method="HEAD").headers == ask(AREAS).headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(method):
    assert ask(AREAS, method=method).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/areas/lsoa99cd/E07000178.json",
        "/areas/lsoa21cd/E99999999.json",
        "/areas/lsoa21cd/..%2f..%2fapp.py",
        "/areas/..%2f..%2fetc%2fpasswd",
        "/areas/..%5c..%5capp.py",
        "/areas/lsoa21cd/E07000178",
        "/areas/",
        "/assets/../app.py",
        "/assets/..%2fapp.py",
        "/assets/%2fetc%2fpasswd",
        "/assets/atlas.js",
        "/assets/",
        "/places/",
        "/places/a%2fb.json",
    ],
)
def test_what_is_not_ours_to_serve_is_not_found(path):
    answer = ask(path)
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("text/plain")


def test_what_is_not_known_is_told_in_words():
    assert ask("/areas/wd24cd/E07000178.json").body == b"No areas wd24cd of E07000178 here."


def test_a_table_that_is_missing_is_told_in_words_and_not_kept():
    answer = ask("/places/E06000027.json")
    assert (answer.status, answer.headers["cache-control"]) == (503, "no-cache")
    assert answer.body.startswith(b"No places here.")


def test_the_script_of_the_map_is_one_file_and_kept_for_ever():
    [(name, asset)] = assets().items()
    answer = ask(f"/assets/{name}?v={asset.version}", accept_encoding="gzip")
    assert gzip.decompress(answer.body) == asset.body
    assert answer.headers["content-type"].startswith("text/javascript")
    assert "immutable" in answer.headers["cache-control"]


def test_the_script_holds_leaflet_its_clusters_ours_and_the_style():
    script = assets()["map.js"].body.decode()
    parts = [
        "Leaflet 1.9",
        "MarkerClusterGroup",
        "window.CommonsAtlas",
        ".leaflet-container",
        "--co-operative:#",
    ]
    assert [part for part in parts if part not in script] == []
    assert "sourceMappingURL" not in script


def test_every_answer_says_where_a_page_may_load_from():
    for path in (AREAS, "/assets/none", "/elsewhere"):
        headers = ask(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
        assert (
            "img-src 'self' data: blob: https://tile.openstreetmap.org;" in headers["content-security-policy"]
        )
        assert "https:" not in headers["content-security-policy"].replace(
            "https://tile.openstreetmap.org", ""
        )


def test_without_a_base_map_pictures_come_from_us_alone():
    assert "img-src 'self' data: blob:;" in api.content_policy("")


def test_our_files_are_for_our_own_pages():
    assert ask(AREAS).headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("base_path", ["maps", "/maps/", "towns/oxford"])
def test_routes_move_below_the_apps_own_path_and_leave_its_pages_alone(base_path):
    below = f"/{base_path.strip('/')}"
    page = Route(f"{below}/", lambda request: PlainTextResponse("the page"))
    app = Starlette(routes=[*api.routes(area_file, place_file, value_file, base_path=base_path), page])
    assert ask(below + AREAS, app=app).body == BODY
    assert ask(AREAS, app=app).status == 404
    assert ask(f"{below}/", app=app).body == b"the page"


@pytest.mark.parametrize(("base", "query"), [("", ""), ("", "?council=Oxford&decile=1"), ("atlas", "?q=a")])
def test_the_first_page_answers_to_its_name_too(base: str, query: str) -> None:
    app = Starlette(routes=api.routes(area_file, place_file, value_file, base_path=base))
    below = f"/{base}" if base else ""
    answer = ask(f"{below}/explore{query}", app=app)
    assert answer.status == 307
    assert answer.headers["location"] == f"{below}/{query}"
