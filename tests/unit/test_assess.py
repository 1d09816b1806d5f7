"""Answers about the pilot: worked out again by plain loops, adding up, and silent where nothing is known."""

import math
from collections import defaultdict
from dataclasses import replace
from itertools import product

import pandas as pd
import pytest

from mapping.analysis import assess, gap_notes
from mapping.analysis.assess import COLUMNS, counted
from mapping.analysis.distances import StraightLine
from mapping.analysis.gap_areas import OF_PLACES, TOTALS
from mapping.analysis.question import LACKS
from mapping.analysis.summarise import NO_LSOA
from tests.unit.asked_of_pilot import ask, pilot_ground

OXFORD = "E07000178"
BLACKBIRD_LEYS, HOLYWELL, CARFAX = "E05013097", "E05013106", "E05013098"


@pytest.fixture(scope="module")
def oxford(atlas):
    return pilot_ground(atlas, "Oxford")


@pytest.fixture(scope="module")
def libraries(atlas, places, oxford):
    return ask(atlas, places, oxford, categories=["library"])


def wards_by_loops(atlas, places, *, within_m, detour):
    """By ward of Oxford: figures from the tables that ship, one postcode after the other."""
    table = atlas.deprivation["2025"]
    lsoas = table[table["lad24cd"] == OXFORD].set_index("lsoa_code")
    ward_of = atlas.best_fit["2025"].set_index("lsoa_code")["ward_code"]
    shelves = places[(places["category"] == "library") & (places["status"] != "closed")]
    at = list(zip(shelves["easting"], shelves["northing"], shelves["place_id"], strict=True))
    homes = defaultdict(list)
    for row in atlas.postcodes().dropna(subset="is_small_user").query("is_small_user").itertuples():
        if row.lsoa21cd in lsoas.index and row.is_live:
            homes[row.lsoa21cd].append((row.easting, row.northing))
    wards = defaultdict(list)
    for code, found in homes.items():
        people = lsoas.loc[code, "population"] / len(found)
        in_need = lsoas.loc[code, "imd_decile"] <= 2
        for east, north in found:
            metres, nearest = min((detour * math.hypot(x - east, y - north), name) for x, y, name in at)
            near = {name for x, y, name in at if detour * math.hypot(x - east, y - north) <= within_m}
            wards[ward_of[code]].append((metres, people, in_need, nearest, near))
    return {ward: figures_of(rows, within_m) for ward, rows in wards.items()}


def figures_of(rows, within_m):
    population = sum(people for _, people, *_ in rows)
    beyond = sum(people for metres, people, *_ in rows if metres > within_m)
    nearest = defaultdict(float)
    for _, people, _, name, _ in rows:
        nearest[name] += people
    p90 = reached = 0
    for metres, people, *_ in sorted(rows, key=lambda row: row[0]):
        if reached < 0.9 * population * (1 - 1e-9):
            reached, p90 = reached + people, metres
    need = sum(people for _, people, in_need, *_ in rows if in_need) / population
    return {
        "population": population,
        "within_share": 1 - beyond / population,
        "mean_distance_m": sum(metres * people for metres, people, *_ in rows) / population,
        "p90_distance_m": p90,
        "n_within": len(set().union(*(near for *_, near in rows))),
        "nearest_id": max(sorted(nearest), key=lambda name: round(nearest[name], 6)),
        "need_share": need,
        "lack": beyond / population,
        "gap": need * beyond / population,
        "people_beyond": beyond,
        "need_people_beyond": sum(n for metres, n, in_need, *_ in rows if in_need and metres > within_m),
        "n_points": len(rows),
    }


def test_libraries_of_oxford_by_ward_are_those_of_a_plain_loop(atlas, places, libraries):
    expected = pd.DataFrame(wards_by_loops(atlas, places, within_m=800, detour=1.3)).T.sort_index()
    found = libraries.areas.set_index("code").sort_index().drop(HOLYWELL)
    assert len(found) == 23
    assert found.index.equals(expected.index)
    assert found["nearest_id"].tolist() == expected["nearest_id"].tolist()
    numbers = expected.drop(columns="nearest_id").astype(float)
    for name in numbers:
        assert found[name].tolist() == pytest.approx(numbers[name].tolist(), rel=1e-9, abs=1e-9), name
    rank = numbers["gap"].round(9).rank(ascending=False, method="min")
    assert found["gap_rank"].tolist() == rank.tolist()


