"""The web page of a document: what it says, that it is well formed and that nothing in it is live."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Final

import pytest

from mapping.errors import AttributionError
from mapping.render import palette
from mapping.render.documents import web
from mapping.render.documents.model import Bullets, Facts, Heading, Note, Paragraph
from tests.unit.office_document import ABOUT, CHART, DOCUMENT, MAP, TABLE, card, hostile

VOID: Final = {"meta", "img", "col", "wbr", "link", "br", "hr", "input"}
MARKUP: Final = "</style><script>alert(1)</script><img src=x onerror=alert(1)>\" onmouseover='x' ${1} `"


@dataclass
class Element:
    name: str
    attributes: dict[str, str]
    inside: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(part if isinstance(part, str) else part.text for part in self.inside)

    def all(self, name: str) -> list["Element"]:
        return [each for each in self.each() if each.name == name]

    def each(self) -> Iterator["Element"]:
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part.each()


class Reader(HTMLParser):
    """Builds the tree; an element that is not closed where it should be fails."""

    def __init__(self) -> None:
        super().__init__()
        self.open = [Element("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def read(body: bytes) -> Element:
    reader = Reader()
    reader.feed(body.decode())
    reader.close()
    (root,) = reader.open
    return root


@pytest.fixture(scope="module")
def page() -> Element:
    return read(web.html_file(DOCUMENT))


def test_tables_keep_every_cell_under_its_headings(page: Element) -> None:
    (table,) = (each for each in page.all("table") if TABLE.caption in each.text)
    assert [(each.text, each.attributes["scope"]) for each in table.all("th")] == [
        ("Name", "col"), ("Kind", "col"), ("People", "col"),
        ("Leys Community Centre", "row"), ("Ark T", "row"),
    ]  # fmt: skip
    assert [each.text for each in table.all("td")] == ["community asset", "1,204", "co-operative", "88"]
    assert [each.attributes.get("class") for each in table.all("td")][:2] == [None, "number"]
    assert table.all("caption")[0].text == TABLE.caption
    assert TABLE.note in page.text


def test_facts_are_a_table_whose_rows_are_headed(page: Element) -> None:
    (facts,) = (each for each in page.all("table") if each.all("caption")[0].text == "In short")
    assert [each.text for each in facts.all("th")] == ["Population", "Average rank"]
    assert facts.all("th")[0].attributes == {"scope": "row"}
    assert [each.text for each in facts.all("td")] == ["13,010", "4,211.50"]


def test_it_is_one_document_with_a_title_a_way_in_and_landmarks(page: Element) -> None:
    (html,) = page.all("html")
    assert html.attributes == {"lang": "en-GB"}
    assert page.all("title")[0].text == "Blackbird Leys – Oxford City Council"
    assert [each.text for each in page.all("h1")] == ["Blackbird Leys"]
    assert [len(page.all(name)) for name in ("main", "header")] == [1, 1]
    skip = page.all("a")[0]
    assert skip.attributes["href"] == "#main" and page.all("main")[0].attributes["id"] == "main"
    levels = [int(each.name[1]) for each in page.each() if re.fullmatch("h[1-6]", each.name)]
    assert levels == [1, 2, 3, 2, 2, 3, 3, 3]
    identifiers = [each.attributes["id"] for each in page.each() if "id" in each.attributes]
    assert len(identifiers) == len(set(identifiers))


def test_pictures_and_charts_have_their_alternative_text(page: Element) -> None:
    assert [each.attributes["alt"] for each in page.all("img")] == ["Logo of Oxford City Council", MAP.alt]
    (chart,) = (each for each in page.each() if each.attributes.get("role") == "img")
    assert chart.attributes["aria-label"] == CHART.alt
    fills = [each.attributes["style"] for each in chart.each() if each.attributes.get("class") == "fill"]
    assert fills == ["width:20.00%;background:#5d5aa0", "width:35.00%;background:#3c1348"]
    hatched = [each for each in chart.each() if each.attributes.get("class") == "none"]
    assert len(hatched) == 1 and "No figure" in chart.text
    assert "0Decile, 1 is the most deprived10" in chart.text


def test_a_warning_says_that_it_is_one(page: Element) -> None:
    (note,) = (each for each in page.each() if each.attributes.get("role") == "note")
    assert note.text == "Note: The editions of 2019 and 2025 do not compare."


def test_it_ends_with_where_it_comes_from(page: Element) -> None:
    (end,) = page.all("section")
    for sentence in [*ABOUT.attributions, *ABOUT.licences, *ABOUT.notes, ABOUT.edition, "22 November 2026"]:
        assert sentence in end.text
    assert [each.attributes["href"] for each in end.all("a")] == [ABOUT.link]


def test_it_asks_for_nothing_and_runs_nothing(page: Element) -> None:
    policy = next(each.attributes["content"] for each in page.all("meta") if "http-equiv" in each.attributes)
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:;")
    assert not page.all("script") + page.all("link")
    assert all(each.attributes["src"].startswith("data:image/") for each in page.all("img"))
    assert "url(" not in page.all("style")[0].text and "@import" not in page.all("style")[0].text


def test_markup_is_text_and_only_addresses_are_links() -> None:
    facts = Facts(
        caption=MARKUP, rows=((MARKUP, "javascript:alert(1)"), ("a", 'https://a.example/?b=1&c="x'))
    )
    words = (
        Heading(text=MARKUP, level=3),
        Paragraph(text=MARKUP),
        Note(text=MARKUP),
        Bullets(items=(MARKUP,)),
    )
    chart = replace(CHART, title=MARKUP, alt=MARKUP, unit=MARKUP, note=MARKUP)
    told = replace(DOCUMENT, title=MARKUP, subtitle=MARKUP, owner=MARKUP, blocks=(*words, facts, chart))
    page = read(web.html_file(told))
    assert not page.all("script") and [each.attributes["href"] for each in page.all("a")] == [
        "#main",
        ABOUT.link,
    ]
    assert {name for each in page.each() for name in each.attributes if name.startswith("on")} == set()
    assert page.all("h1")[0].text == MARKUP
    assert len([each for each in page.each() if each.text == MARKUP]) > 8


def test_what_no_reader_sees_is_left_out() -> None:
    text = web.html_file(hostile()).decode()
    assert not re.search("[\x00-\x08\x0b-\x1f\u200b\u202e\ud800]", text)
    assert "=HYPERLINK(&quot;http://evil.example&quot;,&quot;x&quot;) &lt;w:p/&gt;&amp;amp;gnp.exe" in text
    read(web.html_file(hostile()))


def test_the_same_document_is_the_same_bytes() -> None:
    assert web.html_file(DOCUMENT) == web.html_file(DOCUMENT)
    assert len(web.html_file(DOCUMENT)) < 40_000


def test_its_colours_can_be_read() -> None:
    style = web.STYLE.read_text(encoding="utf-8")
    colours = dict(re.findall(r"--(\w+): (#\w{6})", style))
    for ground in ("#ffffff", colours["wash"]):
        for ink in ("ink", "grey", "accent"):
            assert palette.contrast(colours[ink], ground) >= 4.5


def test_nothing_leaves_without_its_attribution() -> None:
    with pytest.raises(AttributionError, match="Bus stops"):
        web.html_file(replace(DOCUMENT, about=replace(ABOUT, sources=(card("Bus stops", ""),))))
