"""A small world of the tests' own: two councils with a few areas, as every publisher would serve them."""

import csv
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mapping.settings import Settings
from tests.unit.publishers import headings
from tests.unit.publishers.server import Publishers, Service

OXFORD, STEVENAGE = "E07000178", "E07000243"
LSOAS = {
    OXFORD: ["E01900001", "E01900002", "E01900003"],
    STEVENAGE: ["E01900004", "E01900005"],
}
"""Of 2021. E01900002 and E01900003 were one in 2011: E01800002."""
CHANGES = {
    "E01900001": "E01900001",
    "E01900002": "E01800002",
    "E01900003": "E01800002",
    "E01900004": "E01900004",
    "E01900005": "E01900005",
}
NAMES = {OXFORD: "Oxford", STEVENAGE: "Stevenage"}
FILE_7 = {edition: f"/media/{edition}/File_7.csv" for edition in ("2019", "2025")}
PRODUCT = "/downloads/v1/products/CodePointOpen/downloads"
ARCGIS = "/arcgis/{}/FeatureServer/0"


def square(number: int) -> dict[str, Any]:
    """A polygon in longitude and latitude."""
    west, south = -1.3 + number / 100, 51.7
    corners = [(0, 0), (0.01, 0), (0.01, 0.01), (0, 0.01), (0, 0)]
    return {
        "type": "Polygon",
        "coordinates": [[[round(west + x, 6), round(south + y, 6)] for x, y in corners]],
    }


def services() -> dict[str, Service]:
    """Lookups, boundaries and centroids of the two councils; two rows a page."""
    councils = {lsoa: lad for lad, lsoas in LSOAS.items() for lsoa in lsoas}
    wards = {lsoa: f"E05{lad[-6:]}" for lsoa, lad in councils.items()}
    fit = [
        {"LSOA21CD": lsoa, "LSOA21NM": f"Area {lsoa[-1]}", "WD24CD": wards[lsoa], "WD24NM": "St Mary’s & Co",
         "LAD24CD": lad, "LAD24NM": NAMES[lad]}
        for lsoa, lad in councils.items()
    ]  # fmt: skip
    changes = [
        {"LSOA11CD": old, "LSOA21CD": new, "CHGIND": "U" if old == new else "S"}
        for new, old in CHANGES.items()
    ]
    lsoas21 = [{"LSOA21CD": lsoa, "LSOA21NM": f"Area {lsoa[-1]}"} for lsoa in councils]
    lsoas11 = [{"LSOA11CD": lsoa, "LSOA11NM": f"Area {lsoa[-1]}"} for lsoa in sorted(set(CHANGES.values()))]
    ward24 = [{"WD24CD": f"E05{lad[-6:]}", "WD24NM": "Ward", "LAD24CD": lad} for lad in LSOAS]
    lads = [{"LAD24CD": lad, "LAD24NM": NAMES[lad]} for lad in LSOAS]
    middles = [{"x": 450_000.5 + number, "y": 205_000.25} for number in range(len(lsoas21))]
    return {
        "FIT": Service(rows=fit),
        "CHANGES": Service(rows=changes),
        "LSOA21": Service(rows=lsoas21, geometries=[square(n) for n in range(len(lsoas21))]),
        "LSOA11": Service(rows=lsoas11, geometries=[square(n) for n in range(len(lsoas11))]),
        "WD24": Service(rows=ward24, geometries=[square(n) for n in range(len(ward24))]),
        "LAD24": Service(rows=lads, geometries=[square(n) for n in range(len(lads))]),
        "CENTROIDS": Service(rows=[{"LSOA21CD": lsoa} for lsoa in councils], geometries=middles),
    }


def file_7(edition: str, *, n_rows: int = 5) -> bytes:
    """A File 7 with MHCLG's headings and made-up figures."""
    text = io.StringIO()
    rows = csv.writer(text)
    named = list(headings.file_7(edition).values())
    rows.writerow(named)
    for number in range(n_rows):
        rows.writerow(
            [f"E019{number:05d}", f"Area {number}", OXFORD, "Oxford", *([number + 1] * (len(named) - 4))]
        )
    return text.getvalue().encode()


