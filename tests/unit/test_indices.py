import re

import pandas as pd
import pytest

from mapping.adapters import indices
from mapping.errors import SourceChangedError
from tests.unit import iod_files
from tests.unit.iod_files import only

KEYS = ["lsoa_code", "lsoa_name", "lad_code", "lad_name"]
DOMAINS = ["income", "employment", "education", "health", "crime", "barriers", "environment"]
PEOPLE = ["population", "working_age_population"]


def read(path):
    return indices.read_indices(only(path))


def faults(path):
    with pytest.raises(SourceChangedError) as raised:
        read(path)
    message = str(raised.value)
    assert message.startswith(path.name)
    assert "again" in message, "what to do"
    return message


def changed(tmp_path, file=2, edition="2019", **cells):
    """A file whose second row has other cells."""
    body = iod_files.rows(file, edition)
    body[1] |= cells
    return iod_files.write(tmp_path / "file.csv", file, edition, body)


@pytest.mark.parametrize("edition", ["2019", "2025"])
@pytest.mark.parametrize(
    ("file", "measures"),
    [
        (1, ["imd_rank", "imd_decile"]),
        (2, [f"{i}_{m}" for m in ("rank", "decile") for i in ["imd", *DOMAINS]]),
        (3, ["imd_rank", "imd_decile"]),
        (5, [f"{i}_score" for i in ["imd", *DOMAINS]]),
        (6, PEOPLE),
        (7, [*(f"{i}_{m}" for m in ("score", "rank", "decile") for i in ["imd", *DOMAINS]), *PEOPLE]),
        (9, [f"{i}_transformed" for i in DOMAINS]),
    ],
)
def test_every_figure_comes_from_the_column_with_its_heading(tmp_path, file, measures, edition):
    table = read(iod_files.write(tmp_path / "file.csv", file, edition))
    assert table.columns.tolist() == [*KEYS, *measures]
    published = pd.DataFrame(iod_files.rows(file, edition))
    for column in measures:
        assert table[column].tolist() == published[column].astype(float).tolist(), column


def test_types_are_whole_for_ranks_and_floats_for_scores(tmp_path):
    types = read(iod_files.write(tmp_path / "file.csv", 7, "2019")).dtypes.astype(str)
    assert (types["imd_rank"], types["imd_decile"], types["health_score"]) == ("int64", "int64", "float64")
    assert types["population"] == "Int64"
    assert types["working_age_population"] == "float64"


def test_decimals_that_say_nothing_are_read_as_whole_numbers(tmp_path):
    table = read(changed(tmp_path, imd_rank="29199.00", imd_decile="9.00"))
    assert table.loc[1, ["imd_rank", "imd_decile"]].tolist() == [29199, 9]


def test_rows_come_by_code_whatever_the_order_in_the_file(tmp_path):
    body = iod_files.rows(1, "2025")[::-1]
    table = read(iod_files.write(tmp_path / "file.csv", 1, "2025", body))
    assert table["lsoa_code"].tolist() == ["E01000001", "E01000002", "E01000003"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_file_says_the_same_in_every_encoding(tmp_path, encoding):
    body = iod_files.rows(1, "2019")
    body[0]["lsoa_name"] = "Château 001A"
    table = read(iod_files.write(tmp_path / "file.csv", 1, "2019", body, encoding=encoding))
    assert table["lsoa_name"][0] == "Château 001A"


def test_a_workbook_says_the_same_as_a_csv(tmp_path):
    sheets = {"Notes": iod_files.notes("2019"), "IoD2019 Domains": iod_files.table_of(2, "2019")}
    from_sheet = read(iod_files.workbook(tmp_path / "book.xlsx", sheets))
    from_csv = read(iod_files.write(tmp_path / "file.csv.gz", 2, "2019"))
    pd.testing.assert_frame_equal(from_sheet, from_csv)


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"imd_rank": "32845"}, "imd_rank, not in 1 to 32,844 (E01000002: '32845')"),
        ({"crime_rank": "0"}, "crime_rank, not in 1 to 32,844 (E01000002: '0')"),
        ({"imd_decile": "11"}, "imd_decile, not in 1 to 10 (E01000002: '11')"),
        ({"imd_rank": "12.5"}, "imd_rank, not whole (E01000002: '12.5')"),
        ({"health_rank": "n/a"}, "health_rank, not a number (E01000002: 'n/a')"),
        ({"health_rank": ""}, "health_rank, not a number (E01000002: '')"),
        ({"imd_rank": "1,296"}, "imd_rank, not a number (E01000002: '1,296')"),
        ({"lsoa_code": "E0100000"}, "lsoa_code, no such code (E0100000: 'E0100000')"),
        ({"lsoa_code": "W01000002"}, "lsoa_code, no such code (W01000002: 'W01000002')"),
        ({"lad_code": "Oxford"}, "lad_code, no such code (E01000002: 'Oxford')"),
        ({"lsoa_code": "E01000001"}, "lsoa_code, there twice (E01000001: 'E01000001')"),
    ],
)
def test_a_wrong_value_is_named_with_its_column_and_its_area(tmp_path, cells, told):
    assert told in faults(changed(tmp_path, **cells))


