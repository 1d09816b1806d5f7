"""The registry that ships, led to this machine, and the publishers' own files served there."""

import csv
import json
from collections.abc import Collection
from pathlib import Path
from typing import Any

from mapping.settings import Settings
from tests.unit.publishers.server import OBJECT_ID, Publishers, Service

HOSTS = {
    "https://services1.arcgis.com/ESMARspQHYMw9BZ9/arcgis/rest/services": "/arcgis",
    "https://www.arcgis.com/sharing/rest/content": "/content",
    "https://assets.publishing.service.gov.uk": "",
    "https://www.gov.uk/api": "/api",
    "https://api.os.uk": "",
}
ITEM = "/content/items/3be72478d8454b59bb86ba97b4ee325b/data"


def settings_for(served: Publishers, folder: Path, *, without: Collection[str]) -> Settings:
    """Settings that fetch by the shipped registry from `served`, but not the entries `without`."""
    text = Settings.from_env({}).registry.read_text(encoding="utf-8")
    for host, path in HOSTS.items():
        text = text.replace(host, served.address + path)
    text = text.replace("pause_s = 0.5", "pause_s = 0\nbackoff_s = 0\nis_http_allowed = true")
    for name in without:
        text = text.replace(f'id = "{name}"\n', f'id = "{name}"\nis_wanted = false\n')
    registry = folder / "registry.toml"
    registry.write_text(text, encoding="utf-8")
    return Settings.from_env({"MAPPING_RAW": str(folder / "raw"), "MAPPING_REGISTRY": str(registry)})


def serve_folder(served: Publishers, folder: Path) -> Publishers:
    """Let `served` have the files of `folder` (`files.write_publishers_files`) where the registry looks."""
    names = {"LSOA11_LSOA21_LAD22_EW_LU_V1": "LSOA11_LSOA21_LAD22_EW_LU_v5"}
    names["LSOA21_PWC_EW"] = "LSOA_PopCentroids_EW_2021_V4"
    for path in folder.iterdir():
        if path.name.startswith("File_"):
            served.files[f"/media/{path.name}"] = path.read_bytes()
            title = path.name[: path.name.index("_", 5)].replace("_", " ")
            served.attachments.append({"title": f"{title}: {path.stem}", "url": f"/media/{path.name}"})
        elif path.name == "codepo_gb.zip":
            served.offer(path.name, path.read_bytes())
        elif path.name.startswith("ONSPD"):
            served.files[ITEM] = path.read_bytes()
        else:
            served.services[names.get(path.stem, path.stem)] = service_of(path)
    return served


def service_of(path: Path) -> Service:
    """A feature service of the rows of a CSV (with `x` and `y`, points) or GeoJSON; 2,000 rows a page."""
    if path.suffix == ".geojson":
        features: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["features"]
        shapes = [feature["geometry"] for feature in features]
        return Service(rows=[feature["properties"] for feature in features], geometries=shapes, page=2000)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row.pop(OBJECT_ID, None)
    points = [{"x": float(row.pop("x")), "y": float(row.pop("y"))} for row in rows if "x" in row]
    return Service(rows=rows, geometries=points, page=2000)
