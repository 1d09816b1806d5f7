"""`python -m mapping snapshot`: the view that was meant, on the paper asked for, whole or not at all."""

import argparse
import datetime
import re
import resource
from dataclasses import replace

import pytest
from PIL import Image

from mapping.__main__ import main, parser
from mapping.analysis.filters import Filters
from mapping.errors import MappingError, UnusableQuestionError
from mapping.render.sheet.paper import Paper
from mapping.reporting import asked as reading
from mapping.reporting import picture_base, pictures, snapshots
from mapping.reporting.held import Held, read_held

OXFORD = ["--council", "Oxford"]
DATE = datetime.date(2026, 11, 22)


@pytest.fixture(scope="module")
def held(settings) -> Held:
    return read_held(settings)


@pytest.fixture
def view(held):
    """The view that words of the command ask for."""

    def of(*words: str, held: Held = held) -> reading.AskedView:
        asked = parser().parse_args(["snapshot", *words, "--out", "x.png"], argparse.Namespace(words=[]))
        return reading.asked_view(asked, held)

    return of


@pytest.fixture
def run(tmp_path, capsys):
    """Run the command: its exit status, and what it said or complained of."""

    def command(*words, out="out.svg"):
        status = main(["snapshot", *words, "--date", "2026-11-22", "--out", str(tmp_path / out)])
        said = capsys.readouterr()
        return status, said.out or said.err

    return command


def test_a_picture_on_the_paper_asked_for(run, tmp_path):
    words = ["--ward", "Littlemore", "--paper", "slide", "--orientation", "landscape"]
    status, said = run(*OXFORD, *words, out="ward.PNG")
    assert (status, said) == (
        0,
        "Wrote “Littlemore ward, Oxford: co-operatives and community assets” (Slide, landscape; PNG) to "
        f"{tmp_path / 'ward.PNG'}.\n",
    )
    with Image.open(tmp_path / "ward.PNG") as drawn:
        assert drawn.size == Paper(size="slide").pixels == (4000, 2250)
    assert [path.name for path in tmp_path.iterdir()] == ["ward.PNG"]


@pytest.mark.parametrize(
    ("words", "changed", "page"),
    [
        ([], {}, "explore"),
        (["--council", "oxford", "--index", "crime", "--edition", "2019", "--by", "ward"],
         {"index": "crime", "edition": "2019", "geography": "ward"}, "explore"),
        (["--near", "ox4 1ba", "--within", "500"], {"near": "ox4 1ba", "within_m": 500}, "explore"),
        (["--category", "Food Banks", "--kind", "community asset"],
         {"categories": ("food bank",), "kinds": ("community asset",)}, "explore"),
        (["--page", "gaps"], {"categories": ("library",)}, "gaps"),
        (["--page", "gaps", "--kind", "co-operative", "--within", "1500", "--need", "tenth"],
         {"kinds": ("co-operative",), "reach_m": 1500, "need": "tenth"}, "gaps"),
        (["--page", "gaps", "--category", "library", "--plan", "+OX4 1BA", "--add", "2"],
         {"categories": ("library",), "plans": ("+OX4 1BA",), "on_map": "A", "add": 2}, "gaps"),
        (["--ward", "holywell", "--ward", "Lye valley"], {"codes": ("E05013106", "E05013108")}, "area"),
        (["--area", "e01028522"], {"codes": ("E01028522",)}, "area"),
        (["--link", "http://x.org/gaps?council=Oxford&category=library&reach=1500&shade=National+rank"],
         {"categories": ("library",), "reach_m": 1500, "shade": "rank"}, "gaps"),
        (["--link", "area?council=Oxford&area=E05013107", "--index", "income"],
         {"codes": ("E05013107",), "index": "income"}, "area"),
        (["--link", "council=Preston&edition=2019", "--council", "Oxford"], {"edition": "2019"}, "explore"),
    ],
)  # fmt: skip
def test_options_and_links_ask_for_the_same_view_as_the_page(view, words, changed, page):
    found = view(*words) if "--link" in words else view(*OXFORD, *words)
    assert (found.filters, found.page) == (replace(Filters(council="Oxford"), **changed), page)
    assert found.with_sites == ("--add" in words)


def test_the_link_on_the_picture_leads_to_the_site_that_is_known(view, held):
    assert view(*OXFORD).link == (
        "python -m mapping snapshot --link 'explore?council=Oxford' --out picture.pdf"
    )
    given = view("--link", "https://a.example/gaps?council=Oxford&category=library", "--within", "500")
    assert given.link == "https://a.example/gaps?council=Oxford&category=library&reach=500"
    sited = replace(held, settings=replace(held.settings, address="https://b.example"))
    assert view(*OXFORD, "--ward", "Marston", held=sited).link == (
        "https://b.example/area?council=Oxford&area=E05013109"
    )


