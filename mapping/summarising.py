"""The official summary measures of areas of one kind, or of areas that somebody drew, written as a file."""

import datetime
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

import geopandas as gpd
import pandas as pd

from mapping.adapters.kinds import refused
from mapping.adapters.polygons import read_polygons
from mapping.adapters.spreadsheet import read_bytes
from mapping.analysis import area_summaries, weighting
from mapping.analysis.area_summaries import KINDS
from mapping.atlas import Atlas, read_atlas
from mapping.editions import EDITIONS, INDICES
from mapping.errors import UnknownAreaError, UnusableFileError, UnusableWeightsError
from mapping.render.about import About
from mapping.render.measures_csv import about_text, measures_csv
from mapping.settings import Settings
from mapping.written import written_whole

DRAWN: Final = (".geojson", ".json")
SIMPLIFIED_M: Final = 1_000
"""Districts are simplified for drawing: their lines are nearer the truth than this."""
NEAR_M: Final = 3_000
"""How far around the councils built postcodes are held."""
FAR: Final = (
    "A part of it is more than 3 km from the councils held, where no postcodes are: nobody counts there."
)
METHOD: Final = (
    "Our calculation by MHCLG’s method for district summaries (docs/measures.md); not published by MHCLG.",
    "In all five measures the higher figure is the more deprived; ranks: 1 is the most deprived, ties share "
    "the best rank.",
    "An empty cell is not known, never zero: the column why says why.",
)
WEIGHED: Final = {
    "employment": "LSOAs are weighed by their working-age population, as MHCLG does for this domain."
}
HOW: Final = {
    "ward": "LSOAs do not nest in wards: a ward’s figures are those of the LSOAs that the official best-fit "
    "lookup gives it, whole.",
    "drawn": "An LSOA counts in a drawn area by the share of its live small-user postcodes that lie inside; "
    "population is the sum of those parts, an estimate.",
}
LONDON: Final = ZoneInfo("Europe/London")


def summarise_file(
    edition: str, by: str, out: Path, *, index: str = "imd", weights: str | None = None, settings: Settings
) -> str:
    """What was written to `out`, in one line: the measures of each area, and beside it OUT.about.txt.

    Parameters
    ----------
    edition : `2019` or `2025`.
    by : `lad`, `ward`, `lsoa`, or the name of a GeoJSON of polygons.
    out : a CSV of `area_summaries.COLUMNS`, rounded as MHCLG prints them. Both files are whole or not there.
    index : a key of `editions.INDICES`.
    weights : the reader's own weights of the domains, as `income=0.3,employment=0.7`; not official.

    Raises UnusableFileError (`by` or `out` cannot be used), UnknownAreaError (the edition is not held),
    UnusableWeightsError, or as `read_atlas` does.
    """
    path = _drawn_file(by)
    _refuse_out(out, path)
    own = _own_weights(weights, index=index)
    areas = read_polygons(read_bytes(path), name=path.name).areas if path else None
    atlas = read_atlas(settings)
    if areas is None:
        table = summarised(atlas, by, edition=edition, index=index, weights=own)
    else:
        table = summarised_drawn(atlas, areas, edition=edition, index=index, weights=own)
    about = _about(atlas, by, edition=edition, index=index, weights=own, n=len(table), out=out)
    beside = out.with_name(f"{out.name}.about.txt")
    # The result last: where it is new, so is what is said of it.
    said, figures = about_text(about), measures_csv(table)
    written_whole({beside: lambda to: to.write_bytes(said), out: lambda to: to.write_bytes(figures)})
    kind = KINDS.get(by, "drawn areas")
    return f"Wrote the measures of {len(table):,} {kind} to {out}; what they are is in {beside.name}."


def summarised(
    atlas: Atlas, kind: str, *, edition: str, index: str = "imd", weights: Mapping[str, float] | None = None
) -> pd.DataFrame:
    """`area_summaries.area_summaries` of each area of `kind` (`lad`, `ward`, `lsoa`) that `atlas` holds.

    Raises UnknownAreaError (the edition is not held) or UnusableWeightsError.
    """
    lsoas = _lsoas(atlas, edition=edition, weights=weights)
    groups, names = area_summaries.groups_by(
        kind,
        lsoas,
        edition=EDITIONS[edition],
        districts=atlas.districts,
        best_fit=atlas.best_fit[edition],
        wards=atlas.wards,
    )
    return area_summaries.area_summaries(lsoas, groups, names, edition=EDITIONS[edition], index=index)


