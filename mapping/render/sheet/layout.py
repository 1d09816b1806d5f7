"""One sheet: every part measured before it is placed, so that nothing meets and nothing is cut."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from mapping.render.about import require_attribution
from mapping.render.sheet import arranging, drawing, footer, notes, place_key
from mapping.render.sheet.arranging import Arranged, Given
from mapping.render.sheet.lettering import HAIR, TextBox
from mapping.render.sheet.paper import DPI, Paper
from mapping.render.sheet.pen import Pen
from mapping.render.sheet.picture import Picture
from mapping.render.sheet.place_key import Entry, Listed
from mapping.render.sheet.sizes import sizes

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from mapping.render.sheet.drawing import Drawn

RULE_MM: Final = 0.2
RULE_ABOVE: Final = 0.45
"""The foot, in parts of the gap of columns."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One drawn sheet."""

    figure: "Figure"
    texts: tuple[TextBox, ...]
    """Every line of text on it."""
    drawn: "Drawn"
    """What the map says of itself."""
    map_box: arranging.Box
    cut: tuple[Entry, ...]
    """Entries of the key to the numbers that had no room."""


def sheet(picture: Picture, *, paper: Paper) -> Sheet:
    """`picture` on `paper`.

    Raises AttributionError where a source has no sentence, or a sentence no room.
    """
    from matplotlib.figure import Figure

    require_attribution(picture.about)
    given = _given(picture, paper=paper)
    places = arranging.arranged(given)
    wide, high = paper.pixels
    figure = Figure(figsize=(wide / DPI, high / DPI), dpi=DPI, facecolor="white")
    pen = Pen(figure)
    drawn = drawing.draw_map(figure, places.key.map_box, picture, paper=paper)
    listed = _key(pen, given, places, drawn=drawn)
    _around(pen, places, paper=paper)
    footer.require_all(picture, pen.texts)
    return Sheet(
        figure=figure,
        texts=(*pen.texts, *drawn.texts),
        drawn=drawn,
        map_box=places.key.map_box,
        cut=listed.cut,
    )


def _given(picture: Picture, *, paper: Paper) -> Given:
    """What is to be arranged; the key to the numbers has a title that no other part of the key has."""
    is_taken = any(block.title == picture.places_title for block in picture.key)
    return Given(
        picture=picture,
        told=place_key.entries(picture),
        title=f"{picture.places_title}, by number" if is_taken else picture.places_title,
        paper=paper,
        sizes=sizes(paper),
    )


def _around(pen: Pen, places: Arranged, *, paper: Paper) -> None:
    """The head, the foot, and the rule above it."""
    margin = sizes(paper).margin
    places.head.draw(pen, margin, paper.height_mm - margin)
    top = margin + places.foot.height
    places.foot.draw(pen, margin, top)
    rule = top + RULE_ABOVE * places.key.sizes.gap
    pen.line([(margin, rule), (paper.width_mm - margin, rule)], width_mm=RULE_MM, colour=HAIR)


def _key(pen: Pen, given: Given, places: Arranged, *, drawn: "Drawn") -> Listed:
    """The key to the signs, what the map could not show, and the key to the numbers."""
    key = places.key
    width = key.room[0].width if key.room else 0.0
    before = notes.pieces(given.picture, drawn, width=width, size_pt=key.sizes.row)
    listed = place_key.listed(given.told, key.room, before=before, title=given.title, sizes=key.sizes)
    for each in (*key.placed, *listed.placed):
        each.draw(pen)
    return listed