def test_an_installation_of_one_edition_shows_that(view, held):
    older = replace(held.atlas, deprivation={"2019": held.atlas.deprivation["2019"]})
    assert view(*OXFORD, held=replace(held, atlas=older)).filters.edition == "2019"


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ([], "Which council? Give `--council NAME`. Held: Oxford, Preston"),
        (["--council", "Oxfrod"], "Did you mean Oxford"),
        ([*OXFORD, "--ward", "Litlemoor"], "No ward of Oxford is called 'Litlemoor'. Did you mean Little"),
        ([*OXFORD, "--ward", "Cowley", "--page", "gaps"], "leave out --page gaps"),
        ([*OXFORD, *["--ward", "Cowley", "--ward", "Marston", "--ward", "Churchill", "--ward", "Lye Valley",
                     "--ward", "Holywell"]], "At most 4 areas"),
        ([*OXFORD, "--area", "E05000001"], "E05000001 is no LSOA of 2021 and no ward of 2024 in Oxford"),
        ([*OXFORD, "--category", "libary"], "No category is called 'libary'. Did you mean library"),
        ([*OXFORD, "--near", "OX4 9XX"], "OX4 9XX is not a postcode of this area"),
        ([*OXFORD, "--near", "OX4 1BA", "--page", "gaps"], "--near is for the Explore page"),
        ([*OXFORD, "--plan", "+OX4 1BA"], "--plan is for the Gaps page: add --page gaps"),
        ([*OXFORD, "--within", "5001"], "--within is a number from 1 to 5,000, not 5,001"),
        ([*OXFORD, "--page", "gaps", "--add", "0"], "--add is a number from 1 to 10, not 0"),
        (["--link", "http://[x"], "is no link"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_said_and_nothing_is_written(run, tmp_path, words, reason):
    status, said = run(*words)
    assert status == 2
    assert said.startswith("snapshot: ")
    assert reason in said
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("command", ["snapshot", "profiles", "map"])
@pytest.mark.parametrize("day", ["rubbish", "2026-13-40"])
def test_a_day_that_is_none_is_said_in_words(command, day, tmp_path, capsys):
    with pytest.raises(SystemExit):
        main([command, "--council", "Oxford", "--date", day, "--out", str(tmp_path / "out.html")])
    assert f"{day!r} is no date. Write it as 2026-11-22." in capsys.readouterr().err


def test_a_name_that_ends_in_no_format_or_another_is_refused(run, tmp_path):
    assert "Let it end in .png or .svg or .pdf or .zip." in run(*OXFORD, out="x.jpg")[1]
    assert "Let it end in .zip." in run(*OXFORD, "--format", "pack", out="x.png")[1]
    assert "Make the folder first." in run(*OXFORD, out="no/x.png")[1]
    (tmp_path / "x.svg").mkdir()
    assert "is no name for a picture" in run(*OXFORD, out="x.svg")[1]
    with pytest.raises(UnusableQuestionError, match="No such format: gif"):
        snapshots.require_format("gif")


def test_a_full_disk_leaves_what_was_there_and_nothing_half_made(run, tmp_path):
    out = tmp_path / "ward.svg"
    out.write_text("old")
    # What a run that was killed may have left.
    (tmp_path / ".ward.svg.part.svg").write_text("half")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        status, said = run(*OXFORD, "--ward", "Holywell", out="ward.svg")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert status == 2
    assert re.search(r"cannot be written \(File too large\)\. Choose another place\.", said)
    assert out.read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["ward.svg"]


def test_the_file_is_named_before_it_is_drawn_and_drawn_the_same_twice(held):
    asked = Filters(council="Oxford", codes=("E05013106",))
    told = {"page": "area", "held": held, "paper": Paper(), "date": DATE}
    name = snapshots.file_name(asked, file_format="pack", **told)
    assert name == "holywell-ward-oxford-co-operatives-and-community-assets-2026-11-22.zip"
    one, other = (snapshots.snapshot(asked, file_format="svg", link="x", **told) for _ in range(2))
    assert one == other
    assert b"Holywell has no figure" in one


def test_a_base_map_that_is_not_known_is_said_and_none_is_asked_for_by_default(held):
    drawn = pictures.picture_of(Filters(council="Oxford"), page="explore", held=held, link="x", date=DATE)
    assert picture_base.with_base_map(drawn, held.settings, paper=Paper()) is drawn
    wrong = replace(held.settings, picture_base_map="Nowhere")
    with pytest.raises(MappingError, match="Set MAPPING_PICTURE_BASE_MAP to a name such as OpenStreetMap"):
        picture_base.with_base_map(drawn, wrong, paper=Paper())


@pytest.mark.parametrize(("width", "height"), [(1_000, 3_000), (3_000, 1_000), (2_000, 2_000)])
def test_the_base_map_reaches_past_what_must_be_seen_whatever_the_shape(width, height):
    focus = (450_000.0, 205_000.0, 450_000.0 + width, 205_000.0 + height)
    for paper in (Paper(), Paper(orientation="portrait"), Paper(size="slide")):
        west, south, east, north = picture_base.around(focus, paper=paper)
        for shape in (1.0, paper.width_mm / paper.height_mm):
            # What a box of that shape shows of the focus.
            across, up = max(width, height * shape), max(height, width / shape)
            assert east - west >= across
            assert north - south >= up
        assert (west + east, south + north) == (focus[0] + focus[2], focus[1] + focus[3])
