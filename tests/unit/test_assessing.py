"""From the choices of a view to its answer: the same for page and command, one council and all of them."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from mapping import assessing
from mapping.analysis.distances import StraightLine
from mapping.analysis.filters import Filters
from mapping.assessing.ground import councils_around, postcodes_around
from mapping.crs import BNG
from mapping.errors import SourceMissingError, UnknownAreaError
from mapping.render.england_words import england_sentence
from mapping.render.place_words import what_words
from mapping.settings import Settings

ASKED = Filters(council="Oxford", geography="ward", categories=("library",))
FIGURES = ["code", "population", "within_share", "mean_distance_m", "lack", "gap", "note"]


@pytest.fixture(scope="module")
def ground(atlas):
    return assessing.gap_ground(ASKED, atlas=atlas)


@pytest.fixture(scope="module")
def view(atlas, places, ground):
    return assessing.gap_view(ASKED, atlas=atlas, places=places, ground=ground)


def test_a_view_asks_what_its_choices_say():
    filters = replace(ASKED, need="extent", lack="catchment", decay="linear", reach_m=1500, index="crime")
    question = assessing.asked_question(filters)
    assert (question.need, question.lack, question.decay) == ("extent", "catchment", "linear")
    assert (question.within_m, question.index, question.edition) == (1500.0, "crime", "2025")


def test_the_people_of_every_lsoa_are_on_the_ground(atlas, ground):
    oxford = atlas.deprivation["2025"].query("lad24cd == 'E07000178'")
    people = ground.demand.groupby("lsoa_code")["people"].sum()
    published = oxford.set_index("lsoa_code")["population"].astype(float)
    pd.testing.assert_series_equal(people, published.sort_index(), check_names=False)
    wards = atlas.best_fit["2025"].set_index("lsoa_code")["ward_code"]
    assert (ground.demand["area"] == ground.demand["lsoa_code"].map(wards)).all()
    assert ground.areas.set_index("name").loc["Holywell", "why"].startswith("No figure: no LSOA")


def test_the_answer_counts_the_places_asked_for_in_and_around(view, places):
    counted = view.places
    assert set(counted["category"]) == {"library"}
    assert len(counted) == (places["category"] == "library").sum()
    assert view.total["population"] == 162_448
    assert view.areas["gap_rank"].min() == 1
    assert view.standing.level == "recorded"


def test_the_councils_around_are_those_near_by(atlas):
    districts = atlas.areas("lad24cd")
    assert councils_around(districts, "E07000178", around_m=5_000) == ["E07000178"]
    assert councils_around(districts, "E07000178", around_m=500_000) == sorted(atlas.councils["lad24cd"])
    assert len(postcodes_around(atlas, "E07000178")) == 26_637


def test_what_is_not_held_is_said(atlas, places):
    one = replace(atlas, deprivation={"2025": atlas.deprivation["2025"]})
    with pytest.raises(UnknownAreaError, match=r"The indices of 2019 are not built here; held: 2025\."):
        assessing.gap_ground(replace(ASKED, edition="2019"), atlas=one)
    with pytest.raises(UnknownAreaError, match="Did you mean Oxford"):
        assessing.gap_view(replace(ASKED, council="Oxfrod"), atlas=atlas, places=places)


def test_without_streets_only_straight_lines_are_measured(settings):
    assert assessing.metric_of(replace(ASKED, detour=1.1), settings) == StraightLine(detour=1.1)
    with pytest.raises(SourceMissingError, match="Set MAPPING_STREETS"):
        assessing.metric_of(replace(ASKED, way="walking"), replace(settings, streets=None))


def test_all_councils_have_the_figures_of_each_and_are_ranked_together(atlas, places, view):
    rows = assessing.england_gaps(ASKED, atlas=atlas, places=places)
    assert (len(rows), rows["lad24nm"].nunique(), rows["code"].is_unique) == (69, 4, True)
    own = rows[rows["lad24nm"] == "Oxford"].sort_values("code")
    alone = view.areas.sort_values("code")
    pd.testing.assert_frame_equal(
        own[FIGURES].reset_index(drop=True), alone[FIGURES].reset_index(drop=True), check_exact=False
    )
    gaps = rows["gap"].to_numpy(float)
    best = [1 + (gaps[~np.isnan(gaps)].round(9) > round(gap, 9)).sum() for gap in gaps if not np.isnan(gap)]
    assert rows["gap_rank"].dropna().tolist() == best
    assert (rows["gap_rank_low"] <= rows["gap_rank"]).all() and (
        rows["gap_rank"] <= rows["gap_rank_high"]
    ).all()
    # Within Oxford the order is the same, whoever else is ranked.
    both = own.dropna(subset="gap_rank").set_index("code")["gap_rank"].rank(method="min")
    assert (both == alone.dropna(subset="gap_rank").set_index("code")["gap_rank"]).all()


def test_the_words_of_all_councils_say_who_is_not_in_them(atlas, places):
    rows = assessing.england_gaps(replace(ASKED, categories=("GP surgery",)), atlas=atlas, places=places)
    question = assessing.asked_question(ASKED)
    said = england_sentence(rows, question=question, metric_words="on foot", what=what_words())
    known = rows[rows["within_share"].notna()]
    assert sorted(known["lad24nm"].unique()) == ["Preston", "Stevenage", "Torbay"]
    share = round(100 * (known["within_share"] * known["population"]).sum() / known["population"].sum())
    assert said.startswith(
        f"{share} % of the people of 3 councils live within 800 m of a recorded place (on foot). The largest"
    )
    assert said.endswith("1 council has no figures: none is on record there.")
    unknown = rows.assign(within_share=np.nan)
    assert england_sentence(unknown, question=question, metric_words="", what=what_words()).endswith(
        "is not known anywhere: none is on record."
    )
    weighed = rows.assign(population=pd.array([pd.NA] * len(rows), dtype="Int64"), gap=0.0)
    said = england_sentence(weighed, question=question, metric_words="on foot", what=what_words())
    assert said.startswith("On average ") and "No area has a gap by these choices." in said


def test_people_are_counted_in_drawn_areas_by_where_they_live(atlas, places):
    everything = shapely.box(440_000, 190_000, 465_000, 215_000)
    east = shapely.box(453_000, 190_000, 465_000, 215_000)
    drawn = gpd.GeoDataFrame(
        {"name": ["East", "All", "Sea"], "note": "", "why": ["", "", "No polygon."]},
        geometry=[east, everything, None],
        crs=BNG,
    )
    ground = assessing.gap_ground(ASKED, atlas=atlas, drawn=drawn)
    demand = ground.demand
    # A point in several areas is in the first: that is said in the file.
    assert (demand["area"] == "drawn-1").eq(demand["easting"] >= 453_000).all()
    assert demand["area"].notna().all()
    view = assessing.gap_view(ASKED, atlas=atlas, places=places, ground=ground)
    rows = view.areas.set_index("name")
    assert rows["population"].iloc[:2].sum() == pytest.approx(162_448, abs=1)
    assert rows.loc["Sea", "note"].startswith("No polygon.")
    assert rows.loc["Sea", ["population", "gap_rank"]].isna().all()
    assert rows["n_inside"].isna().all()


def test_a_plan_adds_and_closes_and_leaves_the_rest(atlas, places, view, ground):
    library = view.places.loc[view.places["name"] == "Blackbird Leys Library", "place_id"].iloc[0]
    asked = replace(ASKED, plans=("+OX4 4HF", f"-{library};+OX99 9ZZ"))
    tables = {"atlas": atlas, "places": places, "ground": ground}
    views, compared, problems = assessing.scenario_views(asked, view, **tables)
    assert list(views) == ["A", "B"]
    assert compared.index.tolist() == ["As recorded", "A", "B"]
    near = compared["within_share"]
    assert near["A"] > near["As recorded"] > near["B"]
    assert len(problems) == 1 and "OX99 9ZZ" in problems[0]
    assert len(view.places) == len(views["A"].places) - 1 == len(views["B"].places) + 1


def test_the_best_sites_are_community_buildings_that_nobody_counts_yet(atlas, places, view):
    sites = assessing.sites_view(replace(ASKED, add=2), view, atlas=atlas, places=places)
    assert sites.chosen["name"].tolist() == ["Rose Hill Community Centre", "Jubilee 77 Community Centre"]
    assert sites.is_proven
    assert not set(sites.chosen["candidate"]) & set(view.places["place_id"])


def test_streets_of_the_settings_are_used_where_none_are_given(tmp_path):
    named = Settings.from_env({"MAPPING_STREETS": str(tmp_path / "none.graphml")})
    with pytest.raises(SourceMissingError, match=r"none\.graphml"):
        assessing.metric_of(replace(ASKED, way="walking"), named)