def test_figures_of_oxford_that_a_reader_may_quote(libraries):
    ward = libraries.areas.set_index("code").loc[BLACKBIRD_LEYS]
    assert ward["name"] == "Blackbird Leys"
    assert (ward["gap_rank"], ward["gap_rank_low"], ward["gap_rank_high"]) == (1, 1, 4)
    assert ward["within_share"] == pytest.approx(0.4174, abs=5e-5)
    assert ward["people_beyond"] == pytest.approx(3_713, abs=0.5)
    assert ward["need_people_beyond"] == pytest.approx(1_625, abs=0.5)
    assert ward["mean_distance_m"] == pytest.approx(846, abs=0.5)
    assert ward["p90_distance_m"] == pytest.approx(1_237, abs=0.5)
    assert ward["nearest_place"] == "Blackbird Leys Library"
    assert libraries.metric_words == "straight line × 1.3"
    assert (len(libraries.places), libraries.n_left_out) == (19, 0)
    central = libraries.areas.set_index("code").loc[CARFAX]
    assert (central["n_inside"], central["per_10000"]) == (1, pytest.approx(10_000 / 12_651))


def test_a_ward_without_lsoas_has_no_figure_and_says_why(libraries):
    assert list(libraries.areas) == list(COLUMNS)
    ward = libraries.areas.set_index("code").loc[HOLYWELL]
    assert ward["why"] == ward["note"] == NO_LSOA
    assert ward[[*OF_PLACES, "population", "need_share", "n_points", "decile"]].isna().all()


@pytest.mark.parametrize("edition", ["2025", "2019"])
def test_every_council_by_ward_and_lsoa_adds_up(atlas, places, edition):
    asked = {"ward": ("nearest", ["library"]), "lsoa": ("catchment", [])}
    for council, (geography, (lack, categories)) in product(atlas.councils["lad24nm"], asked.items()):
        ground = pilot_ground(atlas, council, edition=edition, geography=geography)
        answer = ask(atlas, places, ground, categories=categories, lack=lack, decay="gaussian")
        areas, total = answer.areas, answer.total
        assert list(total.index) == list(TOTALS)
        assert areas["population"].sum() == total["population"] == ground.lsoas["population"].sum()
        for name in ("people_beyond", "need_people_beyond", "n_points", "n_inside"):
            assert areas[name].sum() == pytest.approx(total[name]), name
        in_need_within = total["need_people"] * total["need_within_share"]
        assert in_need_within + total["need_people_beyond"] == pytest.approx(total["need_people"])
        figured = areas[areas["why"] == ""]
        never_na = ["within_share", "lack", "gap", "gap_rank", "edge_share", "catchment_ratio"]
        assert figured[never_na].notna().all(axis=None)
        assert (figured["gap"] <= figured[["need_share", "lack"]].min(axis=1)).all()


def test_nothing_is_said_of_places_where_nothing_is_known(atlas, places):
    torbay = pilot_ground(atlas, "Torbay")
    answer = ask(atlas, places, torbay, categories=["care provider"])
    assert answer.areas[list(OF_PLACES)].isna().all(axis=None)
    assert answer.areas["population"].sum() == torbay.lsoas["population"].sum()
    why = "No figure: none is on record, and care providers have not been surveyed."
    assert answer.areas["why"].unique().tolist() == answer.areas["note"].unique().tolist() == [why]
    assert answer.areas["is_check_first"].all()
    assert answer.total[[name for name in TOTALS if name in OF_PLACES]].isna().all()
    # The same of a record that is thin: that none is on record says nothing.
    centres = ask(atlas, places, pilot_ground(atlas, "Stevenage"), categories=["community centre"])
    assert centres.areas["gap"].isna().all()
    assert centres.areas["why"][0].endswith("the record of community centres (2018) is thin.")


@pytest.mark.parametrize("lack", list(LACKS))
def test_a_full_record_of_none_is_a_lack_of_all(atlas, places, oxford, lack):
    none = places[places["category"] != "library"]
    answer = ask(atlas, none, oxford, categories=["library"], lack=lack)
    rows = answer.areas[answer.areas["why"] == ""]
    assert rows["lack"].eq(1).all()
    assert rows["gap"].equals(rows["need_share"])
    assert rows["people_beyond"].sum() == pytest.approx(oxford.lsoas["population"].sum())
    assert rows[["n_inside", "n_within", "within_share", "catchment_ratio"]].eq(0).all(axis=None)
    assert rows[["nearest_place", "mean_distance_m", "p90_distance_m"]].isna().all(axis=None)
    assert rows["note"].str.contains("None is counted.", regex=False).all()
    assert answer.total["need_within_share"] == answer.total["n_places"] == 0


def test_a_thin_record_has_figures_that_say_check_first(atlas, places):
    answer = ask(atlas, places, pilot_ground(atlas, "Torbay"), categories=["community centre"])
    assert answer.areas["gap_rank"].notna().all()
    start = "Check first: the record of community centres (2018) is thin."
    assert answer.areas["note"].str.startswith(start).all()
    assert answer.areas["note"].str.contains("Few places: 1 counted.", regex=False).all()


