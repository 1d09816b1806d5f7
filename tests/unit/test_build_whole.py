"""A build that is killed, fails or would overwrite something else leaves what was there."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mapping.build import whole_folder
from mapping.build.whole_folder import whole_folder as whole
from mapping.errors import UnusableFileError
from mapping.settings import ROOT

BUILDING = """
import sys
from pathlib import Path
from mapping.build.whole_folder import whole_folder

with whole_folder(Path(sys.argv[1])) as to:
    (to / "imd_2025.parquet").write_text("new")
    print("half", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = tmp_path / "atlas"
    (folder / "boundaries").mkdir(parents=True)
    (folder / "imd_2025.parquet").write_text("old")
    (folder / "boundaries" / "lsoa21.parquet.card.json").write_text("old")
    return folder


def texts(folder: Path) -> dict[str, str]:
    return {str(path.relative_to(folder)): path.read_text() for path in folder.rglob("*") if path.is_file()}


def test_what_was_built_takes_the_place_of_what_was_there(built: Path) -> None:
    with whole(built) as to:
        (to / "boundaries" / "lsoa11.parquet").write_text("new")
        assert texts(built)["imd_2025.parquet"] == "old"
    assert texts(built) == {"boundaries/lsoa11.parquet": "new"}
    assert [path.name for path in built.parent.iterdir()] == ["atlas"]


def test_a_hidden_file_stays(built: Path) -> None:
    (built / ".gitignore").write_text("*")
    with whole(built):
        pass
    assert texts(built) == {".gitignore": "*"}


def test_where_the_system_cannot_exchange_folders_two_renamings_do(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_folder.sys, "platform", "another")
    with whole(built) as to:
        (to / "imd_2019.parquet").write_text("new")
    assert texts(built) == {"imd_2019.parquet": "new"}
    assert [path.name for path in built.parent.iterdir()] == ["atlas"]


def test_a_build_that_fails_leaves_what_was_there(built: Path) -> None:
    before = texts(built)
    with pytest.raises(ValueError, match="half way"), whole(built) as to:
        (to / "imd_2025.parquet").write_text("new")
        raise ValueError("half way")
    assert texts(built) == before
    assert [path.name for path in built.parent.iterdir()] == ["atlas"]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_a_build_that_is_killed_leaves_what_was_there_and_the_next_one_works(built: Path) -> None:
    before = texts(built)
    with subprocess.Popen(
        [sys.executable, "-c", BUILDING, str(built)],
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    ) as child:  # fmt: skip
        assert child.stdout and child.stdout.readline() == "half\n"
        os.kill(child.pid, signal.SIGKILL)
    assert child.returncode == -signal.SIGKILL
    assert texts(built) == before
    left = next(path for path in built.parent.iterdir() if path.name != "atlas")
    assert left.name == f".atlas-{child.pid}.part"
    os.utime(left, (0, 0))
    with whole(built) as to:
        (to / "imd_2025.parquet").write_text("newer")
    assert texts(built) == {"imd_2025.parquet": "newer"}
    assert not left.exists()


def test_a_folder_with_anything_else_in_it_is_not_replaced(built: Path) -> None:
    (built / "minutes.docx").write_text("of last week")
    before = texts(built)
    with (
        pytest.raises(UnusableFileError, match=r"holds more than built tables \(minutes\.docx\)"),
        whole(built),
    ):
        pass
    assert texts(built) == before


def test_a_file_where_the_folder_should_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "atlas").write_text("a file")
    with pytest.raises(UnusableFileError, match="not a folder of its own"), whole(tmp_path / "atlas"):
        pass
