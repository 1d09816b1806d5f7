"""Tables that people bring: faults 9 to 18, 20, 31 to 37 and 84."""

import codecs
import csv
import io
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.adapters.plain import HIDDEN, LONGEST, plain_text
from mapping.adapters.spreadsheet import read_table
from mapping.errors import UnusableFileError
from tests.unit.brought_files import (
    CELL,
    refusal,
    rows_of,
    table,
)
from tests.unit.plain_table import PLAIN

# CSV: what is kept


def test_every_cell_is_text_as_written():
    cells = [
        "007",
        "+44 20 7946 0000",
        "-0.12",
        "1e5",
        "NA",
        "TRUE",
        "2026-11-22",
        "=1+1",
        "@x",
        " padded ",
        "0x1F",
    ]
    file = table("a,b\n" + "".join(f'"{cell}",x\n' for cell in cells))
    assert file.rows["a"].tolist() == cells
    assert file.numbers.tolist() == list(range(2, len(cells) + 2))
    assert file.issues.empty


def test_formulas_and_html_in_headings_are_text():
    file = table('<b>Name</b>,"=HYPERLINK(""http://x.example"")"\n<script>alert(1)</script>,${alert(1)}\n')
    assert list(file.rows.columns) == ["<b>Name</b>", '=HYPERLINK("http://x.example")']
    assert rows_of(file) == [["<script>alert(1)</script>", "${alert(1)}"]]


def test_a_path_in_a_cell_is_text():
    assert rows_of(table("name,where\nx,/vsicurl/http://x.example/a.csv\n"))[0][1].startswith("/vsicurl/")


def test_line_breaks_in_a_cell_are_part_of_it():
    file = table('name,address,postcode\r\nAlpha,"1 High Street\r\nOxford",OX4 1BA\r\nBeta,,OX1 1AA\r\n')
    assert rows_of(file) == [["Alpha", "1 High Street\nOxford", "OX4 1BA"], ["Beta", "", "OX1 1AA"]]
    assert file.numbers.tolist() == [2, 3]
    assert file.issues.empty


