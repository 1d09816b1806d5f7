"""Workbooks that people bring: faults 9 to 12 and 21 to 27."""

import datetime
import io
import zipfile

import openpyxl
import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from mapping.adapters.spreadsheet import read_table
from mapping.errors import UnusableFileError
from tests.unit.brought_files import (
    BOOK,
    CELL,
    SHEET_HEAD,
    SHEET_TAIL,
    refusal,
    repacked,
    rows_of,
    table,
    with_sheet,
    workbook,
)

# Workbooks: what is kept


def test_a_workbook_is_read_whatever_its_name_says(tmp_path):
    path = tmp_path / "places.csv"
    path.write_bytes(BOOK)
    file = read_table(path)
    assert rows_of(file) == [["Alpha", "OX4 1BA"]]
    assert file.form == "Excel workbook, sheet Sheet"


def test_cells_are_text_as_excel_shows_them():
    body = io.BytesIO()
    with xlsxwriter.Workbook(body) as book:
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, ["a", "b"])
        form = {
            "date": "d mmm yyyy",
            "moment": "dd/mm/yyyy hh:mm",
            "time": "hh:mm:ss",
            "code": "000",
            "money": "£0.00",
        }
        forms = {name: book.add_format({"num_format": code}) for name, code in form.items()}
        cells = [
            (7, None, "7"),
            (7.0, None, "7"),
            (0.1 + 0.2, None, "0.3"),
            (51.752021, None, "51.752021"),
            (-1.2578, None, "-1.2578"),
            (442079460000, None, "442079460000"),
            (1e20, None, "1e+20"),
            (7, forms["code"], "007"),
            (5.5, forms["money"], "5.5"),
            (datetime.date(2026, 11, 22), forms["date"], "2026-11-22"),
            (pd.Timestamp("2026-11-22 14:30").to_pydatetime(), forms["moment"], "2026-11-22 14:30:00"),
            (datetime.time(9, 5), forms["time"], "09:05:00"),
            (datetime.date(1900, 1, 31), forms["date"], "1900-01-31"),
            (True, None, "TRUE"),
            ("007", None, "007"),
            ("+44 20 7946 0000", None, "+44 20 7946 0000"),
            ("Café\nZoë", None, "Café\nZoë"),
            ("=1+1", "text", "=1+1"),
        ]
        for row, (value, style, _) in enumerate(cells, start=1):
            if style == "text":
                sheet.write_string(row, 0, value)
            elif isinstance(value, (datetime.date, datetime.time)):
                sheet.write_datetime(row, 0, value, style)
            else:
                sheet.write(row, 0, value, style)
            sheet.write_string(row, 1, "x")
    file = table(body.getvalue())
    assert file.rows["a"].tolist() == [text for _, _, text in cells]
    assert file.issues.empty


def test_a_formula_is_its_result_and_one_without_is_an_issue():
    body = io.BytesIO()
    with xlsxwriter.Workbook(body) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["name", "postcode"])
        sheet.write_string(1, 0, "A")
        sheet.write_formula(1, 1, '=UPPER("ox4 1ba")', None, "OX4 1BA")
        sheet.write_string(2, 0, "B")
        sheet.write_formula(2, 1, '=WEBSERVICE("http://x.example")', None, "")
    file = table(body.getvalue())
    assert rows_of(file) == [["A", "OX4 1BA"], ["B", ""]]
    assert file.issues[["row", "field", "reason"]].to_numpy().tolist() == [
        [3, "postcode", "Formula without a result"]
    ]


def test_the_first_visible_sheet_with_anything_on_it_is_read_and_named():
    book = openpyxl.load_workbook(
        io.BytesIO(workbook([], Cover=[], Hidden=[["x"], ["y"]], Data=[["a"], ["1"]], More=[["b"]]))
    )
    book["Hidden"].sheet_state = "hidden"
    body = io.BytesIO()
    book.save(body)
    file = table(body.getvalue())
    assert list(file.rows.columns) == ["a"]
    assert file.form == "Excel workbook, sheet Data, of 4"


