"""Tables of a document on a page: text is text, rows lead where they name, bars are true."""

import re

from mapping.render.documents.model import Bar, Chart, Column, Facts, Table
from mapping.ui.components import document_tables

HOSTILE = "<img src=x onerror=alert(1)> \"&'"
ESCAPED = "&lt;img src=x onerror=alert(1)&gt; &quot;&amp;&#x27;"


def test_nothing_from_outside_becomes_markup() -> None:
    columns = (Column(name=HOSTILE), Column(name=HOSTILE, is_number=True))
    table = Table(caption=HOSTILE, columns=columns, rows=((HOSTILE, HOSTILE),), note=HOSTILE)
    bars = (Bar(label=HOSTILE, value=1, text=HOSTILE, colour='red" onclick="x'),)
    chart = Chart(title=HOSTILE, unit=HOSTILE, bars=bars, most=2, alt="", note=HOSTILE)
    drawn = (
        document_tables.table(table, links={HOSTILE: '?area="><script>'})
        + document_tables.facts(Facts(caption=HOSTILE, rows=((HOSTILE, HOSTILE),)), links={})
        + document_tables.chart(chart)
    )
    assert "<img" not in drawn and "onclick" not in drawn and "<script" not in drawn
    assert drawn.count(ESCAPED) == 6 + 3 + 5


def test_a_row_and_a_value_lead_to_what_they_name_and_an_address_to_itself() -> None:
    table = Table(
        caption="Wards", columns=(Column(name="Ward"), Column(name="Seat")), rows=(("Cowley", "Cowley"),)
    )
    assert document_tables.table(table, links={"Cowley": "?a=1&b=2"}).count('<a href="?a=1&amp;b=2">') == 1
    facts = Facts(
        caption="", rows=(("Link", "https://example.org/?a=1"), ("Ward", "Cowley"), ("Not", "javascript:1"))
    )
    drawn = document_tables.facts(facts, links={"Cowley": "?area=E05"})
    assert re.findall(r'<a href="([^"]+)">', drawn) == ["https://example.org/?a=1", "?area=E05"]
    assert "<caption>" not in drawn


def test_columns_are_headed_and_a_wide_table_can_be_moved_by_key() -> None:
    columns = (Column(name="Ward", width=3), *(Column(name=str(n), is_number=True) for n in range(4)))
    drawn = document_tables.table(
        Table(caption="By year", columns=columns, rows=(("Cowley", "1", "2", "3", "4"),)), links={}
    )
    assert drawn.startswith('<div class="wide" role="region" tabindex="0" aria-label="By year">')
    assert drawn.count('scope="col"') == 5 and drawn.count('<th scope="row">') == 1
    assert drawn.count('<td class="number">') == 4
    assert re.findall(r"width:([\d.]+)%", drawn) == ["42.9", "14.3", "14.3", "14.3", "14.3"]
    assert "min-width:29.8rem" in drawn


def test_a_bar_is_as_long_as_its_value_and_none_is_drawn_where_nothing_is_known() -> None:
    values = {"half": 50.0, "none": None, "too much": 150.0}
    bars = tuple(Bar(label=label, value=value, text=label) for label, value in values.items())
    drawn = document_tables.chart(Chart(title="Share", unit="per cent", bars=bars, most=100, alt=""))
    assert re.findall(r"width:([\d.]+)%;background:(#\w+)", drawn) == [
        ("50.0", "#5d5aa0"),
        ("0.0", "#5d5aa0"),
        ("100.0", "#5d5aa0"),
    ]
    assert "<caption>Share (per cent)</caption>" in drawn
