"""A small document with every kind of block, and one whose words are as bad as words can be."""

import datetime
from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageDraw

from mapping.render.about import About
from mapping.render.documents.model import (
    Bar,
    Bullets,
    Chart,
    Column,
    Document,
    Facts,
    Figure,
    Heading,
    Note,
    Paragraph,
    Slide,
    Table,
)
from mapping.sources import Card

HOSTILE = '=HYPERLINK("http://evil.example","x")\x00\x0b\x1b<w:p/>&amp;\u202egnp.exe\u200b{{PAGE}}\ud800'
READ = '=HYPERLINK("http://evil.example","x") <w:p/>&amp;gnp.exe{{PAGE}}'
"""The same, as a reader is to see it."""
LONG = "The Society for the Preservation of Everything " * 7


def card(title: str, attribution: str) -> Card:
    told = {"publisher": "MHCLG", "vintage": "2025", "licence": "OGL v3", "source": "gov.uk", "made": "as is"}
    lists = {"pages": (), "columns": (), "checks": ()}
    return Card(
        table="t.parquet", title=title, attribution=attribution, rows=1, sha256="00" * 32, **told, **lists
    )


ABOUT = About(
    title="Profile of Blackbird Leys",
    filters=(("Council", "Oxford"), ("Areas", "Ward")),
    edition="Indices of Deprivation 2025, Index of Multiple Deprivation",
    date=datetime.date(2026, 11, 22),
    link="https://atlas.example.org/area?council=Oxford&area=E05013111",
    sources=(
        card("Indices of Deprivation 2025", "Contains public sector information licensed under the OGL v3."),
        card("Places", "Places © their publishers."),
    ),
    notes=("A place without a record is not a place without a co-operative.",),
)


def png(width: int = 480, height: int = 400) -> bytes:
    image = Image.new("RGB", (width, height), "#e0f2f7")
    ImageDraw.Draw(image).polygon(
        [(40, 60), (width - 60, 30), (width - 30, height - 50), (90, height - 30)], "#3c1348"
    )
    body = BytesIO()
    image.save(body, "PNG")
    return body.getvalue()


MAP = Figure(
    svg=b"<svg/>",
    png=png(),
    alt="Map of Blackbird Leys: 3 of its 4 LSOAs are in decile 1.",
    caption="Blackbird Leys and its places",
    width_mm=120,
    height_mm=100,
)
CHART = Chart(
    title="Deprivation by domain",
    unit="Decile, 1 is the most deprived",
    bars=(
        Bar(label="Income", value=2, text="2"),
        Bar(label="Employment", value=3.5, text="3.5, twice the mean", colour="#3c1348"),
        Bar(label="Crime", value=None, text="No figure"),
    ),
    most=10,
    alt="Bars of three domains: income is in decile 2, employment in 3.5, crime has no figure.",
    note="Deciles are of England’s LSOAs.",
)
TABLE = Table(
    caption="Places in Blackbird Leys",
    columns=(
        Column(name="Name", width=3),
        Column(name="Kind", width=2),
        Column(name="People", is_number=True),
    ),
    rows=(("Leys Community Centre", "community asset", "1,204"), ("Ark T", "co-operative", "88")),
    note="Recorded on 22 November 2026.",
)
SLIDE = Slide(
    title="Three of four LSOAs in Blackbird Leys are among the most deprived tenth",
    subtitle="Ward in Oxford",
    facts=(("Population", "13,010"), ("LSOAs in decile 1", "3 of 4"), ("Places recorded", "12")),
    figure=MAP,
    bullets=("The nearest food bank is 1,240 m away, in a straight line.", "No co-operative is recorded."),
    footer="Indices of Deprivation 2025. Contains public sector information licensed under the OGL v3.",
    notes="Blackbird Leys is a ward of Oxford. Three of its four LSOAs are in decile 1.",
)
DOCUMENT = Document(
    title="Blackbird Leys",
    subtitle="Ward profile, Oxford",
    date=datetime.date(2026, 11, 22),
    blocks=(
        Heading(text="Where it stands"),
        Paragraph(text="Three of its four LSOAs are in decile 1, the most deprived tenth of England."),
        Note(text="The editions of 2019 and 2025 do not compare."),
        Facts(caption="In short", rows=(("Population", "13,010"), ("Average rank", "4,211.50"))),
        Heading(text="Its domains", level=3),
        CHART,
        Heading(text="Its places"),
        MAP,
        TABLE,
        Bullets(items=("One food bank within 800 m.", "No credit union.")),
    ),
    slides=(
        SLIDE,
        Slide(title="Income and employment weigh most", chart=CHART, bullets=("Income: decile 2.",)),
    ),
    about=ABOUT,
    owner="Oxford City Council",
    logo=png(300, 90),
)


def hostile() -> Document:
    """Every word replaced by one that would break a file, a formula or a line."""
    name = HOSTILE + LONG
    table = replace(TABLE, caption=HOSTILE, rows=((name, HOSTILE, "-1+1"),))
    chart = replace(CHART, title=HOSTILE, unit=HOSTILE, bars=(Bar(label=HOSTILE, value=1, text=HOSTILE),))
    slide = replace(
        SLIDE, title=name, subtitle=name, facts=((name, name),) * 9, bullets=(name,) * 4, footer=name
    )
    return replace(
        DOCUMENT,
        title=name,
        subtitle=HOSTILE,
        blocks=(
            Heading(text=name, level=3),
            Paragraph(text=HOSTILE),
            Facts(caption=HOSTILE, rows=((HOSTILE, "javascript:alert(1)"),)),
            table,
            chart,
        ),
        slides=(slide, replace(slide, figure=None, chart=chart, notes=HOSTILE)),
        owner=HOSTILE,
    )