def code_point_open() -> bytes:
    """A Code-Point Open with one postcode, as a zip."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr(
            "Data/CSV/ox.csv", '"OX1 1AA",10,450673,205980,"E92000001","","","","E07000178","E05013111"\r\n'
        )
        for name in ("Doc/Codelist.xlsx", "Doc/licence.txt", "Doc/metadata.txt"):
            archive.writestr(name, "as the publisher has it")
    return body.getvalue()


def onspd() -> bytes:
    """An ONS Postcode Directory with one postcode, as a zip."""
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr(
            "Data/ONSPD_MAY_2025_UK.csv", headings.ONSPD + "\r\n" + "," * headings.ONSPD.count(",") + "\r\n"
        )
        archive.writestr("Documents/readme.txt", "ONS Postcode Directory")
    return body.getvalue()


def serve(served: Publishers) -> Publishers:
    """Let `served` have all of it."""
    served.services.update(services())
    served.files |= {FILE_7[edition]: file_7(edition) for edition in FILE_7}
    served.files["/onspd.zip"] = onspd()
    served.redirects["/items/onspd/data"] = f"{served.address}/onspd.zip"
    served.offer("codepo_gb.zip", code_point_open())
    for number in ("1", "10", "7"):
        url = f"{served.address}{FILE_7['2025'] if number == '7' else '/wrong'}"
        served.attachments.append({"title": f"File {number}: what it is", "url": url})
    return served


def entries(address: str) -> list[dict[str, Any]]:
    """The registry's entries for what is served at `address`."""

    def service(id: str, name: str, kind: str, vintage: str, *columns: str, **more: object) -> dict[str, Any]:
        ending = ".geojson" if more.get("geometry") == "areas" else ".csv"
        return {
            "id": id, "kind": kind, "vintage": vintage, "form": "feature service", "columns": list(columns),
            "address": address + ARCGIS.format(name), "file": f"{id}{ending}", "size_mb": 0.1, **more,
        }  # fmt: skip

    def file(id: str, kind: str, vintage: str, path: str, name: str, **more: object) -> dict[str, Any]:
        return {
            "id": id, "kind": kind, "vintage": vintage, "form": "file", "address": address + path,
            "file": name, "columns": [], "size_mb": 0.1, **more,
        }  # fmt: skip

    areas = {"geometry": "areas"}
    return [
        service("fit", "FIT", "best fit", "2025", "LSOA21CD", "WD24CD", "WD24NM", "LAD24CD", rows=5),
        service("changes", "CHANGES", "changes", "2021", "LSOA11CD", "LSOA21CD", "CHGIND"),
        file("imd-2025", "indices", "2025", "/media/old.csv", "File_7_2025.csv", edition="2025", rows=5,
             columns=["LSOA code (2021)", "Total population: mid 2022"], content_title="File 7",
             content_api=f"{address}/api/content/iod-2025"),
        file("imd-2019", "indices", "2019", FILE_7["2019"], "File_7_2019.csv", edition="2019",
             columns=["LSOA code (2011)"]),
        service("lsoa21", "LSOA21", "areas", "lsoa21cd", "LSOA21CD", "LSOA21NM", by="LSOA21CD",
                where="LSOA21CD LIKE 'E%'", rows=5, **areas),
        service("lsoa11", "LSOA11", "areas", "lsoa11cd", "LSOA11CD", by="LSOA11CD", edition="2019", **areas),
        service("wards", "WD24", "areas", "wd24cd", "WD24CD", "LAD24CD", by="LAD24CD", **areas),
        service("districts", "LAD24", "areas", "lad24cd", "LAD24CD", "LAD24NM", **areas),
        service("centroids", "CENTROIDS", "centroids", "lsoa21cd", "LSOA21CD", geometry="points"),
        file("onspd", "postcode lookup", "both", "/items/onspd/data", "ONSPD.zip",
             columns=["pcds", "lsoa21|lsoa21cd"], members=["Data/*.csv"]),
        file("code-point-open", "postcodes", "", PRODUCT, "codepo_gb.zip", area="GB", format="CSV",
             members=["Data/CSV/*.csv", "Doc/Codelist.xlsx"]) | {"form": "os downloads"},
    ]  # fmt: skip


def write_registry(path: Path, listed: Sequence[Mapping[str, Any]]) -> Path:
    """The registry of `listed` at `path`, for servers on this machine: over http, without pauses."""
    shared = {
        "publisher": "A publisher", "licence": "OGL-UK-3.0", "attribution": "Source: A publisher.",
        "page": "https://example.org/", "pause_s": 0.0, "backoff_s": 0.0, "is_http_allowed": True,
    }  # fmt: skip
    text = "[defaults]\n" + _toml(shared)
    for entry in listed:
        text += "\n[[source]]\n" + _toml({"title": f"The {entry['id']}", **entry})
    path.write_text(text, encoding="utf-8")
    return path


def _toml(fields: Mapping[str, Any]) -> str:
    return "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())


def settings_for(folder: Path, listed: Sequence[Mapping[str, Any]]) -> Settings:
    """Settings of an installation below `folder` that fetches what is `listed`."""
    registry = write_registry(folder / "registry.toml", listed)
    return Settings.from_env({"MAPPING_RAW": str(folder / "raw"), "MAPPING_REGISTRY": str(registry)})