def summarised_drawn(
    atlas: Atlas,
    areas: gpd.GeoDataFrame,
    *,
    edition: str,
    index: str = "imd",
    weights: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """`area_summaries.drawn_summaries` of `areas`, which are as `read_polygons` gives them.

    Raises as `summarised` does, or SourceMissingError (no boundaries or postcodes are built).
    """
    districts = atlas.areas("lad24cd" if "lad24cd" in atlas.layers else "lsoa21cd")
    built = set(atlas.councils["lad24cd"])
    return area_summaries.drawn_summaries(
        _with_far_noted(areas, districts[districts["lad24cd"].isin(built)]),
        _postcodes_near(atlas, areas, districts),
        _lsoas(atlas, edition=edition, weights=weights),
        built=built,
        edition=EDITIONS[edition],
        index=index,
    )


def _lsoas(atlas: Atlas, *, edition: str, weights: Mapping[str, float] | None) -> pd.DataFrame:
    if edition not in atlas.deprivation:
        raise UnknownAreaError(f"The edition {edition} is not held. Held: {', '.join(atlas.editions)}.")
    return area_summaries.own_lsoas(atlas.deprivation[edition], weights, edition=EDITIONS[edition])


def _with_far_noted(areas: gpd.GeoDataFrame, held: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """`areas`, whose `note` says where a part is farther from the districts `held` than postcodes are."""
    touched = held.geometry.dwithin(areas.geometry.union_all(), NEAR_M)
    near = held.geometry[touched].buffer(NEAR_M).union_all()
    far = areas.geometry.notna() & ~areas.geometry.covered_by(near)
    return areas.assign(note=(areas["note"] + far.map({True: f" {FAR}", False: ""})).str.strip())


def _postcodes_near(atlas: Atlas, areas: gpd.GeoDataFrame, districts: gpd.GeoDataFrame) -> pd.DataFrame:
    """The postcodes of the districts that the areas touch; all of them, where not all districts are known."""
    if districts["lad24cd"].nunique() < EDITIONS["2025"].n_districts:
        return atlas.postcodes()
    touched = districts.geometry.dwithin(areas.geometry.union_all(), SIMPLIFIED_M)
    codes = list(districts.loc[touched, "lad24cd"].unique()) or list(districts["lad24cd"][:1])
    return pd.concat([atlas.postcodes(lad24cd=code) for code in codes])


def _own_weights(text: str | None, *, index: str) -> dict[str, float] | None:
    if text is None:
        return None
    if index != "imd":
        raise UnusableWeightsError(
            f"Weights add up all seven domains; {index} is one of them. Leave out the weights or the index."
        )
    return weighting.parse_weights(text)


def _about(
    atlas: Atlas,
    by: str,
    *,
    edition: str,
    index: str,
    weights: Mapping[str, float] | None,
    n: int,
    out: Path,
) -> About:
    """What the file says of itself."""
    of = EDITIONS[edition]
    kind = KINDS.get(by, "drawn areas")
    tables = {"lad": ["districts"], "ward": [f"wards_20{of.ward[2:4]}"], "lsoa": []}.get(by, ["postcodes"])
    chosen = {"Areas": f"{n:,} {kind}{'' if by in KINDS else f' of {Path(by).name}'}"}
    options = f" --index {index}" if index != "imd" else ""
    notes = [WEIGHED.get(index, f"LSOAs are weighed by population: {of.population}."), *METHOD]
    if weights is not None:
        notes.insert(0, weighting.NOT_OFFICIAL)
        chosen["Weights"] = f"{weighting.NOT_OFFICIAL} {weighting.words(weights)}"
        options = f" --weights {','.join(f'{domain}={weight!r}' for domain, weight in weights.items())}"
    notes += [HOW[key] for key in (by if by in KINDS else "drawn",) if key in HOW]
    return About(
        title=f"Summary measures of {kind}",
        filters=tuple(chosen.items()),
        edition=f"{of.title}, {INDICES[index]}",
        date=datetime.datetime.now(tz=LONDON).date(),
        link=f"python -m mapping summarise --edition {edition} --by {shlex.quote(by)}{options} "
        f"--out {shlex.quote(out.name)}",
        sources=tuple(atlas.card(table) for table in [f"imd_{edition}", *tables]),
        notes=tuple(notes),
    )


def _drawn_file(by: str) -> Path | None:
    """The file of polygons that `by` names; None where it names a kind of area."""
    if by in KINDS:
        return None
    if Path(by).suffix.casefold() not in DRAWN:
        kinds = ", ".join(KINDS)
        raise UnusableFileError(f"No such kind of area: {by}. Give {kinds}, or a file ending in .geojson.")
    return Path(by)


def _refuse_out(out: Path, path: Path | None) -> None:
    """Nothing, if the result may be written to `out`. Raises UnusableFileError."""
    if out.suffix.casefold() != ".csv" or out.is_dir():
        raise refused(str(out), "is no name for a result", "Let it end in .csv.")
    if path and out.exists() and path.exists() and out.samefile(path):
        raise refused(str(out), "is the file of polygons", "Give the result another name.")
    if not out.parent.is_dir():
        raise refused(str(out), "is in a folder that is not there", "Make the folder first.")
