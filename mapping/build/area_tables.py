"""Boundaries of the councils built, and of all districts for the national drawing."""

from typing import Final

import pandas as pd

from mapping.build import area_layers, file_checks, on_disk
from mapping.build.area_layers import Layer
from mapping.build.cards import Words
from mapping.build.findings import Findings
from mapping.build.gathered import Gathered
from mapping.build.making import Making
from mapping.build.parquet import BY
from mapping.build.whole_folder import INSIDE
from mapping.editions import EDITIONS

TITLES: Final = {
    "lsoa11cd": ("Lower layer Super Output Areas 2011", "December 2011"),
    "lsoa21cd": ("Lower layer Super Output Areas 2021", "December 2021"),
    "wd19cd": ("Wards 2019", "2019"),
    "wd24cd": ("Wards 2024", "2024"),
    "lad19cd": ("Districts 2019", "2019"),
    "lad24cd": ("Districts 2024", "2024"),
}


def make_area_tables(
    making: Making, fits: dict[str, Gathered], deprivation: dict[str, pd.DataFrame]
) -> dict[str, Layer]:
    """The layers by code column, written: LSOAs and wards of the councils built, districts of England."""
    files, layers = making.inventory, {}
    with making.step("LSOAs of 2021"):
        layers["lsoa21cd"] = area_layers.lsoa_layer(files.of("areas", "lsoa21cd"), fits["2025"].table)
        _write(making, "lsoa21cd", layers["lsoa21cd"])
    with making.step("Wards of 2024"):
        layers["wd24cd"] = _wards(making, layers["lsoa21cd"], fits["2025"], "wd24cd")
    with making.step("Districts of 2024"):
        layers["lad24cd"] = _districts(making, layers["lsoa21cd"], fits["2025"].table, "lad24cd", year="2025")
    if "2019" in making.editions:
        layers |= _of_2019(making, layers["lsoa21cd"], fits["2019"], deprivation["2019"])
    return layers


def _of_2019(making: Making, today: Layer, fit: Gathered, deprivation: pd.DataFrame) -> dict[str, Layer]:
    """LSOAs of 2011 and wards of 2019 of the councils of `today`; districts of 2019 if all are there."""
    with making.step("LSOAs of 2011"):
        every = area_layers.lsoa_layer(making.inventory.of("areas", "lsoa11cd"), fit.table)
        layers = {"lsoa11cd": area_layers.restricted(every, today.areas["lad24cd"])}
        _write(making, "lsoa11cd", layers["lsoa11cd"])
    with making.step("Wards of 2019"):
        layers["wd19cd"] = _wards(making, layers["lsoa11cd"], fit, "wd19cd")
    with making.step("Districts of 2019"):
        is_national = len(every.areas) == EDITIONS["2019"].n_lsoas
        if is_national or making.inventory.of("areas", "lad19cd"):
            layers["lad19cd"] = _districts(making, every, deprivation, "lad19cd", year="2019")
    return layers


def _wards(making: Making, lsoas: Layer, fit: Gathered, code: str) -> Layer:
    layer = area_layers.ward_layer(lsoas, fit, making.inventory.of("areas", code))
    _write(making, code, layer, is_derived=not set(lsoas.used).isdisjoint(layer.used))
    return layer


def _districts(making: Making, lsoas: Layer, members: pd.DataFrame, code: str, *, year: str) -> Layer:
    own = "lad_code" if code == "lad19cd" else "lad24cd"
    layer = area_layers.district_layer(
        lsoas,
        making.inventory.of("areas", code),
        district=members.set_index("lsoa_code")[own],
        is_national=len(lsoas.areas) == EDITIONS[year].n_lsoas,
    )
    _write(making, code, layer, is_derived=True, is_checked=False)
    return layer


def _write(
    making: Making, code: str, layer: Layer, *, is_derived: bool = False, is_checked: bool = True
) -> None:
    making.passed_over += layer.passed_over
    title, vintage = TITLES[code]
    # Lines simplified for a drawing of all England need not meet to the millimetre.
    found = file_checks.coverage(layer.areas) if is_checked else file_checks.validity(layer.areas)
    words = Words(
        title=title,
        vintage=vintage,
        made=layer.made,
        used=layer.used,
        findings=found + Findings(issues=layer.issues),
        is_derived=is_derived,
    )
    name = f"{code.removesuffix('cd')}.parquet"
    making.write(
        name, on_disk.areas(layer.areas, code), words, inside=INSIDE, by="" if code[:3] == "lad" else BY
    )
