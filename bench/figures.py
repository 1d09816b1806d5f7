"""One line of JSON for each thing measured."""

import json
import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A measured value; `ratio` is to the bare thing it was paired with."""

    figure: str
    value: float
    unit: str
    ratio: float | None = None
    target: float | None = None
    """The most that `ratio` may be; the most that `value` may be where there is no ratio."""
    detail: dict[str, Any] = field(default_factory=dict)

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        if self.target is None:
            return None
        return (self.value if self.ratio is None else self.ratio) <= self.target


def show(figures: Iterable[Figure]) -> bool:
    """Print each figure as soon as it is known; whether every target was met."""
    met = True
    for figure in figures:
        fields = asdict(figure)
        detail = fields.pop("detail")
        print(json.dumps(fields | {"met": figure.met} | detail), flush=True)
        met = met and figure.met is not False
    return met


def paired(figure: str, ours: Sequence[float], bare: Sequence[float], *, target: float) -> Figure:
    """The median of `ours`, in seconds, against `bare`, measured in turns."""
    ratios = [a / b for a, b in zip(ours, bare, strict=True)]
    return Figure(
        figure=figure,
        value=rounded(statistics.median(ours)),
        unit="s",
        ratio=rounded(statistics.median(ratios)),
        target=target,
        detail={
            "bare": rounded(statistics.median(bare)),
            "pairs": len(ratios),
            "ratios": [rounded(min(ratios)), rounded(max(ratios))],
        },
    )


def p95(values: Sequence[float]) -> float:
    """The 95th percentile, interpolated."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1]


def rounded(value: float) -> float:
    """`value` to three significant figures."""
    return float(f"{value:.3g}") if value and math.isfinite(value) else value
