"""Files of the ranked areas, and of the best sites that were found."""

import datetime
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

import streamlit as st

from mapping import assessing, export
from mapping.assessing import telling
from mapping.render import download, gap_columns
from mapping.render.summary import UNITS, count
from mapping.ui import cache, links
from mapping.ui.components import downloads
from mapping.ui.components.gap_plans import Shown

if TYPE_CHECKING:
    from mapping.analysis.siting import Sites

COLUMNS: Final = {
    "areas": [*assessing.GAP_COLUMNS, *assessing.MORE_COLUMNS],
    "sites": [*assessing.SITE_COLUMNS],
}
USUAL: Final = {"areas": assessing.GAP_COLUMNS, "sites": assessing.SITE_COLUMNS}


def button(shown: Shown, sites: "Sites | None") -> None:
    """The button that opens the choice of format and columns."""
    name = "Download what is shown"
    box = st.popover(name, icon=":material/download:", key="gap-download", on_change="rerun")
    if box.open:
        with box:
            choices(shown, sites)


def choices(shown: Shown, sites: "Sites | None") -> None:
    """What, in which format, with which columns; and the file."""
    subjects = {"areas": "Ranked areas"} | ({"sites": "Best sites"} if sites else {})
    subject = "areas"
    if len(subjects) > 1:
        subject = downloads.one_of("What", subjects, key="gap-download-what")
    file_format = downloads.one_of("Format", export.FORMATS, key="gap-download-format")
    columns = downloads.column_choice(
        COLUMNS[subject], USUAL[subject], key=f"gap-download-columns-{subject}", names=gap_columns.NAMES
    )
    file_button(shown, sites, subject=subject, columns=columns, file_format=file_format)
    st.caption("The file says inside which choices, date, edition, sources and licences it holds.")


def file_button(
    shown: Shown, sites: "Sites | None", *, subject: str, columns: list[str], file_format: str
) -> None:
    """The button that hands over the file; it is made only when pressed."""
    today = datetime.datetime.now(tz=export.LONDON).date()
    link = links.link(shown.asked)
    atlas, units = cache.atlas(), UNITS[shown.asked.geography]
    filters = replace(
        shown.question,
        candidates=shown.asked.candidates,
        add=shown.asked.add,
        # The file says under which plan its figures are.
        on_map=shown.plan.name if shown.plan else "",
    )
    about = telling.about_gaps(shown.view, filters, atlas=atlas, areas="", link=link, date=today)
    if sites is None or subject == "areas":
        make, what = partial(assessing.gaps_download, shown.view), count(len(shown.view.areas), *units)
    else:
        make = partial(assessing.sites_download, sites, view=shown.view)
        what = count(len(sites.chosen), "site")
        about = telling.about_sites(shown.view, sites, filters, atlas=atlas, link=link, date=today)
    st.download_button(
        f"Download {what}",
        data=partial(
            make, filters, atlas=atlas, columns=columns, file_format=file_format, link=link, date=today
        ),
        file_name=download.file_name(about, file_format),
        on_click="ignore",
        type="primary",
        disabled=not columns,
        icon=":material/download:",
        key="gap-download-file",
    )
