"""The ground of a question: areas that follow LSOAs, areas drawn through them, and who is left out."""

import numpy as np
import pandas as pd
import pytest

from mapping.analysis import assess, gap_notes
from tests.unit.asked_of_pilot import ask, pilot_ground

OXFORD = "E07000178"


@pytest.fixture(scope="module")
def oxford(atlas):
    return pilot_ground(atlas, "Oxford")


def ground_of(atlas, **given):
    of = {"postcodes": atlas.postcodes(), "lsoas": atlas.deprivation["2025"], **given}
    return assess.ground(of.pop("postcodes"), of.pop("lsoas"), lad24cd=OXFORD, edition="2025", **of)


def test_the_ground_of_a_council(oxford, atlas):
    assert oxford.lsoas["lad24cd"].unique().tolist() == [OXFORD]
    assert oxford.unplaced == ()
    assert oxford.demand["people"].sum() == pytest.approx(oxford.lsoas["population"].sum())
    assert len(oxford.areas) == 24
    assert set(oxford.demand["area"]) == set(oxford.areas["code"]) - {"E05013106"}
    others = atlas.postcodes().loc[oxford.around.index]
    assert others["is_live"].all()
    assert (others["lad24cd"] != OXFORD).all()
    # Those of the other three councils are far away.
    assert len(oxford.around) == 1_026


def test_who_asks_for_a_farther_distance_has_others_around_so_far(atlas, places, oxford):
    postcodes = atlas.postcodes()
    fit = atlas.best_fit["2025"].set_index("lsoa_code")["ward_code"]
    far = {
        "easting": int(oxford.demand["easting"].max()) + 8_000,
        "northing": 205_000,
        "lad24cd": "E07000177",
    }
    beyond = postcodes[postcodes["lad24cd"] == OXFORD].iloc[:1].assign(**far, lsoa21cd=None, is_live=True)
    given = {
        "postcodes": pd.concat([postcodes, beyond.set_axis(["OX9 9ZZ"])]),
        "areas": oxford.areas,
        "area_of": fit[oxford.lsoas["lsoa_code"]],
    }
    assert "OX9 9ZZ" not in ground_of(atlas, **given).around.index
    assert "OX9 9ZZ" in ground_of(atlas, **given, around_m=10_000).around.index


def test_areas_may_be_drawn_through_lsoas(atlas, places, oxford):
    west = oxford.demand["easting"] < 452_000
    drawn = pd.Series(np.where(west, "drawn-1", None), index=oxford.demand.index, dtype="str")
    areas = pd.DataFrame(
        {"code": ["drawn-1", "drawn-2"], "name": ["West", "Sea"], "decile": pd.NA, "rank": np.nan}
    )
    answer = ask(atlas, places, ground_of(atlas, areas=areas, area_of=drawn), categories=["library"])
    whole = ask(atlas, places, oxford, categories=["library"])
    first, sea = answer.areas.to_dict("records")
    its = whole.demand[west]
    assert first["population"] == round(its["people"].sum())
    assert first["people_beyond"] == pytest.approx(its.loc[its["distance_m"] > 800, "people"].sum())
    assert pd.isna(first["n_inside"])
    assert sea["why"] == sea["note"] == gap_notes.NO_POSTCODES
    assert answer.total["population"] == whole.total["population"]


def test_an_lsoa_without_a_postcode_is_said_to_be_left_out(atlas, places, oxford):
    lost = oxford.lsoas["lsoa_code"].iloc[0]
    postcodes = atlas.postcodes()
    fit = atlas.best_fit["2025"].set_index("lsoa_code")["ward_code"]
    some = postcodes[postcodes["lsoa21cd"] != lost]
    ground = ground_of(atlas, postcodes=some, areas=oxford.areas, area_of=fit[oxford.lsoas["lsoa_code"]])
    assert ground.unplaced == (lost,)
    rows = ask(atlas, places, ground, categories=["library"]).areas.set_index("code")
    assert "1 LSOA of it has no postcode here: its people are not counted." in rows.loc[fit[lost], "note"]
    assert rows["note"].str.contains("no postcode here").sum() == 1