@pytest.mark.parametrize(("file", "column"), [(5, "crime_score"), (9, "crime_transformed")])
def test_a_score_may_be_negative_or_empty_but_not_infinite(tmp_path, file, column):
    table = read(changed(tmp_path, file, "2025", **{column: "-2.22"}))
    assert table[column][1] == -2.22
    empty = read(changed(tmp_path, file, "2025", **{column: ""}))[column]
    assert empty.isna().tolist() == [False, True, False]
    assert f"{column}, not a number" in faults(changed(tmp_path, file, "2025", **{column: "inf"}))


def test_a_population_may_be_empty_but_not_nobody(tmp_path):
    empty = read(changed(tmp_path, 6, "2025", population=""))["population"]
    assert empty.isna().tolist() == [False, True, False]
    assert "population, not in 1 to" in faults(changed(tmp_path, 6, "2025", population="0"))


def test_all_faults_are_listed_in_one_go(tmp_path):
    body = iod_files.rows(2, "2019", n=9)
    for row in body:
        row["imd_rank"] = "0"
    body[0]["lad_code"] = "E0700017"
    message = faults(iod_files.write(tmp_path / "file.csv", 2, "2019", body))
    assert "10 faults" in message
    assert "lad_code, no such code" in message
    assert "and 4 more" in message


@pytest.mark.parametrize("ending", ["", "\r\n"])
def test_a_file_of_nothing_but_headings_is_refused(tmp_path, ending):
    path = tmp_path / "file.csv"
    path.write_text(iod_files.text(2, "2019", []).strip() + ending, encoding="utf-8", newline="")
    with pytest.raises(SourceChangedError, match=r"file\.csv cannot be read under its headings"):
        read(path)


def test_more_rows_than_england_has_are_refused(tmp_path):
    body = iod_files.rows(1, "2019", n=32_845)
    path = iod_files.write(tmp_path / "a.csv", 1, "2019", body)
    assert "32,845 rows, where there are 32,844" in faults(path)


def test_most_of_england_is_england_cut_short(tmp_path):
    body = iod_files.rows(1, "2019", n=20_000)
    path = iod_files.write(tmp_path / "a.csv", 1, "2019", body)
    assert "20,000 rows of 32,844: cut short" in faults(path)


def test_a_row_that_breaks_off_is_found(tmp_path):
    whole = iod_files.text(2, "2019")
    path = tmp_path / "file.csv"
    path.write_text(whole[: len(whole) - 9], encoding="utf-8", newline="")
    with pytest.raises(
        SourceChangedError,
        match=r"file\.csv cannot be read under its headings: Expected 20 columns.*cut short",
    ):
        read(path)


# ---- File 10 -------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def file_10(tmp_path_factory):
    """All sheets of File 10 of 2025; no workbook of it has been seen."""
    sheets = {"Notes": iod_files.notes("2025")}
    for title in ("IMD", "Employment", "Living", "IDACI"):
        sheets[title] = iod_files.summaries("2025", iod_files.SHEETS[title], n=296)
    path = iod_files.workbook(tmp_path_factory.mktemp("file-10") / "book.xlsx", sheets)
    return indices.read_district_summaries(only(path))


def test_all_sheets_but_those_of_no_index_of_ours_are_read(file_10):
    assert file_10["index"].unique().tolist() == ["imd", "employment", "environment"]
    assert file_10.groupby("index").size().unique().tolist() == [296]
    assert file_10["lad_name"].tolist()[:2] == ["District 1", "District 2"]


