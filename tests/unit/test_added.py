"""Lists that `place` wrote into the folder of an installation join the directory."""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest

from mapping import schemas
from mapping.directory import seed
from mapping.directory.added import FEW, completeness_with, read_added
from mapping.placing import place_file
from mapping.settings import PILOT, ROOT, Settings

PILOT_ALONE = Settings.from_env({"MAPPING_DATA": str(PILOT)})
TORBAY, OXFORD = "E06000027", "E07000178"
TITLE = "CQC care directory\nProduced by the Care Quality Commission, Newcastle\nAs of 16 September 2026\n\n"
HEADINGS = (
    "Name,Also known as,Address,Postcode,Phone number,Service's website (if available),Service types,"
    "Date of latest check,Specialisms/services,Provider name,Local authority,Region,Location URL,"
    "CQC Location ID (for office use only),CQC Provider ID (for office use only)"
)
CARE = [("Sea View House", "TQ2 8ET"), ("@Home Care", "TQ5 9UE"), ("Far Dental", "E1 7BS")]
"""Made up; the last is in London, of which nothing is built."""


def directory(rows):
    """The Care Quality Commission's file, in its own form."""
    cells = '{},,"12 High Street,Town",{},1803000001,www.example.org,Homecare agencies,,,A Ltd,,,,1-1,1-2'
    return TITLE + "\n".join([HEADINGS, *(cells.format(*row) for row in rows)]) + "\n"


@pytest.fixture
def mine(settings, tmp_path) -> Settings:
    (tmp_path / "added").mkdir()
    return replace(settings, added=tmp_path / "added")


@cache
def placed(text: str, suffix: str) -> bytes:
    """What `place` makes of a file with that text; most tests bring the same one."""
    with TemporaryDirectory() as folder:
        brought, out = Path(folder) / "brought.csv", Path(folder) / f"placed{suffix}"
        brought.write_text(text, encoding="utf-8")
        place_file(brought, out, settings=PILOT_ALONE)
        return out.read_bytes()


def bring(mine, text, to="care-provider.csv"):
    (mine.added / to).write_bytes(placed(text, Path(to).suffix))


def care(mine) -> pd.DataFrame:
    places = seed.read_places(mine)
    return places[places["category"] == "care provider"].set_index("name")


def test_the_care_directory_is_seen_through(mine, places):
    bring(mine, directory(CARE))
    found = care(mine)
    assert found.index.tolist() == ["@Home Care", "Sea View House"]
    assert len(seed.read_places(mine)) == len(places) + 2
    home = found.loc["Sea View House"]
    assert (home["kind"], home["status"], home["postcode"]) == ("community asset", "open", "TQ2 8ET")
    assert (home["easting"], home["northing"], home["location_precision"]) == (291092, 66619, "postcode")
    assert (home["lsoa21cd"], home["wd24cd"], home["lad24cd"]) == ("E01015263", "E05012254", TORBAY)
    assert (home["address"], home["website"]) == ("12 High Street,Town", "www.example.org")
    assert (home["source"], home["licence"]) == ("care-provider.csv", "unknown: see the source")
    assert not home["is_withheld"]
    assert read_added(mine).problems == ()


def test_without_the_folder_all_is_as_before(settings, places):
    assert not settings.added.exists()
    pd.testing.assert_frame_equal(seed.read_places(settings), places)
    added = read_added(settings)
    assert (len(added.places), len(added.completeness), added.problems) == (0, 0, ())
    assert list(added.places.columns) == list(places.columns)
    assert Settings.from_env({}).added == ROOT / "data" / "added"
    assert Settings.from_env({"MAPPING_ADDED": "/srv/lists"}).added == Path("/srv/lists")


@pytest.mark.parametrize("form", ["care-provider.xlsx", "care-provider.parquet"])
def test_a_workbook_and_parquet_hold_the_same_places(mine, form):
    bring(mine, directory(CARE))
    by_csv = care(mine)
    for path in mine.added.iterdir():
        path.unlink()
    bring(mine, directory(CARE), to=form)
    pd.testing.assert_frame_equal(care(mine).assign(source=""), by_csv.assign(source=""))


def test_ids_stay_when_other_rows_come_and_go(mine):
    bring(mine, directory(CARE))
    before = care(mine)["place_id"]
    bring(mine, directory([("Acorn", "TQ2 8ET"), ("Acorn", "TQ2 8ET"), *CARE[::-1]]))
    after = care(mine)["place_id"]
    assert after["Sea View House"] == before["Sea View House"]
    assert after.is_unique
    assert len(after) == 4


def test_what_the_seed_lists_already_is_not_listed_twice(mine, places):
    library = places[places["category"] == "library"].iloc[0]
    rows = [(library["name"].upper(), library["postcode"]), ("A new one", library["postcode"])]
    bring(mine, directory(rows), to="library.csv")
    found = seed.read_places(mine)
    assert len(found) == len(places) + 1
    assert (found["name"] == "A new one").sum() == 1


def test_a_position_will_do_and_columns_of_ones_own_stay_apart(mine):
    bring(mine, "Name,Easting,Northing,wd24cd\nHut,291092,66619,mine\n,291093,66620,\n", to="scout-hut.csv")
    huts = seed.read_places(mine).query("category == 'scout hut'")
    assert huts["name"].tolist() == ["Hut", "scout hut, no name given"]
    assert huts["wd24cd"].tolist() == ["E05012254"] * 2
    assert set(huts["location_precision"]) == {"exact"}
    assert huts["postcode"].isna().all()


