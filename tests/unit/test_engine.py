"""`--engine dask`: the same answers from two processes of this machine as from one."""

import subprocess
import sys
from functools import partial

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping import parallel, placing
from mapping.__main__ import main
from mapping.analysis import measures
from mapping.brought import read_brought
from mapping.editions import EDITIONS
from mapping.errors import SourceMissingError
from mapping.settings import ROOT, Settings

BROUGHT = """name,Postcode,Longitude,Latitude,easting
Alpha,ox4 1ba,,,mine
Beta,0X4 1BA,,,
Gamma,,-1.25,51.75,
Delta,,51.75,-1.25,
ragged,OX1 1AA
Zeta,OX1 1AA,-0.1,51.5,
Eta,OX4 4UY,,,
Theta,,,,
Iota\u202e,TQ1 3AA,,,
Kappa,,-3.55,50.46,
"""


def same(ours, theirs):
    for mine, other in zip(ours, theirs, strict=True):
        pd.testing.assert_frame_equal(mine, other)


def test_a_file_is_placed_the_same_in_two_processes_as_in_one(settings):
    file = read_brought(BROUGHT.encode(), name="brought.csv")
    alone = placing.place_brought(file, settings=settings)
    same(placing.place_brought(file, settings=settings, engine="dask", workers=2), alone)
    placed, issues = alone
    assert placed["located_by"].value_counts().to_dict() == {
        "nothing": 3,
        "postcode": 3,
        "coordinates": 2,
        "terminated postcode": 1,
    }
    # What concerns no row that could be placed: a name that had to change, a row left out.
    assert {1, 6} <= set(issues["row"])


def test_figures_of_areas_are_the_same_in_two_processes_as_in_one(atlas):
    lsoas = atlas.deprivation["2025"]
    work = partial(measures.summaries, by="lad24cd", n=EDITIONS["2025"].n_lsoas)
    parts = parallel.mapped(work, lsoas, by="lad24cd", engine="dask", workers=2)
    assert [len(part) for part in parts] == [2, 2]
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), work(lsoas))
    assert parallel.mapped(work, lsoas)[0].equals(work(lsoas))


def test_the_example_of_the_guide_runs(settings):
    guide = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8")
    example = guide.split("```python\n")[1].split("```")[0]
    # In one process: that two give the same is tested above, and takes longer.
    alone = example.replace('engine="dask"', 'engine="default"')
    assert alone != example
    env = {"PYTHONPATH": str(ROOT), "MAPPING_DATA": str(settings.data)}
    done = subprocess.run([sys.executable, "-c", alone], env=env, capture_output=True, text=True, check=True)
    assert "E07000178" in done.stdout


def test_an_error_fit_to_be_told_comes_back_as_it_is(tmp_path):
    file = read_brought(BROUGHT.encode(), name="brought.csv")
    nothing = Settings.from_env({"MAPPING_DATA": str(tmp_path)})
    with pytest.raises(SourceMissingError, match="mapping build"):
        placing.place_brought(file, settings=nothing, engine="dask", workers=2)


def test_without_dask_the_command_says_how_to_install_it(tmp_path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "dask_geopandas", None)
    (tmp_path / "a.csv").write_text(BROUGHT, encoding="utf-8")
    status = main(["place", str(tmp_path / "a.csv"), "--out", str(tmp_path / "o.csv"), "--engine", "dask"])
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    assert "dask_geopandas, which is not installed. Run `pip install -r requirements-scale.txt`" in said.err
    assert not (tmp_path / "o.csv").exists()


def test_dask_is_loaded_only_when_asked_for(tmp_path):
    (tmp_path / "a.csv").write_text("Postcode\nOX4 1BA\n")
    script = (
        "import sys; from mapping.__main__ import main; main(['place', 'a.csv', '--out', 'o.csv']); "
        "print(sorted({'dask', 'distributed', 'dask_geopandas'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines()[-1] == "[]"


@given(st.lists(st.sampled_from(["a", "b", "c", None]), max_size=30), st.integers(1, 5), st.booleans())
def test_parts_hold_every_row_once_and_no_group_twice(groups, n, is_grouped):
    table = pd.DataFrame({"group": pd.Series(groups, dtype="str"), "nth": range(len(groups))})
    parts = parallel.parts_of(table, n, by="group" if is_grouped else None)
    assert 1 <= len(parts) <= n
    together = pd.concat(parts)
    assert sorted(together["nth"]) == table["nth"].tolist()
    if is_grouped:
        kept = [set(part["group"].fillna("none")) for part in parts]
        assert sum(map(len, kept)) == len(set().union(*kept))
        first = [part["group"].dropna().max() for part in parts if part["group"].notna().any()]
        assert first == sorted(first)
    else:
        assert together["nth"].tolist() == table["nth"].tolist()
