"""Boundaries, Parquet, zips and damaged files: known by content, never by name."""

import io
import json
import zipfile

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapping.adapters.recognise import recognise
from mapping.errors import SourceMissingError
from tests.unit import iod_files
from tests.unit.recognised import refusal, told

SHAPE = shapely.box(450_000, 205_000, 450_300, 205_200)


def test_tables_of_several_kinds_in_one_zip_are_all_found(tmp_path):
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a/Data.csv", iod_files.text(2, "2019"))
        archive.writestr("b/Data.csv", "LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM\n")
        archive.writestr("readme.txt", "What this is")
        archive.writestr("picture.png", b"\x89PNG\r\n\x1a\n\x00\x00")
    assert {(found.kind, found.member) for found in recognise(path)} == {
        ("indices", "a/Data.csv"),
        ("best fit", "b/Data.csv"),
    }


# ---- Shapes --------------------------------------------------------------------------------------------


def geojson(path, shape, properties, *, is_last=True):
    feature = {"type": "Feature", "id": 1}
    geometry = shapely.geometry.mapping(shape) if shape else None
    feature |= (
        {"geometry": geometry, "properties": properties}
        if is_last
        else {"properties": properties, "geometry": geometry}
    )
    crs = {"type": "name", "properties": {"name": "EPSG:27700"}}
    document = {"type": "FeatureCollection", "crs": crs, "features": [feature] * 2}
    path.write_text(
        json.dumps(document | {"properties": {"exceededTransferLimit": True}}), encoding="utf-8-sig"
    )
    return path


@pytest.mark.parametrize("is_last", [True, False])
@pytest.mark.parametrize("code", ["LSOA11CD", "lsoa21cd", "WD24CD", "wd19cd", "LAD24CD", "LAD19CD"])
def test_boundaries_are_known_by_their_code(tmp_path, code, is_last):
    properties = {"FID": 1, code: "E0", code[:-2] + "NM": "{A}", "LAD24CD": "E0"}
    path = geojson(tmp_path / "file", SHAPE, properties, is_last=is_last)
    (found,) = recognise(path)
    assert (found.kind, found.vintage, found.form) == ("areas", code.casefold(), "GeoJSON")


def test_a_first_shape_of_many_vertices_does_not_hide_its_properties(tmp_path):
    shape = shapely.Point(450_000, 205_000).buffer(900, quad_segs=9_000)
    path = geojson(tmp_path / "file", shape, {"LSOA21CD": "E01000001"})
    assert path.stat().st_size > 2_000_000
    assert told(path) == [("areas", "lsoa21cd")]


@pytest.mark.parametrize(
    ("shape", "properties", "kind"),
    [
        (SHAPE.centroid, {"FID": 1, "LSOA21CD": "E0"}, [("centroids", "lsoa21cd")]),
        (SHAPE, {"OA21CD": "E0", "LSOA21CD": "E0"}, []),
        (SHAPE, {"MSOA21CD": "E0"}, []),
        (SHAPE, {"code": "E0", "label": "Oxford"}, []),
        (SHAPE.boundary, {"LSOA21CD": "E0"}, []),
        (
            None,
            {"LSOA21CD": "", "WD24CD": "", "WD24NM": "", "LAD24CD": "", "LAD24NM": ""},
            [("best fit", "2025")],
        ),
    ],
    ids=["points", "output areas", "MSOAs", "third party", "lines", "table"],
)
def test_the_kind_of_shape_and_the_first_code_decide(tmp_path, shape, properties, kind):
    assert told(geojson(tmp_path / "file", shape, properties)) == kind


@pytest.mark.parametrize("form", ["GeoPackage", "GeoParquet"])
def test_binary_files_of_areas_are_known(tmp_path, form):
    areas = gpd.GeoDataFrame(
        {"WD24CD": ["E05000001"], "WD24NM": ["Marston"]}, geometry=[SHAPE], crs="EPSG:27700"
    )
    path = tmp_path / "file.gpkg"
    if form == "GeoParquet":
        areas.to_parquet(path)
    else:
        areas.to_file(path, layer="Wards", driver="GPKG")
    path = path.rename(tmp_path / "file.csv")
    (found,) = recognise(path)
    assert (found.kind, found.vintage) == ("areas", "wd24cd")
    assert found.form == {"GeoParquet": "GeoParquet", "GeoPackage": "GeoPackage, layer Wards"}[form]
    assert found.member == {"GeoParquet": "", "GeoPackage": "Wards"}[form]


def test_a_table_in_parquet_is_known(tmp_path):
    named = iod_files.columns(9, "2025")
    pd.DataFrame(iod_files.rows(9, "2025")).rename(columns=named).to_parquet(tmp_path / "file")
    assert told(tmp_path / "file") == [("indices", "2025")]


