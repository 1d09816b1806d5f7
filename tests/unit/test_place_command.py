"""`python -m mapping place FILE --out OUT`: same rows, ours added, issues beside."""

import csv
import subprocess
import sys
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from mapping.analysis.place import OURS
from mapping.settings import ROOT
from tests.unit.brought_files import read

BROUGHT = """name,Postcode,Longitude,Latitude,phone,note
Alpha,ox4 1ba,,,+44 20 7946 0000,=1+1
Beta,0X4 1BA,,,007,-0.12
Gamma,,-1.25,51.75,,"two
lines"
Delta,,51.75,-1.25,,<script>alert(1)</script>
Epsilon,BT1 1AA,,,,${alert(1)}
Zeta,OX1 1AA,-0.1,51.5,,x
Eta,OX4 4UY,,,,x
ragged,OX1 1AA
Theta,,,,,
"""


@pytest.fixture
def brought(tmp_path):
    path = tmp_path / "brought.csv"
    path.write_text(BROUGHT, encoding="cp1252")
    return path


def test_rows_come_back_in_order_with_ours_added(brought, tmp_path, place):
    out = tmp_path / "out.csv"
    status, _, complained = place(brought, "--out", out)
    assert (status, complained) == (0, "")
    rows = read(out)
    assert list(rows.columns) == ["name", "Postcode", "Longitude", "Latitude", "phone", "note", *OURS]
    assert rows["name"].tolist() == ["Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta"]
    assert rows["located_by"].tolist() == [
        "postcode",
        "nothing",
        "coordinates",
        "nothing",
        "nothing",
        "postcode",
        "terminated postcode",
        "nothing",
    ]
    assert rows.loc[0, ["lsoa11cd", "lsoa21cd", "wd24cd", "lad24cd"]].tolist() == [
        "E01028582",
        "E01028582",
        "E05013114",
        "E07000178",
    ]
    assert rows.loc[0, ["imd_decile_2019", "imd_decile_2025"]].tolist() == ["3", "4"]


def test_the_summary_is_one_line(brought, tmp_path, place):
    _, said, _ = place(brought, "--out", tmp_path / "out.csv")
    assert said == (
        "Placed 4 of 8 rows (2 by postcode, 1 by terminated postcode, 1 by coordinates); left out as "
        "unreadable: 1. Issues: 7, in out.csv.issues.csv. Read as CSV, UTF-8, separated by commas.\n"
    )


def test_issues_go_beside_with_row_field_value_reason_and_remedy(brought, tmp_path, place):
    out = tmp_path / "out.csv"
    place(brought, "--out", out)
    issues = read(tmp_path / "out.csv.issues.csv")
    assert issues[["row", "field", "value", "reason"]].to_numpy().tolist() == [
        ["3", "Postcode", "0X4 1BA", "Not of the form of a postcode"],
        ["5", "Longitude, Latitude", "51.75, -1.25", "Latitude and longitude: swap?"],
        ["6", "Postcode", "BT1 1AA", "Postcode of Northern Ireland"],
        ["7", "Postcode", "OX1 1AA", "Postcode and position 85 km apart"],
        ["8", "Postcode", "OX4 4UY", "Postcode ended 2016-11"],
        ["9", "", "ragged,OX1 1AA", "Line 10: 2 cells where the headings are 6"],
        ["10", "Postcode", "", "No postcode and no position"],
    ]
    assert issues["remedy"].iloc[0] == "Did you mean OX4 1BA? If so, correct it in the file."
    assert (issues["remedy"] != "").all()


def test_nothing_in_the_csv_is_a_formula_and_numbers_stay_numbers(brought, tmp_path, place):
    out = tmp_path / "out.csv"
    place(brought, "--out", out)
    with out.open(encoding="utf-8-sig", newline="") as file:
        headings, alpha, beta, gamma, delta, epsilon, *_ = csv.reader(file)
    assert [alpha[4], alpha[5]] == ["'+44 20 7946 0000", "'=1+1"]
    assert [beta[4], beta[5]] == ["007", "-0.12"]
    assert gamma[2:6] == ["-1.25", "51.75", "", "two\nlines"]
    assert [delta[5], epsilon[5]] == ["<script>alert(1)</script>", "${alert(1)}"]
    assert headings[0] == "name"


def test_a_workbook_of_the_same_is_text_and_numbers(brought, tmp_path, place):
    out = tmp_path / "out.xlsx"
    assert place(brought, "--out", out)[0] == 0
    sheet = openpyxl.load_workbook(out).active
    headings, alpha, beta, *_ = sheet.iter_rows()
    by_name = {cell.value: at for at, cell in enumerate(headings)}
    assert [alpha[4].value, alpha[5].value] == ["+44 20 7946 0000", "=1+1"]
    assert {cell.data_type for cell in alpha[:6]} <= {"s", "n"}
    assert alpha[5].data_type == "s"
    assert beta[4].value == "007"
    assert alpha[by_name["easting"]].value == 452_616
    assert alpha[by_name["imd_decile_2025"]].value == 4
    assert beta[by_name["easting"]].value is None
    assert (tmp_path / "out.xlsx.issues.csv").exists()


def test_a_workbook_and_a_csv_of_the_same_rows_are_placed_the_same(brought, tmp_path, place):
    table = pd.read_csv(brought, dtype="str", keep_default_na=False, on_bad_lines="skip").query(
        "name != 'ragged'"
    )
    table.to_excel(tmp_path / "same.xlsx", index=False)
    for name in ("brought.csv", "same.xlsx"):
        assert place(tmp_path / name, "--out", tmp_path / f"{name}.out.csv")[0] == 0
    first, second = read(tmp_path / "brought.csv.out.csv"), read(tmp_path / "same.xlsx.out.csv")
    pd.testing.assert_frame_equal(first[list(OURS)], second[list(OURS)])


