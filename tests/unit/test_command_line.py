"""The command line says what it did in one line, and why it could not."""

import sys
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from mapping.__main__ import main


def test_export_writes_what_a_link_shows(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "o.csv"
    link = "https://atlas.example/?council=Preston&kind=Co-operative"
    assert main(["export", link, "--out", str(out), "--date", "2026-11-22"]) == 0
    rows = pd.read_csv(out)
    assert capsys.readouterr().out == f"Wrote {len(rows)} places in Preston to {out}.\n"
    assert set(rows["kind"]) == {"co-operative"}
    assert set(rows["about_link"]) == {link}


def test_without_an_address_the_file_names_the_command_that_makes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "council=Oxford&category=library"
    assert main(["export", query, "--out", str(tmp_path / "a.csv")]) == 0
    assert set(pd.read_csv(tmp_path / "a.csv")["about_link"]) == {f"python -m mapping export '{query}'"}
    monkeypatch.setenv("MAPPING_ADDRESS", "https://atlas.example/")
    assert main(["export", query, "--out", str(tmp_path / "b.csv")]) == 0
    assert set(pd.read_csv(tmp_path / "b.csv")["about_link"]) == {f"https://atlas.example/?{query}"}


def test_the_same_request_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        assert (
            main(["export", "council=Oxford&q=food", "--out", str(tmp_path / name), "--date", "2026-11-22"])
            == 0
        )
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


@pytest.mark.filterwarnings("ignore:More than one layer found")
def test_areas_carry_their_shapes(tmp_path: Path) -> None:
    out = tmp_path / "wards.gpkg"
    assert main(["export", "council=Oxford&areas=Ward", "--what", "areas", "--out", str(out)]) == 0
    wards = gpd.read_file(out, layer="areas").set_index("name")
    assert len(wards) == 24
    assert wards.crs.to_epsg() == 27700
    assert wards.loc["Holywell"].geometry is None
    assert wards.loc["Holywell", "why"].startswith("No figure")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["export", "council=Oxford", "--out", "x.docx"], "no format known"),
        (["export", "council=Oxford&near=0X4 1BA", "--out", "x.csv"], "is not a postcode"),
        (["export", "council=Oxford&q=zzzz", "--out", "x.csv"], "nothing was written"),
        (["export", "council=Oxford&near=PR1 2AB", "--out", "x.csv"], "PR1 2AB is in Preston"),
        (["export", "council=Atlantis", "--out", "x.csv"], "No council 'Atlantis' in England"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    arguments: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(arguments) == 2
    assert said in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_missing_tables_name_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAPPING_DATA", str(tmp_path))
    assert main(["export", "council=Oxford", "--out", str(tmp_path / "o.csv")]) == 2
    assert "python -m mapping build" in capsys.readouterr().err


def test_the_build_names_the_packages_it_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "path", [path for path in sys.path if "site-packages" not in path])
    assert main(["build", "--pilot"]) == 2
    assert "requirements-build.txt" in capsys.readouterr().err