def test_what_lies_over_the_boundary_counts_or_is_said_to_be_unknown(atlas, places, oxford, libraries):
    rural = set(oxford.around["lad24cd"])
    assert rural
    assert OXFORD not in rural
    edge = libraries.areas.set_index("code")["edge_share"]
    # South Oxfordshire's homes are across the road from Blackbird Leys.
    assert edge[BLACKBIRD_LEYS] == pytest.approx(0.363, abs=5e-4)
    assert "Near an edge: 36 % of its people" in libraries.areas.set_index("code")["note"][BLACKBIRD_LEYS]
    surveyed = ask(atlas, places, oxford, categories=["library"], recorded=rural)
    assert surveyed.areas["edge_share"].dropna().eq(0).all()
    # A library just outside serves them.
    outside = libraries.places.iloc[[0]].assign(
        place_id="x",
        name="Over there",
        lad24cd="E07000179",
        lsoa21cd=None,
        easting=456_500.0,
        northing=202_500.0,
    )
    more = ask(atlas, pd.concat([places, outside], ignore_index=True), oxford, categories=["library"])
    better = more.areas.set_index("code").loc[BLACKBIRD_LEYS]
    assert better["within_share"] > libraries.areas.set_index("code")["within_share"][BLACKBIRD_LEYS]
    assert better["n_inside"] == 0
    assert more.total["n_places"] == libraries.total["n_places"] + 1


def test_the_nearer_an_edge_may_be_the_fewer_are_near_it(atlas, places, oxford):
    def edge(detour):
        points = ask(atlas, places, oxford, categories=["library"], metric=StraightLine(detour=detour)).demand
        return points["is_edge"] & (points["distance_m"] > 800 * detour)

    assert (edge(1.0) | ~edge(1.5)).all()
    assert edge(1.0).sum() > edge(1.5).sum()


def test_people_who_are_not_held_are_not_made_up(atlas, places, oxford):
    unknown = oxford.lsoas.copy()
    unknown.loc[unknown.index[0], "population"] = pd.NA
    share = 1 / oxford.demand.groupby("lsoa_code")["people"].transform("size")
    is_lost = oxford.demand["lsoa_code"] == unknown["lsoa_code"].iloc[0]
    demand = oxford.demand.assign(people=oxford.demand["people"].mask(is_lost), weight=share)
    answer = ask(
        atlas, places, replace(oxford, lsoas=unknown, demand=demand), categories=["library"], need="third"
    )
    figured = answer.areas[answer.areas["why"] == ""]
    people = ["population", "people_beyond", "need_people_beyond", "per_10000", "catchment_ratio"]
    assert figured[people].isna().all(axis=None)
    assert figured[["within_share", "lack", "gap", "gap_rank"]].notna().all(axis=None)
    assert figured["note"].str.endswith(gap_notes.NO_POPULATION).all()
    assert answer.total[["population", "people_beyond", "need_people"]].isna().all()
    # An LSOA is one: the need of a ward is the share of its LSOAs.
    ward = oxford.inside.reindex(unknown["lsoa_code"]).to_numpy()
    in_need = (unknown["imd_decile"] <= 3).groupby(ward).mean()
    assert figured.set_index("code")["need_share"].to_dict() == pytest.approx(in_need.to_dict())


def test_what_an_area_is_called_changes_nothing_but_its_name(atlas, places, oxford, libraries):
    code = {old: f"Z{99 - at}" for at, old in enumerate(oxford.areas["code"])}
    renamed = replace(
        oxford,
        areas=oxford.areas.assign(code=oxford.areas["code"].map(code), name="Somewhere"),
        demand=oxford.demand.assign(area=oxford.demand["area"].map(code)),
        inside=oxford.inside.map(code),
    )
    found = ask(atlas, places, renamed, categories=["library"])
    same = libraries.areas.assign(code=libraries.areas["code"].map(code), name="Somewhere")
    pd.testing.assert_frame_equal(found.areas, same)
    pd.testing.assert_series_equal(found.total, libraries.total)


def test_what_counts_is_open_of_the_kind_and_has_a_position(places):
    found, left_out = counted(places, lad24cd=OXFORD, kinds=["co-operative"])
    assert set(found["kind"]) == {"co-operative"}
    assert "closed" not in set(found["status"])
    assert found["easting"].notna().all()
    assert found["lad24cd"].nunique() == 4
    mine = places[(places["lad24cd"] == OXFORD) & (places["kind"] == "co-operative")]
    assert left_out == (mine["easting"].isna() & (mine["status"] != "closed")).sum() == 34
    unknown, _ = counted(places, lad24cd=OXFORD, kinds=["co-operative"], ownerships=["Not recorded"])
    assert unknown["ownership"].isna().all()
    assert 0 < len(unknown) < len(found)


def test_what_a_place_can_serve_is_weighed(atlas, places, oxford, libraries):
    double = pd.Series(2.0, index=libraries.places["place_id"].iloc[:3])
    answer = assess.assess(
        oxford,
        libraries.places,
        question=libraries.question,
        metric=StraightLine(),
        standing=libraries.standing,
        recorded=set(),
        capacity=double,
    )
    # One that has no capacity counts as the mean of the others.
    twice = 2 * libraries.areas["catchment_ratio"]
    assert answer.areas["catchment_ratio"].tolist() == pytest.approx(twice.tolist(), nan_ok=True)