def test_a_workbook_without_anything_is_refused():
    assert "no sheet with anything on it" in refusal(workbook([]))


def test_empty_rows_and_cells_keep_rows_in_their_places():
    file = table(workbook([[], ["a", "b"], ["1"], [], [None, "2"], [" ", ""]]))
    assert rows_of(file) == [["1", ""], ["", ""], ["", "2"]]
    assert file.numbers.tolist() == [3, 4, 5]


def test_a_date_of_a_workbook_that_counts_from_1904_is_itself():
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["when"])
    book.active.append([datetime.date(2026, 11, 22)])
    body = io.BytesIO()
    book.save(body)
    assert rows_of(table(body.getvalue())) == [["2026-11-22"]]


def test_rich_text_and_escapes_are_read_and_readings_are_not():
    strings = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        "<si><t>a</t></si>"
        "<si><r><t>Al</t></r><r><t xml:space='preserve'>pha </t></r><rPh sb='0'><t>no</t></rPh></si>"
        "<si><t>x_x000A_y</t></si></sst>"
    )
    cells = "".join(f'<row r="{at + 1}"><c r="A{at + 1}" t="s"><v>{at}</v></c></row>' for at in range(3))
    sheet = SHEET_HEAD + cells + SHEET_TAIL
    book = repacked(BOOK, xl__worksheets__sheet1_d_xml=sheet, xl__sharedStrings_d_xml=strings)
    assert rows_of(table(book)) == [["Alpha "], ["x\ny"]]


def test_cells_without_an_address_follow_one_another():
    rows = (
        "<row><c t='str'><v>a</v></c><c t='str'><v>b</v></c></row>"
        "<row><c><v>1</v></c><c r='B2'><v>2</v></c></row>"
    )
    assert rows_of(table(with_sheet(rows))) == [["1", "2"]]


@settings(max_examples=15)
@given(
    st.lists(
        st.lists(st.one_of(CELL, st.integers(-(10**9), 10**9), st.booleans()), min_size=2, max_size=2),
        min_size=1,
        max_size=6,
    )
)
def test_what_openpyxl_writes_is_read_back(rows):
    rows = [
        [None if str(cell).startswith("=") or not str(cell).strip() else cell for cell in row] for row in rows
    ]
    wanted = [
        ["" if cell is None else str(cell).upper() if isinstance(cell, bool) else str(cell) for cell in row]
        for row in rows
    ]
    while wanted and not any(wanted[-1]):
        wanted.pop()
    data = workbook([["a", "b"], *rows])
    if wanted:
        assert rows_of(table(data)) == wanted
    else:
        refusal(data)


# Workbooks: refused (21 to 27)


