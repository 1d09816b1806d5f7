"""Built tables to one frozen Atlas: small ones held, areas and postcodes read a council at a time."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

import geopandas as gpd
import pandas as pd

from mapping import schemas, sources, tables
from mapping.analysis import codes
from mapping.crs import BNG, require_crs
from mapping.editions import EDITIONS, Edition
from mapping.errors import SourceChangedError, SourceMissingError
from mapping.settings import ROOT, Settings

LAYERS: Final = ("lsoa11cd", "lsoa21cd", "wd19cd", "wd24cd", "lad19cd", "lad24cd")
OUTLINE: Final = "england"
SHIPPED: Final = ROOT / "boundaries" / f"{OUTLINE}_pilot.parquet"
"""England's coast is the same wherever the tables are."""
AREA_COLUMNS: Final = ["code", "name", "lad24cd", "geometry"]


@dataclass(frozen=True, kw_only=True)
class Atlas:
    """Every table the pages show, but the places: those come from the directory.

    The tables it holds are never written to. Those of deprivation, wards and districts are of all England
    where the national files were fetched; areas and postcodes are those of the councils built.
    """

    councils: pd.DataFrame
    """The councils built, `lad24cd, lad24nm`, by name."""
    districts: pd.DataFrame
    """`schemas.Districts`: those of each edition, and the ones they are in today."""
    deprivation: Mapping[str, pd.DataFrame]
    """By edition that is held, at least one: `schemas.Deprivation`."""
    best_fit: Mapping[str, pd.DataFrame]
    """By the same editions: `schemas.BestFit`."""
    wards: pd.DataFrame
    """`schemas.Wards`: those in force, with or without a figure."""
    changes: pd.DataFrame
    """`schemas.Changes`: LSOAs that were redrawn for 2021; none where that was not built."""
    completeness: pd.DataFrame
    cards: tuple[sources.Card, ...]
    layers: Mapping[str, Path]
    """By code column: where its areas are, for `areas` to read."""
    postcode_file: Path
    """Where the postcodes are, for `postcodes` to read."""
    outline_file: Path | None = None
    """Where England's outline is, for `outline` to read; None where it is not held."""

    @property
    def council_names(self) -> dict[str, str]:
        """The name of each council built, by code."""
        return dict(zip(self.councils["lad24cd"], self.councils["lad24nm"], strict=True))

    @property
    def editions(self) -> tuple[str, ...]:
        """The editions that are held, the latest first."""
        return tuple(self.deprivation)

    def is_national(self, edition: str) -> bool:
        """Whether every LSOA of England that the edition ranks is held."""
        return edition in self.deprivation and len(self.deprivation[edition]) == EDITIONS[edition].n_lsoas

    def lad24cd(self, council: str) -> str:
        """The code of the council of that name or code, of today or of before: see `codes.find_council`.

        Raises UnknownAreaError where it is not built.
        """
        found = self.councils.loc[self.councils["lad24nm"] == council, "lad24cd"]
        return codes.find_council(council, self.councils) if found.empty else str(found.iloc[0])

    def card(self, table: str) -> sources.Card:
        """The card of the table whose file name begins with `table`."""
        return next(card for card in self.cards if card.table.startswith(table))

    def areas(self, layer: str, *, lad24cd: str | Collection[str] | None = None) -> gpd.GeoDataFrame:
        """The polygons of `layer` in one council, several or all: `code, name, lad24cd, geometry`, by code.

        EPSG:27700. They are read from disk each time. `layer` is one of `LAYERS`; `lad24cd` is the district
        that an area is in today. Raises SourceMissingError (not built), SourceChangedError or CrsError.
        """
        if layer not in self.layers:
            raise SourceMissingError(f"No boundaries {layer} are built here. Run `python -m mapping build`.")
        return read_areas(self.layers[layer], layer, lad24cd=lad24cd)

    def postcodes(self, *, lad24cd: str | None = None, among: Collection[str] | None = None) -> pd.DataFrame:
        """`schemas.Postcodes` on its `postcode`: of one district, those `among` the ones asked for, or all.

        They are read from disk each time. `among` are as the table writes them (`OX4 1BA`); what is not held
        is left out. Raises SourceMissingError or SourceChangedError.
        """
        path = self.postcode_file
        if among is not None:
            table = tables.read_rows(path, "postcode", among=among)
        elif lad24cd is not None:
            table = tables.read_rows(path, "lad24cd", among=[lad24cd])
        else:
            table = tables.read_frame(path)
        if among is not None and lad24cd is not None:
            table = table[table["lad24cd"] == lad24cd].reset_index(drop=True)
        as_made = self._are_postcodes_as_made
        return tables.checked(table, schemas.Postcodes, path=path, as_made=as_made).set_index("postcode")

    def outline(self) -> gpd.GeoSeries | None:
        """England, drawn small: one polygon, EPSG:27700; None where it is not held. Raises CrsError."""
        if self.outline_file is None:
            return None
        table = gpd.read_parquet(self.outline_file)
        require_crs(BNG, **{self.outline_file.name: table})
        return table.geometry

    @cached_property
    def _are_postcodes_as_made(self) -> bool:
        # Once: the file of all England takes a fifth of a second.
        return tables.is_as_made(self.postcode_file)


