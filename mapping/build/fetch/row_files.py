"""Rows that arrived one a line, as the file a person would have downloaded."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def write_geojson(part: Path, to: Path, *, name: str) -> None:
    """A GeoJSON collection in `to` of the features in `part`, in longitude and latitude."""
    with part.open(encoding="utf-8") as lines, to.open("w", encoding="utf-8") as file:
        head = {"type": "FeatureCollection", "name": name}
        # Every line is a feature already: reading and writing it again would only take time.
        file.write(json.dumps(head)[:-1] + ', "features": [\n')
        for number, line in enumerate(lines):
            file.write(("," if number else "") + line)
        file.write("]}\n")


def write_csv(part: Path, to: Path) -> None:
    """A CSV in `to` of the rows in `part`, with the columns of the first."""
    with to.open("w", encoding="utf-8-sig", newline="") as file:
        writer: csv.DictWriter[str] | None = None
        for row in read_rows(part):
            if writer is None:
                writer = csv.DictWriter(file, list(row), extrasaction="ignore", restval="")
                writer.writeheader()
            writer.writerow(row)


def read_rows(part: Path) -> Iterator[dict[str, Any]]:
    """Each row of `part`: of a feature, its properties."""
    with part.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["properties"] if row.get("type") == "Feature" else row
