"""National tables: deprivation by edition, best-fit wards, districts."""

import pandas as pd

from mapping import schemas
from mapping.adapters import indices, lookups
from mapping.analysis import codes
from mapping.build import deprivation_table, file_checks, on_disk
from mapping.build.cards import Words
from mapping.build.findings import Findings
from mapping.build.gathered import Gathered, gather
from mapping.build.inventory import edition_lines
from mapping.build.making import Making
from mapping.editions import EDITIONS, Edition
from mapping.errors import SourceMissingError

FIT_COLUMNS = list(schemas.BestFit.to_schema().columns)


def gather_best_fits(making: Making) -> dict[str, Gathered]:
    """By edition the wards of its LSOAs, meeting `schemas.BestFit`; of 2025 always, for today's councils."""
    fits = {}
    for year in dict.fromkeys(["2025", *making.editions]):
        found = gather(making.inventory.of("best fit", year), read=lookups.read_best_fit, key="lsoa_code")
        named = found.table.assign(lad24cd=codes.current_districts(found.table["lad_code"]))
        table = schemas.conform(schemas.BestFit, named[FIT_COLUMNS], source=f"best fit {year}")
        fits[year] = Gathered(
            table=table, used=found.used, passed_over=found.passed_over, issues=found.issues
        )
        making.passed_over += found.passed_over
    return fits


def make_indices_tables(making: Making, fits: dict[str, Gathered]) -> dict[str, pd.DataFrame]:
    """By edition its deprivation table, written with those of best-fit wards and of districts.

    An edition of which some ranks are in no file is not built. Raises SourceMissingError where none is left.
    """
    deprivation: dict[str, pd.DataFrame] = {}
    read: dict[str, Gathered] = {}
    for year in making.editions:
        edition = EDITIONS[year]
        raw = gather(making.inventory.of("indices", year), read=indices.read_indices, key="lsoa_code")
        making.passed_over += raw.passed_over
        try:
            table, found = deprivation_table.deprivation_table(raw.table, edition)
        except SourceMissingError as exc:
            making.not_built.append(f"Not built, {edition.title}: {exc}")
            continue
        found += file_checks.ranks(table, edition) + _summaries(making, table, edition)
        words = _deprivation_words(raw, edition, found + Findings(issues=raw.issues))
        making.write(f"imd_{year}.parquet", on_disk.deprivation(table, edition), words)
        deprivation[year], read[year] = table, raw
    if not deprivation:
        raise SourceMissingError("\n".join(making.not_built))
    making.editions = tuple(deprivation)
    for year, fit in fits.items():
        _write_best_fit(making, fit, EDITIONS[year], deprivation.get(year))
    _write_districts(making, deprivation, read)
    return deprivation


def _summaries(making: Making, table: pd.DataFrame, edition: Edition) -> Findings:
    """How our district summaries compare with each File 10 that is there."""
    found = Findings()
    for each in making.inventory.of("district summaries", edition.year):
        published = indices.read_district_summaries(each)
        found += file_checks.summaries(published, table, edition, name=each.path.name)
    return found


def _deprivation_words(raw: Gathered, edition: Edition, found: Findings) -> Words:
    return Words(
        title=edition.title,
        vintage=edition.year,
        made="Published ranks, scores and population of every LSOA in the files; deciles computed as "
        f"⌈10 × rank ÷ {edition.n_lsoas:,}⌉. Each LSOA has the district it was published for and, where that "
        "has been merged or recoded since, the district of 2024.",
        used=raw.used,
        findings=found,
    )


def _write_best_fit(making: Making, fit: Gathered, edition: Edition, table: pd.DataFrame | None) -> None:
    found = Findings(issues=fit.issues)
    if table is not None:
        found += file_checks.best_fit(fit.table, table)
    year = f"20{edition.ward[2:4]}"
    words = Words(
        title=f"LSOA (20{edition.lsoa[4:6]}) to ward ({year}) best-fit lookup",
        vintage=year,
        made="The rows of England, unchanged but for districts: these are those of 2024.",
        used=fit.used,
        findings=found,
    )
    making.write(f"wards_{year}.parquet", on_disk.best_fit(fit.table, edition), words)


def _write_districts(making: Making, deprivation: dict[str, pd.DataFrame], read: dict[str, Gathered]) -> None:
    table = deprivation_table.district_table({year: raw.table for year, raw in read.items()})
    found = Findings(issues=(*edition_lines(making.inventory), *making.not_built))
    for year, rows in deprivation.items():
        edition = EDITIONS[year]
        found += file_checks.districts(table, edition, is_national=len(rows) == edition.n_lsoas)
    words = Words(
        title="Districts of the editions held, and those of 2024",
        vintage=" and ".join(sorted(deprivation)),
        made="One row a district and edition, as the indices name it, with the district of 2024 it is in now "
        "by ONS's code history.",
        used=tuple(each for raw in read.values() for each in raw.used),
        findings=found,
        is_derived=True,
    )
    making.write("districts.parquet", table, words)