def read_atlas(settings: Settings) -> Atlas:
    """The atlas of the tables that `settings` names.

    Raises SourceMissingError (a table or card is not there) or SourceChangedError (a table does
    not meet its schema, or boundaries are not in EPSG:27700).
    """
    data = settings.data
    layers = find_layers(settings.boundaries)
    held = {year: edition for year, edition in EDITIONS.items() if _imd(data, edition).exists()}
    if not held:
        raise SourceMissingError(f"No indices of deprivation in {data}. Run `python -m mapping build`.")
    districts = tables.read_table(data / "districts.parquet", schemas.Districts)
    postcodes = data / "postcodes.parquet"
    tables.opened(postcodes).close()
    outline = find_outline(settings.boundaries)
    return Atlas(
        councils=_councils(layers["lsoa21cd"], districts),
        districts=districts,
        deprivation=MappingProxyType({year: read_deprivation(data, e) for year, e in held.items()}),
        best_fit=MappingProxyType({year: read_best_fit(data, e) for year, e in held.items()}),
        wards=tables.read_table(data / "ward_names_2024.parquet", schemas.Wards),
        changes=read_changes(data),
        completeness=tables.read_table(data / "completeness.parquet", schemas.Completeness),
        cards=_cards(settings, outline),
        layers=layers,
        postcode_file=postcodes,
        outline_file=outline,
    )


def find_layers(folder: Path) -> Mapping[str, Path]:
    """Where the areas of each layer that is built are, by code column. Raises SourceMissingError."""
    found: dict[str, Path] = {}
    for code in LAYERS:
        stem = code.removesuffix("cd")
        # What ships inside says `pilot` in its name.
        paths = [*folder.glob(f"{stem}.parquet"), *sorted(folder.glob(f"{stem}_*.parquet"))]
        if paths:
            found[code] = paths[0]
    if "lsoa21cd" not in found:
        raise SourceMissingError(f"No lsoa21 boundaries in {folder}. Run `python -m mapping build`.")
    return MappingProxyType(found)


def find_outline(folder: Path) -> Path | None:
    """Where England's outline is: in `folder`, or the one that ships; None where neither is there."""
    beside = [*sorted(folder.glob(f"{OUTLINE}.parquet")), *sorted(folder.glob(f"{OUTLINE}_*.parquet"))]
    return next((path for path in (*beside, SHIPPED) if path.exists()), None)


def _cards(settings: Settings, outline: Path | None) -> tuple[sources.Card, ...]:
    """The card of every table in use; that of an outline which ships beside tables built elsewhere, too."""
    cards = sources.read_cards(settings.boundaries, settings.data)
    if outline is None or any(card.table == outline.name for card in cards):
        return cards
    return (*cards, sources.read_card(outline))


def read_areas(path: Path, code: str, *, lad24cd: str | Collection[str] | None = None) -> gpd.GeoDataFrame:
    """The polygons of one geography and vintage, as `Atlas.areas` gives them."""
    wanted = [lad24cd] if isinstance(lad24cd, str) else list(lad24cd or ())
    # Of an empty list Arrow cannot tell that it is one of texts.
    only = None if lad24cd is None else [("lad24cd", "in", wanted or [""])]
    areas = gpd.read_parquet(path, filters=only)
    require_crs(BNG, **{path.name: areas})
    named = areas.rename(columns={code: "code", f"{code.removesuffix('cd')}nm": "name"})
    if code == "lad24cd":
        named["lad24cd"] = named["code"]
    missing = set(AREA_COLUMNS) - set(named.columns)
    if missing:
        raise SourceChangedError(f"{path.name} has no {', '.join(sorted(missing))}. Build it again.")
    if not named["code"].is_unique:
        raise SourceChangedError(f"{path.name} has an area more than once. Build it again.")
    return named[AREA_COLUMNS].sort_values("code", ignore_index=True)


def read_deprivation(folder: Path, edition: Edition) -> pd.DataFrame:
    """The deprivation table of one edition, under the names both editions share."""
    path = _imd(folder, edition)
    own = {edition.lsoa: "lsoa_code", f"{edition.lsoa[:-2]}nm": "lsoa_name"}
    own |= {} if edition.district == "lad24cd" else {edition.district: "lad_code"}
    table = tables.read_frame(path).rename(columns=own)
    both = table if "lad_code" in table else table.assign(lad_code=table["lad24cd"])
    columns = [name for name in tables.form_of(schemas.Deprivation) if name in both]
    return tables.checked(both[columns], schemas.Deprivation, path=path, as_made=tables.is_as_made(path))


def read_best_fit(folder: Path, edition: Edition) -> pd.DataFrame:
    """The best-fit ward lookup of one edition, under the names both editions share."""
    own = {edition.lsoa: "lsoa_code", edition.ward: "ward_code", f"{edition.ward[:-2]}nm": "ward_name"}
    return tables.read_table(folder / f"wards_20{edition.ward[2:4]}.parquet", schemas.BestFit, names=own)


def read_changes(folder: Path) -> pd.DataFrame:
    """The LSOAs that were redrawn for 2021, as `schemas.Changes`; none where that was not built."""
    path = folder / "changes_2021.parquet"
    if path.exists():
        return tables.read_table(path, schemas.Changes)
    return pd.DataFrame(columns=list(tables.form_of(schemas.Changes)), dtype="str")


def _imd(folder: Path, edition: Edition) -> Path:
    return folder / f"imd_{edition.year}.parquet"


def _councils(lsoas: Path, districts: pd.DataFrame) -> pd.DataFrame:
    """The councils that have LSOAs at `lsoas`, by name: `lad24cd, lad24nm`."""
    with tables.opened(lsoas) as file:
        built = pd.Index(file.read(["lad24cd"]).column(0).unique().to_pandas())
    names = districts.drop_duplicates("lad24cd").set_index("lad24cd")["lad24nm"]
    if strangers := sorted(set(built) - set(names.index)):
        raise SourceChangedError(f"{lsoas.name}: no name is known of {', '.join(strangers)}. Build it again.")
    named = pd.DataFrame({"lad24cd": built, "lad24nm": names.reindex(built).array})
    return named.sort_values("lad24nm", ignore_index=True)
