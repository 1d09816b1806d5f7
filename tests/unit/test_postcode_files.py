import csv
import io
import json
import zipfile

import pandas as pd
import pytest

from mapping.adapters import postcode_files
from mapping.crs import BNG, WGS84, to_degrees
from mapping.errors import SourceChangedError
from tests.unit.iod_files import only
from tests.unit.publishers import headings

NSPL = (
    "pcd,pcd2,pcds,dointr,doterm,usertype,oseast1m,osnrth1m,osgrdind,oa21,cty,ced,laua,ward,nhser,ctry,rgn,pcon,"
    "ttwa,itl,park,lsoa21,msoa21,wz11,sicbl,bua24,ruc21,oac11,lat,long,lep1,lep2,pfa,imd,icb"
)
NSPL_RENAMED = (
    "pcd7,pcd8,pcds,dointr,doterm,usrtypind,east1m,north1m,gridind,oa21cd,cty25cd,ced25cd,lad25cd,wd25cd,nhser24cd,"
    "ctry25cd,rgn25cd,pcon24cd,ttwa15cd,itl25cd,npark16cd,lsoa21cd,msoa21cd,wz11cd,sicbl24cd,bua24cd,ruc21ind,"
    "oac11ind,lat,long,lep21cd1,lep21cd2,pfa23cd,imd20ind,icb23cd"
)
OLD = {
    "pcd": "pcd7", "pcd2": "pcd8", "oslaua": "lad25cd", "laua": "lad25cd", "usertype": "usrtypind",
    "oseast1m": "east1m", "osnrth1m": "north1m", "oa11": "oa11cd", "lsoa11": "lsoa11cd", "oa21": "oa21cd",
    "lsoa21": "lsoa21cd", "ladcd": "lad25cd", "pcon": "pcon24cd",
}  # fmt: skip
LIVE = {
    "pcd7": "OX1 1AA", "pcd8": "OX1  1AA", "pcds": "OX1 1AA", "dointr": "198001", "doterm": "",
    "usrtypind": "1", "east1m": "450673", "north1m": "0205980", "lad25cd": "E07000178", "lat": "51.75",
    "oa11cd": "E00145721", "lsoa11cd": "E01028513", "oa21cd": "E00145799", "lsoa21cd": "E01028599",
}  # fmt: skip
ENDED = LIVE | {
    "pcd7": "E1  0AA", "pcd8": "E1   0AA", "pcds": "E1 0AA", "doterm": "199606", "usrtypind": "0",
    "lad25cd": "E09000030", "east1m": "", "north1m": "", "oa21cd": "", "lsoa21cd": "E99999999",
}  # fmt: skip
WALES = LIVE | {"pcds": "CF10 1AA", "lad25cd": "W06000015", "lsoa11cd": "W01001939", "oa11cd": "W00010001"}
SCOTLAND = LIVE | {"pcds": "AB1 0AA", "lad25cd": "S12000033", "lsoa11cd": "S01006514", "oa11cd": "S00090303"}
IRELAND = LIVE | {"pcds": "BT1 1AA", "lad25cd": "N09000003", "lsoa11cd": "95GG01S1", "oa11cd": "N00000001"}
GIROBANK = LIVE | {"pcds": "GIR 0AA", "lad25cd": "E08000011"}
ROWS = [LIVE, WALES, ENDED, SCOTLAND, IRELAND]
BOTH = {"lsoa11cd": "E01028513", "lsoa21cd": "E01028599", "oa_code": "E00145799"}


def text(columns, rows=ROWS):
    written = io.StringIO()
    table = csv.writer(written, quoting=csv.QUOTE_ALL)
    table.writerow(columns.split(","))
    for row in rows:
        held = row | {name.upper(): value for name, value in row.items()}
        table.writerow([held.get(OLD.get(name, name), "") for name in columns.split(",")])
    return written.getvalue()


def write(tmp_path, columns, rows=ROWS):
    path = tmp_path / "file"
    path.write_text(text(columns, rows), encoding="utf-8", newline="")
    return path


def packed(tmp_path, **members):
    path = tmp_path / "packed"
    with zipfile.ZipFile(path, "w") as archive:
        for name, body in members.items():
            archive.writestr(name.replace("__", "/") + ".csv", body)
    return path


def read(path):
    return postcode_files.read_postcode_lookup(only(path))


