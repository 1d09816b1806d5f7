"""Pictures as values: what is drawn and said is what pages and tables have, and nothing that is withheld."""

import datetime
from dataclasses import replace
from functools import cache

import numpy as np
import pandas as pd
import pytest
import shapely

from mapping import export
from mapping.analysis.filters import Filters
from mapping.crs import BNG, require_crs
from mapping.errors import UnknownAreaError, UnusableQuestionError
from mapping.render import about as abouts
from mapping.render import palette
from mapping.reporting import picture_parts as parts
from mapping.reporting import picture_words, pictures
from mapping.reporting.held import Held, read_held

DATE = datetime.date(2026, 11, 22)
OXFORD = Filters(council="Oxford")
LITTLEMORE, HOLYWELL = "E05013107", "E05013106"


@pytest.fixture(scope="module")
def held(settings) -> Held:
    return read_held(settings)


@pytest.fixture(scope="module")
def picture(held):
    """The picture of a page: drawn once for each view."""
    council = pictures.council_of(OXFORD, held)

    @cache
    def of(page="explore", asked=OXFORD):
        return pictures.picture_of(
            asked, page=page, held=held, link="https://x.org/", date=DATE, council=council
        )

    return of


@pytest.fixture(scope="module")
def explored(picture):
    return picture()


def test_every_area_has_the_colour_of_the_decile_that_its_table_gives(explored, held):
    view = export.view_from(OXFORD, atlas=held.atlas, places=held.places)
    deciles = view.areas.set_index("code")["decile"]
    areas = explored.areas.set_index("code")
    assert set(areas.index) == set(deciles.index)
    assert (areas["fill"] == deciles.map(lambda decile: palette.RAMP[decile - 1])).all()
    assert (areas["label"] == deciles.astype(str)).all()
    assert areas["is_lit"].all()
    assert areas.geometry.notna().all()
    require_crs(BNG, areas=explored.areas, names=explored.names, places=explored.places)
    west, south, east, north = explored.areas.total_bounds
    assert explored.focus[0] < west < east < explored.focus[2]
    assert explored.focus[1] < south < north < explored.focus[3]


def test_places_are_numbered_by_name_and_none_that_is_withheld_is_drawn(explored, held):
    oxford = held.places[held.places["lad24cd"] == "E07000178"]
    drawn = oxford[~oxford["is_withheld"]]
    assert explored.places["number"].tolist() == list(range(1, len(drawn) + 1))
    assert set(explored.places["place_id"]) == set(drawn["place_id"])
    names = [name.casefold() for name in explored.places["name"]]
    assert names == sorted(names)
    assert explored.unplaced == (
        "34 places are not drawn: the registered office may be a home, so only the council is published."
    )
    assert explored.unplaced in explored.alt


def test_a_withheld_place_stays_out_whatever_its_columns_say(held):
    exposed = held.places.assign(
        easting=held.places["easting"].fillna(453_000.0), northing=held.places["northing"].fillna(205_000.0)
    )
    bare = replace(held, places=exposed)
    for page, asked in (("explore", OXFORD), ("area", replace(OXFORD, codes=(LITTLEMORE,)))):
        drawn = pictures.picture_of(asked, page=page, held=bare, link="x", date=DATE)
        hidden = set(exposed.loc[exposed["is_withheld"], "place_id"])
        assert len(drawn.places) > 0
        assert not hidden & set(drawn.places["place_id"])


def test_it_says_what_the_page_says_and_names_all_it_is_made_from(explored):
    assert explored.title == "Oxford: co-operatives and community assets over deprivation"
    assert explored.subtitle == "Index of Multiple Deprivation 2025 by LSOA"
    assert explored.summary.startswith("Showing all 104 places recorded in Oxford. 34 of them have no")
    assert "6 of Oxford’s 84 LSOAs are among England’s most deprived fifth" in explored.summary
    assert explored.lines[0] == (
        "English Indices of Deprivation 2025 (MHCLG), official figures for LSOAs of 2021."
    )
    assert any(line.startswith("“No record” does not mean “none there”.") for line in explored.lines)
    assert {card.table for card in explored.about.sources} >= {
        "places.parquet", "imd_2025.parquet", "lsoa21_pilot.parquet", "wd24_pilot.parquet",
        "england_pilot.parquet", "completeness.parquet",
    }  # fmt: skip
    abouts.require_attribution(explored.about)
    assert (explored.about.date, explored.about.link) == (DATE, "https://x.org/")
    assert "Of 84 LSOAs: 2 in decile 1, 4 in decile 2" in explored.alt
    assert "Places drawn: 39 co-operatives (circles) and 31 community assets (diamonds)." in explored.alt


