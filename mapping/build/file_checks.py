"""What is verified of tables made from files: a contradiction stops the build, a lack is an issue."""

from collections.abc import Collection
from typing import Final

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from mapping.analysis import codes, measures
from mapping.build.checks import TOLERANCE_M2, overlap_m2, privacy, require
from mapping.build.findings import Findings
from mapping.editions import INDICES, Edition
from mapping.errors import SourceChangedError

TOLERANCES: Final = {
    "average_score": 0.001,
    "proportion_most_deprived_share": 0.0001,
    "extent_share": 0.0001,
    "average_rank": 0.15,
    "local_concentration": 0.2,
}
"""How near our district summaries come to MHCLG's File 10, from unrounded populations or not."""
NAMED: Final = 3
"""How many names an issue lists before it says how many more."""


def published_deciles(published: pd.DataFrame, table: pd.DataFrame) -> Findings:
    """The claim that computed deciles equal the published ones, where the files have them."""
    both = table.merge(published, on="lsoa_code", suffixes=("", "_published"))
    wrong = n = 0
    for index in INDICES:
        theirs = both[f"{index}_decile_published"]
        n += int(theirs.notna().sum())
        wrong += int((theirs.notna() & (theirs != both[f"{index}_decile"])).sum())
    if wrong:
        raise SourceChangedError(
            f"{wrong:,} of {n:,} published deciles are not ⌈10 × rank ÷ N⌉ of their rank: ranks or deciles "
            "were changed, or are of another edition. Fetch or copy the publisher's files again."
        )
    return Findings(checks=(f"{n:,} published deciles equal ⌈10 × rank ÷ N⌉",) if n else ())


def ranks(table: pd.DataFrame, edition: Edition) -> Findings:
    """Claims about the ranks of one edition: those of all England run from 1 to N."""
    values = table[[f"{index}_rank" for index in INDICES]]
    within = require(
        bool(values.le(edition.n_lsoas).all(axis=None)), f"Every rank is 1 to {edition.n_lsoas:,}"
    )
    if len(table) != edition.n_lsoas:
        short = (
            f"{len(table):,} of England's {edition.n_lsoas:,} LSOAs: nothing is compared with all of England"
        )
        return Findings(checks=(within,), issues=(short,))
    # Areas of the same score share the better rank: 26 ranks of the IMD of 2019 are given twice.
    whole = values.eq(values.rank(method="min")).all()
    tied = sum(int(values[column].duplicated().sum()) for column in values)
    return Findings(
        checks=(
            within,
            f"All {edition.n_lsoas:,} LSOAs of England",
            require(
                bool(whole.all()),
                f"The ranks of all {len(values.columns)} indices run from 1 to {edition.n_lsoas:,}",
            ),
            f"Ranks given more than once, to areas of the same score: {tied:,}",
        )
    )


def districts(table: pd.DataFrame, edition: Edition, *, is_national: bool) -> Findings:
    """Whether all districts of the edition's vintage are there, where all of England is."""
    n = int((table["edition"] == edition.year).sum())
    if not is_national:
        return Findings(checks=(f"{n} districts of the {edition.year} edition",))
    claim = f"All {edition.n_districts} districts of the {edition.year} edition"
    return Findings.of(
        n == edition.n_districts, claim, f"{n} districts where there are {edition.n_districts}"
    )


def best_fit(fit: pd.DataFrame, deprivation: pd.DataFrame) -> Findings:
    """Whether every LSOA of the edition has its ward, and the same district in both tables."""
    joined = deprivation.merge(fit, on="lsoa_code", how="left", suffixes=("", "_fit"))
    without = joined["ward_code"].isna()
    moved = joined.loc[~without & (joined["lad24cd"] != joined["lad24cd_fit"]), "lsoa_code"]
    complete = Findings.of(
        not without.any(),
        "Every LSOA of the edition has exactly one ward",
        f"LSOAs of the edition without a ward in this lookup: {int(without.sum()):,}",
    )
    if moved.empty:
        return complete
    return complete + Findings(
        issues=(f"In another district than the indices say: {listed(moved.tolist())}; the indices count",)
    )


