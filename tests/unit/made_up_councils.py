"""Two councils in the publishers' forms: a split, a merger, a ward without an LSOA, an old district.

Squares of 1 km. Stevenage (E07000243) is the row at the bottom, Buckinghamshire (E06000060) that 50 km
further up: in 2019 its two LSOAs were in Aylesbury Vale and Wycombe.

    2011: | A  |  B  |  C  |  D  |      B was split into B1 (left) and B2; C and D were merged into CD
"""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from tests.unit.publishers import headings, postcode_files

KM = 1_000
EAST, NORTH = 500_000, 200_000
STEVENAGE, BUCKS = "E07000243", "E06000060"
A, B, C, D = (f"E0102300{n}" for n in range(1, 5))
B1, B2, CD = (f"E0103500{n}" for n in range(1, 4))
BUCKS_1, BUCKS_2 = "E01017001", "E01017002"
ONE, TWO, EMPTY, CHILTERN = (f"E0500000{n}" for n in range(1, 5))
OLD_ONE, OLD_TWO, OLD_VALE, OLD_WYCOMBE = (f"E0500001{n}" for n in range(1, 5))
DISTRICTS = {
    STEVENAGE: "Stevenage", BUCKS: "Buckinghamshire", "E07000004": "Aylesbury Vale", "E07000007": "Wycombe",
}  # fmt: skip

SQUARES_11 = {A: (0, 1), B: (1, 2), C: (2, 3), D: (3, 4), BUCKS_1: (100, 101), BUCKS_2: (101, 102)}
SQUARES_21 = {A: (0, 1), B1: (1, 1.5), B2: (1.5, 2), CD: (2, 4), BUCKS_1: (100, 101), BUCKS_2: (101, 102)}
WARDS_24 = {ONE: (0, 1.5), TWO: (1.5, 3.9), EMPTY: (3.9, 4), CHILTERN: (100, 102)}
FIT_11 = {
    A: (OLD_ONE, STEVENAGE), B: (OLD_ONE, STEVENAGE), C: (OLD_TWO, STEVENAGE), D: (OLD_TWO, STEVENAGE),
    BUCKS_1: (OLD_VALE, "E07000004"), BUCKS_2: (OLD_WYCOMBE, "E07000007"),
}  # fmt: skip
FIT_21 = {
    A: (ONE, STEVENAGE), B1: (ONE, STEVENAGE), B2: (TWO, STEVENAGE), CD: (TWO, STEVENAGE),
    BUCKS_1: (CHILTERN, BUCKS), BUCKS_2: (CHILTERN, BUCKS),
}  # fmt: skip
FITS = {"2019": FIT_11, "2025": FIT_21}
CHANGES = [(A, A, "U"), (B, B1, "S"), (B, B2, "S"), (C, CD, "M"), (D, CD, "M")]
CHANGES += [(BUCKS_1, BUCKS_1, "U"), (BUCKS_2, BUCKS_2, "U")]
N_LSOAS = {"2019": 32_844, "2025": 33_755}


def write_made_up_files(to: Path, *, councils: tuple[str, ...] = (STEVENAGE, BUCKS)) -> Path:
    """`to`, with all that both editions are built from; shapes of `councils` alone."""
    to.mkdir(parents=True, exist_ok=True)
    write_file_7(to / "2025.csv", "2025")
    write_file_7(to / "2019.csv", "2019")
    write_lookups(to)
    write_shapes(to, councils=councils)
    write_postcodes(to)
    return to


