"""The axis of a chart: how much of it a bar fills, and what is written at its end."""

import math

from mapping.render.documents.model import Bar, Chart


def share(bar: Bar, chart: Chart) -> float | None:
    """How much of the axis `bar` fills, 0 to 1; None where there is no figure."""
    if bar.value is None or math.isnan(bar.value):
        return None
    return min(1.0, max(0.0, bar.value / chart.most)) if chart.most > 0 else 0.0


def end_of(chart: Chart) -> str:
    """The end of the axis as a number: `100`, `0.5`, `32,844`."""
    return f"{chart.most:,.0f}" if float(chart.most).is_integer() else f"{chart.most:,g}"
