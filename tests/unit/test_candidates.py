"""What is offered as a site: public rooms that do not count already, or one postcode a position."""

import pandas as pd
import pytest

from mapping.analysis import candidates
from mapping.atlas import Atlas

OXFORD, TORBAY = "E07000178", "E06000027"


def offered(
    atlas: Atlas, places: pd.DataFrame, *, source: str, council: str = OXFORD, taken: str = "library"
):
    return candidates.candidates_of(
        places,
        atlas.postcodes(),
        source=source,
        lad24cd=council,
        taken=places[places["category"] == taken],
    )


def test_buildings_are_public_rooms_that_do_not_count_already(atlas: Atlas, places: pd.DataFrame) -> None:
    found = offered(atlas, places, source="buildings")
    held = places.set_index("place_id").loc[found.index]
    assert held["category"].value_counts().to_dict() == {"community centre": 21, "leisure centre": 2}
    assert found.columns.tolist() == list(candidates.COLUMNS)
    assert found.index.is_monotonic_increasing
    with_libraries = offered(atlas, places, source="buildings", taken="community centre")
    assert len(with_libraries) == 2 + 7
    torbay = offered(atlas, places, source="buildings", council=TORBAY)
    assert (
        not places.set_index("place_id").loc[torbay.index, "category"].isin(["GP surgery", "food bank"]).any()
    )
    assert len(torbay) == 1 + 7 + 17


def test_a_building_without_a_position_or_not_open_is_not_offered(places: pd.DataFrame) -> None:
    centres = places[(places["category"] == "community centre") & (places["lad24cd"] == OXFORD)].head(3)
    centres = centres.assign(status=["open", "closed", "open"]).reset_index(drop=True)
    centres.loc[2, ["easting", "northing"]] = float("nan")
    found = candidates.candidates_of(
        centres, pd.DataFrame(), source="buildings", lad24cd=OXFORD, taken=places.head(0)
    )
    assert found.index.tolist() == [centres.loc[0, "place_id"]]


def test_postcodes_are_live_homes_one_a_position(atlas: Atlas, places: pd.DataFrame) -> None:
    found = offered(atlas, places, source="postcodes")
    assert len(found) == 3_151
    assert not found.duplicated(["easting", "northing"]).any()
    held = atlas.postcodes().loc[found.index]
    assert held["is_live"].all()
    assert held["is_small_user"].all()
    assert (held["lad24cd"] == OXFORD).all()
    assert (found["name"] == found.index).all()


def test_there_are_no_other_candidates(atlas: Atlas, places: pd.DataFrame) -> None:
    with pytest.raises(ValueError, match="not 'anywhere'"):
        offered(atlas, places, source="anywhere")


def test_the_narrowest_squares_that_are_few_enough() -> None:
    at = {"easting": [0.0, 40.0, 60.0, 120.0, 960.0], "northing": [0.0] * 5}
    sites = pd.DataFrame(at, index=list("abcde"))
    kept, width = candidates.thinned(sites, most=4)
    assert (kept.index.tolist(), width) == (["a", "c", "d", "e"], 50)
    kept, width = candidates.thinned(sites, most=3)
    assert (kept.index.tolist(), width) == (["a", "d", "e"], 100)
    kept, width = candidates.thinned(sites, most=5)
    assert (len(kept), width) == (5, 0)
