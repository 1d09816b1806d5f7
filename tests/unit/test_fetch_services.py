"""Each thing that goes wrong with a feature service: got over where it can be, else named with its remedy."""

import json

import pytest

from mapping.errors import SourceChangedError
from tests.unit.publishers import faults, small
from tests.unit.publishers.server import publishers
from tests.unit.publishers.trial import held, refused, run

QUERY = f"{small.ARCGIS.format('LSOA21')}/query"
SHAPES = "lsoa21/lsoa21.geojson"


@pytest.fixture
def served():
    with publishers() as started:
        yield small.serve(started)


def test_a_page_of_rows_that_breaks_off_is_asked_for_again(served, tmp_path):
    half = faults.body(b'{"type": "FeatureCollection", "features": [{"ty')
    served.faults[QUERY] = [half, half]
    run(served, tmp_path, "lsoa21")
    assert len(json.loads(held(tmp_path, SHAPES).read_text())["features"]) == 5


def test_rows_go_on_from_the_last_page_in_the_next_run(served, tmp_path):
    served.faults[QUERY] = [lambda handler: False, *[faults.page] * 5]
    assert "a web page came instead of data" in refused(served, tmp_path, "lsoa21")
    served.faults.clear()
    served.asked.clear()
    run(served, tmp_path, "lsoa21")
    offsets = [asked.params["resultOffset"] for asked in served.asked if "resultOffset" in asked.params]
    assert offsets == ["2", "4"]
    codes = [f["properties"]["LSOA21CD"] for f in json.loads(held(tmp_path, SHAPES).read_text())["features"]]
    assert codes == sorted(set(codes)) and len(codes) == 5


def test_rows_start_afresh_where_the_service_changed(served, tmp_path):
    served.faults[QUERY] = [lambda handler: False, *[faults.page] * 5]
    refused(served, tmp_path, "lsoa21")
    served.faults.clear()
    served.asked.clear()
    served.services["LSOA21"].edited += 1
    run(served, tmp_path, "lsoa21")
    offsets = [asked.params["resultOffset"] for asked in served.asked if "resultOffset" in asked.params]
    assert offsets == ["0", "2", "4"]


def test_a_changed_column_of_a_service_is_named(served, tmp_path):
    rows = served.services["LSOA21"].rows
    served.services["LSOA21"].rows = [{"LSOA31CD": row["LSOA21CD"], "LSOA21NM": "x"} for row in rows]
    told = refused(served, tmp_path, "lsoa21", error=SourceChangedError)
    assert "has no column LSOA21CD. It has FID, LSOA31CD, LSOA21NM" in told


def test_column_names_may_differ_in_capitals(served, tmp_path):
    rows = served.services["LSOA21"].rows
    served.services["LSOA21"].rows = [{name.lower(): cell for name, cell in row.items()} for row in rows]
    run(served, tmp_path, "lsoa21")
    features = json.loads(held(tmp_path, SHAPES).read_text())["features"]
    assert features[0]["properties"]["lsoa21cd"] == "E01900001"


def test_pages_that_overlap_are_refused(served, tmp_path):
    served.services["LSOA21"].start = lambda offset: max(0, offset - 1)
    assert "its pages overlap" in refused(served, tmp_path, "lsoa21")


def test_a_count_that_differs_is_refused(served, tmp_path):
    served.services["LSOA21"].count = 6
    assert "it counts 6 rows and gave 5" in refused(served, tmp_path, "lsoa21")


def test_a_page_that_says_more_and_gives_none_is_refused(served, tmp_path):
    said = {"features": [], "properties": {"exceededTransferLimit": True}}
    served.faults[QUERY] = [faults.body(json.dumps(said).encode())]
    assert "it says there are rows, and gives none" in refused(served, tmp_path, "lsoa21")


def test_an_error_with_status_200_is_an_error(served, tmp_path):
    served.faults[QUERY] = [faults.error(504, "Gateway")] * 2
    run(served, tmp_path, "lsoa21")
    served.faults[QUERY] = [faults.error(400, "Invalid query parameters")]
    assert "says error 400 Invalid query parameters" in refused(served, tmp_path, "lsoa21")
    assert served.faults[QUERY] == []


def test_areas_without_shapes_are_refused(served, tmp_path):
    served.services["LSOA21"].geometries = ()
    assert "gives areas without any shape" in refused(served, tmp_path, "lsoa21", error=SourceChangedError)


def test_a_service_without_rows_leaves_the_old_file(served, tmp_path):
    run(served, tmp_path, "wards", where="WD24CD LIKE 'E%'")
    before = held(tmp_path, "wards/wards.geojson").read_bytes()
    rows = served.services["WD24"].rows
    served.services["WD24"].rows = [row | {"WD24CD": "W05000001"} for row in rows]
    assert "It has no rows" in refused(
        served, tmp_path, "wards", error=SourceChangedError, where="WD24CD LIKE 'E%'"
    )
    assert held(tmp_path, "wards/wards.geojson").read_bytes() == before


def test_an_area_that_the_lookup_names_must_come(served, tmp_path):
    service = served.services["LSOA21"]
    service.rows = [row for row in service.rows if row["LSOA21CD"] != "E01900002"]
    told = refused(served, tmp_path, "fit", "lsoa21", error=SourceChangedError, england=False, rows=5)
    assert "It has no E01900002, which ONS's lookups name" in told
