"""Processed tables to one frozen Atlas: read once, checked as it loads, never written to."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import geopandas as gpd
import pandas as pd

from mapping import schemas, sources
from mapping.crs import BNG, require_crs
from mapping.editions import EDITIONS, Edition
from mapping.errors import SourceChangedError, SourceMissingError, UnknownAreaError
from mapping.settings import Settings

LAYERS: Final = ("lsoa11cd", "lsoa21cd", "wd19cd", "wd24cd", "lad24cd")
AREA_COLUMNS: Final = ["code", "name", "lad24cd", "geometry"]


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """Every table the pages show, but the places: those come from the directory."""

    councils: pd.DataFrame
    """`lad24cd, lad24nm`, by name."""
    areas: Mapping[str, gpd.GeoDataFrame]
    """By code column: `code, name, lad24cd, geometry` in EPSG:27700, by code."""
    deprivation: Mapping[str, pd.DataFrame]
    """By edition: `schemas.Deprivation`."""
    best_fit: Mapping[str, pd.DataFrame]
    """By edition: `schemas.BestFit`."""
    wards: pd.DataFrame
    """`schemas.Wards`: those in force, with or without a figure."""
    postcodes: pd.DataFrame
    """`schemas.Postcodes`, on its `postcode`."""
    completeness: pd.DataFrame
    cards: tuple[sources.Card, ...]

    @property
    def council_names(self) -> dict[str, str]:
        """The name of each council held, by code."""
        return dict(zip(self.councils["lad24cd"], self.councils["lad24nm"], strict=True))

    def lad24cd(self, council: str) -> str:
        """The code of the council named. Raises UnknownAreaError where it is not held."""
        codes = dict(zip(self.councils["lad24nm"], self.councils["lad24cd"], strict=True))
        if council not in codes:
            raise UnknownAreaError(f"No council {council!r} here. Held: {', '.join(codes)}.")
        return str(codes[council])

    def card(self, table: str) -> sources.Card:
        """The card of the table whose file name begins with `table`."""
        return next(card for card in self.cards if card.table.startswith(table))


def read_atlas(settings: Settings) -> Atlas:
    """The atlas of the tables that `settings` names.

    Raises SourceMissingError (a table or card is not there) or SourceChangedError (a table does
    not meet its schema, or boundaries are not in EPSG:27700).
    """
    areas = {code: read_areas(settings.boundaries, code) for code in LAYERS}
    councils = pd.DataFrame(areas["lad24cd"][["code", "name"]])
    councils.columns = pd.Index(["lad24cd", "lad24nm"])
    data = settings.data
    postcodes = schemas.conform(schemas.Postcodes, _read(data / "postcodes.parquet"), source="postcodes")
    return Atlas(
        councils=councils.sort_values("lad24nm", ignore_index=True),
        areas=MappingProxyType(areas),
        deprivation=MappingProxyType({y: read_deprivation(data, e) for y, e in EDITIONS.items()}),
        best_fit=MappingProxyType({y: read_best_fit(data, e) for y, e in EDITIONS.items()}),
        wards=schemas.conform(schemas.Wards, _read(data / "ward_names_2024.parquet"), source="wards"),
        postcodes=postcodes.set_index("postcode"),
        completeness=schemas.conform(
            schemas.Completeness, _read(data / "completeness.parquet"), source="completeness"
        ),
        cards=sources.read_cards(settings.boundaries, data),
    )


def read_areas(folder: Path, code: str) -> gpd.GeoDataFrame:
    """The polygons of one geography and vintage: `code, name, lad24cd, geometry`, by code."""
    stem = code.removesuffix("cd")
    paths = sorted(folder.glob(f"{stem}_*.parquet"))
    if not paths:
        raise SourceMissingError(f"No {stem} boundaries in {folder}. Run `python -m mapping build --pilot`.")
    areas = gpd.read_parquet(paths[0])
    require_crs(BNG, **{paths[0].name: areas})
    named = areas.rename(columns={code: "code", f"{stem}nm": "name"})
    if code == "lad24cd":
        named["lad24cd"] = named["code"]
    missing = set(AREA_COLUMNS) - set(named.columns)
    if missing:
        raise SourceChangedError(f"{paths[0].name} has no {', '.join(sorted(missing))}. Build it again.")
    return named[AREA_COLUMNS].sort_values("code", ignore_index=True)


def read_deprivation(folder: Path, edition: Edition) -> pd.DataFrame:
    """The deprivation table of one edition, under the names both editions share."""
    path = folder / f"imd_{edition.year}.parquet"
    own = {edition.lsoa: "lsoa_code", f"{edition.lsoa[:-2]}nm": "lsoa_name"}
    return schemas.conform(schemas.Deprivation, _read(path).rename(columns=own), source=path.name)


def read_best_fit(folder: Path, edition: Edition) -> pd.DataFrame:
    """The best-fit ward lookup of one edition, under the names both editions share."""
    path = folder / f"wards_20{edition.ward[2:4]}.parquet"
    own = {edition.lsoa: "lsoa_code", edition.ward: "ward_code", f"{edition.ward[:-2]}nm": "ward_name"}
    return schemas.conform(schemas.BestFit, _read(path).rename(columns=own), source=path.name)


def _read(path: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(path)
    except FileNotFoundError as exc:
        raise SourceMissingError(f"No table at {path}. Run `python -m mapping build --pilot`.") from exc
