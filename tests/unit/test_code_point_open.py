"""Code-Point Open: every part is read, and one that is missing is said."""

import zipfile

import pytest

from mapping.adapters import postcodes
from mapping.errors import SourceChangedError, SourceMissingError
from tests.unit.iod_files import only

ROW = '"{}",{},{},{},"E92000001","E19000002","E18000009","","{}","{}"\r\n'


def code_point(tmp_path, *rows):
    path = tmp_path / "codepo_gb.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Data/CSV/ox.csv", "".join(rows[1:]))
        archive.writestr("Data/CSV/e.csv", "".join(rows[:1]))
        archive.writestr("Doc/readme.txt", "Code-Point Open")
    return path


def test_code_point_open_gives_every_postcode_with_a_position(tmp_path):
    path = code_point(
        tmp_path,
        ROW.format("E1  0AA", 10, 534000, 181000, "E09000030", "E05009317"),
        ROW.format("OX1 1AB", 90, 0, 0, "E07000178", "E05013111"),
        ROW.format("OX11AA", 10, 450673, 205980, "", ""),
    )
    assert only(path).kind == "postcodes"
    table = postcodes.read_code_point_open(path)
    assert table["postcode"].tolist() == ["E1 0AA", "OX1 1AA"]
    assert table.iloc[0].tolist() == ["E1 0AA", 534000, 181000, "E05009317", "E09000030"]
    assert table.iloc[1][["wd24cd", "lad24cd"]].isna().all()


def test_code_point_open_with_other_values_is_refused(tmp_path):
    path = code_point(tmp_path, ROW.format("E1 0AA", 10, "east", 181000, "E09000030", "E05009317"))
    with pytest.raises(SourceChangedError, match=r"codepo_gb\.zip is cut short or changed.*'east'"):
        postcodes.read_code_point_open(path)


@pytest.mark.parametrize("counted", [1, 3])
def test_code_point_open_without_all_its_parts_is_refused(tmp_path, counted):
    row = ROW.format("OX1 1AA", 10, 450673, 205980, "E07000178", "E05013111")
    path = code_point(tmp_path, ROW.format("E1 0AA", 10, 534000, 181000, "E09000030", "E05009317"), row)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(
            "Doc/metadata.txt", f"COPYRIGHT DATE: 20250422\r\n       E\t0\r\n      OX\t{counted}\r\n"
        )
    with pytest.raises(SourceChangedError, match=rf"holds 2 postcodes, and its .* says {counted}: parts are"):
        postcodes.read_code_point_open(path)


def test_no_code_point_open_is_said(tmp_path):
    with pytest.raises(SourceMissingError, match="No Code-Point Open"):
        postcodes.read_code_point_open(tmp_path / "codepo_gb.zip")


@pytest.mark.parametrize("code_list", [None, b"no workbook"])
def test_code_point_open_without_names_of_wards_is_said(tmp_path, code_list):
    path = code_point(tmp_path, ROW.format("E1 0AA", 10, 534000, 181000, "E09000030", "E05009317"))
    if code_list:
        with zipfile.ZipFile(path, "a") as archive:
            archive.writestr("Doc/Codelist.xlsx", code_list)
    with pytest.raises(SourceChangedError, match=r"the names of wards cannot be read from its Doc/Codelist"):
        postcodes.read_ward_names(path)
