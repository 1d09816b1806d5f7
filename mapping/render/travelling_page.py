"""The page of a map that travels: everything a reader without a script gets, and room for the map.

Every text is escaped here; what a script adds is made of nodes and text.
"""

import base64
from collections.abc import Iterable, Mapping
from html import escape
from importlib.resources import files
from typing import Final

from mapping.render.about import About, date_in_words
from mapping.render.documents.wording import is_link
from mapping.render.summary import NO_RECORD
from mapping.render.travelling_model import Details, Listing, Row, Travelling

DRAWN_WITH: Final = (
    "The map is drawn with Leaflet (© Volodymyr Agafonkin and others, BSD 2-Clause Licence) and "
    "Leaflet.markercluster (© David Leaver, MIT Licence). The letters are a part of Source Sans (© Adobe, "
    "SIL Open Font Licence 1.1)."
)
LICENCES: Final = files("mapping.render") / "static" / "licences.txt"
"""In full: both ask for it in every copy."""
NO_SCRIPT: Final = (
    "The map, the search and the sorting need JavaScript, which does not run here. "
    "The tables below hold the same content."
)


SCROLL: Final = 'class="scroll" role="region" tabindex="0"'
SHORT: Final = 20
"""Characters that a cell keeps in one line."""


def page(
    told: Travelling, *, style: str, data: Mapping[str, str], scripts: Iterable[str], policy: str
) -> str:
    """The whole document; `data` is JSON by the name of its block, which nothing in it can end."""
    blocks = "\n".join(
        f'<script type="application/json" data-holds="{escape(name)}">{body}</script>'
        for name, body in data.items()
    )
    run = "\n".join(f"<script>{each}</script>" for each in scripts)
    return f"""<!doctype html>
<html lang="en-GB" class="travel">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="description" content="{escape(told.summary)}">
<meta name="generator" content="Commons Atlas">
<link rel="icon" href="data:,">
<title>{escape(told.title)}</title>
<style>
{style}</style>
</head>
<body>
<a class="skip" href="#places">Skip to the tables</a>
{_header(told)}
<main>
{_stage(told)}
{_table(told.places, name="places")}
{_table(told.areas, name="areas")}
{_about(told)}
</main>
{blocks}
{run}
</body>
</html>
"""


def _header(told: Travelling) -> str:
    logo = f'<img src="data:image/png;base64,{base64.b64encode(told.logo).decode()}" alt="">'
    owner = f'<p class="owner">{logo if told.logo else ""}{_span(told.owner)}</p>'
    chosen = f'<p class="chosen-by">{escape(told.subtitle)}</p>' if told.subtitle else ""
    return (
        f"<header>{owner if told.owner or told.logo else ''}<h1>{escape(told.title)}</h1>{chosen}"
        f'<p class="summary">{escape(told.summary)}</p></header>'
    )


def _span(text: str) -> str:
    return f"<span>{escape(text)}</span>" if text else ""


def _stage(told: Travelling) -> str:
    """Search, map and what is chosen; without a script only the last, with the reason."""
    return f"""<section class="stage" aria-label="Map">
<p id="no-script">{NO_SCRIPT}</p>
<div id="map" hidden></div>
<form id="find" role="search" hidden></form>
<section id="details" class="opening" tabindex="-1" aria-labelledby="details-title">
{_details(told.opening)}
</section>
<p id="announced" class="unseen" role="status"></p>
</section>"""


def _details(opening: Details) -> str:
    """What is told while nothing is chosen; the script fills the same room."""
    notes = "".join(f"<p>{escape(each)}</p>" for each in opening.notes)
    return f'<h2 id="details-title">{escape(opening.title)}</h2>{notes}{_facts(opening.facts)}'


def _facts(facts: Iterable[tuple[str, str]]) -> str:
    rows = "".join(f"<div><dt>{escape(label)}</dt><dd>{_value(value)}</dd></div>" for label, value in facts)
    return f"<dl>{rows}</dl>" if rows else ""


