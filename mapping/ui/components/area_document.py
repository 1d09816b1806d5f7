"""The document of the page of areas, drawn on the page, and its files."""

from dataclasses import replace
from functools import partial

import streamlit as st

from mapping.analysis.filters import Filters, to_query
from mapping.render import about
from mapping.render.documents import ending
from mapping.render.documents.model import Document
from mapping.ui import cache, links
from mapping.ui.components import area_choice, documents, meaning, take_away, take_files
from mapping.ui.components.documents import Drawing


def draw(asked: Filters) -> None:
    """Title, ways to take it away and to the maps, and the document itself."""
    with st.spinner("Writing it from the tables…"):
        document = cache.document(asked, links.link(asked), take_files.today())
    st.session_state[links.TITLE] = document.title
    documents.draw_title(document)
    area_choice.warn(asked)
    with st.container(horizontal=True, vertical_alignment="center"):
        file_buttons(document)
        take_away.button(asked, page="area")
        meaning.button()
    drawing = Drawing(links=row_links(asked), below=partial(ways, asked))
    documents.draw((*ending.body(document), *ending.ending(document)), drawing)


def file_buttons(document: Document) -> None:
    """The document as a file; each is made only when pressed."""
    for file_format, name in take_files.DOCUMENTS.items():
        st.download_button(
            name,
            data=partial(take_files.document_file, document, file_format=file_format),
            file_name=about.file_name(document.about, file_format),
            on_click="ignore",
            type="primary" if file_format == "pdf" else "secondary",
            icon=":material/download:",
            key=f"area-{file_format}",
        )


def ways(asked: Filters) -> None:
    """The links to the same area, or council, on the maps."""
    view = Filters(council=asked.council, edition=asked.edition, geography=asked.geography, index=asked.index)
    chosen = f"&{links.SELECT}=area:{asked.codes[0]}" if len(asked.codes) == 1 else ""
    with st.container(horizontal=True):
        for page, label, icon in (
            ("explore", "Open on the map", ":material/map:"),
            ("gaps", "Open in Gaps", ":material/distance:"),
        ):
            links.to_page(page, label, icon=icon, query=to_query(view) + chosen)


def row_links(asked: Filters) -> dict[str, str]:
    """By the name of each other area of the council, with or without its code: where its profile is."""
    found: dict[str, str] = {}
    for geography in area_choice.MEANT:
        areas = cache.council_ground(asked.council, asked.edition, asked.index, geography).areas
        view = replace(asked, geography=geography)
        for code, name in zip(areas["code"], areas["name"], strict=True):
            if code not in asked.codes:
                address = f"?{to_query(links.of_areas(view, code))}"
                found |= {name: address, f"{name} ({code})": address}
    return found
