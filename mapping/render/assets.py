"""The map's one script, served by us: Leaflet, its clusters, our own, and the style of all three."""

import gzip
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from mapping.render import palette

SCRIPT: Final = "map.js"
LEAFLET: Final = files("xstatic.pkg.leaflet") / "data"
CLUSTERS: Final = files("xstatic.pkg.leaflet_markercluster") / "data"
OURS: Final = files("mapping.render") / "static"
PARTS: Final = ("legend.js", "places.js", "atlas.js", "england.js", "circles.js", "putting.js", "gaps.js")
"""Our scripts, in order; they share one closure and show the page `CommonsAtlas` alone."""
STYLES: Final = ("atlas.css", "england.css", "gaps.css")


@dataclass(frozen=True, kw_only=True)
class Asset:
    """One file of the map, ready to serve."""

    body: bytes
    packed: bytes
    """`body`, compressed by gzip."""
    media_type: str
    version: str
    """Names the content: other content, other version."""


@cache
def assets() -> dict[str, Asset]:
    """Every file the map needs, by name.

    There is one, because the frame fetches scripts one after the other and does not wait for
    styles: a map without its style measures itself wrongly and asks for hundreds of tiles.
    """
    body = _script().encode()
    return {
        SCRIPT: Asset(
            body=body,
            packed=gzip.compress(body, mtime=0),
            media_type="text/javascript",
            version=hashlib.sha256(body).hexdigest()[:16],
        )
    }


def address(name: str) -> str:
    """Where the asset `name` is served, below the app's own address, with its version."""
    return f"assets/{name}?v={assets()[name].version}"


def _script() -> str:
    library = [LEAFLET / "leaflet.js", CLUSTERS / "leaflet.markercluster.js"]
    ours = "\n".join((OURS / part).read_text(encoding="utf-8") for part in PARTS)
    return "\n;\n".join(
        [
            *(_without_source_map(path.read_text(encoding="utf-8")) for path in library),
            f"document.head.append(Object.assign(document.createElement('style'), "
            f"{{ textContent: {json.dumps(_style())} }}))",
            f"(function () {{\n'use strict';\n{ours}\n}})();\n",
        ]
    )


def _style() -> str:
    library = (LEAFLET / "leaflet.css", CLUSTERS / "MarkerCluster.css")
    ours = "\n".join((OURS / name).read_text(encoding="utf-8") for name in STYLES)
    colours = {
        "co-operative": palette.KIND_FILLS["co-operative"],
        "community-asset": palette.KIND_FILLS["community asset"],
        "outline": palette.OUTLINE,
        "halo": palette.HALO,
    }
    root = ":root {" + "".join(f"--{name}:{value};" for name, value in colours.items()) + "}"
    return "\n".join([*(path.read_text(encoding="utf-8") for path in library), root, ours])


def _without_source_map(script: str) -> str:
    # The map's file is not served: a browser's tools would ask for it in vain.
    return "\n".join(line for line in script.splitlines() if not line.startswith("//# sourceMappingURL"))
