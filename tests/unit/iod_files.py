"""Files of the Indices of Deprivation: MHCLG's headings and a few rows, for the tests of what reads them."""

import csv
import gzip
import io

import openpyxl

from mapping.adapters.recognise import recognise
from tests.unit.publishers import headings

TRANSFORMED = {
    "income": "Income", "employment": "Employment", "education": "Education", "health": "Health",
    "crime": "Crime", "barriers": "Barriers", "environment": "Living Environment",
}  # fmt: skip
MEASURES = (
    "Average rank ",
    "Rank of average rank ",
    "Average score ",
    "Rank of average score ",
    "Proportion of LSOAs in most deprived 10% nationally ",
    "Rank of proportion of LSOAs in most deprived 10% nationally ",
)
OF_IMD_ALONE = ("Extent ", "Rank of extent ", "Local concentration ", "Rank of local concentration ")
SHEETS = {
    "IMD": "IMD", "Income": "Income", "Employment": "Employment",
    "Education": "Education, Skills and Training", "Health": "Health Deprivation and Disability",
    "Crime": "Crime", "Barriers": "Barriers to Housing and Services", "Living": "Living Environment",
    "IDACI": "IDACI", "IDAOPI": "IDAOPI",
}  # fmt: skip
OXFORD = ("E07000178", "Oxford")


def columns(file, edition):
    """The headings of a file, by what they are called here."""
    every = headings.file_7(edition)
    keys = headings.keys(edition)
    supplementary = [name for name, _ in headings.SUPPLEMENTARY]
    if file == 1:
        named = {c: every[c] for c in ("imd_rank", "imd_decile")}
        bare = {c: heading.partition(" (where")[0] for c, heading in named.items()}
        return keys | (bare if edition == "2019" else named | {"imd_decile": named["imd_decile"][:80]})
    if file == 2:
        return keys | {c: every[c] for i in headings.INDICES for c in (f"{i}_rank", f"{i}_decile")}
    if file == 3:
        indices = ("imd", *supplementary[:2])
        return keys | {c: every[c] for i in indices for c in (f"{i}_rank", f"{i}_decile")}
    if file == 4:
        return keys | {c: every[c] for i in supplementary[2:] for c in (f"{i}_rank", f"{i}_decile")}
    if file == 5:
        return keys | {c: every[c] for i in (*headings.INDICES, *supplementary) for c in (f"{i}_score",)}
    if file == 6:
        middle = {"middle": "Population aged 16-59: mid 2022"}
        return keys | middle | headings.POPULATION[edition]
    if file == 9:
        transformed = {
            f"{index}_transformed": f"{name} Score - exponentially transformed"
            for index, name in TRANSFORMED.items()
        }
        return keys | transformed
    return every


def rows(file, edition, *, n=3, start=1):
    """`n` rows for a file's columns: codes in order, and numbers by their column and row."""
    of = columns(file, edition)
    return [
        {
            "lsoa_code": f"E010{number:05d}",
            "lsoa_name": f"Oxford {number:03d}A",
            "lad_code": OXFORD[0],
            "lad_name": OXFORD[1],
            **{column: _value(column, at, number) for at, column in enumerate(of) if at > 3},
        }
        for number in range(start, start + n)
    ]


def _value(column, at, number):
    if column.endswith(("_score", "_transformed")):
        return f"{at - 10 + number / 1000:.3f}"
    return str(1 + (at + number) % 10)


def text(file, edition, body=None, *, named=None):
    """The file as CSV text."""
    named = columns(file, edition) if named is None else named
    body = rows(file, edition) if body is None else body
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(named.values())
    table.writerows([row[column] for column in named] for row in body)
    return written.getvalue()


def write(path, file, edition, body=None, *, named=None, encoding="utf-8-sig"):
    """The file as a CSV at `path`, in gzip where the name says so."""
    data = text(file, edition, body, named=named).encode(encoding)
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def workbook(path, sheets):
    """An .xlsx of the sheets, each a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, body in sheets.items():
        sheet = book.create_sheet(title)
        for row in body:
            sheet.append(row)
    book.save(path)
    return path


def notes(edition):
    """A sheet that says what is on the next."""
    title = f"The English Indices of Deprivation {edition}"
    return [[title], [], ["Sheet", "What it holds"], ["IMD", "Ranks"]]


def table_of(file, edition):
    """The file's headings and rows as a sheet has them: numbers as numbers."""
    named = columns(file, edition)
    body = [[_cell(row[column]) for column in named] for row in rows(file, edition)]
    return [list(named.values()), *body]


def _cell(written):
    try:
        return float(written)
    except ValueError:
        return written


def summaries(edition, name, *, n):
    """A sheet of File 10 of `n` districts, as MHCLG heads it."""
    year = {"2019": "2019", "2025": "2024"}[edition]
    of_imd = {"2019": "IMD 2019", "2025": "IMD25"}[edition]
    heads = [f"Local Authority District code ({year})", f"Local Authority District name ({year})"]
    heads += [f"{name} - {measure}" for measure in MEASURES]
    if name == "IMD":
        heads += [f"{of_imd} - {measure}" for measure in OF_IMD_ALONE]
    if name == "Employment":
        heads += ["Employment scale ", "Rank of Employment Scale"]
    body = []
    for number in range(1, n + 1):
        figures = [number if at % 2 else number + at / 8 for at in range(len(heads) - 2)]
        body.append([f"E0700{number:04d}", f"District {number}", *figures])
    return [heads, *body]


def only(path):
    """The one table that `path` is recognised as."""
    (found,) = recognise(path)
    return found
