"""Clusters: esda's own figures, no false discoveries to speak of, and nothing where there is nothing."""

import warnings

import esda
import geopandas as gpd
import libpysal
import numpy as np
import pandas as pd
import pytest
import shapely
from esda.getisord import G_Local

from mapping.analysis import clusters as module
from mapping.analysis.clusters import COLUMNS, FALSE_SHARE, PERMUTATIONS, SEED, clusters
from mapping.errors import CrsError

SIDE, M = 8, 500
FAR = shapely.box(90_000, 0, 90_500, 500)


def squares(*more, apart=0):
    """A chessboard of squares, so many metres apart, and what else is given."""
    inside = (M - apart) / 2
    centres = [(x * M, y * M) for y in range(SIDE) for x in range(SIDE)]
    shapes = [shapely.box(x - inside, y - inside, x + inside, y + inside) for x, y in centres]
    codes = [f"S{at:02d}" for at in range(len(shapes) + len(more))]
    return gpd.GeoDataFrame({"code": codes}, geometry=[*shapes, *more], crs="EPSG:27700")


def corner(areas, *, seed=3):
    """Values that are high in one corner and low in another, with noise."""
    noise = np.random.default_rng(seed).random(len(areas))
    x, y = areas.centroid.x / M, areas.centroid.y / M
    high = 4.0 * ((x < 3) & (y < 3)) - 4.0 * ((x > 4.9) & (x < SIDE) & (y > 4.9))
    return pd.Series((noise + high).to_numpy(), index=areas["code"].to_numpy())


def by_esda(values, weights):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        chance = {"permutations": PERMUTATIONS, "seed": SEED, "n_jobs": 1}
        moran = esda.Moran_Local(values, weights, **chance)
        hot = G_Local(values, weights, transform="B", star=True, **chance)
    return moran, hot


@pytest.fixture(scope="module")
def corners():
    """The clusters of `corner` on the chessboard: some ten thousand permutations are made once."""
    return clusters(squares(), corner(squares()))


@pytest.fixture(scope="module")
def with_island():
    return clusters(squares(FAR), corner(squares(FAR)))


def test_the_figures_are_those_of_esda(corners):
    found, values = corners.table, corner(squares())
    moran, hot = by_esda(values.to_numpy(), libpysal.weights.lat2W(SIDE, SIDE, rook=False))
    assert list(found) == list(COLUMNS)
    assert found["local_moran"].tolist() == pytest.approx(moran.Is.tolist())
    assert found["g_star"].tolist() == pytest.approx(hot.Zs.tolist())
    # esda's is of one tail, and counts a tie, of which there may be one, for one side only.
    one = 2.01 / (PERMUTATIONS + 1)
    assert found["p"].tolist() == pytest.approx(np.minimum(1, 2 * moran.p_sim).tolist(), abs=one)
    assert found["p_g"].tolist() == pytest.approx(np.minimum(1, 2 * hot.p_sim).tolist(), abs=one)


def test_where_nearly_all_areas_are_alike_they_are_no_cluster():
    areas = squares()
    # Two neighbours with a gap among sixty-two without.
    values = pd.Series(0.0, index=areas["code"].to_numpy())
    values[["S00", "S01"]] = 0.4, 0.7
    table = clusters(areas, values).table.set_index("code")
    assert set(table["cluster"].drop(["S00", "S01"])) == {""}
    assert set(table["hot"].drop(["S00", "S01", "S02", "S08", "S09", "S10"])) == {""}
    assert table["p"]["S63"] > 0.5
    assert table["p_g"]["S63"] > 0.5


def test_the_corners_are_found_and_little_else(corners):
    areas, table = squares(), corners.table.set_index("code")
    # The heart of each corner: all neighbours are in it.
    assert table["cluster"][["S00", "S01", "S08", "S09"]].tolist() == ["high-high"] * 4
    assert table["hot"][["S00", "S09", "S63", "S54"]].tolist() == ["hot", "hot", "cold", "cold"]
    assert table["cluster"]["S63"] == "low-low"
    assert table["cluster"]["S07"] == table["hot"]["S56"] == ""
    assert (table["cluster"] != "").sum() < 30
    chance = pd.Series(np.random.default_rng(8).random(SIDE**2), index=areas["code"])
    assert set(clusters(areas, chance).table["cluster"]) == {""}


