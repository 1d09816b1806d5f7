"""The map that travels: one file that asks for nothing, holds what is shown, and keeps names text."""

import datetime
import re
from dataclasses import replace

import pandas as pd
import pytest
import shapely

from mapping.__main__ import main
from mapping.analysis.filters import Filters
from mapping.errors import AttributionError, UnknownAreaError, UnusableFileError
from mapping.render.travelling import MOST_BYTES, travelling_map
from mapping.reporting import travelling, travelling_explore, travelling_shapes
from mapping.reporting.held import Held, read_held
from mapping.reporting.pictures import words_of
from tests.unit import travelling_page
from tests.unit.travelling_page import Read

DATE = datetime.date(2026, 11, 22)
OXFORD = Filters(council="Oxford")
LINK = "https://atlas.example.org/?council=Oxford"
PLAN = ("+OX4 1BA;-lib-oxford-littlemore",)
NAMES = (
    "Co-op <script>window.ran = 1</script>",
    '<img src=x onerror="window.ran = 2">',
    "Co-op ${window.ran = 3} Ltd `tick` \\ slash",
    "</script><script>window.ran = 4</script><!-- -->",
    "Right\u202e to left\u200b, unseen\x07",
    "N" * 300,
)


@pytest.fixture(scope="module")
def held(settings) -> Held:
    return read_held(settings)


def made(held: Held, filters: Filters, page: str = "explore", **more: object) -> bytes:
    return travelling.travelling_file(filters, page=page, held=held, link=LINK, date=DATE, **more)


@pytest.fixture(scope="module")
def body(held) -> bytes:
    return made(held, OXFORD)


@pytest.fixture(scope="module")
def page(body) -> Read:
    return travelling_page.read(body)


@pytest.fixture(scope="module")
def planned(held) -> Read:
    asked = replace(OXFORD, geography="ward", categories=("library",), plans=PLAN, on_map="A")
    return travelling_page.read(made(held, asked, "gaps"))


