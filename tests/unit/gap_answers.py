"""Answers about gaps with figures of our choosing, for tests of the words made of them."""

from types import SimpleNamespace

import pandas as pd

from mapping.analysis.question import Question
from mapping.analysis.record import Line, Standing

NONE = float("nan")
LIBRARY = Line(
    kind="community asset", category="library", level="recorded", as_of="2016-07-01", basis="A list"
)


def line(category="food bank", level="thin", as_of="2024-05", basis="Give Food; others are missing"):
    return Line(kind="community asset", category=category, level=level, as_of=as_of, basis=basis)


def standing(*lines, is_known=True):
    level = lines[0].level if lines else "not surveyed"
    return Standing(level=level, lines=lines, is_known=is_known)


def areas(*rows):
    """Rows of name, gap, rank, best rank, worst rank."""
    columns = ["name", "gap", "gap_rank", "gap_rank_low", "gap_rank_high"]
    table = pd.DataFrame(rows, columns=columns)
    whole = dict.fromkeys(columns[2:], "Int64")
    return table.astype({"gap": float} | whole).assign(need_share=table["gap"].astype(float))


def answer(
    *,
    rows=(("Leys", 0.5, 1, 1, 3), ("Barton", 0.2, 2, 1, 4), ("Cowley", 0.0, 3, 2, 3)),
    lines=(LIBRARY,),
    is_known=True,
    n_left_out=0,
    question=None,
    **total,
):
    """An answer about libraries in a town of 10,000, of whom 6,100 are near one."""
    figures = {"population": 10_000, "within_share": 0.61, "people_beyond": 3_900.2, "n_places": 4}
    figures |= {"need_people_beyond": 812.4}
    return SimpleNamespace(
        question=question or Question(),
        metric_words="straight line × 1.3",
        standing=standing(*lines, is_known=is_known),
        n_left_out=n_left_out,
        areas=areas(*rows),
        total=pd.Series(figures | total, dtype=float),
    )