@pytest.mark.parametrize(
    ("separator", "word"), [(",", "commas"), (";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
def test_the_separator_is_that_of_the_headings(separator, word):
    file = table(f'"Name, full"{separator}postcode\nAlpha{separator}OX4 1BA\n')
    assert list(file.rows.columns) == ["Name, full", "postcode"]
    assert file.form.endswith(f"separated by {word}")


def test_the_separator_that_excel_declares_is_taken():
    assert rows_of(table("sep=;\r\na;b\r\n1,5;2\r\n")) == [["1,5", "2"]]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_is_read(ending):
    assert rows_of(table(PLAIN.replace("\n", ending))) == [["Alpha", "OX4 1BA"], ["Beta", "OX1 1AA"]]


def test_empty_lines_count_but_are_no_rows_and_empty_rows_at_the_end_are_none():
    file = table("a,b\n\n1,2\n,\n3,4\n,\n\n,\n")
    assert rows_of(file) == [["1", "2"], ["", ""], ["3", "4"]]
    assert file.numbers.tolist() == [3, 4, 5]


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8))
def test_what_csv_writes_is_read_back(rows):
    body = io.StringIO(newline="")
    csv.writer(body).writerows([["a", "b", "c"], *rows])
    while rows and not any(cell.strip() for cell in rows[-1]):
        rows = rows[:-1]
    if not rows:
        refusal(body.getvalue())
        return
    file = table(body.getvalue())
    assert rows_of(file) == rows
    assert file.numbers.tolist() == list(range(2, len(rows) + 2))
    assert file.issues.empty


# CSV: encodings (31, 32)


@pytest.mark.parametrize(
    ("codec", "mark", "named"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", codecs.BOM_UTF8, "UTF-8 with BOM"),
        ("cp1252", b"", "Windows-1252"),
        ("utf-16-le", codecs.BOM_UTF16_LE, "UTF-16"),
        ("utf-16-be", codecs.BOM_UTF16_BE, "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("utf-16-be", b"", "UTF-16"),
        ("utf-32-le", codecs.BOM_UTF32_LE, "UTF-32"),
    ],
)
def test_every_usual_encoding_is_read_and_shown(codec, mark, named):
    text = "name,postcode\nCafé – £5,OX4 1BA\nZoë’s,OX1 1AA\n"
    file = table(mark + text.encode(codec))
    assert rows_of(file) == [["Café – £5", "OX4 1BA"], ["Zoë’s", "OX1 1AA"]]
    assert list(file.rows.columns) == ["name", "postcode"]
    assert file.form == f"CSV, {named}, separated by commas"


def test_a_line_of_another_encoding_is_read_and_noted():
    file = table("name,b\nCafé,1\nZoë,2\n".encode() + "Möhre,3\n".encode("cp1252") + "Ångström,4\n".encode())
    assert file.rows["name"].tolist() == ["Café", "Zoë", "Möhre", "Ångström"]
    assert file.issues[["row", "reason"]].to_numpy().tolist() == [[4, "Line 4: not in UTF-8 like the rest"]]


def test_utf16_that_breaks_off_is_refused():
    assert "UTF-16" in refusal("name,b\nx,y\n".encode("utf-16")[:-1])


# CSV: rows that are left out (33, 34)


def left_out(file):
    return file.issues[["row", "reason"]].to_numpy().tolist()


def test_a_row_with_a_nul_is_left_out_and_the_others_are_read():
    file = table(b"name,postcode\nAl\x00pha,OX4 1BA\nBeta,OX1 1AA\n")
    assert rows_of(file) == [["Beta", "OX1 1AA"]]
    assert file.numbers.tolist() == [3]
    assert left_out(file) == [[2, "Line 2: holds zero bytes (NUL): it is damaged"]]
    assert file.n_left_out == 1


def test_ragged_rows_are_left_out_with_their_line_and_the_others_are_read():
    file = table('name,address,postcode\nA,"x\ny",OX4 1BA\nB\nC,x,OX4 1BB,more\nD,x,OX1 1AA,,\n')
    assert rows_of(file) == [["A", "x\ny", "OX4 1BA"], ["D", "x", "OX1 1AA"]]
    assert left_out(file) == [
        [3, "Line 4: 1 cells where the headings are 3"],
        [4, "Line 5: 4 cells where the headings are 3"],
    ]
    assert file.issues["value"].tolist() == ["B", "C,x,OX4 1BB,more"]


@pytest.mark.parametrize(
    "broken",
    [
        '2,"Beta,OX1 1AA',
        '2,"Beta" Ltd,OX1 1AA',
        '2,Beta,"OX1 1AA',
    ],
)
def test_an_open_quote_costs_its_own_row_only(broken):
    lines = [
        "id,name,postcode",
        "1,Alpha,OX4 1BA",
        broken,
        *(f'{n},"Gamma, {n}",OX1 1AA' for n in range(3, 50)),
    ]
    file = table("\n".join(lines))
    assert file.rows["id"].tolist() == ["1", *map(str, range(3, 50))]
    assert left_out(file) == [[3, "Line 3: A quotation mark is out of place or is not closed"]]
    assert file.numbers.tolist() == [2, *range(4, 51)]


def test_an_open_quote_in_a_long_file_without_others_costs_its_own_row_only():
    lines = ["id,name", '1,"Alpha', *(f"{n},Gamma {n}" for n in range(2, 30_000))]
    file = table("\n".join(lines))
    assert len(file.rows) == 29_998
    assert file.n_left_out == 1


def test_a_file_of_nothing_but_bad_rows_is_refused_with_the_first():
    assert "Line 2: 1 cells" in refusal("a,b\nx\ny\n")
    assert "more than 1,000 rows" in refusal("a,b\n1,2\n" + "x\n" * 1_001)


def test_quotes_that_never_end_take_no_long_time():
    refusal('a,b\n"' + 'x""\n' * 1_000_000)


# Text that hides something (84)


def test_hidden_characters_are_removed_and_noted():
    file = table(
        "name,note\ngnp\u202etxt\u200b,Caf\u0301e\u0000".replace("\u0000", "\x1b") + "\nplain,tab\tin\n"
    )
    assert rows_of(file) == [["gnptxt", "Caf\u0301e"], ["plain", "tab\tin"]]
    assert file.issues[["row", "field", "reason"]].to_numpy().tolist() == [
        [2, "name", "Hidden characters"],
        [2, "note", "Hidden characters"],
    ]
    assert not any(map(HIDDEN.search, file.issues["value"]))


def test_long_text_is_cut_and_noted():
    file = table(f"name,b\n{'x' * 40_000},1\n")
    assert len(file.rows["name"].iloc[0]) == LONGEST
    assert file.issues["reason"].tolist() == ["Text of 40,000 characters"]


def test_two_headings_that_differ_by_what_hides_are_the_same():
    assert 'headed "name"' in refusal("name,na\u200bme\n1,2\n")


@pytest.mark.parametrize(
    "title", ["A list of ours\n\n", "Ours, of 2026\n;\n", "A list of ours,,,,\nof 2026,,,,\n"]
)
@pytest.mark.parametrize("headings", ["Name,Also,Where,Post code,Type", "Name;Also;Where;POSTCODE;Type"])
def test_a_title_above_the_headings_is_passed_over(title, headings):
    first = headings.replace(",", ";") if ";" in headings else headings
    comma = ";" if ";" in headings else ","
    file = table(f"{title}{first}\n{comma.join(['A', '', 'B', 'OX4 1BA', 'C'])}\n")
    assert file.rows.columns.tolist() == headings.replace(";", ",").split(",")
    assert file.rows.iloc[0].tolist() == ["A", "", "B", "OX4 1BA", "C"]
    assert file.numbers.tolist() == [4]
    assert "headings in line 3" in file.form


@pytest.mark.parametrize(
    "text",
    ["Name,Town\nPostcode,Oxford\n", "Name\nPostcode\n", "Postcode\nOX4 1BA\n", "Who,,\nA,Postcode,\n"],
)
def test_headings_at_the_top_are_no_title(text):
    assert table(text).rows.columns[0] == text.partition("\n")[0].split(",")[0]
    assert table(text).numbers.tolist() == [2]


@given(st.text())
def test_plain_text_hides_nothing_and_stays(text):
    once = plain_text(text)
    assert not HIDDEN.search(once)
    assert plain_text(once) == once


@settings(max_examples=60)
@given(
    st.one_of(st.binary(max_size=300), st.text(alphabet=',;"\n\r\x00ab\u00e9', max_size=60).map(str.encode))
)
def test_no_bytes_are_anything_but_a_table_or_a_refusal(data):
    try:
        file = table(data)
    except UnusableFileError as exc:
        assert str(exc).startswith("places.csv")
    else:
        assert len(file.rows) == len(file.numbers) > 0
        assert file.rows.columns.is_unique


def test_published_csv_files_are_read_whole(realdata):
    for path in [*(realdata / "coops").glob("*.csv"), *(realdata / "assets").glob("*.csv")]:
        file = read_table(path)
        assert file.n_left_out == 0, path.name
        assert len(file.rows) == len(pd.read_csv(path, dtype="str", encoding_errors="replace")), path.name
        assert json.dumps(rows_of(file)[:5])