def test_it_asks_for_nothing_and_runs_only_what_it_names(body, page):
    assert [each[:5] for each in page.fetched] == ["data:"]
    assert len(page.scripts) == 2
    policy = dict(part.split(" ", 1) for part in page.policy.split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"].split() == page.hashes
    assert not {each for each in policy.values() if "http" in each or "*" in each}
    assert page.data["shell"]["tiles"] is None
    # What the state draws is in the file, under the name it is asked for by.
    state = page.data["state"]
    assert {state["areas"], state["places"], state["outlines"]} < {*page.data}
    assert len(body) < 700_000


def test_without_a_script_it_is_still_the_whole_content(page, held):
    places, areas = page.tables["places-table"], page.tables["areas-table"]
    oxford = held.places[held.places["lad24cd"] == "E07000178"]
    assert len(places) == 1 + len(oxford) == 105
    assert {row[0] for row in places[1:]} == {*oxford["name"]}
    assert areas[0][:3] == ["LSOA", "Decile", "Rank"]
    assert [row[:3] for row in areas[1:3]] == [["Oxford 018B", "1", "3,138"], ["Oxford 018C", "1", "3,150"]]
    assert "Showing all 104 places recorded in Oxford" in page.words
    assert "need JavaScript, which does not run here" in page.words


def test_it_says_where_it_is_from(page, held):
    about = words_of(OXFORD, page="explore", held=held, link=LINK, date=DATE).about
    for sentence in (*about.attributions, *about.licences):
        assert sentence in page.words
    assert {LINK} == {each for each in page.links if each.startswith("http")}
    assert "22 November 2026" in page.words
    assert "English Indices of Deprivation 2025" in page.words
    assert "“No record” does not mean “none there”" in page.words
    assert "1 is the most deprived 10 % of England" in str(page.data["state"]["legend"])
    assert page.headings[:4] == [page.title, "Oxford", "Places 104", "LSOAs 84"]


def test_a_withheld_place_is_listed_without_a_place(page, held):
    hidden = held.places[held.places["is_withheld"] & (held.places["lad24cd"] == "E07000178")]
    features = page.data[page.data["state"]["places"]]["features"]
    assert len(features) == 70
    assert not {each["properties"]["place_id"] for each in features} & {*hidden["place_id"]}
    rows = {row[0]: row for row in page.tables["places-table"]}
    assert {rows[name][5] for name in hidden["name"]} == {"not published"}
    told = travelling_page.details(page, f"place:{hidden['place_id'].iloc[0]}")
    assert told["facts"]["Address"].startswith("Not published: the registered office may be a home")
    assert "Position" not in told["facts"]


def test_the_same_view_is_the_same_bytes(body, held):
    assert made(held, OXFORD) == body


def hostile(held: Held) -> Held:
    places = held.places.copy()
    mine = places.index[(places["lad24cd"] == "E07000178") & places["easting"].notna()]
    for n, row in enumerate(mine):
        places.loc[row, ["name", "category", "address"]] = [NAMES[n % len(NAMES)]] * 3
        places.loc[row, "website"] = "javascript:window.ran=7" if n % 2 else "https://x.example/`${1}`"
    return replace(held, places=places)


def test_a_name_is_never_more_than_text(held):
    body = made(hostile(held), OXFORD)
    page = travelling_page.read(body)
    assert len(page.scripts) == 2 and page.policy.count("sha256") == 2
    assert set(page.hashes) == set(page.policy.split("script-src ")[1].split(";")[0].split())
    names = {row[0] for row in page.tables["places-table"]}
    assert {*NAMES[:4], NAMES[5], "Right to left, unseen"} <= names
    assert not re.search("[\u202e\u200b\x07]|\\\\u202e|\\\\u200b|\\\\u0007", body.decode())
    assert "javascript:" not in str(page.data) and {each[:4] for each in page.links} == {"http", "#pla"}
    features = page.data[page.data["state"]["places"]]["features"]
    assert features[0]["properties"]["name"] == NAMES[0]


def test_a_file_names_its_sources_or_is_not_made(held):
    words = words_of(OXFORD, page="explore", held=held, link=LINK, date=DATE)
    told = travelling_explore.travelling(OXFORD, words, held=held, kept_m=0)
    silent = replace(told.about.sources[0], attribution=" ")
    with pytest.raises(AttributionError, match="the sentence to show is missing"):
        travelling_map(replace(told, about=replace(told.about, sources=(silent,))))
    with pytest.raises(UnusableFileError, match=r"would have 3\.\d MB.*Choose wards"):
        travelling_map(replace(told, lines=("x" * MOST_BYTES,)))


def test_shapes_can_be_made_smaller_and_still_touch(held):
    exact, ward = travelling_shapes.files(OXFORD, atlas=held.atlas, lad24cd="E07000178", kept_m=0)
    small, _ = travelling_shapes.files(OXFORD, atlas=held.atlas, lad24cd="E07000178", kept_m=400)
    assert small.keys == exact.keys and ward is not None
    assert len(small.body) < 0.9 * len(exact.body)
    areas = shapely.get_parts(shapely.from_geojson(small.body))
    assert (shapely.area(areas) > 0).all()
    assert shapely.area(shapely.union_all(areas)) == pytest.approx(shapely.area(areas).sum(), rel=1e-3)


def test_a_file_that_is_too_large_is_tried_with_simpler_shapes(held, monkeypatch):
    exact = len(made(held, OXFORD))
    monkeypatch.setattr("mapping.render.travelling.MOST_BYTES", exact - 1_000)
    assert len(made(held, OXFORD)) < exact - 1_000


def test_five_hundred_places_of_one_ward_are_all_there(held):
    one = held.places[held.places["place_id"] == "lib-oxford-littlemore"]
    many = pd.concat([one] * 500, ignore_index=True)
    many = many.assign(place_id=[f"x-{n}" for n in range(500)], name=[f"Place {n}" for n in range(500)])
    page = travelling_page.read(made(replace(held, places=many), OXFORD))
    assert len(page.tables["places-table"]) == 501
    assert len(page.data[page.data["state"]["places"]]["features"]) == 500


def test_a_map_of_gaps_holds_its_plan(planned):
    state = planned.data["state"]
    assert planned.data["shell"]["kind"] == "gaps"
    assert state["plan"] == "Plan A is shown" and len(state["proposals"]) == len(state["closed"]) == 1
    head, *rows = planned.tables["areas-table"]
    assert head[:6] == ["Rank", "Range", "Ward", "Decile", "Farther than 800 m", "By the plan"]
    assert [row[0] for row in rows[:4]] == ["1", "2", "3", "4"]
    assert {row[2]: row[5] for row in rows}["Littlemore"].startswith("+")
    listed = {row[0]: row[-1] for row in planned.tables["places-table"][1:]}
    assert listed["Littlemore Library"] == "Closed in this plan"
    assert [name for name, told in listed.items() if told == "Proposed in Plan A"] == ["Proposed at OX4 1BA"]
    assert planned.title.endswith("Plan A")
    facts = travelling_page.details(planned, "area:E05013106")
    assert facts["notes"][0].startswith("No figure: no LSOA has this ward")


def test_gaps_are_told_as_their_key_tells_them(planned):
    legend = planned.data["state"]["legend"]
    assert legend["lack"] == "Lack: people farther than 800 m"
    first = next(each for each in planned.ids if each.startswith("area:"))
    facts, row = travelling_page.details(planned, first)["facts"], planned.tables["areas-table"][1]
    assert facts["Gap"].startswith("1st")
    assert facts["Farther than 800 m from a library"].startswith(f"{row[4]} people")
    assert facts["Change by Plan A"] == f"{row[5]} people farther"


def test_an_area_is_shown_among_what_is_around_it(held):
    asked = replace(OXFORD, codes=("E05013099",), geography="ward")
    page = travelling_page.read(made(held, asked, "area"))
    state, areas = page.data["state"], page.data[page.data["state"]["areas"]]["features"]
    lit = {areas[at]["properties"]["code"] for at in state["lit"]}
    assert len(areas) == 84 and len(lit) == 4 and state["unlit"] == "Surroundings"
    assert {each.removeprefix("area:") for each in page.ids if each.startswith("area:")} == lit
    assert state["ringed"] == ["E05013099"]
    assert page.title.startswith("Churchill ward, Oxford")
    with pytest.raises(UnknownAreaError):
        made(held, replace(asked, codes=("E05999999",)), "area")


def test_a_ward_without_figures_and_places_says_so(held):
    page = travelling_page.read(made(held, replace(OXFORD, codes=("E05013106",)), "area"))
    assert page.data["state"]["lit"] is None
    assert "Holywell has no figure" in page.words
    assert "No place is recorded" in page.words


def test_the_name_of_the_file_tells_what_it_holds(held):
    name = travelling.file_name(OXFORD, page="gaps", held=held, date=DATE)
    assert name == "oxford-gaps-in-access-to-libraries-2026-11-22.html"


def test_the_command_writes_the_file_whole_or_not_at_all(tmp_path, capsys, body):
    out = tmp_path / "oxford.html"
    assert main(["map", "--council", "Oxford", "--date", "2026-11-22", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert said.count("\n") == 1 and "a map that needs no network (0.6 MB)" in said
    page = travelling_page.read(out.read_bytes())
    assert page.tables["areas-table"] == travelling_page.read(body).tables["areas-table"]
    assert [path.name for path in tmp_path.iterdir()] == ["oxford.html"]
    assert "python -m mapping map --link" in page.words


@pytest.mark.parametrize(
    ("out", "reason"),
    [("oxford.htm", "Let it end in .html."), ("nowhere/oxford.html", "Make the folder first.")],
)
def test_the_command_refuses_before_it_works(tmp_path, capsys, out, reason):
    assert main(["map", "--council", "Oxford", "--out", str(tmp_path / out)]) == 2
    assert reason in capsys.readouterr().err
    assert [*tmp_path.iterdir()] == []
