"""(m) One A4 picture of Oxford as a PNG of 300 dpi, against the same polygons drawn by bare matplotlib."""

import datetime
import io
import resource
import time
from collections.abc import Callable, Iterator
from typing import Final

import geopandas as gpd

from bench.figures import Figure, paired
from bench.national import apart
from mapping.analysis.filters import Filters
from mapping.render.sheet import formats
from mapping.render.sheet.paper import DPI, MM, Paper
from mapping.reporting.held import read_held
from mapping.reporting.pictures import picture_of
from mapping.reporting.snapshots import snapshot
from mapping.settings import PILOT, Settings

ROUNDS: Final = 5
TARGET: Final = 2.5
DATE: Final = datetime.date(2026, 11, 22)
A4: Final = Paper()


def figures() -> Iterator[Figure]:
    """One figure: a picture drawn, tables and picture's content being there."""
    yield apart(measured)


def measured() -> Figure:
    """The figure; in detail, the whole way from the tables, and the pack of PNG, SVG, PDF and tables."""
    held = read_held(Settings.from_env({"MAPPING_DATA": str(PILOT)}))
    filters = Filters(council="Oxford")

    def whole(file_format: str) -> bytes:
        return snapshot(
            filters, page="explore", held=held, paper=A4, file_format=file_format, link="", date=DATE
        )

    picture = picture_of(filters, page="explore", held=held, link="", date=DATE)
    draw = _timed(lambda: formats.picture_file(picture, paper=A4, file_format="png"))
    bare = _timed(lambda: bare_png(picture.areas))
    draw(), bare()
    turns = [(draw(), bare()) for _ in range(ROUNDS)]
    figure = paired(
        "one A4 picture of Oxford as PNG, 300 dpi",
        [ours for ours, _ in turns],
        [theirs for _, theirs in turns],
        target=TARGET,
    )
    figure.detail.update(
        {
            "from tables to PNG, s": round(_timed(lambda: whole("png"))(), 3),
            "from tables to pack, s": round(_timed(lambda: whole("pack"))(), 3),
            "pack kB": round(len(whole("pack")) / 1e3),
            "peak MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        }
    )
    return figure


def bare_png(areas: gpd.GeoDataFrame) -> bytes:
    """The same polygons in the same colours on paper of the same size, and nothing else."""
    from matplotlib.figure import Figure as Sheet

    sheet = Sheet(figsize=(A4.width_mm / MM, A4.height_mm / MM), dpi=DPI)
    axes = sheet.add_subplot()
    areas.plot(ax=axes, color=areas["fill"].replace("", "#ffffff"), edgecolor="white", linewidth=0.4)
    axes.set_axis_off()
    body = io.BytesIO()
    sheet.savefig(body, format="png", dpi=DPI)
    return body.getvalue()


def _timed(work: Callable[[], bytes]) -> Callable[[], float]:
    def timed() -> float:
        started = time.perf_counter()
        assert len(work()) > 1_000
        return time.perf_counter() - started

    return timed
