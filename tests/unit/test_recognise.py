import csv
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
from mapping.editions import INDICES
from mapping.errors import SourceChangedError, SourceMissingError
from tests.unit import iod_files
from tests.unit.publishers import headings
from tests.unit.test_postcode_files import NSPL, NSPL_RENAMED

FILES = [(file, edition) for file in (1, 2, 3, 5, 6, 7, 9) for edition in ("2019", "2025")]
SHAPE = shapely.box(450_000, 205_000, 450_300, 205_200)


def told(path):
    return [(found.kind, found.vintage) for found in recognise(path)]


def csv_of(path, columns, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns.split(",") if isinstance(columns, str) else columns, *rows])
    return path


def refusal(path):
    with pytest.raises(SourceChangedError) as raised:
        recognise(path)
    assert str(raised.value).startswith(path.name)
    assert "again" in str(raised.value), "what to do"
    return str(raised.value)


# ---- Indices of Deprivation ----------------------------------------------------------------------------


@pytest.mark.parametrize(("file", "edition"), FILES)
@pytest.mark.parametrize("name", ["file.csv", "file.csv.gz", "no-suffix", "wrong.xlsx"])
def test_each_file_of_the_indices_is_known_whatever_it_is_called(tmp_path, file, edition, name):
    path = iod_files.write(tmp_path / name, file, edition)
    (found,) = recognise(path)
    assert (found.kind, found.vintage, found.path, found.member) == ("indices", edition, path, "")
    assert found.form == ("CSV, UTF-8, in gzip" if name.endswith(".gz") else "CSV, UTF-8")


@pytest.mark.parametrize(("file", "edition"), FILES)
def test_a_heading_that_is_needed_and_gone_is_named(tmp_path, file, edition):
    named = iod_files.columns(file, edition)
    keys = headings.keys(edition)
    needed = [column for column in named if column in keys or column == "population" or _is_of_ours(column)]
    for column in needed:
        rest = {other: heading for other, heading in named.items() if other != column}
        path = iod_files.write(tmp_path / "file.csv", file, edition, named=rest)
        assert f"no heading for: {column}." in refusal(path)


def _is_of_ours(column):
    index, _, measure = column.rpartition("_")
    return index in INDICES and measure in ("rank", "decile", "score", "transformed")


@given(st.randoms(), st.sampled_from(FILES))
def test_order_capitals_and_blanks_of_the_headings_do_not_matter(tmp_path_factory, random, of):
    file, edition = of
    named = list(iod_files.columns(file, edition).items())
    random.shuffle(named)
    changed = {
        column: random.choice(["", " "])
        + random.choice([str.upper, str.lower, str])(heading)
        + random.choice(["", "  "])
        for column, heading in named
    }
    path = tmp_path_factory.mktemp("shuffled") / "file.csv"
    iod_files.write(path, file, edition, named=changed)
    assert told(path) == [("indices", edition)]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_the_encoding_is_told(tmp_path, encoding):
    body = iod_files.rows(1, "2019")
    body[0]["lsoa_name"] = "Château 001A"
    (found,) = recognise(iod_files.write(tmp_path / "file", 1, "2019", body, encoding=encoding))
    assert found.form == {"utf-8": "CSV, UTF-8", "cp1252": "CSV, Windows-1252"}[encoding]


def test_the_sheet_with_the_data_is_found_behind_the_notes(tmp_path):
    title_above = [["Indices of Deprivation 2025"], [], *iod_files.table_of(5, "2025")]
    sheets = {"Notes": iod_files.notes("2025"), "IoD2025 Scores": title_above, "Empty": []}
    (found,) = recognise(iod_files.workbook(tmp_path / "book.csv", sheets))
    assert (found.kind, found.vintage, found.member) == ("indices", "2025", "IoD2025 Scores")
    assert found.form == "Excel, sheet IoD2025 Scores"


def test_all_sheets_of_file_10_are_one_table(tmp_path):
    sheets = {"Notes": iod_files.notes("2019")} | {
        title: iod_files.summaries("2019", name, n=2) for title, name in iod_files.SHEETS.items()
    }
    (found,) = recognise(iod_files.workbook(tmp_path / "book", sheets))
    assert (found.kind, found.vintage, found.member) == ("district summaries", "2019", "")
    assert found.form == "Excel, sheets IMD, Income, Employment, Education, Health, Crime, Barriers, Living"


def test_a_measure_that_file_10_lacks_is_named(tmp_path):
    sheet = iod_files.summaries("2025", "IMD", n=2)
    gone = [row[:4] + row[6:] for row in sheet]
    message = refusal(csv_of(tmp_path / "file.csv", *gone))
    assert "no heading for: average_score, rank_of_average_score." in message


