"""Files as people bring them, for the tests of what reads them."""

import io
import time
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import strategies as st

from mapping.adapters.plain import plain_text
from mapping.adapters.spreadsheet import table_from_bytes
from mapping.adapters.workbook import SECONDS
from mapping.errors import UnusableFileError

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\r\x00"), max_size=8).filter(
    lambda cell: plain_text(cell) == cell
)


def table(data, name="places.csv"):
    return table_from_bytes(data.encode() if isinstance(data, str) else data, name=name)


def refusal(data, name="places.csv"):
    started = time.monotonic()
    with pytest.raises(UnusableFileError) as raised:
        table(data, name)
    assert time.monotonic() - started < SECONDS + 2, "the reader is stopped, and then says so"
    assert str(raised.value).startswith(name)
    assert str(raised.value).count(". ") >= 1, "what happened, then what to do"
    return str(raised.value)


def rows_of(file):
    return file.rows.to_numpy().tolist()


def workbook(rows, **sheets):
    """An .xlsx as openpyxl writes it; `sheets` are further ones."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title, more in sheets.items():
        sheet = book.create_sheet(title)
        for row in more:
            sheet.append(row)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def repacked(data, *, without=(), **parts):
    """The workbook `data` with other parts; `__` in a name stands for a slash, `_d_` for a dot."""
    body = io.BytesIO()
    named = {name.replace("__", "/").replace("_d_", "."): text for name, text in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            if part.filename not in named and part.filename not in without:
                new.writestr(part.filename, old.read(part))
        for name, text in named.items():
            new.writestr(name, text)
    return body.getvalue()


BOOK = workbook([["name", "postcode"], ["Alpha", "OX4 1BA"]])
SHEET_HEAD = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_TAIL = "</sheetData></worksheet>"


def with_sheet(rows):
    return repacked(BOOK, xl__worksheets__sheet1_d_xml=SHEET_HEAD + rows + SHEET_TAIL)


def read(path):
    """A result of placing, every cell as text."""
    return pd.read_csv(path, dtype="str", keep_default_na=False)