def test_false_discoveries_are_held_at_a_twentieth(corners):
    table = corners.table
    # Benjamini and Hochberg: the largest k with p(k) under k/n of a twentieth, and all below it.
    ordered = sorted(table["p"])
    n = len(ordered)
    passed = [k for k, p in enumerate(ordered, start=1) if p < k * FALSE_SHARE / n]
    cut = ordered[max(passed) - 1]
    assert ((table["cluster"] != "") == (table["p"] <= cut)).all()
    assert 0 < len(passed) < n


def test_the_same_question_has_the_same_answer_in_any_order(with_island):
    areas = squares(FAR)
    values = corner(areas)
    first, again = with_island, clusters(areas, values)
    assert first.table.to_csv() == again.table.to_csv()
    assert first.table["p"].to_numpy().tobytes() == again.table["p"].to_numpy().tobytes()
    turned = clusters(areas.iloc[::-1], values.sample(frac=1, random_state=1)).table
    assert turned["code"].tolist() == areas["code"].tolist()[::-1]
    same = turned.iloc[::-1].reset_index(drop=True)
    assert same["local_moran"].tolist() == pytest.approx(first.table["local_moran"].tolist(), nan_ok=True)


def test_an_island_and_one_without_a_figure_are_left_out_and_said(corners, with_island):
    areas = squares(FAR)
    values = corner(areas)
    found = with_island
    # The same noise, in the same order, but for the island's.
    whole = corners
    assert values.iloc[:-1].equals(corner(squares()))
    assert (whole.islands, whole.said) == ((), "")
    assert found.islands == ("S64",)
    assert found.said == "1 area without a neighbour is left out."
    assert found.table.iloc[-1].drop("code").isna().all()
    pd.testing.assert_frame_equal(found.table.iloc[:-1], whole.table)
    unknown = clusters(areas, values.drop(["S00", "S20"]))
    assert unknown.table.set_index("code").loc[["S00", "S20", "S64"]].isna().all(axis=None)
    assert unknown.table["p"].notna().sum() == SIDE**2 - 2


@pytest.mark.parametrize(
    ("values", "said"),
    [
        (
            dict.fromkeys([f"S{at:02d}" for at in range(64)], 0.4),
            "No clusters: all areas have the same figure.",
        ),
        ({"S00": 1.0, "S01": 2.0}, "No clusters: fewer than 8 areas have a figure and a neighbour."),
        ({}, "No clusters: fewer than 8 areas have a figure and a neighbour."),
    ],
)
def test_where_there_can_be_no_clusters_that_is_said(values, said):
    found = clusters(squares(), pd.Series(values, dtype=float))
    assert found.said == said
    assert list(found.table) == list(COLUMNS)
    assert len(found.table) == SIDE**2
    assert found.table[["local_moran", "p", "cluster", "g_star", "p_g", "hot"]].isna().all(axis=None)


@pytest.mark.parametrize(("apart", "n_islands"), [(19, 0), (21, SIDE**2)])
def test_areas_whose_simplified_boundaries_do_not_quite_meet_are_neighbours(apart, n_islands):
    areas = squares(apart=apart)
    # Alike everywhere: who neighbours whom is told before chance is asked.
    alike = pd.Series(1.0, index=areas["code"].to_numpy())
    assert len(clusters(areas, alike).islands) == n_islands


@pytest.mark.parametrize("layer", ["lsoa21cd", "wd24cd"])
def test_neighbours_in_the_pilot_are_queen_neighbours_and_few_more(atlas, layer):
    areas = atlas.areas(layer, lad24cd="E07000178")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        queen = libpysal.weights.Queen.from_dataframe(areas, use_index=False)
    theirs = {(at, near) for at, its in queen.neighbors.items() for near in its}
    first, second = module._touching(areas.geometry.to_numpy(), np.ones(len(areas), dtype=bool))
    ours = set(zip(first.tolist(), second.tolist(), strict=True))
    assert theirs <= ours
    assert len(ours - theirs) <= 0.03 * len(theirs)
    assert ours == {(near, at) for at, near in ours}


def test_metres_are_needed():
    with pytest.raises(CrsError, match="`areas`"):
        clusters(squares().to_crs("EPSG:4326"), pd.Series(dtype=float))
