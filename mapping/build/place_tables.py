"""Postcodes, wards in force, the directory's seed and what is known of its completeness."""

from typing import Final

import pandas as pd

from mapping.adapters import facts, lookups, postcode_files
from mapping.build import file_checks, places, postcode_table, postcode_wards
from mapping.build.area_layers import Layer
from mapping.build.cards import Words
from mapping.build.findings import Findings
from mapping.build.gathered import Gathered, most_complete
from mapping.build.making import Making
from mapping.build.parquet import BY
from mapping.build.postcode_sources import PostcodeSources, gather_postcodes
from mapping.schemas import Changes, conform
from mapping.settings import PILOT

FACTS: Final = PILOT / "facts"
REACH_M: Final = 3000
CHANGES: Final = ("lsoa11cd", "lsoa21cd", "change")


def make_place_tables(making: Making, layers: dict[str, Layer], fit: Gathered) -> None:
    """Postcodes of the councils of `layers` and 3 km around, and what is placed by them, written."""
    with making.step("Reading postcodes"):
        read = gather_postcodes(making.inventory, fit.table)
        making.passed_over += read.passed_over
    councils = sorted(set(layers["lsoa21cd"].areas["lad24cd"]))
    with making.step("Placing postcodes"):
        changes = _changes(making)
        table = postcode_table.postcodes(
            read.published,
            read.lookup,
            layers=_shapes(layers),
            changes=changes.table,
            best_fit=fit.table,
            reach_m=REACH_M,
            published_to=read.published_to,
        )
    with making.step("Writing postcodes"):
        _write_postcodes(making, table, read, changes, councils)
        _write_wards(making, table, read, fit, councils)
        _write_changes(making, changes)
    with making.step("Directory"):
        _write_directory(making, table, councils)
        _write_centroids(making)


def _changes(making: Making) -> Gathered:
    found = making.inventory.of("changes")
    if not found:
        return Gathered(table=pd.DataFrame(columns=list(CHANGES), dtype="str"), used=())
    gathered = most_complete(found, read=lookups.read_changes)
    making.passed_over += gathered.passed_over
    return gathered


def _write_changes(making: Making, changes: Gathered) -> None:
    """The LSOAs that were redrawn, of all England; nothing where no change table was brought."""
    if not changes.used:
        return
    redrawn = changes.table[changes.table["change"] != "U"].sort_values(list(CHANGES[:2]), ignore_index=True)
    kinds = redrawn["change"].value_counts()
    words = Words(
        title="LSOAs of 2011 that were redrawn for 2021",
        vintage="2011 and 2021",
        made="The pairs that are not unchanged: S split, M merged, X complex.",
        used=changes.used,
        findings=Findings(
            checks=(
                f"Pairs: {len(redrawn):,}; split {kinds.get('S', 0):,}, merged {kinds.get('M', 0):,}, "
                f"complex {kinds.get('X', 0):,}",
            )
        ),
    )
    making.write("changes_2021.parquet", conform(Changes, redrawn, source="changes"), words)


def _shapes(layers: dict[str, Layer]) -> dict[str, pd.DataFrame]:
    """Polygons by the stem of their code; the councils built are in full detail."""
    shapes = {code.removesuffix("cd"): layer.areas for code, layer in layers.items()}
    return shapes | {"lad24": shapes["lsoa21"].dissolve("lad24cd", method="coverage").reset_index()}


def _write_postcodes(
    making: Making, table: pd.DataFrame, read: PostcodeSources, changes: Gathered, councils: list[str]
) -> None:
    words = Words(
        title="Postcodes of the councils built and 3 km around, with their areas",
        vintage=_vintage(read),
        made="Live postcodes keep their published position, district and, where it is one of 2024, ward. "
        "Their LSOAs are those of the ONS lookup; the vintage it lacks follows from the other by the change "
        "table, and where an LSOA was split by the nearest polygon. What no lookup knows takes the nearest "
        "LSOA of its district (is_official false). Postcodes no longer in use stand where the lookup has "
        "them, else at the middle of their output area's live postcodes.",
        used=(*read.used, *changes.used),
        findings=file_checks.postcodes(table, councils) + Findings(issues=read.issues),
        is_derived=True,
    )
    ordered = table.sort_values([BY, "postcode"], ignore_index=True)
    making.write("postcodes.parquet", ordered, words, by=BY)


def _vintage(read: PostcodeSources) -> str:
    positions = read.published_to or "not dated"
    return f"Positions {positions}; areas and terminated postcodes {read.lookup_to or 'not held'}"


def _write_wards(
    making: Making, table: pd.DataFrame, read: PostcodeSources, fit: Gathered, councils: list[str]
) -> None:
    """Wards of all England that a live postcode lies in: of the councils built by the postcode table."""
    inside = table[table["is_live"] & table["lad24cd"].isin(councils)]
    beyond = read.published[~read.published["lad24cd"].isin(councils)]
    ward_of = fit.table.set_index("lsoa_code")["ward_code"]
    lsoas = read.lookup.set_index("postcode")["lsoa21cd"].reindex(beyond["postcode"]).set_axis(beyond.index)
    beyond = beyond.assign(wd24cd=beyond["wd24cd"].fillna(lsoas.map(ward_of))).dropna(
        subset=["lad24cd", "wd24cd"]
    )
    wards = postcode_wards.ward_table(pd.concat([inside, beyond]), read.names, fit.table)
    empty = int((wards["n_lsoas"] == 0).sum())
    words = Words(
        title="Wards in force",
        vintage=f"2024, in use {read.published_to or read.lookup_to}",
        made="Every ward that a live postcode lies in, with the number of LSOAs best-fitted to it: 0 for a "
        "ward that has none, and so no deprivation figure.",
        used=(*read.used, *fit.used),
        findings=Findings(
            checks=("Every ward has its name", f"Wards that no LSOA is best-fitted to: {empty:,}")
        ),
        is_derived=True,
    )
    making.write("ward_names_2024.parquet", wards, words)


def _write_directory(making: Making, table: pd.DataFrame, councils: list[str]) -> None:
    """The pilot's places in the councils built, placed by `table`; completeness of every council."""
    noted = facts.read_places(FACTS / "places.csv")
    mine = noted[noted["lad24cd"].isin(councils)].reset_index(drop=True)
    seed = places.seed_places(mine, postcodes=table)
    making.copy("places.parquet", seed, file_checks.places(seed))
    complete = places.completeness_of(facts.read_completeness(FACTS / "completeness.csv"), councils)
    making.copy("completeness.parquet", complete, Findings(checks=("Every row meets its schema",)))


def _write_centroids(making: Making) -> None:
    found = making.inventory.of("centroids", "lsoa21cd")
    if not found:
        return
    gathered = most_complete(found, read=postcode_files.read_centroids)
    making.passed_over += gathered.passed_over
    words = Words(
        title="Population-weighted centroids of the LSOAs of 2021",
        vintage="December 2021",
        made="The rows of England, unchanged.",
        used=gathered.used,
        findings=Findings(checks=(f"{len(gathered.table):,} LSOAs",)),
    )
    making.write("centroids_2021.parquet", gathered.table.rename(columns={"lsoa_code": "lsoa21cd"}), words)