def figures(edition: str) -> pd.DataFrame:
    """Made-up figures of each LSOA: ranks far apart, population 1,000 and a little more."""
    fit = FITS[edition]
    n = N_LSOAS[edition]
    ranks = pd.Series([(position + 1) * n // 10 for position in range(len(fit))])
    table = pd.DataFrame({"lsoa_code": list(fit), "lsoa_name": [f"Square {code[-3:]}" for code in fit]})
    table["lad_code"] = [district for _, district in fit.values()]
    table["lad_name"] = table["lad_code"].map(DISTRICTS)
    for number, index in enumerate(headings.INDICES):
        table[f"{index}_score"] = 0.5 if index in ("income", "employment") else 10.0 + number
        table[f"{index}_rank"] = ranks + number
        table[f"{index}_decile"] = -(-10 * (ranks + number) // n)
    return table.assign(
        population=range(1_000, 1_000 + len(fit)), children=200, middle=500, older=300, working=600
    )


def write_file_7(path: Path, edition: str, *, columns: list[str] | None = None) -> Path:
    """MHCLG's File 7 at `path`, or only those of its `columns` (besides the keys), by our names."""
    named = headings.file_7(edition)
    table = figures(edition).reindex(columns=list(named), fill_value=1)
    kept = list(named) if columns is None else [*headings.keys(edition), *columns]
    table[kept].rename(columns=named).to_csv(path, index=False)
    return path


def write_file_9(path: Path, edition: str, scores: list[float]) -> Path:
    """MHCLG's File 9 at `path`: the same transformed `scores`, one a domain, for every LSOA."""
    names = ("Income", "Employment", "Education", "Health", "Crime", "Barriers", "Living Environment")
    keys = headings.keys(edition)
    table = figures(edition)[list(keys)].rename(columns=keys)
    for name, score in zip(names, scores, strict=True):
        table[f"{name} Score - exponentially transformed"] = score
    table.to_csv(path, index=False)
    return path


def write_lookups(to: Path) -> None:
    """Both best fits and the table of changes."""
    for year, lsoa, ward in (("2019", "11", "19"), ("2025", "21", "24")):
        rows = [(code, code, ward_code, f"Ward {ward_code[-1]}", district, DISTRICTS[district])
                for code, (ward_code, district) in FITS[year].items()]  # fmt: skip
        names = [
            f"LSOA{lsoa}CD",
            f"LSOA{lsoa}NM",
            f"WD{ward}CD",
            f"WD{ward}NM",
            f"LAD{ward}CD",
            f"LAD{ward}NM",
        ]
        pd.DataFrame(rows, columns=names).to_csv(to / f"fit_{year}.csv", index=False, encoding="utf-8-sig")
    rows = [(old, old, new, new, change, "E", "E", "") for old, new, change in CHANGES]
    names = ["LSOA11CD", "LSOA11NM", "LSOA21CD", "LSOA21NM", "CHGIND", "LAD22CD", "LAD22NM", "LAD22NMW"]
    pd.DataFrame(rows, columns=names).to_csv(to / "changes.csv", index=False)


def write_shapes(to: Path, *, councils: tuple[str, ...]) -> None:
    """Boundaries of both LSOA vintages and of wards of 2024, in GeoParquet."""
    of_ward = dict(FIT_21.values()) | {EMPTY: STEVENAGE}
    layers = {
        "LSOA11": (SQUARES_11, {code: district for code, (_, district) in FIT_11.items()}),
        "LSOA21": (SQUARES_21, {code: district for code, (_, district) in FIT_21.items()}),
        "WD24": (WARDS_24, of_ward),
    }
    for stem, (squares, districts) in layers.items():
        held = [code for code in squares if is_of(districts[code], councils)]
        shapes = [square(*squares[code]) for code in held]
        layer = gpd.GeoDataFrame({f"{stem}CD": held, f"{stem}NM": held}, geometry=shapes, crs=27700)
        if stem == "WD24":
            layer["LAD24CD"] = [of_ward[code] for code in held]
        layer.to_parquet(to / f"{stem}.parquet")


def is_of(district: str, councils: tuple[str, ...]) -> bool:
    """Whether a district, of then or of now, is one of `councils`."""
    return district in councils or (BUCKS in councils and district in ("E07000004", "E07000007"))


def square(left: float, right: float) -> shapely.Polygon:
    """From `left` to `right` in kilometres; beyond 50 it lies 50 km to the north."""
    up = NORTH + (50 * KM if left > 50 else 0)
    return shapely.box(EAST + left * KM, up, EAST + right * KM, up + KM)


def postcodes() -> pd.DataFrame:
    """As `schemas.Postcodes`; those that a test looks at are named there."""
    rows = [
        # postcode, kilometres east, is_live, terminated, lsoa11cd, lsoa21cd, wd24cd, lad24cd
        ("SG1 1AA", 0.5, True, "", A, A, ONE, STEVENAGE),
        ("SG1 1AB", 1.2, True, "", B, B1, ONE, STEVENAGE),
        ("SG1 1AC", 1.98, True, "", B, B2, TWO, STEVENAGE),
        ("SG1 1AD", 3.5, True, "", D, CD, TWO, STEVENAGE),
        ("SG1 1AE", 3.95, True, "", D, CD, EMPTY, STEVENAGE),
        ("SG1 1AF", 1.51, True, "", B, B2, TWO, STEVENAGE),
        ("SG1 1ZZ", 0.6, False, "2015-03", A, A, ONE, STEVENAGE),
        ("HP1 1AA", 100.5, True, "", BUCKS_1, BUCKS_1, CHILTERN, BUCKS),
        ("HP1 1AB", 101.5, True, "", BUCKS_2, BUCKS_2, CHILTERN, BUCKS),
    ]
    names = ["postcode", "km", "is_live", "terminated", "lsoa11cd", "lsoa21cd", "wd24cd", "lad24cd"]
    table = pd.DataFrame(rows, columns=names)
    table["easting"] = (EAST + table.pop("km") * KM).astype(int)
    table["northing"] = NORTH + KM // 2 + (table["easting"] > EAST + 50 * KM) * 50 * KM
    table["terminated"] = table["terminated"].replace("", None)
    return table.assign(position="postcode", is_small_user=True, is_official=True, could_be=None)


def write_postcodes(to: Path) -> None:
    """Code-Point Open with one postcode newer than ONS's lookup of 2011 areas, and that lookup."""
    known = postcodes()
    newer = known.iloc[[1]].assign(postcode="SG1 1NN", easting=EAST + 1_900)
    names = pd.DataFrame(
        {"wd24cd": [ONE, TWO, EMPTY, CHILTERN], "wd24nm": ["One", "Two", "Empty", "Chiltern"]}
    )
    postcode_files.write_code_point_open(to / "codepo_gb.zip", pd.concat([known, newer]), wards=names)
    rows = postcode_files.directory_rows(known)
    postcode_files.write_lookup(to / "lookup.zip", rows, year="2011")