def test_a_parquet_table_of_the_same_rows_is_placed_the_same(brought, tmp_path, place):
    table = pd.read_csv(brought, dtype="str", keep_default_na=False, on_bad_lines="skip")
    # Numbers where a CSV has text, and nothing where it has an empty cell.
    number = pd.to_numeric(table["Longitude"])
    table.query("name != 'ragged'").assign(Longitude=number).to_parquet(
        tmp_path / "same.parquet", index=False
    )
    status, said, _ = place(tmp_path / "same.parquet", "--out", tmp_path / "out.parquet")
    assert (status, said.split(". Issues")[0]) == (
        0,
        "Placed 4 of 8 rows (2 by postcode, 1 by terminated postcode, 1 by coordinates)",
    )
    assert said.endswith("Read as Parquet.\n")
    place(brought, "--out", tmp_path / "out.csv")
    whole, text = pd.read_parquet(tmp_path / "out.parquet"), read(tmp_path / "out.csv")
    assert whole["imd_decile_2025"].dtype == "Int64"
    as_text = whole[list(OURS)].astype("str").fillna("").replace("<NA>", "")
    pd.testing.assert_frame_equal(as_text, text[list(OURS)])


def test_the_result_placed_again_keeps_everything(brought, tmp_path, place):
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    place(brought, "--out", first)
    assert place(first, "--out", second, "--postcode-column", "postcode")[0] == 0
    before, after = read(first), read(second)
    pd.testing.assert_frame_equal(after[list(before.columns)], before)
    assert after["lsoa21cd_placed"].tolist()[:2] == ["E01028582", ""]


def test_the_postcode_column_can_be_named(tmp_path, place):
    path, out = tmp_path / "a.csv", tmp_path / "out.csv"
    path.write_text("Ort,Wohin\nOX4 1BA,OX1 1AA\n")
    status, _, complained = place(path, "--out", out)
    assert status == 2
    assert "--postcode-column" in complained
    assert not out.exists()
    assert place(path, "--out", out, "--postcode-column", "ort")[0] == 0
    assert read(out)["lsoa11cd"].tolist() == ["E01028582"]
    status, _, complained = place(path, "--out", out, "--postcode-column", "Plz")
    assert status == 2
    assert complained.startswith('place: No column is headed "Plz".')


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.csv", "", "is empty"),
        ("a.csv", "Postcode\n", "has headings but no rows"),
        ("a.csv", "Postcode,Postcode\nOX4 1BA,x\n", "more than one column"),
        ("a.csv", "<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "XML or HTML"),
        ("a.geojson", '{"type": "gdal_streamed_alg"}', "not a GeoJSON"),
        ("a.geojson", '{"a":' * 3_000 + "1" + "}" * 3_000, "deep"),
        ("a.xlsx", "PK\x03\x04 not a workbook", "damaged"),
    ],
)
def test_a_file_that_cannot_be_used_is_status_2_with_why_and_writes_nothing(
    name, content, why, tmp_path, place
):
    path, out = tmp_path / name, tmp_path / "out.csv"
    path.write_text(content)
    status, said, complained = place(path, "--out", out)
    assert (status, said) == (2, "")
    assert complained.startswith("place: ")
    assert why in complained
    assert "Traceback" not in complained
    assert [each.name for each in tmp_path.iterdir()] == [name]


def test_where_it_may_not_be_written_is_said_before_anything_is_read(brought, tmp_path, place):
    for out, why in (
        (brought, "is the file to be placed"),
        (tmp_path / "out.txt", "Let it end in .csv, .xlsx or .parquet"),
        (tmp_path / "none" / "out.csv", "in a folder that is not there"),
    ):
        status, _, complained = place(brought, "--out", out)
        assert status == 2
        assert why in complained
    assert brought.read_text() == BROUGHT
    assert place(tmp_path / "none.csv", "--out", tmp_path / "out.csv")[0] == 2


def test_what_cannot_be_put_in_place_leaves_what_was_there(brought, tmp_path, place):
    out = tmp_path / "out.csv"
    out.write_text("before")
    (tmp_path / "out.csv.issues.csv").mkdir()
    status, _, complained = place(brought, "--out", out)
    assert status == 2
    assert "cannot be written" in complained
    assert out.read_text() == "before"
    assert sorted(each.name for each in tmp_path.iterdir()) == [
        "brought.csv",
        "out.csv",
        "out.csv.issues.csv",
    ]


def test_the_places_of_the_pilot_are_placed_as_they_were_built(places, tmp_path, place):
    path, out = tmp_path / "places.csv", tmp_path / "out.csv"
    located = places[places["postcode"].notna()]
    located[["place_id", "name", "postcode"]].to_csv(path, index=False)
    assert place(path, "--out", out)[0] == 0
    rows = read(out)
    assert rows["place_id"].tolist() == located["place_id"].tolist()
    for code in ("lsoa11cd", "lsoa21cd", "wd24cd", "lad24cd", "located_by"):
        assert rows[code].tolist() == located[code].fillna("").tolist(), code


def test_it_runs_as_a_command_from_any_folder(brought, tmp_path):
    command = [sys.executable, "-m", "mapping", "place", brought.name, "--out", "out.csv"]
    run = subprocess.run(
        command, cwd=tmp_path, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.startswith("Placed 4 of 8 rows")
    assert len(run.stdout.splitlines()) == 1
    assert Path(tmp_path / "out.csv").exists()
