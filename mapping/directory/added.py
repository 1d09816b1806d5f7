"""Places that this installation brought: the lists that `python -m mapping place` wrote into one folder.

`care-provider.csv` holds the category "care provider". A list that cannot be used is left out and that is
said: it never keeps the app, or a command, from the rest.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from mapping import schemas
from mapping.adapters.kinds import refused
from mapping.directory.lists import PlacedList, read_list
from mapping.errors import MappingError
from mapping.settings import Settings
from mapping.tables import form_of

SUFFIXES: Final = (".csv", ".xlsx", ".parquet")
ISSUES: Final = ".issues.csv"
"""What `place` writes beside a list."""
HIDDEN: Final = (".", "~$")
"""Begin the names of what is half written, and of what a spreadsheet keeps while a list is open."""
FEW: Final = 5
"""Fewer places than these say that a list reaches into a council, not that it is the record of it."""
RECORDED, THIN, NOT_SURVEYED = schemas.COMPLETENESS
KEY: Final = ["lad24cd", "kind", "category"]


@dataclass(frozen=True, kw_only=True)
class Added:
    """What one installation brought."""

    places: pd.DataFrame
    """`schemas.Places`, by list."""
    completeness: pd.DataFrame
    """`schemas.Completeness`: of each council that a list has places in, what the list says of it."""
    problems: tuple[str, ...]
    """Lists that were left out: which, why, and what to do; a few sentences each."""


def read_added(settings: Settings) -> Added:
    """The lists in the folder that `settings` names; nothing where there is no such folder."""
    lists: list[PlacedList] = []
    problems: list[str] = []
    for path in _files(settings.added):
        try:
            read = read_list(path)
            if double := next((each for each in lists if each.category == read.category), None):
                raise refused(path.name, f"holds what {double.file} holds", "Take one of them away.")
            lists.append(read)
        except MappingError as exc:
            problems.append(f"{exc} Its places are left out.")
        except OSError as exc:
            problems.append(f"{path.name} cannot be read ({exc.strerror}). Its places are left out.")
    return Added(
        places=_all((each.places for each in lists), schemas.Places),
        completeness=_all(map(completeness_of, lists), schemas.Completeness),
        problems=tuple(problems),
    )


def completeness_with(completeness: pd.DataFrame, added: pd.DataFrame) -> pd.DataFrame:
    """`completeness`, where nobody had looked now as the lists that were brought say; both `Completeness`.

    What was recorded, if thinly, stays as it was: a list does not say that it replaces that. A category that
    no row was about gets one. Of a council that `completeness` is not about, a list is the record only where
    it has a `FEW` places or more. Order kept, new rows last.
    """
    if added.empty:
        return completeness
    is_about = added["lad24cd"].isin(completeness["lad24cd"]) | (added["completeness"] == RECORDED)
    told = added[is_about].drop_duplicates(KEY).set_index(KEY)
    keys = pd.MultiIndex.from_frame(completeness[KEY])
    is_looked = keys.isin(told.index) & (completeness["completeness"] == NOT_SURVEYED).to_numpy()
    now = told.reindex(keys[is_looked]).reset_index()[completeness.columns]
    kept = completeness.copy()
    kept.loc[is_looked, now.columns] = now.to_numpy()
    new = told[~told.index.isin(keys)].reset_index()[completeness.columns]
    return schemas.conform(schemas.Completeness, pd.concat([kept, new]), source="completeness")


def completeness_of(listed: PlacedList) -> pd.DataFrame:
    """What one list says of each council that it has places in."""
    counts = listed.places["lad24cd"].value_counts().sort_index()
    brought = f"{listed.file}, brought by this installation"
    return pd.DataFrame(
        {
            "lad24cd": counts.index,
            "kind": listed.kind,
            "category": listed.category,
            "completeness": [RECORDED if n >= FEW else THIN for n in counts],
            "as_of": listed.date,
            "basis": [
                brought if n >= FEW else f"{brought}; only {n} of its places in this council" for n in counts
            ],
        }
    )


def unlisted(places: pd.DataFrame, directory: pd.DataFrame) -> pd.DataFrame:
    """Those of `places` that `directory` does not list already: the same category, name and postcode."""
    mine, theirs = (
        pd.MultiIndex.from_arrays(
            [each["category"], each["name"].str.casefold(), each["postcode"].fillna("")]
        )
        for each in (places, directory)
    )
    return places[~mine.isin(theirs)]


def _files(folder: Path) -> list[Path]:
    """The lists in `folder`, by name."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.casefold() in SUFFIXES
        and not path.name.casefold().endswith(ISSUES)
        and not path.name.startswith(HIDDEN)
    )


def _all(tables: Iterable[pd.DataFrame], model: type[schemas.Schema]) -> pd.DataFrame:
    """`tables` one after the other, meeting `model`; its columns where there are none."""
    held = list(tables)
    if not held:
        return pd.DataFrame(columns=list(form_of(model)))
    return schemas.conform(model, pd.concat(held), source="places added")
