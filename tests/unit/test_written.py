"""Files are whole or not there, and what could not be written says so."""

from pathlib import Path

import pytest

from mapping.errors import UnusableFileError
from mapping.written import written_whole


def test_each_file_is_there_and_nothing_beside_it(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("old")
    written_whole({first: lambda to: to.write_text("one"), second: lambda to: to.write_text("two")})
    assert (first.read_text(), second.read_text()) == ("one", "two")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "b.csv"]


def test_where_one_fails_none_is_put_in_place(tmp_path: Path) -> None:
    first, second = tmp_path / "a.csv", tmp_path / "b.csv"
    first.write_text("old")

    def fail(to: Path) -> None:
        to.write_text("half")
        raise OSError(28, "No space left on device", str(to))

    with pytest.raises(UnusableFileError, match=r"cannot be written \(No space left on device\)"):
        written_whole({first: lambda to: to.write_text("new"), second: fail})
    assert first.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnusableFileError, match="Choose another place"):
        written_whole({tmp_path / "none" / "a.csv": lambda to: to.write_text("x")})
