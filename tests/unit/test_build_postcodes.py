"""Which LSOA and which wards a postcode gets: as one by one, only for all of England at once."""

import geopandas as gpd
import pandas as pd
import shapely
from hypothesis import given
from hypothesis import strategies as st

from mapping.build import postcode_wards
from mapping.build.nearest import nearest_in_district
from mapping.build.postcode_table import counterpart, within

SIDE = 1_000
CELLS = [(column, row) for column in range(4) for row in range(3)]
AREAS = gpd.GeoDataFrame(
    {
        "code": [f"E0100000{number:x}" for number in range(len(CELLS))],
        "lad24cd": ["east" if column > 1 else "west" for column, _ in CELLS],
    },
    geometry=[shapely.box(c * SIDE, r * SIDE, (c + 1) * SIDE, (r + 1) * SIDE) for c, r in CELLS],
    crs=27700,
)
metres = st.integers(-2 * SIDE, 6 * SIDE)
placed = st.lists(
    st.tuples(metres, metres, st.sampled_from(["east", "west", "north"])), min_size=1, max_size=6
)


def rows_of(positions: list[tuple[int, int, str]]) -> pd.DataFrame:
    table = pd.DataFrame(positions, columns=["easting", "northing", "lad24cd"])
    return table.set_axis(range(100, 100 + len(table)))


@given(placed)
def test_the_nearest_of_its_district_is_what_one_by_one_finds(positions: list[tuple[int, int, str]]) -> None:
    rows = rows_of(positions)
    found = nearest_in_district(rows, AREAS)
    assert found.index.equals(rows.index)
    for index, row in rows.iterrows():
        mine = AREAS[AREAS["lad24cd"] == row["lad24cd"]]
        distances = mine.distance(shapely.Point(row["easting"], row["northing"]))
        expected = None if mine.empty else mine.loc[distances.idxmin(), "code"]
        assert (found[index] if pd.notna(found[index]) else None) == expected


def test_what_is_beyond_reach_is_left_out_unless_it_is_the_council_s_own() -> None:
    rows = rows_of([(-2_999, 500, "north"), (-3_001, 500, "north"), (-9_000, 500, "west")])
    councils = AREAS[AREAS["lad24cd"] == "west"].dissolve("lad24cd").reset_index()
    assert within(rows, councils, 3_000).index.tolist() == [100, 102]


def test_a_code_follows_the_change_table_and_only_among_several_the_map() -> None:
    changes = pd.DataFrame(
        [("A", "A", "U"), ("B", "E01000000", "S"), ("B", "E01000003", "S"), ("C", "D", "M")],
        columns=["lsoa11cd", "lsoa21cd", "change"],
    )
    rows = rows_of([(0, 0, "west")] * 3 + [(1_400, 500, "west"), (0, 0, "west"), (0, 0, "west")])
    rows["lsoa11cd"] = ["A", "C", "B", "B", "E01000007", "elsewhere"]
    found = counterpart(rows, AREAS, changes=changes, of="lsoa11cd", to="lsoa21cd")
    assert found.iloc[:5].tolist() == ["A", "D", "E01000000", "E01000003", "E01000007"]
    assert pd.isna(found.iloc[5])
    blind = counterpart(rows, None, changes=changes, of="lsoa11cd", to="lsoa21cd")
    assert blind.notna().tolist() == [True, True, False, False, False, False]


def test_a_ward_counts_where_its_council_still_has_the_wards_of_the_vintage() -> None:
    fit = pd.DataFrame({"ward_code": ["w1", "w2", "w3"], "lad24cd": ["same", "same", "renewed"]})
    published = pd.DataFrame(
        {
            "wd24cd": ["w1", "w2", "without", "new", None],
            "lad24cd": ["same", "same", "same", "renewed", "same"],
        }
    )
    assert postcode_wards.of_vintage(published, fit).fillna("").tolist() == ["w1", "w2", "without", "", ""]


def test_the_usual_ward_is_the_most_common_and_of_equals_the_lowest() -> None:
    live = pd.DataFrame({"oa": ["a", "a", "a", "b", "b", "c"], "wd24cd": ["2", "2", "1", "2", "1", None]})
    assert postcode_wards.usual(live, by="oa").to_dict() == {"a": "2", "b": "1"}