@pytest.mark.parametrize(
    ("columns", "held"),
    [
        (headings.ONSPD, BOTH),
        (headings.ONSPD_RENAMED, BOTH),
        (headings.ONSPD_RENAMED.upper().replace("25CD", "26CD").replace("LAD26CD", "LAD25CD"), BOTH),
        (NSPL, BOTH | {"lsoa11cd": None}),
        (NSPL_RENAMED, BOTH | {"lsoa11cd": None}),
        (headings.PCD_2011, {"lsoa11cd": "E01028513", "lsoa21cd": None, "oa_code": "E00145721"}),
        (headings.PCD_2021, {"lsoa11cd": None, "lsoa21cd": "E01028599", "oa_code": "E00145799"}),
    ],
    ids=["ONSPD", "ONSPD renamed", "ONSPD online", "NSPL", "NSPL renamed", "2011", "2021"],
)
def test_a_directory_is_read_under_the_names_of_its_year(tmp_path, columns, held):
    table = read(write(tmp_path, columns))
    assert tuple(table.columns) == postcode_files.COLUMNS
    assert table["postcode"].tolist() == ["E1 0AA", "OX1 1AA"], "England's, by postcode"
    live = table.iloc[1]
    assert live["lad_code"] == "E07000178"
    assert {name: None if pd.isna(live[name]) else live[name] for name in held} == held


def test_live_and_terminated_small_and_large_are_told_apart(tmp_path):
    table = read(write(tmp_path, headings.ONSPD))
    assert table["is_small_user"].tolist() == [True, False]
    assert table["terminated"][0] == "1996-06"
    assert table["terminated"].isna().tolist() == [False, True]


def test_a_position_is_in_metres_and_na_where_there_is_none(tmp_path):
    table = read(write(tmp_path, headings.ONSPD))
    assert table[["easting", "northing"]].iloc[1].tolist() == [450673, 205980]
    assert table[["easting", "northing"]].iloc[0].isna().all()
    without = read(write(tmp_path, headings.PCD_2011))
    assert without[["easting", "northing"]].isna().all(axis=None)


def test_what_stands_for_no_area_is_na(tmp_path):
    table = read(write(tmp_path, headings.ONSPD))
    assert table[["lsoa21cd", "oa_code"]].isna().to_numpy().tolist() == [[True, True], [False, False]]


def test_any_form_of_a_postcode_becomes_the_one_with_a_blank(tmp_path):
    table = read(write(tmp_path, headings.PCD_2011.replace("pcds", "other")))
    assert table["postcode"].tolist() == ["E1 0AA", "OX1 1AA"]


def test_a_postcode_that_no_address_has_is_left_out(tmp_path):
    many = [LIVE | {"pcds": f"OX{n // 100 + 10} {n // 10 % 10}A{'ABDEFGHJLN'[n % 10]}"} for n in range(1_100)]
    table = read(write(tmp_path, headings.PCD_2011, [*many, GIROBANK]))
    assert len(table) == 1_100
    assert "GIR 0AA" not in set(table["postcode"])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (LIVE, r"postcode, there twice \(OX1 1AA: 'OX1 1AA'\)"),
        (ENDED | {"pcds": "E2 0AA", "doterm": "1996"}, r"terminated, malformed \(E2 0AA: '1996'\)"),
        (LIVE | {"pcds": "OX1 1AB", "usrtypind": "2"}, r"is_small_user, neither 0 nor 1 \(OX1 1AB: '2'\)"),
        (LIVE | {"pcds": "OX1 1AB", "lsoa21cd": "E0102"}, r"lsoa21cd, malformed \(OX1 1AB: 'E0102'\)"),
        (LIVE | {"pcds": "OX1 1AB", "oa21cd": "E01028599"}, r"oa21cd, malformed \(OX1 1AB: 'E01028599'\)"),
        (LIVE | {"pcds": "OX1 1AB", "lad25cd": "E07"}, r"lad_code, no such code \(OX1 1AB: 'E07'\)"),
        (LIVE | {"pcds": "OX1 1AB", "east1m": "SP50"}, r"easting, not a number \(OX1 1AB: 'SP50'\)"),
        (LIVE | {"pcds": "nonsense"}, "1 of 3 postcodes are none, such as 'nonse nse'"),
    ],
)
def test_a_wrong_row_is_named(tmp_path, row, told):
    with pytest.raises(SourceChangedError, match=f"^file: 1 fault. {told}"):
        read(write(tmp_path, headings.ONSPD, [*ROWS, row]))


def test_a_directory_without_england_is_refused(tmp_path):
    with pytest.raises(SourceChangedError, match="0 rows, where there are"):
        read(write(tmp_path, headings.ONSPD, [WALES]))


