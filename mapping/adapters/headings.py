"""Which columns of ours a publisher's headings stand for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from mapping.editions import EDITIONS, INDICES, Edition

LONG_NAMES: Final = {
    "imd": "index of multiple deprivation (imd)",
    "income": "income",
    "employment": "employment",
    "education": "education, skills and training",
    "health": "health deprivation and disability",
    "crime": "crime",
    "barriers": "barriers to housing and services",
    "environment": "living environment",
}
"""What MHCLG calls an index in the headings of ranks, deciles and scores."""
SHORT_NAMES: Final = {"environment": "living environment"}
"""What it calls a domain in those of transformed scores, where not by our own name."""
BRACKET: Final = re.compile(r"\s*\((?:where 1 is|rate).*$")
"""What may follow a heading, be left off (File 1 of 2019) or cut after 80 characters (File 7, column 37)."""
KEYS: Final = {
    "lsoa_code": r"lsoa code \(\d{4}\)",
    "lsoa_name": r"lsoa name \(\d{4}\)",
    "lad_code": r"local authority district code \(\d{4}\)",
    "lad_name": r"local authority district name \(\d{4}\)",
}
MEASURES: Final = {
    **{
        f"{index}_{measure}": re.escape(f"{LONG_NAMES[index]} {measure}")
        for measure in ("score", "rank", "decile")
        for index in INDICES
    },
    "population": r"total population: mid \d{4}.*",
    "working_age_population": r"working age population \d\d-.*",
    **{
        f"{index}_transformed": re.escape(
            f"{SHORT_NAMES.get(index, index)} score - exponentially transformed"
        )
        for index in INDICES
        if index != "imd"
    },
}
"""Column by the heading it has after `plain`."""
SUMMARIES: Final = {
    f"{rank}{column}": f".+? - {rank.replace('_', ' ')}{measure}"
    for column, measure in (
        ("average_rank", "average rank"),
        ("average_score", "average score"),
        ("proportion_most_deprived_share", "proportion of lsoas in most deprived 10% nationally"),
        ("extent_share", "extent"),
        ("local_concentration", "local concentration"),
    )
    for rank in ("", "rank_of_")
}
"""Column of any sheet of File 10, in the publisher's order, by the heading it has after `plain`."""
CHANGES: Final = {"lsoa11cd": "(f_)?lsoa11cd", "lsoa21cd": "lsoa21cd", "change": "chgind"}
BEST_FIT: Final = {
    "lsoa_code": r"lsoa\d\dcd",
    "ward_code": r"wd\d\dcd",
    "ward_name": r"wd\d\dnm",
    "lad_code": r"lad\d\dcd",
    "lad_name": r"lad\d\dnm",
}
CENTROIDS: Final = {"lsoa_code": r"lsoa\d\dcd", "easting": "x", "northing": "y"}
POSTCODE: Final = r"pcds|pcd|pcd2|pcd7|pcd8"
POSTCODES: Final = {
    "postcode": POSTCODE,
    "terminated": "doterm",
    "is_small_user": "usertype|usrtypind",
    "lad_code": r"oslaua|laua|lad(\d\d)?cd",
    "oa11cd": "oa11(cd)?",
    "oa21cd": "oa21(cd)?",
    "lsoa11cd": "lsoa11(cd)?",
    "lsoa21cd": "lsoa21(cd)?",
    "easting": "(os)?east1m",
    "northing": "osnrth1m|north1m",
}
"""The columns of ONSPD, NSPL and the postcode lookups, before and after their names changed in 2025."""
NUMBERING: Final = frozenset(
    {"fid", "objectid", "ogc_fid", "id", "globalid", "__index_level_0__", "x", "y", ""}
)
"""Columns that a service or a program adds; they say nothing of what a row is."""


@dataclass(frozen=True, kw_only=True)
class Headed:
    """One table in a file."""

    headings: tuple[str, ...]
    """As they are written; the column of shapes is not among them."""
    form: str
    member: str = ""
    """File or folder (ends in "/") in a zip, sheet of a workbook, layer of a GeoPackage; else ""."""
    shapes: str = ""
    """`polygons`, `points`, or "" for a table without shapes."""
    size: int = 0


def plain(heading: str) -> str:
    """A heading without capitals, stray blanks, and the bracket that says which end is the most deprived."""
    return BRACKET.sub("", " ".join(heading.casefold().split()))


def columns(headings: Iterable[str], patterns: Mapping[str, str]) -> dict[str, str]:
    """Heading, as it is written, of each column that is there.

    Alternatives of a pattern, between bars, are in order of preference; of headings alike the first counts.
    """
    by_plain: dict[str, str] = {}
    for heading in headings:
        by_plain.setdefault(plain(heading), heading)
    found = {
        column: next(
            (
                by_plain[each]
                for alternative in pattern.split("|")
                for each in by_plain
                if re.fullmatch(alternative, each)
            ),
            None,
        )
        for column, pattern in patterns.items()
    }
    return {column: heading for column, heading in found.items() if heading is not None}


def edition(headings: Iterable[str]) -> Edition | None:
    """The edition whose areas the key columns of a file of MHCLG's are of; None where it is another.

    File 10 has no LSOAs: there the districts tell.
    """
    held = columns(headings, KEYS)
    years = {key: "".join(re.findall(r"\d{4}", held.get(key, ""))) for key in ("lsoa_code", "lad_code")}
    return next(
        (
            each
            for each in EDITIONS.values()
            if years["lad_code"] == f"20{each.district[3:5]}"
            and years["lsoa_code"] in ("", f"20{each.lsoa[4:6]}")
        ),
        None,
    )


def leading(headings: Iterable[str]) -> str:
    """The column that says what a row is: the first that is not a number given to it; "" for none."""
    return next((each for each in map(plain, headings) if each not in NUMBERING), "")


def summed_index(headings: Iterable[str]) -> str:
    """The index that a sheet of File 10 sums up; "" where it is none of ours.

    "imd 2019 - extent" and "imd25 - extent" stand beside "imd - average rank".
    """
    names = {
        heading.partition(" - ")[0]
        for heading in map(plain, headings)
        if any(re.fullmatch(pattern, heading) for pattern in SUMMARIES.values())
    }
    return next(filter(None, (_index(name) for name in sorted(names))), "")


def _index(name: str) -> str:
    if re.search("idaci|idaopi|affecting", name):
        return ""
    if name.startswith(("imd", "index of multiple deprivation")):
        return "imd"
    return next((i for i in INDICES if name.startswith((LONG_NAMES[i], SHORT_NAMES.get(i, i)))), "")
