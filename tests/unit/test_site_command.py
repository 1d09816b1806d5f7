"""`python -m mapping site`: where one more would help most, how sure that is; no site without a record."""

import pandas as pd
import pytest

from mapping.__main__ import main
from mapping.render.gap_columns import SITE_COLUMNS

OXFORD = ["--council", "Oxford", "--category", "library", "--within", 800, "--detour", 1.3, "--add", 3]


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command: its exit status, the rows it wrote, what it said or complained of."""

    def command(*arguments, out="out.csv"):
        status = main(["site", *map(str, arguments), "--out", str(tmp_path / out)])
        said = capsys.readouterr()
        path = tmp_path / out
        rows = pd.read_csv(path, keep_default_na=False) if path.exists() else None
        return status, rows, said.out or said.err

    return command


def test_three_more_libraries_for_oxford(run, tmp_path):
    status, rows, said = run(*OXFORD)
    assert status == 0
    assert list(rows.columns) == list(SITE_COLUMNS)
    assert said == (
        f"Wrote 3 sites to {tmp_path / 'out.csv'}. Three more libraries, at Rose Hill Community Centre, "
        "Jubilee 77 Community Centre and Littlemore Community Centre, would bring 9,074 people within 800 m, "
        "4,148 of them in England’s most deprived fifth. Proven the best possible among 23 community "
        "buildings.\n"
    )
    assert rows["order"].tolist() == [1, 2, 3]
    assert rows["newly_within"].tolist() == [4615, 3692, 767]
    assert rows["newly_within_need"].tolist() == rows["newly_within_fifth"].tolist() == [2264, 1780, 104]
    assert rows["is_proven"].all() and (rows["shortfall_share"] == 0).all()
    # As the wards of today have it: 29.1 % now, and each site's people beside those before it.
    assert rows["within_share"].tolist() == pytest.approx([0.3196, 0.3423, 0.3471])
    assert rows["note"].tolist()[0] == "In Rose Hill & Iffley ward."
    told = (tmp_path / "out.csv.about.txt").read_text(encoding="utf-8")
    assert told.startswith("title: Best sites in Oxford: libraries\n")
    assert "Candidates: Community buildings; Sites: 3" in told
    assert "maximal covering" in told
    assert "Royal Mail data" in told


def test_any_postcode_is_a_candidate_where_asked_for_and_others_as_good_are_named(run):
    _, rows, said = run(*OXFORD, "--candidates", "postcodes")
    assert "Proven the best possible among 3,151 postcodes." in said
    assert rows["newly_within_need"].sum() == 5141
    assert rows["name"].tolist() == rows["postcode"].tolist()
    assert "(as good)" in rows["alternatives"].iloc[0]


def test_a_plan_counts_before_sites_are_looked_for(run):
    _, rows, said = run(*OXFORD[:-1], 1, "--plan", "+OX4 4HF")
    assert rows["name"].tolist() == ["Jubilee 77 Community Centre"]
    assert rows["within_share"].iloc[0] == pytest.approx(0.3423)
    assert said.startswith("Wrote 1 site to")


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        ([*OXFORD[:-1], 0], "--add is a number from 1 to 10, not 0."),
        ([*OXFORD[:-1], 11], "--add is a number from 1 to 10, not 11."),
        ([*OXFORD, "--time-limit", 0], "--time-limit is a number of seconds"),
        ([*OXFORD, "--time-limit", "nan"], "--time-limit is a number of seconds"),
        ([*OXFORD, "--by", "x.geojson"], "x.geojson is not a file."),
        (
            ["--council", "Torbay", "--category", "care provider"],
            "No site can be named. How near Torbay’s people live to a care provider is not known",
        ),
        (["--category", "library"], "Which council?"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(run, tmp_path, arguments, reason):
    status, rows, said = run(*arguments)
    assert (status, rows) == (2, None)
    assert said.startswith("site: ")
    assert reason in said
    assert not list(tmp_path.glob("*out*"))


def test_a_result_is_a_csv(run):
    assert "Let it end in .csv." in run(*OXFORD, out="out.xlsx")[2]


def test_nobody_left_to_reach_is_said(run):
    status, rows, said = run(*OXFORD, "--within", 20_000)
    assert status == 0
    assert rows.empty and list(rows.columns) == list(SITE_COLUMNS)
    assert "Wrote 0 sites to" in said
    assert len(said) > 100