@pytest.mark.parametrize(
    "columns",
    [
        ["LSOA code (2011)", "IMD Score (derived from File 9)"],
        [*iod_files.columns(4, "2019").values()],
        [each.replace("(2019)", "(2013)") for each in iod_files.columns(2, "2019").values()],
        ["Upper Tier Local Authority District code (2024)", "IMD - Average rank "],
        "lsoa21_code,IMD_decile,IMD_rank,IMD_score",
    ],
    ids=["derived", "sub-domains", "2015", "counties", "third party"],
)
def test_what_is_near_to_the_indices_is_not_taken_for_them(tmp_path, columns):
    assert told(csv_of(tmp_path / "file.csv", columns)) == []


def test_districts_of_a_later_year_are_refused_and_named(tmp_path):
    later = [each.replace("(2024)", "(2025)") for each in iod_files.columns(2, "2025").values()]
    assert "local authority district code (2024)" in refusal(csv_of(tmp_path / "file.csv", later))


# ---- Lookups, postcodes, centroids ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        (
            "F_LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM,LAD22NMW,ObjectId",
            ("changes", "2021"),
        ),
        ("LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,CHGIND,LAD22CD,LAD22NM", ("changes", "2021")),
        ("LSOA21CD,LSOA21NM,WD24CD,WD24NM,WD24NMW,LAD24CD,LAD24NM,ObjectId", ("best fit", "2025")),
        ("\ufeffFID,LSOA11CD,LSOA11NM,WD19CD,WD19NM,LAD19CD,LAD19NM", ("best fit", "2019")),
        ("LSOA21CD,LSOA21NM,WD25CD,WD25NM,LAD25CD,LAD25NM,ObjectId", ("best fit", "wd25cd")),
        ("FID,LSOA21CD,GlobalID,x,y", ("centroids", "lsoa21cd")),
        ("X,Y,OBJECTID,lsoa11cd,lsoa11nm", ("centroids", "lsoa11cd")),
        (headings.PCD_2011, ("postcode lookup", "2011")),
        (headings.PCD_2021.upper(), ("postcode lookup", "2021")),
        (headings.ONSPD, ("postcode lookup", "both")),
        (headings.ONSPD_RENAMED.replace("25cd", "26cd"), ("postcode lookup", "both")),
        (NSPL, ("postcode lookup", "2021")),
        (NSPL_RENAMED, ("postcode lookup", "2021")),
    ],
)
def test_each_table_of_ons_is_known_by_its_headings(tmp_path, columns, kind):
    assert told(csv_of(tmp_path / "file", columns)) == [kind]


@pytest.mark.parametrize(
    ("columns", "lacking"),
    [
        ("LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,LAD22CD,LAD22NM", "change"),
        ("LSOA21CD,LSOA21NM,WD24CD,LAD24CD,LAD24NM", "ward_name"),
        ("LSOA21CD,LSOA21NM,WD24CD,WD24NM", "lad_code, lad_name"),
        (headings.ONSPD.replace("usertype,", ""), "is_small_user"),
        (headings.ONSPD.replace("oslaua,", ""), "lad_code"),
        (headings.ONSPD.replace("lsoa11,", "").replace("lsoa21,", ""), "lsoa11cd or lsoa21cd"),
    ],
)
def test_a_table_of_ons_without_a_heading_it_needs_is_refused(tmp_path, columns, lacking):
    assert f"no heading for: {lacking}." in refusal(csv_of(tmp_path / "file.csv", columns))


@pytest.mark.parametrize(
    "columns",
    [
        "lsoa21_name,lsoa21_code,ward24_name,ward24_code,ltla24_name,ltla24_code",
        "LADCD,LADNM,LADCD_ACTIVE,LADNM_ACTIVE",
        "OA21CD,LSOA21CD,LSOA21NM,WD24CD,WD24NM,LAD24CD,LAD24NM",
        "WD24CD,WD24NM,LAD24CD,LAD24NM",
        "LSOA21CD,LSOA21NM",
        "LSOA21CD,LSOA21NM,BNG_E,BNG_N,LONG,LAT",
        "postcode,easting,northing,lsoa11cd,lsoa21cd,wd24cd,lad24cd",
        "pcds,lat,long",
        "name,postcode",
    ],
)
def test_tables_of_other_kinds_are_passed_over(tmp_path, columns):
    assert told(csv_of(tmp_path / "file.csv", columns)) == []


def test_code_point_open_is_known_by_how_it_is_packed(tmp_path):
    path = tmp_path / "file.bin"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "Data/CSV/ox.csv", '"OX1 1AA",10,450673,205980,"E92000001","","","","E07000178","E05013111"\n'
        )
    assert told(path) == [("postcodes", "")]


def test_code_point_open_with_other_columns_is_refused(tmp_path):
    path = tmp_path / "codepo_gb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/CSV/ox.csv", '"OX1 1AA",10,450673,205980\n')
    assert "Data/CSV/ox.csv has 4 columns, not 10" in refusal(path)


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
