"""The command `profiles`: what it says, what it refuses, and documents as files one by one."""

import datetime
from io import BytesIO
from pathlib import Path

import docx
import pptx
import pypdf
import pytest

from mapping.__main__ import main, parser
from mapping.errors import UnusableFileError
from mapping.reporting import profile_files
from tests.unit.office_document import ABOUT, DOCUMENT

REFUSED = {
    (): "Say of which council: add `--council NAME`.",
    ("--council", "Oxford", "--workers", "0"): "--workers is 1 or more.",
    ("--council", "Atlantis", "--workers", "1"): "Atlantis",
}


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_made_is_said(
    words: tuple[str, ...], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["profiles", *words, "--out", str(tmp_path)]) == 2
    told = capsys.readouterr()
    assert told.out == "" and told.err.startswith("profiles: ") and REFUSED[words] in told.err
    assert list(tmp_path.iterdir()) == []


def test_a_link_says_what_is_not_said_otherwise(tmp_path: Path) -> None:
    link = "https://atlas.example/area?council=Preston&edition=2019&index=Crime&category=library"
    words = ["--link", link, "--edition", "2025", "--date", "2026-11-22", "--format", "docx", "--again"]
    told = profile_files.choices(parser().parse_args(["profiles", *words, "--out", str(tmp_path)]))
    filters = told.pop("filters")
    assert (filters.council, filters.edition, filters.index) == ("Preston", "2025", "crime")
    assert filters.categories == ("library",)
    assert told == {
        "by": "ward", "file_format": "docx", "out": tmp_path, "date": datetime.date(2026, 11, 22),
        "workers": None, "again": True,
    }  # fmt: skip


def test_one_document_in_each_format() -> None:
    made = {end: profile_files.document_bytes(DOCUMENT, end) for end in profile_files.FORMATS}
    texts = {
        "pdf": "".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(made["pdf"])).pages),
        "docx": "\n".join(line.text for line in docx.Document(BytesIO(made["docx"])).paragraphs),
        "pptx": "\n".join(
            shape.text_frame.text
            for slide in pptx.Presentation(BytesIO(made["pptx"])).slides
            for shape in slide.shapes
            if shape.has_text_frame
        ),
        "html": made["html"].decode(),
    }
    for told in texts.values():
        plain = " ".join(told.split())
        assert "Blackbird Leys" in plain and all(sentence in plain for sentence in ABOUT.attributions)
    with pytest.raises(UnusableFileError, match=r"No such format: odt. There are: pdf, docx, pptx, html"):
        profile_files.document_bytes(DOCUMENT, "odt")