def _value(text: str) -> str:
    """`text`; as a link where it is all one address on the web."""
    if not is_link(text):
        return escape(text)
    return f'<a href="{escape(text)}" rel="noopener noreferrer">{escape(text)}</a>'


def _table(listing: Listing, *, name: str) -> str:
    heads = "".join(_head(listing, i) for i in range(len(listing.columns)))
    rows = "\n".join(_row(listing, row) for row in listing.rows)
    empty = "" if listing.rows else f'<p class="empty">{escape(listing.empty)}</p>'
    one, many = listing.unit
    return f"""<section id="{name}" class="listing" aria-labelledby="{name}-title" tabindex="-1">
<h2 id="{name}-title">{escape(listing.title)} <span class="n">{len(listing.rows):,}</span></h2>
{empty}<div {SCROLL} aria-labelledby="{name}-title"{" hidden" * (not listing.rows)}>
<table id="{name}-table" data-one="{escape(one)}" data-many="{escape(many)}">
<caption>{escape(listing.caption)}</caption>
<thead><tr>{heads}</tr></thead>
<tbody>
{rows}
</tbody>
</table>
</div>
</section>"""


def _head(listing: Listing, i: int) -> str:
    column = listing.columns[i]
    number = ' class="amount"' if column.is_number else ""
    order = ' aria-sort="ascending"' if i == listing.sorted_by else ""
    return f'<th scope="col"{number}{order}>{escape(column.name)}</th>'


def _row(listing: Listing, row: Row) -> str:
    cells = "".join(_cell(listing, i, text) for i, text in enumerate(row.cells))
    told = {"id": row.id, "kind": row.kind, "category": row.category, "decile": str(row.decile or "")}
    marks = "".join(f' data-{name}="{escape(value)}"' for name, value in told.items() if value)
    return f"<tr{marks}>{cells}</tr>"


def _cell(listing: Listing, i: int, text: str) -> str:
    tag, scope = ("th", ' scope="row"') if i == listing.headed else ("td", "")
    look = "amount" if listing.columns[i].is_number else "short" if len(text) <= SHORT else ""
    named = f' class="{look}"' if look else ""
    return f'<{tag}{scope}{named} dir="auto">{escape(text)}</{tag}>'


def _about(told: Travelling) -> str:
    about = told.about
    choices = (
        *about.filters,
        ("Edition", about.edition),
        ("Made by", told.owner),
        ("Date", date_in_words(about.date)),
        ("To see it as it is now" if is_link(about.link) else "To make it again", about.link),
    )
    lines = dict.fromkeys((*told.lines, *about.notes))
    notes = [*lines] if any(NO_RECORD.rstrip(".") in each for each in lines) else [*lines, NO_RECORD]
    return f"""<section id="about" aria-labelledby="about-title">
<h2 id="about-title">About this map</h2>
{_facts(row for row in choices if row[1])}
<ul>{"".join(f"<li>{escape(each)}</li>" for each in notes)}</ul>
<h3>Sources and licences</h3>
{_sources(about)}
<h3>Attribution</h3>
<ul>{"".join(f"<li>{escape(each)}</li>" for each in about.attributions)}</ul>
<p class="small">{escape(DRAWN_WITH)}</p>
<details class="small"><summary>Licences of the programs inside</summary>
<p class="as-written">{escape(LICENCES.read_text(encoding="utf-8"))}</p></details>
</section>"""


def _sources(about: About) -> str:
    told = dict.fromkeys((card.title, card.publisher, card.vintage, card.licence) for card in about.sources)
    heads = "".join(
        f'<th scope="col">{name}</th>' for name in ("Source", "Publisher", "Edition or date", "Licence")
    )
    rows = "".join(
        f'<tr><th scope="row">{escape(title)}</th>'
        + "".join(f"<td>{escape(each)}</td>" for each in rest)
        + "</tr>"
        for title, *rest in told
    )
    return (
        f'<div {SCROLL} aria-label="Sources"><table>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