def test_a_card_beside_it_says_whose_the_list_is(mine):
    bring(mine, directory(CARE))
    card = mine.added / "care-provider.csv.toml"
    card.write_text(
        'source = "Care Quality Commission"\nlicence = "OGL-UK-3.0"\ndate = 2026-09-16\n'
        'attribution = "Contains CQC information"\n',
        encoding="utf-8",
    )
    home = care(mine).loc["Sea View House"]
    assert (home["source"], home["source_date"]) == ("Care Quality Commission", "2026-09-16")
    assert home["licence"] == "OGL-UK-3.0. Contains CQC information"
    assert read_added(mine).completeness["as_of"].tolist() == ["2026-09-16"]
    card.write_text("date = 'last year'\n", encoding="utf-8")
    assert care(mine).empty
    assert read_added(mine).problems[0].startswith("care-provider.csv.toml has no date such as 2026-09-16.")


def test_without_a_card_a_list_is_of_the_day_it_was_written(mine):
    bring(mine, directory(CARE))
    os.utime(mine.added / "care-provider.csv", (1_790_000_000, 1_790_000_000))
    assert set(care(mine)["source_date"]) == {"2026-09-21"}


REFUSED = {
    "care-provider.csv": ("Name,Postcode\nSea View,TQ2 8ET\n", "is no list that `place` wrote"),
    "library.csv": ("", "is empty"),
    "pub.xlsx": ("PK\x03\x04 no", "pub.xlsx"),
    "pub.parquet": ("PAR1 no", "cannot be read as Parquet"),
    "-.csv": ("Name,Postcode\nSea View,TQ2 8ET\n", "names no category"),
    "all categories.csv": ("Name,Postcode\nSea View,TQ2 8ET\n", "names no category"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_list_that_cannot_be_used_is_left_out_and_said(mine, places, name):
    content, words = REFUSED[name]
    bring(mine, directory(CARE), to="hospice.csv")
    (mine.added / name).write_text(content, encoding="utf-8")
    assert len(seed.read_places(mine)) == len(places) + 2
    (problem,) = read_added(mine).problems
    assert words in problem
    assert name in problem
    assert problem.endswith("Its places are left out.")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who,Postcode\nSea View,TQ2 8ET\n", "has no column headed Name"),
        ("Name,Postcode\nFar,E1 7BS\n", "has no row in any area that is built here"),
    ],
)
def test_a_list_without_names_or_places_is_left_out(mine, places, text, words):
    bring(mine, text)
    assert len(seed.read_places(mine)) == len(places)
    assert words in read_added(mine).problems[0]


def test_of_two_lists_of_one_category_the_first_counts(mine):
    for to in ("care-provider.csv", "care-provider.xlsx"):
        bring(mine, directory(CARE), to=to)
    assert len(care(mine)) == 2
    assert read_added(mine).problems[0].startswith("care-provider.xlsx holds what care-provider.csv holds.")


def test_edited_codes_that_cannot_be_are_not_kept(mine):
    bring(mine, directory(CARE))
    path = mine.added / "care-provider.csv"
    text = path.read_text(encoding="utf-8-sig").replace("E05012254", "the best ward").replace("293239", "-7")
    path.write_text(text, encoding="utf-8")
    found = care(mine)
    assert found.index.tolist() == ["Sea View House"]
    assert found["wd24cd"].isna().all()


def test_what_is_half_written_or_no_list_is_passed_over(mine, places):
    for name in (".care-provider.csv.part.csv", "~$care-provider.xlsx", "README.md", "x.csv.issues.csv"):
        (mine.added / name).write_text("no list", encoding="utf-8")
    assert len(seed.read_places(mine)) == len(places)
    assert read_added(mine).problems == ()


def test_a_brought_category_is_no_longer_unsurveyed_where_it_has_places(mine, atlas):
    many = [(f"Home {n}", "TQ2 8ET") for n in range(FEW)]
    bring(mine, directory([*many, ("Stray", "OX4 1BA")]))
    told = completeness_with(atlas.completeness, read_added(mine).completeness)
    rows = told[told["category"] == "care provider"].set_index("lad24cd")
    assert len(told) == len(atlas.completeness)
    assert rows.loc[TORBAY, "completeness"] == "recorded"
    assert rows.loc[TORBAY, "basis"] == "care-provider.csv, brought by this installation"
    assert rows.loc[OXFORD, "completeness"] == "thin"
    assert "; only 1 of its places in this council" in rows.loc[OXFORD, "basis"]
    assert (rows.drop([TORBAY, OXFORD])["completeness"] == "not surveyed").all()
    others = told["category"] != "care provider"
    pd.testing.assert_frame_equal(told[others], atlas.completeness[others])


def test_a_record_stays_what_it_was_and_a_new_category_gets_one(mine, atlas):
    for to in ("library.csv", "scout-hut.csv"):
        bring(mine, directory([(f"Home {n}", "TQ2 8ET") for n in range(FEW)]), to=to)
    told = completeness_with(atlas.completeness, read_added(mine).completeness)
    pd.testing.assert_frame_equal(told[:-1], atlas.completeness)
    assert told.iloc[-1][["lad24cd", "category", "completeness"]].tolist() == [
        TORBAY,
        "scout hut",
        "recorded",
    ]
    schemas.conform(schemas.Completeness, told, source="test")


def test_a_list_is_the_record_of_a_neighbour_only_where_it_has_a_few_places(atlas):
    row = {
        "lad24cd": "E07000045",
        "kind": "community asset",
        "category": "pub",
        "as_of": "2026",
        "basis": "pub.csv",
    }
    for level, n_new in (("recorded", 1), ("thin", 0)):
        added = pd.DataFrame([{**row, "completeness": level}])
        assert len(completeness_with(atlas.completeness, added)) == len(atlas.completeness) + n_new
