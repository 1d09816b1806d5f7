"""What is on the page, taken to a meeting: a picture, a profile, a map that travels, a frame, a link."""

from functools import partial
from typing import Final, Literal

import streamlit as st

from mapping.analysis.filters import Filters
from mapping.errors import MappingError
from mapping.render.sheet.paper import NAMES, ORIENTATIONS, Paper
from mapping.ui import cache, links
from mapping.ui.components import downloads, take_files
from mapping.ui.components.take_files import View
from mapping.ui.components.text import plain

NAME: Final = "Take to a meeting"
KINDS: Final = {
    "picture": "Picture",
    "document": "Profile",
    "map": "Map that travels",
    "frame": "Embed",
    "link": "Link",
}
BOX: Final = "take"
LOOK: Final = "take-looked-at"
"""Where a session keeps the paper and the format of a picture that is to be opened."""
WIDTH: Final = 440
"""Pixels of the box: what is chosen in it must not move its edges."""
WIDTHS: Final[dict[str, Literal["stretch"] | int]] = {"landscape": "stretch", "portrait": 760}
PICTURES: Final = {"png": "PNG", "svg": "SVG", "pdf": "PDF", "pack": "Pack"}
SAID: Final = {
    "png": "For slides and documents, 300 dots an inch.",
    "svg": "For designers: lines and letters, sharp at any size.",
    "pdf": "To print or attach, with the whole list of places.",
    "pack": "A zip of all three, the table behind the picture, its alternative text and how it was made.",
}


def button(asked: Filters, *, page: str, with_sites: bool = False) -> None:
    """The button that opens the ways to take away what the page shows; each is made when it is asked for."""
    link, date = links.link(asked), take_files.today()
    chosen = st.session_state.get(links.CHOSEN) or ""
    draw(View(asked=asked, page=page, link=link, date=date, chosen=chosen, with_sites=with_sites))


@st.fragment
def draw(view: View) -> None:
    """The button; only its own part of the page runs again while somebody chooses in it."""
    box = st.popover(NAME, icon=":material/co_present:", key=BOX, on_change="rerun")
    if box.open:
        with box, st.container(width=WIDTH):
            try:
                choices(view)
            except MappingError as exc:
                st.error(plain(exc), icon=":material/error:")
    if wanted := st.session_state.pop(LOOK, None):
        look(view, *wanted)


def choices(view: View) -> None:
    """What to take, and how."""
    parts = {"picture": picture, "document": document, "map": travelling, "frame": frame, "link": address}
    parts[downloads.one_of("What", KINDS, key="take-what")](view)


def picture(view: View) -> None:
    """The map on paper."""
    left, right = st.columns(2)
    with left:
        size = downloads.one_of("Paper", NAMES, key="take-paper")
    with right:
        orientation = downloads.one_of("Orientation", ORIENTATIONS, key="take-orientation")
    file_format = downloads.one_of("Format", PICTURES, key="take-format")
    st.caption(SAID[file_format])
    paper = Paper(size=size, orientation=orientation)
    picture_button(view, paper, file_format)
    st.button(
        "Look at it first",
        icon=":material/visibility:",
        on_click=leave_for_look,
        args=(paper, file_format),
        key="take-look",
    )


def picture_button(view: View, paper: Paper, file_format: str) -> None:
    """The button that hands over the picture, or the pack."""
    held = cache.held()
    file_button(
        f"Download the {'pack' if file_format == 'pack' else 'picture'}",
        partial(take_files.picture, view, paper=paper, file_format=file_format, held=held),
        take_files.picture_name(view, paper=paper, file_format=file_format, held=held),
    )


def leave_for_look(paper: Paper, file_format: str) -> None:
    """Nothing: the box is closed, which would lie over the picture that is opened instead."""
    st.session_state[BOX] = False
    st.session_state[LOOK] = paper, file_format


@st.dialog("The picture", width="large")
def look(view: View, paper: Paper, file_format: str) -> None:
    """The picture as it will be, and the file of it."""
    held = cache.held()
    picture_button(view, paper, file_format)
    try:
        with st.spinner("Drawing the picture…"):
            drawn = take_files.picture(view, paper=paper, file_format="svg", held=held)
    except MappingError as exc:
        st.error(plain(exc), icon=":material/error:")
        return
    st.image(drawn.decode(), alt=take_files.words(view, held=held).alt, width=WIDTHS[paper.orientation])


def document(view: View) -> None:
    """The profile of what is chosen, or the council's overview."""
    take_files.require_logo()
    told = take_files.document_words(view)
    st.markdown(f"The {plain(told)}.")
    if not view.areas.codes:
        st.caption("For the profile of one ward or LSOA, choose it by name, on the map or in a table.")
    file_format = downloads.one_of("Format", take_files.DOCUMENTS, key="take-document")
    file_button(
        f"Download the {told.split()[0]}",
        partial(take_files.document, view, file_format=file_format, held=cache.held()),
        take_files.document_name(view, file_format=file_format),
    )
    if view.page != "area":
        links.to_profile("Read it first", view.asked, *view.areas.codes)


def travelling(view: View) -> None:
    """The map as one file."""
    take_files.require_logo()
    st.markdown(
        "The map as it is shown now, to move and search, in one file. Any browser opens it, also from a USB "
        "stick or an e-mail, with the network off."
    )
    held = cache.held()
    file_button(
        "Download the map",
        partial(take_files.travelling, view, held=held),
        take_files.travelling_name(view, held=held),
    )


def frame(view: View) -> None:
    """The page's map in a frame on a site of one's own."""
    # Only whoever asks for a frame pays for what draws it.
    from mapping.ui import embed

    st.markdown("To show this map on a page of your own, paste there:")
    title = take_files.words(view, held=cache.held()).title
    st.code(embed.snippet(view.shared, title), "html", wrap_lines=True)
    st.link_button("See what it looks like", embed.address(view.shared), icon=":material/open_in_new:")


def address(view: View) -> None:
    """The link to the page as it is."""
    st.markdown("It opens what is shown now, with every choice:")
    st.code(view.shared, None, wrap_lines=True)


def file_button(label: str, make: "partial[bytes]", name: str) -> None:
    """The button that hands over a file; it is made only when pressed."""
    st.download_button(
        label,
        data=make,
        file_name=name,
        on_click="ignore",
        type="primary",
        icon=":material/download:",
        key="take-file",
    )
