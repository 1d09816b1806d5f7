"""The atlas: small tables held, areas and postcodes read a council at a time, everything checked."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest

from mapping import placing
from mapping.atlas import AREA_COLUMNS, read_atlas
from mapping.crs import BNG, WGS84
from mapping.directory.seed import read_places
from mapping.editions import EDITIONS
from mapping.errors import CrsError, SourceChangedError, SourceMissingError, UnknownAreaError
from tests.unit.conftest import with_card
from tests.unit.test_tables import spoil

NAMES = {"E07000178": "Oxford", "E07000123": "Preston", "E07000243": "Stevenage", "E06000027": "Torbay"}
OXFORD = "E07000178"


def without(built, *names):
    for name in names:
        (built.data / name).unlink()
        (built.data / f"{name}.card.json").unlink()
    return built


def test_councils_are_by_name(atlas):
    assert atlas.councils.to_dict("list") == {"lad24cd": [*NAMES], "lad24nm": [*NAMES.values()]}
    assert atlas.council_names == NAMES
    assert atlas.lad24cd("Torbay") == "E06000027"


def test_a_council_is_built_where_its_lsoas_of_2021_are(built):
    path = built.boundaries / "lsoa21.parquet"
    areas = gpd.read_parquet(path)
    areas[areas["lad24cd"] != OXFORD].to_parquet(path, index=False)
    with_card(path)
    atlas = read_atlas(built)
    assert list(atlas.council_names.values()) == ["Preston", "Stevenage", "Torbay"]
    assert (atlas.deprivation["2025"]["lad24cd"] == OXFORD).sum() == 84
    with pytest.raises(UnknownAreaError, match=r"Oxford .* Held: Preston, Stevenage, Torbay"):
        atlas.lad24cd("Oxford")


def test_a_council_without_a_name_is_a_fault(built):
    path = built.data / "districts.parquet"
    districts = pd.read_parquet(path)
    districts[districts["lad24cd"] != OXFORD].to_parquet(path, index=False)
    with_card(path)
    with pytest.raises(SourceChangedError, match=f"no name is known of {OXFORD}"):
        read_atlas(built)


def test_an_edition_is_national_where_every_lsoa_is_held(atlas):
    assert not atlas.is_national("2025")
    whole = {"2025": pd.DataFrame(index=range(EDITIONS["2025"].n_lsoas))}
    assert replace(atlas, deprivation=whole).is_national("2025")
    assert not replace(atlas, deprivation=whole).is_national("2019")


@pytest.mark.parametrize("layer", ["lsoa11cd", "lsoa21cd", "wd19cd", "wd24cd", "lad24cd"])
def test_areas_of_one_council_of_some_and_of_all(built, layer):
    atlas = read_atlas(built)
    every = atlas.areas(layer)
    assert list(every.columns) == AREA_COLUMNS
    assert (every.crs.to_epsg(), every["code"].is_monotonic_increasing) == (27700, True)
    for asked in (OXFORD, [OXFORD, "E06000027"], []):
        mine = every[every["lad24cd"].isin([asked] if isinstance(asked, str) else asked)]
        found = atlas.areas(layer, lad24cd=asked)
        pd.testing.assert_frame_equal(pd.DataFrame(found), pd.DataFrame(mine.reset_index(drop=True)))


def test_areas_of_one_council_are_read_without_any_other(built):
    atlas = read_atlas(built)
    whole = atlas.areas("wd24cd", lad24cd=OXFORD)
    assert spoil(atlas.layers["wd24cd"], but=OXFORD) == 3
    assert atlas.areas("wd24cd", lad24cd=OXFORD).geometry.equals(whole.geometry)
    with pytest.raises(OSError):
        atlas.areas("wd24cd")


def test_what_is_large_is_not_read_at_the_start(built):
    for layer in ("lsoa11", "wd19", "wd24", "lad24"):
        spoil(built.boundaries / f"{layer}.parquet", but="")
    spoil(built.data / "postcodes.parquet", but="")
    atlas = read_atlas(built)
    assert len(atlas.councils) == 4
    assert set(atlas.layers) == {"lsoa11cd", "lsoa21cd", "wd19cd", "wd24cd", "lad24cd"}


def test_a_layer_that_is_not_built_is_named(atlas):
    assert "lad19cd" not in atlas.layers
    with pytest.raises(SourceMissingError, match="No boundaries lad19cd are built here"):
        atlas.areas("lad19cd")


@pytest.mark.parametrize(
    ("spoilt", "error", "why"),
    [
        (lambda areas: areas.to_crs(WGS84), CrsError, BNG),
        (lambda areas: areas.rename(columns={"wd24nm": "label"}), SourceChangedError, "has no name"),
        (lambda areas: pd.concat([areas, areas]), SourceChangedError, "more than once"),
    ],
)
def test_areas_are_checked_as_they_load(built, spoilt, error, why):
    path = built.boundaries / "wd24.parquet"
    spoilt(gpd.read_parquet(path)).to_parquet(path, index=False)
    with pytest.raises(error, match=why):
        read_atlas(built).areas("wd24cd", lad24cd=OXFORD)


def test_postcodes_of_one_district_of_some_names_and_of_all(built):
    atlas = read_atlas(built)
    every = atlas.postcodes()
    assert (len(every) > 26_000, every.index.name, every.index.is_unique) == (True, "postcode", True)
    oxford = atlas.postcodes(lad24cd=OXFORD)
    pd.testing.assert_frame_equal(oxford, every[every["lad24cd"] == OXFORD], check_like=True)
    named = atlas.postcodes(among=["OX4 1BA", "TQ1 1AA", "ox4 1ba", "ZZ9 9ZZ"])
    pd.testing.assert_frame_equal(named, every.loc[named.index])
    assert set(named.index) == {"OX4 1BA"} | ({"TQ1 1AA"} & set(every.index))
    assert atlas.postcodes(among=["OX4 1BA"], lad24cd="E06000027").empty
    pd.testing.assert_frame_equal(atlas.postcodes(among=[]), every[:0])


def test_postcodes_are_checked_as_they_load(built):
    path = built.data / "postcodes.parquet"
    table = pd.read_parquet(path)
    table.loc[table["postcode"] == "OX4 1BA", "wd24cd"] = "W05000001"
    table.to_parquet(path, index=False)
    with pytest.raises(SourceChangedError, match="W05000001"):
        read_atlas(built).postcodes(among=["OX4 1BA"])


@pytest.mark.parametrize(
    "name", ["districts.parquet", "ward_names_2024.parquet", "wards_2019.parquet", "postcodes.parquet"]
)
def test_a_table_that_is_missing_is_named_at_the_start(built, name):
    with pytest.raises(SourceMissingError, match=name):
        read_atlas(without(built, name))


def test_without_any_indices_or_lsoas_there_is_no_atlas(built):
    without(built, "imd_2019.parquet", "imd_2025.parquet")
    with pytest.raises(SourceMissingError, match="No indices of deprivation"):
        read_atlas(built)
    (built.boundaries / "lsoa21.parquet").unlink()
    with pytest.raises(SourceMissingError, match="No lsoa21 boundaries"):
        read_atlas(built)


def test_one_edition_alone_is_enough_and_nothing_is_said_of_the_other(built, tmp_path):
    atlas = read_atlas(without(built, "imd_2019.parquet", "wards_2019.parquet"))
    assert atlas.editions == tuple(atlas.best_fit) == ("2025",)
    path, out = tmp_path / "a.csv", tmp_path / "out.csv"
    path.write_text("Postcode,Longitude,Latitude\nOX4 1BA,,\n,-1.25,51.75\n")
    summary = placing.place_file(path, out, settings=built)
    assert (summary.n_issues, summary.located_by) == (0, {"postcode": 1, "coordinates": 1})
    placed = pd.read_csv(out)
    assert placed["imd_decile_2025"].notna().all()
    assert placed["imd_decile_2019"].isna().all()


def test_the_places_are_checked_as_they_load(built):
    path = built.data / "places.parquet"
    places = pd.read_parquet(path)
    pd.testing.assert_frame_equal(read_places(built), places)
    places.assign(kind="shop").to_parquet(path, index=False)
    with pytest.raises(SourceChangedError, match="kind"):
        read_places(built)
    with pytest.raises(SourceMissingError, match=r"places.parquet"):
        read_places(without(built, "places.parquet"))


def test_englands_outline_ships_for_tables_built_elsewhere_too(atlas, built):
    for held in (atlas, read_atlas(built)):
        outline = held.outline()
        assert (len(outline), outline.crs.to_epsg()) == (1, 27700)
        assert 129_500 < outline.area.iloc[0] / 1e6 < 131_500
        assert held.card("england").licence == "OGL-UK-3.0"
        assert outline.intersects(held.areas("lad24cd", lad24cd=OXFORD).union_all()).all()
    assert replace(atlas, outline_file=None).outline() is None
