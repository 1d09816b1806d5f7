"""A document as one web page that needs nothing else: no script, no request, readable on paper and by ear."""

from base64 import b64encode
from functools import cache
from html import escape
from itertools import count
from pathlib import Path
from typing import Final

from mapping.render.about import date_in_words
from mapping.render.documents import ending, logo
from mapping.render.documents.model import (
    Block,
    Bullets,
    Chart,
    Document,
    Facts,
    Figure,
    Heading,
    Note,
    Paragraph,
    Table,
)
from mapping.render.documents.web_chart import chart_html
from mapping.render.documents.web_text import linked, narrow_html, text_html

STYLE: Final = Path(__file__).with_name("web.css")
POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
)
FEW_COLUMNS: Final = 2
"""So many fit a phone side by side; with more, the table scrolls by itself."""


def html_file(document: Document) -> bytes:
    """`document` as a page of HTML in UTF-8, the same bytes for the same document; every text is escaped.

    Raises AttributionError where a source lacks its sentence, UnusableFileError where the logo is unreadable.
    """
    end = ending.ending(document)
    numbers = count(1)
    main = "\n".join(_block(block, next(numbers)) for block in ending.body(document))
    about = "\n".join(_block(block, next(numbers)) for block in end)
    page = f"""<!doctype html>
<html lang="{escape(document.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>{_page_title(document)}</title>
<style>{_style()}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the document</a>
{_masthead(document)}
<main id="main" tabindex="-1">
<h1>{text_html(document.title)}</h1>
{_front(document)}
{main}
<section class="about">
{about}
</section>
</main>
</body>
</html>
"""
    return page.encode()


def _page_title(document: Document) -> str:
    return " – ".join(text_html(text) for text in (document.title, document.owner) if text)


def _masthead(document: Document) -> str:
    """Whose document it is; nothing where nobody is named."""
    png = logo.logo_png(document.logo)
    width, height = logo.size(document.logo)
    picture = (
        f'<img src="data:image/png;base64,{b64encode(png).decode()}" width="{width}" height="{height}" '
        f'alt="{text_html(logo.alternative(document.owner))}">'
        if png
        else ""
    )
    owner = f"<p>{text_html(document.owner)}</p>" if document.owner else ""
    return f"<header>{owner}{picture}</header>" if owner or picture else ""


def _front(document: Document) -> str:
    subtitle = f'<p class="subtitle">{text_html(document.subtitle)}</p>\n' if document.subtitle else ""
    day = f'<time datetime="{document.date.isoformat()}">{date_in_words(document.date)}</time>'
    return f'{subtitle}<p class="day">{day}</p>'


def _block(block: Block, number: int) -> str:
    match block:
        case Heading():
            return f"<h{block.level}>{text_html(block.text)}</h{block.level}>"
        case Paragraph():
            return f"<p>{linked(block.text)}</p>"
        case Note():
            return f'<div class="note" role="note"><p><strong>Note:</strong> {linked(block.text)}</p></div>'
        case Bullets():
            return f"<ul>{''.join(f'<li>{linked(item)}</li>' for item in block.items)}</ul>"
        case Facts():
            return _facts(block)
        case Table():
            return _table(block, number)
        case Chart():
            return chart_html(block)
        case Figure():
            return _figure(block)


def _facts(facts: Facts) -> str:
    rows = "\n".join(
        f'<tr><th scope="row">{text_html(label)}</th><td>{linked(value)}</td></tr>'
        for label, value in facts.rows
    )
    return (
        f'<table class="facts"><caption>{text_html(facts.caption)}</caption>\n<tbody>{rows}</tbody></table>'
    )


def _table(table: Table, number: int) -> str:
    """A table; one of several columns scrolls in a region that the keyboard reaches."""
    sides = [' class="number"' if column.is_number else "" for column in table.columns]
    names = "".join(
        f'<th scope="col"{side}>{narrow_html(column.name)}</th>'
        for column, side in zip(table.columns, sides, strict=True)
    )
    rows = "\n".join(_row(row, sides) for row in table.rows)
    note = f'<p class="beneath">{text_html(table.note)}</p>' if table.note else ""
    whole = f"""<table><caption id="table-{number}"><span>{text_html(table.caption)}</span></caption>
<colgroup>{_shares(table)}</colgroup>
<thead><tr>{names}</tr></thead>
<tbody>{rows}</tbody></table>"""
    if len(table.columns) > FEW_COLUMNS:
        whole = f'<div class="wide" role="region" aria-labelledby="table-{number}" tabindex="0">{whole}</div>'
    return f'<div class="with-note">{whole}{note}</div>'


def _shares(table: Table) -> str:
    total = sum(column.width for column in table.columns)
    return "".join(f'<col style="width:{100 * column.width / total:.1f}%">' for column in table.columns)


def _row(row: tuple[str, ...], sides: list[str]) -> str:
    """The first cell heads the row."""
    cells = [
        f"<{tag}{side}>{linked(cell, write=narrow_html)}</{tag[:2]}>"
        for tag, side, cell in zip(['th scope="row"', *["td"] * (len(row) - 1)], sides, row, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>"


def _figure(figure: Figure) -> str:
    """A picture of vectors, which as an image can neither run nor ask for anything."""
    source = b64encode(figure.svg).decode()
    alt = text_html(figure.alt or figure.caption)
    caption = f"<figcaption>{text_html(figure.caption)}</figcaption>" if figure.caption else ""
    size = f'width="{figure.width_mm / 25.4 * 96:.0f}" height="{figure.height_mm / 25.4 * 96:.0f}"'
    return f'<figure>{caption}<img src="data:image/svg+xml;base64,{source}" {size} alt="{alt}"></figure>'


@cache
def _style() -> str:
    return STYLE.read_text(encoding="utf-8")
