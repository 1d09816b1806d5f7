"""`python -m mapping summarise`: the measures as a plain file, what they are beside it, nothing made up."""

import csv
import json
from dataclasses import replace
from math import isnan

import numpy as np
import pandas as pd
import pytest

from mapping import summarising
from mapping.__main__ import main
from mapping.analysis import area_summaries, summarise, weighting
from mapping.analysis.area_summaries import COLUMNS, groups_by, own_lsoas
from mapping.analysis.measures import MEASURES, RANK_COLUMNS
from mapping.atlas import Atlas
from mapping.editions import DOMAINS, EDITIONS, OFFICIAL_WEIGHTS
from mapping.errors import UnknownAreaError
from mapping.render.measures_csv import measures_csv
from tests.unit.england_2019 import N, england, published

BLACKBIRD_LEYS = [[[-1.21, 51.715], [-1.18, 51.715], [-1.18, 51.735], [-1.21, 51.735]]]
LONDON = [[[-0.2, 51.5], [-0.1, 51.5], [-0.1, 51.6]]]
FILE_10 = {"average_rank": 2, "average_score": 3, "proportion_most_deprived_share": 4, "extent_share": 4}


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command: its exit status, the rows it wrote, what it said or complained of."""

    def command(*arguments, out="out.csv"):
        status = main(["summarise", *map(str, arguments), "--out", str(tmp_path / out)])
        said = capsys.readouterr()
        path = tmp_path / out
        rows = pd.read_csv(path, dtype={"why": "str"}, keep_default_na=True) if path.exists() else None
        return status, rows, said.out or said.err

    return command


@pytest.fixture
def drawing(tmp_path):
    shapes = [("=Blackbird Leys", BLACKBIRD_LEYS), ("London", LONDON)]
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": rings},
        }
        for name, rings in shapes
    ]
    path = tmp_path / "drawn.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_districts_of_the_pilot_have_the_published_figures_and_no_rank(run, tmp_path):
    status, rows, said = run("--edition", "2025", "--by", "lad")
    assert status == 0
    about = "what they are is in out.csv.about.txt"
    assert said == f"Wrote the measures of 4 districts to {tmp_path / 'out.csv'}; {about}.\n"
    assert list(rows.columns) == list(COLUMNS)
    assert rows["name"].tolist() == ["Torbay", "Preston", "Oxford", "Stevenage"]
    oxford = rows.set_index("name").loc["Oxford"]
    assert oxford[["code", "n_lsoas", "population"]].tolist() == ["E07000178", 84, 162_448]
    assert oxford[list(MEASURES)].tolist() == [14.423, 12110.23, 0.0238, 0.076, 28084.04]
    assert rows[list(RANK_COLUMNS)].isna().all(axis=None)
    assert set(rows["why"]) == {"No rank: 316 of England’s 33,755 LSOAs are held."}


def test_what_the_file_is_stands_beside_it(run, tmp_path):
    run("--edition", "2025", "--by", "ward", "--index", "crime")
    told = (tmp_path / "out.csv.about.txt").read_text(encoding="utf-8")
    facts = dict(line.split(": ", 1) for line in told.splitlines() if not line.startswith(" "))
    assert facts["edition"] == "English Indices of Deprivation 2025, Crime"
    assert "Ministry of Housing, Communities and Local Government" in facts["sources"]
    assert "Office for National Statistics licensed under the Open Government Licence" in facts["attribution"]
    assert facts["link"] == "python -m mapping summarise --edition 2025 --by ward --index crime --out out.csv"
    assert "not published by MHCLG" in told
    assert "best-fit lookup" in told
    assert "residents, mid-2022" in told


def test_a_ward_without_an_lsoa_says_so_and_has_no_figure(run):
    _, rows, _ = run("--edition", "2025", "--by", "ward")
    assert len(rows) == 69
    holywell = rows.set_index("name").loc["Holywell"]
    assert holywell["n_lsoas"] == 0
    assert holywell[["population", *MEASURES]].isna().all()
    assert holywell["why"] == summarise.NO_LSOA
    assert rows["code"].is_monotonic_increasing


def test_lsoas_have_their_own_figures(run, atlas):
    _, rows, _ = run("--edition", "2025", "--by", "lsoa")
    own = atlas.deprivation["2025"].sort_values("lsoa_code", ignore_index=True)
    assert rows["code"].tolist() == own["lsoa_code"].tolist()
    assert rows["name"].tolist() == own["lsoa_name"].tolist()
    assert rows["average_score"].tolist() == own["imd_score"].tolist()
    assert (rows["average_rank"] + own["imd_rank"] == 33_756).all()


def test_without_scores_the_average_score_is_absent_with_the_reason(run):
    _, rows, _ = run("--edition", "2025", "--by", "lad", "--index", "health")
    assert rows["average_score"].isna().all()
    assert rows["average_rank"].notna().all()
    assert rows["why"].str.startswith("No average score: the score is not known of any of its LSOAs.").all()


def test_a_drawn_area_counts_the_people_inside_and_names_are_text(run, drawing, tmp_path):
    status, rows, _ = run("--edition", "2025", "--by", drawing)
    assert status == 0
    leys, london = rows.to_dict("records")
    assert (leys["code"], leys["name"], leys["n_lsoas"]) == ("drawn-1", "'=Blackbird Leys", 13)
    assert 13_000 < leys["population"] < 14_500
    assert leys["average_score"] > 30
    assert leys["why"].startswith("3 live postcodes inside are outside the councils held, and left out.")
    assert london["n_lsoas"] == 0
    assert isnan(london["population"])
    assert "nobody to count" in london["why"]
    assert summarising.FAR in london["why"]
    assert "small-user postcodes" in (tmp_path / "out.csv.about.txt").read_text(encoding="utf-8")


def test_own_weights_are_labelled_on_each_row_and_give_no_rank_of_a_part_of_england(run, tmp_path):
    _, rows, _ = run("--edition", "2025", "--by", "lad", "--weights", "income=3,crime=1")
    assert rows["why"].str.startswith(weighting.NOT_OFFICIAL).all()
    assert rows["average_score"].between(5, 60).all()
    assert rows[["average_rank", "extent_share", *RANK_COLUMNS]].isna().all(axis=None)
    told = (tmp_path / "out.csv.about.txt").read_text(encoding="utf-8")
    assert f"Weights: {weighting.NOT_OFFICIAL} income 75.0 %" in told
    assert "--weights income=3.0,crime=1.0" in told


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (
            ["--by", "parish"],
            "No such kind of area: parish. Give lad, ward, lsoa, or a file ending in .geojson.",
        ),
        (["--by", "not-there.geojson"], "not-there.geojson is not a file."),
        (["--by", "lad", "--weights", "wealth=1"], "No such domain: wealth."),
        (["--by", "lad", "--weights", "income=1", "--index", "crime"], "Leave out the weights or the index."),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(run, tmp_path, arguments, reason):
    status, rows, said = run("--edition", "2025", *arguments)
    assert (status, rows) == (2, None)
    assert said.startswith("summarise: ")
    assert reason in said
    assert not list(tmp_path.glob("*out*"))


def test_a_result_goes_nowhere_it_should_not(run, drawing, tmp_path):
    assert "Let it end in .csv" in run("--edition", "2025", "--by", "lad", out="out.xlsx")[2]
    assert "Make the folder first" in run("--edition", "2025", "--by", "lad", out="no/out.csv")[2]
    (tmp_path / "taken.csv").mkdir()
    assert main(["summarise", "--edition", "2025", "--by", "lad", "--out", str(tmp_path / "taken.csv")]) == 2
    assert not (tmp_path / "taken.csv.about.txt").exists()
    assert not list(tmp_path.glob(".*part"))


def test_the_file_is_plain_text_that_excel_knows_as_utf_8(run, tmp_path):
    run("--edition", "2025", "--by", "ward")
    data = (tmp_path / "out.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfcode,name,n_lsoas,")
    assert data.count(b"\r\n") == 70
    headings, *rows = csv.reader(data.decode("utf-8-sig").splitlines())
    assert {len(row) for row in rows} == {len(headings)} == {len(COLUMNS)}


def test_figures_are_rounded_as_the_publisher_prints_them():
    row = {"code": "E1", "name": "@x", "population": 10.6, "average_score": 1.23456, "average_rank": 1.23456}
    row |= {"proportion_most_deprived_share": 1 / 3, "extent_share": 0.0, "local_concentration": np.nan}
    lines = measures_csv(pd.DataFrame([row])).decode("utf-8-sig").splitlines()
    assert lines[1] == "E1,'@x,11,1.235,1.23,0.3333,0,"


def test_an_edition_that_is_not_held_is_said(atlas: Atlas):
    one = replace(atlas, deprivation={"2025": atlas.deprivation["2025"]})
    with pytest.raises(UnknownAreaError, match=r"The edition 2019 is not held\. Held: 2025\."):
        summarising.summarised(one, "lad", edition="2019")


@pytest.fixture(scope="module")
def whole(realdata):
    """England of 2019, as the atlas would hold it, and its wards by best fit."""
    lsoas = england(realdata).assign(lad24cd=lambda table: table["lad_code"])
    fit = pd.read_csv(realdata / "lookups" / "LSOA11_WD19_LAD19_EW_LU.csv", dtype="str", encoding="utf-8-sig")
    named = {"LSOA11CD": "lsoa_code", "WD19CD": "ward_code", "WD19NM": "ward_name"}
    best_fit = fit.rename(columns=named)[[*named.values()]].assign(lad24cd="E07000178")
    return lsoas, best_fit[best_fit["lsoa_code"].isin(lsoas["lsoa_code"])]


def of_kind(kind, whole, **options):
    lsoas, best_fit = whole
    lsoas = own_lsoas(lsoas, options.pop("weights", None), edition=EDITIONS["2019"])
    districts = lsoas.drop_duplicates("lad_code").assign(edition="2019")
    wards = pd.DataFrame({"wd24cd": [], "wd24nm": [], "lad24cd": []}, dtype="str")
    tables = {"districts": districts, "best_fit": best_fit, "wards": wards}
    groups, names = groups_by(kind, lsoas, edition=EDITIONS["2019"], **tables)
    return area_summaries.area_summaries(lsoas, groups, names, edition=EDITIONS["2019"], **options)


def test_the_file_of_all_districts_is_file_10(whole, realdata):
    figures, theirs = of_kind("lad", whole), published(realdata).loc["imd"]
    assert figures["name"].tolist() == theirs["lad_name"].tolist()
    assert figures["why"].eq("").all()
    rows = figures.set_index("code").round(FILE_10)
    # A figure half-way between two roundings may fall either way.
    exact = {name: (rows[name] - theirs[name]).abs().max() for name in ("average_score", "extent_share")}
    assert exact["average_score"] <= 0.0011
    assert exact["extent_share"] <= 0.00011
    for column in RANK_COLUMNS[:-1]:
        assert (rows[column] == theirs[column]).all(), column


def test_every_ward_of_england_has_a_place_among_them(whole):
    figures = of_kind("ward", whole)
    assert figures["n_lsoas"].sum() == N
    assert len(figures) == whole[1]["ward_code"].nunique() > 6_000
    ranks = figures["rank_of_average_rank"]
    assert (ranks.min(), ranks.is_unique, figures["why"].eq("").all()) == (1, True, True)
    assert ranks.max() == len(figures)


def test_all_england_is_ranked_again_and_labelled(whole):
    official = of_kind("lad", whole)
    own = of_kind("lad", whole, weights=OFFICIAL_WEIGHTS)
    assert own["why"].eq(weighting.NOT_OFFICIAL).all()
    assert (own["rank_of_average_score"] == official["rank_of_average_score"]).all()
    other = of_kind("lad", whole, weights=dict.fromkeys(DOMAINS, 0.0) | {"environment": 1.0})
    assert (other["rank_of_average_rank"] != official["rank_of_average_rank"]).mean() > 0.9
    assert other["local_concentration"].notna().all()
