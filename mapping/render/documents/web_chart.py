"""A chart as a web page draws it: bars of boxes, whose letters keep their size on a phone."""

from collections.abc import Iterator

from mapping.render.documents import scale
from mapping.render.documents.model import Chart
from mapping.render.documents.web_text import text_html


def chart_html(chart: Chart) -> str:
    """A figure with its title; to who cannot see it, the bars are one picture with alternative text."""
    alt = text_html(chart.alt or chart.title)
    note = f'<p class="beneath">{text_html(chart.note)}</p>' if chart.note else ""
    return f"""<figure class="chart"><figcaption>{text_html(chart.title)}</figcaption>
<div class="bars" role="img" aria-label="{alt}">
{"".join(_rows(chart))}
<div class="axis"><span>0</span><span>{text_html(chart.unit)}</span><span>{scale.end_of(chart)}</span></div>
</div>{note}</figure>"""


def _rows(chart: Chart) -> Iterator[str]:
    for bar in chart.bars:
        share = scale.share(bar, chart)
        if share is None:
            fill = '<span class="none"></span>'
        else:
            look = f"width:{100 * share:.2f}%;background:{text_html(bar.colour)}"
            fill = f'<span class="fill" style="{look}"></span>'
        yield (
            f'<div class="bar"><span class="label">{text_html(bar.label)}</span>'
            f'<span class="track">{fill}</span><span class="value">{text_html(bar.text)}</span></div>\n'
        )