def test_of_a_whole_and_its_parts_in_one_zip_the_whole_is_read(tmp_path):
    parts = {f"Data__multi_csv__ONSPD_UK_{n}": text(headings.ONSPD, [row]) for n, row in enumerate(ROWS)}
    path = packed(tmp_path, Data__ONSPD_UK=text(headings.ONSPD, ROWS * 99), **parts)
    assert only(path).member == "Data/ONSPD_UK.csv"


def test_of_parts_alone_all_are_read(tmp_path):
    parts = {f"Data__multi_csv__ONSPD_UK_{n}": text(headings.ONSPD, [row]) for n, row in enumerate(ROWS)}
    path = packed(tmp_path, Documents__names="LAD25CD,LAD25NM\nE07000178,Oxford\n", **parts)
    assert only(path).form == "CSV, UTF-8, in a zip, 5 parts"
    assert read(path)["postcode"].tolist() == ["E1 0AA", "OX1 1AA"]


def test_a_zip_cut_short_is_told(tmp_path):
    path = packed(tmp_path, Data__ONSPD=text(headings.ONSPD))
    known = only(path)
    path.write_bytes(path.read_bytes()[:-50])
    with pytest.raises(SourceChangedError, match="packed is cut short or damaged"):
        postcode_files.read_postcode_lookup(known)


# ---- Centroids -----------------------------------------------------------------------------------------

POINTS = [
    ["E01000002", 532501.38204, 181755.612],
    ["E01000001", 532181.7642, 181792.2818],
    ["W01000001", 240000, 390000],
]


def centroids(tmp_path, points=POINTS, *, head="FID,LSOA21CD,GlobalID,x,y"):
    path = tmp_path / "file"
    lines = [f"{n},{code},38ad8fe8,{x},{y}" for n, (code, x, y) in enumerate(points)]
    path.write_text("\r\n".join([head, *lines, ""]), encoding="utf-8-sig", newline="")
    return path


def read_centroids(path):
    return postcode_files.read_centroids(only(path))


@pytest.mark.parametrize("head", ["FID,LSOA21CD,GlobalID,x,y", "OBJECTID,lsoa11cd,lsoa11nm,X,Y"])
def test_centroids_of_england_are_read_in_metres(tmp_path, head):
    table = read_centroids(centroids(tmp_path, head=head))
    assert table.columns.tolist() == ["lsoa_code", "easting", "northing"]
    assert table.to_numpy().tolist() == [
        ["E01000001", 532181.764, 181792.282],
        ["E01000002", 532501.382, 181755.612],
    ]


def test_degrees_that_a_portal_wrote_as_x_and_y_become_metres(tmp_path):
    table = read_centroids(
        centroids(tmp_path, [["E01000001", -0.09724, 51.51946], ["E01000002", -0.09, 51.52]])
    )
    assert table["easting"][0] == pytest.approx(532_145, abs=100)
    assert table["northing"][0] == pytest.approx(181_870, abs=100)


@pytest.mark.parametrize("crs", [BNG, WGS84])
def test_points_in_a_geojson_are_where_it_says(tmp_path, crs):
    at = [532181.764, 181792.282] if crs == BNG else list(to_degrees(532181.764, 181792.282))
    document = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": crs}},
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": at},
                "properties": {"FID": 1, "LSOA21CD": "E01000001"},
            }
        ],
    }
    path = tmp_path / "file.geojson"
    path.write_text(json.dumps(document))
    table = read_centroids(path)
    assert table["easting"][0] == pytest.approx(532_181.764, abs=0.002)
    assert table["northing"][0] == pytest.approx(181_792.282, abs=0.002)


@pytest.mark.parametrize(
    ("point", "told"),
    [
        (["E01000003", 0, 0], "x, y, not in Great Britain"),
        (["E01000003", "east", 181000], "x, not a number"),
        (["E01000001", 532181, 181792], "lsoa_code, there twice"),
        (["E02000001", 532181, 181792], "lsoa_code, no such code"),
    ],
)
def test_a_wrong_centroid_is_named(tmp_path, point, told):
    with pytest.raises(SourceChangedError, match=f"^file: .*{told}"):
        read_centroids(centroids(tmp_path, [*POINTS, point]))


def test_every_lsoa_of_england_has_a_centroid(realdata):
    table = read_centroids(realdata / "population/LSOA21_PWC_EW.csv")
    assert len(table) == 33_755
    assert table.iloc[0].tolist() == ["E01000001", 532181.764, 181792.282]
    assert table["northing"].max() < 660_000
