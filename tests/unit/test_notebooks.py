"""Every notebook runs from top to bottom with the library as it is."""

import json
from pathlib import Path

import pytest

from mapping.settings import ROOT

NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def cells(notebook: Path) -> list[str]:
    """The source of its code cells."""
    read = json.loads(notebook.read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in read["cells"] if cell["cell_type"] == "code"]


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs(notebook: Path) -> None:
    names: dict[str, object] = {"__name__": "__main__"}
    for number, source in enumerate(cells(notebook), start=1):
        exec(compile(source, f"{notebook.name}, cell {number}", "exec"), names)


def test_oxford_by_decile_counts_every_place_once() -> None:
    names: dict[str, object] = {}
    for source in cells(ROOT / "notebooks" / "01-oxford.ipynb"):
        exec(source, names)
    by_decile = names["by_decile"]
    assert by_decile["co_operatives"].sum() + by_decile["community_assets"].sum() == 70
    assert by_decile.loc[1, "lsoas"] >= 1


def test_the_gaps_of_oxford_end_with_three_sites_and_their_curve() -> None:
    names: dict[str, object] = {}
    for source in cells(ROOT / "notebooks" / "02-gaps.ipynb"):
        exec(source, names)
    sites, ranked = names["sites"], names["ranked"]
    assert ranked["gap_rank"].min() == 1 and ranked["gap_rank_low"].le(ranked["gap_rank_high"]).all()
    assert len(sites.chosen) == 3 and sites.curve["is_proven"].all()
    assert sites.curve["newly_within_need"].is_monotonic_increasing
    assert sites.chosen["newly_within_need"].sum() == pytest.approx(sites.curve["newly_within_need"].iloc[2])


def test_a_notebook_is_committed_without_outputs() -> None:
    for notebook in NOTEBOOKS:
        read = json.loads(notebook.read_text(encoding="utf-8"))
        assert all(not cell.get("outputs") for cell in read["cells"])
