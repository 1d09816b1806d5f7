"""All profiles of a council in one folder: whole, each once, and gone on with after any kind of end."""

import datetime
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pptx
import psutil
import pytest

from mapping import sources
from mapping.analysis.filters import Filters
from mapping.build.files import build
from mapping.errors import UnknownAreaError, UnusableFileError
from mapping.reporting import batch, batch_list
from mapping.settings import ROOT, Settings
from tests.unit import made_up_councils as made_up

DATE = datetime.date(2026, 11, 22)
WARDS = ["e05000001-ward-1", "e05000002-ward-2", "e05000003-empty"]
LISTS = ["profiles.about.txt", "profiles.json"]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Stevenage as it is not: three wards, one of them without an LSOA and without a place."""
    folder = tmp_path_factory.mktemp("made-up")
    made = Settings.from_env({"MAPPING_DATA": str(folder / "built"), "MAPPING_ADDED": str(folder / "none")})
    build(folder=made_up.write_made_up_files(folder / "raw"), settings=made)
    return made


def profiles(out: Path, settings: Settings, **changed: Any) -> str:
    asked: dict[str, Any] = {"by": "ward", "file_format": "html", "date": DATE, "workers": 1}
    filters = Filters(council=changed.pop("council", "Stevenage"))
    return batch.profiles_folder(filters, out=out, settings=settings, **(asked | changed))


@pytest.fixture(scope="module")
def undisturbed(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("undisturbed")
    said = profiles(out, settings)
    assert said == (
        f"Wrote 4 files to {out}: profiles of 3 wards of Stevenage and the overview, as web pages."
    )
    return out


def held(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_a_file_for_each_area_and_one_of_all(undisturbed: Path) -> None:
    assert list(held(undisturbed)) == [*(f"{ward}.html" for ward in WARDS), "overview.html", *LISTS]
    assert "Ward 1" in (undisturbed / "e05000001-ward-1.html").read_text()
    listed = json.loads((undisturbed / "profiles.json").read_text())
    for name, entry in listed["files"].items():
        assert sources.sha256(undisturbed / name) == entry["sha256"]
        assert set(entry["sources"]) <= set(listed["sources"])
    (inputs,) = listed["inputs"].values()
    assert (inputs["asked"]["council"], inputs["asked"]["date"]) == ("Stevenage", "2026-11-22")
    about = (undisturbed / "profiles.about.txt").read_text()
    assert "Made on: 22 November 2026" in about and "- overview.html: Stevenage" in about
    for card in listed["sources"].values():
        assert f"- {card['attribution']}\n" in about and card["licence"] in about


def copied(folder: Path, to: Path, *, but: tuple[str, ...] = ()) -> Path:
    to.mkdir()
    for name, body in held(folder).items():
        if name not in but:
            (to / name).write_bytes(body)
    return to


def test_what_is_whole_is_left_and_the_rest_made_again(
    undisturbed: Path, settings: Settings, tmp_path: Path
) -> None:
    whole, out = held(undisturbed), copied(undisturbed, tmp_path / "out", but=("e05000003-empty.html",))
    (out / "overview.html").write_bytes(whole["overview.html"][:-1] + b"!")
    (out / ".overview.html.part.html").write_bytes(b"half")
    before = (out / "e05000001-ward-1.html").stat().st_mtime_ns
    said = profiles(out, settings, council=made_up.STEVENAGE)
    assert said.startswith(f"Wrote 2 files to {out}; 2 were there already: profiles of 3 wards of Stevenage")
    assert held(out) == whole, "also the list, though the council was asked for by its code"
    assert (out / "e05000001-ward-1.html").stat().st_mtime_ns == before


def test_another_day_is_another_file_and_another_format_stands_beside(
    undisturbed: Path, settings: Settings, tmp_path: Path
) -> None:
    out = copied(undisturbed, tmp_path / "out", but=("e05000001-ward-1.html",))
    said = profiles(out, settings, date=DATE.replace(day=23), file_format="pptx")
    assert said.endswith("profiles of 3 wards of Stevenage and the overview and a deck of all, as slides.")
    slides = {f"{name}.pptx" for name in [*WARDS, "overview", "deck"]}
    assert set(held(out)) == (set(held(undisturbed)) | slides) - {"e05000001-ward-1.html"}
    listed = batch_list.read_list(out)
    assert listed and "e05000001-ward-1.html" not in listed.files, "what is lost is no longer listed"
    (old,) = {listed.files[name].inputs for name in listed.files if name.endswith("html")}
    (new,) = {listed.files[name].inputs for name in slides}
    assert listed.holds(out, "overview.html", inputs=old)
    assert not listed.holds(out, "overview.html", inputs=new), "of another day, so it would be made again"
    deck = pptx.Presentation(out / "deck.pptx")
    titles = [slide.shapes.title.text for slide in deck.slides]
    assert titles[0] == "Stevenage: 3 wards" and titles[-1].startswith("Sources and licences")
    of_each = [
        slide.shapes.title.text
        for name in ("overview", WARDS[2], *WARDS[:2])
        for slide in list(pptx.Presentation(out / f"{name}.pptx").slides)[1:]
        if not slide.shapes.title.text.startswith("Sources")
    ]
    assert titles[1 : 1 + len(of_each)] == of_each


def test_the_program_the_tables_and_the_settings_are_inputs(settings: Settings, tmp_path: Path) -> None:
    told = batch_list.inputs_of(settings, {"by": "ward"})
    assert told["cards"]["imd_2025.parquet.card.json"] == sources.sha256(
        sources.card_path(settings.data / "imd_2025.parquet")
    )
    assert {"typst", "python-docx", "matplotlib"} <= set(told["libraries"]) and len(told["program"]) == 64
    (tmp_path / "logo.png").write_bytes(b"x")
    others = [replace(settings, name="A council"), replace(settings, logo=tmp_path / "logo.png")]
    keys = [batch_list.key_of(batch_list.inputs_of(each, {"by": "ward"})) for each in (settings, *others)]
    keys.append(batch_list.key_of(told | {"asked": {"by": "lsoa"}}))
    assert len(set(keys)) == 4 and keys[0] == batch_list.key_of(told)


def test_another_council_needs_another_folder(undisturbed: Path, settings: Settings) -> None:
    before = held(undisturbed)
    with pytest.raises(
        UnusableFileError, match=r"holds the profiles of Stevenage. Choose another folder for"
    ):
        profiles(undisturbed, settings, council="Buckinghamshire")
    with pytest.raises(UnknownAreaError, match="Oxford"):
        profiles(undisturbed, settings, council="Oxford")
    assert held(undisturbed) == before


def test_a_folder_that_cannot_be_used_is_said_before_any_work(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(UnusableFileError, match=r"is no folder to write to \(File exists\). Choose another"):
        profiles(tmp_path / "file", settings)
    (tmp_path / "profiles.json").write_text('{"what": "mine"}')
    with pytest.raises(UnusableFileError, match="is no list of profiles that were made here"):
        profiles(tmp_path, settings)
    assert (tmp_path / "profiles.json").read_text() == '{"what": "mine"}'


def test_what_cannot_be_written_leaves_what_is_done(
    undisturbed: Path, settings: Settings, tmp_path: Path
) -> None:
    whole, last = held(undisturbed), "e05000002-ward-2.html"
    out = copied(undisturbed, tmp_path / "out", but=(last, "e05000001-ward-1.html", *LISTS))
    (out / "profiles.json").write_bytes(whole["profiles.json"])
    (out / last).mkdir()  # nothing can be put in its place
    with pytest.raises(UnusableFileError, match=r"cannot be written .* 3 of 4 files are done and stay"):
        profiles(out, settings)
    (out / last).rmdir()
    there = set(whole) - {last, "profiles.about.txt"}
    assert set(held(out)) == there
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        with pytest.raises(UnusableFileError, match=r"ward-2.html cannot be written \(File too large\)"):
            profiles(out, settings)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert {name: whole[name] for name in there if name.endswith("html")} == {
        name: body for name, body in held(out).items() if name.endswith("html")
    }, "nothing half, nothing lost"


def test_stopped_at_the_keyboard(
    undisturbed: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tqdm.tqdm.update", stop)  # the bar is the last to hear of each file
    with pytest.raises(KeyboardInterrupt):
        profiles(tmp_path, settings)
    assert list(held(tmp_path)) == ["overview.html", "profiles.json"]
    listed = batch_list.read_list(tmp_path)
    assert listed and list(listed.files) == ["overview.html"]
    assert (tmp_path / "overview.html").read_bytes() == held(undisturbed)["overview.html"]


def command(out: Path, settings: Settings) -> subprocess.Popen[str]:
    """The command in two processes, in a group of its own as a terminal would have it."""
    words = ["--council", "Stevenage", "--format", "html", "--workers", "2", "--date", DATE.isoformat()]
    env = os.environ | {
        "MAPPING_DATA": str(settings.data),
        "MAPPING_BOUNDARIES": str(settings.boundaries),
        "MAPPING_ADDED": str(settings.added),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "mapping", "profiles", *words, "--out", str(out)],
        cwd=ROOT, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
    )  # fmt: skip


def after(n: int, out: Path, child: subprocess.Popen[str]) -> list[psutil.Process]:
    """The processes that the command started, once so many profiles are there."""
    until = time.monotonic() + 120
    while len(list(out.glob("[!.]*.html"))) < n:
        assert child.poll() is None and time.monotonic() < until, child.communicate()
        threading.Event().wait(0.005)
    return psutil.Process(child.pid).children(recursive=True)


@pytest.fixture
def killed(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """A folder whose run was killed after its first profile."""
    child = command(tmp_path, settings)
    workers = after(1, tmp_path, child)
    for worker in workers:
        worker.send_signal(signal.SIGINT)  # Ctrl-C goes to all: they leave it to the one that started them
    child.kill()
    child.communicate(timeout=60)
    assert child.returncode == -signal.SIGKILL
    _, alive = psutil.wait_procs(workers, timeout=20)
    assert not alive, "no worker waits for work that never comes"
    return tmp_path


def test_killed_in_the_middle_and_gone_on_with(killed: Path, undisturbed: Path, settings: Settings) -> None:
    whole = held(undisturbed)
    done = {name: body for name, body in held(killed).items() if name.endswith(".html") and name[0] != "."}
    assert 0 < len(done) < 4
    assert done == {name: whole[name] for name in done}, "what is there is whole"
    profiles(killed, settings)
    assert held(killed) == whole
