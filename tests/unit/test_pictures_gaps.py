"""Pictures of gaps as values: circles, ranks and words are those of the page; plans are told apart."""

import datetime
from dataclasses import replace

import pytest
import shapely

from mapping.analysis.filters import Filters
from mapping.reporting import pictures
from mapping.reporting.held import Held, read_held

DATE = datetime.date(2026, 11, 22)
LIBRARIES = Filters(council="Oxford", categories=("library",))
PLAN = "+OX4 1BA;-lib-oxford-cowley"


@pytest.fixture(scope="module")
def held(settings) -> Held:
    return read_held(settings)


@pytest.fixture(scope="module")
def picture(held):
    def of(asked, *, with_sites=False):
        return pictures.picture_of(asked, page="gaps", held=held, link="x", date=DATE, with_sites=with_sites)

    return of


def test_gaps_have_the_circles_ranks_and_words_of_the_page(picture, held):
    drawn = picture(LIBRARIES)
    view, _ = held.answer(LIBRARIES)
    rows = view.areas.set_index("code")
    circles = {circle.code: circle for circle in drawn.circles}
    assert set(circles) == set(rows.index[rows["people_beyond"].round() > 0])
    assert {c.label: code for code, c in circles.items() if c.label} == {
        str(rank): code for code, rank in rows.loc[rows["gap"] > 0, "gap_rank"].astype(int).items()
    }
    sizes = [circles[code].radius_m for code in rows["people_beyond"].loc[list(circles)].sort_values().index]
    assert sizes == sorted(sizes)
    assert all(circle.is_quiet == (rows.loc[code, "gap"] == 0) for code, circle in circles.items())
    shapes = drawn.areas.set_index("code").geometry
    assert all(
        shapes[code].buffer(2).contains(shapely.Point(c.easting, c.northing)) for code, c in circles.items()
    )
    assert [block.title for block in drawn.key] == [
        "Need: Index of Multiple Deprivation 2025", "Lack: people farther than 800 m", "Places",
    ]  # fmt: skip
    words = pictures.words_of(LIBRARIES, page="gaps", held=held, link="x", date=DATE)
    assert words.printed == {name: getattr(drawn, name) for name in words.printed}
    # The key's circles are on the scale of the map's.
    key = next(entry for entry in drawn.key[1].entries if entry.text == "1,000 people")
    code = (rows["people_beyond"] - 1_000).abs().idxmin()
    people = rows.loc[code, "people_beyond"]
    assert circles[code].radius_m == pytest.approx(key.size * (people / 1_000) ** 0.5, rel=0.01)
    assert drawn.summary.startswith("29 % of Oxford’s people live within 800 m of a library")
    assert any("under other reasonable choices they rank 1st to 4th" in line for line in drawn.lines)
    assert set(drawn.places["category"]) == {"library"}


def test_a_plan_and_sites_are_drawn_and_told_apart_from_what_is_recorded(picture):
    asked = replace(LIBRARIES, geography="ward", plans=(PLAN,), on_map="A")
    drawn = picture(asked, with_sites=True)
    assert [(mark.sign, mark.label) for mark in drawn.marks] == [
        ("closed", ""), ("proposal", ""), ("site", "A"), ("site", "B"), ("site", "C"),
    ]  # fmt: skip
    assert drawn.marks[0].name == "Cowley Library"
    assert "Cowley Library" not in set(drawn.places["name"])
    assert drawn.title == "Oxford: gaps in access to libraries, Plan A"
    assert drawn.summary.startswith("Plan A, not as recorded: 28 % of Oxford’s people")
    assert "28 % within 800 m instead of 29 %" in drawn.summary
    assert "Plan A: a place added at OX4 1BA; Cowley Library closed." in drawn.lines
    assert any(line.startswith("Sites: A, Rose Hill Community Centre (OX4 4HF); B, ") for line in drawn.lines)
    assert ("Plans", PLAN) in drawn.about.filters
    assert not picture(replace(asked, on_map="B")).marks


def test_where_nobody_looked_there_is_no_circle_and_no_zero(picture):
    drawn = picture(Filters(council="Torbay", categories=("care provider",)))
    assert (drawn.circles, len(drawn.places)) == ((), 0)
    assert "is not known: none is on record" in drawn.summary
    assert "No circles: there are no figures." in drawn.alt
    assert drawn.key[1].title == "Lack: no figures"
    assert not drawn.key[1].entries
