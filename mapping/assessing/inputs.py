"""What both commands about gaps start from: the tables that are held, and the files that were brought."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import geopandas as gpd
import pandas as pd

from mapping.adapters.kinds import refused
from mapping.adapters.polygons import read_polygons
from mapping.adapters.spreadsheet import read_bytes, read_table
from mapping.analysis.assess import Ground
from mapping.analysis.distances import Metric
from mapping.analysis.filters import Filters
from mapping.analysis.gap_ground import AROUND_M
from mapping.assessing.asking import Asked, given_filters, known_filters
from mapping.assessing.ground import gap_ground
from mapping.assessing.views import metric_of
from mapping.atlas import Atlas, read_atlas
from mapping.directory import added, lists, seed
from mapping.directory.lists import PlacedList
from mapping.errors import UnusableQuestionError
from mapping.settings import Settings

CAPACITY: Final = ("place_id", "capacity")


@dataclass(frozen=True, kw_only=True)
class Inputs:
    """What a question about gaps is answered from."""

    atlas: Atlas
    places: pd.DataFrame
    completeness: pd.DataFrame
    filters: Filters
    metric: Metric
    capacity: "pd.Series[float] | None"
    drawn: gpd.GeoDataFrame | None
    problems: tuple[str, ...] = ()
    """Files of this installation that could not be used, in a sentence each."""

    def ground(self) -> Ground:
        """The ground of the council asked for."""
        around_m = max(AROUND_M, self.filters.reach_m)
        return gap_ground(self.filters, atlas=self.atlas, drawn=self.drawn, around_m=around_m)


def read_inputs(asked: Asked, settings: Settings, *, needs_council: bool = True) -> Inputs:
    """The tables and files that `asked` names, each checked.

    Raises as `given_filters`, `known_filters`, `read_atlas`, `metric_of` and the readers of files do.
    """
    given_filters(asked)
    path = asked.drawn
    drawn = read_polygons(read_bytes(path), name=path.name).areas if path else None
    capacity = read_capacity(asked.capacity) if asked.capacity else None
    listed = _brought_list(asked.places) if asked.places else None
    atlas, own = read_atlas(settings), added.read_added(settings)
    places = seed.read_places(settings)
    completeness = added.completeness_with(atlas.completeness, own.completeness)
    if listed:
        listed, asked = of_category(listed, asked)
        places, completeness = standing_for(listed, places, completeness)
    filters = known_filters(
        given_filters(asked),
        atlas=atlas,
        places=places,
        completeness=completeness,
        needs_council=needs_council,
    )
    return Inputs(
        atlas=atlas,
        places=places,
        completeness=completeness,
        filters=filters,
        metric=metric_of(filters, settings, streets=asked.streets),
        capacity=capacity,
        drawn=drawn,
        problems=own.problems,
    )


def _brought_list(path: Path) -> PlacedList:
    if not path.is_file():
        raise refused(str(path), "is not a file", "Check the name and the folder.")
    return lists.read_list(path)


def of_category(listed: PlacedList, asked: Asked) -> tuple[PlacedList, Asked]:
    """The list and what is asked, of one category: the one asked for, or that of the file's name.

    Where several are asked for, the list's own must be among them: else nothing of it would count.
    """
    wanted = tuple(asked.choices.get("categories") or ())
    category = wanted[0] if len(wanted) == 1 else listed.category
    if not wanted:
        asked = replace(asked, choices={**asked.choices, "categories": (category,)})
    elif category not in wanted:
        raise UnusableQuestionError(
            f"{listed.file} holds the category {category!r}, which is not asked for. Ask for it too, or for "
            "one category alone: the list is taken for that then."
        )
    return replace(listed, category=category, places=listed.places.assign(category=category)), asked


def standing_for(
    listed: PlacedList, places: pd.DataFrame, completeness: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The directory and its completeness with the list in place of all that they hold of its category."""
    own = places[places["category"] != listed.category]
    known = completeness[completeness["category"] != listed.category]
    return (
        pd.concat([own, listed.places], ignore_index=True),
        pd.concat([known, added.completeness_of(listed)], ignore_index=True),
    )


def read_capacity(path: Path) -> "pd.Series[float]":
    """What each place can serve, by `place_id`, from a CSV or workbook with columns `CAPACITY`.

    Raises UnusableFileError: no such file or columns, an id twice, or a capacity that is no number from 0 up.
    """
    rows = read_table(path).rows
    if missing := [name for name in CAPACITY if name not in rows]:
        raise refused(
            path.name, f"has no column {' or '.join(missing)}", "Head its columns place_id, capacity."
        )
    numbers = pd.to_numeric(rows["capacity"], errors="coerce")
    wrong = rows.loc[~(numbers >= 0) | (numbers == float("inf")), "capacity"]
    if len(wrong):
        raise refused(
            path.name, f"has a capacity that is no number from 0 up ({wrong.iloc[0]!r})", "Correct it there."
        )
    if rows["place_id"].duplicated().any():
        twice = rows.loc[rows["place_id"].duplicated(), "place_id"].iloc[0]
        raise refused(path.name, f"has the place {twice} more than once", "Keep one row for each place.")
    return pd.Series(numbers.to_numpy(float), index=pd.Index(rows["place_id"]), name="capacity")


def refuse_out(out: Path, *, suffixes: Sequence[str], brought: Sequence[Path | None]) -> None:
    """Nothing, if the result may be written to `out`. Raises UnusableFileError."""
    if out.suffix.casefold() not in suffixes or out.is_dir():
        raise refused(str(out), "is no name for a result", f"Let it end in {' or '.join(suffixes)}.")
    for path in brought:
        if path and out.exists() and path.exists() and out.samefile(path):
            raise refused(str(out), "is a file that was brought", "Give the result another name.")
    if not out.parent.is_dir():
        raise refused(str(out), "is in a folder that is not there", "Make the folder first.")