def test_the_key_explains_each_sign_that_is_drawn_and_no_other(picture, explored):
    signs = [entry.sign for block in explored.key for entry in block.entries]
    assert signs == ["fill"] * 10 + ["line", "co-operative", "community asset"]
    scale = explored.key[0]
    assert [entry.label for entry in scale.entries[:10]] == [str(n) for n in range(1, 11)]
    assert scale.lines == ("LSOAs of 2021 by national decile", "1 is the most deprived 10 % of England.")
    asked = replace(OXFORD, categories=("library",), deciles=(1, 3), geography="ward", edition="2019")
    some = picture("explore", asked)
    signs = [entry.sign for block in some.key for entry in block.entries]
    assert signs == ["fill"] * 10 + ["faded", "community asset"]


def test_an_area_without_a_figure_is_hatched_not_left_out(held):
    view = export.view_from(OXFORD, atlas=held.atlas, places=held.places)
    unknown = view.areas.assign(
        decile=view.areas["decile"].mask(view.areas.index == 3),
        rank=view.areas["rank"].astype("Float64").mask(view.areas.index == 3),
    )
    areas = parts.shaded(
        replace(view, areas=unknown), OXFORD, atlas=held.atlas, key=picture_words.key_of(OXFORD)
    )
    assert (areas.loc[3, "fill"], areas.loc[3, "label"], bool(areas.loc[3, "is_lit"])) == ("", "", True)
    assert (areas["fill"] == "").sum() == 1


def test_by_ward_of_some_deciles_the_others_are_pale_and_holywell_has_no_figure(picture):
    asked = replace(OXFORD, categories=("library",), deciles=(1, 3), geography="ward", edition="2019")
    drawn = picture("explore", asked)
    areas = drawn.areas.set_index("name")
    assert areas.loc[areas["is_lit"], "label"].astype(int).between(1, 3).all()
    assert (areas.loc[~areas["is_lit"], "label"] == "").all()
    assert "our calculation" in drawn.lines[0]
    assert drawn.lines[1] == "Population: residents, mid-2015, less prisoners."
    assert drawn.subtitle.endswith("by ward. Category: library; Deprivation decile: 1 to 3")
    assert drawn.title == "Oxford: libraries over deprivation"


def test_near_a_postcode_places_come_by_distance_inside_a_ring_of_it(picture):
    drawn = picture("explore", replace(OXFORD, near="ox4 1ba", within_m=800, shade="rank"))
    ring = drawn.ring
    away = drawn.places.distance(shapely.Point(ring.easting, ring.northing))
    assert ring.radius_m == 800
    assert away.max() <= 800.5
    assert away.round().is_monotonic_increasing
    assert drawn.places_title == "Places, by distance from OX4 1BA"
    assert (drawn.areas["label"] == "").all()
    assert drawn.focus[2] - drawn.focus[0] == pytest.approx(1_600 * 1.08)
    assert (drawn.locator.name, drawn.locator.spot.area.iloc[0]) == (
        "Oxford", pytest.approx(np.pi * 800**2, rel=0.01),
    )  # fmt: skip
    told = [entry.text for block in drawn.key for entry in block.entries if entry.sign == "ring"]
    assert told == ["800 m around OX4 1BA"]


def test_what_cannot_be_asked_is_said(held):
    def of(asked, page="explore"):
        return pictures.picture_of(asked, page=page, held=held, link="x", date=DATE)

    with pytest.raises(UnusableQuestionError, match="“nowhere” is not a postcode"):
        of(replace(OXFORD, near="nowhere"))
    with pytest.raises(UnusableQuestionError, match="TQ1 1AG is in Torbay: choose that council"):
        of(replace(OXFORD, near="TQ1 1AG"))
    with pytest.raises(UnusableQuestionError, match="no picture of the page 'england'"):
        of(OXFORD, "england")
    with pytest.raises(UnknownAreaError, match="E05000001 is no LSOA of 2021 and no ward of 2024 in Oxford"):
        of(replace(OXFORD, codes=("E05000001",)), "area")
    with pytest.raises(UnknownAreaError, match="Oxfrod"):
        of(replace(OXFORD, council="Oxfrod"), "gaps")


