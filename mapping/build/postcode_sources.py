"""Postcodes from every file that has them: positions of the newest, areas of whichever lookup knows them."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from mapping.adapters import postcode_files, postcodes
from mapping.adapters.recognise import Recognised
from mapping.analysis import codes
from mapping.build import postcode_wards
from mapping.build.inventory import FETCH, Inventory
from mapping.errors import SourceMissingError

COLUMNS = list(postcode_files.COLUMNS)


@dataclass(frozen=True, kw_only=True)
class PostcodeSources:
    """What is published of England's postcodes, ready for `postcode_table.postcodes`."""

    published: pd.DataFrame
    """Live postcodes: `postcode, easting, northing, wd24cd, lad24cd`, districts of 2024."""
    published_to: str
    """The month (YYYY-MM) it is of; blank where it does not say."""
    names: pd.DataFrame
    """`wd24cd, wd24nm` of wards in force."""
    lookup: pd.DataFrame
    """Live or terminated postcodes and their areas, districts of 2024."""
    lookup_to: str
    """The month of the newest lookup, by the last postcode it says has ended; blank where there is none."""
    used: tuple[Recognised, ...]
    passed_over: tuple[str, ...]
    issues: tuple[str, ...]


def gather_postcodes(inventory: Inventory, fit: pd.DataFrame) -> PostcodeSources:
    """England's postcodes from the files of `inventory`; wards are those of the vintage of `fit`.

    Raises SourceMissingError where no file has positions.
    """
    lookup, of_lookup, passed_over = _gather_lookups(inventory.of("postcode lookup"))
    lookup_to = str(lookup["terminated"].max()) if lookup["terminated"].notna().any() else ""
    found = inventory.of("postcodes")
    if found:
        published, names, released, newest = _newest(found)
        passed_over += [
            f"{each.path.name}: older than {newest.path.name}" for each in found if each is not newest
        ]
        of_points: tuple[Recognised, ...] = (newest,)
    else:
        published, names, released, of_points = _from_lookup(lookup), _no_names(), lookup_to, ()
    district = codes.current_districts(published["lad24cd"])
    mine = published.assign(lad24cd=district)[district.notna() | published["lad24cd"].isna()]
    mine = mine.assign(wd24cd=postcode_wards.of_vintage(mine, fit))
    return PostcodeSources(
        published=mine.reset_index(drop=True),
        published_to=released,
        names=names,
        lookup=lookup,
        lookup_to=lookup_to,
        used=(*of_points, *of_lookup),
        passed_over=tuple(passed_over),
        issues=_issues(lookup),
    )


def _newest(found: Sequence[Recognised]) -> tuple[pd.DataFrame, pd.DataFrame, str, Recognised]:
    """The newest Code-Point Open: its postcodes, its ward names, its month, and which it is."""
    released = sorted(((postcodes.read_release(each.path), each) for each in found), key=lambda pair: pair[0])
    month, newest = released[-1]
    return postcodes.read_code_point_open(newest.path), postcodes.read_ward_names(newest.path), month, newest


def _from_lookup(lookup: pd.DataFrame) -> pd.DataFrame:
    """The live postcodes of a directory that has positions. Raises SourceMissingError where it has none."""
    live = lookup[lookup["terminated"].isna() & lookup["easting"].notna()]
    if live.empty:
        raise SourceMissingError(f"No file has positions of postcodes: Code-Point Open is missing. {FETCH}")
    return live[["postcode", "easting", "northing", "lad24cd"]].assign(wd24cd=pd.Series(pd.NA, dtype="str"))


def _no_names() -> pd.DataFrame:
    return pd.DataFrame({"wd24cd": [], "wd24nm": []}, dtype="str")


def _gather_lookups(found: Sequence[Recognised]) -> tuple[pd.DataFrame, tuple[Recognised, ...], list[str]]:
    """All lookups in one: rows of the newest that has them, columns it has nothing in of the next."""
    if not found:
        return pd.DataFrame(columns=COLUMNS, dtype="str").assign(lad24cd=pd.Series(dtype="str")), (), []
    read = [(postcode_files.read_postcode_lookup(each), each) for each in found]
    read.sort(key=lambda pair: str(pair[0]["terminated"].max()), reverse=True)
    whole, used, passed_over = read[0][0], [read[0][1]], []
    for table, each in read[1:]:
        filled = _filled(whole, table)
        if filled is None:
            passed_over.append(f"{each.path.name}: says nothing that {used[0].path.name} does not")
            continue
        whole = filled
        used.append(each)
    district = codes.current_districts(whole["lad_code"])
    return whole.assign(lad24cd=district).drop(columns="lad_code"), tuple(used), passed_over


def _filled(whole: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame | None:
    """`whole` with the rows, and the columns it has nothing in, that `other` has; None where it has none."""
    lacking = [column for column in COLUMNS if whole[column].isna().all() and other[column].notna().any()]
    more = other[pd.Index(whole["postcode"]).get_indexer(other["postcode"]) < 0]
    if not lacking and more.empty:
        return None
    added = whole[["postcode"]].merge(other[["postcode", *lacking]], on="postcode", how="left")
    filled = whole.assign(**{column: added[column].array for column in lacking})
    return pd.DataFrame(pd.concat([filled, more], ignore_index=True))


def _issues(lookup: pd.DataFrame) -> tuple[str, ...]:
    lacking = [
        f"20{code[4:6]}" for code in ("lsoa11cd", "lsoa21cd") if len(lookup) and lookup[code].isna().all()
    ]
    if not lacking:
        return ()
    return (
        f"No lookup gives the LSOA of {' and '.join(lacking)}: it follows from the other vintage by the "
        "change table and, where that names several, is the nearest of them",
    )