def test_each_summary_comes_from_the_column_with_its_heading(file_10):
    table = file_10.set_index(["index", "lad_code"])
    second = table.loc[("imd", "E07000002")]
    measures = ["average_rank", "average_score", "proportion_most_deprived_share", "extent_share"]
    assert second[[*measures, "local_concentration"]].tolist() == [2, 2.25, 2.5, 2.75, 3]
    assert [second[f"rank_of_{m}"] for m in ("average_rank", "local_concentration")] == [2, 2]


def test_what_is_published_for_the_index_alone_is_na_for_the_domains(file_10):
    table = file_10.set_index("index")
    absent = ["extent_share", "rank_of_extent_share", "local_concentration", "rank_of_local_concentration"]
    assert table.loc["employment", absent].isna().all(axis=None)
    assert table.loc["imd", absent].notna().all(axis=None)


def test_one_sheet_saved_as_csv_is_read(tmp_path):
    sheet = iod_files.summaries("2025", "IMD", n=296)
    path = tmp_path / "file.csv"
    pd.DataFrame(sheet[1:], columns=sheet[0]).to_csv(path, index=False)
    table = indices.read_district_summaries(only(path))
    assert (table["index"].unique().tolist(), len(table)) == (["imd"], 296)


def test_a_binary_fraction_is_read_as_it_was_published(tmp_path):
    sheet = iod_files.summaries("2025", "IMD", n=296)
    sheet[1][4] = "35.036999999999999"
    path = tmp_path / "file.csv"
    pd.DataFrame(sheet[1:], columns=sheet[0]).to_csv(path, index=False)
    assert indices.read_district_summaries(only(path))["average_score"][0] == 35.037


@pytest.mark.parametrize("n", [295, 297])
def test_a_district_too_few_or_too_many_is_refused(tmp_path, n):
    sheet = iod_files.summaries("2025", "IMD", n=n)
    path = tmp_path / "file.csv"
    pd.DataFrame(sheet[1:], columns=sheet[0]).to_csv(path, index=False)
    with pytest.raises(SourceChangedError, match=f"{n} rows, where there are 296 districts"):
        indices.read_district_summaries(only(path))


# ---- The publisher's own files -------------------------------------------------------------------------


@pytest.fixture(scope="module")
def published(realdata):
    """File by its number, as read."""
    paths = sorted((realdata / "iod2019").glob("File_*"))
    numbered = {re.match(r"File_(\d+)", path.name)[1]: path for path in paths}
    return {number: read(path) for number, path in numbered.items() if number != "10"}


def test_the_files_of_2019_hold_all_of_england(published):
    assert {number: len(table) for number, table in published.items()} == dict.fromkeys("1269", 32_844)
    assert published["1"].columns.tolist() == [*KEYS, "imd_rank", "imd_decile"]
    assert published["1"].iloc[0].tolist() == [
        "E01000001", "City of London 001A", "E09000001", "City of London", 29199, 9,
    ]  # fmt: skip


def test_the_workbook_and_the_csv_of_2019_agree(published):
    same = ["lsoa_code", "lad_code", "imd_rank", "imd_decile"]
    pd.testing.assert_frame_equal(published["1"][same], published["2"][same])


def test_the_living_environment_is_not_taken_for_another_domain(published):
    first = published["2"].iloc[0]
    ranks = [first[f"{domain}_rank"] for domain in DOMAINS]
    assert ranks == [32831, 32742, 32842, 32113, 32662, 7319, 7789]
    assert published["9"]["income_transformed"][0] == 0.010
    assert published["9"]["environment_transformed"][0] == 32.163


def test_everybody_of_2019_is_counted(published):
    assert published["6"]["population"].sum() == 54_728_204


def test_file_10_of_2019_is_read_as_published(realdata):
    path = next((realdata / "iod2019").glob("File_10*"))
    table = indices.read_district_summaries(only(path)).set_index(["index", "lad_code"])
    assert len(table) == 8 * 317
    assert table.loc[("imd", "E06000001")].tolist() == [
        "Hartlepool", 22581.98, 25, 35.037, 10, 0.3621, 10, 0.4973, 14, 32560.44, 10,
    ]  # fmt: skip
    assert table.loc[("education", "E06000001"), "proportion_most_deprived_share"] == 0.2069
    assert table.loc[("environment", "E06000001"), "rank_of_average_rank"] == 307


def test_the_extract_of_2025_is_read(realdata):
    table = read(next((realdata / "iod2025").glob("File_6*")))
    assert len(table) == 138
    assert table.set_index("lsoa_code").loc["E01023750", "population"] == 1178
