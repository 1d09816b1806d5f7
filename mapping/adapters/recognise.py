"""What a file is, told from its content and headings; its name and suffix say nothing."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from mapping.adapters import headed, headings
from mapping.adapters.headed import CODE_POINT
from mapping.adapters.headings import Headed
from mapping.editions import DOMAINS, EDITIONS, INDICES
from mapping.errors import SourceChangedError

FAMILIES: Final = (
    tuple(f"{index}_{measure}" for measure in ("rank", "decile") for index in INDICES),
    tuple(f"{index}_score" for index in INDICES),
    tuple(f"{index}_transformed" for index in DOMAINS),
)
"""Columns that MHCLG publishes together: where one is, all are needed."""
IMD_ALONE: Final = ("imd_rank", "imd_decile")
"""What Files 1 and 3 have of them."""
DENOMINATORS: Final = ("dependent children aged", "older population aged", "working age population")
"""How headings begin that stand beside the total population."""
MARKS: Final = ("index of multiple deprivation", *DENOMINATORS)
"""How headings begin that only a file of the indices has."""
OF_DOMAINS: Final = 6
"""How many of the ten summaries of File 10 a domain has; the IMD has all."""
LSOAS: Final = tuple(edition.lsoa for edition in EDITIONS.values())
AREAS: Final = re.compile(r"(?:lsoa|wd|lad)\d\dcd")

Known = tuple[str, str]
"""Kind and vintage."""


@dataclass(frozen=True, kw_only=True)
class Recognised:
    """A table of a known kind in a file that was fetched or brought."""

    kind: str
    """One of `registry.KINDS`."""
    vintage: str
    """The edition of indices, summaries and best fit (or `wd25cd`: wards of no edition); the code column of
    areas and centroids; the year of a postcode lookup's LSOAs (2011, 2021, both); of changes, 2021; else "".
    """
    path: Path
    member: str = ""
    """File or folder (ends in "/") in a zip, sheet of a workbook, layer of a GeoPackage; else ""."""
    form: str
    """What the file turned out to be, for its source card; it begins with how it is read."""


def recognise(path: Path) -> tuple[Recognised, ...]:
    """The tables of known kinds in a file; none where it is another file.

    Only the beginning of each table is read. All sheets of File 10 are one table.
    Raises SourceMissingError, or SourceChangedError where the file is plainly of a kind but lacks a heading
    that is needed, or is cut short.
    """
    found = []
    for table in headed.tables_in(path):
        known = _known(table, path)
        if known:
            found.append(
                Recognised(kind=known[0], vintage=known[1], path=path, member=table.member, form=table.form)
            )
    sheets = [each for each in found if each.kind == "district summaries" and each.form.startswith("Excel")]
    if len(sheets) > 1:
        titles = ", ".join(sheet.member for sheet in sheets)
        return (replace(sheets[0], member="", form=f"Excel, sheets {titles}"),)
    return tuple(found)


def _known(table: Headed, path: Path) -> Known | None:
    if table.headings == CODE_POINT:
        return "postcodes", ""
    lead = headings.leading(table.headings)
    if table.shapes == "polygons":
        return ("areas", lead) if AREAS.fullmatch(lead) else None
    if table.shapes == "points":
        return ("centroids", lead) if lead in LSOAS else None
    for rule in (_indices, _summaries, _postcode_lookup, _changes, _best_fit, _centroids):
        known = rule(table, path)
        if known:
            return known
    return None


def _indices(table: Headed, path: Path) -> Known | None:
    keys = headings.columns(table.headings, headings.KEYS)
    held = headings.columns(table.headings, headings.MEASURES)
    plain = [headings.plain(each) for each in table.headings]
    is_of_lsoas = bool({"lsoa_code", "lsoa_name"} & set(keys))
    if not is_of_lsoas or not (held or any(each.startswith(MARKS) for each in plain)):
        return None
    what = "a file of the Indices of Deprivation"
    _need(table, path, headings.KEYS, what=what)
    edition = headings.edition(table.headings)
    if edition is None:
        _refuse_later(table, path, what=what)
        return None  # the indices of 2015 or earlier
    needed = _needed(held, plain)
    _need(table, path, {column: headings.MEASURES[column] for column in needed}, what=what)
    return "indices", edition.year


def _needed(held: Collection[str], plain: Iterable[str]) -> list[str]:
    """The measures that a file of the indices must have, as it has those of `held` and these headings."""
    needed = [
        column
        for family in FAMILIES
        for column in family
        if any(other in held for other in family if other not in IMD_ALONE)
    ]
    if any(each.startswith(DENOMINATORS) for each in plain):
        needed.append("population")
    return needed or ([] if "population" in held else list(IMD_ALONE))


def _refuse_later(table: Headed, path: Path, *, what: str) -> None:
    """Nothing, unless the LSOAs are those of the newest edition, and the districts are not."""
    newest = max(EDITIONS.values(), key=lambda edition: edition.year)
    year = f"20{newest.district[3:5]}"
    if f"lsoa code (20{newest.lsoa[4:6]})" in map(headings.plain, table.headings):
        name = f"local authority district code ({year})"
        _need(table, path, {name: re.escape(name)}, what=what)


def _summaries(table: Headed, path: Path) -> Known | None:
    index = headings.summed_index(table.headings)
    edition = headings.edition(table.headings)
    if not index or edition is None:
        return None  # IDACI and IDAOPI; counties and health areas; earlier editions
    needed = list(headings.SUMMARIES.items())
    needed = needed if index == "imd" else needed[:OF_DOMAINS]
    keys = {key: headings.KEYS[key] for key in ("lad_code", "lad_name")}
    _need(table, path, keys | dict(needed), what="File 10 of the Indices of Deprivation")
    return "district summaries", edition.year


def _postcode_lookup(table: Headed, path: Path) -> Known | None:
    held = headings.columns(table.headings, headings.POSTCODES)
    if headings.leading(table.headings) not in headings.POSTCODE.split("|") or "terminated" not in held:
        return None
    needed = {key: headings.POSTCODES[key] for key in ("is_small_user", "lad_code")}
    if not {"lsoa11cd", "lsoa21cd"} & set(held):
        needed["lsoa11cd or lsoa21cd"] = "lsoa11cd|lsoa21cd"
    _need(table, path, needed, what="a postcode directory or lookup of ONS")
    vintages = [year for year in ("11", "21") if f"lsoa{year}cd" in held]
    return "postcode lookup", "both" if len(vintages) == 2 else f"20{vintages[0]}"


def _changes(table: Headed, path: Path) -> Known | None:
    plain = {headings.plain(each) for each in table.headings}
    is_lead = headings.leading(table.headings) in ("f_lsoa11cd", "lsoa11cd")
    if not is_lead or not plain & {"lsoa21nm", "chgind"}:
        return None
    _need(
        table,
        path,
        headings.CHANGES,
        what="a lookup from LSOAs of 2011 to 2021, of which the exact fit is used",
    )
    return "changes", "2021"


def _best_fit(table: Headed, path: Path) -> Known | None:
    lead = headings.leading(table.headings)
    held = headings.columns(table.headings, headings.BEST_FIT)
    if lead not in LSOAS or "ward_code" not in held:
        return None
    _need(table, path, headings.BEST_FIT, what="ONS's best-fit lookup from LSOAs to wards")
    ward = headings.plain(held["ward_code"])
    years = [each.year for each in EDITIONS.values() if (each.lsoa, each.ward) == (lead, ward)]
    return "best fit", years[0] if years else ward


def _centroids(table: Headed, path: Path) -> Known | None:
    lead = headings.leading(table.headings)
    held = headings.columns(table.headings, headings.CENTROIDS)
    return ("centroids", lead) if lead in LSOAS and len(held) == len(headings.CENTROIDS) else None


def _need(table: Headed, path: Path, patterns: Mapping[str, str], *, what: str) -> None:
    held = headings.columns(table.headings, patterns)
    lacking = [column for column in patterns if column not in held]
    if lacking:
        where = f"{path.name}, {table.member}" if table.member else path.name
        raise SourceChangedError(
            f"{where} is {what}, but has no heading for: {', '.join(lacking)}. Fetch or copy the publisher's "
            "file again; where the publisher has renamed a column, give it the name it had (docs/data.md)."
        )
