"""Files of exactly what is filtered, with the columns chosen."""

import datetime
from collections.abc import Mapping
from functools import partial

import streamlit as st

from mapping import export
from mapping.analysis.filters import Filters
from mapping.analysis.view import View
from mapping.render import download
from mapping.ui import cache, links

DEFAULTS = {"places": download.PLACE_DEFAULTS, "areas": download.AREA_DEFAULTS}


def button(view: View, filters: Filters, *, subjects: tuple[str, ...] = ("places", "areas")) -> None:
    """The button that opens the choice of format and columns."""
    name = "Download what is shown"
    box = st.popover(name, icon=":material/download:", key="download", on_change="rerun")
    if box.open:
        with box:
            choices(view, filters, subjects=subjects)


def choices(view: View, filters: Filters, *, subjects: tuple[str, ...]) -> None:
    """What, in which format, with which columns; and the file."""
    subject = subjects[0]
    if len(subjects) > 1:
        subject = one_of("What", {each: export.SUBJECTS[each] for each in subjects}, key="download-what")
    file_format = one_of("Format", export.FORMATS, key="download-format")
    columns = column_choice(
        export.offered_columns(view, subject),
        DEFAULTS[subject],
        key=f"download-columns-{subject}-{filters.geography}-{bool(view.near)}",
    )
    file_button(view, filters, subject=subject, columns=columns, file_format=file_format)
    st.caption("The file says inside which filters, date, edition, sources and licences it holds.")


def column_choice(
    offered: list[str],
    usual: tuple[str, ...],
    *,
    key: str,
    names: Mapping[str, str] = download.COLUMN_NAMES,
) -> list[str]:
    """The columns wanted: the usual ones, some, or all, in the order offered."""
    if st.toggle(f"All {len(offered)} columns", key=f"{key}-all"):
        return offered
    wanted = st.multiselect(
        "Columns",
        offered,
        default=[column for column in offered if column in usual],
        format_func=lambda column: names.get(column, column),
        key=key,
        help="The file’s own headings are short names, explained in the glossary.",
    )
    return [column for column in offered if column in wanted]


def file_button(view: View, filters: Filters, *, subject: str, columns: list[str], file_format: str) -> None:
    """The button that hands over the file; it is made only when pressed."""
    n = len(view.places if subject == "places" else export.areas_shown(view, filters))
    today = datetime.datetime.now(tz=export.LONDON).date()
    atlas, link = cache.atlas(), links.link(filters)
    about = export.about_view(filters, atlas=atlas, subject=subject, link=link, date=today)
    make = partial(export.export_view, view, filters, atlas=atlas, subject=subject, link=link, date=today)
    st.download_button(
        f"Download {n:,} {subject}",
        data=partial(make, columns=columns, file_format=file_format),
        file_name=download.file_name(about, file_format),
        on_click="ignore",
        type="primary",
        disabled=not n or not columns,
        icon=":material/download:",
        key="download-file",
    )


def one_of(label: str, names: dict[str, str], *, key: str) -> str:
    return st.radio(label, list(names), format_func=names.__getitem__, horizontal=True, key=key)
