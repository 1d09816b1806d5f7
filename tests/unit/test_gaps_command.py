"""`python -m mapping gaps`: exactly the columns asked for, what they are beside them, nothing made up."""

import json

import pandas as pd
import pytest

from mapping.__main__ import main
from mapping.analysis import assess
from mapping.render.gap_columns import GAP_COLUMNS, MORE_COLUMNS, NAMES, SITE_COLUMNS

OXFORD = ["--council", "Oxford", "--category", "library"]
WHOLE = ["--within", 800, "--detour", 1.3, "--by", "ward", "--edition", 2025]


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command: its exit status, the rows it wrote, what it said or complained of."""

    def command(*arguments, out="out.csv"):
        status = main(["gaps", *map(str, arguments), "--out", str(tmp_path / out)])
        said = capsys.readouterr()
        path = tmp_path / out
        rows = pd.read_csv(path, dtype={"note": "str"}) if path.suffix == ".csv" and path.exists() else None
        return status, rows, said.out or said.err

    return command


@pytest.fixture
def drawing(tmp_path):
    rings = [[[-1.21, 51.715], [-1.18, 51.715], [-1.18, 51.735], [-1.21, 51.735]]]
    feature = {
        "type": "Feature",
        "properties": {"name": "=Leys"},
        "geometry": {"type": "Polygon", "coordinates": rings},
    }
    path = tmp_path / "drawn.geojson"
    path.write_text(json.dumps(feature))
    return path


def about(tmp_path, out="out.csv"):
    return (tmp_path / f"{out}.about.txt").read_text(encoding="utf-8")


def test_the_wards_of_oxford_and_how_near_a_library_is(run, tmp_path):
    status, rows, said = run(*OXFORD, *WHOLE)
    assert status == 0
    assert ",".join(rows.columns) == (
        "code,name,population,within_share,mean_distance_m,p90_distance_m,n_within,nearest_place,"
        "gap_rank,gap_rank_low,gap_rank_high,note"
    )
    assert said.startswith(
        f"Wrote 24 wards to {tmp_path / 'out.csv'}. 29 % of Oxford’s people live within 800 m of a library "
        "(straight line × 1.3); 115,142 live farther away, 5,245 of them in England’s most deprived fifth."
    )
    assert said.count("\n") == 1
    wards = rows.set_index("name")
    assert wards["population"].sum() == 162_448
    leys = wards.loc["Blackbird Leys"]
    assert (leys["gap_rank"], leys["gap_rank_low"], leys["gap_rank_high"]) == (1, 1, 4)
    assert (leys["within_share"], leys["mean_distance_m"], leys["nearest_place"]) == (
        0.4174,
        846,
        "Blackbird Leys Library",
    )
    holywell = wards.loc["Holywell"]
    assert holywell[["population", "within_share", "gap_rank", "nearest_place"]].isna().all()
    assert holywell["note"].startswith("No figure: no LSOA has this ward")


def test_what_the_file_is_stands_beside_it(run, tmp_path):
    run(*OXFORD, *WHOLE, "--need", "extent")
    told = about(tmp_path)
    facts = dict(line.split(": ", 1) for line in told.splitlines() if not line.startswith(" "))
    assert facts["title"] == "Gaps in Oxford: libraries"
    assert "Areas: 24 wards; Category: library" in facts["filters"]
    assert "In need: Graded to 30 % (MHCLG’s extent)" in facts["filters"]
    assert facts["edition"].endswith("population: residents, mid-2022")
    assert "Libraries Taskforce" in facts["sources"]
    assert "Office for National Statistics licensed under the Open Government Licence" in facts["attribution"]
    assert facts["link"].startswith("python -m mapping gaps --council Oxford --category library --within 800")
    assert "Record of libraries: recorded, 1 July 2016 (Libraries Taskforce" in told
    assert "Our calculation, not published by MHCLG" in told
    assert "best-fit lookup" in told


def small_users(atlas, lsoas):
    mine = atlas.postcodes()[lambda table: table["lsoa21cd"].isin(lsoas) & table["is_live"]]
    return mine[mine["is_small_user"].fillna(False).astype(bool)]


def test_all_columns_are_those_of_the_answer(run, atlas):
    _, rows, _ = run(*OXFORD, "--all-columns")
    assert list(rows.columns) == [*GAP_COLUMNS, *MORE_COLUMNS]
    assert set(rows.columns) == set(assess.COLUMNS)
    assert len(rows) == 84
    assert rows["gap"].sub(rows["need_share"] * rows["lack"]).abs().max() < 1e-4
    assert rows["n_points"].sum() == len(small_users(atlas, rows["code"]))
    assert {*rows.columns, *SITE_COLUMNS} == set(NAMES)


def test_what_nobody_looked_for_has_no_figures_and_says_why(run):
    status, rows, said = run("--council", "Torbay", "--category", "care providers", "--by", "ward")
    assert status == 0
    assert rows[["within_share", "mean_distance_m", "n_within", "gap_rank"]].isna().all(axis=None)
    assert rows["population"].notna().all()
    assert (rows["note"] == "No figure: none is on record, and care providers have not been surveyed.").all()
    assert "is not known: none is on record. Care providers: not surveyed; the Care Quality" in said


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--council", "Oxfrod", "--category", "library"], "Did you mean Oxford"),
        (["--category", "library"], "Which council? Give `--council NAME`. Held: Oxford, Preston"),
        (["--council", "Oxford", "--category", "libary"], "No category is called 'libary'. Did you mean lib"),
        (["--council", "Oxford", "--ownership", "nobody"], "No kind of ownership is called 'nobody'."),
        ([*OXFORD, "--within", 0], "--within is a number from 1 to 50,000, not 0."),
        ([*OXFORD, "--within", 50_001], "--within is a number from 1 to 50,000, not 50,001."),
        ([*OXFORD, "--detour", 0.9], "--detour is a number from 1 to 3, not 0.9."),
        ([*OXFORD, "--detour", "nan"], "--detour is a number from 1 to 3, not nan."),
        ([*OXFORD, "--by", "parish"], "Give lsoa, ward, or a file ending in .geojson."),
        ([*OXFORD, "--by", "none.geojson"], "none.geojson is not a file."),
        ([*OXFORD, "--places", "none.csv"], "none.csv is not a file."),
        ([*OXFORD, "--capacity", "none.csv"], "none.csv is not a file."),
        ([*OXFORD, "--england"], "Give --council or --england, not both."),
        (["--england", "--by", "x.geojson"], "With --england, --by is lsoa or ward"),
        ([*OXFORD, *["--plan", "+OX4 1BA"] * 5], "At most 4 plans"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(run, tmp_path, arguments, reason):
    status, rows, said = run(*arguments)
    assert (status, rows) == (2, None)
    assert said.startswith("gaps: ")
    assert reason in said
    assert not list(tmp_path.glob("*out*"))


def test_a_result_goes_nowhere_it_should_not(run, drawing):
    assert "Let it end in .csv or .xlsx or .geojson or .gpkg" in run(*OXFORD, out="out.txt")[2]
    assert "Make the folder first" in run(*OXFORD, out="no/out.csv")[2]
    assert "is a file that was brought" in run(*OXFORD, "--by", drawing, out="drawn.geojson")[2]
    assert "Let it end in .csv" in run("--england", out="out.xlsx")[2]


def test_an_edition_that_nobody_published_is_refused(run):
    with pytest.raises(SystemExit) as stopped:
        run(*OXFORD, "--edition", "2022")
    assert stopped.value.code == 2


def test_a_link_of_the_page_asks_the_same(run):
    link = (
        "http://x.org/gaps?council=Preston&category=library&areas=Ward&reach=1500&need=Most+deprived+10+%25"
    )
    _, by_link, said = run("--link", link)
    options = ["--council", "E07000123", "--category", "library", "--by", "ward", "--need", "tenth"]
    _, by_options, _ = run(*options, "--within", 1500)
    pd.testing.assert_frame_equal(by_link, by_options)
    assert "of Preston’s people live within 1,500 m of a library" in said
    # What is given beside a link counts before it.
    assert "within 400 m of a library" in run("--link", link, "--within", 400)[2]


def test_other_choices_give_other_figures(run):
    _, step, _ = run(*OXFORD, "--all-columns")
    _, catchment, _ = run(*OXFORD, "--all-columns", "--lack", "catchment", "--decay", "gaussian")
    _, crime, _ = run(*OXFORD, "--all-columns", "--index", "crime", "--kind", "community asset")
    assert (step["lack"] != catchment["lack"]).any()
    assert step["within_share"].equals(catchment["within_share"])
    assert (step["need_share"] != crime["need_share"]).any()


def test_a_file_of_capacity_counts_in_the_catchment(run, tmp_path, places):
    libraries = places[(places["category"] == "library") & (places["lad24cd"] == "E07000178")]
    path = tmp_path / "capacity.csv"
    libraries[["place_id"]].assign(capacity=range(1, len(libraries) + 1)).to_csv(path, index=False)
    asked = [*OXFORD, "--all-columns", "--lack", "catchment"]
    _, alike, _ = run(*asked)
    _, unlike, _ = run(*asked, "--capacity", path)
    assert (alike["catchment_ratio"] != unlike["catchment_ratio"]).any()
    for text, reason in (
        ("place_id,capacity\nx,-1\n", "capacity that is no number from 0 up"),
        ("place_id,capacity\nx,1\nx,2\n", "has the place x more than once"),
        ("id,capacity\nx,1\n", "has no column place_id"),
    ):
        path.write_text(text)
        assert reason in run(*asked, "--capacity", path)[2]


def test_a_plan_is_counted_and_said(run, tmp_path):
    _, recorded, _ = run(*OXFORD, "--by", "ward")
    _, rows, said = run(*OXFORD, "--by", "ward", "--plan", "+OX4 4HF")
    assert "Under Plan A: 32 % of Oxford’s people live" in said
    assert "Plan A: 32 % within 800 m instead of 29 %: 4,615 more people near one" in said
    assert (rows["within_share"] >= recorded["within_share"]).sum() == 23
    assert rows.set_index("name").loc["Rose Hill & Iffley", "nearest_place"] == "Proposed at OX4 4HF"
    assert "Plans: +OX4 4HF" in about(tmp_path)
    assert "Gaps in Oxford: libraries, Plan A" in about(tmp_path)


def test_drawn_areas_count_who_lives_in_them(run, drawing, tmp_path):
    _, rows, said = run(*OXFORD, "--by", drawing)
    assert "Wrote 1 drawn area of drawn.geojson to" in said
    assert rows[["code", "name"]].to_numpy().tolist() == [["drawn-1", "'=Leys"]]
    assert 13_000 < rows["population"].iloc[0] < 14_500
    assert "by the postcodes that lie in it" in about(tmp_path)


@pytest.mark.parametrize("suffix", [".xlsx", ".geojson"])
def test_other_formats_hold_the_same(run, tmp_path, suffix):
    import geopandas as gpd

    _, rows, _ = run(*OXFORD, "--by", "ward")
    assert run(*OXFORD, "--by", "ward", out=f"out{suffix}")[0] == 0
    path = tmp_path / f"out{suffix}"
    if suffix == ".xlsx":
        sheets = pd.read_excel(path, sheet_name=None)
        table = next(sheet for sheet in sheets.values() if "gap_rank" in sheet)
    else:
        table = gpd.read_file(path)
        assert table.geometry.is_valid.sum() >= 23
    assert table["within_share"].tolist() == pytest.approx(rows["within_share"].tolist(), nan_ok=True)
    assert table["code"].tolist() == rows["code"].tolist()
    assert (tmp_path / f"out{suffix}.about.txt").exists()


def test_all_councils_are_one_file(run, tmp_path):
    status, rows, said = run("--england", "--category", "library", "--by", "ward")
    assert status == 0
    assert list(rows.columns) == [*GAP_COLUMNS, "lad24cd", "lad24nm"]
    assert len(rows) == 69
    assert "Wrote 69 wards of 4 councils to" in said
    assert "Ranks are among all the areas of the file." in about(tmp_path)


def test_places_of_ones_own_stand_for_their_category(run, tmp_path, capsys):
    listed = tmp_path / "list.csv"
    listed.write_text("Name,Postcode\n" + "".join(f"Home {n},TQ1 3DT\n" for n in range(5)))
    assert main(["place", str(listed), "--out", str(tmp_path / "care-home.csv")]) == 0
    capsys.readouterr()
    torbay = ["--council", "Torbay", "--by", "ward", "--places", tmp_path / "care-home.csv"]
    _, rows, said = run(*torbay)
    assert "of Torbay’s people live within 800 m of a care home (" in said
    assert rows["n_within"].max() == 5
    assert "Places added: care-home.csv" in about(tmp_path)
    _, same, said = run(*torbay, "--category", "care provider")
    assert "a care provider (" in said
    pd.testing.assert_frame_equal(rows, same)
    # The libraries of the directory are not counted twice.
    assert run(*torbay, "--category", "library")[1]["nearest_place"].str.startswith("Home").all()
    two = ["--category", "library", "--category", "food bank"]
    assert "holds the category 'care home', which is not asked for" in run(*torbay, *two)[2]


def test_streets_of_elsewhere_are_refused(run, tmp_path):
    streets = tmp_path / "london.osm"
    streets.write_text(
        '<osm version="0.6"><node id="1" lat="51.51" lon="-0.13"/><node id="2" lat="51.52" lon="-0.13"/>'
        '<way id="3"><nd ref="1"/><nd ref="2"/><tag k="highway" v="footway"/></way></osm>'
    )
    status, _, said = run(*OXFORD, "--streets", streets)
    assert status == 2
    assert "london.osm" in said
    assert "Oxford" in said
