"""Which page a link is of, and a link that leads back."""

import shlex
from dataclasses import replace

import pytest

from mapping.__main__ import parser
from mapping.analysis.filters import Filters, from_query
from mapping.errors import UnusableQuestionError
from mapping.reporting import page_links
from mapping.reporting.held import Held, read_held

OXFORD = Filters(council="Oxford")


@pytest.fixture(scope="module")
def held(settings) -> Held:
    return read_held(settings)


@pytest.mark.parametrize(
    ("link", "page"),
    [
        ("https://atlas.example.org/gaps?council=Oxford", "gaps"),
        ("https://atlas.example.org/maps/area/?area=E05013107#top", "area"),
        ("https://atlas.example.org/?council=Oxford", "explore"),
        ("https://atlas.example.org/directory?council=Oxford", "explore"),
        ("gaps?council=Oxford", "gaps"),
        ("/area?council=Oxford&area=E05013107", "area"),
        ("council=Oxford&q=gaps", "explore"),
        ("?council=Oxford/gaps", "explore"),
        ("council=Oxford/gaps", "explore"),
        ("", "explore"),
        ("gaps", "gaps"),
    ],
)
def test_the_page_is_the_last_part_of_the_path(link, page):
    assert page_links.page_of(link) == page


def test_what_is_no_link_is_said():
    with pytest.raises(UnusableQuestionError, match="Copy it again from the address bar"):
        page_links.page_of("http://[atlas/gaps")


@pytest.mark.parametrize(
    ("address", "page", "start"),
    [
        ("https://atlas.example.org", "explore", "https://atlas.example.org/?council="),
        ("https://atlas.example.org/", "gaps", "https://atlas.example.org/gaps?council="),
        ("https://example.org/atlas/", "area", "https://example.org/atlas/area?council="),
        ("https://example.org/atlas", "explore", "https://example.org/atlas/?council="),
    ],
)
def test_a_link_leads_to_its_page_and_restores_the_choices(settings, address, page, start):
    asked = replace(OXFORD, categories=("food bank",), codes=("E05013107",), deciles=(1, 3))
    link = page_links.link_to(asked, page, replace(settings, address=address))
    assert link.startswith(start)
    assert page_links.page_of(link) == page
    assert from_query(link, council="") == asked


def test_a_link_that_was_given_keeps_its_site_whatever_page_it_was_of(settings):
    for given in ("gaps?council=Preston", "directory", "", "area/"):
        link = page_links.link_back(OXFORD, "area", link=f"http://x.org/base/{given}", settings=settings)
        assert link == "http://x.org/base/area?council=Oxford"


@pytest.mark.parametrize(
    ("asked", "page", "more"),
    [
        (OXFORD, "explore", []),
        (replace(OXFORD, text="O'Neill; rm -rf", plans=("+OX4 1BA",), on_map="A"), "gaps", []),
        (replace(OXFORD, near="OX4 1BA", within_m=750), "explore", ["--within", "750"]),
        (replace(OXFORD, reach_m=1_234), "gaps", ["--within", "1234"]),
    ],
)
def test_without_a_site_the_link_is_a_command_that_asks_the_same(settings, asked, page, more):
    command = page_links.link_to(asked, page, replace(settings, address=""))
    words = shlex.split(command)
    assert words[:3] == ["python", "-m", "mapping"]
    parsed = parser().parse_args(words[3:])
    assert (parsed.command, page_links.page_of(parsed.link)) == ("snapshot", page)
    assert words[6:] == [*more, "--out", page_links.ANY_FILE]
    assert (
        replace(from_query(parsed.link, council=""), within_m=asked.within_m, reach_m=asked.reach_m) == asked
    )


def test_a_site_is_not_named_where_its_page_would_show_something_else(settings):
    known = replace(settings, address="https://atlas.example.org/")
    assert page_links.link_to(replace(OXFORD, within_m=750), "explore", known).startswith("python -m")
    assert page_links.link_back(OXFORD, "gaps", settings=known, with_sites=True).endswith(
        " --add 3 --out picture.pdf"
    )


def test_the_gaps_page_opens_with_what_is_recorded_well(held):
    assert page_links.opened(OXFORD, held).categories == ("library",)
    asked = replace(OXFORD, kinds=("co-operative",))
    assert page_links.opened(asked, held) == asked
    without = replace(held, places=held.places[held.places["category"] != "library"])
    assert page_links.opened(OXFORD, without).categories == ("community centre",)
    nothing = replace(held, places=held.places.iloc[:0])
    assert page_links.opened(OXFORD, nothing) == OXFORD