class TestRefusedInFiveSeconds:
    @pytest.mark.parametrize("part", ["../../etc/cron.d/x", "/etc/x", "xl\\..\\..\\x", "C:/x"])
    def test_a_zip_that_leads_out(self, part):
        assert "outside its own folder" in refusal(repacked(BOOK, **{part: "x"}))

    def test_a_part_that_unpacks_to_a_thousand_times_its_size(self):
        bomb = repacked(BOOK, xl__worksheets__sheet9_d_xml="<a/>" + " " * 50_000_000)
        assert len(bomb) < 100_000
        assert "unpacks to far more" in refusal(bomb)

    def test_a_sheet_full_of_repeated_cells(self):
        row = (
            '<row r="%d">'
            + "".join(f'<c r="{column}%d" t="s"><v>0</v></c>' for column in "ABCDEFGHIJ")
            + "</row>"
        )
        rows = "".join(row % (at, *[at] * 10) for at in range(1, 150_000))
        refusal(with_sheet(rows))

    def test_a_text_that_a_hundred_thousand_cells_repeat(self):
        strings = (
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f"<si><t>{'long text ' * 50_000}</t></si></sst>"
        )
        rows = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, 90_000))
        book = repacked(
            BOOK,
            xl__sharedStrings_d_xml=strings,
            xl__worksheets__sheet1_d_xml=SHEET_HEAD + rows + SHEET_TAIL,
        )
        assert "too much text" in refusal(book)

    def test_four_hundred_thousand_rows(self):
        rows = "".join(f'<row r="{at}"><c r="A{at}"><v>{at}</v></c></row>' for at in range(1, 400_001))
        assert "more than 100,000 rows" in refusal(with_sheet(rows))

    def test_a_cell_in_the_farthest_corner(self):
        rows = (
            '<row r="1"><c r="A1" t="str"><v>a</v></c></row>'
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
        )
        assert "more than 100 columns (a cell in column 16,384 of row 1,048,576)" in refusal(with_sheet(rows))
        assert "more than 100,000 rows" in refusal(with_sheet(rows.replace("XFD", "A")))

    def test_a_row_number_beyond_all_bounds(self):
        rows = '<row r="1"><c r="A1" t="str"><v>a</v></c></row><row r="99999999999999"><c><v>1</v></c></row>'
        assert "more than 100,000 rows" in refusal(with_sheet(rows))

    @pytest.mark.parametrize(
        "part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
    )
    def test_entities(self, part):
        with zipfile.ZipFile(io.BytesIO(BOOK)) as book:
            text = book.read(part).decode()
        lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "lol"}">' for n in range(10))
        root = text[text.index("?>") + 2 :] if text.startswith("<?xml") else text
        evil = f"<!DOCTYPE x [{lol}]>{root}"
        assert "declares XML entities" in refusal(repacked(BOOK, **{part: evil}))
        assert "declares XML entities" in refusal(repacked(BOOK, **{part: evil.encode("utf-16")}))

    @pytest.mark.parametrize(
        ("part", "what"),
        [
            ("xl/vbaProject.bin", "holds macros"),
            ("xl/macrosheets/sheet1.xml", "holds macros"),
            ("xl/externalLinks/externalLink1.xml", "takes values from other files"),
            ("xl/workbook.bin", "binary workbook"),
        ],
    )
    def test_macros_and_links_to_other_files(self, part, what):
        assert what in refusal(repacked(BOOK, **{part: "x"}))

    def test_a_workbook_with_a_password(self):
        locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le")
        assert "locked with a password" in refusal(locked, "a.xlsx")
        assert "before 2007" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "a.xls")

    def test_other_zips(self):
        assert "a zip file" in refusal(repacked(BOOK, without=["[Content_Types].xml"]))
        assert "not an Excel workbook" in refusal(repacked(BOOK, without=["xl/workbook.xml"]))
        assert "damaged" in refusal(BOOK[:-40])

    def test_a_sheet_that_is_not_xml(self):
        assert "damaged" in refusal(repacked(BOOK, xl__worksheets__sheet1_d_xml="<worksheet"))

    def test_too_many_parts(self):
        assert "parts" in refusal(repacked(BOOK, **{f"xl/media/{at}.png": "" for at in range(1_000)}))


@settings(max_examples=15)
@given(st.integers(0, len(BOOK) - 1), st.binary(min_size=1, max_size=8))
def test_no_damage_to_a_workbook_is_a_crash(at, noise):
    try:
        table(BOOK[:at] + noise + BOOK[at + len(noise) :])
    except UnusableFileError as exc:
        assert str(exc).startswith("places.csv")


def test_published_workbooks_are_read_as_openpyxl_reads_them(realdata):
    path = next((realdata / "iod2019").glob("File_10_*.xlsx"))
    file = read_table(path)
    sheet = openpyxl.load_workbook(path, read_only=True, data_only=True)["IMD"]
    headings, *rows = sheet.iter_rows(values_only=True)
    assert list(file.rows.columns) == list(headings)
    assert file.rows.shape == (317, 12)
    wanted = pd.DataFrame(rows).map(lambda cell: f"{cell:.15g}" if isinstance(cell, float) else str(cell))
    assert rows_of(file) == wanted.to_numpy().tolist()
