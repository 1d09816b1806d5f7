"""A council and areas side by side as documents, with the numbers of their tables."""

from dataclasses import replace

import pandas as pd
import pytest

from mapping.analysis.filters import Filters
from mapping.editions import EDITIONS, INDICES
from mapping.errors import UnknownAreaError
from mapping.render.documents.model import Table
from mapping.render.place_words import name_words
from mapping.reporting import profiles
from mapping.reporting.held import Held, read_held
from mapping.settings import Settings
from tests.unit.profiled import DATE, HOLYWELL, LEYS, LSOA, OXFORD, Made, documents, of, rows, table, words


@pytest.fixture(scope="module")
def held(settings: Settings) -> Held:
    return read_held(settings)


@pytest.fixture(scope="module")
def made(held: Held) -> Made:
    return documents(held)


def test_the_overview_ranks_lsoas_and_wards_and_says_where_help_is_far(made: Made, held: Held) -> None:
    document = made()
    mine = held.atlas.deprivation["2025"].query("lad24cd == 'E07000178'").sort_values("imd_rank")
    told = table(document, "The 10 most deprived LSOAs").rows
    assert [row[1] for row in told] == mine["lsoa_code"].head(10).tolist()
    library = rows(document, "How near places are to the people of Oxford")["Libraries"]
    answer, _ = held.answer(Filters(council="Oxford", geography="ward", categories=("library",)))
    assert library[0] == f"{100 * answer.total['within_share']:.0f} %"
    assert library[2:] == (f"{answer.total['need_people_beyond']:,.0f}", "Blackbird Leys", "recorded")
    assert [slide.title for slide in document.slides] == [
        "Oxford: 2 of 84 LSOAs among England’s most deprived 10 %",
        "Where help is farthest in Oxford",
    ]
    assert "not all of England is held" in words(document)


def test_areas_stand_side_by_side_with_the_figures_of_their_profiles(made: Made) -> None:
    document = made(LEYS, HOLYWELL, "E05013110")
    side = table(document, "Index of Multiple Deprivation 2025")
    assert [column.name for column in side.columns][1:] == ["Blackbird Leys", "Holywell", "Northfield Brook"]
    assert rows(document, "Index of Multiple Deprivation 2025")["Decile"] == (
        "3 of 10",
        "No figure",
        "4 of 10",
    )
    near = rows(document, "How near places are")["Libraries"]
    alone = rows(made(LEYS), "How near places are")["Libraries"]
    assert near[0] == f"{alone[0]}; {alone[1]}; {alone[3]}"
    assert near[1] == "–"
    assert len(document.slides) == 3
    assert "Blackbird Leys is the most deprived by average rank and Northfield Brook the least" in words(
        document
    )
    # One edition only: nothing of the other is beside it.
    assert "2019" not in " ".join(each.caption for each in of(document, Table))
    assert "the editions are not compared" in words(document)


def test_areas_of_two_councils_stand_side_by_side(made: Made) -> None:
    document = made(LEYS, "E05012254")
    assert rows(document, "Index of Multiple Deprivation 2025")["Council"] == ("Oxford", "Torbay")
    assert dict(document.about.filters)["Council"] == "Oxford and Torbay"
    # Torbay's GP surgeries are on record, Oxford's were never surveyed.
    near = rows(document, "How near places are")["GP surgeries"]
    assert near[0] == "–"
    assert near[1] == "0 %; 2.5 km; 3rd (2nd to 5th)"


def test_the_places_of_an_overview_are_numbered_with_their_wards(made: Made, held: Held) -> None:
    placed = table(made(), "Places that have a position").rows
    mine = held.places[(held.places["lad24cd"] == "E07000178") & held.places["easting"].notna()]
    assert [row[0] for row in placed] == [f"{at}" for at in range(1, len(mine) + 1)]
    told = [name_words(*each) for each in zip(mine["name"], mine["status"], strict=True)]
    assert sorted(row[1] for row in placed) == sorted(told)
    assert ("Blackbird Leys Library", "Blackbird Leys") in {(row[1], row[4]) for row in placed}


def of_all_england(held: Held) -> Held:
    """Held as if all LSOAs of 2019 were, made up but for Oxford's: its three others are more deprived."""
    edition, table = EDITIONS["2019"], held.atlas.deprivation["2019"]
    mine = table[table["lad24cd"] == "E07000178"]
    n = edition.n_lsoas - len(mine)
    codes = [f"E01{900000 + at}" for at in range(n)]
    others = mine.iloc[[0] * n].assign(lsoa_code=codes, lsoa_name=codes)
    others["lad_code"] = others["lad24cd"] = [f"E0799999{at % 3}" for at in range(n)]
    for index in INDICES:
        others[f"{index}_rank"], others[f"{index}_decile"] = 1, 1
    names = pd.DataFrame({"lad_code": [f"E0799999{at}" for at in range(3)]})
    names = names.assign(edition="2019", lad_name=names["lad_code"], lad24cd=names["lad_code"])
    districts = pd.concat([held.atlas.districts, names.assign(lad24nm=names["lad_code"])])
    deprivation = {**held.atlas.deprivation, "2019": pd.concat([mine, others], ignore_index=True)}
    return replace(held, atlas=replace(held.atlas, deprivation=deprivation, districts=districts))


def test_a_council_is_ranked_where_all_of_england_is_held(held: Held) -> None:
    england = of_all_england(held)
    asked = replace(OXFORD, edition="2019")
    document = profiles.overview(asked, held=england, link="L", date=DATE, with_map=False)
    # Three made-up districts of nothing but rank 1 are more deprived.
    assert "Of England’s 317 districts it ranks 4 by average rank; 1 is the most deprived." in words(document)
    told = rows(document, "MHCLG’s summary measures")["Average rank (higher: more deprived)"]
    assert told[0].endswith("(rank 4)")
    assert "(rank" not in told[1]
    assert dict(document.slides[0].facts)["Rank among districts, by average rank"] == "4 of 317"


def test_an_edition_that_is_not_held_is_said(held: Held) -> None:
    only = {"2025": held.atlas.deprivation["2025"]}
    less = replace(held, atlas=replace(held.atlas, deprivation=only))
    for codes in ((), (LEYS,), (LSOA,)):
        asked = replace(OXFORD, codes=codes)
        document = profiles.document_of(asked, held=less, link="L", date=DATE, with_map=False)
        assert "The edition of 2019 is not held here." in words(document)
    with pytest.raises(UnknownAreaError, match="The indices of 2019 are not built here"):
        profiles.overview(replace(OXFORD, edition="2019"), held=less, link="L", date=DATE)


def test_five_hundred_places_and_the_longest_name_are_listed_in_one_ward(held: Held) -> None:
    library = held.places[held.places["wd24cd"] == LEYS].iloc[[2]]
    many = pd.concat([library] * 500, ignore_index=True)
    ids = [f"many-{at:03}" for at in range(500)]
    more = many.assign(place_id=ids, name=[f"{at:03} " + "x" * 296 for at in range(500)])
    crowded = replace(held, places=pd.concat([held.places, more], ignore_index=True))
    document = profiles.profile(LEYS, OXFORD, held=crowded, link="L", date=DATE, with_map=False)
    assert len(table(document, "Places recorded").rows) == 505
    assert "505 places are recorded here: 2 co-operatives and 503 community assets." in words(document)
    overview = profiles.overview(OXFORD, held=crowded, link="L", date=DATE, with_map=False)
    assert "570 places have a position: too many to list here." in words(overview)
