"""Codes and names of councils, old and new."""

import csv
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mapping import sources
from mapping.analysis import codes
from mapping.analysis.codes_districts import FACTS
from mapping.atlas import Atlas
from mapping.editions import EDITIONS
from mapping.errors import UnknownAreaError

EVERY_CODE = codes.district_changes()["lad_code"].tolist()


def test_the_table_of_districts_has_its_card() -> None:
    card = sources.read_card(FACTS)
    table = codes.district_changes()
    assert card.sha256 == sources.sha256(FACTS)
    assert (card.rows, card.columns) == (len(table), tuple(table.columns))


def test_every_code_leads_to_a_district_in_force_that_leads_to_itself() -> None:
    table = codes.district_changes()
    in_force = set(codes.districts_in_force()["lad24cd"])
    assert table["lad_code"].is_unique
    assert len(in_force) == EDITIONS["2025"].n_districts
    assert set(table["lad24cd"]) == in_force
    assert all(codes.current_district(code) == code for code in in_force)
    assert Counter(table["change"]) == {"in force": 296, "merged": 78, "recoded": 10}


def test_a_recoded_district_keeps_its_name_and_a_merged_one_does_not() -> None:
    table = codes.district_changes()
    same_name = table["lad_name"] == table["lad24nm"]
    assert same_name[table["change"] != "merged"].all()
    assert not same_name[table["change"] == "merged"].any()
    assert table.loc[table["change"] != "in force", "since"].str.fullmatch(r"20\d\d-04-01").all()
    assert (table.loc[table["change"] == "in force", "since"] == "").all()


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("E07000101", "E07000243"),
        ("E07000097", "E07000242"),
        ("E07000100", "E07000240"),
        ("E07000104", "E07000241"),
        ("E06000048", "E06000057"),
        ("E08000020", "E08000037"),
        ("E07000022", "E06000052"),
        ("E07000157", "E06000057"),
        ("E07000191", "E06000066"),
        ("E07000246", "E06000066"),
        ("E08000038", "E08000016"),
        (" e07000178 ", "E07000178"),
    ],
)
def test_old_and_new_codes_lead_to_the_district_of_2024(old: str, now: str) -> None:
    assert codes.current_district(old) == now


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("W06000015", "not in England"),
        ("E10000015", "not the code of a district"),
        ("E07000999", "No English"),
    ],
)
def test_a_code_of_no_district_says_why(code: str, said: str) -> None:
    with pytest.raises(UnknownAreaError, match=said):
        codes.current_district(code)


def test_a_column_of_codes_keeps_its_index_and_tells_what_it_does_not_know() -> None:
    given_codes = pd.Series(["E07000101", None, "S12000036", "E06000027"], index=[9, 9, 4, 1], name="lad")
    now = codes.current_districts(given_codes)
    why = codes.why_no_district(given_codes)
    assert now.index.tolist() == [9, 9, 4, 1]
    assert now.name == "lad"
    assert now.fillna("-").tolist() == ["E07000243", "-", "-", "E06000027"]
    assert why.isna().tolist() == [True, False, False, True]
    assert why.tolist()[1] == "No district code is given."
    assert "S12000036 is not in England" in why.tolist()[2]


@given(st.lists(st.sampled_from([*EVERY_CODE, "E07000999", "", None]), max_size=20))
def test_a_column_is_answered_as_its_codes_are_one_by_one(given_codes: list[str | None]) -> None:
    now = codes.current_districts(pd.Series(given_codes, dtype="str"))
    one_by_one = [codes.current_district(code) if code in EVERY_CODE else None for code in given_codes]
    assert now.astype(object).where(now.notna(), None).tolist() == one_by_one


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Stevenage", "E07000243"),
        ("E07000101", "E07000243"),
        ("stevenage borough council", "E07000243"),
        ("City of York Council", "E06000014"),
        ("London Borough of Camden", "E09000007"),
        ("City of London Corporation", "E09000001"),
        ("Bristol", "E06000023"),
        ("St. Helens", "E08000013"),
        ("Telford & Wrekin", "E06000020"),
        ("Taunton Deane", "E06000066"),
        ("Durham", "E06000047"),
    ],
)
def test_a_council_is_found_by_any_name_or_code_it_had(text: str, code: str) -> None:
    assert codes.find_council(text) == code


@pytest.mark.parametrize("column", ["lad_code", "lad_name"])
def test_every_code_and_every_name_finds_its_council(column: str) -> None:
    table = codes.district_changes()
    assert [codes.find_council(text) for text in table[column]] == table["lad24cd"].tolist()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Stevnage", "Stevenage"),
        ("Hull", "Kingston upon Hull"),
        ("Newcastle", "Tyne"),
        ("", "Give a council"),
    ],
)
def test_a_name_that_is_none_offers_what_looks_like_it(text: str, said: str) -> None:
    with pytest.raises(UnknownAreaError, match=said):
        codes.find_council(text)


def test_a_council_that_is_not_held_says_how_to_get_it(atlas: Atlas) -> None:
    assert codes.find_council("E07000101", atlas.councils) == "E07000243"
    with pytest.raises(UnknownAreaError, match=r"Leeds \(E08000035\) is not held here") as told:
        codes.find_council("leeds city council", atlas.councils)
    assert "Oxford, Preston, Stevenage, Torbay" in str(told.value)
    assert "fetch --council E08000035" in str(told.value)


def published(path: Path, *, code: str, name: str) -> dict[str, str]:
    """Name by code of England's districts in a lookup."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[code]: row[name] for row in csv.DictReader(file) if row[code].startswith("E")}


def test_the_districts_are_those_of_the_published_lookups(realdata: Path) -> None:
    now = published(
        realdata / "lookups" / "lookup_lsoa21_ward24_ltla24.csv", code="ltla24_code", name="ltla24_name"
    )
    in_force = codes.districts_in_force()
    assert dict(zip(in_force["lad24cd"], in_force["lad24nm"], strict=True)) == now
    then = published(realdata / "lookups" / "LSOA11_WD19_LAD19_EW_LU.csv", code="LAD19CD", name="LAD19NM")
    assert len(then) == EDITIONS["2019"].n_districts
    assert codes.current_districts(pd.Series(list(then))).isin(list(now)).all()
    assert {code: codes.find_council(name) for code, name in then.items()} == {
        code: codes.current_district(code) for code in then
    }


def test_the_districts_are_those_of_another_table_of_old_codes(realdata: Path) -> None:
    """That one has the codes of Barnsley and Sheffield of April 2025."""
    theirs = published(realdata / "lookups" / "drkane_la_all_codes.csv", code="LADCD", name="LADCD_ACTIVE")
    theirs = {code: now for code, now in theirs.items() if code[:3] in ("E06", "E07", "E08", "E09")}
    ours = codes.district_changes().set_index("lad_code")["lad24cd"]
    assert len(theirs) == 346
    differing = {code: now for code, now in theirs.items() if ours.get(code) != now}
    assert differing == {
        "E08000016": "E08000038",
        "E08000019": "E08000039",
        "E08000038": "E08000038",
        "E08000039": "E08000039",
    }
