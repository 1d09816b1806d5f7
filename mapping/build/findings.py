"""What was verified of a table as it was made, and what was found wanting."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Findings:
    """Claims that hold, and issues that a reader of the figures should know."""

    checks: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()

    def __add__(self, other: "Findings") -> "Findings":
        return Findings(checks=self.checks + other.checks, issues=self.issues + other.issues)

    @classmethod
    def of(cls, holds: bool, claim: str, otherwise: str) -> Self:
        """`claim` as verified where it holds; else `otherwise` as an issue."""
        return cls(checks=(claim,)) if holds else cls(issues=(otherwise,))