def validity(areas: gpd.GeoDataFrame) -> Findings:
    """The claim that the polygons are valid."""
    return Findings(checks=(require(bool(areas.is_valid.all()), f"All {len(areas):,} polygons are valid"),))


def coverage(areas: gpd.GeoDataFrame) -> Findings:
    """Whether the polygons are valid and, in each council, neighbours share their edges, vertex by vertex."""
    shapes = areas.geometry.to_numpy()
    broken, overlap = [], 0.0
    for council, rows in areas.groupby("lad24cd").indices.items():
        edges = shapely.coverage_invalid_edges(shapes[rows])
        if np.nansum(shapely.length(edges)):
            broken.append(str(council))
            overlap += overlap_m2(areas.iloc[rows])
    if not broken:
        return validity(areas) + Findings(
            checks=("In each council neighbours share their edges: no overlap and no gap",)
        )
    which = council_names(broken)
    return validity(areas) + Findings.of(
        overlap <= TOLERANCE_M2,
        f"In each council neighbours overlap by less than 1 m² in all; not every vertex is shared in {which}",
        f"In {which} neighbours overlap by {overlap:,.0f} m² in all, or leave as little between them",
    )


def summaries(published: pd.DataFrame, deprivation: pd.DataFrame, edition: Edition, *, name: str) -> Findings:
    """Whether our district summaries equal those MHCLG published (File 10), for every district it names."""
    theirs = published[published["index"] == "imd"].set_index("lad_code")
    ours = measures.summaries(deprivation, by="lad_code", n=edition.n_lsoas).set_index("code")
    rows = theirs.index.intersection(ours.index)
    found = Findings()
    for measure, tolerance in TOLERANCES.items():
        apart = (
            ours.loc[rows, measure].astype("float64") - theirs.loc[rows, measure].astype("float64")
        ).abs()
        n, worst = int(apart.notna().sum()), float(apart.max())
        words = f"{measure.replace('_share', '').replace('_', ' ')} of {n} districts"
        if n:
            found += Findings.of(
                worst <= tolerance,
                f"Our {words} equals {name} (largest difference {worst:.4f})",
                f"Our {words} differs from {name} by up to {worst:.4f} ({apart.idxmax()})",
            )
    return found


def postcodes(table: pd.DataFrame, councils: Collection[str]) -> Findings:
    """What is known of how postcodes got their areas."""
    inside = table[table["lad24cd"].isin(councils)]
    unknown = inside["lsoa21cd"].isna().sum()
    estimated = int((~table["is_official"]).sum())
    n_live = int(table["is_live"].sum())
    said = Findings(
        checks=(
            f"{len(table) - estimated:,} postcodes carry the official LSOA of the ONS lookup",
            f"{n_live:,} live, {len(table) - n_live:,} no longer live",
        )
    )
    if estimated:
        said += Findings(
            issues=(f"Postcodes in no lookup, whose LSOA is the nearest of their district: {estimated:,}",)
        )
    return said + Findings.of(
        not unknown,
        "Every postcode of the councils has its LSOA of 2021",
        f"Postcodes of the councils whose LSOA of 2021 is not known: {unknown:,}",
    )


def places(table: pd.DataFrame) -> Findings:
    """Claims about privacy, and which places the postcodes held do not place."""
    on_map = int(table["located_by"].ne("nothing").sum())
    lost = table.loc[table["located_by"].eq("nothing") & ~table["is_withheld"], "name"].tolist()
    kept = Findings(checks=(*privacy(table), f"{on_map:,} of {len(table):,} places are on the map"))
    return kept + Findings.of(
        not lost,
        "Every other place is placed by its postcode",
        f"On no map, as their postcode is not held: {listed(lost)}",
    )


def council_names(councils: Collection[str]) -> str:
    """The first of `councils` (codes of 2024) by name, and how many more there are."""
    names = codes.districts_in_force().set_index("lad24cd")["lad24nm"]
    return listed(sorted(str(names.get(code, code)) for code in councils))


def listed(names: list[str]) -> str:
    """The first of `names`, and how many more there are."""
    more = len(names) - NAMED
    return ", ".join(names[:NAMED]) + (f" and {more:,} more" if more > 0 else "")
