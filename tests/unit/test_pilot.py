"""The pilot that ships: its boundaries fit, its figures are the published ones, its homes are hidden."""

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from mapping import schemas
from mapping.atlas import Atlas
from mapping.build import checks
from mapping.errors import SourceChangedError

COUNCILS = {"E07000178": "Oxford", "E07000123": "Preston", "E07000243": "Stevenage", "E06000027": "Torbay"}


@pytest.mark.parametrize(
    ("layer", "n"), [("lsoa11cd", 310), ("lsoa21cd", 316), ("wd19cd", 69), ("wd24cd", 68), ("lad24cd", 4)]
)
def test_each_layer_tiles_its_councils(atlas: Atlas, layer: str, n: int) -> None:
    areas = atlas.areas(layer)
    assert len(areas) == n
    assert areas["code"].is_unique
    assert checks.coverage(areas)[0] == f"All {n} polygons are valid"


def test_both_lsoa_vintages_cover_the_same_ground(atlas: Atlas) -> None:
    checks.same_union(atlas.areas("lsoa11cd"), atlas.areas("lsoa21cd"))


def test_the_complex_change_does_not_take_in_the_neighbouring_council(atlas: Atlas) -> None:
    old, new = (atlas.areas(layer).set_index("code").geometry for layer in ("lsoa11cd", "lsoa21cd"))
    assert new["E01035582"].area == pytest.approx(old["E01023768"].area)


def test_a_child_of_a_split_lsoa_holds_its_own_point(atlas: Atlas) -> None:
    shapes = atlas.areas("lsoa21cd").set_index("code").geometry
    assert shapes["E01035741"].contains(shapely.Point(451228, 207551))
    assert not shapes["E01035742"].contains(shapely.Point(451228, 207551))


def test_overlaps_and_gaps_stop_the_build() -> None:
    square, beside = shapely.box(0, 0, 10, 10), shapely.box(8, 0, 20, 10)
    areas = gpd.GeoDataFrame({"lad24cd": ["a", "a"]}, geometry=[square, beside], crs=27700)
    with pytest.raises(SourceChangedError, match="No overlap"):
        checks.coverage(areas)
    ring = gpd.GeoDataFrame(
        {"lad24cd": ["a"]}, geometry=[shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6))], crs=27700
    )
    with pytest.raises(SourceChangedError, match="No gap"):
        checks.coverage(ring)


def test_published_figures(atlas: Atlas) -> None:
    torbay = atlas.deprivation["2025"].set_index("lsoa_code").loc["E01015186"]
    assert (torbay["imd_rank"], torbay["imd_decile"], torbay["imd_score"]) == (4472, 2, 40.423)
    before = atlas.deprivation["2019"].set_index("lsoa_code").loc["E01015186"]
    assert (before["imd_rank"], before["imd_decile"]) == (4667, 2)
    assert pd.isna(before["imd_score"])


def test_postcodes_of_each_council_and_around(atlas: Atlas) -> None:
    live = atlas.postcodes().query("is_live")
    n = live["lad24cd"].value_counts()
    # Code-Point Open of May 2025 counts the same but for two postcodes whose district it leaves blank.
    assert n[list(COUNCILS)].to_dict() == {
        "E07000178": 3696,
        "E06000027": 3768,
        "E07000123": 3602,
        "E07000243": 1907,
    }
    assert len(live) > n[list(COUNCILS)].sum() + 1000
    inside = pd.concat([atlas.postcodes(lad24cd=code) for code in COUNCILS])
    # The lookup puts four of them in an LSOA of the council next door, whose LSOAs are not held.
    over_the_line = inside[inside["lsoa21cd"].isna()]
    assert len(over_the_line) == 4
    assert not over_the_line["lsoa11cd"].isin(atlas.areas("lsoa11cd")["code"]).any()
    assert set(inside["lsoa21cd"].dropna()) == set(atlas.deprivation["2025"]["lsoa_code"])


def test_holywell_is_in_force_without_an_lsoa(atlas: Atlas) -> None:
    empty = atlas.wards[atlas.wards["n_lsoas"] == 0]
    assert empty["wd24nm"].tolist() == ["Holywell"]
    assert empty["n_postcodes"].iloc[0] > 100


def test_places_that_may_be_homes_show_no_door(places: pd.DataFrame) -> None:
    withheld = places[places["is_withheld"]]
    assert len(withheld) == 43
    assert withheld[list(schemas.DOOR)].isna().all(axis=None)
    assert (withheld["located_by"] == "nothing").all()
    assert set(withheld["place_id"]) == set(places.loc[places["located_by"] == "nothing", "place_id"])


def test_what_is_withheld_is_not_in_the_note_either(places: pd.DataFrame) -> None:
    notes = places.loc[places["is_withheld"], "note"]
    assert notes.value_counts().to_dict() == {
        "location withheld: may be a home": 35,
        "location withheld: may be a home; live in 2017, not in the 2022 or 2023 editions": 6,
        "location withheld: may be a home; registered office here; may operate elsewhere": 1,
        "location withheld: may be a home; live in 2017, not in the 2022 or 2023 editions; "
        "registered office here; may operate elsewhere": 1,
    }


@pytest.mark.parametrize(("column", "value"), [("address", "1 The Row"), ("lsoa11cd", "E01028582")])
def test_a_table_that_says_where_a_withheld_place_is_is_refused(
    places: pd.DataFrame, column: str, value: str
) -> None:
    told = places.copy()
    told.loc[told["is_withheld"].idxmax(), column] = value
    with pytest.raises(SourceChangedError, match="no_door_is_told") as refusal:
        schemas.conform(schemas.Places, told, source="places.parquet")
    assert value not in str(refusal.value)
    with pytest.raises(SourceChangedError, match="hold no address"):
        checks.places(told)


def test_a_note_that_names_the_district_of_a_home_stops_the_build(places: pd.DataFrame) -> None:
    told = places.copy()
    told.loc[told["is_withheld"].idxmax(), "note"] = "location withheld: may be a home (OX4 district)"
    with pytest.raises(SourceChangedError, match="names a postcode district"):
        checks.places(told)


def test_a_terminated_postcode_is_placed_and_says_so(places: pd.DataFrame) -> None:
    ended = places[places["located_by"] == "terminated postcode"]
    assert {"OX4 4UY", "OX3 9EA", "OX4 5JY", "PR4 5SB"} <= set(ended["postcode"])
    assert (ended["location_precision"] == "output area").all()
    assert ended["easting"].notna().all()


def test_what_is_not_surveyed_is_said_for_every_council(atlas: Atlas) -> None:
    care = atlas.completeness[atlas.completeness["category"] == "care provider"]
    assert set(care["lad24cd"]) == set(COUNCILS)
    assert (care["completeness"] == "not surveyed").all()
