import csv
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping.adapters.recognise import recognise
from mapping.editions import INDICES
from tests.unit import iod_files
from tests.unit.publishers import headings
from tests.unit.recognised import refusal, told
from tests.unit.test_postcode_files import NSPL, NSPL_RENAMED

FILES = [(file, edition) for file in (1, 2, 3, 5, 6, 7, 9) for edition in ("2019", "2025")]


def csv_of(path, columns, *rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([columns.split(",") if isinstance(columns, str) else columns, *rows])
    return path


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
