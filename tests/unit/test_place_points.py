"""GeoJSON on the command line: points are placed."""

import json

from mapping import placing
from mapping.analysis.place import OURS
from tests.unit.brought_files import read


def geojson(tmp_path, *features, **members):
    path = tmp_path / "points.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features), **members}))
    return path


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def test_points_of_a_geojson_are_placed(tmp_path, place):
    at = {"type": "Point", "coordinates": [-1.25813, 51.75188]}
    swapped = {"type": "Point", "coordinates": [51.75188, -1.25813]}
    path = geojson(
        tmp_path,
        feature(at, name="a"),
        feature(None, name="b", postcode="OX4 1BA"),
        feature(swapped, name="c"),
    )
    status, said, _ = place(path, "--out", tmp_path / "out.csv")
    assert status == 0
    assert "Read as GeoJSON, positions in EPSG:4326." in said
    rows = read(tmp_path / "out.csv")
    assert list(rows.columns) == ["name", "postcode", *OURS]
    assert rows["located_by"].tolist() == ["coordinates", "postcode", "nothing"]
    assert rows["issue"].tolist() == ["", "Empty geometry", "Latitude and longitude: swap?"]
    assert read(tmp_path / "out.csv.issues.csv")["row"].tolist() == ["3", "4"]


def test_a_geojson_in_metres_is_placed_where_it_says_so_and_refused_where_not(tmp_path, place, settings):
    metres = feature({"type": "Point", "coordinates": [451_300, 206_150]})
    path, out = geojson(tmp_path, metres), tmp_path / "out.csv"
    status, _, complained = place(path, "--out", out)
    assert status == 2
    assert complained.endswith("Or, for eastings and northings, add `--crs EPSG:27700`.\n")
    summary = placing.place_file(path, out, crs="EPSG:27700", settings=settings)
    assert summary.located_by == {"coordinates": 1}
    out.unlink()
    status, said, _ = place(path, "--out", out, "--crs", "EPSG:27700")
    assert (status, said[:40]) == (0, "Placed 1 of 1 rows (1 by coordinates). I")
    assert read(out)[["easting", "northing", "lad24cd"]].to_numpy().tolist() == [
        ["451300", "206150", "E07000178"]
    ]
    status, _, complained = place(path, "--out", out, "--crs", "EPSG:4326")
    assert status == 2
    assert "add `--crs" not in complained
    path = geojson(tmp_path, metres, crs={"type": "name", "properties": {"name": "EPSG:27700"}})
    _, said, _ = place(path, "--out", out)
    assert "positions in EPSG:27700" in said
    assert read(out)[["easting", "northing"]].to_numpy().tolist() == [["451300", "206150"]]
