"""What to know of a figure: each sentence only where it is true."""

import pandas as pd
import pytest

from mapping.analysis import gap_notes
from mapping.analysis.record import Line, Standing


def line(category, level, as_of="2018-03-09", kind="community asset"):
    return Line(kind=kind, category=category, level=level, as_of=as_of, basis="A list")


def standing(*lines, is_known=True):
    return Standing(level=lines[0].level if lines else "not surveyed", lines=lines, is_known=is_known)


FULL = standing(line("library", "recorded"))
PLAIN = {
    "population": 5_000,
    "need_people_beyond": 40.0,
    "gap": 0.1,
    "edge_share": 0.0,
    "unreached_share": 0.0,
    "n_lsoas": 3,
    "n_unplaced": 0,
    "why": "",
}


def told(*areas, standing=FULL, n_places=9, is_peopled=True):
    table = pd.DataFrame([{**PLAIN, **area} for area in areas]).astype({"population": "Int64"})
    table = table.set_axis(range(5, 5 + len(areas)))
    notes = gap_notes.notes(table, standing=standing, n_places=n_places, is_peopled=is_peopled)
    assert notes.index.equals(table.index)
    return notes.tolist()


def test_there_is_nothing_to_know_of_a_sound_figure():
    assert told({}) == [""]


@pytest.mark.parametrize(
    ("area", "sentence"),
    [
        (
            {"edge_share": 0.234},
            "Near an edge: 23 % of its people may be served from outside, where nothing is recorded.",
        ),
        (
            {"edge_share": 0.001},
            "Near an edge: less than 1 % of its people may be served from outside, "
            "where nothing is recorded.",
        ),
        ({"unreached_share": 0.08}, "8 % of its people can reach none in the streets held."),
        ({"n_unplaced": 1}, "1 LSOA of it has no postcode here: its people are not counted."),
        ({"n_unplaced": 2}, "2 LSOAs of it have no postcode here: their people are not counted."),
        ({"n_lsoas": 1}, "One LSOA only."),
        ({"population": 999}, "Fewer than 1,000 people."),
        ({"gap": 0.0}, "No gap by these choices."),
        ({"gap": 0.0, "need_people_beyond": 0.0}, "No gap by these choices."),
        ({"need_people_beyond": 0.2}, "None of its people in need is farther away."),
        ({"why": "No figure: nobody.", "gap": float("nan"), "population": pd.NA}, "No figure: nobody."),
    ],
)
def test_a_sentence_where_it_is_true(area, sentence):
    assert told({}, area) == ["", sentence]


def test_sentences_of_all_areas_stand_around_those_of_one():
    thin = standing(line("community centre", "thin"))
    (note,) = told({"gap": 0, "n_lsoas": 2}, standing=thin, n_places=3, is_peopled=False)
    assert note == (
        "Check first: the record of community centres (2018) is thin. Few places: 3 counted. "
        "No gap by these choices. Population is not held: LSOAs count as one each."
    )
    assert told({}, n_places=0) == ["None is counted."]
    # That none can be reached where there is none needs no saying.
    assert told({"unreached_share": 1.0}, n_places=0) == ["None is counted."]


def test_where_all_areas_are_lsoas_to_be_one_says_nothing():
    assert told({"n_lsoas": 1}, {"n_lsoas": 1}) == ["", ""]


def test_why_to_check_first():
    assert gap_notes.check_first(FULL) == ""
    both = standing(line("pharmacy", "not surveyed"), line("food bank", "thin", "2024-05"))
    assert gap_notes.check_first(both) == (
        "Check first: pharmacies have not been surveyed; the record of food banks (2024) is thin."
    )
    many = standing(
        *(line(f"{name} club", "thin", "") for name in ("bowls", "chess", "darts", "judo", "rugby"))
    )
    assert gap_notes.check_first(many) == (
        "Check first: the record of bowls clubs, chess clubs, darts clubs and 2 more is thin."
    )
    assert gap_notes.check_first(standing()) == "Check first: nothing has been surveyed here."


def test_why_there_is_no_figure():
    nobody = standing(line("care provider", "not surveyed"), is_known=False)
    assert gap_notes.no_figure(nobody) == (
        "No figure: none is on record, and care providers have not been surveyed."
    )
