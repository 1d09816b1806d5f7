"""What is at hand while an atlas is made from files: the inventory, where to write, what was found so far."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Never

import pandas as pd
from tqdm import tqdm

from mapping import sources
from mapping.build.cards import Desk, Words
from mapping.build.findings import Findings
from mapping.build.inventory import Inventory
from mapping.build.parquet import write_parquet
from mapping.settings import PILOT


@dataclass(kw_only=True)
class Making:
    """One build from files, under way."""

    inventory: Inventory
    editions: tuple[str, ...]
    """The editions of the indices that can be built."""
    desk: Desk
    to: Path
    """The folder that is being filled."""
    progress: "tqdm[Never]"
    cards: list[sources.Card] = field(default_factory=list)
    not_built: list[str] = field(default_factory=list)
    """Editions that turned out not to be complete, and why."""
    passed_over: list[str] = field(default_factory=list)
    """Files that were not needed, and why."""

    @contextmanager
    def step(self, words: str) -> Iterator[None]:
        """One stretch of work, shown to who waits."""
        self.progress.set_description(words)
        yield
        self.progress.update()

    def write(self, name: str, table: pd.DataFrame, words: Words, *, inside: str = "", by: str = "") -> None:
        """Write `table` and its card as `name`, in folder `inside`; a row group for each value of `by`."""
        path = write_parquet(table, self.to / inside / name, by=by)
        card = self.desk.card(path, table, words)
        sources.write_card(card, path.parent)
        self.cards.append(card)

    def copy(self, name: str, table: pd.DataFrame, found: Findings) -> None:
        """Write `table` as `name` with the card of the pilot's table of that name, of the same sources."""
        path = write_parquet(table, self.to / name)
        card = replace(
            sources.read_card(PILOT / name),
            rows=len(table),
            checks=found.checks,
            issues=found.issues,
            sha256=sources.sha256(path),
        )
        sources.write_card(card, path.parent)
        self.cards.append(card)