def test_a_ward_is_lit_by_its_best_fit_lsoas_with_its_own_places(picture, held):
    drawn = picture("area", replace(OXFORD, codes=(LITTLEMORE,)))
    fit = held.atlas.best_fit["2025"]
    mine = set(fit.loc[fit["ward_code"] == LITTLEMORE, "lsoa_code"])
    assert set(drawn.areas.loc[drawn.areas["is_lit"], "code"]) == mine
    assert len(mine) == 3
    assert len(drawn.areas) == 84
    assert set(drawn.places["place_id"]) == set(
        held.places.loc[held.places["wd24cd"] == LITTLEMORE, "place_id"]
    )
    assert drawn.title == "Littlemore ward, Oxford: co-operatives and community assets"
    assert drawn.summary == (
        "1 of Littlemore’s 3 LSOAs is among England’s most deprived fifth. "
        "3 places are recorded in Littlemore."
    )
    assert drawn.locator.name == "Oxford"
    assert drawn.focus[2] - drawn.focus[0] < 3_000
    assert "34 places recorded in Oxford have no published location" in drawn.unplaced
    assert any("LSOAs do not nest in wards" in line for line in drawn.lines)


def test_a_place_outside_its_ward_as_drawn_is_told_of_by_its_number(picture):
    drawn = picture("area", replace(OXFORD, codes=("E05013097",)))
    told = "3 lies outside the area as drawn: a place’s area is that of its postcode, and boundaries are"
    assert drawn.unplaced.startswith(told)
    lit = drawn.areas[drawn.areas["is_lit"]].union_all()
    outside = drawn.places[drawn.places.distance(lit) > 0]
    assert outside["number"].tolist() == [3]


def test_a_ward_without_a_figure_and_without_a_place_says_so_and_is_shown_where_it_is(picture):
    drawn = picture("area", replace(OXFORD, codes=(HOLYWELL,)))
    assert not drawn.areas["is_lit"].any()
    assert drawn.places.empty
    assert "Holywell has no figure: no LSOA has this ward as its best fit" in drawn.summary
    assert "No place is recorded in Holywell. “No record” does not mean “none there”." in drawn.summary
    assert "Holywell has no figure" in drawn.alt
    # Of its postcodes: the middle of Oxford.
    assert 451_000 < drawn.focus[0] < drawn.focus[2] < 452_500


def test_areas_to_compare_are_all_lit_and_one_lsoa_is_told_of_by_rank(picture):
    drawn = picture("area", replace(OXFORD, codes=("E01028522", LITTLEMORE)))
    assert drawn.areas["is_lit"].sum() == 4
    assert drawn.title.startswith("Oxford 008B (Osney & St Thomas) and Littlemore ward, Oxford: ")
    assert "is in decile 6 of 10: rank 17,697 of 33,755." in drawn.summary
    both = picture("area", replace(OXFORD, codes=(LITTLEMORE, "E05013110")))
    assert both.title.startswith("Littlemore and Northfield Brook wards, Oxford: ")
    assert picture("area").title == picture("explore").title


def test_a_council_without_a_record_says_that_it_has_still_to_be_made(held):
    empty = replace(held, places=held.places.iloc[:0])
    drawn = pictures.picture_of(OXFORD, page="explore", held=empty, link="x", date=DATE)
    assert drawn.places.empty
    assert drawn.summary.startswith("No place is recorded in Oxford yet: its record has still to be made.")
    assert [block.title for block in drawn.key] == ["Index of Multiple Deprivation 2025"]
    assert drawn.alt.endswith("No place is drawn.")


def test_five_hundred_places_and_a_name_of_300_characters_are_all_there(held):
    one = held.places[held.places["wd24cd"] == LITTLEMORE].iloc[[0]]
    many = pd.concat([one] * 500, ignore_index=True)
    ids = [f"added-{n}" for n in range(500)]
    names = ["N" * 300, *[f"Place {n}" for n in range(499)]]
    full = replace(held, places=pd.concat([held.places, many.assign(place_id=ids, name=names)]))
    asked = replace(OXFORD, codes=(LITTLEMORE,))
    drawn = pictures.picture_of(asked, page="area", held=full, link="x", date=DATE)
    assert len(drawn.places) == 503
    assert drawn.places["number"].is_unique
    assert drawn.places["name"].str.len().max() == 300
    assert len(drawn.alt) <= 1_200
    # Its source is named, though no table that ships has it.
    assert any(card.title.startswith("Places added: ") for card in drawn.about.sources)


@pytest.mark.parametrize(
    ("page", "asked"),
    [
        ("explore", replace(OXFORD, index="crime", kinds=("co-operative",))),
        ("area", replace(OXFORD, codes=(LITTLEMORE,))),
    ],
)
def test_the_words_alone_are_those_of_the_picture(picture, held, page, asked):
    words = pictures.words_of(asked, page=page, held=held, link="https://x.org/", date=DATE)
    drawn = picture(page, asked)
    for name, value in words.printed.items():
        assert getattr(drawn, name) == value, name
    assert len(words.summary) <= 340
    assert abouts.file_name(words.about, "png").endswith("-2026-11-22.png")