# ---- Other files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\n\n", b"\x00" * 99, b"%PDF-1.7", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"<!DOCTYPE html><html><body>404</body></html>", b'{"error": {"code": 404}}', b'{"features": []}',
        b'{"type": "FeatureCollection", "features": [{"properties": null}]}', b"[1, 2", b'"never closed',
        b"SQLite format 3\x00" + b"\x00" * 99, b"7z\xbc\xaf\x27\x1c", b"\xff\xfeL\x00S\x00", b"{" * 70_000,
    ],
)  # fmt: skip
def test_a_file_of_no_known_kind_is_passed_over(tmp_path, content):
    path = tmp_path / "LSOA21_WD24_LAD24_EW_LU.csv"
    path.write_bytes(content)
    assert recognise(path) == ()


@given(
    st.binary(max_size=300).filter(lambda data: not data.startswith((b"PK", b"\x1f\x8b", b"PAR1", b"SQL")))
)
def test_no_bytes_make_it_fail(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "bytes"
    path.write_bytes(content)
    assert recognise(path) == ()


@pytest.mark.parametrize("form", ["gz", "xlsx", "zip", "parquet", "gpkg"])
def test_a_file_cut_short_is_told_from_one_of_no_kind(tmp_path, form):
    path = tmp_path / f"file.{form}"
    if form == "gz":
        iod_files.write(path, 2, "2019", iod_files.rows(2, "2019", n=900))
    elif form == "xlsx":
        iod_files.workbook(path, {"IMD": iod_files.table_of(2, "2019")})
    elif form == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("Data/file.csv", iod_files.text(2, "2019"))
    elif form == "parquet":
        pd.DataFrame(iod_files.rows(2, "2019")).to_parquet(path)
    else:
        gpd.GeoDataFrame({"LSOA21CD": ["E0"]}, geometry=[SHAPE], crs="EPSG:27700").to_file(
            path, driver="GPKG"
        )
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "is cut short or damaged" in refusal(path)


def test_a_file_that_went_away_is_said(tmp_path):
    with pytest.raises(SourceMissingError, match="No file at"):
        recognise(tmp_path / "file.csv")


def test_a_zip_that_is_locked_is_passed_over(tmp_path):
    body = io.BytesIO()
    with zipfile.ZipFile(body, "w") as archive:
        archive.writestr("file.csv", iod_files.text(2, "2019"))
    data = bytearray(body.getvalue())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    assert recognise(tmp_path / "locked.zip") == ()


def test_a_zip_made_to_fill_memory_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("file.csv", b"pcds,doterm\n" + b"\0" * 5_000_000)
    assert "bomb.zip unpacks to far more than its size" in refusal(tmp_path / "bomb.zip")


# ---- The publisher's own files -------------------------------------------------------------------------

PUBLISHED = {
    "iod2019/File_1_-_IMD2019_Index_of_Multiple_Deprivation.xlsx": ("indices", "2019"),
    "iod2019/File_2_-_IoD2019_Domains_of_Deprivation.csv.gz": ("indices", "2019"),
    "iod2019/File_6_-_IoD2019_Population_Denominators.csv": ("indices", "2019"),
    "iod2019/File_9_-_IoD2019_Transformed_Scores.csv": ("indices", "2019"),
    "iod2019/File_10_-_IoD2019_Local_Authority_District_Summaries__lower-tier__.xlsx": (
        "district summaries",
        "2019",
    ),
    "iod2025/File_6_IoD2025_population_denominators_OXFORD_STEVENAGE_extract.csv": ("indices", "2025"),
    "boundaries/england_lsoa11_bgc.parquet": ("areas", "lsoa11cd"),
    "boundaries/england_lsoa21_bgc.parquet": ("areas", "lsoa21cd"),
    "boundaries/england_wd25_bgc.parquet": ("areas", "wd25cd"),
    "boundaries/lsoa11_E07000178.geojson": ("areas", "lsoa11cd"),
    "boundaries/lsoa21_E07000178.geojson": ("areas", "lsoa21cd"),
    "lookups/LSOA11_LSOA21_LAD22_EW_LU_V1.csv": ("changes", "2021"),
    "lookups/LSOA11_WD19_LAD19_EW_LU.csv": ("best fit", "2019"),
    "population/LSOA21_PWC_EW.csv": ("centroids", "lsoa21cd"),
}


def test_of_a_folder_the_publishers_own_files_are_known_and_no_other(realdata):
    found = {
        str(path.relative_to(realdata)): told(path) for path in sorted(realdata.rglob("*")) if path.is_file()
    }
    assert {name: kinds for name, kinds in found.items() if kinds} == {
        name: [kind] for name, kind in PUBLISHED.items()
    }
