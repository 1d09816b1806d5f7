"""Files of exactly what is filtered, with the columns chosen."""

import datetime
from functools import partial

import streamlit as st

from mapping import export
from mapping.analysis.filters import Filters
from mapping.analysis.view import View
from mapping.render import download
from mapping.ui import cache, links


def button(view: View, filters: Filters, *, subjects: tuple[str, ...] = ("places", "areas")) -> None:
    """The button that opens the choice of format and columns."""
    name = "Download what is shown"
    box = st.popover(name, icon=":material/download:", key="download", on_change="rerun")
    if box.open:
        with box:
            choices(view, filters, subjects=subjects)


def choices(view: View, filters: Filters, *, subjects: tuple[str, ...]) -> None:
    """What, in which format, with which columns; and the file."""
    names = export.SUBJECTS
    subject = subjects[0]
    if len(subjects) > 1:
        subject = st.radio(
            "What", subjects, format_func=names.__getitem__, horizontal=True, key="download-what"
        )
    chosen = st.radio(
        "Format",
        list(export.FORMATS),
        format_func=export.FORMATS.__getitem__,
        horizontal=True,
        key="download-format",
    )
    table = view.places if subject == "places" else export.areas_shown(view, filters)
    offered = export.offered_columns(view, subject)
    columns = st.multiselect(
        "Columns",
        offered,
        default=offered,
        key=f"download-columns-{subject}-{filters.geography}-{bool(view.near)}",
    )
    today = datetime.datetime.now(tz=export.LONDON).date()
    about = export.about_view(
        filters, atlas=cache.atlas(), subject=subject, link=links.link(filters), date=today
    )
    st.download_button(
        f"Download {len(table):,} {subject}",
        data=partial(
            export.export_view,
            view,
            filters,
            atlas=cache.atlas(),
            subject=subject,
            columns=columns,
            file_format=chosen,
            link=about.link,
            date=today,
        ),
        file_name=download.file_name(about, chosen),
        on_click="ignore",
        type="primary",
        disabled=table.empty or not columns,
        icon=":material/download:",
        key="download-file",
    )
    st.caption("The file says inside which filters, date, edition, sources and licences it holds.")
